"""The official record: what Ofsted's own reports say, kept beside what articles say and never in its place."""

from typing import Literal

from schemas.base import Record
from schemas.inspection import Area, Framework, Grade

Verified = Literal["confirmed", "contradicted", "unlisted", "outside"]


class OfficialGrade(Record):
    """One judgement of one of Ofsted's reports, June 2013 to March 2025."""

    official_id: str
    """Stable name of the report: council, framework and first day of the inspection."""
    council_id: str
    """The council at that day, as in `councils.id`."""
    framework: Framework | None
    """Framework; nothing for a review of a safeguarding board alone."""
    kind: Literal["inspection", "reinspection", "other"]
    """`inspection`, `reinspection`, or `other` for a review of a safeguarding board alone."""
    inspection_start: str
    """First day of fieldwork (ISO date)."""
    inspection_end: str
    """Last day of fieldwork."""
    report_published: str
    """Day of publication, as printed in the report or else as its file is dated, up to a week off."""
    area: Area
    """Judgement area; before January 2023 ILACS judged children in care and care leavers together, as `children_in_care`."""
    grade: Grade
    """The grade."""
