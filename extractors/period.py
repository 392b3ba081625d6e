"""EDTF arithmetic: the dates that articles state, as strings of the Library of Congress's Extended Date/Time Format.

Forms used: a year `2016`, a month `2014-11`, a day `2018-05-09`, an interval of two of the same kind
`2017-07/2017-08`, and each of the last three with the year unknown: `XXXX-03`, `XXXX-01-09/XXXX-01-10`. A date says
as much as its words say, no more.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Literal

Precision = Literal["year", "month", "day"]
Unit = Literal["year", "month", "week", "day"]

FORM = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?")
UNKNOWN = "XXXX"
LEAP_YEAR = 2000
"""Stands in for an unknown year where only the calendar matters: it has a 29 February."""


def edtf(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """The EDTF string of a calendar date, or None where there is no such date.

    >>> edtf(2014, 11), edtf(None, 3), edtf(2015, 2, 31), edtf(None)
    ('2014-11', 'XXXX-03', None, None)
    """
    if year is None and month is None:
        return None
    if (month is not None and not 1 <= month <= 12) or (year is not None and not 1 <= year <= 9999):
        return None
    if day is not None and (month is None or not 1 <= day <= calendar.monthrange(year or LEAP_YEAR, month)[1]):
        return None
    parts = [UNKNOWN if year is None else f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def interval(start: str, end: str) -> str:
    """The interval from one date to another; the date itself where they are the same.

    >>> interval("2017-07", "2017-08"), interval("2017-07", "2017-07")
    ('2017-07/2017-08', '2017-07')
    """
    return start if start == end else f"{start}/{end}"


def parts(single: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a date that is no interval; None for what it does not say."""
    match = FORM.fullmatch(single)
    if match is None:
        raise ValueError(
            f"{single!r} is no EDTF date of this project: expected YYYY, YYYY-MM or YYYY-MM-DD, or XXXX for the year"
        )
    year, month, day = match.groups()
    return None if year == UNKNOWN else int(year), int(month) if month else None, int(day) if day else None


def precision(date_: str) -> Precision:
    """How fine a date is: what its first end states.

    >>> precision("2016"), precision("XXXX-03"), precision("2025-01-20/2025-01-31")
    ('year', 'month', 'day')
    """
    _, month, day = parts(date_.partition("/")[0])
    return "day" if day else "month" if month else "year"


def bounds(date_: str) -> tuple[date, date] | None:
    """First and last day that a date covers; None where its year is unknown.

    >>> bounds("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    """
    start, _, end = date_.partition("/")
    first, last = _days(start), _days(end or start)
    return (first[0], last[1]) if first and last else None


def _days(single: str) -> tuple[date, date] | None:
    """First and last day of a date that is no interval."""
    year, month, day = parts(single)
    if year is None:
        return None
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def compatible(a: str, b: str) -> bool:
    """Whether two dates could be the same one, one of them told less precisely: one lies within the other.

    With an unknown year in either, months and days decide, and a bare year tells nothing against it.

    >>> compatible("2015", "2015-06"), compatible("2015-06", "2015-07"), compatible("XXXX-03", "2017-03")
    (True, False, True)
    """
    if UNKNOWN in a or UNKNOWN in b:
        if "year" in (precision(a), precision(b)):
            return True
        a, b = (re.sub(r"(^|/)(?:\d{4}|XXXX)", rf"\g<1>{LEAP_YEAR}", date_) for date_ in (a, b))
    first, second = bounds(a), bounds(b)
    if first is None or second is None:
        return False
    return (first[0] <= second[0] and second[1] <= first[1]) or (second[0] <= first[0] and first[1] <= second[1])


def before(a: str, b: str) -> bool:
    """Whether all of one date lies before all of another; False where that cannot be known.

    >>> before("2014", "2015-06"), before("2015", "2015-06"), before("XXXX-03", "2015")
    (True, False, False)
    """
    first, second = bounds(a), bounds(b)
    return first is not None and second is not None and first[1] < second[0]


def of_day(day: date, fineness: Precision) -> str:
    """A day told with a precision.

    >>> of_day(date(2015, 5, 7), "month")
    '2015-05'
    """
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[fineness]]


def shift(date_: str, count: int, unit: Unit) -> str | None:
    """The date that lies `count` units after another (before it, if negative), as precise as the unit and the date
    allow.

    Years give a year, months a month, weeks a month and days a day ('three years later' than 2013-05 is 2016). None
    where the date is too vague for the unit ('two months later' than 2012), its year is unknown, or the result is
    outside the calendar.

    >>> shift("2018-01", -2, "month"), shift("2013-05", 2, "year"), shift("2016-10-03", -8, "week")
    ('2017-11', '2015', '2016-08')
    >>> shift("2012", 2, "month") is None
    True
    """
    year, month, day = parts(date_.rpartition("/")[2] if count > 0 else date_.partition("/")[0])
    if year is None or abs(count) > 9999:
        return None
    if unit == "year":
        return edtf(year + count)
    if month is None or (unit != "month" and day is None):
        return None
    if unit == "month":
        whole, rest = divmod(year * 12 + month - 1 + count, 12)
        return edtf(whole, rest + 1)
    try:
        moved = date(year, month, day or 1) + timedelta(days=count * (7 if unit == "week" else 1))
    except OverflowError:
        return None
    return of_day(moved, "month" if unit == "week" else "day")
