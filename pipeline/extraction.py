"""What comes of reading one article, as plain values that can be stored and sent between processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.why import Reason
from schemas.article import Article
from schemas.inspection import Inspection
from schemas.mention import Mention


@dataclass(frozen=True)
class Extraction:
    """All that was read from one article."""

    article: Article
    """The article, with `relevant` decided."""
    mentions: tuple[Mention, ...] = ()
    """Every mention, in order of place."""
    inspections: tuple[Inspection, ...] = ()
    """The records."""
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    """Why each record holds what it holds, by its id."""
    parsed: bool = False
    """Whether the article was annotated and read out; False where the sieve turned it away."""
