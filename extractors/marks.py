"""One article with everything that the lexicons marked in it for findings, and the verdict of any of its words."""

from dataclasses import dataclass

from spacy.tokens import Span

from extractors.cues import Cues, cues
from extractors.polarity import Verdict, verdict
from extractors.reading import Reading

NO_ASIDE = ("that", "if", "whether", "because", "as", "so")  # open what is said or why, not when
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


def ungraded(marks: Marks, start: int, end: int) -> int:
    """The end of some words without a clause behind them that only tells a grade.

    "Fewer children go missing than in 2021, when the city was rated good"; "Plans have got better since it was judged
    inadequate". A clause that praises or blames besides stays.
    """
    for link in marks.reading.doc[start + SUBSTANCE : end]:
        if link.tag_ not in ("WDT", "WRB") and not (link.dep_ == "mark" and link.lower_ not in NO_ASIDE):
            continue
        clause = link.head
        opening = clause.left_edge.i
        if (
            clause.dep_ in ("relcl", "advcl")
            and start + SUBSTANCE <= opening
            and clause.right_edge.i >= end - 2
            and "grading" in marks.background.ids(opening, end)
            and _only_graded(marks, opening, end)
        ):
            return opening - 1 if marks.reading.doc[opening - 1].text == "," else opening
    return end


def _only_graded(marks: Marks, start: int, end: int) -> bool:
    """Whether some words hold a grade and no praise or blame beside it."""
    graded = {token.i for span in marks.grades.within(start, end) for token in span}
    tone = [span for span in marks.tone.within(start, end) if span.id_ in ("strength", "weakness")]
    return bool(graded) and all(span.start in graded for span in tone)


def named(grade: Span) -> bool:
    """Whether a grade stands alone in quotation marks: named, not used as a word of praise or blame."""
    doc = grade.doc
    return grade.start > 0 and doc[grade.start - 1].is_quote and grade.end < len(doc) and doc[grade.end].is_quote
