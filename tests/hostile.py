"""A dump made to hurt: each function writes one file, small on disk, and says what reading it must come to."""

import gzip
import io
import json
import os
import resource
import sqlite3
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from pipeline.clean import clean
from pipeline.read import documents, raw_article
from schemas.reject import Rejected

Make = Callable[[Path], None]
STORY = (
    "Inspectors found that children’s services in the borough were ‘good’ in every part of the inspection this year."
)
PAGE = f"<html><body><h1>Ofsted</h1><p>{STORY}</p><p>{STORY}</p></body></html>"
BODY = "\n\n".join([STORY] * 3)
MANY = 15_000_000


def zip_of(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def zip_overlapping(path: Path) -> None:
    """A table of contents that lists one packed member two thousand times."""
    zip_of(path, {"a.txt": b"0" * MANY})
    data = path.read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end] * 2000
    ending = data[end:][:10] + (2000).to_bytes(2, "little") + len(entries).to_bytes(4, "little") + data[end:][16:]
    path.write_bytes(data[:start] + entries + ending)


def gz(head: bytes, *, times: int = 1) -> Make:
    """A beginning and thirty megabytes of zeros, packed, and packed again."""

    def write(path: Path) -> None:
        data = head + b"0" * 30_000_000
        for _ in range(times):
            data = gzip.compress(data, 6)
        path.write_bytes(data)

    return write


def zip_outside(path: Path) -> None:
    zip_of(path, {"../../up.html": PAGE.encode(), "/etc/absolute.html": PAGE.encode()})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.html")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")


def tar_of(path: Path, *members: tuple[str, bytes, str]) -> None:
    with tarfile.open(path, "w") as archive:
        for name, data, link in members:
            info = tarfile.TarInfo(name)
            info.size, info.linkname = len(data), link
            info.type = tarfile.SYMTYPE if link else tarfile.REGTYPE
            archive.addfile(info, io.BytesIO(data))


def _tar_head() -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.size = 30_000_000
    return info.tobuf()


TAR_HEAD = _tar_head()


def tar_header(path: Path) -> None:
    """A header of a gigabyte that is not there: the file has a hole."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    with path.open("wb") as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        file.truncate(1 << 30)


def hole(size: int, head: bytes = b"") -> Make:
    """A file of so many bytes of which the disk holds the first only."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(size)

    return write


def bytes_of(make: Callable[[], bytes]) -> Make:
    return lambda path: path.write_bytes(make()) and None


def warc_record(length: int | None = None, body: bytes = PAGE.encode(), headers: bytes = b"") -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.org/\r\nContent-Type: application/http\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % (len(block) if length is None else length) + block + b"\r\n\r\n"


WARC_HEAD = warc_record(30_000_000, b"")[:-4]


def lying(length: int) -> Make:
    return bytes_of(lambda: warc_record(length) + warc_record() + warc_record())


def csv_long(quote: str) -> Make:
    """A cell of 100 MB between two good ones; most of it is a hole, which reads as NULs."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(f'url,text\n1,"{BODY}"\n2,{quote}'.encode())
            file.seek(100_000_000)
            file.write(f'{quote}\n3,"{BODY}"\n'.encode())

    return write


def linked(path: Path) -> None:
    """A folder with a page in it, and links out of it and to itself."""
    path.mkdir()
    (path / "a.html").write_text(PAGE, encoding="utf-8")
    for name, target in (("b.html", "/etc/passwd"), ("etc", "/etc"), ("self.html", "self.html"), ("up", "..")):
        (path / name).symlink_to(target)


def sqlite_of(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE x (text)")
        db.execute(
            "CREATE VIEW articles AS WITH RECURSIVE n(text) AS (SELECT 1 UNION ALL SELECT text FROM n) SELECT * FROM n"
        )
    db.close()


def parquet_of(path: Path) -> None:
    table = pa.table({"text": pa.array(["0" * 1_000_000] * 300)})
    pq.write_table(table, path, compression="zstd", use_dictionary=False, row_group_size=2000)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XXE = '<!DOCTYPE doc [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MHTML = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: {}\n\n{}\n--b--\n"
BIDI = "\u202e".join(STORY)

DATES = ["0000-00-00", "99999-12-31", "31 February 2020", 10**30, -1, 1e308, "Tue, 99 Foo 0000"]


def dates() -> bytes:
    """Rows with dates that no calendar has, in articles of their own."""
    rows = ({"text": f"{number} {BODY}", "date": date} for number, date in enumerate(DATES))
    return "\n".join(map(json.dumps, rows)).encode()


# name: what writes it, and the reasons and readings that must come of it ("" is an article)
CASES: dict[str, tuple[Make, list[str]]] = {
    "bomb.txt.gz": (gz(b""), ["too-large"]),
    "bomb.html.zst": (bytes_of(lambda: zstandard.compress(b"0" * MANY * 4)), ["too-large"]),
    "bomb.tar.gz": (gz(TAR_HEAD), ["too-large"] * 2),
    "bomb.jsonl.gz": (gz(b'{"text": "'), ["too-large", "too-large"]),
    "bomb.json.gz": (gz(b'[{"text": "'), ["too-large"]),
    "bomb.csv.gz": (gz(b'url,text\n1,"'), ["too-large"]),
    "bomb.xml.gz": (gz(b"<items><item><text>"), ["too-large"]),
    "bomb.warc.gz": (gz(WARC_HEAD), ["too-large"]),
    "bomb.zip": (lambda path: zip_of(path, {"a.txt": b"0" * MANY * 2, "b.html": PAGE.encode()}), ["too-large", ""]),
    "bomb-inside.warc": (bytes_of(lambda: warc_record(
        body=gzip.compress(b"0" * MANY * 2), headers=b"Content-Encoding: gzip\r\n")), ["too-large"]),
    "overlapping.zip": (zip_overlapping, ["too-large"] * 2000),
    "nested.gz": (gz(b"", times=9), ["too-large"]),
    "bomb.parquet": (parquet_of, ["too-large"]),
    "outside.zip": (zip_outside, ["", "", "outside"]),
    "outside.tar": (lambda path: tar_of(path, ("../../up.html", PAGE.encode(), ""), ("link", b"", "/etc/passwd")),
                    ["", "outside"]),
    "linked": (linked, ["outside", "outside", "", "outside", "unreadable"]),
    "header.tar": (tar_header, ["too-large"]),
    "laughs.xml": (bytes_of(f'<!DOCTYPE doc [<!ENTITY l0 "ha">{LAUGHS}]><doc><main><p>&l9;</p></main></doc>'.encode),
                   ["damaged"]),
    "xxe.xml": (bytes_of(f"{XXE}<doc><main><p>&x;</p></main></doc>".encode), ["damaged"]),
    "laughs.mhtml": (bytes_of(lambda: MHTML.format(
        "text/html", f'<!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]><html><p>&l9; {STORY}</p></html>').encode()), [""]),
    "xxe.mhtml": (bytes_of(lambda: MHTML.format("text/html", f"{XXE}<html><p>&x; {STORY}</p></html>").encode()), [""]),
    "entities.html": (bytes_of(f'<!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]><html><p>&l9; {STORY}</p>'.encode), [""]),
    "200-mb.html": (hole(200_000_000, PAGE.encode()), ["too-large"]),
    "4-mb.html": (bytes_of(f"<html>{f'<p>{STORY}</p>' * 36_000}</html>".encode), ["too-large"]),
    "one-line-50-mb.txt": (hole(50_000_000, STORY.encode()), ["too-large"]),
    "one-line-4-mb.txt": (bytes_of(lambda: f"{STORY} ".encode() * 36_000), [""]),
    "one-word-4-mb.txt": (bytes_of(lambda: b"a" * 4_000_000), ["no-body"]),
    "nested-tags.html": (bytes_of(lambda: b"<div>" * 100_000 + PAGE.encode()), ["too-large"]),
    "unclosed-tags.html": (bytes_of(lambda: b"<html>" + b"<p><b><i>word " * 20_000 + STORY.encode()), ["too-large"]),
    "unclosed-spans.html": (bytes_of(lambda: b"<html>" + b"<span>word " * 20_000 + STORY.encode()), ["too-large"]),
    "unclosed-markup.html": (bytes_of(lambda: b"<html><p>" + STORY.encode() + b"<div " * 100_000), [""]),
    "nuls.txt": (bytes_of(lambda: "\0".join(BODY).encode()), ["not-text"]),
    "few-nuls.txt": (bytes_of(lambda: BODY.replace(" the ", "\0 the ").encode()), [""]),
    "surrogates.json": (bytes_of(lambda: json.dumps([{"text": f"\ud800{BODY}\udfff"}]).encode()), [""]),
    "surrogates.jsonl": (bytes_of(lambda: json.dumps({"text": f"\ud800{BODY}\udfff", "title": "\udead"}).encode()), [""]),
    "surrogates.txt": (bytes_of(lambda: BODY.encode() + b"\xed\xa0\x80"), [""]),
    "bidi.txt": (bytes_of(f"{BIDI}\n\n{BODY}".encode), [""]),
    "gpj\u202etxt.html": (bytes_of(PAGE.encode), [""]),
    "encodings.html": (bytes_of(lambda: PAGE.encode("cp1252") + PAGE.encode("utf-8") + PAGE.encode("utf-16")), ["not-text"]),
    "encodings.jsonl": (bytes_of(lambda: b"\n".join(
        json.dumps({"text": BODY}, ensure_ascii=False).encode(charset) for charset in ("utf-8", "cp1252"))), ["", ""]),
    "content-type.warc": (bytes_of(lambda: warc_record(headers=b"Content-Type: image/png; charset=utf-7\r\n")), [""]),
    "dates.jsonl": (bytes_of(dates), [""] * 7),
    "cell-of-100-mb.csv": (csv_long('"'), ["", "too-large", ""]),
    "bare-cell-of-100-mb.csv": (csv_long(""), ["", "too-large", ""]),
    "marks.csv": (bytes_of(lambda: b'url,text\n1,"' + b'""' * 30_000_000), ["too-large"]),
    "columns.csv": (bytes_of(lambda: b"text," * 2_000_000), ["empty"]),
    "long-length.warc": (lying(2000), ["damaged", "", ""]),
    "short-length.warc": (lying(60), ["damaged", "", ""]),
    "huge-length.warc": (lying(10**20), ["damaged", "", ""]),
    "no-length.warc": (lying(-1), ["damaged", "", ""]),
    "deep.json": (bytes_of(lambda: b'[{"text":' + b"[" * 1_000_000), ["damaged"]),
    "deep.jsonl": (bytes_of(lambda: b'{"text":' + b"[" * 1_000_000 + b'\n{"text": "' + STORY.encode() * 2 + b'"}'),
                   ["damaged", ""]),
    "deep.xml": (bytes_of(lambda: b"<doc>" + b"<p>" * 1_000_000), ["damaged"]),
    "deep-items.xml": (bytes_of(lambda: b"<items>" + b"<item>" * 1_000_000), ["damaged"]),
    "cut.zip": (bytes_of(lambda: b"PK\x03\x04" + bytes(1000)), ["damaged"]),
    "cut.html.gz": (bytes_of(lambda: gzip.compress(PAGE.encode())[:-20]), ["damaged"]),
    "view.db": (sqlite_of, ["unknown-format"]),
}  # fmt: skip


def taken(path: Path) -> list[str]:
    """The reasons for which the documents of a file are rejected; nothing for an article."""
    found = []
    for document in documents([str(path)], {}):
        try:
            article = clean(raw_article(document))
        except Rejected as problem:
            found.append(problem.reason)
        else:
            article.model_dump_json()  # fails on a lone surrogate
            found.append("")
    return found


def apart(work: Callable[[], None]) -> int:
    """Do something in a process of its own, so that what it leaves in memory is not counted for the next; its status.

    Far above what is allowed the system ends it, so that a fault of ours does not end the machine.
    """
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    work()
    os._exit(0)


def measure(path: Path) -> None:
    """Read a file, and print the reasons, the seconds and the megabytes that it took."""
    start = time.process_time()
    found = taken(path)
    seconds = time.process_time() - start
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(json.dumps([path.name, found, seconds, int(status["VmHWM"].split()[0]) // 1000]), flush=True)


def main(folder: Path) -> None:
    """Make each file, and measure what it takes to read it."""
    for name, (make, _) in CASES.items():
        apart(partial(make, folder / name))
        if status := apart(partial(measure, folder / name)):
            print(json.dumps([name, [f"died of {status}"], 0, 0]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
