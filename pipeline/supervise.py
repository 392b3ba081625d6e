"""Jobs -> outcomes, in the order of the jobs, whatever happens to the processes that do the work.

A batch that is lost is tried again one job at a time; a job that is lost alone becomes a reject. So one poison document
costs one document, with any engine.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from pipeline.engines import Engine, Waiting
from pipeline.job import Job, Lost, Outcome
from pipeline.read import SetupError
from schemas.reject import Rejected

BATCH = 8  # jobs; the price of sending them is small beside the work, and few have to be done again when one is lost
HEAVY = 500_000  # bytes that fill a batch by themselves: a page of the trade press has 20 to 400 thousand


def outcomes(engine: Engine, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
    """Every job with its outcome, in the order of the jobs; only as many as keep the engine busy are under way."""
    under_way: deque[tuple[Sequence[Job], Waiting]] = deque()
    for batch in batches(jobs):
        under_way.append((batch, engine.submit(batch)))
        if len(under_way) >= engine.width:
            yield from _settled(engine, *under_way.popleft())
    while under_way:
        yield from _settled(engine, *under_way.popleft())


def batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Jobs in batches: so many, or fewer heavy ones."""
    batch: list[Job] = []
    for job in jobs:
        batch.append(job)
        if len(batch) == BATCH or sum(each.size for each in batch) >= HEAVY:
            yield batch
            batch = []
    if batch:
        yield batch


def _settled(engine: Engine, batch: Sequence[Job], waiting: Waiting) -> Iterator[tuple[Job, Outcome]]:
    """The outcomes of a batch, once they are there; those of a lost one by doing it again, one by one."""
    results = waiting()
    if isinstance(results, Lost):
        _check(results)
        again = [engine.submit([job]) for job in batch]
        yield from ((job, _alone(each)) for job, each in zip(batch, again, strict=True))
    else:
        yield from zip(batch, results, strict=True)


def alone(engine: Engine, job: Job) -> Outcome:
    """The outcome of one job by itself; one that is lost is tried once more before it is a reject."""
    ((_, outcome),) = _settled(engine, [job], engine.submit([job]))
    return outcome


def _alone(waiting: Waiting) -> Outcome:
    """The outcome of a job that was tried again by itself; a job that is lost is a reject."""
    results = waiting()
    if isinstance(results, Lost):
        _check(results)
        reject = Rejected(results.reason or "crashed", f"{results.message}; tried twice, the second time alone")
        return Outcome("extract", rejected=reject)
    return results[0]


def _check(lost: Lost) -> None:
    """Stop the run where no document is at fault."""
    if lost.reason is None:
        raise SetupError(lost.message)
