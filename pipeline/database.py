"""A path -> an open database: made or brought up to date, its views and descriptions as this program has them."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from extractors import tables
from pipeline.migrations import migrations
from pipeline.rows import Row, columns, to_row
from pipeline.why import Reason
from schemas.article import Article
from schemas.authority import Authority
from schemas.base import Record
from schemas.inspection import Council, Finding, Inspection, Rating
from schemas.mention import Mention
from schemas.official import OfficialGrade
from schemas.reject import Reject
from schemas.review import Extracted, Review
from schemas.run import Run
from schemas.timeline import (
    TimelineApart,
    TimelineContradiction,
    TimelineEvent,
    TimelineRating,
    TimelineRecord,
    TimelineWitness,
)

PATIENCE = 60  # seconds to wait while another program writes
SILENCE = 2  # seconds of waiting that nobody needs to hear of: two runs at once take turns, article by article
HELD = 16_000  # kilobytes of the database in memory; fingerprints lie all over it
VIEWS = Path(__file__).parent / "views"
SCHEMAS: dict[str, type[Record]] = {
    "articles": Article,
    "mentions": Mention,
    "councils": Council,
    "inspections": Inspection,
    "ratings": Rating,
    "findings": Finding,
    "rejects": Reject,
    "reasons": Reason,
    "runs": Run,
    "authorities": Authority,
    "timeline": TimelineEvent,
    "timeline_ratings": TimelineRating,
    "timeline_records": TimelineRecord,
    "timeline_witnesses": TimelineWitness,
    "timeline_apart": TimelineApart,
    "timeline_contradictions": TimelineContradiction,
    "official": OfficialGrade,
    "reviews": Review,
    "extracted": Extracted,
}


class StoreError(Exception):
    """A database can't be used: says which, why, and what to do."""


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Database]:
    """The database at `path`, up to date; where it can't be written it is opened for reading as it stands.

    `create` makes a missing one, and insists on being able to write. Faults of SQLite while it is open, such as a full
    disk, become a StoreError too; what was not committed by then is undone.
    """
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    _check(path, name, create=create)
    try:
        db = _connect(path, create=create)
        try:
            _bring_up_to_date(db, name, create=create, writable=_writable(path))
            yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise StoreError(f"{name}: not a database, or a broken one; name another file ({error})") from error
        raise StoreError(f"{name}: the database can't be used: {error}") from error


@contextmanager
def writing(db: Database, say: Callable[[str], None] = lambda _: None, *, patient: bool = True) -> Iterator[None]:
    """One transaction that writes, whole or not at all; `say` is told when another program makes it wait.

    It takes the lock before it reads, so that what it read still holds when it writes. If not `patient`, it does not
    wait for long.
    """
    try:
        db.execute(f"PRAGMA busy_timeout = {SILENCE * 1000}")
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if not patient or "locked" not in str(error):
            raise
        say(f"waiting for another program that writes to the database, at most {PATIENCE:g} seconds")
        db.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")
        db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.commit()
    except BaseException:
        db.rollback()
        raise


def _check(path: Path, name: str, *, create: bool) -> None:
    """Raise a StoreError for a path that can't hold a database."""
    folder = path.absolute().parent
    if path.is_dir():
        raise StoreError(f"{name}: a folder; expected the path of a database file")
    if not path.exists() and not create:
        raise StoreError(f"{name}: no such database; make one with `ofsted-records ingest`")
    if not folder.is_dir():
        raise StoreError(f"{name}: its folder does not exist; make the folder first")
    if create and not _writable(path):
        raise StoreError(f"{name}: the file or its folder can't be written; name a file elsewhere")


def _writable(path: Path) -> bool:
    """Whether the file and its folder, which holds the write-ahead log, can be written."""
    return os.access(path.absolute().parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _connect(path: Path, *, create: bool) -> Database:
    """A connection with foreign keys on; unless the file can be written, one that only reads."""
    mode = ("rwc" if create else "rw") if _writable(path) else "ro&immutable=1"
    connection = sqlite3.connect(f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}", uri=True, timeout=PATIENCE)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # with a write-ahead log a killed run still loses nothing committed
    connection.execute(f"PRAGMA cache_size = -{HELD}")
    return Database(connection)


def _bring_up_to_date(db: Database, name: str, *, create: bool, writable: bool) -> None:
    """Take the migrations not yet taken, and refresh views, descriptions and authorities where they differ."""
    pending = {migration.name for migration in migrations.pending(db)}
    taken = {migration.name for migration in migrations.applied(db)}
    if not taken and (db.table_names() or not create):
        raise StoreError(
            f"{name}: not a database of this program; name another file, or make one with `ofsted-records ingest`"
        )
    if newer := sorted(taken - _names()):
        raise StoreError(f"{name}: made by a newer version of this program (it has {newer[-1]}); update ofsted-records")
    if not pending and _is_as_wanted(db):
        return
    if not writable:
        raise StoreError(f"{name}: made by an older version and can't be written; open a copy that can be")
    db.enable_wal()
    with writing(db):  # all at once: another run may be starting, too
        migrations.apply(db)
        _refresh(db)


def _is_as_wanted(db: Database) -> bool:
    """Whether views, descriptions and authorities are those of this program."""
    return (
        _views(db) == _wanted_views()
        and _descriptions(db) == _wanted_descriptions()
        and list(db.table("authorities").rows_where(order_by="id")) == _wanted_authorities()
    )


@cache
def _names() -> set[str]:
    """The names of all migrations that this program knows."""
    return {migration.name for migration in migrations.pending(Database(memory=True))}


@cache
def _wanted_views() -> dict[str, str]:
    """The views of this program: `views/<name>.sql` holds the query of the view."""
    texts = {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted(VIEWS.glob("*.sql"))}
    return {name: f"CREATE VIEW {name} AS\n{text}" for name, text in texts.items()}


def _views(db: Database) -> dict[str, str]:
    """The views of the database."""
    return {view.name: view.schema for view in db.views}


@cache
def _wanted_descriptions() -> set[tuple[str, str, str]]:
    """Table, column and description of each field of the schemas."""
    return {(table, *column) for table, schema in SCHEMAS.items() for column in columns(schema, ("article", "council"))}


def _descriptions(db: Database) -> set[tuple[str, str, str]]:
    """Table, column and description as the database has them."""
    return {(row["table"], row["column"], row["description"]) for row in db.table("descriptions").rows}


@cache
def _wanted_authorities() -> list[Row]:
    """The councils that run or ran children's services, by id; of those before and after them only such councils, too."""
    rows = {row["id"]: row for row in tables.rows("councils") if row["childrens_services"] == "true"}
    lists = ("predecessors", "successors")
    return [
        to_row(
            Authority.model_validate(
                {name: row[name] or None for name in Authority.model_fields}
                | {name: tuple(id for id in row[name].split("|") if id in rows) for name in lists}
            )
        )
        for _, row in sorted(rows.items())
    ]


def _refresh(db: Database) -> None:
    """Make views, descriptions and authorities anew."""
    for name in _views(db):
        db.view(name).drop()
    for sql in _wanted_views().values():
        db.execute(sql)
    table = db.table("descriptions")
    table.delete_where()
    table.insert_all(
        {"table": table, "column": column, "description": text}
        for table, column, text in sorted(_wanted_descriptions())
    )
    db.table("authorities").delete_where()
    db.table("authorities").insert_all(_wanted_authorities())
