"""A group of records -> one event: what all of them say, who says what, and where they disagree."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from extractors.period import UNKNOWN, compatible, precision
from pipeline.timeline_group import Group
from pipeline.timeline_look import FIELDS, Telling
from pipeline.timeline_match import judge
from schemas.inspection import Area
from schemas.timeline import TimelineEvent, TimelineRating, TimelineRecord, TimelineWitness

HEIGHTS = {"inadequate": 1, "requires_improvement": 2, "adequate": 2, "good": 3, "outstanding": 4}
FINENESS = {"day": 0, "month": 1, "year": 2}


class Particulars(NamedTuple):
    """What a record says that has no part in the matching."""

    framework: str | None
    delivery_body: str | None
    inspectorate: str
    confidence: float


@dataclass(frozen=True)
class Told:
    """One event with all that hangs on it."""

    event: TimelineEvent
    ratings: tuple[TimelineRating, ...]
    records: tuple[TimelineRecord, ...]
    witnesses: tuple[TimelineWitness, ...]


def told(council_id: str, group: Group, particulars: Mapping[str, Particulars]) -> Told:
    """The event of a group of records; its direction needs the other events, see `directed`."""
    tellings = sorted(group.tellings, key=lambda telling: telling.order)
    event_id = f"e-{tellings[0].record_id}"
    values: dict[str, str | None] = {field: _date(field, tellings) for field in FIELDS}
    values["kind"] = _kind(tellings)
    areas = [area for area in get_args(Area) if any(area in each.grades for each in tellings)]
    values |= {area: _grade(area, tellings, particulars) for area in areas}
    witnesses = tuple(_witnesses(event_id, tellings, values))
    against = {witness.field for witness in witnesses if not witness.agrees}
    date, basis = _sorting_date(values, tellings)
    known = [particulars[each.record_id] for each in tellings]
    event = TimelineEvent.model_validate(
        {
            "event_id": event_id,
            "council_id": council_id,
            "delivery_body": next((each.delivery_body for each in known if each.delivery_body), None),
            "inspectorate": max((each.inspectorate for each in known), key=lambda text: text.count(";")),
            "framework": next((each.framework for each in known if each.framework), None),
            **{field: values[field] for field in (*FIELDS, "kind")},
            "date": date,
            "date_basis": basis,
            "overall": values.get("overall"),
            "records": len(tellings),
            "articles": len({each.article_id for each in tellings}),
            "first_hand": sum(each.role == "current" for each in tellings),
            "disputed": tuple(field for field in (*FIELDS, "kind", *areas) if field in against),
            "confidence": max(each.confidence for each in known),
        }
    )
    ratings = tuple(_rating(event_id, area, str(values[area]), tellings) for area in areas)
    records = tuple(
        TimelineRecord(record_id=each.record_id, event_id=event_id, place=place, how=_how(each, tellings[: place - 1]))
        for place, each in enumerate(tellings, 1)
    )
    return Told(event, ratings, records, witnesses)


def directed(events: Sequence[Told]) -> list[Told]:
    """The events of a council by date, each graded one compared with the one before it."""
    ordered = sorted(events, key=lambda each: (each.event.date or UNKNOWN, each.event.event_id))
    found: list[Told] = []
    height: int | None = None
    for each in ordered:
        event = each.event
        if event.overall is None or event.kind == "annual_assessment" or (event.date or UNKNOWN).startswith(UNKNOWN):
            found.append(each)
            continue
        mine = HEIGHTS[event.overall]
        direction = None if height is None else "same" if mine == height else "up" if mine > height else "down"
        found.append(
            Told(event.model_copy(update={"direction": direction}), each.ratings, each.records, each.witnesses)
        )
        height = mine
    return found


def _date(field: str, tellings: Sequence[Telling]) -> str | None:
    """The date of a field: the one that fits most first-hand records, then most others, then the finest, then the first."""
    news = Counter(each.look.dates[field] for each in tellings if field in each.look.dates and each.role == "current")
    dates = Counter(each.look.dates[field] for each in tellings if field in each.look.dates)
    return min(
        dates,
        key=lambda text: (
            UNKNOWN in text,
            -sum(count for other, count in news.items() if compatible(text, other)),
            -sum(count for other, count in dates.items() if compatible(text, other)),
            FINENESS[precision(text)],
            list(dates).index(text),
        ),
        default=None,
    )


def _grade(area: str, tellings: Sequence[Telling], particulars: Mapping[str, Particulars]) -> str:
    """The grade of an area that has most confidence behind it: of first-hand records, then of all, then the first."""
    news: dict[str, float] = defaultdict(float)
    votes: dict[str, float] = defaultdict(float)
    for each in tellings:
        if area in each.grades:
            confidence = particulars[each.record_id].confidence
            votes[each.grades[area]] += confidence
            news[each.grades[area]] += confidence if each.role == "current" else 0
    return max(votes, key=lambda grade: (news[grade], votes[grade]))


def _kind(tellings: Sequence[Telling]) -> str:
    """The kind of an event: `reinspection` says more than `inspection`."""
    kinds = {each.kind for each in tellings}
    return "reinspection" if "reinspection" in kinds else min(kinds)


def _sorting_date(
    values: dict[str, str | None], tellings: Sequence[Telling]
) -> tuple[str | None, Literal["reported", "inspected", "article"] | None]:
    """The one date to sort by, and what it is."""
    if values["reported"]:
        return values["reported"], "reported"
    if values["inspected"]:
        return values["inspected"], "inspected"
    news = [each.published for each in tellings if each.role == "current" and each.published]
    return (min(news), "article") if news else (None, None)


def _witnesses(event_id: str, tellings: Sequence[Telling], values: dict[str, str | None]) -> Iterator[TimelineWitness]:
    """What each record says of each field."""
    known: dict[tuple[str, str], bool] = {}  # many say the same
    for each in tellings:
        for field, value in {**each.look.dates, "kind": each.kind, **each.grades}.items():
            if (field, value) not in known:
                known[field, value] = _agrees(field, value, values)
            agrees = known[field, value]
            yield TimelineWitness(event_id=event_id, field=field, value=value, record_id=each.record_id, agrees=agrees)


def _agrees(field: str, value: str, values: dict[str, str | None]) -> bool:
    """Whether what a record says fits the event; a bare year may be that of its fieldwork or of its report."""
    if field == "kind":
        return True
    if field not in FIELDS:
        return value == values[field]
    dates = [date for date in (values[name] for name in FIELDS) if date]
    if UNKNOWN not in value and precision(value) == "year":
        return any(compatible(value, date) for date in dates)
    return compatible(value, values[field] or value)


def _rating(event_id: str, area: Area, grade: str, tellings: Sequence[Telling]) -> TimelineRating:
    """One grade of an event."""
    grades = [each.grades[area] for each in tellings if area in each.grades]
    return TimelineRating.model_validate(
        {
            "event_id": event_id,
            "area": area,
            "grade": grade,
            "records": grades.count(grade),
            "disputed": len(set(grades)) > 1,
        }
    )


def _how(telling: Telling, earlier: Sequence[Telling]) -> str:
    """Why a record is of the same event as those before it."""
    if not earlier:
        return "names the event"
    for each in earlier:
        if (verdict := judge(telling, each)) and verdict.joins:
            return f"{verdict.why} (record {each.record_id})"
    grade = f"{telling.look.overall} " if telling.look.overall else ""
    return f"no date is told; the only {grade}{telling.look.family.called} known that fits"
