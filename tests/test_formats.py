"""The same articles in every format give the same records."""

import codecs
import csv
import gzip
import io
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import trafilatura
import zstandard
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.clean import clean
from pipeline.cli import main
from pipeline.extract import extract
from pipeline.read import columns, documents, raw_article
from pipeline.read.formats import READERS
from schemas.article import Article

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
FILES = {name: (SAMPLE / name).read_bytes() for name in ("dev-001.html", "dev-002.txt", "dev-010.html")}
PAGE = FILES["dev-010.html"].decode()
ROWS = [{"html" if name.endswith("html") else "text": data.decode()} for name, data in FILES.items()]
TABLE = [{"html": row.get("html", ""), "text": row.get("text", "")} for row in ROWS]
JSONL = "\n".join(map(json.dumps, ROWS)).encode()


def delimited(delimiter: str, charset: str = "utf-8", names: tuple[str, str] = ("html", "text")) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([names, *(row.values() for row in TABLE)])
    return text.getvalue().encode(charset)


def tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in FILES.items():
            info = tarfile.TarInfo(f"x/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def chunked(data: bytes) -> bytes:
    pieces = (data[index : index + 1000] for index in range(0, len(data), 1000))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def warc(*, packed: bool) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x", {"software": "x"}))
    encodings: Iterable[tuple[dict[str, str], Callable[[bytes], bytes]]] = (
        ({}, bytes),
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}, lambda data: chunked(gzip.compress(data))),
    )
    for (name, data), (headers, encode) in zip(FILES.items(), encodings, strict=True):
        said = [("Content-Type", "text/html" if name.endswith("html") else "text/plain"), *headers.items()]
        answer = StatusAndHeaders("200 OK", said, protocol="HTTP/1.1")
        body = io.BytesIO(encode(data))
        writer.write_record(writer.create_warc_record(f"urn:{name}", "response", payload=body, http_headers=answer))
    return file.getvalue()


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(TABLE), file)
    return file.getvalue()


def feed() -> bytes:
    items = ElementTree.Element("items")
    for row in ROWS:
        item = ElementTree.SubElement(items, "item")
        for name, text in row.items():
            ElementTree.SubElement(item, name).text = text
    return ElementTree.tostring(items, "utf-8", xml_declaration=True)


FORMATS = {
    "dump.jsonl": JSONL,
    "dump.json": json.dumps(ROWS, indent=1).encode(),
    "dump.csv": delimited(","),
    "dump.tsv": delimited("\t"),
    "semicolons": delimited(";"),
    "utf-16.csv": delimited(",", "utf-16"),
    "utf-16.jsonl": JSONL.decode().encode("utf-16"),
    "utf-16be.json": codecs.BOM_UTF16_BE + json.dumps(ROWS, ensure_ascii=False).encode("utf-16-be"),
    "dump.parquet": parquet(),
    "feed.xml": feed(),
    "dump.zip": zipped({f"x/{name}": data for name, data in FILES.items()}),
    "named-wrongly.txt": zipped(FILES),
    "dump.tar": tar(),
    "dump.tar.gz": gzip.compress(tar()),
    "dump.tar.zst": zstandard.compress(tar()),
    "dump.jsonl.zst": zstandard.compress(JSONL),
    "dump.csv.gz": gzip.compress(delimited(",")),
    "nested.zip": zipped({"a.tar.gz": gzip.compress(tar())}),
    "dump.warc": warc(packed=False),
    "dump.warc.gz": warc(packed=True),
    "dump.wacz": zipped({"pages/pages.jsonl": b'{"url": "x"}', "archive/data.warc.gz": warc(packed=True)}),
}


def cleaned(dumps: list[str], names: str = "") -> list[Article]:
    return [clean(raw_article(document)) for document in documents(dumps, {}, columns(names))]


def told(articles: Iterable[Article]) -> list[tuple[object, ...]]:
    """What the articles say, and the records in them, without where each was found."""
    extracted = [(article, extract(article)) for article in articles]
    return sorted(
        (article.title, article.body, article.published, article.authors,
         tuple(record.model_dump_json(exclude={"article"}) for record in found.inspections))
        for article, found in extracted
    )  # fmt: skip


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    folder = tmp_path_factory.mktemp("dump")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    found = told(cleaned([str(folder)]))
    assert len(found) == len(FILES)
    assert any(records for *_, records in found)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_format_gives_the_records_of_the_folder(name: str, tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    (tmp_path / name).write_bytes(FORMATS[name])
    assert told(cleaned([str(tmp_path / name)])) == expected


def test_format_sqlite_table_gives_the_records_of_the_folder(
    tmp_path: Path, expected: list[tuple[object, ...]]
) -> None:
    db = sqlite3.connect(tmp_path / "a.db")
    db.execute("CREATE TABLE told (html, text)")
    db.executemany("INSERT INTO told VALUES (:html, :text)", TABLE)
    db.commit()
    db.close()
    before = sorted(tmp_path.iterdir())
    assert told(cleaned([str(tmp_path / "a.db:told")])) == expected
    assert sorted(tmp_path.iterdir()) == before


def test_format_columns_of_other_names_are_given(tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    (tmp_path / "a.csv").write_bytes(delimited(",", names=("Page Source Code", "Wording")))
    assert told(cleaned([str(tmp_path / "a.csv")], "html=page source code,text=wording")) == expected
    (only,) = documents([str(tmp_path / "a.csv")], {})
    assert only.problem is not None
    assert "there are Page Source Code, Wording" in only.problem.message


MIME = MIMEMultipart("related")
MIME["Snapshot-Content-Location"] = "https://www.communitycare.co.uk/x/"
MIME.attach(MIMEText(PAGE, "html", "utf-8"))
META = {"title": "A headline", "url": "https://www.communitycare.co.uk/x/", "date": "2020-03-17"}
BODY = [
    "Inspectors found much that was good in the borough’s services this time.",
    "The council said that it was glad of it.",
]
FUNDUS = {"title": "A headline", "authors": ["Ann Lee"], "publishing_date": "2020-03-17 09:00:00+00:00", "topics": [],
          "body": {"summary": [], "sections": [{"headline": [], "paragraphs": BODY}]}}  # fmt: skip
NEWS_PLEASE = {"authors": ["Ann Lee"], "date_publish": "2020-03-17 09:00:00", "date_modify": None, "language": "en",
               "maintext": "\n".join(BODY), "source_domain": "www.communitycare.co.uk", "title": "A headline",
               "title_page": None, "url": "https://www.communitycare.co.uk/x/"}  # fmt: skip
SCRAPY = {"headline": ["A headline"], "body": BODY, "author": "Ann Lee", "pubDate": "Tue, 17 Mar 2020 09:00:00 GMT"}
WRITTEN = f"""<html><head><title>A headline</title><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2020-03-17"></head>
<body><article><h1>A headline</h1>{"".join(f"<p>{text * 4}</p>" for text in BODY)}</article></body></html>"""


def by_trafilatura(form: str) -> bytes:
    return str(trafilatura.extract(WRITTEN, output_format=form, with_metadata=True, url=META["url"])).encode()


@pytest.mark.parametrize(
    "data",
    [json.dumps(FUNDUS).encode(), json.dumps([FUNDUS], indent=2).encode(), json.dumps(NEWS_PLEASE).encode(),
     json.dumps(SCRAPY).encode(), by_trafilatura("json"), by_trafilatura("xml"), by_trafilatura("xmltei")],
    ids=["fundus", "fundus list", "news-please", "scrapy", "trafilatura json", "trafilatura xml", "tei"],
)  # fmt: skip
def test_format_of_another_program_gives_text_and_what_is_said_of_it(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "article").write_bytes(data)
    (article,) = cleaned([str(tmp_path / "article")])
    assert all(text in article.body for text in BODY)
    assert (article.title, article.published, article.authors) == ("A headline", "2020-03-17", ("Ann Lee",))


def test_format_mhtml_is_the_page_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.mhtml").write_bytes(MIME.as_bytes())
    (document,) = documents([str(tmp_path / "a.mhtml")], {})
    assert document.data == PAGE.encode()
    assert document.sidecar.url == "https://www.communitycare.co.uk/x/"


def test_format_row_that_is_broken_costs_one_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "one"}\n{"text": \n["x"]\n\n{"title": "no text"}\n{"text": "two"}\n')
    found = [(each.source, each.problem and each.problem.reason) for each in documents([str(tmp_path / "a.jsonl")], {})]
    assert found == [
        ("a.jsonl#1", None), ("a.jsonl#2", "damaged"), ("a.jsonl#3", "unknown-format"), ("a.jsonl#5", "unknown-format"),
        ("a.jsonl#6", None),
    ]  # fmt: skip


def test_formats_command_lists_every_format_with_what_is_read() -> None:
    shown = CliRunner().invoke(main, ["formats"]).stdout
    for each in READERS:
        assert f"{each.name} " in shown
        assert each.about.endswith(".")
        assert each.about in shown
