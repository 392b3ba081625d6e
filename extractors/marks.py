"""One article with everything that the lexicons marked in it for findings, and the verdict of any of its words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from extractors.attribution import SUBJECTS
from extractors.clause import trimmed
from extractors.cues import Cues, cues
from extractors.polarity import Verdict, verdict
from extractors.reading import Reading
from extractors.unit import Unit

NO_ASIDE = ("that", "if", "whether", "because", "as", "so")  # open what is said or why, not when
LEAD = 8  # tokens in which the subject of a clause stands
SUBSTANCE = 3  # tokens that the lesser part of a sentence must have to be one


@dataclass(frozen=True)
class Marks:
    """The marked words of an article, by lexicon; `tone` is praise and blame with what turns them round."""

    reading: Reading
    tone: Cues
    pivots: Cues
    voices: Cues
    background: Cues
    grades: Cues
    plain: Cues
    faint: Cues


def marks_of(reading: Reading) -> Marks:
    """The marked words of an article; tone is one with its shifters, so that of overlapping ones the longer counts."""
    tone = cues(reading, "findings", "shifters")
    names = ("pivots", "voices", "background", "grades", "themes", "themes_faint")
    return Marks(reading, tone, *(cues(reading, name) for name in names))


def verdict_of(marks: Marks, start: int, end: int) -> Verdict:
    """The verdict of some tokens, without names, conditions and, where a grade is spoken of, the grades."""
    doc = marks.reading.doc
    graded = "grading" in marks.background.ids(start, end)
    masked = set(_aside(marks, start, end))
    for span in marks.grades.within(start, end):
        if graded or named(span):
            masked.update(range(span.start, span.end))
    masked.update(token.i for token in doc[start + 1 : end] if token.is_title and token.pos_ == "PROPN")
    return verdict(doc, marks.tone, start, end, masked)


def _aside(marks: Marks, start: int, end: int) -> range:
    """The condition that opens a clause ("When children cannot live at home, …") or the time that ends it ("before …").

    They set the scene; what is praised or blamed stands beside them.
    """
    doc = marks.reading.doc
    pivots = marks.pivots.within(start, end)
    if pivots and pivots[0].id_ == "condition" and all(token.is_punct for token in doc[start : pivots[0].start]):
        comma = next((token.i for token in doc[pivots[0].end : end] if token.text == ","), end)
        if end - comma > SUBSTANCE:
            return range(start, comma)
    until = next((span.start for span in pivots if span.id_ == "time" and span.start - start >= SUBSTANCE), end)
    return range(until, end)


def ungraded(marks: Marks, unit: Unit) -> Unit:
    """A unit without the clauses before and behind it that only tell a grade.

    "Fewer children go missing than in 2021, when the city was rated good"; "Two years after it was judged inadequate,
    the city has made plans safe". A clause that praises or blames besides stays.
    """
    if "grading" not in marks.background.ids(unit.start, unit.end):
        return unit
    doc = marks.reading.doc
    start, end = trimmed(doc, marks.voices, marks.pivots, unit.start, unit.end)
    behind = next((place for place in _clauses_behind(doc, start, end) if _only_graded(marks, place, end)), unit.end)
    end = min(behind, end)
    for comma in range(start + SUBSTANCE, end - SUBSTANCE):
        opens = doc[comma].text == "," and _opens(doc, comma + 1)
        if opens and _only_graded(marks, start, comma) and "grading" not in marks.background.ids(comma, end):
            return replace(unit, start=comma + 1, end=behind)
    return replace(unit, end=behind)


def _clauses_behind(doc: Doc, start: int, end: int) -> Iterator[int]:
    """Where clauses begin that hang on what stands before them and reach to the end of some words."""
    for link in doc[start + SUBSTANCE : end]:
        if link.tag_ in ("WDT", "WRB") or (link.dep_ == "mark" and link.lower_ not in NO_ASIDE):
            clause = link.head
            if clause.dep_ in ("relcl", "advcl") and clause.right_edge.i >= end - 2:
                opening = clause.left_edge.i
                if start + SUBSTANCE <= opening:
                    yield opening - 1 if doc[opening - 1].text == "," else opening


def _opens(doc: Doc, start: int) -> bool:
    """Whether the main clause of a sentence opens at a token, with its subject."""
    subject = next((token for token in doc[start : start + LEAD] if token.dep_ in SUBJECTS), None)
    return subject is not None and subject.left_edge.i == start and subject.head.dep_ in ("ROOT", "ccomp")


def _only_graded(marks: Marks, start: int, end: int) -> bool:
    """Whether some words hold a grade and no praise or blame beside it."""
    if "grading" not in marks.background.ids(start, end):
        return False
    graded = {token.i for span in marks.grades.within(start, end) for token in span}
    tone = [span for span in marks.tone.within(start, end) if span.id_ in ("strength", "weakness")]
    return bool(graded) and all(span.start in graded for span in tone)


def named(grade: Span) -> bool:
    """Whether a grade stands alone in quotation marks: named, not used as a word of praise or blame."""
    doc = grade.doc
    return grade.start > 0 and doc[grade.start - 1].is_quote and grade.end < len(doc) and doc[grade.end].is_quote
