"""Runs and what they leave: accounts, changes of records, what a newer program reads again, rejects tried again."""

import json
from pathlib import Path

import made
import pytest
from click.testing import CliRunner
from made import called

from pipeline import engines, run, store
from pipeline.cli import main
from pipeline.database import opened
from pipeline.read import Document, documents
from pipeline.runs import runs
from pipeline.version import Stages, stages

TOLD = "T\nHartlepool was rated good in 2016-05. Inspectors praised it."
FILES = {
    "a.txt": TOLD,
    "b.txt": f"T\n{made.story('b', 4, 'Rutland was rated good in 2017-05.')}",
    "b-cut.txt": f"T\n{made.story('b', 3, 'Rutland was rated good in 2017-05.')}",
    "c.txt": "T\nNothing of it.",
    "d.txt": "T",
    "e.txt": "T\nIt breaks the schema.",
}


@pytest.fixture(autouse=True)
def dump(monkeypatch, tmp_path):
    monkeypatch.setattr(engines, "local", made.engine)
    monkeypatch.chdir(tmp_path)
    Path("dump").mkdir()
    write(FILES)


def write(files):
    for name, text in files.items():
        Path("dump", name).write_text(text, encoding="utf-8")


def ingested(*args):
    return json.loads(called("ingest", "dump", "--json", *args).stdout)


def changed(summary):
    return [(change["what"], change["source"], change["council"]) for change in summary["changes"]]


def test_runs_tell_when_with_what_and_what_it_came_to():
    ingested("--processes", 1)
    ingested("--again")
    last, first = json.loads(called("runs", "--json").stdout)
    counts = ("run", "status", "inputs", "unchanged", "articles", "duplicates", "rejects", "gained", "lost", "changed")
    assert [first[name] for name in counts] == [1, "done", 6, 0, 3, 1, 2, 2, 0, 0]
    assert [last[name] for name in counts] == [2, "done", 6, 0, 3, 1, 2, 0, 0, 0]
    assert first["started"] <= first["ended"] <= last["started"]
    options = json.loads(first["options"])
    assert (options["dumps"], options["processes"], options["again"]) == ([str(Path("dump").absolute())], 1, False)
    assert {"find", "store"} <= json.loads(first["seconds"]).keys()
    assert "done" in called("runs").stdout


def test_runs_every_row_knows_its_run():
    ingested()
    write({"a.txt": TOLD.replace("good", "inadequate")})
    ingested()
    with opened(Path("records.db")) as db:
        found = dict(db.execute("SELECT source, run FROM inputs").fetchall())
    assert found == dict.fromkeys(FILES, 1) | {"a.txt": 2}


def test_runs_report_records_gained_lost_and_changed():
    first = ingested()
    assert (first["gained"], first["lost"], first["changed"], first["changes"]) == (2, 0, 0, [])
    write(
        {"a.txt": "T\nHavering was rated good in 2016-05.", "c.txt": "T\nHartlepool was rated inadequate in 2020-01."}
    )
    second = ingested()
    assert changed(second) == [
        ("gained", "a.txt", "havering"),
        ("gained", "c.txt", "hartlepool"),
        ("lost", "a.txt", "hartlepool"),
    ]
    extract = made.extract
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            made, "extract", lambda article: extract(article) if "Havering" not in article.body else other(article)
        )
        third = ingested("--again")
    assert changed(third) == [("changed", "a.txt", "havering")]
    assert "1 changed" in " ".join(called("ingest", "dump", "--again").stdout.split())


def other(article):
    found = made.Extraction(article, parsed=True)
    real = EXTRACT(article)
    return found.__class__(
        real.article, real.mentions, tuple(one.model_copy(update={"direction": "up"}) for one in real.inspections),
        parsed=True,
    )  # fmt: skip


EXTRACT = made.extract


def test_runs_changes_balance_when_a_twin_takes_a_place():
    write({"b.txt": "T"})
    before = ingested()
    write({"b.txt": FILES["b.txt"]})
    after = ingested()
    assert (after["gained"], after["lost"]) == (1, 1)  # the record of the cut copy, and that of the whole article
    assert before["inspections"] + after["gained"] - after["lost"] == after["inspections"]


@pytest.mark.parametrize(
    ("newer", "worked"),
    [
        ({"extract": "x"}, {"a.txt": "Article", "b.txt": "Article", "e.txt": "Document"}),
        ({"sieve": "x", "extract": "x"}, {"a.txt": "Article", "b.txt": "Article", "c.txt": "Article", "e.txt": "Document"}),
        ({"clean": "x"}, dict.fromkeys(FILES, "Document")),
        ({}, {}),
    ],
    ids=["extraction", "sieve", "cleaning", "nothing"],
)  # fmt: skip
def test_runs_of_a_newer_program_read_only_what_it_could_alter(monkeypatch, newer, worked):
    ingested()
    with opened(Path("records.db")) as db:
        rows = made.tables(db)
    changed, seen, work = stages()._replace(**newer), {}, made.work
    for module in (run, store):
        monkeypatch.setattr(module, "stages", lambda: changed)
    monkeypatch.setattr(made, "work", lambda job: seen.update({job.source: type(job.work).__name__}) or work(job))
    summary = ingested()
    assert seen == worked
    assert summary["unchanged"] == len(FILES) - len(worked)
    with opened(Path("records.db")) as db:
        after = made.tables(db)
    assert {name: after[name] for name in after if name != "inputs"} == {
        name: rows[name] for name in rows if name != "inputs"
    }
    ingested("--db", "fresh.db")
    with opened(Path("fresh.db")) as db:
        assert after == made.tables(db)
    seen.clear()
    assert ingested()["unchanged"] == len(FILES)
    assert seen == {}
    assert isinstance(changed, Stages)


def test_rejects_are_listed_by_reason():
    ingested()
    found = json.loads(called("rejects", "--json").stdout)
    listed = [(row["source"], row["reason"], row["run"]) for row in found]
    assert listed == [("e.txt", "bad-record", 1), ("d.txt", "no-body", 1)]
    assert [row["source"] for row in json.loads(called("rejects", "--reason", "no-body", "--json").stdout)] == ["d.txt"]
    assert called("rejects", "--reason", "empty").stdout == "none\n"
    assert "bad-record" in called("rejects").stdout


def test_rejects_are_tried_again_after_a_fix(monkeypatch, tmp_path):
    ingested()
    extract, seen, work = made.extract, [], made.work
    monkeypatch.setattr(made, "extract", lambda article: extract(article.model_copy(update={"body": article.body[:9]})))
    monkeypatch.setattr(made, "work", lambda job: seen.append(job.source) or work(job))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    summary = json.loads(called("rejects", "--retry", "--json", "--db", "../records.db").stdout)
    assert seen == ["d.txt", "e.txt"]
    assert (summary["run"], summary["inputs"], summary["articles"]) == (2, 2, 1)
    assert called("rejects", "--retry", "--reason", "bad-record", "--db", "../records.db").stdout == ""


def test_rejects_whose_dump_is_gone_say_so():
    ingested()
    Path("dump").rename("moved")
    result = called("rejects", "--retry")
    assert result.exit_code == 1
    assert "no such file or folder" in result.stderr
    with opened(Path("records.db")) as db:
        db.execute("UPDATE inputs SET run = NULL")
    assert (
        "nothing is known of its dump; use `ofsted-records ingest DUMP --again`" in called("rejects", "--retry").stderr
    )


def test_runs_that_two_programs_do_at_once_do_nothing_twice():
    with opened(Path("records.db"), create=True) as db:
        others = []

        def slower():
            for document in documents(["dump"], {}):
                yield document
                if not others:
                    others.append(ingested())

        summary = run.ingest(slower(), db, made.Inline())
        assert (summary.inputs, summary.unchanged) == (len(FILES), len(FILES))
        assert [row["inputs"] for row in runs(db)] == [len(FILES)] * 2


def test_run_with_a_problem_of_the_container_is_a_reject_that_is_not_read_again():
    problem = run.Rejected("too-large", "a member of 3 GB")
    for unchanged in (0, 1):
        with opened(Path("records.db"), create=True) as db:
            summary = run.ingest([Document("x.zip!y", None, documents_sidecar(), problem)], db, made.Inline())
            assert (summary.rejects[0].reason, summary.unchanged) == ("too-large", unchanged)


def test_rejects_of_standard_input_can_not_be_read_again():
    CliRunner().invoke(main, ["ingest", "-", "dump"], input=b"", catch_exceptions=False)
    result = called("rejects", "--retry")
    assert "1 came from standard input, which can't be read again" in result.stderr
    with opened(Path("records.db")) as db:
        (again, first) = runs(db)
        assert (first["inputs"], again["inputs"]) == (len(FILES) + 1, 2)
        assert json.loads(again["options"])["dumps"] == [str(Path("dump").absolute())]
    assert "nothing to read again" in called("rejects", "--retry", "--reason", "crashed").stderr


def test_rejects_are_named_up_to_a_screenful():
    write({f"{number}.txt": "" for number in range(40)})
    lines = called("ingest", "dump").stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 22 more: ofsted-records rejects --db records.db"


def test_runs_that_replace_inputs_of_another_dump_say_so():
    ingested()
    Path("february").mkdir()
    Path("february/a.txt").write_text(TOLD.replace("good", "inadequate"), encoding="utf-8")
    (warning,) = json.loads(called("ingest", "february", "--json").stdout)["warnings"]
    assert warning.startswith("1 inputs took the place of those of the same name that another dump had given, a.txt")
    write({"b.txt": TOLD})
    assert len(ingested()["warnings"]) == 1, "a.txt is that of dump/ again; b.txt was changed in its place"
    write({"a.txt": "T", "b.txt": "T"})
    assert ingested()["warnings"] == []


def test_runs_options_that_make_no_sense_leave_no_database():
    for option in (["--columns", "foo=3"], ["--limit", "depth=x"], ["--metadata", "none.csv"]):
        assert called("ingest", "dump", *option).exit_code == 1
    assert not Path("records.db").exists()


def test_run_that_can_not_write_what_stopped_it_raises_that(monkeypatch):
    def place(db, copy, extraction):
        db.execute("PRAGMA query_only = ON")
        raise ZeroDivisionError

    monkeypatch.setattr(run, "place", place)
    with pytest.raises(ZeroDivisionError):
        called("ingest", "dump")


def test_run_stopped_at_once_exits_with_130(monkeypatch):
    def place(db, copy, extraction):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "place", place)
    result = called("ingest", "dump")
    assert (result.exit_code, result.stderr) == (130, "stopped at once; nothing is half-written\n")
    with opened(Path("records.db")) as db:
        assert [(row["status"], row["articles"]) for row in runs(db)] == [("interrupted", 0)]


def test_run_that_finds_nothing_changed_can_be_interrupted():
    ingested()
    asked = iter([False, False, True, True])
    with opened(Path("records.db"), create=True) as db:
        watcher = run.Watcher(stop=lambda: next(asked))
        summary = run.ingest(documents(["dump"], {}), db, made.Inline(), watcher=watcher)
        assert (summary.interrupted, summary.inputs, summary.unchanged) == (True, 2, 2)
        assert runs(db)[0]["status"] == "interrupted"


def documents_sidecar():
    return next(documents(["dump"], {})).sidecar
