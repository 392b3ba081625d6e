"""The whole path in one screen: read, clean, find twins, extract, store; every input leaves exactly one row."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from sqlite_utils import Database

from pipeline import store
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.place import mark, place
from pipeline.read import Input, Sidecar, raw_article
from pipeline.store import Copy
from pipeline.summary import Summary, summarise
from pipeline.version import program
from schemas.article import RawArticle
from schemas.reject import Reject, Rejected

Progress = Callable[[Sequence[Input]], Iterable[Input]]


def ingest(
    inputs: Sequence[Input], metadata: Mapping[str, Sidecar], db: Database, *, progress: Progress = iter
) -> Summary:
    """Take every input to its row, in one transaction with all that it changes; running twice leaves the same rows.

    `progress` is handed the inputs and hands them back one by one.
    """
    with db.atomic():
        mark(db)
    unchanged = 0
    for item in progress(inputs):
        changes = db.conn.total_changes
        with db.atomic():
            waiting: list[Input | Copy] = [item]
            while waiting:
                waiting += take(db, waiting.pop(), metadata)
        unchanged += db.conn.total_changes == changes
    return summarise(db, [item.source for item in inputs], unchanged)


def take(db: Database, work: Input | Copy, metadata: Mapping[str, Sidecar]) -> list[Copy]:
    """Take one input, or one copy that was set free, to its row; returns the copies that it sets free in turn."""
    key, sha256 = (work.key, work.article.sha256) if isinstance(work, Copy) else ("", None)
    freed: list[Copy] = []
    try:
        if isinstance(work, Input):
            raw = raw_article(work, metadata)
            key, sha256 = key_of(raw), raw.sha256
            if store.key_of(db, work.source) == key:
                return []
            freed = _withdrawn(db, work.source)
            work = Copy(clean(raw), key)
        return freed + place(db, work, partial(extract, work.article))
    except Rejected as found:
        freed += _withdrawn(db, work.source)
        sha256 = found.sha256 or sha256
        reject = Reject(source=work.source, reason=found.reason, message=found.message, sha256=sha256)
        store.save_reject(db, reject, key)
        return freed


def key_of(raw: RawArticle) -> str:
    """A hash of all that a row depends on: the bytes, what the metadata file says, and the program."""
    parts = [program(), *(str(value) for name, value in raw if name != "content")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _withdrawn(db: Database, source: str) -> list[Copy]:
    """Take back what a source had given; returns the copies that were filed under it."""
    return [copy for copy in store.release(db, source) if copy.source != source]
