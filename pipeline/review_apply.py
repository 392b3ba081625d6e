"""Decisions over what was extracted -> the records as people left them, and where each decision stands by now.

    told = apply(article, extracted, reviews)
    told.records           # the truth of the article: what was extracted but for what was decided
    told.outcomes          # of each review, by its id: the record it goes with, whether it is applied, what changed

Pure: the same input gives the same output, and without a standing decision the records are those extracted.

A decision is about the whole record as the person left it. Of several on one record the last one that stands counts. It
is applied as long as its words are in the text: over the record that has its id, else over the one of the same council
that was read from the same grades and findings, else beside what was extracted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.review_words import SPANS, digest, moved, place, said
from schemas.article import Article
from schemas.inspection import Inspection
from schemas.mention import Span
from schemas.review import Outdated, Review

SAME = 0.5  # share of the places of grades and findings, of the record with fewer, that make two records one


class Outcome(NamedTuple):
    """Where one decision stands."""

    record_id: str
    applied: bool
    outdated: Outdated | None


class Told(NamedTuple):
    """What is told of an article once decisions are applied."""

    records: tuple[Inspection, ...]
    """In the order of the extractor: current before previous, then council and date."""
    outcomes: Mapping[str, Outcome]
    """By `review_id`."""


@dataclass(frozen=True)
class _Case:
    """One decision held against the text and the records of today."""

    review: Review
    was: Inspection | None
    """The record that was extracted then, where its words stand today; None also where they are gone."""
    says: Inspection | None
    """The same of the record that the person left."""
    match: Inspection | None
    """The extracted record of today that it is about."""
    record_id: str
    outdated: Outdated | None

    @property
    def stands(self) -> bool:
        """Whether it counts: it was not taken back, and its words are there."""
        return self.review.withdrawn is None and self.outdated != "words"


def apply(article: Article, extracted: Sequence[Inspection], reviews: Iterable[Review]) -> Told:
    """What is told of an article: its records with every decision applied that stands and whose words are there."""
    cases = [
        case
        for about in _by_record(reviews)
        for case in _cases(article, extracted, sorted(about, key=lambda review: (review.decided, review.review_id)))
    ]
    last: dict[str, _Case] = {}
    for case in sorted(cases, key=lambda case: (case.review.decided, case.review.review_id)):
        if case.stands:
            last[case.record_id] = case
    replaced = {case.match.record_id for case in last.values() if case.match}
    kept = [record for record in extracted if record.record_id not in replaced]
    records = kept + [record for case in last.values() if (record := _record(case))]
    outcomes = {
        case.review.review_id: Outcome(case.record_id, last.get(case.record_id) is case, case.outdated)
        for case in cases
    }
    return Told(tuple(sorted(records, key=lambda r: (r.role, r.council.id, r.date or "", r.record_id))), outcomes)


def _by_record(reviews: Iterable[Review]) -> Iterator[list[Review]]:
    """The decisions on each record."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.record_id, []).append(review)
    return iter(found.values())


def _cases(article: Article, extracted: Sequence[Inspection], about: Sequence[Review]) -> Iterator[_Case]:
    """The decisions on one record, held against today's text and records."""
    match = _match(article, extracted, about)
    own = about[0].record_id
    record_id = match.record_id if match and any(review.was for review in about) else own
    for review in about:
        known = SPANS.validate_json(review.passages)
        was, says = (moved(record, article, known) if record else None for record in (was_of(review), says_of(review)))
        yield _Case(review, was, says, match, record_id, _outdated(article, review, was, says, match))


def was_of(review: Review) -> Inspection | None:
    """The record that a decision was made on, as it had been extracted."""
    return Inspection.model_validate_json(review.was) if review.was else None


def says_of(review: Review) -> Inspection | None:
    """The record as a decision left it."""
    return Inspection.model_validate_json(review.says) if review.says else None


def _match(article: Article, extracted: Sequence[Inspection], about: Sequence[Review]) -> Inspection | None:
    """The extracted record that decisions are about: that of their id, else that which the same words were read to."""
    for record in extracted:
        if record.record_id == about[0].record_id:
            return record
    for review in reversed(about):
        known = was_of(review) or says_of(review)
        if known is not None:
            return _likest(article, extracted, known, SPANS.validate_json(review.passages))
    return None


def _likest(
    article: Article, extracted: Sequence[Inspection], known: Inspection, passages: Sequence[Span]
) -> Inspection | None:
    """The extracted record of a council that was read from the same words as a known one."""
    mine = _places(known, article, passages)
    ranked = [(_alike(mine, known, other), other) for other in extracted if other.council.id == known.council.id]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0][0] >= SAME else None


def _places(record: Inspection, article: Article, known: Sequence[Span]) -> set[tuple[str, int]]:
    """Where the words of a record's grades and findings begin today."""
    found = (place(span, article, known) for span in _read_from(record))
    return {(span.field, span.start) for span in found if span}


def _read_from(record: Inspection) -> list[Span]:
    """The words that a record's grades and findings were read from."""
    return [*(rating.evidence for rating in record.ratings), *(finding.evidence for finding in record.findings)]


def _alike(mine: set[tuple[str, int]], record: Inspection, other: Inspection) -> tuple[float, bool, bool]:
    """How likely two records are one: by the places of their words, then by role and kind."""
    theirs = {(span.field, span.start) for span in _read_from(other)}
    share = len(mine & theirs) / max(min(len(mine), len(theirs)), 1)
    return share, record.role == other.role, record.kind == other.kind


def _outdated(
    article: Article, review: Review, was: Inspection | None, says: Inspection | None, match: Inspection | None
) -> Outdated | None:
    """What changed since a decision was made; the gravest."""
    lost = says is None if review.says else was is None and match is None and review.was is not None
    if lost:
        return "words"
    if (said(match) if match else None) != (said(was) if was else None):
        return "record"
    return "text" if digest(article) != review.digest else None


def _record(case: _Case) -> Inspection | None:
    """The record that a decision leaves; None where it was rejected."""
    if case.says is None:
        return None
    untouched = case.was is not None and said(case.was) == said(case.says)
    update: dict[str, object] = {"record_id": case.record_id, "review": "accepted" if untouched else "corrected"}
    if case.match and case.match.council.id == case.says.council.id:
        update["council"] = case.match.council  # names and codes of councils are as fresh as the register
    return case.says.model_copy(update=update)
