"""Findings: what inspectors are told to have found, each sentence, bullet or side of a sentence with its polarity and themes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from extractors.clause import Side, sides, trimmed
from extractors.cues import Cues, cues
from extractors.polarity import Verdict, verdict
from extractors.reading import Block, Reading
from extractors.themes import themes
from extractors.voice import Stretch, listed, voices
from schemas.mention import Mention

OPPOSITE = {"strength": "weakness", "weakness": "strength"}
SHORTEST = 2
FIRM = 1.0
HINT = 0.1
GUESSES = ("as before", "turn", "grade", "near")
LEANING = {"outstanding": "strength", "good": "strength", "requires_improvement": "weakness", "inadequate": "weakness"}


@dataclass(frozen=True)
class _Marks:
    """Everything that the lexicons marked in one article, ready for looking up."""

    tone: Cues
    pivots: Cues
    voices: Cues
    background: Cues
    grades: Cues
    plain: Cues
    faint: Cues


@dataclass(frozen=True)
class _Unit:
    """A sentence or its speech: tokens, voice, whether it is quoted, and whether the inspectorate is named as its source."""

    start: int
    end: int
    voice: str
    quoted: bool
    sourced: bool
    bullet: bool
    block: int
    place: int


@dataclass(frozen=True)
class _Context:
    """What came before: the polarity of the last finding and its paragraph, and the verdict of the words before a list."""

    last: str | None = None
    block: int = -1
    place: int = -9
    lead: Verdict | None = None


def findings(reading: Reading) -> list[Mention]:
    """The findings of an article, in order of place: `id` is the polarity, `values` one to three themes."""
    doc = reading.doc
    marks = _Marks(
        cues(reading, "findings", "shifters"), cues(reading, "pivots"), cues(reading, "voices"), cues(reading, "background"),
        cues(reading, "grades"), cues(reading, "themes"), cues(reading, "themes_faint"),
    )  # fmt: skip
    found: list[Mention] = []
    context = _Context()
    for unit in _units(reading, marks):
        if doc[unit.start : unit.end].text.rstrip().endswith(":"):
            context = replace(context, lead=_verdict(doc, marks, unit.start, unit.end))
            continue
        if not unit.bullet:
            context = replace(context, lead=None)
        for mention in _of_unit(reading, marks, unit, context):
            found.append(mention)
            context = replace(context, last=mention.id, block=unit.block, place=unit.place)
    return found


def _units(reading: Reading, marks: _Marks) -> Iterator[_Unit]:
    """The parts of an article that may hold findings: everything but headings, table rows and responses."""
    stretches, place, body = voices(reading), 0, reading.doc.text
    for number, sentence in enumerate(reading.sentences):
        block = reading.block(sentence.start_char)
        while stretches[place].end <= sentence.start_char:
            place += 1
        parts, at = [], place
        while at < len(stretches) and stretches[at].start < sentence.end_char:
            parts.append(stretches[at])
            at += 1
        if block.kind in ("paragraph", "bullet") or listed(block, body):
            yield from _of_sentence(number, sentence, parts, block, marks)


def _of_sentence(place: int, sentence: Span, parts: list[Stretch], block: Block, marks: _Marks) -> Iterator[_Unit]:
    """The speech of the inspectorate in a sentence, or else the sentence; nothing where somebody else speaks."""
    bullet = listed(block, sentence.doc.text)
    speech = [part for part in parts if part.quoted]
    theirs = [part for part in speech if part.voice != "response"]
    if speech and not theirs:
        return
    if not speech:
        if parts[0].voice != "response":
            sourced = parts[0].voice != "journalist" and (bool(parts[0].speaker) or _sourced(sentence, marks))
            yield _Unit(sentence.start, sentence.end, parts[0].voice, quoted=False, sourced=sourced, bullet=bullet, block=block.start, place=place)
        return
    body = sentence.doc.text
    start = theirs[0].start
    for here, behind in zip(theirs, [*theirs[1:], None], strict=True):
        if behind is None or not body[behind.start + 1].islower():
            span = sentence.doc.char_span(max(start, sentence.start_char), min(here.end, sentence.end_char), alignment_mode="expand")
            yield _Unit(max(span.start, sentence.start), min(span.end, sentence.end), here.voice, quoted=True, sourced=True, bullet=bullet, block=block.start, place=place)
            start = behind.start if behind else start


def _sourced(sentence: Span, marks: _Marks) -> bool:
    """Whether a verb of judgement stands in a sentence ("was criticised for …")."""
    return bool(marks.voices.ids(sentence.start, sentence.end) & {"judging", "reporting", "saying"})


def _of_unit(reading: Reading, marks: _Marks, unit: _Unit, context: _Context) -> list[Mention]:
    """The findings of one unit: two where its sides are at odds, else one or none."""
    doc = reading.doc
    start, end = trimmed(doc, marks.voices, marks.pivots, unit.start, unit.end)
    if end - start < SHORTEST:
        return []
    for pair in sides(doc, marks.pivots, start, end):
        two = _two_sided(reading, marks, unit, pair)
        if two:
            return two
    for side in _reasons(marks, start, end):
        mention = _mention(reading, marks, unit, side, _verdict(doc, marks, side.start, side.end), "reason")
        return [mention] if mention else []
    said = _in_context(_verdict(doc, marks, start, end), doc, marks, unit, context)
    mention = _mention(reading, marks, unit, Side(start, end), said, "quoted" if unit.quoted else "bullet" if unit.bullet else "sentence")
    return [mention] if mention else []


def _two_sided(reading: Reading, marks: _Marks, unit: _Unit, pair: list[Side]) -> list[Mention]:
    """Two findings, where both sides of a sentence tell and differ; one, where the other side is none."""
    doc = reading.doc
    verdicts = [_verdict(doc, marks, side.start, side.end) for side in pair]
    told = [said.polarity for said in verdicts]
    if not unit.sourced:
        pass
    elif told[0] and not told[1] and pair[1].pivot and _about(marks, pair[1]):
        verdicts[1] = Verdict(-verdicts[0].balance, (*verdicts[1].cues, f"pivot: {pair[1].pivot}"))
    elif told[1] and not told[0] and pair[1].pivot and _about(marks, pair[0]):
        verdicts[0] = Verdict(-verdicts[1].balance, (*verdicts[0].cues, f"pivot: {pair[1].pivot}"))
    told = [said.polarity for said in verdicts]
    if not all(told) or told[0] == told[1]:
        return []
    made = [_mention(reading, marks, unit, side, said, "side") for side, said in zip(pair, verdicts, strict=True)]
    return [mention for mention in made if mention]


def _about(marks: _Marks, side: Side) -> bool:
    """Whether a side speaks of a theme at all."""
    return side.end - side.start > 3 and bool(marks.plain.within(side.start, side.end))


def _reasons(marks: _Marks, start: int, end: int) -> Iterator[Side]:
    """Behind a grade, what it rests on ("rated inadequate amid concerns that …")."""
    if "grading" in marks.background.ids(start, end):
        for span in marks.pivots.within(start, end):
            if span.id_ == "reason" and "grading" in marks.background.ids(start, span.start) and end - span.end > 3:
                yield Side(span.end, end, "reason")


def _verdict(doc: Doc, marks: _Marks, start: int, end: int) -> Verdict:
    """The verdict of some tokens, the names of grades left out where a grade is spoken of."""
    masked: set[int] = set()
    graded = "grading" in marks.background.ids(start, end)
    for span in marks.grades.within(start, end):
        if graded or _named(doc, span):
            masked.update(range(span.start, span.end))
    masked.update(token.i for token in doc[start + 1 : end] if token.is_title and token.pos_ == "PROPN")
    return verdict(doc, marks.tone, start, end, masked)


def _named(doc: Doc, grade: Span) -> bool:
    """Whether a grade stands alone in quotation marks: named, not used as a word of praise or blame."""
    return grade.start > 0 and doc[grade.start - 1].is_quote and grade.end < len(doc) and doc[grade.end].is_quote


def _in_context(said: Verdict, doc: Doc, marks: _Marks, unit: _Unit, context: _Context) -> Verdict:
    """A verdict helped out by what came before: the words that open a list, or the finding before a `However`."""
    lead = context.lead if unit.bullet else None
    if lead and lead.polarity and abs(said.balance) <= FIRM:
        return Verdict(lead.balance, (*said.cues, "list: " + " ".join(lead.cues)))
    if said.polarity:
        return said
    opening = next(iter(marks.pivots.within(unit.start, unit.start + 3)), None)
    if context.last and opening is not None and opening.id_ in ("contrast", "turn"):
        return _guess(OPPOSITE[context.last], "turn")
    if context.last and context.block == unit.block:
        return _guess(context.last, "as before")
    near = context.last is not None and unit.place - context.place <= 2
    grade = next((span for span in reversed(marks.grades.before(unit.start)) if span.id_ in LEANING), None)
    if grade is not None:
        return _guess(LEANING[grade.id_], "near" if near else "grade")
    return _guess(context.last, "near" if near else "as before") if context.last else said


def _guess(polarity: str, why: str) -> Verdict:
    """A verdict of words that tell nothing themselves."""
    return Verdict(HINT if polarity == "strength" else -HINT, (why,))


def _mention(reading: Reading, marks: _Marks, unit: _Unit, side: Side, said: Verdict, rule: str) -> Mention | None:
    """The mention of a finding, if the words are one."""
    doc = reading.doc
    start, end = trimmed(doc, marks.voices, marks.pivots, side.start, side.end)
    if end - start < SHORTEST or not said.polarity or not _is_finding(doc, marks, unit, start, end, said):
        return None
    about = themes(marks.plain, marks.faint, start, end) or ("practice",)
    return reading.mention(
        "finding", said.polarity, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), values=about, rule=rule,
        cues=said.cues, voice=unit.voice, quoted=unit.quoted,
    )  # fmt: skip


def _is_finding(doc: Doc, marks: _Marks, unit: _Unit, start: int, end: int, said: Verdict) -> bool:
    """Whether words that praise or blame are a finding: not a grade, a figure about many councils or an affair around one."""
    kinds = marks.background.ids(start, end)
    firm = any(cue for cue in said.cues if cue not in GUESSES)
    subject = bool(marks.plain.within(start, end)) or bool(marks.faint.within(start, end))
    if unit.quoted:
        return firm or subject
    if "elsewhere" in kinds or ("grading" in kinds and not (unit.sourced and abs(said.balance) > FIRM and marks.plain.within(start, end))):
        return False
    graded = any(_named(doc, span) for span in marks.grades.within(start, end))
    if unit.sourced:
        return (firm and subject) or bool(marks.plain.within(start, end) and not kinds and not graded)
    if kinds or graded:
        return False
    return (firm and subject and abs(said.balance) >= FIRM / 2) or (not firm and "near" in said.cues and bool(marks.plain.within(start, end)))
