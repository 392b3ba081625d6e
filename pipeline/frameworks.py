"""Frameworks: which one an event fell under, which areas it judged, on which scale, and what a joint word stands for."""

from extractors.period import bounds
from pipeline.events import Event
from schemas.inspection import Area, Framework, Scale

NO_NOTICE_FROM = "2012-06-01"  # child protection inspections, which came without notice until the single framework
SLAC_FROM, SIF_FROM, ILACS_FROM, NO_OVERALL_FROM = "2009-06-01", "2013-11-01", "2018-02-15", "2026-04-01"
LAST_SIF_REINSPECTION = "2018-09-30"
AREAS: dict[Framework | None, tuple[Area, ...]] = {
    "SIF": ("help_and_protection", "children_in_care", "adoption", "care_leavers", "leadership"),
    "ILACS": ("help_and_protection", "children_in_care", "care_leavers", "leadership"),
    "SLAC": ("safeguarding", "children_in_care"),
    None: (),
}
PROTECTION_AREAS: tuple[Area, ...] = ("help_and_protection", "other", "leadership")
SCALES: dict[Framework | None, Scale] = {"SIF": "sif", "ILACS": "ilacs", "SLAC": "slac", None: "ilacs"}


def day_of(event: Event, published: str | None) -> str | None:
    """The ISO date to judge an event by: its report, else its fieldwork, else (if it is news) the article's date."""
    for mention in (event.reported, event.inspected):
        span = bounds(mention.id) if mention else None
        if span:
            return span[1].isoformat()
    return published if event.role == "current" else None


def framework_of(event: Event, published: str | None) -> Framework | None:
    """The framework of a graded inspection by its date; None for visits, annual ratings and unknown dates."""
    day = day_of(event, published)
    if day is None or event.kind not in ("inspection", "reinspection"):
        return None
    if event.kind == "reinspection" and SIF_FROM <= day <= LAST_SIF_REINSPECTION:
        return "SIF"
    if day >= ILACS_FROM:
        return "ILACS"
    if day >= SIF_FROM:
        return "SIF"
    return "SLAC" if day >= SLAC_FROM else None


def scale_of(event: Event, published: str | None) -> Scale:
    """The scale that the event's grades stand on."""
    if event.kind == "annual_assessment":
        return "annual"
    return SCALES[framework_of(event, published)]


def areas_of(event: Event, published: str | None) -> tuple[Area, ...]:
    """The areas that "all areas" stands for; where the date leaves it open, those of the latest framework."""
    if _is_of_protection(event, published):
        return PROTECTION_AREAS
    if event.kind == "annual_assessment":
        return ()
    return AREAS[framework_of(event, published) or "ILACS"]


def _is_of_protection(event: Event, published: str | None) -> bool:
    """Whether an event is one of the child protection inspections of 2012 and 2013, which gave an overall grade."""
    named = {"safeguarding", "children_in_care"} & event.ratings.keys()
    return framework_of(event, published) == "SLAC" and str(day_of(event, published)) >= NO_NOTICE_FROM and not named


def has_overall(event: Event, published: str | None) -> bool:
    """Whether there was an overall grade: none for visits, none since April 2026."""
    fieldwork = bounds(event.inspected.id) if event.inspected else None
    day = fieldwork[1].isoformat() if fieldwork else day_of(event, published)
    return day is None or day < NO_OVERALL_FROM or event.kind == "annual_assessment"


def spelt(area: str, event: Event, published: str | None) -> tuple[str, ...]:
    """The areas that a joint word stands for: "all areas" those of the framework, and the overall grade where there was one.

    "Across the board" is the overall grade alone, but of reports that have none (since April 2026) it means every area.
    """
    if area == "across_the_board":
        return ("overall",) if (published or "") < NO_OVERALL_FROM else spelt("all", event, published)
    if area == "all":
        joint = framework_of(event, published) == "SLAC" and not _is_of_protection(event, published)
        overall = () if joint else ("overall",)
        return (*overall, *areas_of(event, published))
    return areas_of(event, published) if area == "rest" else (area,)
