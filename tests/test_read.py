"""Finding, decoding and describing the documents of a dump."""

import gzip
import io
import json
import os
import pickle
from pathlib import Path

import promise
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.read import (
    Document,
    MetadataError,
    NoInput,
    SetupError,
    Sidecar,
    documents,
    limits,
    load_metadata,
    raw_article,
)
from schemas.reject import Rejected

STORY = "Inspectors found that children’s services in the borough were ‘good’ in every part."


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    for name in ("b.html", "a/c.txt", "a/b.HTM", ".hidden.txt", ".git/x.txt", "photo.jpg", "notes.md"):
        file = tmp_path / "dump" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(STORY, encoding="utf-8")
    return tmp_path / "dump"


def read_bytes(data: bytes, charset: str | None = None) -> str:
    return raw_article(Document("x", data, charset=charset)).content


def sources(*dumps: Path) -> list[str]:
    return [each.source for each in documents([str(dump) for dump in dumps], {})]


def reasons(*dumps: Path) -> dict[str, str]:
    return {each.source: each.problem.reason for each in documents(list(map(str, dumps)), {}) if each.problem}


def test_documents_of_a_folder_are_all_its_files_in_stable_order(dump: Path) -> None:
    assert sources(dump) == ["b.html", "notes.md", "photo.jpg", "a/b.HTM", "a/c.txt"]
    assert reasons(dump) == {"photo.jpg": "unknown-format"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("b.html", ["b.html"]), ("notes.md", ["notes.md"]), ("*/*.txt", ["a/c.txt"]), ("a*", ["a/b.HTM", "a/c.txt"])],
    ids=["a file", "a named file of any suffix", "a glob", "a glob of folders"],
)
def test_documents_of_a_file_or_glob(dump: Path, pattern: str, expected: list[str]) -> None:
    assert sources(dump / pattern) == expected


def test_documents_of_two_dumps_keep_sources_apart(tmp_path: Path) -> None:
    for folder in ("one/x", "two/x", "three", "one/x/three"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(STORY)
    (tmp_path / "three" / "only.txt").write_text(STORY)
    dumps = [tmp_path / folder for folder in ("one/x", "two/x", "three")]
    found = ["one/x/a.txt", "one/x/three/a.txt", "two/x/a.txt", "three/a.txt", "only.txt"]
    assert sources(*dumps) == found


def test_documents_counts_a_file_named_twice_once(dump: Path) -> None:
    assert sources(dump, dump / "b.html", dump / "a") == sources(dump)


def test_documents_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(json.dumps({"text": STORY}).encode()))))
    (only,) = documents(["-"], {})
    assert (only.source, only.data) == ("stdin", STORY.encode())


def test_documents_left_by_a_writer_of_sqlite_are_no_inputs(tmp_path: Path) -> None:
    for name in ("x.db", "x.db-wal", "x.db-shm", "y-wal"):
        (tmp_path / name).write_text(STORY)
    assert sources(tmp_path) == ["x.db", "y-wal"]


def test_documents_leave_out_the_database_that_is_written_to(tmp_path: Path) -> None:
    for name in ("a.txt", "records.db", "records.db-wal"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    found = documents([str(tmp_path), str(tmp_path / "*.db")], {}, leave=tmp_path / "sub" / ".." / "records.db")
    assert [each.source for each in found] == ["a.txt"]


def test_documents_of_a_folder_that_changes_while_it_is_read(dump: Path) -> None:
    found = documents([str(dump)], {})
    assert next(found).source == "b.html"
    (dump / "notes.md").unlink()
    gone = next(found)
    assert (gone.source, gone.problem and gone.problem.reason) == ("notes.md", "unreadable")


@pytest.mark.parametrize("name", ["missing", "missing*.txt", "empty"])
def test_documents_without_any_are_a_setup_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoInput, match=r"give a file|no document in it"):
        documents([str(tmp_path / name)], {})


def test_documents_shows_names_that_are_no_utf8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(STORY)
    (only,) = documents([str(tmp_path)], {})
    assert only.source == "caf\\xe9.txt"
    assert raw_article(only).content == STORY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff\n".encode(), "empty"),
        (b"%PDF-1.4 plain words", "not-text"),
        (bytes(range(256)) * 40, "not-text"),
    ],
    ids=["nothing", "blanks", "only a mark", "a pdf", "bytes of all values"],
)
def test_raw_article_rejects(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_bytes(data)
    assert caught.value.reason == reason


def test_documents_rejects_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert reasons(tmp_path) == {"pipe.txt": "unreadable", "broken.txt": "unreadable"}


def test_document_over_the_limit_is_rejected(dump: Path) -> None:
    (only,) = documents([str(dump / "b.html")], {}, limits=limits(["document_bytes=20"]))
    assert (only.data, only.problem and only.problem.reason) == (None, "too-large")


@pytest.mark.parametrize("given", ["no_such=3", "depth=x", "depth=0", "depth"])
def test_limits_that_make_no_sense_are_a_setup_error(given: str) -> None:
    with pytest.raises(SetupError, match="expected a name and a number above 0 of document_bytes=5000000, "):
        limits([given])


def test_document_and_its_problem_can_be_sent_to_another_process(dump: Path) -> None:
    for document in documents([str(dump)], {}):
        sent = pickle.loads(pickle.dumps(document))
        assert (sent.source, sent.data, sent.sidecar) == (document.source, document.data, document.sidecar)
        assert str(sent.problem) == str(document.problem)


@pytest.mark.parametrize(("charset", "encoded"), [("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("cp1252", "utf-8")])
def test_raw_article_asks_the_headers_where_utf_8_does_not_fit(charset: str, encoded: str) -> None:
    assert read_bytes(f"<p>caf\u00e9 {STORY}</p>".encode(encoded), charset) == f"<p>café {STORY}</p>"


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
def test_raw_article_decodes(data: bytes) -> None:
    assert read_bytes(data) == STORY


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "no-such-charset", "utf-8"])
def test_raw_article_believes_the_declared_charset_only_if_it_fits(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{STORY}</p></body></html>'
    data = page.encode("cp1252" if charset in ("iso-8859-1", "windows-1252") else "utf-8")
    assert STORY in read_bytes(data)


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
def test_raw_article_mends_text_and_leaves_quotes(written: str, mended: str) -> None:
    assert read_bytes(f"{written} {STORY}".encode()) == f"{mended} {STORY}"


@pytest.mark.parametrize(("content", "media"), [("<p>A story</p>", "html"), ("Half < whole", "text"), ("a b", "text")])
def test_raw_article_tells_pages_by_their_markup(content: str, media: str) -> None:
    assert raw_article(Document("x.html", content.encode())).media == media


MAGIC = [
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"PAR1",
    b"SQLite format 3\0",
    b"MIME-Version: 1.0\n",
]
OPENINGS = [
    *MAGIC,
    b"Content-Type: multipart/related\n\n",
    b"<items>",
    b"<doc>",
    b"<TEI>",
    b"[{",
    b'{"text": "',
    b"url,text\n",
    b"<html><p>",
]


@given(st.lists(st.sampled_from(OPENINGS) | st.binary(max_size=60) | st.text(max_size=60).map(str.encode), max_size=8))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_and_clean_give_an_article_whose_spans_hold_or_a_reject(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any"
    file.write_bytes(b"".join(pieces))
    assert promise.taken(file) > 0


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
    assert [each.sidecar.publisher for each in documents([str(tmp_path / "y.txt")], metadata)] == ["cypnow"]


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
