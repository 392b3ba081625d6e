"""Saved questions: `queries/<name>.sql`, read and checked; `pipeline.query` asks them.

A file begins with a comment: its title; what it answers; then a line per parameter and, where a name does not say it all,
per column of the answer.

    -- Councils that moved up or down
    -- Each change of overall grade from one full inspection to the next.
    -- :steps (number) = 1  at least so many grades
    -- @years  from the one inspection to the next

The words in brackets are the type of the parameter (see `pipeline.query`), or its values with bars between them; what
follows `=` is its value where none is given. In the SQL of the file a parameter without a value is NULL.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "queries"
PARAMETER = re.compile(r":(\w+) \(([\w|]+)\)(?: = (\S+))?  (\S.*)")
COLUMN = re.compile(r"@(\w+)  (\S.*)")


class QuestionError(Exception):
    """A file of `queries/` breaks the rules: says which, and what was expected."""


@dataclass(frozen=True)
class Parameter:
    """What a question can be told."""

    name: str
    type: str
    """`council`, `theme` …, or the values that it may have with bars between them."""
    default: str | None
    about: str


@dataclass(frozen=True)
class Question:
    """One saved question."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    """What columns of the answer mean: those whose names do not say it all."""
    sql: str
    """One SELECT; a parameter that is null or empty counts as not given, so that a form on a page can ask it, too."""


@cache
def questions() -> Mapping[str, Question]:
    """All saved questions by name; raises a QuestionError for a file that breaks the rules."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.sql"))}


def read(path: Path) -> Question:
    """One file as a question."""
    lines = path.read_text(encoding="utf-8").splitlines()
    top = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    about, parameters, columns = [], [], {}
    for line in (line.removeprefix("--").strip() for line in lines[:top]):
        if found := PARAMETER.fullmatch(line):
            parameters.append(Parameter(found[1], found[2], found[3], found[4]))
        elif found := COLUMN.fullmatch(line):
            columns[found[1]] = found[2]
        elif line.startswith((":", "@")) or parameters or columns:
            raise QuestionError(
                f"{path.name}: expected `:name (type) = default  meaning` or `@column  meaning`: {line!r}"
            )
        else:
            about.append(line)
    if len(about) < 2 or not all(about):
        raise QuestionError(f"{path.name}: expected a comment on top: a title, and below it what the question answers")
    sql = _filled("\n".join(lines[top:]).strip(), parameters, path.name)
    return Question(path.stem, about[0], " ".join(about[1:]), tuple(parameters), columns, sql)


def _filled(sql: str, parameters: Sequence[Parameter], name: str) -> str:
    """The SQL with defaults for what is not given: `:by` becomes `coalesce(nullif(:by, ''), 'region')`."""
    known = {each.name: each for each in parameters}
    if different := sorted(set(re.findall(r":(\w+)", sql)) ^ set(known)):
        raise QuestionError(
            f"{name}: expected the comment to name all parameters of the SQL and no other: {different[0]}"
        )

    def filled(match: re.Match[str]) -> str:
        parameter, given = known[match[1]], f"nullif(:{match[1]}, '')"
        if parameter.type == "number":  # comes as text, and text is more than any number
            given = f"CAST({given} AS INTEGER)"
        if parameter.default is None:
            return given
        default = parameter.default if parameter.type == "number" else f"'{parameter.default}'"
        return f"coalesce({given}, {default})"

    return re.sub(r":(\w+)", filled, sql)
