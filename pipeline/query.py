"""A saved question and values for its parameters -> the rows of the answer; values are checked in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple, get_args

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from pipeline import timeline
from pipeline.questions import Parameter, questions
from schemas.article import Publisher
from schemas.inspection import Area, Framework, Grade, Theme

VALUES: Mapping[str, tuple[str, ...]] = {
    "area": get_args(Area),
    "framework": get_args(Framework),
    "grade": get_args(Grade),
    "publisher": get_args(Publisher),
    "theme": get_args(Theme),
}
FORMS: Mapping[str, tuple[str, str]] = {
    "date": (r"[12]\d{3}(-\d\d(-\d\d)?)?", "a year, a month or a day, such as 2016, 2016-05 or 2016-05-30"),
    "number": (r"\d+", "a whole number"),
    "words": (r".*\w.*", "a word or more"),
}
NAMES: Mapping[str, str] = {
    "council": "SELECT id, name, gss FROM authorities UNION SELECT id, name, gss FROM councils ORDER BY 1",
    "region": "SELECT DISTINCT region, region FROM authorities WHERE region IS NOT NULL ORDER BY 1",
}
TYPES = (*VALUES, *FORMS, *NAMES)
FEW = 30  # names that fit into an error
ALIKE = 75  # of 100; below that a suggestion has little to do with what was asked for


class QueryError(Exception):
    """A question can't be asked: says what was given, what was expected, and what comes close."""


class Answer(NamedTuple):
    """The answer to a question."""

    columns: list[str]
    rows: list[dict[str, Any]]
    length: int
    """How many rows there are, where not all were asked for."""


def ask(db: Database, name: str, given: Mapping[str, str | None], most: int | None = None) -> Answer:
    """The answer to a question, or its first rows, of a timeline that is brought up to date before; nothing else is written.

    A value that is None counts as not given. Councils go by name in any case, by id or by code. Raises a QueryError for a
    question or parameter that is not there, or a value that it can't have.
    """
    if name not in questions():
        raise QueryError(f"no question is called {name!r}: {_advice(name, list(questions()))}")
    question = questions()[name]
    known = {each.name: each for each in question.parameters}
    if unknown := sorted(given.keys() - known.keys()):
        raise QueryError(f"{name} does not ask for {unknown[0]!r}: {_advice(unknown[0], list(known))}")
    timeline.refresh(db)
    values = {each: checked(db, known[each], value) for each, value in given.items() if value is not None}
    with _reading(db):
        found = db.execute(question.sql, dict.fromkeys(known) | values)
        columns = [column[0] for column in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in islice(found, most)]
        return Answer(columns, rows, len(rows) + sum(1 for _ in found))


def values(db: Database, parameter: Parameter) -> tuple[str, ...]:
    """The values that a parameter may have, to choose from; none where there are too many to list."""
    if parameter.type in NAMES:
        return tuple(name for _, name, *_ in db.execute(NAMES[parameter.type]))
    if parameter.type in FORMS:
        return ()
    return VALUES.get(parameter.type) or tuple(parameter.type.split("|"))


def checked(db: Database, parameter: Parameter, value: str) -> str:
    """A value as the SQL expects it; raises a QueryError for one that the parameter can't have."""
    if parameter.type in FORMS:
        form, words = FORMS[parameter.type]
        if not re.fullmatch(form, value.strip()):
            raise QueryError(f"{parameter.name} {value!r}: expected {words}")
        return _phrase(value) if parameter.type == "words" else value.strip()
    names = {each.casefold(): each for each in values(db, parameter)}
    if parameter.type in NAMES:
        names = {form.casefold(): row[0] for row in db.execute(NAMES[parameter.type]) for form in row[::-1] if form}
    wanted = value.strip().casefold()
    for form in (wanted, re.sub(r"\W+", "_", wanted)):  # `help and protection` is help_and_protection
        if form in names:
            return str(names[form])
    raise QueryError(f"{parameter.name} {value!r}: {_advice(value, list(values(db, parameter)))}")


def _phrase(words: str) -> str:
    """Words as a search for all of them in a row: what means something to the search engine is text."""
    return '"' + words.strip().replace('"', '""') + '"'


def _advice(name: str, known: Sequence[str]) -> str:
    """What comes close to a name, or all that there is."""
    close = process.extract(name, known, scorer=fuzz.WRatio, processor=str.casefold, limit=3, score_cutoff=ALIKE)
    if close:
        return f"did you mean {' or '.join(repr(text) for text, _, _ in close)}?"
    return f"expected one of {', '.join(known[:FEW])}{' …' if len(known) > FEW else ''}"


@contextmanager
def _reading(db: Database) -> Iterator[None]:
    """Nothing can be written meanwhile."""
    db.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        db.execute("PRAGMA query_only = OFF")
