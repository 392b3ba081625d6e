"""Bytes under control: streams that count what they give, so that no file costs more than the limits allow."""

import codecs
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.read.limits import Limits
from schemas.reject import Rejected

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 65_536  # bytes at the start of a file by which its format is told
FREE = 20_000_000  # unpacked bytes that are no bomb however small the file was


class Readable(Protocol):
    """Anything with `read` and `close`."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""

    def close(self) -> object:
        """Be done."""


@dataclass
class Meter:
    """What one file of a dump, with all that is nested in it, has cost so far; raises `Rejected` over a limit."""

    limits: Limits
    given: int = 0
    """Bytes of the file itself."""
    unpacked: int = 0
    members: int = 0

    def give(self, size: int) -> None:
        """Count bytes of the file as it came."""
        self.given += size

    def unpack(self, size: int) -> None:
        """Count bytes that were decompressed."""
        self.unpacked += size
        limits = self.limits
        if self.unpacked > limits.unpacked_bytes:
            raise Rejected("too-large", f"unpacks to more than {limits.unpacked_bytes} bytes (limit unpacked_bytes)")
        if self.unpacked > max(FREE, self.given * limits.ratio):
            raise Rejected("too-large", f"unpacks to more than {limits.ratio} times its size (limit ratio)")

    def member(self) -> None:
        """Count a member of an archive."""
        self.members += 1
        if self.members > self.limits.members:
            raise Rejected("too-large", f"more than {self.limits.members} members (limit members)")


@dataclass
class Allowance:
    """How many bytes may be read before it is renewed: a parser that hoards one endless row is stopped by it."""

    size: int
    spent: int = 0

    def spend(self, size: int) -> None:
        """Count bytes."""
        self.spent += size
        if self.spent > self.size:
            raise Rejected("too-large", f"a part of more than {self.size} bytes; the rest of the file was not read")

    def renew(self, more: int = 0) -> None:
        """Begin anew, with so many bytes more."""
        self.spent = -more


class Counted(io.RawIOBase):
    """A stream that reports the size of each read; a short read means the end, so that a first look sees enough."""

    def __init__(self, stream: Readable, count: Callable[[int], None]) -> None:
        self._stream = stream
        self._count = count
        self._position = 0

    def close(self) -> None:
        """Close the stream below too."""
        if not self.closed:
            self._stream.close()
        super().close()

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer from the stream below."""
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view):
            data = self._stream.read(len(view) - filled)
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        self._count(filled)
        self._position += filled
        return filled

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Say where it stands, which fastwarc asks for; it moves nowhere."""
        if (offset, whence) != (0, io.SEEK_CUR):
            raise io.UnsupportedOperation("seek")
        return self._position


class Recoded:
    """A stream of UTF-16 text, which begins with its mark, as UTF-8: a spreadsheet's "Unicode text" is one."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._ready = b""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        while not self._ready and (data := self._stream.read(size)):
            self._ready = self._decoder.decode(data).encode("utf-8", "replace")
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def close(self) -> None:
        """Close the stream below too."""
        self._stream.close()


def uncounted(size: int) -> None:
    """Count nothing: bytes that are copied, or were counted before, cost nothing."""


def counted(stream: Readable, count: Callable[[int], None]) -> io.BufferedReader:
    """A buffered stream over another one, whose bytes are counted."""
    return io.BufferedReader(Counted(stream, count), HEAD)


def whole(stream: Readable, limit: int, name: str) -> bytes:
    """All bytes of a stream, if they are not more than a limit."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Rejected("too-large", f"more than {limit} bytes (limit {name})")
    return data
