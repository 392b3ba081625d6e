"""Dates told from another date: from the day of publication ('last week', 'four years ago') or from the date before
in the text.

What has neither to count from means nothing here. Weeks have no form of their own in EDTF, so they are told as a month.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from extractors.date_grammar import Expression, words
from extractors.period import Precision, Unit, of_day, precision, shift

Meaning = tuple[tuple[str, ...], tuple[str, ...]]
"""The dates that an expression states, and the cues by which they were read."""
NOTHING: Meaning = ((), ())
UNITS: dict[str, tuple[Unit, int]] = {
    "year": ("year", 1),
    "month": ("month", 1),
    "week": ("week", 1),
    "day": ("day", 1),
    "fortnight": ("week", 2),
    "decade": ("year", 10),
}
"""Each unit of `lexicons/dates.toml` as a number of those that calendars count in."""
TENS = {"twenty": 20, "thirty": 30, "forty": 40}
STEPS = {"last": -1, "this": 0, "next": 1}
"""Where a year, month or week lies that is told from publication."""
STOPS = ",.;:)–—"
"""What ends a phrase: 'three months on,' is a date, 'three months on the register' a duration."""
DATEPARSER = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past"}
"""Settings of dateparser: it reads days in figures and distances from publication, and no other text is given to it."""


class Frame(NamedTuple):
    """What an expression is read against."""

    published: date | None
    anchor: str | None
    """The date before it in the text, if near."""
    same_sentence: bool = False
    """Whether that one stands in the same sentence."""
    rest: str = ""
    """The text that follows, up to the next date expression."""
    next_is_date: bool = False
    """Whether the sentence holds another date after it."""
    latest: date | None = None
    """Publication, or in an undated article the day of the latest report."""
    day: str | None = None
    """The last day told before it, however far back."""
    year: str | None = None
    """The year of the grade that its inspection led to."""

    @property
    def today(self) -> str | None:
        """The day of publication as a date."""
        return self.published.isoformat() if self.published else None


@lru_cache(maxsize=4096)
def single_day(text: str, published: date | None) -> date | None:
    """The day that dateparser reads, from publication where the text is relative.

    >>> single_day("05/06/2015", None), single_day("three weeks ago", date(2018, 1, 11))
    (datetime.date(2015, 6, 5), datetime.date(2017, 12, 21))
    """
    import dateparser  # noqa: PLC0415 - takes half a second, and few articles need it

    base = {"RELATIVE_BASE": datetime(published.year, published.month, published.day)} if published else {}
    read = dateparser.parse(text, languages=["en"], settings={**DATEPARSER, **base})
    return read.date() if read else None


def _moved(start: str | None, count: int, unit: Unit, cue: str) -> Meaning:
    """A date moved by some units, with its cue."""
    found = shift(start, count, unit) if start else None
    return ((found,), (cue,)) if found else NOTHING


def unit_date(expression: Expression, frame: Frame) -> Meaning:
    """'Last year', 'this month', 'the same year', 'the following week'."""
    which, (unit, size) = expression.parts["which"], UNITS[expression.parts["unit"]]
    if which in STEPS:
        return _moved(frame.today, STEPS[which] * size, unit, "relative")
    if which == "same" and unit == "day" and "same" in expression.text.lower():
        return _moved(frame.day, 0, "day", "anaphoric")
    if which == "same":
        usable = (
            unit in ("year", "month")
            or (unit == "week" and not frame.next_is_date)
            or (unit == "day" and frame.anchor and precision(frame.anchor) == "day")
        )
        usable = usable and not (frame.anchor and "/" in frame.anchor and unit == "day")
        return _moved(frame.anchor, 0, "month" if unit == "week" else unit, "anaphoric") if usable else NOTHING
    return _moved(frame.anchor, size if which == "following" else -size, unit, "anaphoric")


def weekday_date(expression: Expression, frame: Frame) -> Meaning:
    """'On Tuesday' is the latest one, the day of publication included; 'last Tuesday' is before it."""
    given, published = expression.parts, frame.published
    which = given.get("which", "on")
    if published is None or which not in ("on", *STEPS):
        return NOTHING
    passed = published.weekday() - int(given.get("w") or given["w2"])
    back = {"on": passed % 7, "last": passed % 7 or 7, "this": passed, "next": passed % 7 - 7}[which]
    return ((published - timedelta(days=back)).isoformat(),), ("relative",)


def week_date(expression: Expression, frame: Frame) -> Meaning:
    """'Tuesday of this week', 'Friday last week'."""
    given, published = expression.parts, frame.published
    if published is None or given["which"] not in STEPS:
        return NOTHING
    days = int(given["w"]) - published.weekday() + 7 * STEPS[given["which"]]
    return ((published + timedelta(days=days)).isoformat(),), ("relative",)


def near_date(expression: Expression, frame: Frame) -> Meaning:
    """'Today', 'yesterday', 'this morning'."""
    return _moved(frame.today, int(expression.parts["near"]), "day", "relative")


def distance_date(expression: Expression, frame: Frame) -> Meaning:
    """'Four years ago', 'two months later', '13 months before that', 'three years after it was rated'."""
    given, stops = expression.parts, not frame.rest or frame.rest[0] in STOPS
    unit, size = UNITS[given["unit"]]
    count = size * _count(given["number"])
    if "half" in given or (expression.text.endswith(" on") and not stops):
        return _halves(given, count, frame)
    way = given["way"]
    if way == "ago":
        return _ago(expression.text, unit, given.get("sharp", ""), frame)
    if way in ("after", "before") and not stops:
        return _to_clause(way, count, unit, frame)
    if way in ("later", "after"):
        return _moved(frame.anchor, count, unit, "anaphoric")
    return _moved(frame.anchor or frame.today, -count, unit, "anaphoric" if frame.anchor else "relative")


def _ago(text: str, unit: Unit, sharp: str, frame: Frame) -> Meaning:
    """So many units before publication, as precise as the unit: 'three weeks ago' is a month, 'a week ago today' a day."""
    day = single_day(text.removesuffix(sharp).lower(), frame.published) if frame.published else None
    fine: Precision = "day" if sharp.endswith("today") else "month" if unit == "week" or sharp else unit
    return ((of_day(day, fine),), ("relative",)) if day else NOTHING


def _halves(given: dict[str, str], count: int, frame: Frame) -> Meaning:
    """'Two and a half years ago', to the year; other halves are too vague."""
    if "half" not in given or given["way"] != "ago" or given["unit"] != "year" or frame.today is None:
        return NOTHING
    month = shift(frame.today, -(12 * count + 6), "month")
    return ((month[:4],), ("relative",)) if month else NOTHING


def _to_clause(way: str, count: int, unit: Unit, frame: Frame) -> Meaning:
    """'N years after X happened': the date of X, back from the date before in the sentence, else from publication.

    Where X is itself told by a date ('two years after its 2019 inspection') nothing is added.
    """
    if frame.next_is_date:
        return NOTHING
    if frame.same_sentence:
        return _moved(frame.anchor, -count if way == "after" else count, unit, "anaphoric")
    return _moved(frame.today, -count, unit, "relative") if way == "after" else NOTHING


def _count(text: str) -> int:
    """A number in figures, in words, or as an article."""
    tens, _, ones = text.lower().rpartition("-")
    return int(text) if text.isdecimal() else TENS.get(tens, 0) + int(words("count").get(ones, 1))
