"""What the documents say is so: dictionary, commands, options, formats, files, targets and examples."""

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import click
import pytest
import sqlite_utils.cli
from click.testing import CliRunner

from extractors import lexicon
from extractors.lexicon import load
from extractors.tables import rows
from pipeline.cli import main
from pipeline.dictionary import BEGIN, END, QUALITY, QUALITY_MARKS, TABLES, dictionary, written_into
from pipeline.export import EXPORTERS
from pipeline.read import Limits
from schemas.base import Record

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", ".github/CONTRIBUTING.md", "corpus/README.md", "extractors/lexicons/README.md"]
PROGRAMS = {"ofsted-records": main, "sqlite-utils": sqlite_utils.cli.cli}


def test_readme_has_the_dictionary_of_the_schemas() -> None:
    assert written_into(README) == README, "the data dictionary is out of date: run `make dictionary`"


def test_dictionary_names_every_field_and_view() -> None:
    text = dictionary()
    for name, model in TABLES.items():
        table = text.split(f"### {name}\n")[1].split("### ")[0]
        assert re.findall(r"^\| (\w+) \|", table, re.MULTILINE)[1:] == list(model.model_fields)
    for path in (ROOT / "pipeline" / "views").glob("*.sql"):
        assert f"| {path.stem} | " in text
    assert "|  |" not in text


def test_dictionary_covers_every_noun() -> None:
    shown = set(TABLES.values())
    nouns = {model for model in Record.__subclasses__() if model.__module__.startswith("schemas.")}
    assert {model.__name__ for model in nouns - shown} <= {"RawArticle", "Review"}  # these are not exported


def test_dictionary_goes_between_its_marks_and_nowhere_else() -> None:
    begin, end = QUALITY_MARKS
    text = written_into(f"before\n{BEGIN}\nold\n{END}\nbetween\n{begin}old{end}\nafter\n")
    quality = QUALITY.read_text(encoding="utf-8").strip()
    assert quality.startswith("Measured with")
    assert text == (f"before\n{BEGIN}\n\n{dictionary()}\n\n{END}\nbetween\n{begin}\n\n{quality}\n\n{end}\nafter\n")
    with pytest.raises(ValueError, match="README: expected the lines"):
        written_into("no marks")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_readme_names_the_command_and_its_options(name: str) -> None:
    assert f"ofsted-records {name}" in README
    options = [param for param in main.commands[name].params if isinstance(param, click.Option)]
    assert [option.opts[0] for option in options if option.opts[0] not in README] == []


def test_readme_names_no_option_that_is_not_there() -> None:
    commands = [
        each for command in main.commands.values() for each in (command, *getattr(command, "commands", {}).values())
    ]
    known = {opt for command in commands for param in command.params for opt in param.opts} | {"--help"}
    said = set(re.findall(r"`(--[a-z-]+)", README))
    assert said <= known


@pytest.mark.parametrize("name", Limits.model_fields)
def test_readme_names_the_limit_and_its_default(name: str) -> None:
    assert f"| `{name}` | {Limits.model_fields[name].default} | " in README


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_readme_names_the_export_format(format: str) -> None:
    assert f"`{format}`" in README
    assert f"--format {format}" in README


def examples() -> list[list[str]]:
    """The commands of the README's console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [shlex.split(line[2:]) for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_examples_of_the_readme_run_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus" / "sample", tmp_path / "corpus" / "sample")
    shutil.copytree(ROOT / "corpus" / "gold", tmp_path / "corpus" / "gold")
    monkeypatch.chdir(tmp_path)
    assert {words[0] for words in examples()} == set(PROGRAMS)
    for program, *arguments in examples():
        done = CliRunner().invoke(PROGRAMS[program], arguments)
        assert done.exit_code == 0, f"{program} {arguments}: {done.output}"
        assert done.output.strip(), f"{program} {arguments} says nothing"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_files_exist(document: str) -> None:
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]
    for link in links:
        file, _, heading = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def headings(path: Path) -> set[str]:
    """The anchors of a document's headings, as they are linked to."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", [".github/CONTRIBUTING.md", "README.md"])
def test_named_files_exist(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL)
    text = text.split(BEGIN)[0]
    named = set(re.findall(r"`((?:\.\w+/)?[\w.-]+/[\w./-]*)`", text))
    assert [name for name in sorted(named) if not (ROOT / name).exists() and not name.startswith(".venv")] == []
    assert named or document == "README.md"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_targets_are_in_the_makefile(document: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make (\w+)", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def test_examples_of_entries_have_the_keys_and_ids_that_are_read() -> None:
    entries = [
        table
        for text in re.findall(r"```toml\n(.*?)```", CONTRIBUTING, re.DOTALL)
        for table in tomllib.loads(text).get("entry", [])
    ]
    assert {"inadequate", "care_leavers"} == {entry["id"] for entry in entries}
    assert {"inadequate"} <= {entry.id for entry in load("grades")}
    assert {"care_leavers"} <= {entry.id for entry in load("themes")}
    assert all(set(entry) == {"id", "phrases", "examples", "counterexamples"} for entry in entries)


def test_example_of_a_council_is_a_row_of_the_table() -> None:
    lines = re.findall(r"```csv\n(.*?)```", CONTRIBUTING, re.DOTALL)[0].splitlines()
    table = (Path(lexicon.FOLDER) / "councils.csv").read_text(encoding="utf-8").splitlines()
    assert set(lines) <= set(table)
    assert len(list(rows("councils"))) == len(table) - 1


def test_every_lexicon_says_in_its_first_line_what_it_holds() -> None:
    firsts = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in lexicon.FOLDER.glob("*.toml")}
    assert [name for name, line in firsts.items() if not line.startswith("# ")] == []
    assert firsts


def test_every_table_is_named_in_the_lexicons_readme() -> None:
    text = (lexicon.FOLDER / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in lexicon.FOLDER.glob("*.csv") if f"`{path.name}`" not in text] == []


def test_every_sample_is_in_the_corpus_readme_and_has_gold() -> None:
    text = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    rows = [
        row.split("|") for row in text.split("## The sample")[1].split("## Gold")[0].splitlines() if row[:3] == "| `"
    ]
    listed = [row[1].strip(" `") for row in rows]
    sample = sorted(path.name for path in (ROOT / "corpus" / "sample").iterdir())
    assert listed == sample
    gold = {path.stem for path in (ROOT / "corpus" / "gold").glob("*.json")}
    assert {name for name in sample if Path(name).stem not in gold} == {"picture-saved-as-page.html"}
