"""Event -> Inspection: a draft is spelt out, checked by the schema, and frozen."""

import hashlib
from collections.abc import Sequence
from typing import get_args

from pydantic import ValidationError

from extractors.authorities import register
from extractors.period import bounds
from extractors.rating_area import EXCEPT
from pipeline import confidence, frameworks
from pipeline.events import Event
from pipeline.version import version
from schemas.article import Article
from schemas.inspection import Area, ArticleRef, Evidence, Finding, Inspection, Rating
from schemas.mention import Mention, Span
from schemas.reject import Rejected

JOINT = ("all", "across_the_board")  # spelt out before the areas that are named, which win
LADDER = ("inadequate", "requires_improvement", "good", "outstanding")


def validate(article: Article, events: Sequence[Event], bodies: Sequence[Mention]) -> list[Inspection]:
    """The records of an article, in the order current before previous, then council and date."""
    graded = [(event, _ratings(article, event)) for event in events]
    drafts = [(event, ratings) for event, ratings in graded if ratings or event.findings]
    records: list[Inspection] = []
    seen: set[tuple[object, ...]] = set()
    for event, ratings in drafts:
        key = (event.council, event.role, event.kind, *event.dates())
        number = sum(other[: len(key)] == key for other in seen)
        seen.add((*key, number))
        records.append(_inspection(article, event, ratings, drafts, bodies, number))
        event.record_id = records[-1].record_id
    return sorted(records, key=lambda r: (r.role, r.council.id, r.date or "", r.record_id))


def _inspection(
    article: Article,
    event: Event,
    ratings: tuple[Rating, ...],
    drafts: Sequence[tuple[Event, tuple[Rating, ...]]],
    bodies: Sequence[Mention],
    number: int,
) -> Inspection:
    """One event as a checked record."""
    name = "\0".join([article.article_id, event.council, event.role, event.kind, *event.dates(), str(number)])
    body = next((b for b in bodies if event.council in b.values), None) if event.role == "current" else None
    date, basis = _sorting_date(article, event)
    try:
        return Inspection.model_validate(
            {
                "record_id": hashlib.sha256(name.encode()).hexdigest()[:16],
                "article": ArticleRef(**{field: getattr(article, field) for field in ArticleRef.model_fields}),
                "council": register()[event.council].council,
                "delivery_body": body.text if body else None,
                "inspectorate": "; ".join(event.inspectorates) or "Ofsted",
                "kind": event.kind,
                "framework": frameworks.framework_of(event, article.published) if ratings else None,
                "role": event.role,
                "inspected": event.inspected.id if event.inspected else None,
                "reported": event.reported.id if event.reported else None,
                "date": date,
                "date_basis": basis,
                "ratings": ratings,
                "direction": _direction(event, ratings, drafts),
                "findings": tuple(map(_finding, sorted(event.findings, key=lambda m: m.start))),
                "evidence": _evidence(event),
                "confidence": confidence.of_event(event),
                "extractor_version": version(),
            }
        )
    except ValidationError as error:
        raise _broken(article, event, error) from error


def _broken(article: Article, event: Event, error: ValidationError) -> Rejected:
    """The rejection of an article of which an event breaks the schema."""
    return Rejected("bad-record", f"the record of {event.council} breaks the schema: {error}", article.sha256)


def _ratings(article: Article, event: Event) -> tuple[Rating, ...]:
    """The grades of an event as checked values, one per area, in the order of the schema."""
    if event.kind in ("monitoring_visit", "focused_visit", "jtai", "send", "other"):
        return ()
    order, scale = get_args(Area), frameworks.scale_of(event, article.published)
    grades = sorted(_spelt(event, article.published).items(), key=lambda pair: order.index(pair[0]))
    try:
        return tuple(
            Rating.model_validate(
                {"area": area, "grade": m.id, "verbatim": m.text, "scale": scale, "evidence": _span(m)}
            )
            for area, m in grades
        )
    except ValidationError as error:
        raise _broken(article, event, error) from error


def _spelt(event: Event, published: str | None) -> dict[str, Mention]:
    """The words of the grade of each area, joint words spelt out."""
    spelt: dict[str, Mention] = {}
    told = [area for area in event.ratings if not area.startswith(EXCEPT)]
    for area in sorted(told, key=lambda area: area not in JOINT):
        for each in frameworks.spelt(area, event, published):
            if area == "rest":
                spelt.setdefault(each, event.ratings[area])
            else:
                spelt[_area_then(each, event, published)] = event.ratings[area]
    for area in event.ratings:
        if area.startswith(EXCEPT) and area.removeprefix(EXCEPT) not in told:
            spelt.pop(area.removeprefix(EXCEPT), None)
    # "safeguarding was inadequate overall" (2009-2013): one of the two overall grades of its time
    two_overalls = spelt.get("overall") is spelt.get("safeguarding")
    if not frameworks.has_overall(event, published) or two_overalls:
        spelt.pop("overall", None)
    return spelt


def _span(mention: Mention) -> Span:
    """The words of a grade; inferred where it was said by reference to another."""
    return mention.span(inferred=mention.rule in confidence.INFERRED)


def _area_then(area: str, event: Event, published: str | None) -> str:
    """The judgement area that a word stood for at the time: "safeguarding" was one of its own only until 2013."""
    if area == "safeguarding" and frameworks.framework_of(event, published) in ("SIF", "ILACS"):
        return "help_and_protection"
    return area


def _sorting_date(article: Article, event: Event) -> tuple[str | None, str | None]:
    """The one date to sort by, and what it is."""
    if event.reported:
        return event.reported.id, "reported"
    if event.inspected:
        return event.inspected.id, "inspected"
    return (article.published, "article") if event.role == "current" and article.published else (None, None)


def _direction(
    event: Event, ratings: tuple[Rating, ...], drafts: Sequence[tuple[Event, tuple[Rating, ...]]]
) -> str | None:
    """Up, down or same against the latest earlier overall grade of the same council, where both are known."""
    mine = next((r.grade for r in ratings if r.area == "overall"), None)
    earlier = [
        ((bounds(e.dates()[-1]) if e.dates() else None), next(r.grade for r in rs if r.area == "overall"))
        for e, rs in drafts
        if e is not event
        and e.council == event.council
        and e.role == "previous"
        and any(r.area == "overall" for r in rs)
    ]
    if mine is None or event.role != "current" or not earlier:
        return None
    dated = [pair for pair in earlier if pair[0]]
    if len(earlier) > 1 and len(dated) < len(earlier):
        return None
    last = max(dated, key=lambda pair: pair[0] or ())[1] if dated else earlier[0][1]
    step = _rung(mine) - _rung(last)
    return "same" if step == 0 else "up" if step > 0 else "down"


def _rung(grade: str) -> int:
    """Place on the ladder of grades; "adequate" stands with what replaced it."""
    return LADDER.index("requires_improvement" if grade == "adequate" else grade)


def _finding(mention: Mention) -> Finding:
    """One finding as the record holds it."""
    return Finding.model_validate(
        {
            "polarity": mention.id,
            "themes": mention.values,
            "text": mention.text,
            "attribution": mention.voice or "journalist",
            "quoted": mention.quoted,
            "evidence": mention.span(),
        }
    )


def _evidence(event: Event) -> Evidence:
    """The words behind council, dates and kind."""
    return Evidence(
        council=event.council_mention.span() if event.council_mention else None,
        inspected=event.inspected.span(inferred="year inferred" in event.inspected.cues) if event.inspected else None,
        reported=event.reported.span(inferred="year inferred" in event.reported.cues) if event.reported else None,
        kind=event.kind_mention.span() if event.kind_mention else None,
    )
