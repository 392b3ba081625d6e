import json
import subprocess
import sys
from pathlib import Path

import made
import pytest
from made import called

from pipeline import engines
from pipeline.cli import main
from pipeline.database import opened
from pipeline.export import EXPORTERS

STORY = "Headline\nHartlepool was rated good in 2016-05. Inspectors praised it. Rutland was rated good in 2011-01."


@pytest.fixture(autouse=True)
def toy(monkeypatch, tmp_path):
    monkeypatch.setattr(engines, "local", made.engine)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump/one.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "dump/bad.txt").write_text("", encoding="utf-8")


def test_cli_ingest_show_export_from_end_to_end(tmp_path):
    result = called("ingest", "dump")
    assert result.exit_code == 0
    assert result.stderr == "rejected bad.txt: empty: the file has nothing in it; expected an article\n"
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[:9] == [
        "2 inputs read",
        "1 articles kept, 1 of them about a council's inspection",
        "0 copies of these",
        "1 rejects",
        "1 empty",
        "2 inspections of 2 councils",
        "2 grades",
        "1 findings",
        "Newest inspections (at most 10)",
    ]
    assert "│ 2016-05 │ Hartlepool │ inspection │ good" in result.stdout
    assert "[council: Hartlepool] was rated [rating: good]" in called("show", "one.txt").stdout
    assert "E06000001" in called("show", "Hartlepool").stdout
    assert "rule toy-rating; cues rated; areas overall" in called("show", "one.txt", "--why").stdout
    result = called("export", "out", "--format", "csv")
    assert result.stdout.splitlines()[0] == "out/DICTIONARY.md"
    assert (tmp_path / "out/articles.csv").exists()


def test_cli_ingest_json_and_unchanged():
    called("ingest", "dump", "--db", "x.db")
    summary = json.loads(called("ingest", "dump/one.txt", "--db", "x.db", "--json").stdout)
    assert (summary["inputs"], summary["unchanged"], summary["articles"], summary["rejects"]) == (1, 1, 1, [])
    assert summary["newest"][0]["council"] == "Hartlepool"


def test_cli_ingest_metadata(tmp_path):
    (tmp_path / "side.csv").write_text("file,published\none.txt,2016-06-07\n", encoding="utf-8")
    called("ingest", "dump", "--metadata", "side.csv")
    assert "2016-06-07" in called("show", "one.txt").stdout


@pytest.mark.parametrize(("dump", "code"), [("dump", 1), ("dump/one.txt", 0)])
def test_cli_ingest_strict_exits_with_1_for_a_reject_and_still_stores(dump, code):
    result = called("ingest", dump, "--strict")
    assert result.exit_code == code
    assert ("Error: 1 of 2 inputs gave no article" in result.stderr) == bool(code)
    assert called("show", "one.txt").exit_code == 0


def test_cli_ingest_says_how_far_it_is_in_a_pipe(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.progress.STEP", 2)
    (tmp_path / "dump/two.txt").write_text("Other\nNothing of it.", encoding="utf-8")
    assert called("ingest", "dump").stderr.splitlines()[0] == "2 inputs read"


GOLD = {
    "article": "one.txt", "publisher": "cypnow", "title": "Headline", "authors": [], "published": None,
    "inspections": [
        {"council": "E06000001", "role": "current", "kind": "inspection", "inspected": None, "reported": "2016-05",
         "ratings": [{"area": "overall", "grade": "good"}], "findings": []},
    ],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/one.json").write_text(json.dumps(GOLD), encoding="utf-8")
    called("ingest", "dump")
    return "gold"


def test_cli_score_of_a_database_and_of_its_export_is_the_same(gold):
    called("export", "out")
    of_database, of_export = (called("score", path, "--gold", gold).stdout for path in ("records.db", "out"))
    assert of_database == of_export
    assert "councils_recall              1.000\n" in of_database
    assert "ratings_precision            0.500\n" in of_database


def test_cli_score_saves_facts_and_compares_with_them(gold, tmp_path):
    called("score", "records.db", "--gold", gold, "--save", "facts.jsonl")
    same = called("score", "records.db", "--gold", gold, "--against", "facts.jsonl")
    assert same.stdout.endswith("0 right and 0 wrong gained, 0 right and 0 wrong lost\n")
    (tmp_path / "dump/one.txt").write_text(STORY.replace("good", "inadequate", 1), encoding="utf-8")
    called("ingest", "dump")
    result = called("score", "records.db", "--gold", gold, "--against", "facts.jsonl", "--json")
    assert json.loads(result.stdout)["ratings_f1"] == 0.0
    assert result.stderr.splitlines() == [
        "- right: one.txt: E06000001 current: rating overall good",
        "+ wrong: one.txt: E06000001 current: rating overall inadequate",
        "0 right and 1 wrong gained, 1 right and 0 wrong lost",
    ]


def test_cli_score_that_cannot_save_says_so(gold):
    result = called("score", "records.db", "--gold", gold, "--save", "no/such/facts.jsonl")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: no/such/facts.jsonl: the facts can't be written: No such file or directory; name a file elsewhere\n",
    )


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["ingest", "nowhere"], 1, "Error: nowhere: no such file or folder"),
        (["ingest", "dump", "--metadata", "nowhere.csv"], 1, "Error: nowhere.csv: expected a csv file"),
        (["show", "x"], 1, "Error: records.db: no such database; make one with `ofsted-records ingest`"),
        (["export", "out"], 1, "Error: records.db: no such database"),
        (["score", "out", "--gold", "dump"], 1, "Error: out: no such database; make one with `ofsted-records ingest`"),
        (["score", "dump", "--gold", "dump"], 1, "Error: dump/articles.jsonl: expected a file of an export"),
        (["ingest"], 2, "Missing argument 'DUMP...'"),
        (["export", "out", "--format", "pdf"], 2, "'pdf' is not one of jsonl, csv"),
        (["score", "out"], 2, "Missing option '--gold'"),
        (["fly"], 2, "No such command 'fly'"),
    ],
)
def test_cli_errors_are_one_sentence_on_stderr(args, code, message):
    result = called(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_cli_faults_of_the_program_are_not_hidden(monkeypatch):
    monkeypatch.setattr("pipeline.run.place", lambda db, copy, extraction: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        called("ingest", "dump")
    assert called("runs", "--json").stdout.count("ZeroDivisionError") == 1


@pytest.mark.parametrize("command", sorted(main.commands))
def test_cli_help_says_what_to_do_and_shows_an_example(command):
    result = called(command, "--help")
    first = result.stdout.split("\n\n")[1].strip()
    assert first.endswith(".")
    assert first.split()[0] in {
        "Read",
        "Show",
        "Export",
        "Score",
        "List",
        "Count",
        "Compare",
        "Ask",
        "Review",
        "Look",
        "Bring",
    }
    assert f"Example:\n    ofsted-records {command}" in result.stdout


def test_cli_export_help_names_every_format():
    assert all(name in called("export", "--help").stdout for name in EXPORTERS)


def test_cli_version_and_help_load_nothing_heavy():
    assert called("--version").stdout.startswith("ofsted-records, version ")
    code = "import sys; from pipeline.cli import main\ntry: main(['ingest', '--help'])\nexcept SystemExit: pass\n"
    code += (
        "print([name for name in ('spacy', 'pydantic', 'rich', 'sqlite_utils', 'trafilatura') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(engines.__file__).parent.parent,
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_cli_show_loads_nothing_for_the_work_on_articles(tmp_path):
    """Whoever only looks needs no second of imports: not the model, nor what sqlite-utils could use."""
    with opened(tmp_path / "r.db", create=True):
        pass
    code = f"import sys; from pipeline.cli import main\ntry: main(['show', 'x', '--db', {str(tmp_path / 'r.db')!r}])\n"
    code += (
        "except SystemExit: pass\nprint([name for name in ('spacy', 'numpy', 'pandas', 'bs4') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
