"""A Frictionless Data Package, version 2: the tables as CSV with `datapackage.json`, which says all about them."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.export import card, tidy
from pipeline.export.dataset import Dataset
from pipeline.export.tables import Table, named
from pipeline.rows import Column

READ = 'frictionless.Package("datapackage.json")'
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "list": "array"}


def write(dataset: Dataset, folder: Path) -> None:
    """Write `data/<table>.csv`, as the format csv has them, and `datapackage.json`."""
    data = folder / "data"
    data.mkdir()
    tidy.write(dataset, data)
    credits_ = card.credits_()
    package = {
        "$schema": PROFILE.format("datapackage"), "name": "ofsted-records", "title": card.TITLE,
        "description": card.ABOUT,
        "licenses": [{"title": "Facts with words quoted from articles; see the card", "path": "README.md"}],
        "sources": [{"title": each["title"], "path": each["path"]} for each in credits_],
        "resources": [_resource(table, data / f"{table.name}.csv") for table in dataset.tables],
    }  # fmt: skip
    text = json.dumps(package, indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(table: Table, path: Path) -> dict[str, Any]:
    """One table: where it is, which bytes it has, and its schema."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    links = [
        {"fields": [name], "reference": {"resource": other, "fields": list(named(other).key)}}
        for name, other in table.links.items()
    ]
    schema = {
        "$schema": PROFILE.format("tableschema"), "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key), "foreignKeys": links, "missingValues": [""],
    }  # fmt: skip
    return {
        "name": table.name, "type": "table", "path": f"data/{table.name}.csv", "description": table.about, "scheme": "file",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}", "licenses": card.licences(table.name), "schema": schema,
    }  # fmt: skip


def _field(column: Column) -> dict[str, Any]:
    """One column; what the items of a list may be is checked by frictionless, which the specification leaves free."""
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.type], "description": column.about}
    constraints: dict[str, Any] = {} if column.empty else {"required": True}
    if column.allowed and column.type == "list":
        field["arrayItem"] = {"type": "string", "constraints": {"enum": list(column.allowed)}}
    elif column.allowed:
        constraints["enum"] = list(column.allowed)
    return field | ({"constraints": constraints} if constraints else {})
