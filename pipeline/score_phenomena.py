"""What makes an article hard -> how well such articles are read: a table that shows where the program is weakest.

An article's phenomena are told from its gold, its raw text and the export, so that no list of them has to be kept. An
article may show many of them, or none.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ftfy.badness import is_bad

from pipeline.score_match import agreement

MEASURED = ("rating", "event", "date", "finding")
VISITS = {"monitoring_visit", "focused_visit", "jtai", "send", "other"}
PAGES = (".html", ".htm")
SINGLE_FRAMEWORK = "2013-11"  # the month in which one inspection took the place of several
NO_OVERALL = "2026-04"  # the month from which reports have no overall grade
WIDEST = 100  # characters; nearly all paragraphs are longer than that, lines broken at a fixed width never are
FEWEST = 6  # lines; fewer show no width


@dataclass(frozen=True)
class Case:
    """One article as the score sees it."""

    gold: Mapping[str, Any]
    article: Mapping[str, Any]
    """Its line of the export; empty where it was not exported."""
    raw: str | None
    """Its raw text, where the articles are at hand."""

    @property
    def events(self) -> Sequence[Mapping[str, Any]]:
        """The events of its gold."""
        events: Sequence[Mapping[str, Any]] = self.gold["inspections"]
        return events

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return str(self.gold["article"]).lower().endswith(PAGES)

    def written(self, since: str = "", until: str = "9") -> bool:
        """Whether it came out between two dates, the second excluded; False where its date is unknown."""
        published = self.gold["published"]
        return bool(published) and since <= published < until


def _broken(case: Case) -> bool:
    """Whether the lines of a text are broken at a fixed width."""
    lengths = sorted(len(line.rstrip()) for line in (case.raw or "").splitlines() if line.strip())
    return not case.is_page and len(lengths) >= FEWEST and lengths[int(len(lengths) * 0.95)] <= WIDEST


PHENOMENA: Mapping[str, Callable[[Case], bool]] = {
    "several councils": lambda case: len({event["council"] for event in case.events}) > 1,
    "earlier events": lambda case: any(event["role"] == "previous" for event in case.events),
    "visits": lambda case: any(event["kind"] in VISITS for event in case.events),
    "judgement areas": lambda case: any(r["area"] != "overall" for event in case.events for r in event["ratings"]),
    "nothing counts": lambda case: not case.events,
    "mojibake": lambda case: is_bad(case.raw or ""),
    "hard-wrapped": _broken,
    "walled": lambda case: bool(case.article.get("truncated")),
    "html": lambda case: case.is_page,
    "text": lambda case: not case.is_page,
    "undated": lambda case: not case.gold["published"],
    "before November 2013": lambda case: case.written(until=SINGLE_FRAMEWORK),
    "from April 2026": lambda case: case.written(since=NO_OVERALL),
}


class Row(NamedTuple):
    """How well the articles with one phenomenon are read."""

    phenomenon: str
    articles: int
    ratings_f1: float | None
    events_f1: float | None
    dates_f1: float | None
    findings_f1: float | None
    """Each F1 is None where neither gold nor the export has anything of the kind."""


def raw_text(folder: Path | None, name: str) -> str | None:
    """The raw text of an article, as far as it can be read as UTF-8; None where it is not at hand."""
    path = folder / name if folder else None
    return path.read_text(encoding="utf-8", errors="replace") if path and path.is_file() else None


def table(cases: Sequence[tuple[Case, Counter[str]]]) -> tuple[Row, ...]:
    """A row for each phenomenon that an article shows, from the counts of those articles."""
    rows = []
    for name, shows in PHENOMENA.items():
        counted = [counts for case, counts in cases if shows(case)]
        if counted:
            total = sum(counted, Counter())
            rows.append(Row(name, len(counted), *(_f1(total, measure) for measure in MEASURED)))
    return tuple(rows)


def _f1(counts: Counter[str], name: str) -> float | None:
    """The F1 of one measure; None where there was nothing to find and nothing was found."""
    right, found, gold = (counts[f"{name}_{part}"] for part in ("right", "found", "gold"))
    return agreement(right, found, gold).f1 if found or gold else None


def as_text(rows: Sequence[Row]) -> list[str]:
    """The table as lines, the lowest F1 of each column marked."""
    names = Row._fields[2:]
    lines = [f"{'phenomenon':20s} {'articles':>8s}" + "".join(f" {name.removesuffix('_f1'):>9s}" for name in names)]
    weakest = {name: min((v for row in rows if (v := getattr(row, name)) is not None), default=None) for name in names}
    for row in rows:
        cells = ((getattr(row, name), weakest[name]) for name in names)
        lines.append(f"{row.phenomenon:20s} {row.articles:8d}" + "".join(f" {_cell(*pair):>9s}" for pair in cells))
    return [*lines, "< lowest of its column; - nothing of the kind in gold or export"]


def _cell(value: float | None, weakest: float | None) -> str:
    """One F1 as it is printed, in a width that keeps marked and unmarked ones in line."""
    if value is None:
        return "- "
    return f"{value:.3f}" + ("<" if value == weakest else " ")
