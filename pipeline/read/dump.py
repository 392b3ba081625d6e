"""The files of a dump: what the arguments of a command name, in stable order, each file once, each under one source."""

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.read import formats
from pipeline.read.addresses import Addressed, addressed, at, is_address
from pipeline.read.document import Document, NoInput, Sidecar
from pipeline.read.limits import Limits
from pipeline.read.patience import timely
from pipeline.read.reading import Entry, Reading, shown
from pipeline.read.rows import Columns, columns
from pipeline.read.stream import Meter, counted, uncounted
from schemas.reject import Rejected

STDIN = "-"
FROM_STDIN = "stdin"  # the source of what comes from there
COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database


@dataclass(frozen=True)
class Named:
    """What one argument names."""

    root: Path
    """The folder that sources start from."""
    paths: tuple[Path, ...]
    """A file, a folder, or what a pattern matches."""
    table: str | None = None

    def holds(self, path: Path) -> bool:
        """Whether the argument names this file, by itself or by its folder."""
        return any(each == path or each in path.parents for each in self.paths)


@dataclass(frozen=True)
class File:
    """One file of a dump; plain values, so that parts of a dump can be read in different places."""

    source: str
    path: Path | str | None
    """Where it is: on disk, at an address, or, for None, on standard input."""
    root: Path | None = None
    """The folder that links may not lead out of; None for a file that an argument names itself."""
    table: str | None = None
    problem: Rejected | None = None
    """Why it can't be looked into."""
    size: int = 0
    """Bytes; 0 where that is not known."""
    stamp: str = ""
    """What changes when the file does: the time of its last change, or a tag of the service that keeps it."""


def documents(
    dumps: Sequence[str],
    metadata: Mapping[str, Sidecar],
    names: Columns | None = None,
    limits: Limits | None = None,
    *,
    leave: Path | None = None,
) -> Iterator[Document]:
    """The documents of files, folders, patterns, addresses and standard input (`-`), one by one; raises `NoInput` at once.

    `leave` is a file that is no input, wherever it lies: the database that is written to. Nothing is known of a dump's
    size before its end, and no more than one document is kept in memory. What a metadata file says of a document, by its
    source or the last part of it, is believed before what its row says.
    """
    left = Path(os.path.abspath(leave)) if leave else None
    return documents_in((file for file in files(dumps) if left is None or file.path != left), metadata, names, limits)


def documents_in(
    some: Iterable[File], metadata: Mapping[str, Sidecar], names: Columns | None = None, limits: Limits | None = None
) -> Iterator[Document]:
    """The documents of some files of a dump."""
    return _described(
        chain.from_iterable(_read(file, names or columns(), limits or Limits()) for file in some), metadata
    )


def files(dumps: Sequence[str]) -> Iterator[File]:
    """The files that arguments name, each once, in stable order; raises `NoInput` at once."""
    return _listed([addressed(dump) if is_address(dump) else _named(dump) for dump in dumps])


def _described(found: Iterator[Document], metadata: Mapping[str, Sidecar]) -> Iterator[Document]:
    """The documents with what a metadata file says of them."""
    for document in found:
        said = metadata.get(document.source) or metadata.get(document.source.rpartition("/")[2])
        yield replace(document, sidecar=document.sidecar.under(said)) if said else document


def _named(dump: str) -> Named:
    """What one argument names; raises `NoInput` where that is nothing."""
    path = Path(os.path.abspath(dump))
    if dump == STDIN:
        return Named(path.parent, ())
    if path.is_dir():
        named = Named(path, (path,))
    elif os.path.lexists(path):
        return Named(path.parent, (path,))
    elif glob.has_magic(dump):
        root = Path(os.path.abspath(Path(*_fixed(Path(dump).parts))))
        named = Named(root, tuple(sorted(Path(os.path.abspath(name)) for name in glob.iglob(dump, recursive=True))))
    else:
        file, _, table = dump.rpartition(":")
        if table and Path(file).is_file():
            return Named(Path(os.path.abspath(file)).parent, (Path(os.path.abspath(file)),), table)
        raise NoInput(f"{shown(dump)}: no such file or folder; give a file, a folder, or a glob pattern in quotes")
    if next(_files(named), None) is None:
        raise NoInput(f"{shown(dump)}: no document in it; `ofsted-records formats` lists what is read")
    return named


def _fixed(parts: Sequence[str]) -> Iterator[str]:
    """The parts of a pattern before the first one with a wildcard."""
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _listed(given: Sequence[Named | Addressed]) -> Iterator[File]:
    """The files of all arguments."""
    local = [each for each in given if isinstance(each, Named)]
    roots = {each.root for each in local if each.paths}
    before: list[Named] = []
    for named in given:
        if isinstance(named, Addressed):
            yield from (File(each.source, each.address, size=each.size, stamp=each.stamp) for each in named.files)
            continue
        if not named.paths:
            yield File(FROM_STDIN, None)
        for found in _files(named):
            path, problem = (found, None) if isinstance(found, Path) else found
            if any(named.table is None and each.holds(path) for each in before if each.table is None):
                continue
            root = None if path in named.paths else named.root
            size, stamp = _stamp(path)
            yield File(_source(path, named, roots), path, root, named.table, problem, size, stamp)
        before.append(named)


def _read(file: File, names: Columns, limits: Limits) -> Iterator[Document]:
    """The documents in one file."""
    if file.problem:
        yield Document(file.source, None, problem=file.problem)
        return
    meter = Meter(limits)
    reading = Reading(names, limits, meter, read=formats.read)
    if file.path is None:
        opened = partial(_same, Entry(FROM_STDIN, counted(sys.stdin.buffer, meter.give)))
    elif isinstance(file.path, str):
        opened = partial(at, file.source, file.path, meter)
    else:
        opened = partial(_opened, file, file.path, meter)
    yield from timely(file.source, formats.read(file.source, opened, reading), limits.seconds)


def _stamp(path: Path) -> tuple[int, str]:
    """The size of a file and the time of its last change; nothing for one that can't be asked."""
    try:
        status = path.stat()
    except (OSError, ValueError, RuntimeError):
        return 0, ""
    return status.st_size, str(status.st_mtime_ns)


def _same(entry: Entry) -> Entry:
    """An entry that is open already."""
    return entry


def _files(named: Named) -> Iterator[Path | tuple[Path, Rejected]]:
    """The files that an argument names, and the places that can't be looked into."""
    for path in named.paths:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path | tuple[Path, Rejected]]:
    """Every file under a folder in the order of names, hidden ones left out, and those that SQLite keeps beside its own."""
    closed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=closed.append):
        yield from (_closed(error) for error in closed)
        closed.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [name for name in folders if os.path.islink(os.path.join(root, name))]:
            yield Path(root, name), Rejected("outside", "a link to a folder; name that folder to read it")
        beside = {name + end for name in files for end in COMPANIONS}
        yield from (Path(root, name) for name in sorted(files) if not name.startswith(".") and name not in beside)
    yield from (_closed(error) for error in closed)


def _closed(error: OSError) -> tuple[Path, Rejected]:
    """A folder that can't be looked into."""
    return Path(os.fsdecode(error.filename)), Rejected("unreadable", f"can't be looked into: {error.strerror}")


def _source(path: Path, named: Named, roots: set[Path]) -> str:
    """The path from the argument's folder; from the folder that all arguments share, where another file has that one."""
    common = Path(os.path.commonpath(roots))
    own, longer = path.relative_to(named.root), path.relative_to(common)
    others = (roots | {common}) - {named.root}
    taken = any(other / own != path and os.path.lexists(other / own) for other in others)
    return shown((longer if taken else own).as_posix()) + (f":{shown(named.table)}" if named.table else "")


def _opened(file: File, path: Path, meter: Meter) -> Entry:
    """A file, opened; pipes and devices, which would block, and links that lead out of the folder are not."""
    try:
        if file.root is not None and not path.resolve().is_relative_to(file.root.resolve()):
            raise Rejected("outside", "a link to a place outside the folder; name that place to read it")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Rejected("unreadable", "not a regular file; expected a document")
        meter.give(status.st_size)
        return Entry(file.source, counted(path.open("rb", buffering=0), uncounted), path=path, table=file.table)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link to itself
        raise Rejected("unreadable", f"can't be opened: {getattr(error, 'strerror', None) or error}") from error
