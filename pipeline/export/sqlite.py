"""A clean SQLite database: the tables with keys, links and allowed values, their descriptions, the views; nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipeline.database import VIEWS
from pipeline.export.dataset import Dataset, cell
from pipeline.export.tables import Table, named
from pipeline.rows import Column

READ = 'sqlite3.connect("ofsted-records.db")'
NAME = "ofsted-records.db"
TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "list": "TEXT"}
DESCRIPTIONS = """CREATE TABLE descriptions (
    "table" TEXT NOT NULL, "column" TEXT NOT NULL, description TEXT NOT NULL, PRIMARY KEY ("table", "column")
)"""


def write(dataset: Dataset, folder: Path) -> None:
    """Write the database, its rows in the order of every export; lists are JSON, true is 1."""
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")  # nobody reads the file before it is whole
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        for table in dataset.tables:
            db.execute(_create(table))
            places = ", ".join("?" for _ in table.columns)
            rows = ([cell(value) for value in row] for row in dataset.rows(table))
            db.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)  # noqa: S608 - names of TABLES
            for name in table.links:
                db.execute(f"CREATE INDEX {table.name}_{name} ON {table.name}({name})")
        db.execute(DESCRIPTIONS)
        described = ((table.name, column.name, column.about) for table in dataset.tables for column in table.columns)
        db.executemany("INSERT INTO descriptions VALUES (?, ?, ?)", described)
        _add_views(db)
        db.execute("COMMIT")
        db.execute("VACUUM")


def _create(table: Table) -> str:
    """The statement that makes a table."""
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += [f"FOREIGN KEY ({name}) REFERENCES {other}({named(other).key[0]})" for name, other in table.links.items()]
    inside = ",\n    ".join(lines)
    return f"CREATE TABLE {table.name} (\n    {inside}\n)"


def _column(column: Column) -> str:
    """The declaration of a column."""
    declared = f'"{column.name}" {TYPES[column.type]}{"" if column.empty else " NOT NULL"}'
    if column.type == "list" or not column.allowed:
        return declared
    allowed = ", ".join(f"'{value}'" for value in column.allowed)
    return f'{declared} CHECK ("{column.name}" IN ({allowed}))'


def _add_views(db: sqlite3.Connection) -> None:
    """Make the views of the program that ask for nothing but what is here."""
    names = [path.stem for path in sorted(VIEWS.glob("*.sql"))]
    for name in names:
        db.execute(f"CREATE VIEW {name} AS\n{(VIEWS / f'{name}.sql').read_text(encoding='utf-8').strip()}")
    for name in _broken(db, names):
        db.execute(f"DROP VIEW {name}")


def _broken(db: sqlite3.Connection, views: list[str]) -> Iterator[str]:
    """The views that ask for a table or column that is not here."""
    for name in views:
        try:
            db.execute(f"SELECT * FROM {name} LIMIT 0")  # noqa: S608 - names of our views
        except sqlite3.OperationalError:
            yield name
