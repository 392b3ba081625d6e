"""What a report says, however it is set: headline numbers, charts with their words and tables, quality, method."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline import timeline
from pipeline.charts import Drawing, drawn
from pipeline.charts.words import count, day
from pipeline.report.quality import Quality, quality
from pipeline.version import version

HERE = Path(__file__).parent
CHARTS = ("coverage", "grades", "areas", "map_overall", "movers", "themes_by_grade", "themes_by_year", "agreement")


@dataclass(frozen=True)
class Report:
    """One report; every text is plain."""

    title: str
    span: str
    """What articles it is of, in a sentence or two."""
    numbers: tuple[tuple[str, str], ...]
    """Headline numbers, each with what it counts."""
    drawings: tuple[Drawing, ...]
    quality: Quality
    method: tuple[str, ...]
    limits: tuple[str, ...]
    credits: tuple[Mapping[str, str], ...]
    """`text`, and `url` where there is one."""
    version: str


def contents(db: Database, gold: Path | None = None) -> Report:
    """The report of a database, of a timeline that is brought up to date before; `gold` is a folder to score it by."""
    timeline.refresh(db)
    text = tomllib.loads((HERE / "text.toml").read_text(encoding="utf-8"))
    (found,) = db.query((HERE / "headline.sql").read_text(encoding="utf-8"))
    return Report(
        title=text["title"],
        span=_span(found),
        numbers=_numbers(found),
        drawings=tuple(drawn(db, name) for name in CHARTS),
        quality=quality(db, gold),
        method=tuple(text["method"]),
        limits=tuple(text["limits"]),
        credits=tuple(text["credits"]),
        version=version(),
    )


def _span(found: Mapping[str, Any]) -> str:
    """Which articles these are, and when the last of them was read."""
    if not found["articles"]:
        return "The database holds no articles yet."
    first, last = (day(found[end]) for end in ("first", "last"))
    dates = (
        "none of them dated"
        if not found["first"]
        else f"published {f'from {first} to' if first != last else 'on'} {last}"
    )
    run = f" The last run that read any began on {day(found['run'][:10])}." if found["run"] else ""
    return f"{count(found['articles'], 'article')}, {dates}; an inspection is told of in {found['telling']:,}.{run}"


def _numbers(found: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The numbers to begin with; one inspection counts once in each but the last."""
    return tuple(
        (f"{found[key]:,}", words)
        for key, words in (
            ("councils", "councils told of"),
            ("full", "full inspections"),
            ("visits", "monitoring and focused visits"),
            ("findings", "findings of inspectors"),
            ("reviewed", f"of {found['records']:,} records looked at by a person"),
        )
    )
