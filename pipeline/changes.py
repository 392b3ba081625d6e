"""Which records are gained, lost and changed: by a run, or from one database or export to another (`pipeline.diff`).

Records are told apart by their ids. An id is made of article, council, role, kind and dates; so a record lost and one
gained that agree in article, council and two of role, kind and date are one record, changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from sqlite_utils import Database

from schemas.base import Record

BESIDES = ("extractor_version", "review")  # a record that says the same is the same, whoever read it
LEFT_OUT = {
    "inspections": ("record_id", *BESIDES),
    "ratings": ("record_id", "rating"),
    "findings": ("record_id", "finding"),
}
TELLING = ("kind", "role", "date")  # what tells the records of one article and council apart
AGREEING = 2  # of these: a record of which all but one are as they were is still that record


class Change(Record):
    """One record that is not what it was."""

    what: Literal["gained", "lost", "changed"]
    """`gained`: not there before; `lost`: not there any more; `changed`: there, and says something else."""
    record_id: str
    """Stable name of the record; of one that changed, its name now."""
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
CREATE TEMP TABLE before (
    record_id TEXT PRIMARY KEY, article_id TEXT, source TEXT, council TEXT, kind TEXT, role TEXT, date TEXT, said TEXT
);
CREATE TEMP TABLE stored (record_id TEXT PRIMARY KEY);
CREATE TEMP TRIGGER IF NOT EXISTS record_lost BEFORE DELETE ON main.articles BEGIN
    INSERT OR IGNORE INTO before {select}
    WHERE i.article_id = OLD.article_id AND i.record_id NOT IN (SELECT record_id FROM stored);
END;
CREATE TEMP TRIGGER IF NOT EXISTS record_stored AFTER INSERT ON main.inspections BEGIN
    INSERT OR IGNORE INTO stored VALUES (NEW.record_id);
END;
"""
NAMED = (
    "record_id",
    "article_id",
    "source",
    "council",
    "kind",
    "role",
    "date",
)  # what a change names, of all that is said
GAINED = """
SELECT {named} FROM ({select} JOIN stored USING (record_id)) now WHERE record_id NOT IN (SELECT record_id FROM before)
"""
LOST = "SELECT {named} FROM before now WHERE record_id NOT IN (SELECT record_id FROM inspections)"
CHANGED = """
SELECT {named} FROM ({select} JOIN stored USING (record_id)) now JOIN before USING (record_id)
WHERE now.said != before.said
"""
KEPT = "SELECT count(*) FROM stored JOIN inspections USING (record_id)"


def watch(db: Database) -> None:
    """Begin to note the records that are taken out and stored on this connection.

    Temporary triggers do it, however that comes about: records before + gained - lost = records after.
    """
    db.executescript(WATCH.format(select=select(said(db))))


def changes(db: Database) -> tuple[Change, ...]:
    """The records gained, lost and changed since `watch`: by what happened to them, source and id."""
    words = {"select": select(said(db)), "named": ", ".join(f"now.{name}" for name in NAMED)}
    gained, lost = (list(db.query(query.format(**words))) for query in (GAINED, LOST))
    same = pairs(lost, gained)
    found = [change("changed", row) for row in db.query(CHANGED.format(**words))]
    found += [change("changed" if row["record_id"] in same else "gained", row) for row in gained]
    found += [change("lost", row) for row in lost if row["record_id"] not in set(same.values())]
    return tuple(sorted(found, key=lambda each: (each.what, each.source, each.record_id)))


def counts(db: Database) -> Counter[str]:
    """How many records were gained, lost and changed since `watch`; where none was taken out, each that was stored is gained."""
    (taken_out,) = db.execute("SELECT EXISTS (SELECT 1 FROM before)").fetchone()
    if taken_out:
        return Counter(change.what for change in changes(db))
    (gained,) = db.execute(KEPT).fetchone()
    return Counter(gained=gained)


def change(what: str, row: Mapping[str, Any]) -> Change:
    """A row of `select` as a change."""
    return Change.model_validate({"what": what} | {name: row[name] for name in Change.model_fields if name in row})


def pairs(lost: Iterable[Mapping[str, Any]], gained: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Ids of the gained records that are lost ones under another id, each with that: those that agree most go first.

    An article is known by its id, which is made of its words, or by its source where its words changed.
    """
    found: dict[str, str] = {}
    lost, gained = list(lost), list(gained)
    for article in ("article_id", "source"):
        olds = _by_event([row for row in lost if row["record_id"] not in set(found.values())], article)
        news = _by_event([row for row in gained if row["record_id"] not in found], article)
        for key in olds.keys() & news.keys():
            found |= _paired(olds[key], news[key])
    return found


def _by_event(rows: Iterable[Mapping[str, Any]], article: str) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    """Records by article and council."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[article], row["council"]].append(row)
    return groups


def _paired(lost: list[Mapping[str, Any]], gained: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The pairs among the records of one article and council, each record in one of them."""
    alike = sorted(
        (-sum(old[name] == new[name] for name in TELLING), old["record_id"], new["record_id"])
        for old in lost
        for new in gained
    )
    taken: set[str] = set()
    for disagreeing, old, new in alike:
        if -disagreeing >= AGREEING and not {old, new} & taken:
            taken |= {old, new}
            yield new, old


def said(db: Database, *schemas: str) -> dict[str, Sequence[str]]:
    """The columns that say what a record says, by table: those that all these schemas of a connection have."""
    found: dict[str, Sequence[str]] = {}
    for table, leave in LEFT_OUT.items():
        kept = [_columns(db, table, schema) for schema in schemas or ("main",)]
        found[table] = [name for name in kept[-1] if name not in leave and all(name in each for each in kept)]
    return found


def select(columns: Mapping[str, Sequence[str]], schema: str = "main") -> str:
    """A query of records, with all that each of them says as one JSON object: values as text, `''` as null.

    The order of its grades and findings says nothing, so they stand in the order of their values.
    """
    fields = _fields("i", columns["inspections"])
    for part in ("ratings", "findings"):
        each = f"json_object({', '.join(_fields('p', columns[part]))}) AS said"
        parts = f"(SELECT {each} FROM {schema}.{part} p WHERE p.record_id = i.record_id ORDER BY said)"  # noqa: S608
        fields.append(f"'{part}', json((SELECT json_group_array(json(said)) FROM {parts}))")  # noqa: S608
    return f"""SELECT i.record_id, i.article_id, coalesce(a.source, i.article_id) AS source, i.council_id AS council,
                      i.kind, i.role, i.date, json_object({", ".join(fields)}) AS said
               FROM {schema}.inspections i LEFT JOIN {schema}.articles a USING (article_id)"""  # noqa: S608 - names of our columns


def _fields(alias: str, names: Iterable[str]) -> list[str]:
    """Columns as arguments of `json_object`."""
    return [f"""'{name}', nullif(CAST({alias}."{name}" AS TEXT), '')""" for name in names]


def _columns(db: Database, table: str, schema: str) -> list[str]:
    """The columns of a table."""
    return [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?, ?)", [table, schema])]
