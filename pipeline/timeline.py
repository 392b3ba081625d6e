"""Records -> the timeline: one row per council and inspection event, made anew for councils of which a record changed.

Triggers note such councils in `timeline_stale`, in the transaction that changes the record; so a run that is killed leaves
them noted, and whoever refreshes next makes up for it.
"""

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import click
from sqlite_utils import Database

from pipeline.database import writing
from pipeline.official import outcomes
from pipeline.rows import to_row
from pipeline.timeline_group import grouped
from pipeline.timeline_look import Telling
from pipeline.timeline_match import forget
from pipeline.timeline_tell import Particulars, directed, told
from pipeline.timeline_verify import verified
from pipeline.version import timeline_rules
from schemas.base import Record

RECORDS = """
SELECT i.record_id, i.article_id, a.published, i.kind, i.role, i.inspected, i.reported,
    i.framework, i.delivery_body, i.inspectorate, i.confidence
FROM inspections i JOIN articles a USING (article_id)
WHERE i.council_id = ?
"""
GRADES = """
SELECT r.record_id, r.area, r.grade FROM ratings r JOIN inspections i USING (record_id)
WHERE i.council_id = ? ORDER BY r.record_id, r.rating DESC
"""
STALE = """
SELECT count(*), count(DISTINCT council_id) FROM inspections
WHERE council_id IN (SELECT council_id FROM timeline_stale)
"""
MANY = 3000  # records that take about a second, after which a person wonders
OTHER_RULES = """
INSERT OR IGNORE INTO timeline_stale
SELECT council_id FROM inspections UNION SELECT council_id FROM timeline
"""


def refresh(db: Database) -> int:
    """Bring the timeline up to date, in the caller's transaction or its own; returns how many councils were made anew.

    A database that can't be written stays as it is.
    """
    if not is_stale(db):
        return 0
    if db.conn.in_transaction:
        return _refresh(db)
    try:
        with writing(db):
            return _refresh(db)
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise
        return 0


def is_stale(db: Database) -> bool:
    """Whether a record changed since the timeline was made, or the rules that it was made by."""
    (stale,) = db.execute("SELECT EXISTS (SELECT 1 FROM timeline_stale)").fetchone()
    return bool(stale) or _rules(db) != timeline_rules()


def _rules(db: Database) -> str | None:
    """The digest of the rules that the timeline was made by."""
    found = db.execute("SELECT digest FROM timeline_rules").fetchone()
    return found[0] if found else None


def _refresh(db: Database) -> int:
    """Make the stale councils anew; all of them where the rules are others."""
    if _rules(db) != timeline_rules():
        db.execute(OTHER_RULES)
        db.execute("DELETE FROM timeline_rules")
        db.execute("INSERT INTO timeline_rules VALUES (?)", [timeline_rules()])
        db.execute("DELETE FROM official")
        _insert(db, "official", outcomes())
    _announce(db)
    db.execute("DELETE FROM timeline WHERE council_id IN (SELECT council_id FROM timeline_stale)")
    for (council_id,) in db.execute("SELECT council_id FROM timeline_stale ORDER BY council_id").fetchall():
        _save(db, council_id, *_tellings(db, council_id))
        forget()
    cursor = db.execute("DELETE FROM timeline_stale")
    return int(cursor.rowcount)


def _announce(db: Database) -> None:
    """Tell whoever sits at a terminal what takes so long, if it does."""
    records, councils = db.execute(STALE).fetchone()
    if records > MANY and sys.stderr.isatty():
        click.echo(f"bringing the timeline up to date: {records} records of {councils} councils", err=True)


def _tellings(db: Database, council_id: str) -> tuple[list[Telling], dict[str, Particulars]]:
    """The records of one council: what tells them apart, and the rest of each by its id."""
    grades: dict[str, dict[str, str]] = defaultdict(dict)
    for row in db.query(GRADES, [council_id]):
        grades[row["record_id"]][row["area"]] = row["grade"]
    tellings: list[Telling] = []
    particulars: dict[str, Particulars] = {}
    for row in db.query(RECORDS, [council_id]):
        particulars[row["record_id"]] = Particulars(*(row.pop(name) for name in Particulars._fields))
        tellings.append(Telling(**row, grades=grades.get(row["record_id"], {})))
    return tellings, particulars


def _save(db: Database, council_id: str, tellings: Iterable[Telling], particulars: dict[str, Particulars]) -> None:
    """Store the timeline of one council; the old one must have been deleted."""
    tellings = list(tellings)
    grouping = grouped(tellings)
    events = directed([told(council_id, group, particulars) for group in grouping.groups])
    published = {telling.record_id: telling.published for telling in tellings}
    checked = [verified(each, published) for each in events]
    _insert(db, "timeline", (event for event, _ in checked))
    _insert(db, "timeline_contradictions", (row for _, rows in checked for row in rows))
    for table, part in (
        ("timeline_ratings", "ratings"),
        ("timeline_records", "records"),
        ("timeline_witnesses", "witnesses"),
    ):
        _insert(db, table, (row for each in events for row in getattr(each, part)))
    apart = [(f"e-{one}", f"e-{other}", why) for (one, other), why in sorted(grouping.apart.items())]
    db.conn.executemany("INSERT INTO timeline_apart VALUES (?, ?, ?)", apart)


def _insert(db: Database, table: str, records: Iterable[Record]) -> None:
    """Insert records as rows."""
    rows: list[dict[str, Any]] = [to_row(record) for record in records]
    if rows:
        names = list(rows[0])
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608
        db.conn.executemany(sql, rows)
