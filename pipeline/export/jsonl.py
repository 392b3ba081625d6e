"""The record contract as JSON lines: articles.jsonl, inspections.jsonl, and the JSON Schemas of both in schema/."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from pipeline import store
from schemas.article import Article
from schemas.base import Record
from schemas.inspection import Inspection


class ArticleLine(Article):
    """One article kept, with the sources of its copies."""

    duplicates: tuple[str, ...] = Field(())
    """Other sources of the same article: exact, near or truncated copies; the fullest one is kept."""


SCHEMAS: dict[str, type[Record]] = {"articles": ArticleLine, "inspections": Inspection}


def article_line(article: Article, duplicates: tuple[str, ...]) -> ArticleLine:
    """An article as it is exported."""
    return ArticleLine(**dict(article), duplicates=duplicates)


def write(db: Database, folder: Path) -> None:
    """Write both files, one record a line in the order of the store, and their schemas."""
    write_lines(folder / "articles.jsonl", (article_line(*pair) for pair in store.articles(db)))
    write_lines(folder / "inspections.jsonl", store.inspections(db))
    (folder / "schema").mkdir()
    for name, model in SCHEMAS.items():
        text = json.dumps(schema(model), indent=2, ensure_ascii=False)
        (folder / "schema" / f"{name}.schema.json").write_text(text + "\n", encoding="utf-8")


def schema(model: type[Record]) -> dict[str, Any]:
    """The JSON Schema of the lines of a file: every field is there on every line."""
    made = model.model_json_schema(mode="serialization")
    for table in (made, *made.get("$defs", {}).values()):
        table["required"] = list(table["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


def write_lines(path: Path, records: Iterable[Record]) -> None:
    """Write records, one JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(record.model_dump_json() + "\n")
