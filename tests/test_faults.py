"""What can go wrong around the program: each is a reject or one sentence, and nothing is half-written."""

import os
import sqlite3
from pathlib import Path

import made
import pytest
from made import called

from pipeline import engines, run
from pipeline.database import StoreError, opened
from pipeline.read import Document, documents
from schemas.reject import Rejected

STORY = "Headline\nHartlepool was rated good in 2016-05."


@pytest.fixture(autouse=True)
def toy(monkeypatch, tmp_path):
    monkeypatch.setattr(engines, "local", made.engine)
    monkeypatch.chdir(tmp_path)
    Path("dump").mkdir()
    Path("dump/one.txt").write_text(STORY, encoding="utf-8")


def rejects(path="records.db"):
    with opened(Path(path)) as db:
        assert db.table("inputs").count == sum(db.table(name).count for name in ("articles", "duplicates", "rejects"))
        return {row["source"]: row["reason"] for row in db.table("rejects").rows}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("empty.txt", b"", "empty", id="empty file"),
        pytest.param("blank.txt", b" \n\t\n", "empty", id="blanks"),
        pytest.param("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not-text", id="binary file"),
    ],
)
def test_faults_input_that_is_no_article_is_a_reject(name, data, reason):
    Path("dump", name).write_bytes(data)
    result = called("ingest", "dump")
    assert (result.exit_code, rejects()) == (0, {name: reason})
    assert result.stderr.startswith(f"rejected {name}: {reason}: ")


def test_faults_folder_named_like_a_page_is_walked_into():
    Path("dump/x.html").mkdir()
    Path("dump/x.html/two.txt").write_text("Other\nRutland was rated good in 2016-05.", encoding="utf-8")
    assert called("ingest", "dump").exit_code == 0
    assert rejects() == {}


def test_faults_pipe_named_like_a_page_does_not_block():
    os.mkfifo("dump/pipe.html")
    assert called("ingest", "dump").exit_code == 0
    assert rejects() == {"pipe.html": "unreadable"}


def test_faults_vanished_file_is_a_reject_and_its_old_records_go(tmp_path):
    called("ingest", "dump")
    with opened(Path("records.db"), create=True) as db:
        summary = run.ingest([Document("one.txt", None, problem=Rejected("unreadable", "gone"))], db, made.Inline())
        assert (summary.articles, [reject.reason for reject in summary.rejects]) == (0, ["unreadable"])
        assert db.table("inspections").count == 0


def test_faults_name_that_is_no_utf8_is_stored_and_shown_as_escapes(tmp_path):
    try:
        Path(os.fsdecode(b"dump/caf\xe9.txt")).write_text(STORY.replace("good", "inadequate"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    result = called("ingest", "dump")
    assert result.exit_code == 0
    assert "[rating: inadequate]" in called("show", r"caf\xe9.txt").stdout


@pytest.mark.parametrize("verb", [["ingest", "dump"], ["show", "x"], ["export", "out"]])
@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda path: path.write_bytes(b"not a database, though long enough" * 99), "not a database", id="text"
        ),
        pytest.param(lambda path: path.mkdir(), "a folder; expected the path of a database file", id="folder"),
        pytest.param(
            lambda path: sqlite3.connect(path).execute("CREATE TABLE theirs (x)"),
            "not a database of this program",
            id="foreign",
        ),
    ],
)
def test_faults_what_is_no_database_of_ours_is_refused_and_left_alone(verb, make, message):
    make(Path("records.db"))
    before = Path("records.db").read_bytes() if Path("records.db").is_file() else None
    result = called(*verb)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: records.db: ")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not Path("out").exists()
    assert (Path("records.db").read_bytes() if before else None) == before


def test_faults_empty_file_is_no_database_to_read_but_one_to_fill():
    Path("records.db").touch()
    assert called("show", "x").exit_code == 1
    assert called("ingest", "dump").exit_code == 0


def test_faults_broken_database_is_one_sentence():
    called("ingest", "dump")
    data = bytearray(Path("records.db").read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    Path("records.db").write_bytes(data)
    for verb in (["ingest", "dump"], ["export", "out"], ["show", "Hartlepool"]):
        result = called(*verb)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: records.db: ")
    assert not Path("out").exists()


def test_faults_database_below_a_missing_folder():
    result = called("ingest", "dump", "--db", "no/such/records.db")
    assert (result.exit_code, result.stderr) == (
        1, "Error: no/such/records.db: its folder does not exist; make the folder first\n")  # fmt: skip


def test_faults_locked_database_is_one_sentence(monkeypatch):
    called("ingest", "dump")
    monkeypatch.setattr("pipeline.database.PATIENCE", 0.1)
    holder = sqlite3.connect("records.db")
    holder.execute("BEGIN EXCLUSIVE")
    Path("dump/two.txt").write_text("Other\nRutland was rated good in 2016-05.", encoding="utf-8")
    result = called("ingest", "dump")
    holder.close()
    waiting = "waiting for another program that writes to the database, at most 0.1 seconds"
    error = "Error: records.db: the database can't be used: database is locked"
    assert (result.exit_code, result.stderr.splitlines()) == (1, [waiting, error])
    assert called("ingest", "dump").exit_code == 0


def test_faults_full_disk_leaves_whole_articles():
    called("ingest", "dump")
    for number in range(60):
        Path(f"dump/{number}.txt").write_text(f"T\n{made.story(str(number), 40)}", encoding="utf-8")
    items = list(documents([f"dump/{number}.txt" for number in range(60)], {}))

    def fill():
        with opened(Path("records.db"), create=True) as db:
            (empty,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {empty + 260}")
            run.ingest(items, db, made.Inline())

    with pytest.raises(StoreError, match=r"records.db: the database can't be used: database or disk is full"):
        fill()
    assert rejects() == {}
    with opened(Path("records.db")) as db:
        assert 1 < db.table("articles").count < 61
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_faults_out_is_a_file_or_below_one():
    called("ingest", "dump")
    Path("out").write_text("mine")
    for out, message in (
        ("out", "out: a file; expected a folder, new or empty"),
        ("out/deep", "out/deep: the export can't be written"),
    ):
        result = called("export", out)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"Error: {message}")
    assert Path("out").read_text() == "mine"


def test_faults_read_only_folder(monkeypatch):
    called("ingest", "dump")
    monkeypatch.setattr("pipeline.database._writable", lambda path: False)
    assert called("show", "Hartlepool").exit_code == 0
    assert called("export", "out").exit_code == 0
    result = called("ingest", "dump")
    assert (result.exit_code, result.stderr) == (
        1, "Error: records.db: the file or its folder can't be written; name a file elsewhere\n")  # fmt: skip


def test_faults_older_database_that_cannot_be_written(monkeypatch):
    called("ingest", "dump")
    with opened(Path("records.db")) as db:
        db.view("spells").drop()
    monkeypatch.setattr("pipeline.database._writable", lambda path: False)
    result = called("show", "Hartlepool")
    assert (result.exit_code, result.stderr) == (
        1, "Error: records.db: made by an older version and can't be written; open a copy that can be\n")  # fmt: skip
