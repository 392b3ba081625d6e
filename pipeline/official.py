"""The official record: Ofsted's own reports, from `extractors/lexicons/official_outcomes.csv`.

It holds the full inspections of councils that still exist, from the first ones under the single framework to March 2025,
four earlier ones of looked-after services, and one review of a safeguarding board alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from functools import cache
from typing import NamedTuple

from pydantic import ValidationError

from extractors import tables
from extractors.authorities import register
from schemas.official import OfficialGrade

TABLE = "official_outcomes"
DAYS = ("inspection_start", "inspection_end", "report_published")
FULL = ("inspection", "reinspection")
JOINT_UNTIL = "2023-01-01"  # from then on ILACS judges care leavers by themselves


class OfficialError(Exception):
    """The table of official outcomes is wrong: says which line, which column, and what was expected."""


@dataclass(frozen=True)
class Report:
    """One of Ofsted's reports."""

    official_id: str
    council_id: str
    kind: str
    start: Day
    end: Day
    published: Day
    grades: Mapping[str, str]
    """Grades by area; one that ILACS gave children in care and care leavers together stands for both."""


class Span(NamedTuple):
    """What the record covers without gaps."""

    first_day: Day
    """The first fieldwork under the single inspection framework."""
    first_report: Day
    last_report: Day


@cache
def outcomes() -> tuple[OfficialGrade, ...]:
    """The official outcomes, a row per report and area, checked."""
    return tuple(_checked(line, row) for line, row in enumerate(tables.rows(TABLE), 2))


def _checked(line: int, row: Mapping[str, str]) -> OfficialGrade:
    """One row of the table, which stands on this line of the file."""
    where = f"{TABLE}.csv, line {line}, column"
    try:
        outcome = OfficialGrade.model_validate({**row, "framework": row.get("framework") or None})
    except ValidationError as error:
        fault = error.errors()[0]
        raise OfficialError(f"{where} {fault['loc'][0]}: {fault['msg']}, got {fault['input']!r}") from error
    for column in DAYS:
        try:
            Day.fromisoformat(row[column])
        except ValueError as error:
            raise OfficialError(f"{where} {column}: expected a date as 2019-05-31, got {row[column]!r}") from error
    if not outcome.inspection_start <= outcome.inspection_end <= outcome.report_published:
        raise OfficialError(f"{where} inspection_end: expected a day from inspection_start to report_published")
    if outcome.council_id not in register():
        raise OfficialError(f"{where} council_id: expected an id of councils.csv, got {outcome.council_id!r}")
    return outcome


@cache
def reports() -> tuple[Report, ...]:
    """The official reports, by their ids."""
    found: dict[str, list[OfficialGrade]] = defaultdict(list)
    for row in outcomes():
        found[row.official_id].append(row)
    return tuple(_report(rows) for _, rows in sorted(found.items()))


def _report(rows: Sequence[OfficialGrade]) -> Report:
    """The report that rows of one id tell of."""
    first = rows[0]
    grades: dict[str, str] = {row.area: row.grade for row in rows}
    told = {(row.council_id, row.framework, row.kind, *(getattr(row, column) for column in DAYS)) for row in rows}
    if len(told) > 1 or len(grades) < len(rows):
        raise OfficialError(
            f"{TABLE}.csv, {first.official_id}: expected one council, kind and set of dates, each area once"
        )
    if first.framework == "ILACS" and first.inspection_start < JOINT_UNTIL and "children_in_care" in grades:
        grades.setdefault("care_leavers", grades["children_in_care"])
    start, end, published = (Day.fromisoformat(getattr(first, column)) for column in DAYS)
    return Report(first.official_id, first.council_id, first.kind, start, end, published, grades)


@cache
def reports_of(council_id: str) -> tuple[Report, ...]:
    """The full inspections of a council, those that it had under the same name and code before a change among them."""
    ids = {
        row.council.id for row in register().values() if row.council.la_code == register()[council_id].council.la_code
    }
    return tuple(each for each in reports() if each.kind in FULL and each.council_id in ids)


@cache
def span() -> Span:
    """From when to when every full inspection of a council that still exists is in the record."""
    ids = {row.official_id for row in outcomes() if row.framework in ("SIF", "ILACS")}
    covered = [each for each in reports() if each.official_id in ids]
    published = [each.published for each in covered]
    return Span(min(each.start for each in covered), min(published), max(published))
