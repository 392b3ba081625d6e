"""Compressed files and archives: each gives the entries in it, which are read in turn, whatever they are."""

import gzip
import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO

import zstandard

from pipeline.read.document import Document
from pipeline.read.reading import Entry, Reading
from pipeline.read.stream import Allowance, Readable, counted
from schemas.reject import Rejected

HEADERS = 10_000_000  # bytes of headers before a tar member; usual are one to three blocks of 512
WINDOW = 1 << 27  # bytes that a zst file may make its reader keep; what `zstd --long=27` writes
LINK = Rejected("outside", "a link; only what lies in the dump itself is read")


def gz(entry: Entry, reading: Reading) -> Iterator[Document]:
    """Any of the formats compressed with gzip."""
    return _unpacked(entry, reading, gzip.GzipFile(fileobj=entry.stream))


def zst(entry: Entry, reading: Reading) -> Iterator[Document]:
    """Any of the formats compressed with Zstandard."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW)
    return _unpacked(entry, reading, unpacker.stream_reader(entry.stream, read_across_frames=True))


def _unpacked(entry: Entry, reading: Reading, stream: Readable) -> Iterator[Document]:
    """What is in a compressed file; it keeps the name of the file."""
    opened = counted(stream, reading.meter.unpack)
    return reading.read(entry.source, lambda: replace(entry, stream=opened, path=None), reading)


def zipped(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A zip archive of files of any of the formats, archives too."""
    return _zip(entry, reading, "")


def wacz(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A web archive collection (WACZ): the WARC files under `archive/`; indexes and page lists are passed over."""
    return _zip(entry, reading, "archive/")


def _zip(entry: Entry, reading: Reading, folder: str) -> Iterator[Document]:
    """The files of a zip archive under a folder."""
    with reading.seekable(entry) as file:
        if directory(file) // 46 > reading.limits.members:
            raise Rejected("too-large", f"more than {reading.limits.members} members (limit members)")
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.is_dir() or not info.filename.startswith(folder):
                    continue
                opened = _linked if stat.S_ISLNK(info.external_attr >> 16) else partial(archive.open, info)
                yield from reading.member(entry, info.filename, opened, unpacks=True)


def directory(file: IO[bytes]) -> int:
    """The size of a zip's table of contents, of whose entries each takes 46 bytes or more: it is read as a whole."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))  # the longest ending: 22 bytes and a comment
    tail = file.read()
    file.seek(0)
    ending = tail.rfind(b"PK\x05\x06")
    if ending < 0 or ending + 22 > len(tail):
        raise Rejected("damaged", "a zip archive without its table of contents; it was cut")
    length, start = struct.unpack("<II", tail[ending + 12 : ending + 20])
    return size if 0xFFFFFFFF in (length, start) else length  # zip64 keeps it elsewhere; it can't be more than all


def _linked() -> Readable:
    """Refuse to open a link."""
    raise LINK


def tar(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A tar archive of files of any of the formats, archives too; read from front to back."""
    allowance = Allowance(HEADERS)
    with tarfile.open(fileobj=counted(entry.stream, allowance.spend), mode="r|") as archive:
        for info in archive:
            allowance.renew(info.size)
            vars(archive)["members"].clear()  # tarfile keeps them all
            if not info.isdir():
                yield from reading.member(entry, info.name, partial(_file, archive, info))


def _file(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    """The bytes of a member; raises `Rejected` for links, pipes and devices."""
    file = archive.extractfile(info) if info.isfile() else None
    if file is None:
        raise LINK if info.islnk() or info.issym() else Rejected("unreadable", "a pipe or device; expected a file")
    return file
