"""EDTF arithmetic: building, measuring, comparing and moving dates."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from extractors.period import before, bounds, compatible, edtf, interval, of_day, parts, precision, shift

FORMS = [
    ("2016", "year", date(2016, 1, 1), date(2016, 12, 31)),
    ("2014-11", "month", date(2014, 11, 1), date(2014, 11, 30)),
    ("2016-02", "month", date(2016, 2, 1), date(2016, 2, 29)),
    ("2018-05-09", "day", date(2018, 5, 9), date(2018, 5, 9)),
    ("2017-07/2017-08", "month", date(2017, 7, 1), date(2017, 8, 31)),
    ("2015-12/2016-01", "month", date(2015, 12, 1), date(2016, 1, 31)),
    ("2025-01-20/2025-01-31", "day", date(2025, 1, 20), date(2025, 1, 31)),
]
UNKNOWN = [("XXXX-03", "month"), ("XXXX-07/XXXX-08", "month"), ("XXXX-01-09/XXXX-01-10", "day")]


@pytest.mark.parametrize(("text", "fineness", "first", "last"), FORMS)
def test_period_known_years_have_bounds(text: str, fineness: str, first: date, last: date) -> None:
    assert (precision(text), bounds(text)) == (fineness, (first, last))
    parse_edtf(text)


@pytest.mark.parametrize(("text", "fineness"), UNKNOWN)
def test_period_unknown_years_have_none(text: str, fineness: str) -> None:
    assert (precision(text), bounds(text)) == (fineness, None)
    parse_edtf(text)


@pytest.mark.parametrize(
    ("given_parts", "expected"),
    [
        ((2016,), "2016"),
        ((2016, 2, 29), "2016-02-29"),
        ((2015, 2, 29), None),
        ((None, 2, 29), "XXXX-02-29"),
        ((None, 2, 30), None),
        ((2016, 13), None),
        ((None,), None),
        ((0,), None),
        ((2016, None, 3), None),
    ],
)
def test_period_edtf_knows_the_calendar(given_parts: tuple[int, ...], expected: str | None) -> None:
    assert edtf(*given_parts) == expected


@pytest.mark.parametrize("text", ["", "2016-1", "16", "2016-11-5", "about 2016"])
def test_period_parts_refuses_other_forms(text: str) -> None:
    with pytest.raises(ValueError, match="no EDTF date"):
        parts(text)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2015", "2015-06", True),
        ("2015", "2016-06", False),
        ("2015-06", "2015-06-22", True),
        ("2015-06", "2015-07", False),
        ("2017-07/2017-08", "2017-08", True),
        ("2017-07/2017-08", "2017-08/2017-09", False),
        ("2017-07/2017-08", "2017", True),
        ("XXXX-03", "2017-03", True),
        ("XXXX-03", "2017-04", False),
        ("XXXX-03", "2017", True),
        ("XXXX-07/XXXX-08", "2017-07", True),
    ],
)
def test_period_compatible_both_ways(a: str, b: str, expected: bool) -> None:
    assert compatible(a, b) is compatible(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2014", "2015-06", True),
        ("2015-06", "2014", False),
        ("2015", "2015-06", False),
        ("2017-07/2017-08", "2017-09-01", True),
        ("XXXX-03", "2015", False),
    ],
)
def test_period_before(a: str, b: str, expected: bool) -> None:
    assert before(a, b) is expected


@pytest.mark.parametrize(
    ("start", "count", "unit", "expected"),
    [
        ("2013-05", 2, "year", "2015"),
        ("2018-01", -2, "month", "2017-11"),
        ("2018-12-31", 2, "month", "2019-02"),
        ("2012", 2, "month", None),
        ("XXXX-03", 1, "year", None),
        ("2016-10-03", -8, "week", "2016-08"),
        ("2016-10", -8, "week", None),
        ("2016-03-01", -1, "day", "2016-02-29"),
        ("2017-12/2018-01", 1, "month", "2018-02"),
        ("2017-12/2018-01", -1, "month", "2017-11"),
        ("0001-01-01", -1, "day", None),
        ("2016", -3000, "year", None),
    ],
)
def test_period_shift(start: str, count: int, unit: str, expected: str | None) -> None:
    assert shift(start, count, unit) == expected  # type: ignore[arg-type]


def test_period_interval_of_one_date_is_that_date() -> None:
    assert interval("2017-07", "2017-07") == "2017-07"


@given(st.dates(), st.sampled_from(["year", "month", "day"]))
def test_period_a_day_lies_within_its_own_month_and_year(day: date, fineness: str) -> None:
    told = of_day(day, fineness)  # type: ignore[arg-type]
    covered = bounds(told)
    assert precision(told) == fineness
    assert covered is not None
    assert covered[0] <= day <= covered[1]
    assert compatible(told, day.isoformat())
