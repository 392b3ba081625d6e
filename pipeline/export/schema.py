"""The tables -> JSON Schema and the data dictionary that every export carries."""

import json
from pathlib import Path
from typing import Any

from pipeline.export.dataset import Dataset
from pipeline.export.tables import Table
from pipeline.rows import Column
from schemas.inspection import Inspection

TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "list": "array"}
WORDS = {"text": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "list": "list"}
DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def write(dataset: Dataset, folder: Path, *, nested: bool) -> None:
    """Write `schema/<table>.schema.json` for each table, and DICTIONARY.md; `nested` where records hold their parts."""
    (folder / "schema").mkdir()
    schemas = {table.name: of_rows(table) for table in dataset.tables}
    if nested:
        schemas = {name: schema for name, schema in schemas.items() if name not in ("councils", "ratings", "findings")}
        schemas["inspections"] = of_records(quoted=dataset.text != "none")
    for name, schema in schemas.items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        (folder / "schema" / f"{name}.schema.json").write_text(text + "\n", encoding="utf-8")
    (folder / "DICTIONARY.md").write_text(dictionary(dataset), encoding="utf-8")


def of_rows(table: Table) -> dict[str, Any]:
    """The JSON Schema of the rows of a table: every column is there on every row."""
    fields = {column.name: _field(column) for column in table.columns}
    return {
        **DRAFT, "title": table.name, "description": table.about, "type": "object", "properties": fields,
        "required": list(fields), "additionalProperties": False,
    }  # fmt: skip


def of_records(*, quoted: bool = True) -> dict[str, Any]:
    """The JSON Schema of whole records; every field is there on every line."""
    made = Inspection.model_json_schema(mode="serialization")
    if not quoted:
        for name in ("Span", "Finding"):
            del made["$defs"][name]["properties"]["text"]
    for part in (made, *made["$defs"].values()):
        part["required"] = list(part["properties"])
    return DRAFT | made


def _field(column: Column) -> dict[str, Any]:
    """The JSON Schema of one column."""
    kind: Any = TYPES[column.type]
    found: dict[str, Any] = {"description": column.about, "type": [kind, "null"] if column.empty else kind}
    if column.type == "list":
        return found | {"items": {"type": "string"} | ({"enum": list(column.allowed)} if column.allowed else {})}
    return found | ({"enum": [*column.allowed, *([None] if column.empty else [])]} if column.allowed else {})


def dictionary(dataset: Dataset) -> str:
    """Every table with its columns, in markdown."""
    return "\n\n".join(["# Data dictionary", *(_table(table) for table in dataset.tables)]) + "\n"


def _table(table: Table) -> str:
    """One table: what a row is, what tells rows apart, then a line per column."""
    links = [f"`{name}` is that of `{other}`" for name, other in table.links.items()]
    key = f"Key: {', '.join(f'`{name}`' for name in table.key)}" + "".join(f"; {link}" for link in links) + "."
    rows = [f"| {column.name} | {words(column)} | {_cell(column.about)} |" for column in table.columns]
    head = ["| column | type | meaning |", "| --- | --- | --- |"]
    return "\n".join([f"## {table.name}", "", table.about, "", key, "", *head, *rows])


def _cell(text: str) -> str:
    """Text that can stand in a table: a bar would end the cell."""
    return text.replace("|", "\\|")


def words(column: Column) -> str:
    """The type of a column in words, or the values that are allowed."""
    words = ", ".join(f"`{value}`" for value in column.allowed) or WORDS[column.type]
    words = f"list of {words}" if column.type == "list" and column.allowed else words
    return f"{words} or nothing" if column.empty else words
