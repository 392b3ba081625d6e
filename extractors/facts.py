"""Facts about some words that may be a finding, as the small trained model is told them beside the words themselves."""

from bisect import bisect_left
from collections.abc import Iterator

from extractors.attribution import INSPECTORATE
from extractors.context import FIRM, NEAR, Context, grade_before, turns
from extractors.marks import Marks
from extractors.polarity import TURNED, Verdict
from extractors.unit import Unit

QUIET = (0, 15, 40, 100)  # tokens since the inspectorate was last named, from which it is a different matter
OTHERS = frozenset(("response", "reply"))
PRAISE_AND_BLAME = frozenset(("strength", "weakness"))
LEXICONS = ("tone", "background", "voices", "plain", "faint")


def facts(marks: Marks, start: int, end: int, said: Verdict) -> Iterator[str]:
    """What the lexicons mark in the tokens from `start` to before `end`, and the verdict that the rules come to."""
    for name in LEXICONS:
        yield from sorted(f"{name}:{value}" for value in getattr(marks, name).ids(start, end))
    first = next(iter(marks.plain.within(start, end)), None)
    if first is not None:
        yield f"first:{first.id_}"
    if marks.grades.within(start, end):
        yield "grade"
    size = "firm" if abs(said.balance) > TURNED else "plain" if abs(said.balance) >= FIRM else "hint"
    yield f"said:{said.polarity}:{size}"
    if said.polarity:
        yield f"said:{said.polarity}"


def surroundings(marks: Marks, unit: Unit, context: Context) -> Iterator[str]:
    """Who says it, and what was said before it; a sentence that stands by itself has no surroundings."""
    yield f"voice:{unit.voice}"
    yield f"unit:{'quoted' if unit.quoted else 'bullet' if unit.bullet else 'sourced' if unit.sourced else 'bare'}"
    yield f"grade-before:{grade_before(marks, unit)}"
    yield f"heard:{_heard(marks, unit)}"
    yield f"place:{_place(marks, unit)}"
    yield from _neighbours(marks, unit)
    if context.lead is not None:
        yield f"lead:{context.lead.polarity}"
    if context.last is None:
        yield "first-finding"
        return
    turn = "turn" if turns(marks, unit) else "on"
    near = "near" if unit.place - context.place <= NEAR else "far"
    yield f"last:{context.last}:{near}:{turn}"
    yield f"last:{near}"
    if context.block == unit.block:
        yield f"last:{context.last}:block:{turn}"
        yield from (f"topic:{theme}" for theme in context.themes)


def _heard(marks: Marks, unit: Unit) -> str:
    """How long ago the inspectorate was last named, and whether somebody else was since."""
    others = ""
    for index in range(bisect_left(marks.voices.starts, unit.end) - 1, -1, -1):
        span = marks.voices.spans[index]
        ago = unit.start - span.start
        if ago > QUIET[-1]:
            break
        if span.id_ in INSPECTORATE:
            return f"{bisect_left(QUIET, ago)}{others}"
        if span.id_ == "response":
            others = ":others"
    return f"long ago{others}"


def _place(marks: Marks, unit: Unit) -> str:
    """Whereabouts in the story a unit stands: first, or in which third."""
    return "first" if unit.place == 0 else str(3 * unit.place // len(marks.reading.sentences))


def _neighbours(marks: Marks, unit: Unit) -> Iterator[str]:
    """Who is named in the sentences before and behind a unit, and whether they praise or blame."""
    sentences = marks.reading.sentences
    for name, place in (("before", unit.place - 1), ("behind", unit.place + 1)):
        if not 0 <= place < len(sentences):
            continue
        start, end = sentences[place].start, sentences[place].end
        named = marks.voices.ids(start, end)
        yield f"{name}:{'others' if named & OTHERS else 'theirs' if named & set(INSPECTORATE) else 'nobody'}"
        yield f"{name}:{'+'.join(sorted(marks.tone.ids(start, end) & PRAISE_AND_BLAME))}"
