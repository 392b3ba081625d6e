"""The whole path in one screen: read, clean, find twins, extract, store; every input leaves exactly one row."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlite_utils import Database

from pipeline import store, twins
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.read import Input, Sidecar, raw_article
from pipeline.store import Copy
from pipeline.summary import Summary, summarise
from pipeline.version import program
from schemas.article import Article, RawArticle
from schemas.reject import Reject, Rejected

Progress = Callable[[Sequence[Input]], Iterable[Input]]


def ingest(
    inputs: Sequence[Input], metadata: Mapping[str, Sidecar], db: Database, *, progress: Progress = iter
) -> Summary:
    """Take every input to its row, in one transaction with all that it changes; running twice leaves the same rows.

    `progress` is handed the inputs and hands them back one by one.
    """
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
    source, key, sha256 = (work.source, "", None) if isinstance(work, Input) else (work.article.source, work.key, None)
    freed: list[Copy] = []
    try:
        if isinstance(work, Input):
            raw = raw_article(work, metadata)
            key, sha256 = key_of(raw), raw.sha256
            if store.key_of(db, source) == key:
                return []
            freed = _withdrawn(db, source)
            work = Copy(clean(raw), key)
        return freed + place(db, work)
    except Rejected as rejected:
        freed += _withdrawn(db, source)
        found = rejected.sha256 or sha256
        store.save_reject(
            db, Reject(source=source, reason=rejected.reason, message=rejected.message, sha256=found), key
        )
        return freed


def key_of(raw: RawArticle) -> str:
    """A hash of all that a row depends on: the bytes, what the metadata file says, and the program."""
    parts = [program(), *(str(value) for name, value in raw if name != "content")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _withdrawn(db: Database, source: str) -> list[Copy]:
    """Take back what a source had given; returns the copies that were filed under it."""
    return [copy for copy in store.release(db, source) if copy.article.source != source]


def place(db: Database, copy: Copy) -> list[Copy]:
    """Keep an article, or file it under its fuller twin; returns the stored ones whose place this changes."""
    article, prints = copy.article, twins.fingerprints(copy.article)
    kin = twins.kin(db, article)
    for twin in kin:
        if twin.kept_as is None and twins.fullness(twin.article) < twins.fullness(article):
            store.save_duplicate(db, copy, twin.article, twins.likeness(article, twin.article), prints)
            return []
    extraction = extract(article)
    freed = _displaced(db, article, kin)
    store.save(db, extraction, copy.key, prints)
    return freed


def _displaced(db: Database, article: Article, kin: Sequence[Copy]) -> list[Copy]:
    """Take out the twins of a new article that are kept, or filed, in a place that is now its own."""
    freed = []
    for twin in kin:  # the fullest first, so a kept one comes before the copies filed under it
        leader = store.held(db, twin.kept_as) if twin.kept_as else twin
        if leader and twins.fullness(article) < twins.fullness(leader.article):
            freed += store.release(db, twin.article.source)
    return freed
