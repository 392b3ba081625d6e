"""An event as articles tell it, and the official reports of its council -> what they say of it.

The verdict is `confirmed`, `contradicted`, `unlisted` or `outside`. It stands beside what articles say, never in its
place; of what the record does not cover it says nothing but why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta

from extractors.period import UNKNOWN, bounds, compatible, precision
from pipeline.official import FULL, Report, span
from schemas.official import Verified

AGREES = timedelta(days=14)  # the date of a report's file may be a week off, and a weekly tells of it a week later
NEAR = timedelta(days=45)  # a date beyond the time of an inspection by so little is meant for it, and wrong
NEWS = timedelta(days=75)  # from a report to the last article that tells it as news
LATEST = timedelta(days=214)  # from fieldwork to a report: 203 days at most within the record
SAME: Mapping[str, str] = {"adequate": "requires_improvement"}  # one step of the scale by its two names


@dataclass(frozen=True)
class Account:
    """An event as articles tell it, as far as the official record can speak of it; dates are EDTF."""

    kind: str
    inspectorate: str = "Ofsted"
    inspected: str | None = None
    reported: str | None = None
    article: str | None = None
    """The date of the article that reports it as news, where that is the only one."""
    known_by: str | None = None
    """ISO date of the earliest article that tells of it; its report was out by then."""
    grades: Mapping[str, str] = field(default_factory=dict)

    def dates(self) -> dict[str, str]:
        """Its dates by field."""
        fields = {"inspected": self.inspected, "reported": self.reported, "article": self.article}
        return {name: date for name, date in fields.items() if date}


@dataclass(frozen=True)
class Difference:
    """A field in which an event differs from the official report that it was matched to."""

    field: str
    said: str
    official: str


@dataclass(frozen=True)
class Verdict:
    """What the official record says of an event."""

    verified: Verified
    outside: str | None = None
    """Why the record can't speak of it: a kind of visit, or a few words."""
    official_id: str | None = None
    suggested: str | None = None
    """Day of publication of the one report that fits an event without a year."""
    differences: tuple[Difference, ...] = ()


def verify(account: Account, reports: Sequence[Report]) -> Verdict:
    """What the full inspections of a council (`official.reports_of`) say of one of its events.

    The press dates an inspection by fieldwork or by report, so any date is held against the time from the first day of
    fieldwork to two weeks after publication. An area that the report has no grade for is not compared.
    """
    if outside := _outside(account, reports):
        return Verdict("outside", outside)
    if not any(bounds(date) for date in account.dates().values()):
        return _undated(account, reports)
    near = [each for each in reports if _distance(account, each) <= NEAR and _of_such_areas(account, each)]
    if not near:
        outside = _beyond(account)
        return Verdict("outside", outside) if outside else Verdict("unlisted")
    best = min(near, key=lambda each: (len(differences(account, each)), _distance(account, each), each.start))
    found = differences(account, best)
    return Verdict("contradicted" if found else "confirmed", None, best.official_id, None, found)


def _outside(account: Account, reports: Sequence[Report]) -> str | None:
    """Why the record can't speak of an event, whenever it was; None where it can."""
    if account.kind not in FULL:
        return account.kind
    if "Ofsted" not in account.inspectorate:
        return "other inspectorate"
    return None if reports else "abolished council"


def _beyond(account: Account) -> str | None:
    """Why an event that no report is near may lie before or after the record; None where it lies within."""
    covered, days = span(), {name: days for name, date in account.dates().items() if (days := bounds(date))}
    if any(
        first < (covered.first_day if name == "inspected" else covered.first_report)
        for name, (first, _) in days.items()
    ):
        return "before the record"
    told = [last for name, (_, last) in days.items() if name != "inspected"]
    latest = max(told) if told else days["inspected"][1] + LATEST
    return "after the record" if latest > covered.last_report else None


def _undated(account: Account, reports: Sequence[Report]) -> Verdict:
    """An event without a year: its grades can't both find a report and be confirmed by it, but may suggest a date."""
    fitting = [each for each in reports if _could_be(account, each)]
    if len(fitting) != 1:
        return Verdict("outside", "undated")
    return Verdict("outside", "undated", fitting[0].official_id, fitting[0].published.isoformat())


def _could_be(account: Account, report: Report) -> bool:
    """Whether an event without a year may be that of a report: it has all its grades, was out in time and in season.

    The grades are those of the report word for word: 'adequate' without a year is likely to be of the scale before.
    """
    graded = bool(account.grades) and account.grades.items() <= report.grades.items()
    out = account.known_by is None or report.published <= Day.fromisoformat(account.known_by) + AGREES
    days = (f"{report.start}/{report.end}", f"{report.published}")
    dates = [date for date in account.dates().values() if UNKNOWN in date]
    return graded and out and all(any(compatible(date, day) for day in days) for date in dates)


def _of_such_areas(account: Account, report: Report) -> bool:
    """Whether a report graded what the event did; those before the single framework are of looked-after services alone."""
    whole = report.start >= span().first_day
    return whole or not account.grades or bool(account.grades.keys() & report.grades.keys())


def _distance(account: Account, report: Report) -> timedelta:
    """How far the nearest date of an event lies from the time of an inspection."""
    return min(_away(name, date, report) for name, date in account.dates().items())


def _away(name: str, date: str, report: Report) -> timedelta:
    """How far a date lies from the time of an inspection, which ends with its report or, for an article, its news.

    A bare year is within or no year of it at all: the last day of 2013 is near a January, an inspection of 2013 is not.
    """
    days = bounds(date)
    if days is None:
        return timedelta.max
    last = report.published + (NEWS if name == "article" else timedelta())
    away = max(report.start - days[1], days[0] - last, timedelta())
    return timedelta.max if away and precision(date) == "year" else away


def differences(account: Account, report: Report) -> tuple[Difference, ...]:
    """The fields in which an event differs from a report: dates, then areas."""
    official = {"inspected": f"{report.start}/{report.end}", "reported": f"{report.published}"}
    dates = (
        Difference(name, date, official[name])
        for name, date in account.dates().items()
        if name in official and bounds(date) and _away(name, date, report) > AGREES
    )
    return (*dates, *_other_grades(account, report))


def _other_grades(account: Account, report: Report) -> list[Difference]:
    """The areas that both grade, and grade differently."""
    return [
        Difference(area, grade, report.grades[area])
        for area, grade in sorted(account.grades.items())
        if area in report.grades and SAME.get(grade, grade) != SAME.get(report.grades[area], report.grades[area])
    ]
