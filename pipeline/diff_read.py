"""A database or an export -> tables of a scratch connection, so that two sides can be compared whatever they are."""

import csv
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlite_utils import Database

from pipeline.rows import columns, typed
from pipeline.spreadsheet import read
from schemas.inspection import Finding, Inspection, Rating

Row = Mapping[str, Any]
TABLES = {
    "articles": ("article_id", "source"),
    "inspections": ("article_id", "council_id", *(name for name, _ in columns(Inspection, ("article", "council")))),
    "ratings": ("record_id", "rating", *(name for name, _ in columns(Rating))),
    "findings": ("record_id", "finding", *(name for name, _ in columns(Finding))),
}
KEYS = {
    "articles": ("article_id",),
    "inspections": ("record_id", "article_id", "council_id"),
    "ratings": ("record_id", "rating"),
    "findings": ("record_id", "finding"),
}
FLAGS = {each.name for model in (Inspection, Rating, Finding) for each in typed(model) if each.type == "boolean"}
SQLITE = b"SQLite format 3\0"
EXPORTED = "ofsted-records.db"  # in the folder of an export as sqlite
ROWS = 1000  # of a Parquet file in memory


class DiffError(Exception):
    """A side can't be compared: says which, what was expected and what to do."""


@contextmanager
def sides(old: Path, new: Path) -> Iterator[Database]:
    """A connection with both sides as its schemas `old` and `new`: databases as they are, exports in temporary tables.

    Raises a DiffError for what is neither. Columns that a csv export of an older program lacks are not compared.
    """
    db = Database(sqlite3.connect("file:?mode=memory", uri=True))
    try:
        for schema, path in (("old", old), ("new", new)):
            name = os.fsencode(path).decode("utf-8", "backslashreplace")
            try:
                _attach(db, schema, path, name)
            except (OSError, sqlite3.Error, ValueError, KeyError) as error:
                raise DiffError(f"{name}: can't be read: {error!r}") from error
        yield db
    except sqlite3.Error as error:
        raise DiffError(f"{old}, {new}: can't be compared: {error}") from error
    finally:
        db.close()


def _attach(db: Database, schema: str, path: Path, name: str) -> None:
    """Open one side as a schema."""
    if (path / EXPORTED).is_file():
        path = path / EXPORTED
    if path.is_file() and path.open("rb").read(len(SQLITE)) == SQLITE:
        db.execute("ATTACH ? AS " + schema, [f"file:{quote(os.fsencode(path.absolute()))}?{_mode(path)}"])
        tables = {table for (table,) in db.execute(f"SELECT name FROM {schema}.sqlite_master")}  # noqa: S608 - old or new
        if missing := sorted(set(TABLES) - tables):
            raise DiffError(f"{name}: not a database of this program: it has no table {missing[0]}")
        return
    db.execute("ATTACH '' AS " + schema)  # a temporary file of SQLite's
    made: dict[str, str] = {}
    for table, row in _rows(path, name):
        if table not in made:
            made[table] = _make(db, schema, table, row, name)
        db.execute(made[table], dict(row))
    for table in TABLES.keys() - made:
        _make(db, schema, table, dict.fromkeys(TABLES[table]), name)


def _mode(path: Path) -> str:
    """For reading only; what lies in a folder that can't be written can't have a log beside it, either."""
    return "mode=ro" if os.access(path.absolute().parent, os.W_OK) else "mode=ro&immutable=1"


def _make(db: Database, schema: str, table: str, row: Row, name: str) -> str:
    """Make a table for rows like this one; returns the statement that stores one."""
    if missing := [key for key in KEYS[table] if key not in row]:
        raise DiffError(f"{name}: its {table} have no {missing[0]}; name a database, or an export of this program")
    kept = [column for column in TABLES[table] if column in row]
    defined = ", ".join(f'"{column}" TEXT' for column in kept)
    key = "record_id, " + table[:-1] if table in ("ratings", "findings") else KEYS[table][0]
    db.execute(f"CREATE TABLE {schema}.{table} ({defined}, PRIMARY KEY ({key}))")
    return f"INSERT OR IGNORE INTO {schema}.{table} VALUES ({', '.join(f':{column}' for column in kept)})"  # noqa: S608


def _rows(path: Path, name: str) -> Iterator[tuple[str, Row]]:
    """The rows of an export, each after the name of its table."""
    if path.is_file() and path.suffix == ".jsonl":
        yield from _lines(path)
        return
    for folder in (path, path / "data"):
        if (folder / "inspections.jsonl").is_file():
            yield from _lines(folder / "inspections.jsonl")
            return
        for suffix, read_table in ((".csv", _table), (".parquet", _parquet)):
            if (folder / f"inspections{suffix}").is_file():
                for table in TABLES:
                    yield from ((table, row) for row in read_table(folder / f"{table}{suffix}"))
                return
    raise DiffError(f"{name}: expected a database, or a folder that `ofsted-records export` wrote (but xlsx and spacy)")


def _lines(path: Path) -> Iterator[tuple[str, Row]]:
    """The rows of a jsonl export."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield from _record(json.loads(line))


def _record(record: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows of one line of a jsonl export."""
    keys = {"article_id": record["article"]["article_id"], "council_id": record["council"]["id"]}
    yield "articles", record["article"]
    yield "inspections", dict.fromkeys(TABLES["inspections"]) | _flat(record) | keys
    for table in ("ratings", "findings"):
        for number, part in enumerate(record[table]):
            yield table, _flat(part) | {"record_id": record["record_id"], table[:-1]: number}


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested values as columns (see `pipeline.rows`), as a database holds them; a span that is not there has none."""
    row: dict[str, Any] = {}
    for name, cell in value.items():
        if isinstance(cell, dict):
            row |= _flat(cell, f"{prefix}{name}_")
        else:
            row[prefix + name] = json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell
    return row


def _table(path: Path) -> Iterator[Row]:
    """The rows of a csv file, without the apostrophes that keep spreadsheets from running a cell."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: _flag(cell) if name in FLAGS else read(cell) for name, cell in row.items()}


def _flag(cell: str) -> str:
    """A flag as a database holds it."""
    return {"true": "1", "false": "0"}.get(cell, cell)


def _parquet(path: Path) -> Iterator[Row]:
    """The rows of a Parquet file; lists as JSON."""
    try:
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - an extra, and heavy
    except ImportError as error:
        advice = "pip install '.[parquet]' in the program's folder"
        raise DiffError(f"{path}: a Parquet file, which needs pyarrow: {advice}") from error
    with ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS):
            yield from (_flat(row) for row in batch.to_pylist())
