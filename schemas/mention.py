"""Mentions: the words that a value was read from."""

from typing import Literal

from schemas.base import Record

MentionKind = Literal["council", "delivery_body", "inspectorate", "date", "rating", "kind", "finding"]
Field = Literal["body", "title"]


class Span(Record):
    """A stretch of an article: `article.body[start:end] == text` (or of the title, where `field` says so)."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""
    text: str
    """The words themselves."""
    field: Field = "body"
    """The field of the article that the offsets count in."""
    inferred: bool = False
    """Whether the value is inferred from these words, not said by them."""


class Mention(Record):
    """A value read from a stretch of an article: the rule that read it and the cues that it went by."""

    kind: MentionKind
    """What sort of value it is."""
    id: str
    """The canonical value: a council's id, an EDTF date, a grade, a kind of inspection, a polarity …"""
    values: tuple[str, ...] = ()
    """Further canonical values: the areas of a rating, the role of a date, the themes of a finding."""
    start: int
    """First code point."""
    end: int
    """One past the last code point."""
    text: str
    """The words themselves."""
    field: Field = "body"
    """The field of the article that the offsets count in."""
    voice: str | None = None
    """Who says it: `report`, `letter`, `inspectors`, `journalist` or `response` (anybody else)."""
    quoted: bool = False
    """Whether the words stand in quotation marks."""
    rule: str
    """Name of the rule that read it."""
    cues: tuple[str, ...] = ()
    """What the rule went by: words of the text, or facts such as `previous`, `negated`, `year inferred`."""

    def span(self, *, inferred: bool = False) -> Span:
        """The stretch of text alone."""
        return Span(start=self.start, end=self.end, text=self.text, field=self.field, inferred=inferred)
