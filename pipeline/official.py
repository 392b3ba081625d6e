"""The official record and an event as articles tell it -> a verdict: confirmed, contradicted, unlisted, or outside.

The record is `extractors/lexicons/official_outcomes.csv`. It holds the full inspections of councils that still exist, from
the first ones under the single framework to March 2025, and four earlier ones; of anything else it says nothing, and
neither do we. What articles say is never changed by it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from functools import cache

from pydantic import ValidationError

from extractors import tables
from extractors.authorities import register
from extractors.period import UNKNOWN, bounds, compatible
from schemas.inspection import Area, Grade
from schemas.official import OfficialGrade, Verified

TABLE = "official_outcomes"
FULL = ("inspection", "reinspection")
AGREES = timedelta(days=14)  # the file's date of a report may be a week off, and a weekly tells of it a week later
NEAR = timedelta(days=45)  # a date that is wrong by so little is one of this inspection, and wrong
NEWS = timedelta(days=75)  # from a report to the last article that tells it as news
LATEST = timedelta(days=214)  # from fieldwork to a report; the longest in the record is 203 days
JOINT_UNTIL = "2023-01-01"  # from then on ILACS judges care leavers by themselves
SAME: Mapping[str, str] = {"adequate": "requires_improvement"}  # one step of the scale by its two names


class OfficialError(Exception):
    """The table of official outcomes is wrong: says which row, which column, and what was expected."""


@dataclass(frozen=True)
class Report:
    """One of Ofsted's reports."""

    official_id: str
    council_id: str
    kind: str
    start: Day
    end: Day
    published: Day
    grades: Mapping[Area, Grade]


@dataclass(frozen=True)
class Told:
    """An event as articles tell it, as far as the official record can speak of it; dates are EDTF."""

    council_id: str
    kind: str
    inspectorate: str = "Ofsted"
    inspected: str | None = None
    reported: str | None = None
    article: str | None = None
    """The date of the article that reports it as news, where that is the only date."""
    known_by: str | None = None
    """ISO date of the earliest article that tells of it: the report was out by then."""
    grades: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Contradiction:
    """A field in which an event differs from the official report that it was matched to."""

    field: str
    said: str
    official: str


@dataclass(frozen=True)
class Verdict:
    """What the official record says of an event."""

    verified: Verified
    beyond: str | None = None
    """Why the record can't speak of it, where it is `outside`."""
    official_id: str | None = None
    suggested: str | None = None
    """Day of publication of the one report that fits an event without a year."""
    contradictions: tuple[Contradiction, ...] = ()


@cache
def outcomes() -> tuple[OfficialGrade, ...]:
    """The official outcomes, a row per report and area, checked."""
    return tuple(_checked(number, row) for number, row in enumerate(tables.rows(TABLE), 2))


def _checked(number: int, row: Mapping[str, str]) -> OfficialGrade:
    """One row of the table; `number` counts the lines of the file, its header first."""
    where = f"{TABLE}.csv, line {number}"
    try:
        outcome = OfficialGrade.model_validate({**row, "framework": row.get("framework") or None})
    except ValidationError as error:
        fault = error.errors()[0]
        raise OfficialError(f"{where}, column {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    for column in ("inspection_start", "inspection_end", "report_published"):
        try:
            Day.fromisoformat(row[column])
        except ValueError as error:
            raise OfficialError(f"{where}, column {column}: expected an ISO date, got {row[column]!r}") from error
    if not outcome.inspection_start <= outcome.inspection_end <= outcome.report_published:
        raise OfficialError(
            f"{where}, column inspection_end: expected a day from the first of fieldwork to publication"
        )
    if outcome.council_id not in register():
        raise OfficialError(f"{where}, column council_id: {outcome.council_id!r} is no council of councils.csv")
    return outcome


@cache
def reports() -> tuple[Report, ...]:
    """The official reports, by council and first day."""
    found: dict[str, list[OfficialGrade]] = defaultdict(list)
    for row in outcomes():
        found[row.official_id].append(row)
    return tuple(_report(rows) for _, rows in sorted(found.items()))


def _report(rows: Sequence[OfficialGrade]) -> Report:
    """The report that its rows tell of; they all have its dates."""
    first = rows[0]
    days = {(row.council_id, row.kind, row.inspection_start, row.inspection_end, row.report_published) for row in rows}
    if len(days) > 1 or len({row.area for row in rows}) < len(rows):
        raise OfficialError(
            f"{TABLE}.csv, report {first.official_id}: expected one council, one set of dates, each area once"
        )
    grades: dict[Area, Grade] = {row.area: row.grade for row in rows}
    if first.framework == "ILACS" and first.inspection_start < JOINT_UNTIL:
        grades.setdefault("care_leavers", grades["children_in_care"])
    start, end, published = map(Day.fromisoformat, next(iter(days))[2:])
    return Report(first.official_id, first.council_id, first.kind, start, end, published, grades)


def reports_of(council_id: str) -> tuple[Report, ...]:
    """The full inspections of a council, and of the one that it continues under the same name and code."""
    code = register()[council_id].council.la_code
    return tuple(
        each for each in reports() if each.kind in FULL and register()[each.council_id].council.la_code == code
    )


@cache
def span() -> tuple[Day, Day, Day]:
    """What the record covers: the first fieldwork and the first report under the single framework, and its last report."""
    modern = [each for each in reports() if "-slac-" not in each.official_id and each.kind in FULL]
    return min(r.start for r in modern), min(r.published for r in modern), max(r.published for r in modern)


def verify(told: Told, reports: Sequence[Report]) -> Verdict:
    """What the official reports of a council, those of `reports_of`, say of one of its events.

    The press dates an inspection by its fieldwork or by its report, so that both kinds of dates are held against the time from
    the first day of fieldwork to two weeks after publication. An area that the report does not grade is not compared.
    """
    if beyond := _beyond(told, reports):
        return Verdict("outside", beyond)
    if not any(bounds(date) for date in _dates(told).values()):
        fitting = [each for each in reports if _could_be(told, each)]
        one = fitting[0] if len(fitting) == 1 else None
        return Verdict(
            "outside", "undated", one.official_id if one else None, one.published.isoformat() if one else None
        )
    near = [each for each in reports if _distance(told, each) is not None]
    if not near:
        beyond = _off_the_ends(told)
        return Verdict("outside", beyond) if beyond else Verdict("unlisted")
    best = min(near, key=lambda each: (len(_differences(told, each)), _distance(told, each), each.start))
    differences = _differences(told, best)
    return Verdict("contradicted" if differences else "confirmed", None, best.official_id, None, differences)


def _beyond(told: Told, reports: Sequence[Report]) -> str | None:
    """Why the record can't speak of an event, whatever its date; None where it can."""
    if told.kind not in FULL:
        return told.kind
    if "Ofsted" not in told.inspectorate:
        return "other inspectorate"
    return None if reports else "abolished council"


def _off_the_ends(told: Told) -> str | None:
    """Why an event that no report matches may lie before or after the record; None where it lies within."""
    first_day, first_report, last_report = span()
    for field, date in _dates(told).items():
        days = bounds(date)
        if days and days[0] < (first_day if field == "inspected" else first_report):
            return "before the record"
    published = [days for field, date in _dates(told).items() if field != "inspected" and (days := bounds(date))]
    fieldwork = bounds(told.inspected) if told.inspected else None
    latest = max(days[1] for days in published) if published else fieldwork and fieldwork[1] + LATEST
    return "after the record" if latest and latest > last_report else None


def _dates(told: Told) -> dict[str, str]:
    """The dates of an event, by field."""
    fields = {"inspected": told.inspected, "reported": told.reported, "article": told.article}
    return {field: date for field, date in fields.items() if date}


def _away(field: str, date: str, report: Report) -> timedelta:
    """How far a date lies from the time of an inspection, which ends with its report or, for an article, its news."""
    days = bounds(date)
    if days is None:
        return timedelta.max
    last = report.published + (NEWS if field == "article" else timedelta())
    return max(report.start - days[1], days[0] - last, timedelta())


def _distance(told: Told, report: Report) -> timedelta | None:
    """How far the nearest date of an event lies from the time of an inspection; None where that is too far."""
    nearest = min(_away(field, date, report) for field, date in _dates(told).items())
    return nearest if nearest <= NEAR else None


def _differences(told: Told, report: Report) -> tuple[Contradiction, ...]:
    """The fields in which an event differs from a report; dates first, then areas."""
    official = {"inspected": f"{report.start}/{report.end}", "reported": f"{report.published}"}
    dates = [
        Contradiction(field, date, official[field])
        for field, date in _dates(told).items()
        if field in official and bounds(date) and _away(field, date, report) > AGREES
    ]
    return (*dates, *_other_grades(told, report))


def _other_grades(told: Told, report: Report) -> list[Contradiction]:
    """The areas that both grade, and grade differently."""
    official: Mapping[str, str] = dict(report.grades)
    return [
        Contradiction(area, grade, official[area])
        for area, grade in sorted((told.grades or {}).items())
        if area in official and SAME.get(grade, grade) != SAME.get(official[area], official[area])
    ]


def _could_be(told: Told, report: Report) -> bool:
    """Whether an event without a year may be that of a report: all its areas are graded there, and graded so, in time."""
    told_so = (
        bool(told.grades) and (told.grades or {}).keys() <= report.grades.keys() and not _other_grades(told, report)
    )
    out_in_time = told.known_by is None or report.published <= Day.fromisoformat(told.known_by) + AGREES
    return told_so and out_in_time and _in_season(told, report)


def _in_season(told: Told, report: Report) -> bool:
    """Whether the dates without a year fit the month and day of a report or its fieldwork."""
    days = (f"{report.start}/{report.end}", f"{report.published}")
    return all(any(compatible(date, day) for day in days) for date in _dates(told).values() if UNKNOWN in date)
