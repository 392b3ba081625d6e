"""Facts about some words that may be a finding, as the small trained model is told them beside the words themselves."""

from collections.abc import Iterator

from extractors.context import FIRM, NEAR, Context, grade_before, turns
from extractors.marks import Marks
from extractors.polarity import TURNED, Verdict
from extractors.unit import Unit

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
