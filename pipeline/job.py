"""What goes to a worker process and what comes back: plain values that any engine can send.

Nothing here loads a library, so that the process that writes the database stays small.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.extraction import Extraction
from pipeline.read import Document
from pipeline.version import Stages, hashed
from schemas.article import Article
from schemas.reject import Reason as Code
from schemas.reject import Rejected

Stage = Literal["read", "clean", "sieve", "annotate", "extract"]


@dataclass(frozen=True)
class Job:
    """One document to take from its bytes to its records, or one clean article to extract again."""

    key: str
    """What the row depends on besides extraction (see `key_of`)."""
    work: Document | Article

    @property
    def source(self) -> str:
        """The source of the document."""
        return self.work.source

    @property
    def sha256(self) -> str | None:
        """SHA-256 of the bytes read; None where there are none."""
        if isinstance(self.work, Article):
            return self.work.sha256
        return hashlib.sha256(self.work.data).hexdigest() if self.work.data is not None else None

    @property
    def size(self) -> int:
        """Bytes, or characters, that the work is on."""
        return len(self.work.body) if isinstance(self.work, Article) else len(self.work.data or b"")


@dataclass(frozen=True)
class Outcome:
    """What became of one job: an article with what was read from it, or the reason why there is none."""

    stage: Stage
    """The last stage that took part."""
    article: Article | None = None
    """The clean article; there is one, too, where only extraction failed."""
    extraction: Extraction | None = None
    rejected: Rejected | None = None
    fingerprints: frozenset[int] | None = None
    """What copies of the article are looked up by, where the worker has made them."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Time spent in each stage."""

    def extracted(self) -> Extraction:
        """What was read from the article; raises `Rejected` where nothing could be."""
        if self.extraction is None:
            raise self.rejected or Rejected("crashed", "neither an article nor a reason came back")
        return self.extraction


@dataclass(frozen=True)
class Lost:
    """A batch of jobs of which nothing came back."""

    reason: Code | None
    """None where no document is at fault: something in the setup is wrong, and the run has to stop."""
    message: str


def key_of(document: Document, stages: Stages) -> str:
    """A hash of all that the article in a document depends on: the bytes, what is said of them, and the cleaner."""
    said = [str(document.charset), *(str(value) for _, value in document.sidecar)]
    content = hashlib.sha256(document.data or b"").hexdigest()
    return hashed([stages.clean, content, str(document.problem), *said])
