"""What every reader works with: the entry that it reads, and the reading that it is part of."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pipeline.read.document import SILENT, Document, Sidecar
from pipeline.read.limits import Limits
from pipeline.read.rows import Columns, document
from pipeline.read.stream import Meter, Readable, counted, uncounted, whole
from schemas.reject import Rejected

UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FURNITURE = "__MACOSX"  # what archives made on a Mac hold beside each file


@dataclass(frozen=True)
class Entry:
    """A file of a dump, a member of an archive, or a response in a web archive, at its first byte."""

    source: str
    stream: io.BufferedReader
    path: Path | None = None
    """Where the file lies, if it lies on disk by itself."""
    table: str | None = None
    """The table of a database that is to be read."""
    media: str | None = None
    """The media type that HTTP headers name."""
    charset: str | None = None
    sidecar: Sidecar = SILENT

    @property
    def name(self) -> str:
        """The last part of the source."""
        return re.split(r"[/!]", self.source)[-1]


@dataclass(frozen=True)
class Reading:
    """The reading of one file of a dump, with all that is nested in it."""

    columns: Columns
    limits: Limits
    meter: Meter
    read: Callable[[str, Callable[[], Entry], "Reading"], Iterator[Document]]
    """Reads what an opened entry holds, whatever its format (`formats.read`)."""
    depth: int = 0
    names: set[str] = field(default_factory=set)
    """The sources of the members of the archive that is being read: a name may come twice."""

    def member(
        self, entry: Entry, name: str, opened: Callable[[], Readable], *, unpacks: bool = False
    ) -> Iterator[Document]:
        """The documents in a member of an archive; of hidden files none."""
        parts = name.replace("\\", "/").split("/")
        if any(part == FURNITURE or (part.startswith(".") and part.strip(".")) for part in parts):
            return
        self.meter.member()
        source = plain = f"{entry.source}!{shown(name)}"
        number = 1
        while source in self.names:
            number += 1
            source = f"{plain}~{number}"
        self.names.add(source)
        count = self.meter.unpack if unpacks else uncounted
        yield from self.read(source, lambda: Entry(source, counted(opened(), count)), self)

    def row(self, source: str, row: object) -> Document:
        """The document in a row."""
        if isinstance(row, dict):
            return document(source, row, self.columns, self.limits.document_bytes)
        problem = Rejected("unknown-format", f"a row that is no object but {type(row).__name__}; expected an object")
        return Document(source, None, problem=problem)

    def seekable(self, entry: Entry) -> IO[bytes]:
        """The entry's bytes for a format that is not read from front to back: the file itself, else held in memory."""
        if entry.path is not None:
            return entry.path.open("rb")
        return io.BytesIO(whole(entry.stream, self.limits.held_bytes, "held_bytes"))


def shown(name: str) -> str:
    r"""A name that can be printed and stored: bytes that are no UTF-8, controls and marks of direction become escapes.

    >>> shown("caf\udce9.txt"), shown("gpj\u202e.txt")
    ('caf\\xe9.txt', 'gpj\\u202e.txt')
    """
    return UNSHOWN.sub(_escape, name)


def _escape(match: re.Match[str]) -> str:
    """One character as an escape; what stands for a byte, as the byte."""
    code = ord(match[0])
    code = code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else code
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
