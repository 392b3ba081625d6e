"""Files with a row per article: JSON lines, JSON, CSV, Parquet, SQLite tables; each is read row by row."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any
from urllib.parse import quote

from pipeline.read.document import Document, SetupError
from pipeline.read.reading import Entry, Reading
from pipeline.read.rows import Columns, holding, is_header
from schemas.reject import Rejected

DELIMITERS = ",\t;|"
LINE = 1 << 20  # characters read at once
BETWEEN = re.compile(r"[\s,]*")
DECODER = json.JSONDecoder()
BATCH = 32  # rows of a Parquet file in memory


def jsonl(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A JSON object a line: a Scrapy feed, a crawler's log. A broken line is one reject."""
    limit = reading.limits.document_bytes * 2  # escapes: a quotation mark takes two bytes, a letter up to six
    for number, line in enumerate(_lines(entry.stream, limit), 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _json_row(f"{entry.source}#{number}", line, reading, limit)


def _lines(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """The lines of a stream; of one over the limit, a little more than that."""
    while line := stream.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1) or b"\n"


def _json_row(source: str, data: bytes, reading: Reading, limit: int) -> Document:
    """The document in the text of one JSON object."""
    if len(data) > limit:
        problem = Rejected("too-large", f"a row of more than {limit} bytes (twice the limit document_bytes)")
        return Document(source, None, problem=problem)
    try:
        row = json.loads(data.decode("utf-8-sig", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        return Document(source, None, problem=Rejected("damaged", f"no JSON: {error}; expected an object"))
    return reading.row(source, row)


def json_object(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A file that is one JSON object: an article as news-please, trafilatura or fundus write it."""
    limit = reading.limits.document_bytes * 2
    yield _json_row(entry.source, entry.stream.read(limit + 1), reading, limit)


def json_array(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A JSON array of objects: a Scrapy feed, articles saved by fundus. Read object by object."""
    text = io.TextIOWrapper(_unmarked(entry), "utf-8", "surrogateescape")
    for number, item in enumerate(_items(text, reading.limits.document_bytes * 2), 1):
        yield reading.row(f"{entry.source}#{number}", item)


def _items(text: io.TextIOWrapper, limit: int) -> Iterator[object]:
    """The items of a JSON array, each parsed as soon as enough of it was read, whose end is not known before."""
    window, place = text.read(LINE).lstrip(), 1
    while True:
        place = BETWEEN.match(window, place).end()  # type: ignore[union-attr] # it matches nothing, too
        if window.startswith("]", place):
            return
        try:
            item, place = DECODER.raw_decode(window, place)
        except ValueError as error:
            window, place, more = window[place:], 0, text.read(max(LINE, len(window) - place))
            if not more:
                raise
            if len(window) > limit:
                raise Rejected("too-large", f"an item of more than {limit} bytes; the rest was not read") from error
            window += more
        else:
            yield item


def _unmarked(entry: Entry) -> io.BufferedReader:
    """The stream without a byte-order mark."""
    if entry.stream.peek(3).startswith(b"\xef\xbb\xbf"):
        entry.stream.read(3)
    return entry.stream


def delimited(entry: Entry, reading: Reading) -> Iterator[Document]:
    """CSV or TSV with a header line and a row per article; commas, tabs, semicolons and bars are told apart by the header.

    A cell keeps its bytes, so that each article is decoded for itself; of a row over the limit only marks are kept.
    """
    head = entry.stream.peek()
    limit = reading.limits.document_bytes * 2
    csv.field_size_limit(limit * 2)
    delimiter = delimiter_of(head, reading.columns) or ("\t" if entry.name.lower().endswith(".tsv") else ",")
    lines = _Lines(io.TextIOWrapper(_unmarked(entry), "latin-1", newline=""), limit)
    rows = csv.reader(lines, delimiter=delimiter)
    names = [_cell(name) for name in next(rows, [])]
    holding(names, reading.columns)
    for number, row in enumerate(filter(None, rows), 1):
        source = f"{entry.source}#{number}"
        if lines.size > limit:
            yield Document(source, None, problem=Rejected("too-large", f"a row of more than {limit} bytes"))
        else:
            cells = [cell.encode("latin-1") for cell in row]
            yield reading.row(source, dict(zip(names, cells, strict=False)))
        lines.size = 0


def _cell(text: str) -> str:
    """The words of a cell that was read byte for byte."""
    try:
        return text.encode("latin-1").decode("utf-8-sig")
    except UnicodeError:
        return text


def delimiter_of(head: bytes, columns: Columns) -> str | None:
    """The delimiter by which the first line is a header that names an article's column and another; None if none is."""
    line = next(iter(head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()), "")[:10_000]
    for delimiter in DELIMITERS:
        names = [name.strip(' "') for name in line.split(delimiter)]
        if is_header(names, columns):
            return delimiter
    return None


class _Lines:
    """The lines of a text; what a row has beyond the limit is cut to the marks that tell where its cells end."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self._text = text
        self._limit = limit
        self.size = 0
        """Characters since the last row; whoever takes a row sets it to nought."""

    def __iter__(self) -> Iterator[str]:
        """Each line, with its end."""
        pieces: list[str] = []
        kept = 0
        while piece := self._text.readline(LINE):
            self.size += len(piece)
            ends = piece.endswith(("\n", "\r"))
            if self.size > self._limit:
                piece = re.sub(rf'[^"{re.escape(DELIMITERS)}\r\n]+', "", piece)
            kept += len(piece)
            if kept > self._limit * 2:
                raise Rejected("too-large", f"a line of more than {self._limit} marks; the rest was not read")
            pieces.append(piece)
            if ends:
                yield "".join(pieces)
                pieces, kept = [], 0
        if pieces:
            yield "".join(pieces)


def parquet(entry: Entry, reading: Reading) -> Iterator[Document]:
    """Parquet with a row per article; needs the extra `parquet`."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError as error:
        advice = "pip install '.[parquet]' in the program's folder"
        raise SetupError(f"{entry.source}: a Parquet file, which needs pyarrow; install it: {advice}") from error
    with reading.seekable(entry) as file, closing(ParquetFile(file, buffer_size=1 << 16)) as table:
        names = holding(table.schema_arrow.names, reading.columns)
        _check_chunks(table.metadata, reading.limits.held_bytes)
        number = 0
        for batch in table.iter_batches(BATCH, columns=names, use_threads=False):
            temporal = [pa.types.is_temporal(kind) for kind in batch.schema.types]  # years that Python has no date for
            cells = [column.cast(pa.string()) if odd else column for column, odd in zip(batch, temporal, strict=True)]
            for row in pa.table(cells, names=batch.schema.names).to_pylist():
                number += 1
                found = reading.row(f"{entry.source}#{number}", row)
                reading.meter.unpack(len(found.data or b""))
                yield found


def _check_chunks(metadata: Any, limit: int) -> None:
    """Refuse a file whose parts, each of which is unpacked as a whole, are too large."""
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(column)
            packed, size = chunk.total_compressed_size, chunk.total_uncompressed_size
            if size > limit * 4 and size > packed * 20:
                raise Rejected("too-large", f"a column that unpacks from {packed} to {size} bytes (limit held_bytes)")


def sqlite(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A table of a SQLite database with a row per article, named as `FILE:TABLE`; opened read-only."""
    if entry.table is None:
        advice = f"name the table to read: {entry.name}:TABLE"
        raise Rejected("unknown-format", f"a SQLite database, of which only a table is read; {advice}")
    with closing(_connection(entry, reading)) as db:
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, reading.limits.document_bytes * 4)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage")]
        if entry.table not in tables:
            raise SetupError(f"{entry.source}: no such table; expected one of {', '.join(tables)}")
        db.text_factory = bytes
        quoted = entry.table.replace('"', '""')
        rows = db.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - a name that the schema holds, quoted
        names = [column[0] for column in rows.description]
        holding(names, reading.columns)
        for number, row in enumerate(rows, 1):
            yield reading.row(f"{entry.source}#{number}", dict(zip(names, row, strict=True)))


def _connection(entry: Entry, reading: Reading) -> sqlite3.Connection:
    """The database, opened so that nothing is written beside it."""
    if entry.path is None:
        raise Rejected("unknown-format", "a SQLite database inside another file; unpack it first")
    log = entry.path.with_name(f"{entry.path.name}-wal")
    if log.exists() and log.stat().st_size:
        advice = f"close it in the program that writes it, or run: sqlite3 {entry.path.name} 'pragma wal_checkpoint'"
        raise SetupError(f"{entry.source}: the database has a write-ahead log that is not merged; {advice}")
    return sqlite3.connect(f"file:{quote(str(entry.path.absolute()))}?mode=ro&immutable=1", uri=True)
