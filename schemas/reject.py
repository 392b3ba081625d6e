"""Rejects: inputs that gave no article, each with its reason."""

from typing import Literal

from schemas.base import Record

Reason = Literal[
    "unreadable",  # the file can't be opened, or vanished
    "empty",  # nothing in it
    "not-text",  # bytes that are no text in any encoding
    "too-large",  # over one of the limits of reading
    "unknown-format",  # neither text nor a page nor another format that is read; a table without a column of articles
    "damaged",  # an archive, a table or one of its rows that is broken
    "outside",  # a link to a place outside the dump
    "no-body",  # a page with no running story
    "not-an-article",  # a listing, search result, login or tag page
    "bad-record",  # an article whose record breaks the schema: a fault of ours, kept for looking at
    "timed-out",  # work on it took longer than the limit, twice, the second time alone
    "out-of-memory",  # work on it wanted more memory than the limit, twice
    "crashed",  # work on it killed its process, or failed in a way that nobody foresaw, twice: a fault of ours
]


class Reject(Record):
    """One input that gave no article."""

    source: str
    """Path in the dump."""
    reason: Reason
    """Stable, countable code."""
    message: str
    """What was found, and what was expected."""
    sha256: str | None = None
    """SHA-256 of the input, where it could be read."""


class Rejected(Exception):
    """Raised by any stage that can't go on with an article; the run makes a `Reject` row of it."""

    def __init__(self, reason: Reason, message: str, sha256: str | None = None) -> None:
        super().__init__(reason, message, sha256)  # the arguments as they came: it is sent between processes
        self.reason = reason
        self.message = message
        self.sha256 = sha256

    def __str__(self) -> str:
        """The reason and the message."""
        return f"{self.reason}: {self.message}"
