import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import made
import pytest

from pipeline import run, store
from pipeline.database import opened
from pipeline.read import Sidecar, documents

HERE = Path(__file__).parent
FULL = made.story("full", 6, "Hartlepool was rated good in 2016-05. Rutland was rated inadequate in 2013-02.")
FILES = {
    "full.txt": f"Headline\n{FULL}",
    "cut.txt": f"Headline\n{FULL[:600]} Register now",
    "other.txt": f"communitycare: Another\n{FULL}",
    "havering.txt": "Third\nHavering was rated inadequate in 2019-01. Inspectors praised its foster carers.",
    "bad.txt": "Fourth\nA story that breaks the schema.",
    "title.txt": "No story",
    "empty.txt": "",
}


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    monkeypatch.setattr(run, "clean", made.clean)
    monkeypatch.setattr(run, "extract", made.extract)


def dump(folder, files=FILES):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def ingest(folder, path, metadata=None, order=list):
    with opened(path, create=True) as db:
        summary = run.ingest(order(list(documents([str(folder)], metadata or {}))), db)
        return summary, made.tables(db)


def test_run_accounts_for_every_input(tmp_path):
    summary, tables = ingest(dump(tmp_path / "dump"), tmp_path / "records.db")
    assert (summary.inputs, summary.articles, summary.duplicates, summary.relevant) == (7, 3, 1, 3)
    reasons = {reject.source: reject.reason for reject in summary.rejects}
    assert reasons == {"bad.txt": "bad-record", "empty.txt": "empty", "title.txt": "no-body"}
    assert (summary.councils, summary.inspections, summary.ratings, summary.findings) == (3, 5, 5, 1)
    assert [row["council"] for row in summary.newest] == ["Havering", "Hartlepool", "Hartlepool"]
    assert len(tables["inputs"]) == len(tables["articles"]) + len(tables["duplicates"]) + len(tables["rejects"])
    assert all(row[-1] for row in tables["rejects"]), "every reject that was read has its hash"


def test_run_twice_leaves_the_same_rows_and_reads_nothing_again(tmp_path, monkeypatch):
    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    first, tables = ingest(folder, path)
    monkeypatch.setattr(run, "clean", lambda raw: pytest.fail("an unchanged input was cleaned again"))
    again, tables_again = ingest(folder, path)
    assert tables_again == tables
    assert again == first.model_copy(update={"unchanged": 6})  # all but the empty file, which fails before it is hashed


def test_run_order_does_not_matter(tmp_path):
    names = ["full.txt", "cut.txt", "havering.txt", "bad.txt"]
    folder = dump(tmp_path / "dump", {name: FILES[name] for name in names})
    found = [
        ingest(folder, tmp_path / f"{number}.db", order=lambda items, order=order: [items[index] for index in order])[1]
        for number, order in enumerate(itertools.permutations(range(4)))
    ]
    assert all(tables == found[0] for tables in found)


CHANGES = {
    "a changed article": {"havering.txt": "Third\nRutland was rated good in 2020-01."},
    "a mended reject": {"title.txt": "No story\nHartlepool was rated outstanding in 2021-01."},
    "a kept article shrinks and its copy takes its place": {"full.txt": f"Headline\n{FULL[:300]}"},
    "a kept article becomes another": {"full.txt": "Headline\nHavering was rated good in 2001-01."},
    "a kept article becomes a reject": {"full.txt": ""},
    "a copy grows over the kept one": {
        "cut.txt": f"Headline\n{FULL}\n\nAnd the end of it, which the other does not have."
    },
    "a copy becomes another": {"cut.txt": "New\nNothing of it."},
    "a good one breaks": {"havering.txt": "Third\nNow it breaks the schema."},
}


@pytest.mark.parametrize("change", CHANGES)
def test_run_after_a_change_leaves_the_rows_of_a_fresh_run(tmp_path, change):
    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    ingest(folder, path)
    dump(folder, CHANGES[change])
    summary, tables = ingest(folder, path)
    assert tables == ingest(folder, tmp_path / "fresh.db")[1]
    assert summary.unchanged == 5


def test_run_replaces_the_records_of_the_changed_article_only(tmp_path):
    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    before = set(ingest(folder, path)[1]["inspections"])
    dump(folder, CHANGES["a changed article"])
    after = set(ingest(folder, path)[1]["inspections"])
    assert (len(before - after), len(after - before), len(before & after)) == (1, 1, 4)


def test_run_metadata_and_program_count_as_changes(tmp_path, monkeypatch):
    folder, path = dump(tmp_path / "dump", {"havering.txt": FILES["havering.txt"]}), tmp_path / "records.db"
    sidecar = {"havering.txt": Sidecar(published="2019-02-01")}
    assert ingest(folder, path)[0].unchanged == 0
    assert ingest(folder, path, sidecar)[0].unchanged == 0
    assert ingest(folder, path, sidecar)[0].unchanged == 1
    monkeypatch.setattr(run, "program", lambda: "another")
    assert ingest(folder, path, sidecar)[0].unchanged == 0


def test_run_articles_of_another_dump_stay(tmp_path):
    path = tmp_path / "records.db"
    ingest(dump(tmp_path / "one", {"full.txt": FILES["full.txt"]}), path)
    summary, tables = ingest(dump(tmp_path / "two", {"cut.txt": FILES["cut.txt"]}), path)
    assert (summary.inputs, summary.articles, summary.duplicates) == (1, 0, 1)
    assert len(tables["articles"]) == 1


def test_run_set_free_copy_that_fails_is_a_reject(tmp_path, monkeypatch):
    folder, path = (
        dump(tmp_path / "dump", {name: FILES[name] for name in ("full.txt", "cut.txt")}),
        tmp_path / "records.db",
    )
    ingest(folder, path)
    dump(folder, {"full.txt": "Headline\nBreaks the schema no more than before."})
    monkeypatch.setattr(
        run, "extract", lambda article: made.extract(article.model_copy(update={"body": "breaks the schema"}))
    )
    summary, tables = ingest(folder, path)
    assert {reject.source: reject.reason for reject in summary.rejects} == dict.fromkeys(
        FILES.keys() & {"full.txt", "cut.txt"}, "bad-record"
    )
    assert len(tables["inputs"]) == 2
    assert tables["articles"] == tables["councils"] == []


def test_run_stopped_by_a_fault_leaves_whole_articles(tmp_path, monkeypatch):
    def broken(article):
        if article.title == "Third":
            raise ZeroDivisionError
        return made.extract(article)

    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    monkeypatch.setattr(run, "extract", broken)
    with pytest.raises(ZeroDivisionError):
        ingest(folder, path)
    monkeypatch.setattr(run, "extract", made.extract)
    assert ingest(folder, path)[1] == ingest(folder, tmp_path / "fresh.db")[1]


SLOW = """
import sys, time, made
from pathlib import Path
from pipeline import run
from pipeline.database import opened
from pipeline.read import documents

def slow(db, extraction, key, prints, save=run.store.save):
    save(db, extraction, key, prints)
    if not Path(sys.argv[3]).exists():
        Path(sys.argv[3]).write_text(extraction.article.source)
    time.sleep(0.05)

run.clean, run.extract, run.store.save = made.clean, made.extract, slow
with opened(Path(sys.argv[2]), create=True) as db:
    run.ingest(documents([sys.argv[1]], {}), db)
"""


def test_run_killed_leaves_whole_articles_and_goes_on_where_it_was(tmp_path):
    files = {f"{n:02}.txt": f"T\n{made.story(str(n), 3, 'Hartlepool was rated good in 2016-05.')}" for n in range(40)}
    folder, path, started = dump(tmp_path / "dump", files), tmp_path / "records.db", tmp_path / "started"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}
    process = subprocess.Popen([sys.executable, "-c", SLOW, folder, path, started], env=environment)
    while not started.exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    with opened(path) as db:
        (whole,) = db.execute("PRAGMA integrity_check").fetchone()
        kept = db.table("articles").count
        assert (whole, list(db.execute("PRAGMA foreign_key_check"))) == ("ok", [])
        assert 0 < kept < 40
        assert kept == db.table("inputs").count == db.table("inspections").count == len(list(store.inspections(db)))
    summary, tables = ingest(folder, path)
    assert summary.unchanged == kept
    assert tables == ingest(folder, tmp_path / "fresh.db")[1]
