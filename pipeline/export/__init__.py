"""Rows -> files: a folder of exported files, whole or not at all.

To add a format: write a module whose `write(db, folder)` fills an empty folder, and name it in EXPORTERS.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlite_utils import Database

from pipeline.export import jsonl, tidy

EXPORTERS: Mapping[str, Callable[[Database, Path], None]] = {"jsonl": jsonl.write, "csv": tidy.write}
MANIFEST = "export.json"


class ExportError(Exception):
    """An export can't be written: says where, why, and what to do."""


def export(db: Database, out: Path, format: str) -> list[str]:
    """Write the folder `out` in one of the EXPORTERS' formats; returns the names of its files.

    The files are written beside it and moved into place at the end; the same rows give the same bytes.
    """
    name = os.fsencode(out).decode("utf-8", "backslashreplace")
    staging = out.absolute().parent / f".{out.absolute().name}.partial"
    try:
        _check(out, name)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            EXPORTERS[format](db, staging)
            files = _seal(staging, format)
            _move(staging, out.absolute())
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise ExportError(
            f"{name}: the export can't be written: {error.strerror or error}; name a folder elsewhere"
        ) from error
    return files


def _files(folder: Path) -> list[str]:
    """Every file under a folder, by relative path."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _seal(folder: Path, format: str) -> list[str]:
    """Write the manifest, by which a later export knows the folder as one that it may replace."""
    files = _files(folder)
    hashes = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files}
    manifest = {"made_by": "ofsted-records", "format": format, "sha256": hashes}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return [*files, MANIFEST]


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
