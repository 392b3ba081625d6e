"""The timeline for a person: the inspections of a council, and one of them with all who tell of it."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text
from sqlite_utils import Database

from pipeline.show_table import print_table

COLUMNS = (
    "date",
    "kind",
    "framework",
    "overall",
    "other_grades",
    "direction",
    "articles",
    "disputed",
    "verified",
    "event_id",
)
COUNCIL = """
SELECT h.date, h.kind, h.framework, h.overall, h.other_grades, h.direction, h.articles, h.event_id, t.verified,
    nullif((SELECT group_concat(value, ', ') FROM json_each(t.disputed)), '') AS disputed
FROM council_history h JOIN timeline t USING (event_id)
WHERE h.council_id = ? ORDER BY coalesce(h.date, 'X'), h.event_id
"""
EVENT = """
SELECT t.*, c.name AS council FROM timeline t JOIN councils c ON c.id = t.council_id WHERE event_id = ?
"""
RECORDS = """
SELECT t.record_id, t.how, i.role, a.publisher, a.published, a.title
FROM timeline_records t JOIN inspections i USING (record_id) JOIN articles a USING (article_id)
WHERE t.event_id = ? ORDER BY t.place
"""
WITNESSES = """
SELECT w.field, w.value, w.agrees, r.place
FROM timeline_witnesses w JOIN timeline_records r USING (record_id)
WHERE w.event_id = ? ORDER BY w.rowid
"""
APART = """
SELECT t.event_id, t.date, t.kind, t.overall, a.why
FROM (
    SELECT other_id AS event_id, why FROM timeline_apart WHERE event_id = :id
    UNION ALL SELECT event_id, why FROM timeline_apart WHERE other_id = :id
) a JOIN timeline t USING (event_id) ORDER BY coalesce(t.date, 'X'), t.event_id
"""


def council(db: Database, council_id: str, console: Console) -> None:
    """Print the timeline of a council: its inspections by date, one row each."""
    (row,) = db.query("SELECT * FROM councils WHERE id = ?", [council_id])
    console.print(" · ".join(text for text in (row["name"], row["gss"], row["la_code"], row["region"]) if text))
    print_table(list(db.query(COUNCIL, [council_id])), COLUMNS, console)


def event(db: Database, event_id: str, console: Console) -> None:
    """Print an inspection: its values, the records that it is made of, who says what, and what was not merged with it."""
    (row,) = db.query(EVENT, [event_id])
    about = (row["council"], row["kind"], row["date"], row["overall"], f"event {event_id}")
    console.print(Text(" · ".join(text for text in about if text), "bold"), soft_wrap=True)
    for name in ("inspected", "reported", "framework", "direction", "confidence", "verified", "suggested"):
        if row[name] is not None:
            console.print(f"{name}: {row[name]}", soft_wrap=True)
    disputed = json.loads(row["disputed"])
    for lines in (_records(db, event_id), _witnesses(db, event_id, disputed), _apart(db, event_id)):
        console.print()
        for line in lines:
            console.print(line, soft_wrap=True)


def _records(db: Database, event_id: str) -> Iterator[str]:
    """Each record with its article, and why it is of this event."""
    yield "Told by"
    for place, row in enumerate(db.query(RECORDS, [event_id]), 1):
        about = (row["publisher"], row["published"], row["title"], f"{row['role']} record {row['record_id']}")
        yield f"  {place}. " + " · ".join(text for text in about if text)
        yield f"     {row['how']}"


def _witnesses(db: Database, event_id: str, disputed: list[str]) -> Iterator[str]:
    """What the records say of each field, by their numbers."""
    yield "Who says what"
    rows = sorted(db.query(WITNESSES, [event_id]), key=_field)
    for field, group in groupby(rows, _field):
        said: dict[str, list[str]] = {}
        for row in group:
            said.setdefault(row["value"], []).append(str(row["place"]))
        values = "; ".join(f"{value} ({', '.join(places)})" for value, places in said.items())
        yield f"  {field}: {values}" + (" - disputed" if field in disputed else "")


def _field(row: dict[str, Any]) -> str:
    """The field that a witness speaks of."""
    return str(row["field"])


def _apart(db: Database, event_id: str) -> Iterator[str]:
    """The events that look like this one, and why they are others."""
    rows = list(db.query(APART, {"id": event_id}))
    yield "Not merged with" if rows else "Nothing else looks like it."
    for row in rows:
        about = (row["date"] or "no date", row["kind"], row["overall"], f"event {row['event_id']}")
        yield "  " + " · ".join(text for text in about if text)
        yield f"     {row['why']}"
