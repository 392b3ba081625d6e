"""The formats that a dump may have: each is told by the first bytes of a file, and read by one function.

To add one: a function from an entry to documents, and a line in `READERS`. The first whose `fits` says yes reads the file.
"""

import csv
import json
import re
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from mimetypes import MimeTypes
from pathlib import PurePosixPath

import zstandard

from pipeline.read import archives, markup, tables, warc
from pipeline.read.document import SILENT, Document
from pipeline.read.reading import Entry, Reading
from pipeline.read.stream import HEAD, Recoded, counted, uncounted, whole
from schemas.reject import Rejected

Fits = Callable[[bytes, Entry, Reading], bool]
BROKEN = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
    zstandard.ZstdError,
    csv.Error,
    sqlite3.Error,
    SyntaxError,
)  # fmt: skip - what libraries raise over a damaged file; XML's ParseError is a SyntaxError
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|article|section|main|h1)\b", re.IGNORECASE)
PAGES = {"text/html", "text/plain", "text/markdown", "application/xhtml+xml"}
UTF16 = (b"\xff\xfe", b"\xfe\xff")
PACKED = re.compile(r"\.(?:gz|zst|zstd|gzip)$", re.IGNORECASE)
SUFFIXES = MimeTypes()  # those that Python knows: what is installed on the machine is not asked


@dataclass(frozen=True)
class Format:
    """A format: its name, how it is known, and the function that reads it, whose docstring says what is read."""

    name: str
    fits: Fits
    read: Callable[[Entry, Reading], Iterator[Document]]

    @property
    def about(self) -> str:
        """What is read from it: the first paragraph of the function's docstring."""
        return " ".join((self.read.__doc__ or "").partition("\n\n")[0].split())


def page(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A web page or a plain text (.html, .htm, .txt, or any name): one article. Files of other media are rejected."""
    media = _media(entry)
    if media and media not in PAGES and not MARKUP.search(entry.stream.peek()):
        raise Rejected("unknown-format", f"{media}; expected text, HTML, or one of `ofsted-records formats`")
    data = whole(entry.stream, reading.limits.document_bytes, "document_bytes")
    yield Document(entry.source, data, entry.sidecar, charset=entry.charset)


def _media(entry: Entry) -> str | None:
    """The media type that a file claims by its headers or its name; None where it claims none."""
    if entry.media:
        return entry.media.partition(";")[0].strip().lower()
    return SUFFIXES.guess_type(f"x{_suffix(entry)}")[0]


def _suffix(entry: Entry) -> str:
    """The suffix of a file's name, below that of its compression."""
    return PurePosixPath(PACKED.sub("", entry.name)).suffix.lower()


def _starts(*magic: bytes) -> Fits:
    """Whether a file starts with one of these."""
    return lambda head, entry, reading: head.startswith(magic)


def _wacz(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether a zip archive is a web archive collection."""
    named = entry.name.lower().endswith(".wacz") or b"pages/pages.jsonl" in head
    return head.startswith(b"PK\x03\x04") and (named or re.search(rb"archive/[^/]{1,200}\.warc", head) is not None)


def _tar(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether a file starts with the header of a tar member, whose checksum is right."""
    try:
        return bool(tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape"))
    except tarfile.TarError:
        return False


def _mhtml(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether a file starts with MIME headers."""
    headers = re.split(rb"\r?\n\r?\n", head[:16_000].lstrip(), maxsplit=1)[0].lower()
    lines = headers.splitlines()
    mime = all(re.match(rb"[\w-]+:|[ \t]", line) for line in lines)
    return mime and b"\nmime-version:" in b"\n" + headers and b"content-type:" in headers


def _root(*names: bytes) -> Fits:
    """Whether a file is XML with one of these root elements."""
    start = rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE.{0,8000}?(?:\]\s*)?>\s*)*"
    pattern = re.compile(start + rb"<(?:" + b"|".join(names) + rb")[\s/>]", re.DOTALL)
    return lambda head, entry, reading: pattern.match(head) is not None


def _array(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether a file starts as an array of objects."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\]\s*\Z)", head) is not None


def _lines(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether one of the first lines is a JSON object; of a longer line, whether the file is named so."""
    if not re.match(rb"(?:\xef\xbb\xbf)?\s*\{", head):
        return False
    named = _suffix(entry) in (".jsonl", ".ndjson", ".jl")
    return named or any(_is_object(line) for line in head.split(b"\n", 20)[:-1])


def _is_object(line: bytes) -> bool:
    """Whether a line is a whole JSON object."""
    try:
        return isinstance(json.loads(line.removeprefix(b"\xef\xbb\xbf")), dict)
    except (ValueError, RecursionError):
        return False


def _object(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether a file starts as a JSON object."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]", head) is not None


def _delimited(head: bytes, entry: Entry, reading: Reading) -> bool:
    """Whether a file is named as a table, or its first line is the header of one."""
    if _suffix(entry) in (".csv", ".tsv"):
        return bool(head.strip())
    return _media(entry) not in PAGES and tables.delimiter_of(head, reading.columns) is not None


READERS = (
    Format("gzip", _starts(b"\x1f\x8b"), archives.gz),
    Format("zst", _starts(b"\x28\xb5\x2f\xfd"), archives.zst),
    Format("wacz", _wacz, archives.wacz),
    Format("zip", _starts(b"PK\x03\x04", b"PK\x05\x06"), archives.zipped),
    Format("tar", _tar, archives.tar),
    Format("warc", _starts(b"WARC/"), warc.warc),
    Format("parquet", _starts(b"PAR1"), tables.parquet),
    Format("sqlite", _starts(b"SQLite format 3\0"), tables.sqlite),
    Format("mhtml", _mhtml, markup.mhtml),
    Format("xml", _root(b"doc", b"TEI"), markup.xml),
    Format("xml feed", _root(b"items"), markup.xml_items),
    Format("json array", _array, tables.json_array),
    Format("json lines", _lines, tables.jsonl),
    Format("json", _object, tables.json_object),
    Format("csv, tsv", _delimited, tables.delimited),
    Format("page, text", lambda head, entry, reading: True, page),
)


def read(source: str, opened: Callable[[], Entry], reading: Reading) -> Iterator[Document]:
    """The documents in an entry, whatever its format; one with a problem for what can't be read.

    A problem ends the entry, not the dump. What `opened` raises counts as one too.
    """
    found, sidecar = 0, SILENT
    closing = ExitStack()
    try:
        entry = opened()
        closing.callback(entry.stream.close)
        sidecar = entry.sidecar
        if reading.depth > reading.limits.depth:
            raise Rejected(
                "too-large", f"files stand more than {reading.limits.depth} deep in one another (limit depth)"
            )
        format, entry = _format(entry, reading)
        for document in format.read(entry, replace(reading, depth=reading.depth + 1, names=set())):
            found += 1
            yield document
        if not found:
            raise Rejected("empty", "nothing to read in it; expected an article")
    except Rejected as problem:
        yield Document(source, None, sidecar, problem)
    except BROKEN as error:
        told = f"{type(error).__name__}: {error}"[:300]
        after = f" after {found} that were read" if found else ""
        yield Document(source, None, sidecar, Rejected("damaged", f"can't be read{after}: {told}"))
    finally:
        closing.close()


def _format(entry: Entry, reading: Reading) -> tuple[Format, Entry]:
    """The format of an entry, and the entry to read: a table in UTF-16 is read as UTF-8, a page keeps its bytes."""
    head = entry.stream.peek(HEAD)
    if head.startswith(UTF16):
        text = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
        table = next(each for each in READERS if each.fits(text, entry, reading))
        if table is not READERS[-1]:
            return table, replace(entry, stream=counted(Recoded(entry.stream), uncounted), path=None)
    return next(each for each in READERS if each.fits(head, entry, reading)), entry
