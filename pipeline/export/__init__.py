"""Rows -> files: a folder of exported files, whole or not at all.

To add a format: write a module with a docstring that tells the reader of the card what the files hold, a line of code READ
that reads one of them, and `write(dataset, folder)`, which fills an empty folder; and name it in EXPORTERS.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlite_utils import Database

from pipeline import timeline
from pipeline.export import card, datapackage, hf, jsonl, parquet, schema, sqlite, tidy, training, xlsx
from pipeline.export.choice import Chosen, Filters, chosen
from pipeline.export.dataset import Dataset, Format
from pipeline.export.fault import ExportError
from pipeline.export.tables import Text
from pipeline.version import version


class Exporter(Protocol):
    """A module that writes one format."""

    __doc__: str | None
    READ: str

    def write(self, dataset: Dataset, folder: Path) -> None:
        """Fill an empty folder."""


EXPORTERS: Mapping[str, Exporter] = {
    "jsonl": jsonl,
    "csv": tidy,
    "parquet": parquet,
    "xlsx": xlsx,
    "sqlite": sqlite,
    "datapackage": datapackage,
    "spacy": training,
    "hf": hf,
}
CONTRACT = "jsonl"
"""The format of the record contract, in which a record's offsets point into the `body` of its article: text goes with it."""
MANIFEST = "export.json"


class Exported(NamedTuple):
    """What was written."""

    files: list[str]
    chosen: Chosen
    notes: list[str]
    """What could not be written as it is, in words."""


def export(db: Database, out: Path, format: str, filters: Filters | None = None, text: Text | None = None) -> Exported:
    """Write the folder `out` in one of the EXPORTERS' formats; all records where there are no filters.

    The files are written beside it and moved into place at the end; the same rows give the same bytes.
    """
    name = os.fsencode(out).decode("utf-8", "backslashreplace")
    staging = out.absolute().parent / f".{out.absolute().name}.partial"
    try:
        _check(out, name)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            timeline.refresh(db)
            with chosen(db, filters or Filters()) as found:
                about = " ".join((EXPORTERS[format].__doc__ or "").split())
                form = Format(format, about, EXPORTERS[format].READ)
                text = text or ("full" if format == CONTRACT else "evidence")
                dataset = Dataset(db, form, text, filters or Filters(), found)
                _write(dataset, staging)
            files = _files(staging)
            _move(staging, out.absolute())
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise ExportError(
            f"{name}: the export can't be written: {error.strerror or error}; name a folder elsewhere"
        ) from error
    return Exported(files, found, dataset.notes)


def _write(dataset: Dataset, folder: Path) -> None:
    """Write the files of a format, what every export carries, and at last the manifest."""
    EXPORTERS[dataset.format.name].write(dataset, folder)
    schema.write(dataset, folder, nested=dataset.format.name == CONTRACT)
    card.write(dataset, folder)
    _seal(dataset, folder)


def _files(folder: Path) -> list[str]:
    """Every file under a folder, by relative path."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _seal(dataset: Dataset, folder: Path) -> None:
    """Write the manifest, by which a later export knows the folder as one that it may replace."""
    manifest = {
        "made_by": "ofsted-records", "version": version(), "runs": card.runs(dataset), "format": dataset.format.name,
        "text": dataset.text, "filters": dataset.filters.said(),
        "sha256": {file: _hash(folder / file) for file in _files(folder)},
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _hash(path: Path) -> str:
    """The SHA-256 of a file, read as a stream."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(out: Path, name: str) -> None:
    """Raise an ExportError unless `out` is free, empty, or an export of ours with nothing else in it."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ExportError(f"{name}: a file; expected a folder, new or empty")
    strange = sorted(set(_files(out)) - set(_listed(out)))
    if strange:
        raise ExportError(
            f"{name}: holds {strange[0]!r}, no file of an export of ours; name another folder, or empty this one"
        )


def _listed(out: Path) -> list[str]:
    """The files that a folder's manifest accounts for; none where it has no manifest of ours."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return [*manifest["sha256"], MANIFEST] if manifest["made_by"] == "ofsted-records" else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _move(staging: Path, out: Path) -> None:
    """Put the finished folder in its place; an older one stays whole until the new one is there."""
    old = out.parent / f".{out.name}.old"
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    staging.rename(out)
    shutil.rmtree(old, ignore_errors=True)
