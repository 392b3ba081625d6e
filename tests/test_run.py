import itertools

import made
import pytest

from pipeline import run
from pipeline.database import opened
from pipeline.read import Sidecar, documents
from pipeline.runs import runs

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


def dump(folder, files=FILES):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def ingest(folder, path, metadata=None, order=list, *, again=False):
    with opened(path, create=True) as db:
        summary = run.ingest(order(list(documents([str(folder)], metadata or {}))), db, made.Inline(), again=again)
        return summary, made.tables(db)


def test_run_accounts_for_every_input(tmp_path):
    summary, tables = ingest(dump(tmp_path / "dump"), tmp_path / "records.db")
    assert (summary.inputs, summary.articles, summary.duplicates, summary.relevant) == (7, 3, 1, 3)
    reasons = {reject.source: reject.reason for reject in summary.rejects}
    assert reasons == {"bad.txt": "bad-record", "empty.txt": "empty", "title.txt": "no-body"}
    assert (summary.councils, summary.inspections, summary.ratings, summary.findings) == (3, 5, 5, 1)
    assert [row["council"] for row in summary.newest] == ["Havering", "Hartlepool"]  # told twice, listed once
    assert len(tables["inputs"]) == len(tables["articles"]) + len(tables["duplicates"]) + len(tables["rejects"])
    assert all(row[-1] for row in tables["rejects"]), "every reject that was read has its hash"


def test_run_twice_leaves_the_same_rows_and_reads_nothing_again(tmp_path, monkeypatch):
    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    first, tables = ingest(folder, path)
    monkeypatch.setattr(made, "work", lambda job: pytest.fail("work was done on an unchanged input"))
    again, tables_again = ingest(folder, path)
    assert tables_again == tables
    assert again == first.model_copy(update={"run": 2, "unchanged": 7, "gained": 0})


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
    assert summary.unchanged == 6


def test_run_replaces_the_records_of_the_changed_article_only(tmp_path):
    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    before = set(ingest(folder, path)[1]["inspections"])
    dump(folder, CHANGES["a changed article"])
    after = set(ingest(folder, path)[1]["inspections"])
    assert (len(before - after), len(after - before), len(before & after)) == (1, 1, 4)


def test_run_metadata_counts_as_a_change(tmp_path):
    folder, path = dump(tmp_path / "dump", {"havering.txt": FILES["havering.txt"]}), tmp_path / "records.db"
    sidecar = {"havering.txt": Sidecar(published="2019-02-01")}
    assert ingest(folder, path)[0].unchanged == 0
    assert ingest(folder, path, sidecar)[0].unchanged == 0
    assert ingest(folder, path, sidecar)[0].unchanged == 1
    assert ingest(folder, path, sidecar, again=True)[0].unchanged == 0


def test_run_articles_of_another_dump_stay(tmp_path):
    path = tmp_path / "records.db"
    ingest(dump(tmp_path / "one", {"full.txt": FILES["full.txt"]}), path)
    summary, tables = ingest(dump(tmp_path / "two", {"cut.txt": FILES["cut.txt"]}), path)
    assert (summary.inputs, summary.articles, summary.duplicates) == (1, 0, 1)
    assert len(tables["articles"]) == 1


def test_run_set_free_copy_that_fails_is_a_reject(tmp_path, monkeypatch):
    files = {name: FILES[name] for name in ("full.txt", "cut.txt")}
    folder, path = dump(tmp_path / "dump", files), tmp_path / "records.db"
    ingest(folder, path)
    dump(folder, {"full.txt": "Headline\nBreaks the schema no more than before."})
    broken = lambda article: made_extract(article.model_copy(update={"body": "breaks the schema"}))  # noqa: E731
    made_extract = made.extract
    monkeypatch.setattr(made, "extract", broken)
    summary, tables = ingest(folder, path)
    reasons = {reject.source: reject.reason for reject in summary.rejects}
    assert reasons == dict.fromkeys(("full.txt", "cut.txt"), "bad-record")
    assert len(tables["inputs"]) == 2
    assert tables["articles"] == tables["councils"] == []


def test_run_fault_of_ours_in_one_article_is_a_reject_that_says_where(tmp_path, monkeypatch):
    extract = made.extract
    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    monkeypatch.setattr(made, "extract", lambda article: extract(article) if article.title != "Third" else 1 / 0)
    summary, _ = ingest(folder, path)
    (reject,) = [reject for reject in summary.rejects if reject.source == "havering.txt"]
    assert reject.reason == "crashed"
    assert reject.message.startswith("ZeroDivisionError in test_run.py, line ")
    monkeypatch.undo()
    assert ingest(folder, path)[1]["rejects"], "what crashed is not tried again unasked"
    assert ingest(folder, path, again=True)[1] == ingest(folder, tmp_path / "fresh.db")[1]


def test_run_stopped_by_a_fault_leaves_whole_articles_and_says_so(tmp_path, monkeypatch):
    def broken(db, copy, extraction, place=run.place):
        if copy.article.title == "Third":
            raise ZeroDivisionError("on purpose")
        return place(db, copy, extraction)

    folder, path = dump(tmp_path / "dump"), tmp_path / "records.db"
    monkeypatch.setattr(run, "place", broken)
    with pytest.raises(ZeroDivisionError):
        ingest(folder, path)
    monkeypatch.undo()
    with opened(path) as db:
        (row,) = runs(db)
        assert (row["status"], row["error"]) == ("failed", "ZeroDivisionError: on purpose")
        assert row["ended"]
    assert ingest(folder, path)[1] == ingest(folder, tmp_path / "fresh.db")[1]
