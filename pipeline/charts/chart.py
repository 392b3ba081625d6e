"""What a chart is: rows that a question of SQL gives, a picture of them, their main finding in words, and their table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
Link = Callable[[Row], str | None]
"""Where a mark leads: the row that it shows -> an address that begins with `/` or `#`, or nothing."""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Chart:
    """How one chart is made of a database; `rows` of nothing known are empty."""

    name: str
    title: str
    columns: Mapping[str, str]
    """Headings of the table, by the keys of a row."""
    rows: Callable[[Database], list[Row]]
    tell: Callable[[Sequence[Row]], str]
    """The main finding in words, for at least one row."""
    plot: Callable[[Sequence[Row], Mapping[str, str]], Any]
    """The rows in colours by name -> an Altair chart."""
    about: str = ""
    """What counts, where the title can't say it."""


@dataclass(frozen=True)
class Drawing:
    """A chart as it is shown: the same numbers as a picture, in words and as a table."""

    name: str
    title: str
    about: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    svg: str
    """An `svg` element; empty where there is nothing to draw."""


def asked(db: Database, question: str) -> list[Row]:
    """The rows that `<question>.sql` gives."""
    return list(db.query((HERE / f"{question}.sql").read_text(encoding="utf-8")))
