"""Dumps that lie elsewhere: addresses such as `s3://bucket/crawl/`, listed and opened by fsspec.

`file://` and `memory://` need nothing more; for S3, Google Cloud and Azure install s3fs, gcsfs or adlfs, which find credentials
where each service's own tools have put them.
"""

import glob
import io
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from pipeline.read.document import NoInput, SetupError
from pipeline.read.reading import Entry, shown
from pipeline.read.stream import Meter, counted, uncounted
from schemas.reject import Rejected


class There(NamedTuple):
    """One file at an address (see `pipeline.read.dump.File`)."""

    source: str
    address: str
    size: int
    stamp: str


@dataclass(frozen=True)
class Addressed:
    """What one address names."""

    files: tuple[There, ...]
    """In the order of names."""


def is_address(dump: str) -> bool:
    """Whether an argument is an address, not a path."""
    return "://" in dump


def addressed(dump: str) -> Addressed:
    """The files under an address, hidden ones left out; raises `NoInput` where there are none."""
    system, path = filesystem(dump)
    try:
        magic = glob.has_magic(path)
        found = system.glob(path, detail=True) if magic else system.find(path, detail=True)
    except (OSError, ValueError) as error:
        raise NoInput(f"{shown(dump)}: can't be listed: {error}") from error
    if magic:
        fixed = path[: min(path.index(mark) for mark in "*?[" if mark in path)]
        root = posixpath.dirname(fixed)
    else:
        root = posixpath.dirname(path) if list(found) == [path] else path
    names = {posixpath.relpath(name, root): name for name, info in found.items() if info["type"] == "file"}
    plain = (name for name in sorted(names) if not any(part.startswith(".") for part in name.split("/")))
    files = tuple(_there(name, system.unstrip_protocol(names[name]), found[names[name]]) for name in plain)
    if not files:
        raise NoInput(f"{shown(dump)}: no document there; expected a file, a folder or a pattern")
    return Addressed(files)


def _there(name: str, address: str, info: Mapping[str, Any]) -> There:
    """A file as a listing describes it; every service has a word of its own for what changes with the file."""
    stamps = (info.get(key) for key in ("ETag", "etag", "md5Hash", "content_settings", "mtime", "created"))
    return There(shown(name), address, int(info.get("size") or 0), str(next(filter(None, stamps), "")))


def at(source: str, address: str, meter: Meter) -> Entry:
    """The file at an address, opened."""
    system, path = filesystem(address)
    try:
        meter.give(system.size(path) or 0)
        stream = cast(io.RawIOBase, system.open(path, "rb"))
    except (OSError, ValueError) as error:
        raise Rejected("unreadable", f"can't be opened: {error}") from error
    return Entry(source, counted(cast(Any, stream), uncounted))


def filesystem(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it; raises `SetupError` where what reads it is not installed."""
    try:
        import fsspec  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SetupError(f"{address}: addresses need more: pip install '.[dask]' in the program's folder") from error
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:  # a protocol whose package is missing, or that is none
        raise SetupError(f"{address}: {error}; expected file://, s3://, gs:// or az://") from error
    return system, str(path).rstrip("/")
