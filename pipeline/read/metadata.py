"""What a metadata file says of documents: a csv or jsonl file with a row per document, found by its file name."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from pipeline.read.document import Sidecar
from schemas.article import Publisher

NAME_COLUMNS = ("file", "source", "filename")


class MetadataError(Exception):
    """A metadata file is wrong: says which file, line and column, and what was expected."""


def load_metadata(path: Path) -> Mapping[str, Sidecar]:
    """The rows of a csv or jsonl file, by file name: the whole path, and the last part of it where that is unique."""
    rows: dict[str, Sidecar] = {}
    for number, row in _rows(path):
        name = next((str(row[key]) for key in NAME_COLUMNS if row.get(key)), "")
        where = f"{path.name}, line {number}"
        if not name:
            raise MetadataError(f"{where}: no file name; expected one in a column {', '.join(NAME_COLUMNS)}")
        if name in rows:
            raise MetadataError(f"{where}, file {name!r}: named twice; expected one row a file")
        rows[name] = _sidecar(where, row)
    last = Counter(name.rpartition("/")[2] for name in rows)
    short = {base: side for name, side in rows.items() if last[base := name.rpartition("/")[2]] == 1}
    return short | rows


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The rows of a metadata file, each with its line number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() == ".csv":
                reader = csv.DictReader(file)
                yield from ((reader.line_num, row) for row in reader)
                return
            for number, line in enumerate(file, 1):
                row = json.loads(line) if line.strip() else None
                if isinstance(row, dict):
                    yield number, row
                elif row is not None:
                    raise MetadataError(f"{path.name}, line {number}: expected one JSON object a line")
    except (OSError, ValueError, csv.Error) as error:
        raise MetadataError(
            f"{path.name}: expected a csv file with a header, or JSON lines, in UTF-8: {error}"
        ) from error


def _sidecar(where: str, row: Mapping[str, object]) -> Sidecar:
    """One row, its values checked; blank cells count as not given."""
    given = {key: row[key] for key in Sidecar.model_fields if row.get(key) is not None}
    cells = {key: "; ".join(value) if isinstance(value, list) else str(value) for key, value in given.items()}
    cells = {key: value.strip() for key, value in cells.items() if value.strip()}
    published, publisher = cells.get("published"), cells.get("publisher")
    if published:
        try:
            cells["published"] = date.fromisoformat(published[:10]).isoformat()
        except ValueError as error:
            raise MetadataError(
                f"{where}, column published: {published!r}; expected an ISO date, 2020-03-17"
            ) from error
    if publisher and publisher not in get_args(Publisher):
        raise MetadataError(f"{where}, column publisher: {publisher!r}; expected one of {get_args(Publisher)}")
    authors = tuple(name.strip() for name in (cells.pop("authors", None) or "").split(";") if name.strip())
    return Sidecar.model_validate(cells | {"authors": authors})
