"""The timeline: one row per council and inspection event, made of all records that tell of it."""

from typing import Literal

from pydantic import Field

from schemas.base import Record
from schemas.inspection import Area, Framework, Grade, Kind


class TimelineEvent(Record):
    """One inspection event of one council, as all articles together tell it; made anew whenever a record changes."""

    event_id: str
    """`e-` and the id of the record that it is named after: of the first-hand ones (else of all) the earliest published."""
    council_id: str
    """See `councils.id`; a predecessor and its successor are two councils."""
    delivery_body: str | None = None
    """Trust or company that delivers the services, as the first witness that names one has it."""
    inspectorate: str
    """Who inspected, as the fullest first-hand record has it."""
    kind: Kind
    """Kind of inspection; `reinspection` where any record calls it so."""
    framework: Framework | None = None
    """Framework, as the first witness that has one says."""
    inspected: str | None = None
    """When inspectors were there (EDTF): what most records say, first-hand ones and finer dates first."""
    reported: str | None = None
    """When the judgement or letter was published (EDTF), chosen likewise."""
    date: str | None = None
    """The one date to sort by (EDTF)."""
    date_basis: Literal["reported", "inspected", "article"] | None = None
    """What `date` was taken from: `article` is the publication of the earliest first-hand article."""
    overall: Grade | None = None
    """Overall grade; nothing for ungraded visits, and where no record has one."""
    direction: Literal["up", "down", "same"] | None = None
    """Against the graded inspection before it on the timeline; nothing for the first, and where either has no date."""
    records: int
    """Records that tell of it."""
    articles: int
    """Articles that tell of it."""
    first_hand: int
    """Records that report it as news (`role` is `current`); the others mention it looking back."""
    disputed: tuple[str, ...] = ()
    """Names of the fields on which witnesses disagree."""
    confidence: float = Field(ge=0, le=1)
    """How sure the event is, 0 to 1: that of its surest record; articles that repeat one another are no further proof."""
    verified: Literal["confirmed", "contradicted", "unlisted", "outside"] | None = None
    """What the official record says of it; nothing while that was not asked."""
    official_id: str | None = None
    """The official inspection that it was matched to."""
    suggested: str | None = None
    """Date from the official record (EDTF) for an event that no article dates."""


class TimelineRating(Record):
    """The grade of one area at one event of the timeline."""

    event_id: str
    """See `timeline.event_id`."""
    area: Area
    """Judgement area."""
    grade: Grade
    """The grade that most records give, first-hand ones first."""
    records: int
    """Records that give this grade."""
    disputed: bool
    """Whether a record gives another one."""


class TimelineRecord(Record):
    """A record's place on the timeline; every record has one."""

    record_id: str
    """See `inspections.record_id`."""
    event_id: str
    """The event that it tells of."""
    place: int
    """1 for the record that the event is named after, then first-hand ones, each by publication of its article."""
    how: str
    """By which rule it was put with the records before it, in words."""


class TimelineWitness(Record):
    """What one record says of one field of its event."""

    event_id: str
    """See `timeline.event_id`."""
    field: str
    """`inspected`, `reported`, `kind`, or a judgement area such as `overall`."""
    value: str
    """What it says."""
    record_id: str
    """The record that says so."""
    agrees: bool
    """Whether that fits the value of the event: it is the same, or the same told less precisely."""


class TimelineApart(Record):
    """A near miss: two events of one council that look alike and were not merged."""

    event_id: str
    """The one event."""
    other_id: str
    """The other, later in the order of ids."""
    why: str
    """Why they are two, in words."""


class TimelineContradiction(Record):
    """A field of an event on which the articles and the official record differ."""

    event_id: str
    """See `timeline.event_id`."""
    field: str
    """The field: a date, or a judgement area."""
    said: str
    """What the event has."""
    official: str
    """What the official record has."""
