"""Supervised processes: one poison document costs one document, and the order of the jobs is that of their outcomes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.engines import Local, attempt, local
from pipeline.job import Job, Lost
from pipeline.read import Document, Limits, SetupError, Sidecar
from pipeline.supervise import BATCH, HEAVY, alone, batches, outcomes

HERE = Path(__file__).parent
GOOD = "Headline\nHartlepool was rated good in 2016-05."
LIMITS = Limits(seconds=2, megabytes=1000)


@pytest.fixture(autouse=True, scope="module")
def path():
    """Workers find `poison` where the tests are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), str(HERE.parent)]))
        yield


def job(number, text=GOOD):
    return Job("key", Document(f"{number:03}.txt", f"{text} {number}".encode(), Sidecar()))


def results(jobs, processes=2, limits=LIMITS):
    with local(processes, limits, work="poison:work") as engine:
        return list(outcomes(engine, jobs))


@pytest.mark.parametrize(
    ("poison", "reason", "said"),
    [
        ("spin", "timed-out", "still at work after 2 seconds of a processor"),
        ("hang", "timed-out", "not done after 8 seconds"),
        ("eat", "out-of-memory", "more memory than a worker may have"),
        ("exit", "crashed", "exit code 3"),
        ("segfault", "crashed", "signal 11, Segmentation fault"),
        ("killed", "crashed", "signal 9, Killed; the system may have run out of memory"),
        ("fault", "crashed", "Awkward in poison.py, line "),
    ],
)
def test_engines_poison_document_costs_one_document(poison, reason, said):
    jobs = [job(number, f"T\n{poison}" if number == 5 else GOOD) for number in range(20)]
    found = results(jobs)
    assert [each.source for each, _ in found] == [each.source for each in jobs]
    ((number, rejected),) = [(n, each.rejected) for n, (_, each) in enumerate(found) if each.rejected]
    assert (number, rejected.reason) == (5, reason)
    assert rejected.message.endswith("tried twice, the second time alone")
    if poison == "spin" and "not done after 8 seconds" in rejected.message:
        pytest.skip("the machine is too busy to give a process 2 seconds in 8")
    assert said in rejected.message


def test_engines_many_poison_documents_cost_themselves_only():
    jobs = [job(n, "T\nexit" if n % 4 == 0 else "T\nfault" if n % 7 == 0 else GOOD) for n in range(60)]
    bad = [n for n, (_, each) in enumerate(results(jobs)) if each.rejected]
    assert bad == [n for n in range(60) if n % 4 == 0 or n % 7 == 0]


def test_engines_any_number_of_processes_gives_the_same():
    jobs = [job(number) for number in range(30)]
    one, three = (results(jobs, processes) for processes in (1, 3))
    assert [(each, outcome.extraction) for each, outcome in one] == [
        (each, outcome.extraction) for each, outcome in three
    ]


def test_engines_fault_of_the_setup_stops_at_once():
    with pytest.raises(SetupError, match="the model is gone"):
        results([job(0), job(1, "T\nsetup")])


def test_engines_library_that_is_missing_stops_at_once():
    with pytest.raises(SetupError, match="a library can't be loaded"), local(1, LIMITS, work="nowhere:work") as engine:
        list(outcomes(engine, [job(0)]))


def test_engines_work_that_is_not_there_stops_no_engine():
    assert attempt("poison:nothing", [job(1)]).reason == "crashed"


def test_engines_broken_pool_is_replaced():
    with local(1, LIMITS, work="poison:work") as engine:
        assert alone(engine, job(1)).rejected is None
        (worker,) = engine._pool._pool_manager.worker_manager.workers
        os.kill(worker, signal.SIGKILL)
        time.sleep(0.5)
        assert alone(engine, job(2)).rejected is None


def test_engines_start_no_process_before_there_is_work():
    engine = Local(2, LIMITS)
    assert engine._pool is None
    assert list(outcomes(engine, [])) == []
    assert engine._pool is None


class Fake:
    """An engine in which a batch is lost if it has more than one job; keeps count of what is under way."""

    width = 3

    def __init__(self):
        self.under_way = self.most = 0

    def submit(self, batch):
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return lambda: self.result(batch)

    def result(self, batch):
        self.under_way -= 1
        return attempt("made:work", batch) if len(batch) == 1 else Lost("crashed", "on purpose")


def test_supervise_retries_alone_whatever_the_engine():
    found = list(outcomes(Fake(), (job(number) for number in range(20))))
    assert len(found) == 20
    assert all(outcome.extraction for _, outcome in found)


def test_supervise_hands_out_no_more_than_the_engine_wants():
    fake, drawn = Fake(), []
    stream = outcomes(fake, (drawn.append(n) or job(n) for n in range(1000)))
    next(stream)
    assert len(drawn) <= BATCH * fake.width
    assert fake.most <= fake.width + BATCH


def test_supervise_puts_heavy_jobs_into_small_batches():
    heavy = Job("key", Document("h", b"x" * HEAVY, Sidecar()))
    sizes = [len(batch) for batch in batches([*(job(n) for n in range(BATCH + 1)), heavy, job(1), heavy])]
    assert sizes == [BATCH, 2, 2]


ORPHAN = """
import os, sys, time
from pipeline.engines import local
from pipeline.job import Job
from pipeline.read import Document, Limits, Sidecar
if __name__ == "__main__":
    with local(2, Limits(), work="poison:slow") as engine:
        waiting = engine.submit([Job("k", Document(f"{n}", b"T\\nbody", Sidecar())) for n in range(20)])
        waiting()
        print(*engine._pool._pool_manager.worker_manager.workers, flush=True)
        engine.submit([Job("k", Document(f"{n}", b"T\\nbody", Sidecar())) for n in range(20)])
        time.sleep(60)
"""


def test_engines_workers_end_when_their_parent_is_killed(tmp_path):
    (tmp_path / "orphan.py").write_text(ORPHAN)
    parent = subprocess.Popen([sys.executable, tmp_path / "orphan.py"], stdout=subprocess.PIPE, text=True)
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, workers))


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
