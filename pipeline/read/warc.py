"""Web archives (WARC): each response becomes a document, with its address and what its headers say of its encoding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipeline.read.document import Document, Sidecar
from pipeline.read.reading import Entry, Reading
from pipeline.read.stream import counted, uncounted, whole
from schemas.reject import Rejected

HEADERS = 1_000_000  # bytes that the headers of a response may have
SLACK = 64  # bytes by which headers may be longer than their names and values: blanks
INNER = re.compile(rb"\r?\n\r?\n(WARC/[01]\.\d\r?\n)")
WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
FOUND = 200  # the HTTP status of a page that was there


@dataclass(frozen=True)
class Record:
    """A record and its block, read."""

    source: str
    warc: WarcRecord
    block: bytes

    @property
    def length(self) -> int:
        """How long the block is by its header."""
        stated = self.warc.headers.get("Content-Length") or ""
        return int(stated) if stated.isdecimal() and len(stated) < 20 else 0

    @property
    def end(self) -> int:
        """Where the record ends by its header, but for blanks in its headers."""
        headers = sum(len(name) + len(value) + len(": \r\n") for name, value in self.warc.headers.items())
        return int(self.warc.stream_pos) + len("\r\nWARC/1.0\r\n\r\n") + headers + self.length


def warc(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A web archive (WARC): each response, resource and conversion, unchunked and unpacked; other records are about these."""
    before: Record | None = None
    for number, record in enumerate(ArchiveIterator(entry.stream, parse_http=False, quirks_mode=True), 1):
        if before:
            yield from _documents(entry, reading, before, record.stream_pos)
        reading.meter.member()
        source = f"{entry.source}#{number}"
        wanted = record.record_type & WANTED
        before = Record(source, record, record.reader.read(reading.limits.document_bytes + HEADERS)) if wanted else None
    if before:
        yield from _documents(entry, reading, before, None)


def _documents(entry: Entry, reading: Reading, record: Record, following: int | None) -> Iterator[Document]:
    """The documents in one record, where the next one starts at `following`; those that it ran into as well."""
    sidecar = Sidecar(url=record.warc.headers.get("WARC-Target-URI"))
    limit = reading.limits.document_bytes
    inner = INNER.search(record.block)
    missed = 0 if following is None else following - record.end
    if inner or missed > SLACK or len(record.block) < min(record.length, limit + HEADERS):
        problem = Rejected("damaged", "its length is wrong: it ends before, or runs into, the next record or the end")
        yield Document(record.source, None, sidecar, problem)
    elif len(record.block) >= limit + HEADERS:
        problem = Rejected("too-large", f"more than {limit} bytes (limit document_bytes)")
        yield Document(record.source, None, sidecar, problem)
    else:
        opened = partial(_entry, record.source, sidecar, record.warc, record.block, reading)
        yield from reading.read(record.source, opened, reading)
    if inner:
        rest = counted(BytesIO(record.block[inner.start(1) :]), uncounted)
        yield from warc(replace(entry, source=record.source, stream=rest), reading)


def _entry(source: str, sidecar: Sidecar, record: WarcRecord, block: bytes, reading: Reading) -> Entry:
    """The payload of a record; raises `Rejected` for pages that were not there."""
    if not record.is_http:
        media = record.headers.get("Content-Type")
        return Entry(source, counted(BytesIO(block), uncounted), media=media, sidecar=sidecar)
    response, payload = _payload(block, reading.limits.document_bytes)
    status = response.http_headers.status_code if response.http_headers else None
    if status != FOUND:
        raise Rejected("not-an-article", f"the site answered with HTTP status {status}; expected {FOUND}")
    reading.meter.unpack(max(0, len(payload) - len(block)))
    return Entry(
        source, counted(BytesIO(payload), uncounted), media=response.http_content_type, charset=response.http_charset,
        sidecar=sidecar,
    )  # fmt: skip


def _payload(block: bytes, limit: int) -> tuple[WarcRecord, bytes]:
    """An HTTP response and its body, decoded; as it is where it is not encoded in the way that its headers say."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    record = head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"
    try:
        response = WarcRecord.from_bytes(record)
        response.parse_http(auto_decode="all", quirks_mode=True)
        return response, whole(response.reader, limit, "document_bytes")
    except OSError:
        response = WarcRecord.from_bytes(record)
        response.parse_http(quirks_mode=True)
        return response, whole(response.reader, limit, "document_bytes")
