"""What a chart is: rows that a question of SQL gives, a picture of them, their main finding in words, and their table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.questions import questions

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
    nothing: str
    """What to say where there are no rows."""
    about: str
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
    """An `svg` element in the colours of its page; empty where there is nothing to draw."""


def saved(db: Database, question: str, **values: str) -> list[Row]:
    """The answer to one of the saved questions that people ask with `query`, so that both have the same numbers."""
    parameters = dict.fromkeys(parameter.name for parameter in questions()[question].parameters)
    return list(db.query(questions()[question].sql, parameters | values))


def asked(db: Database, question: str) -> list[Row]:
    """The rows that `<question>.sql` gives: what a chart needs and nobody would ask for as a table."""
    return list(db.query((HERE / f"{question}.sql").read_text(encoding="utf-8")))
