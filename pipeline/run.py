"""The whole path in one screen: documents become jobs, jobs outcomes, outcomes rows; every input leaves exactly one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

from sqlite_utils import Database

from pipeline import store, timeline
from pipeline.database import writing
from pipeline.engines import Engine
from pipeline.job import Job, Outcome, key_of
from pipeline.place import mark, place
from pipeline.read import Document
from pipeline.runs import UNWATCHED, Run, Watcher, running
from pipeline.store import Copy, Entry
from pipeline.summary import Summary, summarise
from pipeline.supervise import alone, outcomes
from pipeline.version import stages
from schemas.reject import Reject, Rejected

TOGETHER = 16  # outcomes in one transaction; what a kill costs is these, and what is under way


def ingest(
    documents: Iterable[Document],
    db: Database,
    engine: Engine,
    *,
    options: Mapping[str, object] | None = None,
    again: bool = False,
    watcher: Watcher = UNWATCHED,
) -> Summary:
    """Take every document to its row, whole or not at all with what it changes; running twice leaves the same rows.

    This process hands out the work and is the only one that writes, in the order of the dump, so the rows are the same
    for any number of workers. `again` works on unchanged documents, too.
    """
    with running(db, options or {}, watcher) as run:
        return keep(run, outcomes(engine, due(run, watcher.progress(documents), again=again)), engine, again=again)


def keep(run: Run, found: Iterable[tuple[Job, Outcome]], engine: Engine, *, again: bool = False) -> Summary:
    """Take outcomes to their rows, wherever they were come to; `engine` reads anew what these set free."""
    with writing(run.db, run.watcher.say):
        mark(run.db)
    for some in grouped(found):
        with writing(run.db, run.watcher.say), run.timed("store"):
            for job, outcome in some:
                record(run, job, outcome, engine, again=again)
            run.progress()
        run.interrupted = run.interrupted or run.watcher.stop()
        if run.interrupted:
            break
    with writing(run.db, run.watcher.say), run.timed("timeline"):
        timeline.refresh(run.db)
    return summarise(run.db, run)


def grouped(found: Iterable[tuple[Job, Outcome]]) -> Iterator[list[tuple[Job, Outcome]]]:
    """Outcomes in groups that are written in one transaction each."""
    waiting = iter(found)
    while some := list(islice(waiting, TOGETHER)):
        yield some


def record(run: Run, job: Job, outcome: Outcome, engine: Engine, *, again: bool) -> None:
    """Take one outcome to its row, unless another run that is at the same dump was faster."""
    entry = store.entry(run.db, job.source)
    if not again and current(entry, job.key):
        run.give(job.source, "unchanged")
    else:
        run.give(job.source, "again" if entry else "new")
        run.spend(outcome.seconds)
        freed = store.release(run.db, job.source) if entry else []
        settle(run, job, outcome, engine, [copy for copy in freed if copy.source != job.source])


def due(run: Run, documents: Iterable[Document], *, again: bool) -> Iterator[Job]:
    """What has to be done: nothing, extraction anew of the article that is stored, or all of it."""
    reading = iter(documents)
    while True:
        with run.timed("find"):
            document = next(reading, None)
        run.interrupted = run.interrupted or run.watcher.stop()  # so many may be unchanged that no article comes
        if document is None or run.interrupted:
            return
        key, entry = key_of(document, stages()), store.entry(run.db, document.source)
        if not again and current(entry, key):
            run.give(document.source, "unchanged")
            continue
        held = store.held(run.db, document.source) if entry and entry.key == key and not again else None
        yield Job(key, held.article if held else document)


def current(entry: Entry | None, key: str) -> bool:
    """Whether the row that a source has is what this program would make of it."""
    return entry is not None and entry.key == key and entry.by in ("", stages().sieve, stages().extract)


def settle(run: Run, job: Job, outcome: Outcome, engine: Engine, freed: list[Copy]) -> None:
    """Put an outcome in its place, and the copies that were `freed` for it in theirs."""
    if outcome.article is None:
        found = outcome.rejected or Rejected("crashed", "no article came of it, and no reason")
        by = "" if outcome.stage in ("read", "clean") else stages().extract
        reject(run, job.source, job.key, Rejected(found.reason, found.message, found.sha256 or job.sha256), by)
    else:
        freed += put(run, Copy(outcome.article, job.key, fingerprints=outcome.fingerprints), lambda: outcome)
    while freed:
        copy = freed.pop()
        freed += put(run, copy, partial(alone, engine, Job(copy.key, copy.article)))


def put(run: Run, copy: Copy, outcome: Callable[[], Outcome]) -> list[Copy]:
    """Place one clean article; one that can't be extracted is a reject. Returns the copies that it sets free."""
    freed: list[Copy] = []
    try:
        freed = place(run.db, copy, lambda: outcome().extracted())
    except Rejected as found:
        sha256 = found.sha256 or copy.article.sha256
        reject(run, copy.source, copy.key, Rejected(found.reason, found.message, sha256), stages().extract)
    else:
        store.stamp(run.db, copy.source, run.number)
    return freed


def reject(run: Run, source: str, key: str, found: Rejected, by: str) -> None:
    """Store why a source gave no article, and the digest of the stage that said so."""
    row = Reject(source=source, reason=found.reason, message=found.message, sha256=found.sha256)
    store.save_reject(run.db, row, key, by)
    store.stamp(run.db, source, run.number)
