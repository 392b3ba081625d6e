"""An event of the timeline -> the same with what the official record says of it."""

from collections.abc import Mapping

from pipeline.official import reports_of
from pipeline.timeline_tell import Told
from pipeline.verify import Account, verify
from schemas.timeline import TimelineContradiction, TimelineEvent


def verified(told: Told, published: Mapping[str, str | None]) -> tuple[TimelineEvent, list[TimelineContradiction]]:
    """The event with its verdict, and each field in which it differs from its official report.

    `published` has the day of publication of each record's article.
    """
    event = told.event
    account = Account(
        kind=event.kind,
        inspectorate=event.inspectorate,
        inspected=event.inspected,
        reported=event.reported,
        article=event.date if event.date_basis == "article" else None,
        known_by=min(filter(None, (published[row.record_id] for row in told.records)), default=None),
        grades={row.area: row.grade for row in told.ratings},
    )
    verdict = verify(account, reports_of(event.council_id))
    fields = ("verified", "outside", "official_id", "suggested")
    checked = event.model_copy(update={name: getattr(verdict, name) for name in fields})
    rows = [
        TimelineContradiction(event_id=event.event_id, field=each.field, said=each.said, official=each.official)
        for each in verdict.differences
    ]
    return checked, rows
