"""Reviews: what people decided about records, kept apart from what was extracted and applied over it."""

from typing import Literal

from schemas.article import Publisher
from schemas.base import Record

Action = Literal["accept", "reject", "correct", "add"]
Order = Literal["confidence", "disagreement", "random"]
Outdated = Literal["text", "record", "words", "gone"]


class Review(Record):
    """One decision of a person about one record, or about one that was missing."""

    review_id: str
    """Stable name of the decision, the same on every machine that it is carried to."""
    article_id: str
    """The article that it goes with now; it follows its words into a changed text or a fuller copy."""
    record_id: str
    """The record that it goes with now."""
    decision: Action
    """What was decided; `add` makes a record that was missing."""
    was: str | None
    """The record as it had been extracted, as JSON; nothing for a record that a person added."""
    says: str | None
    """The record as the person left it, as JSON; nothing where it was rejected."""
    note: str | None
    """What the person had to say about it."""
    reviewer: str
    """Who decided, as the name was given."""
    decided: str
    """When, in UTC."""
    drawn: Order | None
    """The order of the queue that the record came from; nothing where it was looked up."""
    made_on: str
    """The article that it was made on (see `articles.article_id`)."""
    source: str
    """The source of that article."""
    url: str | None
    """The address of that article."""
    publisher: Publisher
    """The publisher of that article."""
    digest: str
    """SHA-256 of the title and body of that article, to tell whether they changed."""
    passages: str
    """The sentences that the evidence stands in, as JSON: by them the words are found again."""
    withdrawn: str | None = None
    """When it was taken back, in UTC; nothing for a decision that stands."""
    withdrawn_by: str | None = None
    """Who took it back."""
    applied: bool = False
    """Whether the record is as it is by this decision: the last that stands of its record, and its words are there."""
    outdated: Outdated | None = None
    """What changed since: the `text` elsewhere, the `record` extracted, its `words` (not applied), or all is `gone`."""


class Extracted(Record):
    """What was extracted from an article before decisions were applied; kept while any stands."""

    article_id: str
    """See `articles.article_id`."""
    inspections: str
    """Its records, as JSON."""
    reasons: str
    """Why each of them says what it says, by its id, as JSON."""
