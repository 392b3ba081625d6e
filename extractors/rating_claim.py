"""Grade words: where an article uses the words of a scale, and the claims that are made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span

from extractors.lexicon import starting
from extractors.reading import Reading

GRADES = ("outstanding", "good", "requires_improvement", "adequate", "inadequate")
RELATIVE = {"second_lowest", "second_highest", "same", "one_lower", "one_higher", "two_lower", "two_higher"}
REACH = 14  # tokens between a judging word and its grade
BARE = ("well", "poor")  # words of the annual scale that are common words, too
ANNUAL_YEARS = ("2007", "2013")


@dataclass(frozen=True)
class Claim:
    """One grade word with what was read around it; `areas` in order, empty for the service as a whole."""

    span: Span
    grade: str
    rule: str
    areas: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


def grade_marks(reading: Reading, sentence: Span) -> list[Span]:
    """Grade words of the sentence, in order; those of the annual assessments only in their years."""
    start, end = sentence.start_char, sentence.end_char
    marks = [mark for mark in reading.spans("grades", start, end) if mark.id_ not in ("none", "set")]
    if ANNUAL_YEARS[0] <= (reading.article.published or "2010") < ANNUAL_YEARS[1] or reading.spans(
        "grades_annual", start, end
    ):
        marks += [
            mark
            for mark in reading.spans("grades_annual", start, end)
            if not any(mark.start < other.end and other.start < mark.end for other in marks) and _annual(reading, mark)
        ]
    return _without_sets(sorted(marks, key=lambda mark: mark.start))


def _without_sets(marks: list[Span]) -> list[Span]:
    """The marks without those joined by "or" ("'good' or 'outstanding'"), which name no single grade."""
    joined: set[int] = set()
    for first, second in pairwise(marks):
        gap = [token.norm_ for token in first.doc[first.end : second.start] if token.norm_ not in ('"', "'")]
        if gap == ["or"] or (gap == ["and"] and _is_plural_bearer(first.doc, second.end)):
            joined |= {first.start, second.start}
    for triple in zip(marks, marks[1:], marks[2:], strict=False):
        gaps = [triple[0].doc[a.end : b.start] for a, b in pairwise(triple)]
        if len({mark.id_ for mark in triple}) == len(triple) and all(_only_lists(gap) for gap in gaps):
            joined |= {mark.start for mark in triple}
    return [mark for mark in marks if mark.start not in joined]


def _only_lists(gap: Span) -> bool:
    """Whether nothing but commas, quotation marks and "and" stand between two grades: "uses outstanding, good, …"."""
    return all(token.is_punct or token.norm_ in ("and", "or", '"', "'") for token in gap)


def _is_plural_bearer(doc: Doc, index: int) -> bool:
    """Whether councils in general follow: "good and outstanding authorities"."""
    while index < len(doc) and doc[index].norm_ in ('"', "'"):
        index += 1
    return any(m.id_ in ("bearer", "noun") and m[-1].tag_ == "NNS" for m in starting(doc, "judging", index))


def _annual(reading: Reading, mark: Span) -> bool:
    """Whether a word of the annual scale is used as one: said in its years, or told of an annual assessment."""
    late = (reading.article.published or "") >= ANNUAL_YEARS[1]
    if mark.text.lower() in BARE and (late or not _is_reached(mark)):
        return False
    told = any(kind.id_ == "annual_assessment" for kind in reading.spans("kinds"))
    if mark.text.lower().startswith("perform"):
        return told or ((reading.article.published or "") < ANNUAL_YEARS[1] and bool(reading.article.published))
    return told


def _is_reached(mark: Span) -> bool:
    """Whether a word that is an adverb elsewhere stands where a grade would: "from well to adequate", "Kent (well)"."""
    doc = mark.doc
    before = doc[mark.start - 1].norm_ if mark.start else ""
    after = doc[mark.end] if mark.end < len(doc) else None
    return before in ("from", "to", "(") and (after is None or after.is_punct or after.norm_ in ("to", "and", "from"))


def stands_alone_in_quotes(mark: Span) -> bool:
    """Whether nothing but the marked words stands between quotation marks."""
    return is_quoted(mark.doc, mark.start, mark.end)


def label_end(doc: Doc, mark: Span) -> int:
    """The token of the colon, dash or comma that would part a label from the grade: "Leadership: 'good'"."""
    return mark.start - (2 if stands_alone_in_quotes(mark) else 1)


def is_quoted(doc: Doc, start: int, end: int) -> bool:
    """Whether tokens `start` to `end` alone stand between quotation marks of any style."""
    before = doc[start - 1].norm_ if start else ""
    after = [token.norm_ for token in doc[end : end + 2]]
    return before in ('"', "'", "``") and any(mark in ('"', "'", "''", "'s") for mark in after)


def area_ids(spans: Iterable[Span]) -> tuple[str, ...]:
    """The areas that spans stand for, each once; a joint heading ("care and care leavers") gives both of its own.

    "Three other headings, namely X, Y and Z" is no more than X, Y and Z.
    """
    ids = tuple(dict.fromkeys(id for span in spans for id in span.id_.split("+")))
    named = ids[ids.index("rest") + 1 :] if "rest" in ids else ()
    return tuple(id for id in ids if id != "rest") if len(named) > 1 else ids


def areas_between(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """The areas named between two places of the body."""
    return area_ids(span for span in reading.spans("areas", start, end) if span.id_ != "none")
