"""The record contract as JSON lines: an article a line, a record a line with its council, ratings and findings inside.

Tables that are part of neither are files of their own. Words that are not let out are left out of the schemas, too.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.export.dataset import Dataset
from pipeline.export.tables import Table
from schemas.inspection import Evidence

READ = 'pandas.read_json("inspections.jsonl", lines=True)'
NESTED = ("councils", "ratings", "findings")
SPANS = {name: {"text"} for name in Evidence.model_fields}
QUOTED: dict[str, Any] = {
    "evidence": SPANS,
    "ratings": {"__all__": {"evidence": {"text"}}},
    "findings": {"__all__": {"text": True, "evidence": {"text"}}},
}


def write(dataset: Dataset, folder: Path) -> None:
    """Write a file per table, one JSON object a line; what is nested in a record has no file."""
    for table in dataset.tables:
        if table.name == "inspections":
            _lines(folder / "inspections.jsonl", _inspections(dataset))
        elif table.name not in NESTED:
            _lines(folder / f"{table.name}.jsonl", _records(dataset, table))


def _inspections(dataset: Dataset) -> Iterator[str]:
    """The chosen records, whole."""
    hidden = QUOTED if dataset.text == "none" else None
    for record in store.inspections(dataset.db, wanted="SELECT record_id, nth AS place FROM temp.chosen_records"):
        yield record.model_dump_json(exclude=hidden)


def _records(dataset: Dataset, table: Table) -> Iterator[str]:
    """The rows of a table as objects, with the fields of its schema in order."""
    names = [column.name for column in table.columns]
    for row in dataset.rows(table):
        yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)


def _lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
