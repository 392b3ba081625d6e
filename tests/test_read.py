"""Finding, decoding and describing the documents of a dump."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import read
from pipeline.read import Input, MetadataError, NoInput, Sidecar, inputs, load_metadata, raw_article
from schemas.reject import Rejected

STORY = "Inspectors found that children’s services in the borough were ‘good’ in every part."


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    for name in ("b.html", "a/c.txt", "a/b.HTM", ".hidden.txt", ".git/x.txt", "photo.jpg", "notes.md"):
        file = tmp_path / "dump" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(STORY, encoding="utf-8")
    return tmp_path / "dump"


def read_bytes(tmp_path: Path, data: bytes, name: str = "x.txt") -> str:
    (tmp_path / name).write_bytes(data)
    return raw_article(Input(name, tmp_path / name), {}).content


def test_inputs_of_a_folder_are_its_documents_in_stable_order(dump: Path) -> None:
    assert [each.source for each in inputs([str(dump)])] == ["b.html", "a/b.HTM", "a/c.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("b.html", ["b.html"]), ("notes.md", ["notes.md"]), ("*/*.txt", ["a/c.txt"]), ("a*", ["a/b.HTM", "a/c.txt"])],
    ids=["a file", "a named file of any suffix", "a glob", "a glob of folders"],
)
def test_inputs_of_a_file_or_glob(dump: Path, pattern: str, expected: list[str]) -> None:
    assert [each.source for each in inputs([str(dump / pattern)])] == expected


def test_inputs_of_two_dumps_keep_sources_apart(tmp_path: Path) -> None:
    for folder in ("one/x", "two/x", "three"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(STORY)
    (tmp_path / "three" / "only.txt").write_text(STORY)
    dumps = [str(tmp_path / folder) for folder in ("one/x", "two/x", "three")]
    assert [each.source for each in inputs(dumps)] == ["one/x/a.txt", "two/x/a.txt", "three/a.txt", "only.txt"]


def test_inputs_counts_a_file_named_twice_once(dump: Path) -> None:
    assert len(inputs([str(dump), str(dump / "b.html")])) == 3


@pytest.mark.parametrize("name", ["missing", "missing*.txt", "empty"])
def test_inputs_without_documents_are_a_setup_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoInput, match=r"give a file|no document in it"):
        inputs([str(tmp_path / name)])


def test_inputs_shows_names_that_are_no_utf8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(STORY)
    (only,) = inputs([str(tmp_path)])
    assert only.source == "caf\\xe9.txt"
    assert raw_article(only, {}).content == STORY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff\n".encode(), "empty"),
        (b"%PDF-1.4 plain words", "not-text"),
        (bytes(range(256)) * 40, "not-text"),
        (b"x" * 101, "too-large"),
    ],
    ids=["nothing", "blanks", "only a mark", "a pdf", "bytes of all values", "over the limit"],
)
def test_raw_article_rejects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, reason: str) -> None:
    monkeypatch.setattr(read, "SIZE_LIMIT", 100 if reason == "too-large" else 10**6)
    with pytest.raises(Rejected) as caught:
        read_bytes(tmp_path, data)
    assert caught.value.reason == reason


def test_raw_article_rejects_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.html").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    for name in ("x.html", "pipe.txt", "broken.txt", "gone.txt"):
        with pytest.raises(Rejected) as caught:
            raw_article(Input(name, tmp_path / name), {})
        assert caught.value.reason == "unreadable"


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        STORY.encode("utf-8-sig"),
        STORY.encode("utf-16"),
        STORY.encode("cp1252"),
        ("\x00" + STORY + "\x00").encode(),
    ],
    ids=["utf-8", "marked utf-8", "utf-16", "windows-1252", "stray nulls"],
)
def test_raw_article_decodes(tmp_path: Path, data: bytes) -> None:
    assert read_bytes(tmp_path, data) == STORY


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "no-such-charset", "utf-8"])
def test_raw_article_believes_the_declared_charset_only_if_it_fits(tmp_path: Path, charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{STORY}</p></body></html>'
    data = page.encode("cp1252" if charset in ("iso-8859-1", "windows-1252") else "utf-8")
    assert STORY in read_bytes(tmp_path, data, "x.html")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("councilâ€™s", "council’s"),
        ("“curly” ‘quotes’", "“curly” ‘quotes’"),
        ("it\x92s", "it’s"),
        ("cafe\u0301", "café"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_raw_article_mends_text_and_leaves_quotes(tmp_path: Path, written: str, mended: str) -> None:
    assert read_bytes(tmp_path, f"{written} {STORY}".encode()) == f"{mended} {STORY}"


@pytest.mark.parametrize(("content", "media"), [("<p>A story</p>", "html"), ("Half < whole", "text"), ("a b", "text")])
def test_raw_article_tells_pages_by_their_markup(tmp_path: Path, content: str, media: str) -> None:
    (tmp_path / "x.html").write_text(content)
    assert raw_article(Input("x.html", tmp_path / "x.html"), {}).media == media


@given(st.binary(max_size=300))
def test_raw_article_reads_or_rejects_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.txt"
    file.write_bytes(data)
    try:
        content = raw_article(Input("any.txt", file), {}).content
    except Rejected:
        return
    content.encode("utf-8")  # fails on a lone surrogate
    assert "\x00" not in content
    assert "\r" not in content


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_load_metadata_finds_files_by_source_or_name(tmp_path: Path, suffix: str) -> None:
    rows = [
        {"file": "a/x.txt", "title": "One", "published": "2020-03-17T09:00"},
        {"file": "y.txt", "publisher": "cypnow"},
    ]
    lines = ["file,title,published,publisher", "a/x.txt,One,2020-03-17T09:00,", "y.txt,,,cypnow"]
    path = tmp_path / f"meta{suffix}"
    path.write_text("\n".join(lines if suffix == ".csv" else map(json.dumps, rows)))
    metadata = load_metadata(path)
    assert metadata["a/x.txt"] == metadata["x.txt"] == Sidecar(title="One", published="2020-03-17")
    (tmp_path / "y.txt").write_text(STORY)
    assert raw_article(Input("deep/y.txt", tmp_path / "y.txt"), metadata).publisher == "cypnow"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,title\nx.txt,One", r"m\.csv, line 2: no file name"),
        ("file,published\nx.txt,17/03/2020", r"m\.csv, line 2, column published: '17/03/2020'; expected an ISO date"),
        ("file,publisher\nx.txt,bbc", r"line 2, column publisher: 'bbc'; expected one of"),
        ("file\nx.txt\nx.txt", r"line 3, file 'x\.txt': named twice"),
    ],
)
def test_load_metadata_names_file_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "m.csv").write_text(text)
    with pytest.raises(MetadataError, match=said):
        load_metadata(tmp_path / "m.csv")


@pytest.mark.parametrize("text", ["not json", "[1]"])
def test_load_metadata_wants_objects(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.jsonl").write_text(text)
    with pytest.raises(MetadataError, match=r"m\.jsonl.*expected"):
        load_metadata(tmp_path / "m.jsonl")
