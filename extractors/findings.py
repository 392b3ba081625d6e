"""Findings: what inspectors found, each sentence, bullet or side of one with its polarity and themes.

The lexicons mark praise and blame (`findings`, `shifters`), themes, voices, pivots and the background that is no
finding. A small trained model (`extractors.classifier`) weighs those marks and the words themselves; where it is turned
off, rules decide by the marks alone. A sentence whose sides are at odds gives two findings, every other one or none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from extractors.attribution import SUBJECTS
from extractors.classifier import Scores, Weights, model, scores
from extractors.clause import TELLING, Side, sides, trimmed
from extractors.context import FIRM, GUESSES, HINT, Context, entered, in_context, is_lead, turns
from extractors.discourse import Told, settled
from extractors.facts import facts, surroundings
from extractors.marks import SUBSTANCE, Marks, marks_of, named, ungraded, verdict_of
from extractors.polarity import TURNED, Verdict
from extractors.reading import Reading
from extractors.themes import chosen, themes
from extractors.unit import Unit, units
from schemas.mention import Mention

SHORTEST = 2  # tokens of a finding
LONGEST = 250  # tokens of a sentence that anybody writes; what is longer is no prose
LIKELY = 0.2  # the model's score from which words are a finding
ALLOWED = -0.1  # the same, where the rules hold them for one
LED = -0.6  # the same, where besides they are told behind their source ("a visit to Surrey found that …")
RULED = 0.3  # what a plain cue of the lexicons adds to the model's score of a polarity
OPPOSED = 0.4  # the same, of sides set against each other, where plain words mean what they say
APART = 0.1  # how sure the polarity of each side of an equal standing must be for a sentence to be cut in two
AGAINST = 1.0  # how sure the lesser side's polarity may be, where words set it against the other and it seems the same
BESIDE = -0.5  # the model's score that one side of a sentence must reach, where the other is a finding


@dataclass(frozen=True)
class Candidate:
    """Words that may be a finding: polarity as a number, the cues it comes from, the model's scores if there is one."""

    side: Side
    polarity: float
    cues: tuple[str, ...]
    said: Verdict
    scores: Scores | None


@dataclass(frozen=True)
class Draft:
    """A finding by itself, and what its neighbours need to know of it."""

    mention: Mention
    told: Told


def findings(reading: Reading) -> list[Mention]:
    """The findings of an article, in order of place: `id` is the polarity, `values` one to three themes."""
    return found(reading, model())


def found(reading: Reading, weights: Weights | None) -> list[Mention]:
    """The findings of an article by the weights of a model, or by the lexicons alone."""
    marks = marks_of(reading)
    drafts: list[Draft] = []
    context = Context()
    for unit in units(reading, marks.voices):
        context = entered(context, marks, unit)
        if is_lead(marks, unit):
            continue
        for draft in _of_unit(marks, ungraded(marks, unit), context, weights):
            drafts.append(draft)
            context = context.told(draft.mention.id, draft.mention.values, unit)
    praised = settled([draft.told for draft in drafts])
    return [_with_polarity(draft.mention, praises) for draft, praises in zip(drafts, praised, strict=True)]


def _with_polarity(mention: Mention, praises: bool) -> Mention:
    """A mention with the polarity that its story gives it."""
    polarity = "strength" if praises else "weakness"
    if mention.id == polarity:
        return mention
    return mention.model_copy(update={"id": polarity, "cues": ("neighbours",)})


def described(marks: Marks, unit: Unit | None, side: Side, context: Context) -> tuple[str, list[str]]:
    """Some words and the facts about them, as the model is told them; a sentence by itself has no unit."""
    doc = marks.reading.doc
    said = verdict_of(marks, side.start, side.end)
    around = surroundings(marks, unit, context) if unit is not None else ()
    return doc[side.start : side.end].text, list(chain(facts(marks, side.start, side.end, said), around))


def spread(marks: Marks, unit: Unit) -> Side | None:
    """The tokens of a unit that may be a finding, if they are neither too few nor too many."""
    start, end = trimmed(marks.reading.doc, marks.voices, marks.pivots, unit.start, unit.end)
    return Side(start, end) if SHORTEST <= end - start <= LONGEST else None


def _of_unit(marks: Marks, unit: Unit, context: Context, weights: Weights | None) -> list[Draft]:
    """The findings of one unit: two where its sides are at odds, else one or none."""
    whole = spread(marks, unit)
    if whole is None:
        return []
    start, end = whole.start, whole.end

    def judge(side: Side, said: Verdict, ruled: float = RULED) -> Candidate:
        return _candidate(marks, unit, side, context, said, weights, ruled)

    def entire() -> list[Draft]:
        said = in_context(verdict_of(marks, unit.start, end), marks, unit, context)
        rule = "quoted" if unit.quoted else "bullet" if unit.bullet else "sentence"
        topic = context.themes if context.block == unit.block else ()
        return _mentions(marks, unit, judge(Side(unit.start, end), said), rule, topic=topic)

    for pair in sides(marks.reading.doc, marks.pivots, start, end):
        first = replace(pair[0], start=unit.start) if pair[0].start == start else pair[0]
        two = _two_sided(marks, unit, first, pair[1], judge, entire)
        if two:
            return two
    for side in _reasons(marks, start, end):
        reason = _mentions(marks, unit, judge(side, verdict_of(marks, side.start, side.end)), "reason")
        if reason:
            return reason
    return entire()


def _candidate(
    marks: Marks, unit: Unit, side: Side, context: Context, said: Verdict, weights: Weights | None, ruled: float
) -> Candidate:
    """Words with their polarity: the model's score and the verdict of the rules taken together."""
    if weights is None:
        return Candidate(side, said.balance, said.cues, said, None)
    told = scores(*described(marks, unit, side, context), weights)
    polarity = told.strength + ruled * max(-TURNED, min(TURNED, said.balance))
    agreed = polarity * said.balance > 0
    return Candidate(side, polarity, said.cues if agreed else ("model",), said, told)


def _two_sided(
    marks: Marks,
    unit: Unit,
    first: Side,
    second: Side,
    judge: Callable[[Side, Verdict, float], Candidate],
    entire: Callable[[], list[Draft]],
) -> list[Draft]:
    """Two findings, where both sides of a sentence tell and differ; one, where one of them is none.

    A side needs little to be a finding where the other is, or the `entire` sentence.
    """
    one, two = (verdict_of(marks, side.start, side.end) for side in (first, second))
    if unit.sourced and second.pivot:  # the inspectors' "clear, but couched in jargon": the pivot tells what jargon is
        if one.polarity and not two.polarity and _about(marks, second):
            two = Verdict(-one.balance, (*one.cues, f"pivot: {second.pivot}"))
        elif two.polarity and not one.polarity and _about(marks, first):
            one = Verdict(-two.balance, (*two.cues, f"pivot: {second.pivot}"))
    both = _set_apart(marks, judge(first, one, OPPOSED), judge(second, two, OPPOSED))
    if both is None:
        return []
    told = [_mentions(marks, unit, side, "side") for side in both]
    if not all(told) and both[0].scores and (any(told) or entire()):
        told = [_mentions(marks, unit, side, "side", beside=True) for side in both]
    return [draft for drafts in told for draft in drafts]


def _set_apart(marks: Marks, first: Candidate, second: Candidate) -> tuple[Candidate, Candidate] | None:
    """The sides of a sentence with opposite polarities, if it is to be cut.

    Sides whose polarities are the same are, where a `but` or `although` stands between them and one is not sure of its
    own: what is set against praise is blame.
    """
    lesser, other = sorted((first, second), key=lambda side: abs(side.polarity))
    opposed = first.polarity * second.polarity < 0
    if first.scores is None:
        return (first, second) if opposed else None
    pivot = second.side.pivot
    lengths = [_length(marks, side) for side in (first, second)]
    if pivot and min(lengths) < SUBSTANCE:
        return None
    if pivot in ("contrast", "concession"):
        if not opposed and (abs(lesser.polarity) >= AGAINST or min(lengths) == SUBSTANCE):
            return None
    elif not opposed or abs(lesser.polarity) < (APART if pivot else 0.0):
        return None
    if opposed:
        return first, second
    turned = replace(lesser, polarity=-HINT if other.polarity > 0 else HINT, cues=(f"pivot: {pivot}",))
    return (turned, second) if lesser is first else (first, turned)


def _length(marks: Marks, candidate: Candidate) -> int:
    """The tokens of a side without attribution and marks."""
    start, end = trimmed(marks.reading.doc, marks.voices, marks.pivots, candidate.side.start, candidate.side.end)
    return end - start


def _about(marks: Marks, side: Side) -> bool:
    """Whether a side speaks of a theme at all."""
    return side.end - side.start > SUBSTANCE and bool(marks.plain.within(side.start, side.end))


def _reasons(marks: Marks, start: int, end: int) -> Iterator[Side]:
    """Behind a grade, what it rests on ("rated inadequate amid concerns that …"), or what is told beside it.

    "It was rated good in 2014, when inspectors described …"; "It was rated inadequate and found to have let down …".
    """
    doc = marks.reading.doc
    if "grading" in marks.background.ids(start, end):
        for span in marks.pivots.within(start, end):
            graded = "grading" in marks.background.ids(start, span.start)
            if span.id_ == "reason" and graded and end - span.end >= SUBSTANCE:
                yield Side(span.end, end, "reason")
        for span in marks.voices.within(start, end):
            if span.id_ in TELLING:
                subject = next((child for child in span.root.children if child.dep_ in SUBJECTS), span.root)
                begin = min(span.start, subject.left_edge.i)
                joined = begin > start and doc[begin - 1].lower_ in ("and", "when")
                graded = "grading" in marks.background.ids(begin, end)
                if joined and not graded and "grading" in marks.background.ids(start, begin):
                    yield Side(begin, end, "reason")


def _mentions(
    marks: Marks, unit: Unit, candidate: Candidate, rule: str, *, topic: tuple[str, ...] = (), beside: bool = False
) -> list[Draft]:
    """The draft of a finding, if the words are one; `topic` is what the paragraph speaks of.

    `beside`: the other side of the sentence is a finding.
    """
    doc = marks.reading.doc
    start, end = trimmed(doc, marks.voices, marks.pivots, candidate.side.start, candidate.side.end)
    if end - start < SHORTEST or not candidate.polarity:
        return []
    ruled = _is_finding(marks, unit, Side(start, end), candidate.said)
    if candidate.scores:
        graded = "grading" in marks.background.ids(start, end)
        bar = _bar(unit, candidate, start, ruled=ruled, graded=graded)
        if candidate.scores.finding < (BESIDE if beside and not graded else bar):
            return []
        about = chosen(candidate.scores.themes)
    else:
        if not ruled:
            return []
        about = themes(marks.plain, marks.faint, start, end, topic) or ("practice",)
    left, right = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    mention = marks.reading.mention(
        "finding", "strength" if candidate.polarity > 0 else "weakness", left, right, rule=rule,
        values=about, cues=candidate.cues, voice=unit.voice, quoted=unit.quoted,
    )  # fmt: skip
    turned = rule != "side" and turns(marks, unit)
    return [Draft(mention, Told(candidate.polarity, unit.place, unit.block, turned))]


def _bar(unit: Unit, candidate: Candidate, start: int, *, ruled: bool, graded: bool) -> float:
    """The model's score that words must reach, from `start` on without their source.

    They need least where their source tells more than a grade.
    """
    led = unit.sourced and start > candidate.side.start + 1 and not graded
    if ruled:
        return LED if led else ALLOWED
    return LIKELY


def _is_finding(marks: Marks, unit: Unit, side: Side, said: Verdict) -> bool:
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
    graded = any(named(span) for span in marks.grades.within(side.start, side.end))
    if unit.sourced:
        return (firm and subject) or (themed and not kinds and not graded)
    return firm and subject and not kinds and not graded and abs(said.balance) >= FIRM / 2
