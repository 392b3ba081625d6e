"""Killed, interrupted, run twice at once, out of disk: the database opens, holds whole articles, and the rest follows."""

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

import made
import pytest
from click.testing import CliRunner

from pipeline import engines, store
from pipeline.cli import main
from pipeline.database import opened
from pipeline.read import documents
from pipeline.run import ingest
from pipeline.runs import runs

HERE = Path(__file__).parent
KILLS = 50
ARTICLES = 60

TOY = """
import sys
from pipeline import engines
from pipeline.cli import main
if __name__ == "__main__":
    local = engines.local
    engines.local = lambda processes, limits: local(processes, limits, work="poison:slow")
    main()
"""


@pytest.fixture
def dump(tmp_path, monkeypatch):
    """A dump with twins and a reject, and a program that reads it with the toy's work."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), str(HERE.parent)]))
    Path("toy.py").write_text(TOY)
    Path("dump").mkdir()
    for n in range(ARTICLES):
        lead = f"Hartlepool was rated good in 20{n % 20:02}-05. Inspectors praised number {n}."
        Path(f"dump/{n:03}.txt").write_text(f"T\n{made.story(str(n), 3, lead)}", encoding="utf-8")
        if n % 5 == 0:  # sorts before its full twin, which sets it free
            Path(f"dump/{n:03}-cut.txt").write_text(f"T\n{made.story(str(n), 2, lead)}", encoding="utf-8")
        if n % 9 == 0:
            Path(f"dump/{n:03}-empty.txt").write_text("", encoding="utf-8")
    return len(list(Path("dump").iterdir()))


def started(db="records.db", **given):
    command = [sys.executable, "toy.py", "ingest", "dump", "--db", db, "--processes", "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **given)


def whole(path="records.db"):
    """Check that there are only whole articles; returns how many inputs have their row."""
    with opened(Path(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert list(db.execute("PRAGMA foreign_key_check")) == []
        kept, inputs = (db.table(name).count for name in ("articles", "inputs"))
        assert inputs == kept + db.table("duplicates").count + db.table("rejects").count
        assert kept == len(list(store.inspections(db))) == db.table("findings").count
        return inputs


def unbroken(path="fresh.db"):
    with opened(Path(path), create=True) as db:
        ingest(documents(["dump"], {}), db, made.Inline())
        return made.tables(db)


def forked(db):
    """A run in a fork of this process, which has the program loaded already, so that fifty of them take a minute."""
    process = multiprocessing.get_context("fork").Process(target=quietly, args=[db])
    process.start()
    return process


def quietly(db):
    CliRunner().invoke(main, ["ingest", "dump", "--db", db, "--processes", "2"], catch_exceptions=False)


def test_kill_at_random_points_loses_nothing(dump, monkeypatch):
    monkeypatch.setattr(engines, "local", partial(engines.local, work="poison:slow"))
    forkserver._forkserver._stop()  # a fork can't use the one that an earlier test has started
    process, start = forked("timing.db"), time.monotonic()
    process.join()
    length = time.monotonic() - start
    rng, done, kills = random.Random(4), 0, 0
    while kills < KILLS:
        process = forked("records.db")
        process.join(length * rng.uniform(0, 0.5))
        if not process.is_alive():  # it came to its end before it could be killed: from the start again
            Path("records.db").unlink()
            done = 0
            continue
        process.kill()
        process.join()
        kills += 1
        if Path("records.db").exists() and Path("records.db").stat().st_size:
            before, done = done, whole()
            assert done >= before, "what was done is done"
    forked("records.db").join()
    assert whole() == dump
    with opened(Path("records.db")) as db:
        assert made.tables(db) == unbroken()
        (last, *others) = runs(db)
        assert (last["status"], last["unchanged"]) == ("done", done)
        assert {row["status"] for row in others} <= {"running", "done"}


def test_kill_by_ctrl_c_finishes_the_article_and_says_what_was_done(dump):
    process = started()
    wait_for_articles(3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopping after this article" in said
    done = whole()
    assert 0 < done < dump
    assert f"interrupted after {done} inputs; the same command goes on from here" in said
    with opened(Path("records.db")) as db:
        assert [(row["status"], row["inputs"]) for row in runs(db)] == [("interrupted", done)]
    assert started().wait() == 0
    with opened(Path("records.db")) as db:
        assert made.tables(db) == unbroken()


def test_kill_two_runs_at_once_both_end_right(dump):
    both = [started(), started()]
    assert [process.communicate()[1].count("Error") for process in both] == [0, 0]
    assert [process.returncode for process in both] == [0, 0]
    with opened(Path("records.db")) as db:
        assert made.tables(db) == unbroken()
        assert [row["status"] for row in runs(db)] == ["done", "done"]
        assert [row["inputs"] for row in runs(db)] == [dump, dump]


def test_kill_a_busy_database_is_waited_for_and_said_so(dump):
    unbroken("records.db")
    Path("dump/new.txt").write_text("T\nHartlepool was rated good in 2022-05. Inspectors praised it.", encoding="utf-8")
    holder = sqlite3.connect("records.db")
    holder.execute("BEGIN IMMEDIATE")
    process = started()
    for line in process.stderr:
        if line.startswith("waiting for another program that writes to the database"):
            break
    holder.rollback()
    assert process.wait() == 0
    assert whole() == dump + 1


def test_kill_by_a_full_disk_leaves_whole_articles(dump):
    def quota():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    process = started(preexec_fn=quota)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Error: records.db: the database can't be used: " in said
    assert 0 < whole() < dump
    assert started().wait() == 0
    with opened(Path("records.db")) as db:
        assert made.tables(db) == unbroken()


def test_kill_nothing_by_files_that_come_and_go_while_they_are_read(dump):
    def changing():
        for number, document in enumerate(documents(["dump"], {})):
            if number == 3:
                Path("dump/059.txt").unlink()
                Path("dump/010.txt").write_text("T\nRutland was rated good in 2020-01. Inspectors praised it.")
            yield document

    with opened(Path("records.db"), create=True) as db:
        summary = ingest(changing(), db, made.Inline())
    assert {each.reason for each in summary.rejects if each.source == "059.txt"} == {"unreadable"}
    assert whole() == dump


def wait_for_articles(count):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if Path("records.db").exists():
            connection = sqlite3.connect("records.db")
            try:
                if connection.execute("SELECT count(*) FROM inputs").fetchone()[0] >= count:
                    return
            except sqlite3.OperationalError:
                pass
            finally:
                connection.close()
        time.sleep(0.02)
    pytest.fail("no article came")
