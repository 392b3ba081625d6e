"""Engines: where the work on documents is done.

An engine takes a batch of jobs and gives back their outcomes, or one `Lost` for all of them; retrying and quarantine
are `pipeline.supervise`'s, the same for every engine. To add one: a class with `width` and `submit` that has `attempt`
run where its workers are, and turns its own failures into `Lost`.
"""

import multiprocessing
import os
import pkgutil
import resource
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from pipeline.job import Job, Lost, Outcome
from pipeline.read import Limits

WORK = "pipeline.work:work"  # by name: the process that hands out the work need not load what does it
OURS = ("pipeline", "extractors", "schemas")
QUEUED = 3  # batches under way per process: enough that none stands idle behind a slow one, few enough to stay small
WAITING = (
    4  # times the limit, by the clock: so long may a batch take, on a machine that is busy or over a disk that is slow
)
PATIENCE = 20  # times the limit: by then all that was under way before must be done or stopped, or the pool is stuck

Results = list[Outcome] | Lost
Waiting = Callable[[], Results]


class Engine(Protocol):
    """Takes batches of jobs and works on some of them at once."""

    width: int
    """Batches worth having under way."""

    def submit(self, batch: Sequence[Job]) -> Waiting:
        """Begin to work on a batch; the call of what is returned waits for its results."""


def attempt(work: str, batch: Sequence[Job], seconds: float = 0) -> Results:
    """Work on a batch, in a worker: every failure becomes a value, because not every exception survives the way back.

    The process ends by SIGPROF after so many seconds of a processor; 0 sets no limit. A clock would blame the document for
    a machine that has other things to do.
    """
    try:
        pkgutil.resolve_name(work.partition(":")[0])
    except ImportError as error:
        return Lost(None, f"a library can't be loaded, so no document can be read: {error}; install the program anew")
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        each: Callable[[Job], Outcome] = pkgutil.resolve_name(work)
        return [each(job) for job in batch]
    except MemoryError:
        return Lost("out-of-memory", "the work wanted more memory than a worker may have")
    except Exception as error:
        if type(error).__module__.partition(".")[0] in OURS:
            return Lost(None, str(error))
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}, line {place.lineno}"
        return Lost("crashed", f"{type(error).__name__} in {where}: {error}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Local:
    """Supervised processes on this machine: what hangs is stopped, what dies is replaced, memory has a limit."""

    def __init__(self, processes: int, limits: Limits, work: str = WORK) -> None:
        self.width = processes * QUEUED
        self._processes, self._limits, self._work = processes, limits, work
        self._pool: ProcessPool | None = None

    def submit(self, batch: Sequence[Job]) -> Waiting:
        """Begin to work on a batch; a process that is still at it after the limit is stopped."""
        try:
            future = self._schedule(batch)
        except RuntimeError:  # the pool broke down: the next one is new
            self.stop()
            future = self._schedule(batch)
        pool = self._pool
        return lambda: self._result(future, pool)

    def _schedule(self, batch: Sequence[Job]) -> "Future[Results]":
        """Hand a batch to the pool, which starts with the first one."""
        if self._pool is None:
            os.environ.setdefault(
                "OPENBLAS_NUM_THREADS", "1"
            )  # processes share the cores, threads would fight for them
            context = multiprocessing.get_context("forkserver")  # starts a worker in no time, and shares its libraries
            context.set_forkserver_preload([self._work.partition(":")[0]])
            self._pool = ProcessPool(
                self._processes, initializer=_prepare, initargs=[self._limits, self._work], context=context
            )
        seconds = self._limits.seconds
        future: Future[Results] = self._pool.schedule(attempt, (self._work, batch, seconds), timeout=WAITING * seconds)
        return future

    def _result(self, future: "Future[Results]", pool: ProcessPool | None) -> Results:
        """Wait for a batch, but not for ever: a pool can be stuck, too, and what was given to one that is gone is lost."""
        try:
            return future.result(PATIENCE * self._limits.seconds if pool is self._pool else 0)
        except TimeoutError:
            if not future.done() and pool is self._pool:
                self.stop()
            return Lost("timed-out", f"not done after {WAITING * self._limits.seconds:g} seconds")
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGPROF:
                return Lost("timed-out", f"still at work after {self._limits.seconds:g} seconds of a processor")
            return Lost("crashed", f"its process died: {_cause(error.exitcode)}")
        except (BrokenProcessPool, RuntimeError) as error:
            return Lost("crashed", f"the pool of processes broke: {error}")

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


@contextmanager
def local(processes: int, limits: Limits, work: str = WORK) -> Iterator[Engine]:
    """Processes of this machine for as long as they are needed; none is started before there is work."""
    engine = Local(processes, limits, work)
    try:
        yield engine
    finally:
        engine.stop()


def _prepare(limits: Limits, work: str) -> None:
    """Keep a worker to its memory, and load its libraries before the clock of the first document runs.

    Whatever is wrong with the work shows when it is attempted; here it would only keep the pool starting workers.
    """
    with suppress(Exception):
        pkgutil.resolve_name(work)
    with suppress(ValueError):  # a limit that is lower already stays
        resource.setrlimit(resource.RLIMIT_AS, (_claimed() + limits.megabytes * 2**20,) * 2)


def _claimed() -> int:
    """Bytes of address space that this process has claimed already: a gigabyte where the program that started it loads much."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no Linux
        return 0


def _cause(code: int | None) -> str:
    """An exit code in words."""
    if code is None or code >= 0:
        return f"exit code {code}"
    lack = "; the system may have run out of memory" if -code == signal.SIGKILL else ""
    return f"signal {-code}, {signal.strsignal(-code)}{lack}"
