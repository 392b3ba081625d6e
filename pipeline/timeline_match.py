"""Two records -> whether they tell of one event, and why; of records of one council."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.period import compatible
from pipeline.timeline_look import FIELDS, Look, Telling, Window

DIFFERING = 5  # the strength of a verdict on records of one time whose grades differ
ALIKE = 366  # days between dates beyond which nobody would take two events for one
PAIRS = 2**16  # looks that are kept compared: more than those of one council


class Verdict(NamedTuple):
    """Whether two records tell of one event."""

    joins: bool
    strength: int
    """Lower is surer; from `DIFFERING` on, the grades differ."""
    gap: int
    """Days between their dates."""
    why: str
    """The reason in words."""


def judge(a: Telling, b: Telling) -> Verdict | None:
    """Whether two records tell of one event; None where they are not even alike: of other families, or years apart."""
    return told_as_two(a.look, b.look) if a.article_id == b.article_id else compare(a.look, b.look)


def told_as_two(a: Look, b: Look) -> Verdict | None:
    """The verdict on two records of one article; None where nobody would take them for one."""
    gap = _gap(a, b)
    return None if gap is None or gap > a.family.near else Verdict(False, 0, gap, "one article tells of them as two")


@lru_cache(maxsize=PAIRS)
def compare(a: Look, b: Look) -> Verdict | None:
    """The verdict on records of two articles, by their looks; whether it joins does not depend on their order."""
    gap = _gap(a, b)
    if gap is None:
        return None
    clash = _clash(a, b)
    if not clash:
        return _by_gap(a, b, gap)
    differing = "their grades differ: " + ", ".join(f"{area} {a.grades[area]} and {b.grades[area]}" for area in clash)
    if (same := _same_date(a, b)) or (gap <= a.family.near and _agree_on_more(a, b, clash)):
        return Verdict(True, DIFFERING, gap, f"both {same or f'at one time, {a.told} and {b.told}'}; {differing}")
    return Verdict(False, DIFFERING, gap, differing) if gap <= a.family.near else None


def _by_gap(a: Look, b: Look, gap: int) -> Verdict:
    """The verdict on two records whose grades do not differ, by how far their dates lie apart."""
    family, told = a.family, f"{a.told} and {b.told}"
    if same := _same_date(a, b):
        return Verdict(True, 0, 0, f"both {same}")
    if a.grain == b.grain == "fine":
        if gap == 0:
            return Verdict(True, 1, 0, f"{told} fit together")
        if gap <= family.near:
            return Verdict(True, 2, gap, f"{told}: dates in print slip by up to {family.near} days")
        if a.overall and a.overall == b.overall and gap < family.spacing:
            return Verdict(
                True, 5, gap, f"{told}, and one grade: two of these are {family.spacing} days apart at least"
            )
    elif gap == 0:
        return Verdict(True, 3, 0, f"{told} fit together")
    return Verdict(False, 0, gap, f"their dates lie apart: {told}")


def _gap(a: Look, b: Look) -> int | None:
    """Days between two records: none where their fieldwork, or their reports, share a month; else between their windows,
    or between dates of the same field, whichever are farther apart. None for other families, and beyond `ALIKE`."""
    if a.family is not b.family or a.window is None or b.window is None:
        return None
    gaps = [_between(a.fine[field], b.fine[field]) for field in FIELDS if field in a.fine and field in b.fine]
    gap = 0 if 0 in gaps else max(_between(a.window, b.window), *gaps, 0)
    return gap if gap <= ALIKE else None


def _between(a: Window, b: Window) -> int:
    """Days from the end of one window to the beginning of the other; 0 where they overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def _same_date(a: Look, b: Look) -> str | None:
    """The date on which two records agree to the month at least, in words; of yearly ratings the year will do."""
    yearly = not a.family.lag
    for field in FIELDS:
        mine, other = a.dates.get(field), b.dates.get(field)
        if mine and other and (compatible(mine, other) if yearly else mine == other and field in a.fine):
            return f"{field} {min(mine, other, key=len)}"
    return None


def _agree_on_more(a: Look, b: Look, clash: Sequence[str]) -> bool:
    """Whether two records agree on more areas than they differ on; on twice as many where the overall grade differs."""
    return len(a.grades.keys() & b.grades.keys()) - len(clash) >= len(clash) * (2 if "overall" in clash else 1)


@lru_cache(maxsize=PAIRS)
def fits_months(a: Look, b: Look) -> bool:
    """Whether no date of the one speaks against the same date of the other, unknown years aside."""
    return all(compatible(a.dates[field], b.dates[field]) for field in a.dates.keys() & b.dates.keys())


@lru_cache(maxsize=PAIRS)
def agreements(a: Look, b: Look) -> int:
    """On how many areas two records give the same grade; -1 where they differ on any."""
    return -1 if _clash(a, b) else len(a.grades.keys() & b.grades.keys())


def _clash(a: Look, b: Look) -> list[str]:
    """The areas of which two records give different grades."""
    return sorted(area for area in a.grades.keys() & b.grades.keys() if a.grades[area] != b.grades[area])


def forget() -> None:
    """Drop the comparisons that are kept, when the records of a council are done with: those of the next are others."""
    for kept in (compare, fits_months, agreements):
        kept.cache_clear()
