"""Dump -> RawArticle: finds the documents of a dump, decodes them, and joins what a metadata file says of them."""

import csv
import glob
import hashlib
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import ftfy
from charset_normalizer import from_bytes

from schemas.article import Publisher, RawArticle
from schemas.base import Record
from schemas.reject import Rejected

SUFFIXES = (".txt", ".html", ".htm")
SIZE_LIMIT = 20_000_000  # bytes; the longest article seen has 30 thousand, the heaviest page 400 thousand
SIGNATURES = (b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]+)", re.IGNORECASE)
WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|main|table|h1|br)\b[^<>]*>", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
SURROGATE = re.compile("[\ud800-\udfff]")
NAME_COLUMNS = ("file", "source", "filename")


class NoInput(Exception):
    """A dump that was named holds nothing to read."""


class MetadataError(Exception):
    """A metadata file is wrong: says which file, line and column, and what was expected."""


@dataclass(frozen=True)
class Input:
    """One document to read."""

    source: str
    """POSIX path from the dump's folder; the file's name where the dump is a single file."""
    path: Path


class Sidecar(Record):
    """What a metadata file says of one document."""

    url: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: Publisher | None = None


@dataclass(frozen=True)
class Document:
    """One document of a dump: its bytes as they were found, and what a row or the metadata file says of it."""

    source: str
    data: bytes | None
    sidecar: Sidecar
    problem: Rejected | None = None
    """Why the container could not give it."""


def documents(dumps: Sequence[str], metadata: Mapping[str, Sidecar]) -> Iterator[Document]:
    """The documents of files, folders and glob patterns, in stable order, each source unique."""
    return (document_of(item, metadata) for item in inputs(dumps))


def document_of(item: Input, metadata: Mapping[str, Sidecar]) -> Document:
    """One file's bytes, with its sidecar."""
    sidecar = metadata.get(item.source) or metadata.get(item.source.rpartition("/")[2]) or Sidecar()
    try:
        return Document(item.source, _bytes(item.path), sidecar)
    except Rejected as problem:
        return Document(item.source, None, sidecar, problem)


def inputs(dumps: Sequence[str]) -> list[Input]:
    """The documents of files, folders and glob patterns, in stable order, each file once, each source unique."""
    found: dict[str, tuple[Path, Path]] = {}
    for dump in dumps:
        for root, path in _documents(dump):
            found.setdefault(os.path.abspath(path), (root, path))
    pairs = list(found.values())
    depth, names = 0, [_source(root, path, 0) for root, path in pairs]
    while len(set(names)) < len(names):
        depth += 1
        again = Counter(names)
        names = [
            _source(root, path, depth) if again[name] > 1 else name
            for name, (root, path) in zip(names, pairs, strict=True)
        ]
        if depth > max(len(path.absolute().parts) for _, path in pairs):  # names that differ in undecodable bytes only
            names = [f"{name}~{number}" if again[name] > 1 else name for number, name in enumerate(names)]
    return [Input(name, path) for name, (_, path) in zip(names, pairs, strict=True)]


def _documents(dump: str) -> Iterator[tuple[Path, Path]]:
    """The files that one argument names, each with the folder that its source starts from."""
    path = Path(dump)
    if path.is_dir():
        files = [(path, file) for file in _walk(path)]
    elif path.exists():
        files = [(path.parent, path)]
    elif glob.has_magic(dump):
        root = Path(*_fixed(path.parts))
        matches = sorted(Path(name) for name in glob.glob(dump, recursive=True))
        files = [(root, file) for match in matches for file in (_walk(match) if match.is_dir() else [match])]
    else:
        raise NoInput(f"{shown(dump)}: no such file or folder; give a file, a folder, or a glob pattern in quotes")
    if not files:
        raise NoInput(f"{shown(dump)}: no document in it; expected files ending in {', '.join(SUFFIXES)}")
    yield from files


def _fixed(parts: Sequence[str]) -> Iterator[str]:
    """The parts of a pattern before the first one with a wildcard."""
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _walk(folder: Path) -> Iterator[Path]:
    """Every document under a folder, hidden files and folders left out, in the order of their names."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(root, name)


def _source(root: Path, path: Path, depth: int) -> str:
    """The path from the dump's folder, with so many of the folders above it."""
    above = root.absolute().parts[1:]
    prefix = above[len(above) - min(depth, len(above)) :]
    return shown(Path(*prefix, path.relative_to(root)).as_posix())


def shown(name: str) -> str:
    r"""A file name that can be printed and stored: bytes that are no UTF-8 are written as escapes.

    >>> shown("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def raw_article(input: Document | Input, metadata: Mapping[str, Sidecar] | None = None) -> RawArticle:
    """One document decoded, with its sidecar; raises `Rejected` for what can't be read as text."""
    document = input if isinstance(input, Document) else document_of(input, metadata or {})
    if document.problem or document.data is None:
        raise document.problem or Rejected("unreadable", "the dump did not give its bytes")
    data = document.data
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise Rejected("empty", "the file has nothing in it; expected an article", sha256)
    text = _decoded(data)
    if text is None:
        raise Rejected("not-text", "the bytes are no text in any known encoding; expected plain text or HTML", sha256)
    media: Literal["text", "html"] = "html" if MARKUP.search(text) else "text"
    content = mended(text, media)
    if not content.strip():
        raise Rejected("empty", "the file has nothing but blanks in it; expected an article", sha256)
    return RawArticle(source=input.source, media=media, content=content, sha256=sha256, **document.sidecar.model_dump())


def _bytes(path: Path) -> bytes:
    """The file's bytes; pipes and devices, which would block, are not opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Rejected("unreadable", "not a regular file; expected a document")
        if status.st_size > SIZE_LIMIT:
            raise Rejected("too-large", f"{status.st_size} bytes; expected at most {SIZE_LIMIT}")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise Rejected("unreadable", f"can't be opened: {getattr(error, 'strerror', None) or error}") from error


def _decoded(data: bytes) -> str | None:
    """The text, by byte-order mark, declared charset, UTF-8 or guess, in this order; None where none gives text."""
    if data.startswith(SIGNATURES):
        return None
    declared = CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    charsets = [*(charset for mark, charset in BOMS if data.startswith(mark)), WIDER.get(name, name), "utf-8"]
    for charset in charsets:
        try:
            text = data.decode(charset)
        except (LookupError, UnicodeError):
            continue
        if isinstance(text, str) and not _binary(text):
            return text
    guess = from_bytes(data).best()
    text = str(guess) if guess else ""
    return text if text and not _binary(text) else None


def _binary(text: str) -> bool:
    """Whether more than one character in twenty is one that no text has."""
    return len(CONTROL.findall(text)) * 20 > len(text)


def mended(text: str, media: Literal["text", "html"]) -> str:
    """Text with mojibake repaired, NFC, line feeds only; quotation marks stay: their style tells publishers apart.

    >>> mended("the councilâ€™s services", "text")
    'the council’s services'
    """
    config = ftfy.TextFixerConfig(
        unescape_html=False if media == "html" else "auto", uncurl_quotes=False, explain=False, normalization="NFC"
    )
    return SURROGATE.sub("", ftfy.fix_text(SURROGATE.sub("", text.replace("\x00", "")), config)).lstrip("\ufeff")


def load_metadata(path: Path) -> Mapping[str, Sidecar]:
    """The rows of a csv or jsonl file, by file name: the whole path, and the last part of it where that is unique."""
    rows: dict[str, Sidecar] = {}
    for number, row in _rows(path):
        name = next((str(row[key]) for key in NAME_COLUMNS if row.get(key)), "")
        where = f"{path.name}, line {number}"
        if not name:
            raise MetadataError(f"{where}: no file name; expected one in a column {', '.join(NAME_COLUMNS)}")
        if name in rows:
            raise MetadataError(f"{where}, file {name!r}: named twice; expected one row a file")
        rows[name] = _sidecar(where, row)
    last = Counter(name.rpartition("/")[2] for name in rows)
    short = {base: side for name, side in rows.items() if last[base := name.rpartition("/")[2]] == 1}
    return short | rows


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The rows of a metadata file, each with its line number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() == ".csv":
                reader = csv.DictReader(file)
                yield from ((reader.line_num, row) for row in reader)
                return
            for number, line in enumerate(file, 1):
                row = json.loads(line) if line.strip() else None
                if isinstance(row, dict):
                    yield number, row
                elif row is not None:
                    raise MetadataError(f"{path.name}, line {number}: expected one JSON object a line")
    except (OSError, ValueError, csv.Error) as error:
        raise MetadataError(
            f"{path.name}: expected a csv file with a header, or JSON lines, in UTF-8: {error}"
        ) from error


def _sidecar(where: str, row: Mapping[str, object]) -> Sidecar:
    """One row, its values checked; blank cells count as not given."""
    cells = {key: str(row[key]).strip() or None for key in Sidecar.model_fields if row.get(key) is not None}
    published, publisher = cells.get("published"), cells.get("publisher")
    if published:
        try:
            cells["published"] = date.fromisoformat(published[:10]).isoformat()
        except ValueError as error:
            raise MetadataError(
                f"{where}, column published: {published!r}; expected an ISO date, 2020-03-17"
            ) from error
    if publisher and publisher not in get_args(Publisher):
        raise MetadataError(f"{where}, column publisher: {publisher!r}; expected one of {get_args(Publisher)}")
    return Sidecar.model_validate(cells)
