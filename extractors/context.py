"""What came before a sentence, and what words that tell nothing by themselves say because of it."""

from dataclasses import dataclass, replace

from spacy.tokens import Span

from extractors.marks import Marks, verdict_of
from extractors.polarity import TURNED, Verdict
from extractors.unit import Unit

OPPOSITE = {"strength": "weakness", "weakness": "strength"}
LEANING = {"outstanding": "strength", "good": "strength", "requires_improvement": "weakness", "inadequate": "weakness"}
GUESSES = ("as before", "turn", "grade", "near")
NEAR = 2  # sentences within which a finding colours the next
EARLY = 8  # tokens within which a sentence says that it turns
FIRM = 1.0  # a balance of one plain cue
HINT = 0.1  # a balance that is guessed


@dataclass(frozen=True)
class Context:
    """The last finding, where it stood, and the verdict of the words that open a list."""

    last: str | None = None
    block: int = -1
    place: int = -1
    themes: tuple[str, ...] = ()
    lead: Verdict | None = None

    def told(self, polarity: str, themes: tuple[str, ...], unit: Unit) -> "Context":
        """The context behind a finding of a unit."""
        return replace(self, last=polarity, block=unit.block, place=unit.place, themes=themes)


def is_lead(marks: Marks, unit: Unit) -> bool:
    """Whether a unit only opens a list ("Other findings included:")."""
    return marks.reading.doc[unit.start : unit.end].text.rstrip().endswith(":")


def entered(context: Context, marks: Marks, unit: Unit) -> Context:
    """The context on coming to a unit: words that open a list hold for its items and no longer."""
    if is_lead(marks, unit):
        return replace(context, lead=verdict_of(marks, unit.start, unit.end))
    return context if unit.bullet else replace(context, lead=None)


def in_context(said: Verdict, marks: Marks, unit: Unit, context: Context) -> Verdict:
    """A verdict helped out by what came before: the words that open a list, or the finding before a `However`.

    What must be done ("The council must:") is blame, however well it is said to be done.
    """
    lead = context.lead if unit.bullet else None
    if lead and lead.polarity and (abs(said.balance) <= FIRM or lead.balance <= -TURNED):
        return Verdict(lead.balance, (*said.cues, "list: " + " ".join(lead.cues)))
    return said if said.polarity else _guess(marks, unit, context)


def turns(marks: Marks, unit: Unit) -> bool:
    """Whether a unit opens by setting itself against what came before (`However`, `But`; `There is, though, …`)."""
    spans = marks.pivots.within(unit.start, min(unit.start + EARLY, unit.end))
    if spans and spans[0].start < unit.start + 3 and spans[0].id_ in ("contrast", "turn"):
        return True
    return any(span.id_ in ("contrast", "concession", "turn") and _is_aside(span) for span in spans)


def _is_aside(span: Span) -> bool:
    """Whether words stand between commas."""
    doc = span.doc
    return doc[span.start - 1].text == "," and span.end < len(doc) and doc[span.end].text == ","


def grade_before(marks: Marks, unit: Unit) -> str | None:
    """The polarity to which the last grade before a unit leans."""
    return next((LEANING[span.id_] for span in reversed(marks.grades.before(unit.start)) if span.id_ in LEANING), None)


def _guess(marks: Marks, unit: Unit, context: Context) -> Verdict:
    """A verdict on words that tell nothing: by the finding close before, the last grade, or the last finding."""
    grade = grade_before(marks, unit)
    polarity, why = context.last, "as before"
    if context.last and turns(marks, unit):
        polarity, why = OPPOSITE[context.last], "turn"
    elif context.last and unit.place - context.place <= NEAR:
        why = "near"
    elif grade:
        polarity, why = grade, "grade"
    if polarity is None:
        return Verdict(0.0, ())
    return Verdict(HINT if polarity == "strength" else -HINT, (why,))
