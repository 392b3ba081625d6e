"""Web archives (WARC): each response becomes a document, with its address and what its headers say of its encoding."""

import re
from collections.abc import Iterator
from io import BytesIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipeline.read.document import Document, Sidecar
from pipeline.read.reading import Entry, Reading
from pipeline.read.stream import counted, uncounted, whole
from schemas.reject import Rejected

HEADERS = 1_000_000  # bytes that the headers of a response may have
SLACK = 512  # bytes by which headers may be longer than their names and values: blanks, folded lines
INNER = re.compile(rb"\r?\n\r?\nWARC/[01]\.\d\r?\n")
WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
FOUND = 200  # the HTTP status of a page that was there


def warc(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A web archive (WARC): each response, resource and conversion, unchunked and unpacked; other records are about these."""
    before: tuple[str, WarcRecord, bytes] | None = None
    ends = 0
    for number, record in enumerate(ArchiveIterator(entry.stream, parse_http=False, quirks_mode=True), 1):
        if before:
            yield from _documents(reading, *before, missed=record.stream_pos - ends)
        reading.meter.member()
        ends = record.stream_pos + _length(record)
        before = None
        if record.record_type & WANTED:
            before = f"{entry.source}#{number}", record, record.reader.read(reading.limits.document_bytes + HEADERS)
    if before:
        yield from _documents(reading, *before, missed=0)


def _length(record: WarcRecord) -> int:
    """How long a record says that it is with its headers, but for blanks in these."""
    headers = sum(len(name) + len(value) + len(": \r\n") for name, value in record.headers.items())
    return len("\r\nWARC/1.0\r\n") + headers + len("\r\n") + int(record.headers.get("Content-Length") or 0)


def _documents(reading: Reading, source: str, record: WarcRecord, block: bytes, *, missed: int) -> Iterator[Document]:
    """The documents in one record, of which so many bytes lie beyond its stated length."""
    sidecar = Sidecar(url=record.headers.get("WARC-Target-URI"))
    limit = reading.limits.document_bytes
    inner = INNER.search(block)
    if inner or missed > SLACK:
        problem = Rejected("damaged", "its length is wrong: it ends before, or runs into, the next record")
    elif len(block) >= limit + HEADERS:
        problem = Rejected("too-large", f"more than {limit} bytes (limit document_bytes)")
    else:
        yield from reading.read(source, lambda: _entry(source, sidecar, record, block, reading), reading)
        return
    yield Document(source, None, sidecar, problem)


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
