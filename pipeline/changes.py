"""What a run does to the records of a database: which it gains, loses and changes, however that comes about.

Temporary triggers note every record that is taken out or stored, so records before + gained - lost = records after.
"""

from typing import Literal

from sqlite_utils import Database

from schemas.base import Record

BESIDES = ("extractor_version", "review")  # a record that says the same is the same, whoever read it


class Change(Record):
    """One record that is not what it was."""

    what: Literal["gained", "lost", "changed"]
    """`gained`: not there before; `lost`: not there any more; `changed`: there, and says something else."""
    record_id: str
    """Stable name of the record."""
    source: str
    """The source of its article."""
    council: str
    """Id of the council."""
    kind: str
    """Kind of inspection."""
    date: str | None
    """Date of the event."""


WATCH = """
DROP TABLE IF EXISTS temp.before;
DROP TABLE IF EXISTS temp.stored;
CREATE TEMP TABLE before (record_id TEXT PRIMARY KEY, said TEXT, source TEXT, council TEXT, kind TEXT, date TEXT);
CREATE TEMP TABLE stored (record_id TEXT PRIMARY KEY);
CREATE TEMP TRIGGER IF NOT EXISTS record_lost BEFORE DELETE ON main.articles BEGIN
    INSERT OR IGNORE INTO before {select}
    WHERE i.article_id = OLD.article_id AND i.record_id NOT IN (SELECT record_id FROM stored);
END;
CREATE TEMP TRIGGER IF NOT EXISTS record_stored AFTER INSERT ON main.inspections BEGIN
    INSERT OR IGNORE INTO stored VALUES (NEW.record_id);
END;
"""
CHANGES = """
WITH now AS ({select} JOIN stored USING (record_id))
SELECT 'gained' AS what, * FROM now WHERE record_id NOT IN (SELECT record_id FROM before)
UNION ALL
SELECT 'changed', now.* FROM now JOIN before USING (record_id) WHERE now.said != before.said
UNION ALL
SELECT 'lost', * FROM before WHERE record_id NOT IN (SELECT record_id FROM inspections)
ORDER BY what, source, record_id
"""


def watch(db: Database) -> None:
    """Begin to note the records that are taken out and stored on this connection."""
    db.executescript(WATCH.format(select=_select(db)))


def changes(db: Database) -> tuple[Change, ...]:
    """The records gained, lost and changed since `watch`."""
    found = db.query(CHANGES.format(select=_select(db)))
    return tuple(Change.model_validate({name: row[name] for name in Change.model_fields}) for row in found)


def _select(db: Database) -> str:
    """A query of records, with all that each of them says as one text."""
    said = [f'i."{name}"' for name in _columns(db, "inspections", *BESIDES)]
    for part in ("rating", "finding"):
        fields = ", ".join(f'p."{name}"' for name in _columns(db, f"{part}s", "record_id"))
        parts = f"{part}s p WHERE p.record_id = i.record_id ORDER BY p.{part}"
        said.append(f"(SELECT json_group_array(said) FROM (SELECT json_array({fields}) AS said FROM {parts}))")  # noqa: S608
    return f"""SELECT i.record_id, json_array({", ".join(said)}) AS said, a.source, i.council_id AS council, i.kind, i.date
               FROM inspections i JOIN articles a USING (article_id)"""  # noqa: S608 - names of our columns


def _columns(db: Database, table: str, *leave: str) -> list[str]:
    """The columns of a table but those left out."""
    return [column.name for column in db.table(table).columns if column.name not in leave]
