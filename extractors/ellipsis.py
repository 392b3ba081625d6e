"""Visits that are not named again: after 'the council has had three monitoring visits', 'one, in May', 'another found'."""

from spacy.tokens import Span

from extractors.date_grammar import timed
from extractors.reading import Reading

SORTS = ("monitoring_visit", "focused_visit", "jtai", "visit")
"""Kinds of which there are several in a row."""
NEAR = 8
"""Tokens on either side in which a visit that counts is dated."""


def unsaid_visits(reading: Reading) -> list[tuple[Span, str]]:
    """The stand-ins for a visit, each with its kind, which is that of the visit named in its sentence or the one before.

    Only those that are dated count: 'another said that he had left' is a person.
    """
    found: list[tuple[Span, str]] = []
    last: tuple[Span, str] | None = None
    named = [span for span in reading.spans("kinds") if span.id_ in (*SORTS, "inspection")]
    for span in sorted([*named, *reading.spans("ellipsis")], key=lambda span: (span.start, -span.end)):
        if span.label_ == "kinds":
            last = span, span.id_
        elif (
            last
            and _may_stand_for(span, last)
            and _follows(reading, span, last[0])
            and _stands_alone(span)
            and _is_dated(span)
        ):
            last = span, last[1]
            found.append(last)
    return found


def _may_stand_for(span: Span, last: tuple[Span, str]) -> bool:
    """Whether a visit may be meant, or within one sentence an inspection ('good in 2017, inadequate after one in May')."""
    return last[1] in SORTS or span.sent == last[0].sent


def _follows(reading: Reading, span: Span, other: Span) -> bool:
    """Whether another span stands before in the same sentence or the one before it."""
    sentence = reading.sentence(span.start_char)
    before = reading.sentence(sentence.start_char - 1) if sentence.start else sentence
    return before.start <= other.start and other.end <= span.start


def _stands_alone(span: Span) -> bool:
    """Whether no noun follows that the words count or qualify, nor an article or 'no' goes before."""
    doc, after = span.doc, span.doc[span.end] if span.end < len(span.doc) else None
    before = doc[span.start - 1] if span.start and not span[0].is_sent_start else None
    if after is None or (before is not None and before.pos_ in ("DET", "ADJ", "PRON")):
        return False
    return after.text == "," or after.pos_ in ("AUX", "VERB") or (after.pos_ == "ADP" and after.norm_ != "of")


def _is_dated(span: Span) -> bool:
    """Whether an expression of time stands near."""
    sentence = span.sent
    near = span.doc[max(sentence.start, span.start - NEAR) : min(sentence.end, span.end + NEAR)]
    return any(token.i in timed(span.doc) for token in near)
