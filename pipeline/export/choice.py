"""Filters -> the chosen records, once: temporary tables that every query of an export is joined to.

The connection stays in one transaction meanwhile, so that all tables are of the same moment though a run goes on.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, get_args
from urllib.parse import quote

from rapidfuzz import process
from sqlite_utils import Database

from extractors.period import bounds
from pipeline.export.fault import ExportError
from schemas.article import Publisher
from schemas.inspection import Kind

SQL = Path(__file__).with_name("chosen.sql")
END: dict[Literal["since", "until"], int] = {"since": 0, "until": 1}  # which of the two bounds of a day, month or year


@dataclass(frozen=True)
class Filters:
    """Which records to choose; those that all given conditions let through."""

    councils: Sequence[str] = ()
    """Names, ids or ONS codes of councils."""
    since: str | None = None
    """A day, month or year; records that lie wholly before it, or have no year, are left out."""
    until: str | None = None
    """Likewise, for records that lie wholly after it."""
    kinds: Sequence[str] = ()
    publishers: Sequence[str] = ()
    min_confidence: float | None = None
    reviewed: bool = False
    """Only what a person accepted or corrected."""
    where: str | None = None
    """A condition in SQL over the columns of `inspections`."""

    def said(self) -> dict[str, object]:
        """The conditions that were given, by name."""
        return {name: value for name, value in vars(self).items() if value not in ((), None, False)}


class Chosen(NamedTuple):
    """How many records the filters chose."""

    records: int
    total: int
    undated: int
    """Records without a year, if a filter of dates left them out for that."""

    def __str__(self) -> str:
        """The numbers in words.

        >>> str(Chosen(3, 10, 2))
        '3 of 10 records match; 2 records whose year is not known count as outside --since and --until'
        """
        undated = f"; {self.undated} records whose year is not known count as outside --since and --until"
        return f"{self.records} of {self.total} records match{undated if self.undated else ''}"


@contextmanager
def chosen(db: Database, filters: Filters) -> Iterator[Chosen]:
    """Temporary tables `chosen_records` and so on, as `chosen.sql` says, for as long as the context lasts."""
    parameters = {
        "everything": not filters.said(),
        "councils": _json([_council(db, name) for name in filters.councils]),
        "dates": _dates(db, filters),
        "kinds": _json([_one_of("--kind", name, get_args(Kind)) for name in filters.kinds]),
        "publishers": _json([_one_of("--publisher", name, get_args(Publisher)) for name in filters.publishers]),
        "confidence": filters.min_confidence,
        "reviewed": filters.reviewed,
        "records": _matching(db, filters.where) if filters.where is not None else None,
    }
    db.execute("BEGIN")
    try:
        for statement in SQL.read_text(encoding="utf-8").split(";\n"):
            db.execute(statement, parameters)
        yield _counted(db, filters)
    finally:
        db.rollback()  # the temporary tables go with it


def _counted(db: Database, filters: Filters) -> Chosen:
    """What the filters came to."""
    ((records, total, undated),) = db.execute(
        """SELECT (SELECT count(*) FROM temp.chosen_records), count(*),
                  count(*) FILTER (WHERE date IS NULL OR date LIKE 'X%') FROM inspections"""
    )
    return Chosen(records, total, undated if filters.since or filters.until else 0)


def _json(names: Sequence[str]) -> str | None:
    """A list as a parameter; one with nothing in it filters nothing."""
    return json.dumps(names) if names else None


def _one_of(option: str, name: str, known: Sequence[str]) -> str:
    """A name, if it is one that may be asked for."""
    if name not in known:
        raise ExportError(f"{option} {name}: expected one of {', '.join(known)}")
    return name


def _council(db: Database, name: str) -> str:
    """The id of a council by its name, id or ONS code; case does not matter."""
    names = {
        text.casefold(): row["id"]
        for row in db.table("councils").rows
        for text in (row["gss"], row["name"], row["id"])
        if text
    }
    if found := names.get(name.casefold().strip()):
        return str(found)
    near = dict.fromkeys(
        names[text] for text, *_ in process.extract(name.casefold(), list(names), limit=5, score_cutoff=70)
    )
    advice = f"did you mean {' or '.join(near)}?" if near else "`ofsted-records show NAME` looks councils up"
    raise ExportError(f"--council {name}: no council with a record here has this name, id or ONS code; {advice}")


def _dates(db: Database, filters: Filters) -> str | None:
    """The dates of records that lie, or may lie, within the span asked for; a month may if one of its days does."""
    if not (filters.since or filters.until):
        return None
    first, last = _day("since", filters.since) or date.min, _day("until", filters.until) or date.max
    spans = {
        row[0]: bounds(row[0]) for row in db.execute("SELECT DISTINCT date FROM inspections WHERE date IS NOT NULL")
    }
    return json.dumps([text for text, span in spans.items() if span and span[0] <= last and first <= span[1]])


def _day(option: Literal["since", "until"], text: str | None) -> date | None:
    """The first or last day of a day, month or year that was asked for."""
    if not text:
        return None
    try:
        span = bounds(text)
    except ValueError:
        span = None
    if span is None:
        raise ExportError(f"--{option} {text}: expected a day, a month or a year, as 2016-05-09, 2016-05 or 2016")
    return span[END[option]]


def _matching(db: Database, condition: str) -> str:
    """The ids of the records that meet a condition in SQL, asked on a connection that can't write."""
    if ";" in condition:
        raise ExportError(
            "--where: a semicolon; expected one condition over the columns of inspections, and no statement"
        )
    path = Path(db.execute("PRAGMA database_list").fetchone()[2])
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?{mode}", uri=True)) as reading:
        try:
            rows = reading.execute(f"SELECT record_id FROM inspections WHERE (\n{condition}\n)")  # noqa: S608 - can't write
            return json.dumps([row[0] for row in rows])
        except sqlite3.Error as error:
            raise ExportError(
                f"--where {condition}: {error}; expected a condition over the columns of inspections, such as "
                "\"framework = 'SIF' AND confidence > 0.5\""
            ) from error
