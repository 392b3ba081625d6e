"""A report -> one page of HTML that needs nothing else, a PDF, or a picture; the same database gives the same bytes."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.charts.colours import css, painted, palettes
from pipeline.report.contents import HERE, Report

SHARP = 144.0  # pixels an inch of a picture: twice those of a plain screen's


class ReportError(Exception):
    """A report can't be made: says why, and what to do."""


def html(report: Report) -> bytes:
    """A page in which the only markup that is not the template's is that of the charts."""
    page = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = Markup(css() + (HERE / "page.css").read_text(encoding="utf-8"))  # noqa: S704 - files of ours
    pictures = {drawing.name: Markup(drawing.svg) for drawing in report.drawings}  # noqa: S704 - as written by lxml
    return page.get_template("page.html").render(report=report, style=style, pictures=pictures).encode()


def pdf(report: Report) -> bytes:
    """Pages of A4, with the tables at the end."""
    return _typeset(report, "pdf")


def png(report: Report) -> bytes:
    """One long picture, without tables."""
    return _typeset(report, "png")


def _typeset(report: Report, form: Literal["pdf", "png"]) -> bytes:
    """What `page.typ` makes of a report, with no font but those that Typst brings."""
    try:
        import typst  # noqa: PLC0415 - an extra, and 80 MB
    except ModuleNotFoundError as error:
        raise ReportError(
            f"--{form} needs typst: pip install '.[report]' in the program's folder; --html does without"
        ) from error
    given = {
        "report": painted(json.dumps(asdict(report)), "light"),
        "form": form,
        "colours": json.dumps(palettes()["light"]),
    }
    made = typst.compile(HERE / "page.typ", format=form, ppi=SHARP, sys_inputs=given, ignore_system_fonts=True)
    return bytes(made)


FORMS: Mapping[str, Callable[[Report], bytes]] = {"html": html, "pdf": pdf, "png": png}


def write(report: Report, **out: Path | None) -> Iterator[Path]:
    """Put a report into a file of each form that has one, whole or not at all; yields each when it is there."""
    for form, path in out.items():
        if path:
            _put(FORMS[form](report), path)
            yield path


def _put(made: bytes, out: Path) -> None:
    """Bytes into a file that was never half-written."""
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_bytes(made)
        part.replace(out)
    except OSError as error:
        raise ReportError(f"{out}: can't be written ({error.strerror}); name a file in a folder that can be") from error
