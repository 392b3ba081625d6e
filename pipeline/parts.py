"""A dump -> parts in Parquet, each made by itself, on any machine, and made again only where something changed.

The work on a part is that of `pipeline.run` up to its last step: the same processes, the same retries, the same outcomes.
What is left is to find copies and to write a database, which `pipeline.load` does for all parts. A part that is there is
whole: it is written under another name first.
"""

import hashlib
import json
import os
import pickle
import posixpath
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from pyarrow import parquet

from pipeline import engines
from pipeline.ingest import Options, kept
from pipeline.job import Job, Outcome, key_of
from pipeline.read import File, columns, documents_in, files, filesystem, is_address, load_metadata
from pipeline.rows import columns as columns_of
from pipeline.rows import to_row
from pipeline.supervise import outcomes
from pipeline.twins import fingerprints
from pipeline.version import hashed, stages
from schemas.article import Article

FILES = 2000  # in a part, at most; ten minutes of a core for pages of the trade press, where 3 in 100 are of use
BYTES = 200_000_000  # in a part, but for a file that is larger; a part is the least that is done again
ROWS = 500  # outcomes in memory
MANIFEST = "parts.json"
TRUTHS = ("truncated", "relevant")
ARTICLES = pa.schema(
    [(name, pa.bool_() if name in TRUTHS else pa.string()) for name, _ in columns_of(Article)]
    + [(name, pa.string()) for name in ("mentions", "inspections", "reasons", "key", "stage", "reason", "message")]
    + [("parsed", pa.bool_()), ("fingerprints", pa.list_(pa.int64()))]
)
REJECTS = pa.schema([(name, pa.string()) for name in ("source", "reason", "message", "sha256", "key", "stage")])


@dataclass(frozen=True)
class Part:
    """Some files of a dump, and where what comes of them goes."""

    number: int
    files: tuple[File, ...]
    out: str
    options: Options

    def digest(self) -> str:
        """What changes where the part has to be made anew."""
        said = self.options.metadata and hashlib.sha256(Path(self.options.metadata).read_bytes()).hexdigest()
        given = [f"{each.source} {each.path} {each.size} {each.stamp}" for each in self.files]
        return hashed([*stages(), str(said), self.options.columns, self.options.limits.model_dump_json(), *given])


def plan(options: Options, out: str) -> list[Part]:
    """The parts of a dump that are not made yet; a folder of another dump's parts is an error of whoever named it."""
    if any(dump == "-" for dump in options.dumps):
        raise PartsError("standard input can't be read in parts: give files, folders or addresses")
    folder = Folder(out)
    parts = [Part(number, some, out, options) for number, some in enumerate(_some(files(options.dumps)))]
    folder.write(MANIFEST, json.dumps({"parts": len(parts), "options": kept(options)}, indent=2).encode())
    return [part for part in parts if options.again or folder.made(part.number).get("digest") != part.digest()]


def _some(found: Iterable[File]) -> Iterator[tuple[File, ...]]:
    """Files in parts."""
    part: list[File] = []
    size = 0
    for file in found:
        if part and (len(part) == FILES or size + file.size > BYTES):
            yield tuple(part)
            part, size = [], 0
        part.append(file)
        size += file.size
    if part:
        yield tuple(part)


class PartsError(Exception):
    """Parts can't be made or read: says which, why, and what to do."""


class Folder:
    """A folder of parts, on disk or at an address."""

    def __init__(self, address: str) -> None:
        self._system, self._path = filesystem(address if is_address(address) else f"file://{os.path.abspath(address)}")

    def path(self, number: int, kind: str) -> str:
        """Where the articles or the rejects of a part are."""
        return posixpath.join(self._path, f"{number:05}.{kind}.parquet")

    def made(self, number: int) -> dict[str, str]:
        """What the part that is there says of itself: its `digest`, and the `program` that made it; nothing of none."""
        path = self.path(number, "articles")
        if not self._system.exists(path):
            return {}
        with self._system.open(path, "rb") as file:
            said = parquet.read_schema(file).metadata or {}
        return {name.decode(): value.decode() for name, value in said.items()}

    def read(self, name: str) -> bytes | None:
        """A small file; None where there is none."""
        path = posixpath.join(self._path, name)
        return bytes(self._system.cat_file(path)) if self._system.exists(path) else None

    def rows(self, number: int, kind: str) -> Iterator[dict[str, Any]]:
        """The rows of a part."""
        with self._system.open(self.path(number, kind), "rb") as file:
            for batch in parquet.ParquetFile(file).iter_batches(ROWS):
                yield from batch.to_pylist()

    def write(self, name: str, data: bytes) -> None:
        """A small file, whole or not at all."""
        path = posixpath.join(self._path, name)
        self._system.makedirs(self._path, exist_ok=True)
        self._system.pipe_file(f"{path}.{os.getpid()}.new", data)
        self._system.mv(f"{path}.{os.getpid()}.new", path)

    def commit(self, part: Part, found: Iterable[tuple[Job, Outcome]]) -> None:
        """Write what came of a part: its rejects first, then its articles, whose file says that it is done."""
        kinds = {"rejects": REJECTS, "articles": ARTICLES}
        new = {kind: f"{self.path(part.number, kind)}.{os.getpid()}.new" for kind in kinds}
        said = {"digest": part.digest(), "program": stages().extract}
        try:
            with ExitStack() as stack:
                writers = {}
                for kind, schema in kinds.items():
                    file = stack.enter_context(self._system.open(new[kind], "wb"))
                    writers[kind] = stack.enter_context(parquet.ParquetWriter(file, schema.with_metadata(said)))
                for rows in _rows(found):
                    for kind, writer in writers.items():
                        writer.write_table(pa.Table.from_pylist(rows[kind], schema=kinds[kind]))
        except BaseException:
            for path in filter(self._system.exists, new.values()):
                self._system.rm_file(path)
            raise
        for kind, path in new.items():
            self._system.mv(path, self.path(part.number, kind))


def _rows(found: Iterable[tuple[Job, Outcome]]) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Outcomes as rows of both kinds, some at a time."""
    rows: dict[str, list[dict[str, Any]]] = {"rejects": [], "articles": []}
    for job, outcome in found:
        rows["rejects" if outcome.article is None else "articles"].append(_row(job, outcome))
        if sum(map(len, rows.values())) == ROWS:
            yield rows
            rows = {"rejects": [], "articles": []}
    yield rows


def _row(job: Job, outcome: Outcome) -> dict[str, Any]:
    """One outcome."""
    why = outcome.rejected
    said = {"reason": why and why.reason, "message": why and why.message, "key": job.key, "stage": outcome.stage}
    if outcome.article is None:
        return said | {"source": job.source, "sha256": (why and why.sha256) or job.sha256}
    prints = outcome.fingerprints if outcome.fingerprints is not None else fingerprints(outcome.article)
    row = to_row(outcome.article) | said | {"fingerprints": sorted(prints)}
    read = outcome.extraction
    if read is None:
        return row
    reasons = {record: [each.model_dump() for each in given] for record, given in read.reasons.items()}
    return row | {
        "relevant": read.article.relevant,
        "parsed": read.parsed,
        "mentions": json.dumps([each.model_dump() for each in read.mentions], ensure_ascii=False),
        "inspections": json.dumps([each.model_dump() for each in read.inspections], ensure_ascii=False),
        "reasons": json.dumps(reasons, ensure_ascii=False),
    }


def make(part: Part) -> None:
    """Take the documents of one part to their outcomes, on the processes of this machine, and commit them."""
    options = part.options
    metadata = load_metadata(Path(options.metadata)) if options.metadata else {}
    found = documents_in(part.files, metadata, columns(options.columns), options.limits)
    with engines.local(options.processes, options.limits) as engine:
        Folder(part.out).commit(part, outcomes(engine, (Job(key_of(each, stages()), each) for each in found)))


def make_apart(part: Part) -> str | None:
    """Make a part in a program of its own, which ends where this one does; returns what went wrong.

    A worker of a cluster may neither start processes the usual way nor interrupt a reader that hangs: it has threads.
    """
    command = [sys.executable, "-c", "from pipeline.parts import main; main()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - ourselves
        pickle.dump(part, cast(IO[bytes], process.stdin))
        cast(IO[bytes], process.stdin).flush()
        said = cast(IO[bytes], process.stderr).read().decode(errors="replace").strip()
    if process.returncode:
        return said.splitlines()[-1] if said else f"its program ended with {process.returncode}"
    return None


def main() -> None:
    """Make the part that comes on standard input, and end at once when that closes: nobody waits for it any more."""
    part: Part = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(1)), daemon=True).start()
    make(part)
    os._exit(0)


def here(parts: Sequence[Part]) -> Iterator[tuple[Part, str | None]]:
    """Make parts on this machine, one after the other, each with all its processes."""
    for part in parts:
        make(part)
        yield part, None
