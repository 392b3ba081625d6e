"""The timeline beside the official record: what agrees, what does not, and what either of them lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlite_utils import Database

from pipeline import timeline
from pipeline.show import find
from pipeline.show_table import print_rows
from pipeline.why import sentence

Row = Mapping[str, Any]
Name = Literal["confirmed", "contradicted", "unlisted", "outside", "uncovered"]
COLUMNS: Mapping[Name, tuple[str, ...]] = {
    "confirmed": ("council", "date", "kind", "overall", "official_id", "sources"),
    "unlisted": ("council", "date", "kind", "overall", "confidence", "sources"),
    "outside": ("council", "date", "kind", "outside", "suggested", "sources"),
    "uncovered": ("council", "framework", "inspection_start", "report_published", "overall"),
}
TITLES: Mapping[Name, str] = {
    "confirmed": "Confirmed: all that can be compared agrees",
    "contradicted": "Contradicted: what the articles say, and what the official report says",
    "unlisted": "Unlisted: no official report of the council is near",
    "outside": "Outside: the official record cannot speak of it",
    "uncovered": "Official inspections that no article covers",
}
EVENTS = """
SELECT g.*, t.confidence, (
    SELECT group_concat(source, ', ') FROM (
        SELECT DISTINCT a.source FROM timeline_records JOIN inspections USING (record_id) JOIN articles a USING (article_id)
        WHERE event_id = g.event_id ORDER BY a.source
    )
) AS sources
FROM agreement g JOIN timeline t USING (event_id)
WHERE :council IS NULL OR g.council_id = :council
ORDER BY council, coalesce(g.date, 'X'), event_id
"""
CONTRADICTIONS = """
SELECT x.*, CASE quote_field WHEN 'title' THEN a.title ELSE a.body END AS story
FROM contradictions x JOIN articles a USING (article_id)
WHERE :council IS NULL OR council_id = :council
ORDER BY council, date, event_id, x.field, source, record_id
"""
OFFICIAL = """
SELECT * FROM official_reports
WHERE kind != 'other' AND (:council IS NULL OR council_id = :council) ORDER BY council, inspection_start
"""


class CheckError(Exception):
    """What was asked for is no council: says what it is."""


@dataclass(frozen=True)
class Check:
    """What came of the check; rows are those of the views, `uncovered` those of `official_reports`."""

    counts: Mapping[str, int]
    """Events by verdict, those with a suggested date, official inspections, and those of them that an article covers."""
    beyond: Mapping[str, int]
    """Events that the record can't speak of, by reason."""
    confirmed: Sequence[Row]
    contradicted: Sequence[Row]
    unlisted: Sequence[Row]
    outside: Sequence[Row]
    uncovered: Sequence[Row]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def check(db: Database, council: str | None = None) -> Check:
    """Hold the events of the timeline, of all councils or of one by name, id or code, against the official record."""
    timeline.refresh(db)
    given = {"council": _council(db, council) if council else None}
    events = list(db.query(EVENTS, given))
    official = list(db.query(OFFICIAL, given))
    uncovered = [row for row in official if not row["events"]]
    by: dict[str, list[Row]] = {
        verdict: [row for row in events if row["verified"] == verdict]
        for verdict in ("confirmed", "contradicted", "unlisted", "outside")
    }
    reasons = sorted({str(row["outside"]) for row in by["outside"]})
    return Check(
        counts={verdict: len(rows) for verdict, rows in by.items()}
        | {
            "suggested": sum(row["suggested"] is not None for row in events),
            "official": len(official),
            "covered": len(official) - len(uncovered),
        },
        beyond={reason: sum(row["outside"] == reason for row in by["outside"]) for reason in reasons},
        confirmed=by["confirmed"],
        contradicted=[_in_its_sentence(row) for row in db.query(CONTRADICTIONS, given)],
        unlisted=by["unlisted"],
        outside=by["outside"],
        uncovered=uncovered,
    )


def _council(db: Database, name: str) -> str:
    """The id of a council by its name, id or code."""
    found = find(db, name)
    if found.what != "council":
        raise CheckError(f"{name!r} is the name of an {found.what}; expected a council's name, id or code")
    return found.id


def _in_its_sentence(row: dict[str, Any]) -> Row:
    """A contradiction with the sentence that its words stand in."""
    story, start, end = row.pop("story"), row.pop("start"), row.pop("end")
    first, last = sentence(story, start, end) if start is not None else (0, 0)
    return row | {"words": story[first:last].strip()}


def show(checked: Check, lists: Sequence[Name], console: Console) -> None:
    """Print the counts and some of the lists for a person."""
    counts, table = checked.counts, Table(show_header=False, box=None)
    table.add_row(str(counts["confirmed"]), "events of the timeline confirmed by the official record")
    table.add_row(str(counts["contradicted"]), "contradicted by it")
    table.add_row(str(counts["unlisted"]), "unlisted: told as a full inspection of its time, and not in it")
    table.add_row(str(counts["outside"]), "outside it")
    for reason, number in checked.beyond.items():
        table.add_row(str(number), f"  {reason}")
    table.add_row(str(counts["suggested"]), "events without a year that it suggests a date for")
    table.add_row(str(counts["covered"]), f"of its {counts['official']} inspections are told of by an article")
    console.print(table)
    for name in lists:
        rows = getattr(checked, name)
        if name == "contradicted":
            _show_contradictions(rows, console)
        else:
            print_rows(console, TITLES[name], [{column: row[column] for column in COLUMNS[name]} for row in rows])


def _show_contradictions(rows: Sequence[Row], console: Console) -> None:
    """Print what each article says that is not so by the official report, in its sentence."""
    if rows:
        console.print(Text(TITLES["contradicted"], "italic"))
    for _, records in groupby(rows, lambda row: (row["event_id"], row["field"])):
        first, *others = records
        differs = (
            f"{first['council']}, {first['date']}: {first['field']} {first['said']}, officially {first['official']}"
        )
        console.print(Text(differs, "bold"), Text(f"({first['official_id']})", "dim"), soft_wrap=True)
        for row in (first, *others):
            console.print(Text(f"    {row['source']}: {row['words']}"), soft_wrap=True)
