"""Findings: what inspectors found, each sentence, bullet or side of one with its polarity and themes.

The lexicons mark praise and blame (`findings`, `shifters`), themes, voices, pivots and the background that is no
finding; here they are put together. A sentence whose sides are at odds gives two findings, every other one or none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span

from extractors.clause import Side, sides, trimmed
from extractors.cues import Cues, cues
from extractors.polarity import Verdict, verdict
from extractors.reading import Reading
from extractors.themes import themes
from extractors.unit import Unit, units
from schemas.mention import Mention

OPPOSITE = {"strength": "weakness", "weakness": "strength"}
LEANING = {"outstanding": "strength", "good": "strength", "requires_improvement": "weakness", "inadequate": "weakness"}
GUESSES = ("as before", "turn", "grade", "near")
SHORTEST = 2  # tokens of a finding
LONGEST = 250  # tokens of a sentence that anybody writes; what is longer is no prose
SUBSTANCE = 3  # tokens that the lesser part of a sentence must have to be one
NEAR = 2  # sentences within which a finding colours the next
FIRM = 1.0  # a balance of one plain cue
HINT = 0.1  # a balance that is guessed


@dataclass(frozen=True)
class _Marks:
    """One article with everything that the lexicons marked in it, ready for looking up."""

    reading: Reading
    tone: Cues
    pivots: Cues
    voices: Cues
    background: Cues
    grades: Cues
    plain: Cues
    faint: Cues


@dataclass(frozen=True)
class _Context:
    """What came before: the last finding, where it stood, and the verdict of the words that open a list."""

    last: str | None = None
    block: int = -1
    place: int = -1
    themes: tuple[str, ...] = ()
    lead: Verdict | None = None


def findings(reading: Reading) -> list[Mention]:
    """The findings of an article, in order of place: `id` is the polarity, `values` one to three themes."""
    marks = _marks(reading)
    found: list[Mention] = []
    context = _Context()
    for unit in units(reading, marks.voices):
        if reading.doc[unit.start : unit.end].text.rstrip().endswith(":"):
            context = replace(context, lead=_verdict(marks, unit.start, unit.end))
            continue
        if not unit.bullet:
            context = replace(context, lead=None)
        for mention in _of_unit(marks, unit, context):
            found.append(mention)
            context = replace(context, last=mention.id, block=unit.block, place=unit.place, themes=mention.values)
    return found


def _marks(reading: Reading) -> _Marks:
    """The marked words of an article; tone is one with its shifters, so that of overlapping ones the longer counts."""
    tone = cues(reading, "findings", "shifters")
    names = ("pivots", "voices", "background", "grades", "themes", "themes_faint")
    return _Marks(reading, tone, *(cues(reading, name) for name in names))


def _of_unit(marks: _Marks, unit: Unit, context: _Context) -> list[Mention]:
    """The findings of one unit: two where its sides are at odds, else one or none."""
    start, end = trimmed(marks.reading.doc, marks.voices, marks.pivots, unit.start, unit.end)
    if not SHORTEST <= end - start <= LONGEST:
        return []
    for pair in sides(marks.reading.doc, marks.pivots, start, end):
        first = replace(pair[0], start=unit.start) if pair[0].start == start else pair[0]
        two = _two_sided(marks, unit, first, pair[1])
        if two:
            return two
    for side in _reasons(marks, start, end):
        return _mentions(marks, unit, side, _verdict(marks, side.start, side.end), "reason")
    said = _in_context(_verdict(marks, unit.start, end), marks, unit, context)
    rule = "quoted" if unit.quoted else "bullet" if unit.bullet else "sentence"
    topic = context.themes if context.block == unit.block else ()
    return _mentions(marks, unit, Side(start, end), said, rule, topic=topic)


def _two_sided(marks: _Marks, unit: Unit, first: Side, second: Side) -> list[Mention]:
    """Two findings, where both sides of a sentence tell and differ; one, where one of them is none."""
    one, two = (_verdict(marks, side.start, side.end) for side in (first, second))
    if unit.sourced and second.pivot:  # the inspectors' "clear, but couched in jargon": the pivot tells what jargon is
        if one.polarity and not two.polarity and _about(marks, second):
            two = Verdict(-one.balance, (*two.cues, f"pivot: {second.pivot}"))
        elif two.polarity and not one.polarity and _about(marks, first):
            one = Verdict(-two.balance, (*one.cues, f"pivot: {second.pivot}"))
    if not one.polarity or not two.polarity or one.polarity == two.polarity:
        return []
    return [*_mentions(marks, unit, first, one, "side"), *_mentions(marks, unit, second, two, "side")]


def _about(marks: _Marks, side: Side) -> bool:
    """Whether a side speaks of a theme at all."""
    return side.end - side.start > SUBSTANCE and bool(marks.plain.within(side.start, side.end))


def _reasons(marks: _Marks, start: int, end: int) -> Iterator[Side]:
    """Behind a grade, what it rests on ("rated inadequate amid concerns that …")."""
    if "grading" in marks.background.ids(start, end):
        for span in marks.pivots.within(start, end):
            graded = "grading" in marks.background.ids(start, span.start)
            if span.id_ == "reason" and graded and end - span.end >= SUBSTANCE:
                yield Side(span.end, end, "reason")


def _verdict(marks: _Marks, start: int, end: int) -> Verdict:
    """The verdict of some tokens, without names, conditions and, where a grade is spoken of, the grades."""
    doc = marks.reading.doc
    graded = "grading" in marks.background.ids(start, end)
    masked = set(_aside(marks, start, end))
    for span in marks.grades.within(start, end):
        if graded or _named(span):
            masked.update(range(span.start, span.end))
    masked.update(token.i for token in doc[start + 1 : end] if token.is_title and token.pos_ == "PROPN")
    return verdict(doc, marks.tone, start, end, masked)


def _aside(marks: _Marks, start: int, end: int) -> range:
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


def _named(grade: Span) -> bool:
    """Whether a grade stands alone in quotation marks: named, not used as a word of praise or blame."""
    doc = grade.doc
    return grade.start > 0 and doc[grade.start - 1].is_quote and grade.end < len(doc) and doc[grade.end].is_quote


def _in_context(said: Verdict, marks: _Marks, unit: Unit, context: _Context) -> Verdict:
    """A verdict helped out by what came before: the words that open a list, or the finding before a `However`."""
    lead = context.lead if unit.bullet else None
    if lead and lead.polarity and abs(said.balance) <= FIRM:
        return Verdict(lead.balance, (*said.cues, "list: " + " ".join(lead.cues)))
    return said if said.polarity else _guess(marks, unit, context)


def _guess(marks: _Marks, unit: Unit, context: _Context) -> Verdict:
    """A verdict on words that tell nothing: by the finding close before, the last grade, or the last finding."""
    opening = next(iter(marks.pivots.within(unit.start, unit.start + 3)), None)
    grade = next((span.id_ for span in reversed(marks.grades.before(unit.start)) if span.id_ in LEANING), None)
    polarity, why = context.last, "as before"
    if context.last and opening is not None and opening.id_ in ("contrast", "turn"):
        polarity, why = OPPOSITE[context.last], "turn"
    elif context.last and unit.place - context.place <= NEAR:
        why = "near"
    elif grade:
        polarity, why = LEANING[grade], "grade"
    if polarity is None:
        return Verdict(0.0, ())
    return Verdict(HINT if polarity == "strength" else -HINT, (why,))


def _mentions(  # noqa: PLR0913 - the words, what is said of them and by which rule
    marks: _Marks, unit: Unit, side: Side, said: Verdict, rule: str, *, topic: tuple[str, ...] = ()
) -> list[Mention]:
    """The mention of a finding, if the words are one; `topic` is what the paragraph speaks of."""
    doc = marks.reading.doc
    start, end = trimmed(doc, marks.voices, marks.pivots, side.start, side.end)
    if end - start < SHORTEST or not said.polarity or not _is_finding(marks, unit, Side(start, end), said):
        return []
    about = themes(marks.plain, marks.faint, start, end, topic) or ("practice",)
    left, right = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    mention = marks.reading.mention(
        "finding", said.polarity, left, right, rule=rule,
        values=about, cues=said.cues, voice=unit.voice, quoted=unit.quoted,
    )  # fmt: skip
    return [mention]


def _is_finding(marks: _Marks, unit: Unit, side: Side, said: Verdict) -> bool:
    """Whether words that praise or blame are a finding: no grade, no figure about many councils, no affair around one.

    What the inspectorate is quoted with needs least to be one, what the journalist says without naming it most.
    """
    themed = bool(marks.plain.within(side.start, side.end))
    subject = themed or bool(marks.faint.within(side.start, side.end))
    firm = any(cue not in GUESSES for cue in said.cues)
    if unit.quoted:
        return firm or subject
    kinds = marks.background.ids(side.start, side.end)
    if "elsewhere" in kinds:
        return False
    if "grading" in kinds and not (unit.sourced and abs(said.balance) > FIRM and themed):
        return False
    graded = any(_named(span) for span in marks.grades.within(side.start, side.end))
    if unit.sourced:
        return (firm and subject) or (themed and not kinds and not graded)
    return firm and subject and not kinds and not graded and abs(said.balance) >= FIRM / 2
