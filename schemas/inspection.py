"""Inspections: one record per council and event that an article speaks of (record contract, version 1)."""

from typing import Literal

from pydantic import Field

from schemas.article import Publisher
from schemas.base import Record
from schemas.mention import Span

Grade = Literal["outstanding", "good", "requires_improvement", "adequate", "inadequate"]
Area = Literal[
    "overall",
    "help_and_protection",
    "children_in_care",
    "adoption",
    "care_leavers",
    "leadership",
    "lscb",
    "safeguarding",
    "other",
]
Kind = Literal[
    "inspection", "reinspection", "monitoring_visit", "focused_visit", "jtai", "send", "annual_assessment", "other"
]
Role = Literal["current", "previous"]
Polarity = Literal["strength", "weakness"]
Attribution = Literal["report", "letter", "inspectors", "journalist"]
Framework = Literal["ILACS", "SIF", "SLAC"]
Scale = Literal["ilacs", "sif", "slac", "annual"]
Theme = Literal[
    "front_door",
    "early_help",
    "assessment",
    "planning",
    "child_protection",
    "exploitation_missing",
    "neglect_domestic_abuse",
    "children_in_care",
    "permanence_adoption",
    "care_leavers",
    "health_education",
    "voice",
    "leadership",
    "management_oversight",
    "workforce",
    "quality_assurance",
    "partnership",
    "timeliness",
    "specific_groups",
    "practice",
]


class ArticleRef(Record):
    """The article that a record was read from."""

    article_id: str
    """See `articles.article_id`."""
    source: str
    """See `articles.source`."""
    publisher: Publisher
    """See `articles.publisher`."""
    url: str | None
    """See `articles.url`."""
    title: str | None
    """See `articles.title`."""
    published: str | None
    """See `articles.published`."""


class Council(Record):
    """A local authority, as it stood at the time of the event."""

    id: str
    """Its name in `extractors/lexicons/councils.csv`."""
    name: str
    """Short name."""
    gss: str | None
    """Code of the Office for National Statistics."""
    la_code: str | None
    """Three-digit code of the Department for Education."""
    region: str | None
    """Region of England."""


class Rating(Record):
    """One grade of one area."""

    area: Area
    """Judgement area; `overall` where the grade is said of the service or the council as a whole."""
    grade: Grade
    """The grade on the scale then in force."""
    verbatim: str
    """The grade as written."""
    scale: Scale
    """The scale in force: `ilacs`, `sif`, `slac` (2009-2013) or `annual`."""
    evidence: Span
    """The words that the grade was read from."""


class Finding(Record):
    """One statement of what inspectors found."""

    polarity: Polarity
    """`strength` or `weakness`."""
    themes: tuple[Theme, ...]
    """One to three themes, the most specific that fit."""
    text: str
    """The exact words."""
    attribution: Attribution
    """Who says it."""
    quoted: bool
    """Whether the words stand in quotation marks."""
    evidence: Span
    """The place of the words."""


class Evidence(Record):
    """The words that a record's council, dates and kind were read from."""

    council: Span | None = None
    """The council, or the name of the body that delivers its services."""
    inspected: Span | None = None
    """The date of fieldwork."""
    reported: Span | None = None
    """The date of publication."""
    kind: Span | None = None
    """The kind of inspection."""


class Inspection(Record):
    """One inspection event of one council, as one article tells it."""

    record_id: str
    """Stable name of the record."""
    schema_version: Literal["1.0"] = "1.0"
    """Version of the record contract."""
    article: ArticleRef
    """The article."""
    council: Council
    """The council, valid at the time of the event."""
    delivery_body: str | None = None
    """Trust or company that delivers the services, where the article names it."""
    inspectorate: str = "Ofsted"
    """Who inspected; several joined by `; `."""
    kind: Kind
    """Kind of inspection."""
    framework: Framework | None = None
    """Framework, stated or inferred from the date."""
    role: Role
    """`current`: the event that the article reports; `previous`: an earlier one that it mentions."""
    inspected: str | None = None
    """When inspectors were there (EDTF)."""
    reported: str | None = None
    """When the judgement or letter was published (EDTF)."""
    date: str | None = None
    """The one date to sort by (EDTF)."""
    date_basis: Literal["reported", "inspected", "article"] | None = None
    """What `date` was taken from."""
    ratings: tuple[Rating, ...] = ()
    """Grades by area; empty for ungraded visits."""
    direction: Literal["up", "down", "same"] | None = None
    """Against the previous graded event, where both are known."""
    findings: tuple[Finding, ...] = ()
    """What inspectors found."""
    evidence: Evidence
    """The words behind council, dates and kind."""
    confidence: float = Field(ge=0, le=1)
    """How sure the record is, 0 to 1."""
    review: Literal["unreviewed", "accepted", "corrected"] = "unreviewed"
    """What a person decided about it."""
    extractor_version: str
    """Version of the program that read it."""
