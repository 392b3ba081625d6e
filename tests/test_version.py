"""Digests by stage: what a change of the program reaches, and what it leaves alone."""

import builtins
import io

import pytest

from extractors import council, lexicon
from pipeline import relevance, version
from pipeline.job import key_of
from pipeline.read import Document, Sidecar
from pipeline.version import STAGES, imported, stages
from schemas.reject import Rejected

DOCUMENT = Document("a.txt", b"bytes", Sidecar(title="T"))


@pytest.fixture(autouse=True)
def fresh():
    stages.cache_clear()
    version._imports.cache_clear()
    yield
    stages.cache_clear()
    version._imports.cache_clear()


@pytest.mark.parametrize(
    ("file", "reached"),
    [
        ("extractors/lexicons/themes.toml", {"extract"}),
        ("extractors/model/findings.npz", {"extract"}),
        ("extractors/rating.py", {"extract"}),
        ("pipeline/assemble.py", {"extract"}),
        ("extractors/lexicons/grades.toml", {"sieve", "extract"}),
        ("pipeline/relevance.py", {"sieve", "extract"}),
        ("pipeline/publishers/cypnow.toml", {"clean"}),
        ("pipeline/read/columns.toml", {"clean"}),
        ("pipeline/read/warc.py", {"clean"}),
        ("pipeline/story.py", {"clean"}),
        ("pipeline/twins.py", {"clean"}),
        ("schemas/article.py", {"clean", "sieve", "extract"}),
        ("pipeline/cli.py", set()),
        ("pipeline/export/tidy.py", set()),
        ("pipeline/engines.py", set()),
    ],
)
def test_stages_are_reached_by_what_they_work_with(monkeypatch, file, reached):
    before, read = stages(), type(version.ROOT).read_bytes

    def changed(path):
        return read(path) + (b"\n" if path == version.ROOT / file else b"")

    assert (version.ROOT / file).is_file()
    monkeypatch.setattr(type(version.ROOT), "read_bytes", changed)
    stages.cache_clear()
    after = stages()
    assert {name for name in after._fields if getattr(before, name) != getattr(after, name)} == reached


def test_stages_are_reached_by_libraries_and_settings(monkeypatch):
    before = stages()
    installed = version.installed_version
    monkeypatch.setattr(version, "installed_version", lambda name: installed(name) + "x" * (name == "trafilatura"))
    stages.cache_clear()
    assert (stages().clean != before.clean, stages().sieve, stages().extract) == (True, before.sieve, before.extract)
    monkeypatch.undo()
    monkeypatch.setenv("OFSTED_RECORDS_FINDINGS_MODEL", "off")
    stages.cache_clear()
    assert (stages().clean, stages().sieve, stages().extract != before.extract) == (before.clean, before.sieve, True)


def test_sieve_reads_no_file_but_those_named(monkeypatch):
    for cached in (relevance._names, relevance._wordings, council.aliases, council.bodies, lexicon.load):
        getattr(cached, "cache_clear", lambda: None)()
    opened, real = set(), io.open

    def spy(file, *args, **kwargs):
        opened.add(str(file))
        return real(file, *args, **kwargs)

    monkeypatch.setattr(io, "open", spy)
    monkeypatch.setattr(builtins, "open", spy)
    relevance._names()
    relevance._wordings()
    used = {path for path in opened if str(lexicon.FOLDER) in path}
    named = {str(version.ROOT / pattern) for pattern in STAGES["sieve"].files}
    assert used
    assert used <= named


def test_imported_follows_imports_of_imports():
    ours, libraries = imported(["pipeline.clean"])
    assert {"pipeline.clean", "pipeline.story", "schemas.article", "schemas.base"} <= ours
    assert {"trafilatura", "lxml"} <= libraries
    assert "pipeline.extract" not in ours
    assert "re" not in libraries


@pytest.mark.parametrize(
    "other",
    [
        Document("a.txt", b"other", Sidecar(title="T")),
        Document("a.txt", b"bytes", Sidecar(title="U")),
        Document("a.txt", b"bytes", Sidecar(title="T", publisher="cypnow")),
        Document("a.txt", b"bytes", Sidecar(title="T"), charset="cp1252"),
        Document("a.txt", None, Sidecar(title="T"), Rejected("unreadable", "gone")),
    ],
)
def test_key_of_changes_with_what_is_read_and_said(other):
    assert key_of(DOCUMENT, stages()) == key_of(Document("b.txt", b"bytes", Sidecar(title="T")), stages())
    assert key_of(DOCUMENT, stages()) != key_of(other, stages())
    assert key_of(DOCUMENT, stages()) != key_of(DOCUMENT, stages()._replace(clean="other"))
    assert key_of(DOCUMENT, stages()) == key_of(DOCUMENT, stages()._replace(extract="other"))
