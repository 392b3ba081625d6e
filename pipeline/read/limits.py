"""How much a dump may ask of the machine: each limit turns a bomb, a poison, or a file of another kind, into a reject."""

from collections.abc import Iterable

from pydantic import Field, ValidationError

from pipeline.read.document import SetupError
from schemas.base import Record


class Limits(Record):
    """The limits of a run; the message of what is rejected over one names it.

    `seconds` and `megabytes` end in `timed-out` and `out-of-memory`, the others in `too-large`.
    """

    document_bytes: int = Field(default=5_000_000, gt=0)
    """Bytes of one document; the heaviest article page seen has 400 thousand."""
    held_bytes: int = Field(default=64_000_000, gt=0)
    """Bytes of a file that is read as a whole: an MHTML page, or a zip, Parquet or SQLite file inside another file."""
    unpacked_bytes: int = Field(default=50_000_000_000, gt=0)
    """Bytes that all compressed data in one file of the dump may unpack to."""
    ratio: int = Field(default=200, gt=0)
    """How many times its size a file may unpack to, beyond the first 20 MB; text reaches 20."""
    members: int = Field(default=200_000, gt=0)
    """Members of the archives in one file of the dump."""
    depth: int = Field(default=6, gt=0)
    """Files inside one another: `crawl.tar.gz` with zip files of pages has 3."""
    seconds: float = Field(default=30, gt=0)
    """Wall time for the work on one document, processor time for finding it in its container; the longest article takes 3."""
    megabytes: int = Field(default=1000, gt=0)
    """Memory that a worker process may claim; 400 are claimed once the model is loaded, half of that is used."""


def limits(given: Iterable[str] = ()) -> Limits:
    """The limits with some of them set, each as `name=value`; raises `SetupError`."""
    pairs = dict(item.partition("=")[::2] for item in given)
    try:
        return Limits.model_validate(pairs, strict=False)
    except ValidationError as error:
        name = error.errors()[0]["loc"][0]
        known = ", ".join(f"{key}={field.default}" for key, field in Limits.model_fields.items())
        raise SetupError(
            f"limit {name}: {pairs[str(name)]!r}; expected a name and a number above 0 of {known}"
        ) from error
