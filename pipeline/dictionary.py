"""The nouns and views -> the README's data dictionary, so that what is written of a field is what is checked.

`python -m pipeline.dictionary README.md` rewrites the section between its two marks, and likewise the measured quality,
which is written down in `pipeline/quality.md`; a test fails while they differ.
"""

import itertools
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.database import SCHEMAS
from pipeline.questions import questions
from schemas.base import Record
from schemas.inspection import ArticleRef, Council, Evidence
from schemas.mention import Span

NESTED: Mapping[str, type[Record]] = {"council": Council, "article": ArticleRef, "evidence": Evidence, "span": Span}
FIRST = ("articles", "inspections", "ratings", "findings")
TABLES: Mapping[str, type[Record]] = {
    **{name: SCHEMAS[name] for name in FIRST},
    **NESTED,
    **{name: model for name, model in SCHEMAS.items() if name not in FIRST and model not in NESTED.values()},
}
VIEWS = Path(__file__).parent / "views"
BEGIN, END = "<!-- dictionary: `make dictionary` writes what follows -->", "<!-- end of dictionary -->"
QUALITY = Path(__file__).with_name("quality.md")
QUALITY_MARKS = "<!-- quality -->", "<!-- end of quality -->"


def dictionary() -> str:
    """Every noun that is stored or exported as one markdown table, under a heading to link to, views, saved questions."""
    return "\n\n".join([*(_table(name, model) for name, model in TABLES.items()), _views(), _questions()])


def _views() -> str:
    """The views of the database, by the comments that their files begin with."""
    rows = [f"| {path.stem} | {_cell(_opening(path))} |" for path in sorted(VIEWS.glob("*.sql"))]
    return "\n".join(["### views", "", "| view | what it shows |", "| --- | --- |", *rows])


def _questions() -> str:
    """The saved questions, with the options that each knows."""
    rows = [
        f"| {each.name} | {_cell(each.title)}. {_cell(each.about)} | "
        f"{', '.join(f'`--{parameter.name}`' for parameter in each.parameters)} |"
        for each in questions().values()
    ]
    return "\n".join(["### questions", "", "| question | what it answers | options |", "| --- | --- | --- |", *rows])


def _opening(path: Path) -> str:
    """The comment lines at the top of an SQL file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return " ".join(line.removeprefix("--") for line in itertools.takewhile(lambda line: line.startswith("--"), lines))


def _table(name: str, model: type[Record]) -> str:
    """One noun: what it is, then a row per field."""
    fields = model.model_json_schema()["properties"]
    about = " ".join((model.__doc__ or "").split())
    rows = [f"| {field} | {_type(schema)} | {_cell(schema['description'])} |" for field, schema in fields.items()]
    return "\n".join([f"### {name}", "", about, "", "| field | type | meaning |", "| --- | --- | --- |", *rows])


def _cell(text: str) -> str:
    """Text that can stand in a table: on one line, with no bar that would end the cell."""
    return " ".join(text.split()).replace("|", "\\|")


def _type(schema: Mapping[str, Any]) -> str:
    """A JSON Schema type in words: `text or nothing`, `list of ratings`, or the values that are allowed."""
    if "anyOf" in schema:
        return " or ".join(_type(choice) for choice in schema["anyOf"])
    if "$ref" in schema:
        return _reference(schema)
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    names = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return {**names, "null": "nothing"}[schema["type"]]


def _reference(schema: Mapping[str, Any]) -> str:
    """A link to the table of the noun that a schema refers to."""
    title = schema["$ref"].rsplit("/", 1)[-1]
    name = next(name for name, model in TABLES.items() if model.__name__ == title)
    return f"[{name}](#{name})"


def written_into(text: str) -> str:
    """The text of a README with the dictionary and the measured quality between their marks."""
    text = _between(text, BEGIN, END, dictionary())
    return _between(text, *QUALITY_MARKS, QUALITY.read_text(encoding="utf-8").strip())


def _between(text: str, begin: str, end: str, new: str) -> str:
    """A text with something new between two marks."""
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"README: expected the lines {begin!r} and {end!r}, to write what belongs between them")
    return f"{before}{begin}\n\n{new}\n\n{end}{after}"


if __name__ == "__main__":
    readme = Path(sys.argv[1])
    readme.write_text(written_into(readme.read_text(encoding="utf-8")), encoding="utf-8")
