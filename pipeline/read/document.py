"""What reading hands on: one document of a dump as it was found, and what its container or a metadata file says of it."""

from dataclasses import dataclass

from schemas.article import Publisher
from schemas.base import Record
from schemas.reject import Rejected


class NoInput(Exception):
    """A dump that was named holds nothing to read."""


class SetupError(Exception):
    """An option, a data file or the installation is wrong: says what, where, what was expected and what to do."""


class Sidecar(Record):
    """What a row, a web archive or a metadata file says of one document."""

    url: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: Publisher | None = None
    authors: tuple[str, ...] = ()

    def under(self, other: "Sidecar") -> "Sidecar":
        """This one, with all that another one, which is to be believed first, says instead."""
        return self.model_copy(update=other.model_dump(exclude_defaults=True))


SILENT = Sidecar()


@dataclass(frozen=True)
class Document:
    """One document of a dump; it can be pickled, and is sent to worker processes."""

    source: str
    """POSIX path in the dump; a member of an archive follows after `!`, a row of a file after `#`."""
    data: bytes | None
    """The bytes as they were found; of a row, the cell that holds the article, in UTF-8 unless it is none."""
    sidecar: Sidecar = SILENT
    problem: Rejected | None = None
    """Why the container could not give it; `data` is None then."""
    charset: str | None = None
    """The encoding that HTTP or MIME headers name."""
