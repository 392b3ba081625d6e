"""What a format writes: the chosen rows of every table, in order, as values of their types."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.export.choice import Chosen, Filters
from pipeline.export.tables import TABLES, Table, Text

READ: dict[str, Callable[[Any], Any]] = {"boolean": bool, "list": json.loads}  # from what SQLite holds


class Format(NamedTuple):
    """What a reader of the files has to know."""

    name: str
    about: str
    """What they hold, and how."""
    read: str
    """A line of code that reads one of them."""


@dataclass(frozen=True)
class Dataset:
    """A database with its chosen rows (see `pipeline.export.choice.chosen`), and how much of the text goes out."""

    db: Database
    format: Format
    text: Text
    filters: Filters
    chosen: Chosen
    notes: list[str] = field(default_factory=list)
    """What a format could not write as it is, in words; for the card and for whoever watches."""

    @property
    def tables(self) -> Sequence[Table]:
        """The tables with the columns that go out."""
        return [table.letting_out(self.text) for table in TABLES]

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """The rows of a table, each a value per column: text, int, float, bool, a list of texts, or None."""
        readers = [READ.get(column.type) for column in table.columns]
        for row in self.db.execute(table.sql):
            yield [
                read(value) if read and value is not None else value for read, value in zip(readers, row, strict=True)
            ]

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return int(self.db.execute(f"SELECT count(*) FROM ({table.sql})").fetchone()[0])  # noqa: S608 - names of TABLES


def cell(value: Any) -> Any:
    """A value for a cell that holds no list: a list is JSON there.

    >>> cell(["voice", "practice"]), cell(None)
    ('["voice", "practice"]', None)
    """
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
