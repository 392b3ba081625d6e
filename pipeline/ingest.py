"""Dumps -> a database: finds the documents, starts the workers, runs; and the same again for what was rejected."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from pipeline import engines, run, runs
from pipeline.read import FROM_STDIN, STDIN, Document, Limits, columns, documents, is_address, load_metadata
from pipeline.runs import UNWATCHED, Watcher
from pipeline.summary import Summary
from schemas.base import Record

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class RetryError(Exception):
    """Rejects can't be tried again: says why, and what to do."""


class Options(Record):
    """What a run is asked to do; its row keeps it, with absolute paths, so that it can be done again from anywhere."""

    dumps: tuple[str, ...]
    """Files, folders, patterns, tables of databases, and `-` for standard input."""
    metadata: str | None = None
    """The metadata file."""
    columns: str = ""
    """Names of columns that are not usual ones, as `field=name,field=name`."""
    limits: Limits = Limits()
    """What a dump may ask of the machine."""
    again: bool = False
    """Whether unchanged inputs are read again, too."""
    processes: int = CORES
    """How many processes work at once."""


def found(options: Options, leave: Path | None = None) -> Iterator[Document]:
    """The documents of the dumps; raises at once where a dump, the metadata file or a column is not what it should be.

    `leave` is the database, which may lie among them.
    """
    metadata = load_metadata(Path(options.metadata)) if options.metadata else {}
    return documents(options.dumps, metadata, columns(options.columns), options.limits, leave=leave)


def ingest(options: Options, wanted: Iterable[Document], db: Database, watcher: Watcher = UNWATCHED) -> Summary:
    """Take the documents that are wanted of those that were `found` to their rows."""
    with engines.local(options.processes, options.limits) as engine:
        return run.ingest(wanted, db, engine, options=kept(options), again=options.again, watcher=watcher)


def kept(options: Options) -> dict[str, object]:
    """Options as the row of a run keeps them."""
    metadata = options.metadata and os.path.abspath(options.metadata)
    dumps = [dump if dump == STDIN or is_address(dump) else os.path.abspath(dump) for dump in options.dumps]
    return options.model_dump() | {"dumps": dumps, "metadata": metadata}


def retry(db: Database, reason: str | None, watcher: Watcher) -> Iterator[Summary]:
    """Read rejects again, all or those of one reason, from the dumps that they came from, a run for each set of dumps."""
    options = {row["run"]: row["options"] for row in runs.runs(db)}
    sources: dict[Options, set[str]] = {}
    gone = 0
    for row in runs.rejects(db, reason):
        if row["run"] not in options:
            raise RetryError(f"{row['source']}: nothing is known of its dump; use `ofsted-records ingest DUMP --again`")
        given = Options.model_validate_json(options[row["run"]])
        if STDIN in given.dumps and re.split("[!#]", row["source"])[0] == FROM_STDIN:
            gone += 1
            continue
        dumps = tuple(dump for dump in given.dumps if dump != STDIN)
        sources.setdefault(given.model_copy(update={"again": True, "dumps": dumps}), set()).add(row["source"])
    if gone:
        watcher.say(f"{gone} came from standard input, which can't be read again: give it to `ofsted-records ingest -`")
    for given, only in sources.items():
        if not watcher.stop():
            yield ingest(given, (document for document in found(given) if document.source in only), db, watcher)
