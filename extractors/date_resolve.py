"""What a date expression means: its parts turned into EDTF strings.

A month without a year is the latest one before publication; where that is unknown, the year stays unknown. 'In May
last year' counts from publication, 'in May that year' and 'that April' from the date before in the text. What the
words leave open and was inferred so is said in cues.
"""

from collections.abc import Callable
from datetime import date, timedelta

from extractors.date_grammar import Expression
from extractors.date_relative import (
    NOTHING,
    STEPS,
    STOPS,
    Frame,
    Meaning,
    distance_date,
    near_date,
    single_day,
    unit_date,
    week_date,
    weekday_date,
)
from extractors.period import LEAP_YEAR, bounds, edtf, interval, parts, shift

Year = tuple[int | None, tuple[str, ...]]
"""A year, if known, and the cue by which it was read."""
TWO_PART_VISIT = 14
"""Days between two days of one month or the next ('28 June and 9 July') that still make them one visit."""


def resolve(expression: Expression, frame: Frame) -> Meaning:
    """The dates that an expression states (one, two of a list, or none if unknowable) and the cues it went by."""
    return RESOLVERS[expression.rule](expression, frame)


def _year(given: dict[str, str], month: int, day: int | None, frame: Frame) -> Year:
    """The year of a month or day: said, pointed to, or the latest before publication."""
    if "year" in given:
        return int(given["year"]), ()
    if "whichyear" in given:
        return _pointed_year(given["whichyear"], frame)
    if frame.year and "which" not in given:
        return int(frame.year), ("anaphoric",)
    if "the" in given and (
        not frame.rest or frame.rest[0] in STOPS
    ):  # "in the November", but not "in the May inspection"
        return _anchored_year("same", month, frame)
    if given.get("which", "last") in STEPS:
        over = given.get("p1") != "early"
        return _near_year(
            given.get("which"), month, day, frame.published if "which" in given else frame.latest, over=over
        )
    return _anchored_year(given["which"], month, frame)


def _pointed_year(which: str, frame: Frame) -> Year:
    """The year that 'last year' or 'that year' means."""
    if which in STEPS:
        return (frame.published.year + STEPS[which] if frame.published else None), ("relative",)
    year = parts(frame.anchor.partition("/")[0])[0] if frame.anchor else None
    return (year + {"previous": -1, "same": 0, "following": 1}[which] if year else None), ("anaphoric",)


def _near_year(which: str | None, month: int, day: int | None, published: date | None, *, over: bool = True) -> Year:
    """The year of the latest such month or day before publication; a month is `over`, a day may be that day."""
    if published is None:
        return None, ("year unknown",)
    if which == "this":
        return published.year, ("relative",)
    passed = (month, day) <= (published.month, published.day) if day else month + over <= published.month
    cue = "relative" if which else "year inferred"
    return published.year - (not passed) + (which == "next"), (cue,)


def _anchored_year(which: str, month: int, frame: Frame) -> Year:
    """The year of 'that April', 'the previous November', 'the following March', counted from the date before."""
    days = bounds(frame.anchor) if frame.anchor else None
    if days is None:
        return _near_year(None, month, None, frame.published)
    first, last = days
    if which == "previous":
        return first.year - (month >= first.month), ("anaphoric",)
    if which == "following":
        return last.year + (month <= last.month), ("anaphoric",)
    return first.year + (month < first.month), ("anaphoric",)


def _single(expression: Expression, frame: Frame) -> Meaning:
    """A month or a day: 'November', 'Tuesday 5 May 2015', 'in May that year'."""
    given = expression.parts
    month, day = int(given["m2"]), _number(given.get("d2"))
    year, cues = _year(given, month, day, frame)
    found = edtf(year, month, day)
    return ((found,), cues + _weekday(given.get("w"), year, month, day)) if found else NOTHING


def _number(text: str | None) -> int | None:
    """The number of a day, without its 'th'."""
    return int(text.rstrip("stndrh")) if text else None


def _weekday(weekday: str | None, year: int | None, month: int, day: int | None) -> tuple[str, ...]:
    """The cue that says whether the weekday given fits the date."""
    if weekday is None or year is None or day is None:
        return ()
    return ("weekday checked",) if date(year, month, day).weekday() == int(weekday) else ("weekday mismatch",)


def _pair(expression: Expression, frame: Frame) -> Meaning:
    """Two months or two days: one interval where they are joined or adjacent, else two dates."""
    given = expression.parts
    month2, day1, day2 = int(given["m2"]), _number(given.get("d1")), _number(given.get("d2"))
    month1 = int(given.get("m1", month2))
    year2, cues = _year(given, month2, day2, frame)
    earlier_year = month1 > month2
    year1 = int(given["y1"]) if "y1" in given else year2 and year2 - earlier_year
    start, end = edtf(year1, month1, day1), edtf(year2, month2, day2)
    if start is None or end is None or (month1 == month2 and start > end):
        return NOTHING
    cues += _weekday(given.get("w"), year2, month2, day2)
    joined = "to" in given or "more" in given or expression.ranged
    return ((interval(start, end),) if joined or _adjacent(start, end) else (start, end)), cues


def _adjacent(start: str, end: str) -> bool:
    """Whether one event may fill both: months in a row, days at most two weeks apart."""
    (year1, month1, day1), (year2, month2, day2) = parts(start), parts(end)
    if day1 is None or day2 is None:
        return (month2 or 0) - (month1 or 0) + 12 * ((year2 or 0) - (year1 or 0)) in (1, -11 if year1 is None else 1)
    first, second = date(year1 or LEAP_YEAR, month1 or 1, day1), date(year2 or LEAP_YEAR, month2 or 1, day2)
    return timedelta(0) <= second - first <= timedelta(days=TWO_PART_VISIT)


def _figures(expression: Expression, frame: Frame) -> Meaning:
    """A day in figures: '05/06/2015' is 5 June."""
    day = single_day(expression.text, None)
    return ((day.isoformat(),), ()) if day else NOTHING


def _week(expression: Expression, frame: Frame) -> Meaning:
    """'The week of 9 October': seven days from that day."""
    ids, cues = _single(expression, frame)
    last = shift(ids[0], 6, "day") if ids else None
    return ((interval(ids[0], last),), cues) if last else NOTHING


def _day_of_that_month(expression: Expression, frame: Frame) -> Meaning:
    """'On the 12th' behind a day of its sentence ('began on 1 June and finished on the 12th'): a later day of that month."""
    start = frame.anchor.rpartition("/")[2] if frame.anchor and frame.same_sentence else ""
    year, month, first = parts(start) if start else (None, None, None)
    day = _number(expression.parts["d2"])
    found = edtf(year, month, day) if month and first and day and day > first else None
    return ((found,), ("anaphoric",)) if found else NOTHING


def _season(expression: Expression, frame: Frame) -> Meaning:
    """A season as its year, the precision that its words have; a season without any year is left."""
    given = expression.parts
    if not given.keys() & {"year", "whichyear", "which"}:
        return NOTHING
    year, cues = _year(given, int(given["season"]), None, frame)
    found = edtf(year)
    return ((found,), cues) if found else NOTHING


def _bare_year(expression: Expression, frame: Frame) -> Meaning:
    """'2016', 'the end of 2013'."""
    return (expression.parts["year"],), ()


RESOLVERS: dict[str, Callable[[Expression, Frame], Meaning]] = {
    "days": _pair,
    "days across months": _pair,
    "day": _single,
    "month and day": _single,
    "numeric day": _figures,
    "week of": _week,
    "months": _pair,
    "month": _single,
    "season": _season,
    "years": lambda expression, frame: NOTHING,
    "year": _bare_year,
    "unit": unit_date,
    "weekday": weekday_date,
    "weekday of week": week_date,
    "day of that month": _day_of_that_month,
    "near": near_date,
    "distance": distance_date,
}
"""How each rule of the grammar is resolved."""
