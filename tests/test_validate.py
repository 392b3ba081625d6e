"""Drafts made records: areas and scales by date, joint words spelt out, stable names, direction, dates, evidence."""

from typing import Any

import pytest
from made import article

from pipeline.events import Event
from pipeline.validate import validate
from schemas.article import Article
from schemas.inspection import Inspection
from schemas.mention import Mention
from schemas.reject import Rejected

BODY = "Halton rated good in May after visit; adoption as well. The trust runs it."
SIF = ["help_and_protection", "children_in_care", "adoption", "care_leavers", "leadership"]
ILACS = ["help_and_protection", "children_in_care", "care_leavers", "leadership"]


def words(kind: Any, id: str, text: str, **fields: Any) -> Mention:
    """A mention of words of the body."""
    start = BODY.index(text)
    return Mention(kind=kind, id=id, start=start, end=start + len(text), text=text, rule="rated-as", **fields)


def grade(id: str = "good", **fields: Any) -> Mention:
    return words("rating", id, "good", **fields)


def event(role: Any = "current", kind: str = "inspection", **fields: Any) -> Event:
    """A draft of Halton; `ratings` as area -> grade, dates as EDTF strings."""
    for role_of_date in ("inspected", "reported"):
        if role_of_date in fields:
            fields[role_of_date] = words("date", fields[role_of_date], "May", values=(role_of_date,))
    fields["ratings"] = {area: grade(name) for area, name in fields.get("ratings", {}).items()}
    return Event(
        fields.pop("council", "halton"), role, kind, council_mention=words("council", "halton", "Halton"), **fields
    )


def story(published: str | None = "2017-05-24") -> Article:
    return article(BODY, published=published)


def record(draft: Event, published: str | None = "2017-05-24") -> Inspection:
    """The record of a single draft."""
    (found,) = validate(story(published), [draft], [])
    return found


def areas(found: Inspection) -> list[str]:
    return [rating.area for rating in found.ratings]


@pytest.mark.parametrize(
    ("published", "framework", "scale", "expected"),
    [
        ("2012-05-24", "SLAC", "slac", ["children_in_care", "safeguarding"]),
        ("2013-10-31", "SLAC", "slac", ["overall", "help_and_protection", "leadership", "other"]),
        ("2013-11-30", "SIF", "sif", ["overall", *SIF]),
        ("2017-05-24", "SIF", "sif", ["overall", *SIF]),
        ("2018-01-24", "SIF", "sif", ["overall", *SIF]),
        ("2019-05-24", "ILACS", "ilacs", ["overall", *ILACS]),
        ("2026-03-31", "ILACS", "ilacs", ["overall", *ILACS]),
        ("2026-04-30", "ILACS", "ilacs", ILACS),
        (None, None, "ilacs", ["overall", *ILACS]),
    ],
)
def test_all_areas_are_those_of_the_framework_in_force(
    published: str | None, framework: str | None, scale: str, expected: list[str]
) -> None:
    found = record(event(ratings={"all": "good"}), published)
    assert (found.framework, areas(found)) == (framework, expected)
    assert {rating.scale for rating in found.ratings} == {scale}


def test_framework_goes_by_the_event_and_not_by_the_article() -> None:
    found = record(event("previous", ratings={"all": "good"}, reported="2016-05"), "2019-05-24")
    assert (found.framework, areas(found)) == ("SIF", ["overall", *SIF])


def test_framework_of_an_undated_earlier_event_is_unknown() -> None:
    assert record(event("previous", ratings={"overall": "good"})).framework is None


def test_framework_of_a_late_reinspection_is_the_old_one() -> None:
    assert record(event(kind="reinspection", ratings={"overall": "good"}), "2018-06-24").framework == "SIF"
    assert record(event(ratings={"overall": "good"}), "2018-06-24").framework == "ILACS"


def test_annual_assessment_has_a_scale_and_no_framework() -> None:
    found = record(event(kind="annual_assessment", ratings={"overall": "good"}), "2010-12-09")
    assert (found.framework, found.ratings[0].scale) == (None, "annual")


@pytest.mark.parametrize(
    ("published", "expected"), [("2024-05-24", ["overall"]), ("2026-05-24", ILACS)], ids=["overall alone", "no overall"]
)
def test_across_the_board(published: str, expected: list[str]) -> None:
    assert areas(record(event(ratings={"across_the_board": "good"}), published)) == expected


def test_rest_fills_what_is_left_and_all_gives_way_to_single_areas() -> None:
    rest = record(event(ratings={"overall": "good", "adoption": "outstanding", "rest": "good"}))
    both = record(event(ratings={"adoption": "outstanding", "all": "good"}))
    expected = {area: "outstanding" if area == "adoption" else "good" for area in ["overall", *SIF]}
    assert {rating.area: rating.grade for rating in rest.ratings} == expected
    assert {rating.area: rating.grade for rating in both.ratings} == expected


@pytest.mark.parametrize(
    ("draft", "published", "expected"),
    [
        (event(ratings={"overall": "good", "leadership": "good"}), "2026-05-24", ["leadership"]),
        (event(ratings={"overall": "good"}, inspected="2026-02", reported="2026-04"), "2026-04-24", ["overall"]),
        (event("previous", ratings={"overall": "good"}, reported="2023"), "2026-09-24", ["overall"]),
    ],
    ids=["since April 2026", "inspected before, reported after", "an earlier one told of later"],
)
def test_overall_ends_in_april_2026(draft: Event, published: str, expected: list[str]) -> None:
    assert areas(record(draft, published)) == expected


def test_safeguarding_is_help_and_protection_once_it_had_no_judgement_of_its_own() -> None:
    assert areas(record(event(ratings={"safeguarding": "good"}), "2011-05-24")) == ["safeguarding"]
    assert areas(record(event(ratings={"safeguarding": "good"}), "2016-05-24")) == ["help_and_protection"]


@pytest.mark.parametrize("kind", ["monitoring_visit", "focused_visit", "jtai", "send", "other"])
def test_visits_have_no_grades(kind: str) -> None:
    finding = words("finding", "strength", "after visit", values=("practice",), voice="inspectors")
    found = record(event(kind=kind, ratings={"overall": "good"}, findings=[finding]))
    assert (found.ratings, found.framework) == ((), None)
    assert validate(story(), [event(kind=kind, ratings={"overall": "good"})], []) == []


def test_ratings_stand_in_the_order_of_the_schema() -> None:
    assert areas(record(event(ratings={"lscb": "good", "leadership": "good", "overall": "good"}))) == [
        "overall",
        "leadership",
        "lscb",
    ]


@pytest.mark.parametrize(
    ("now", "earlier", "expected"),
    [
        ("good", [("inadequate", "2014")], "up"),
        ("inadequate", [("good", "2014")], "down"),
        ("good", [("good", "2014")], "same"),
        ("requires_improvement", [("adequate", "2012")], "same"),
        ("good", [("adequate", None)], "up"),
        ("good", [("inadequate", "2012"), ("outstanding", "2015")], "down"),
        ("good", [("outstanding", "2015"), ("inadequate", "2012")], "down"),
        ("good", [("inadequate", "2012"), ("outstanding", None)], None),
        ("good", [], None),
    ],
)
def test_direction(now: str, earlier: list[tuple[str, str | None]], expected: str | None) -> None:
    drafts = [event(ratings={"overall": now})]
    for name, year in earlier:
        drafts.append(event("previous", ratings={"overall": name}, **({"reported": year} if year else {})))
    found = validate(story(), drafts, [])
    assert [each.direction for each in found if each.role == "current"] == [expected]
    assert {each.direction for each in found if each.role == "previous"} <= {None}


def test_direction_is_against_the_same_council() -> None:
    drafts = [event(ratings={"overall": "good"}), event("previous", council="wigan", ratings={"overall": "inadequate"})]
    assert [each.direction for each in validate(story(), drafts, [])] == [None, None]


@pytest.mark.parametrize(
    ("draft", "published", "expected"),
    [
        (
            event(ratings={"overall": "good"}, inspected="2017-03", reported="2017-05"),
            "2017-05-24",
            ("2017-05", "reported"),
        ),
        (event(ratings={"overall": "good"}, inspected="2017-03"), "2017-05-24", ("2017-03", "inspected")),
        (event(ratings={"overall": "good"}), "2017-05-24", ("2017-05-24", "article")),
        (event(ratings={"overall": "good"}), None, (None, None)),
        (event("previous", ratings={"overall": "good"}), "2017-05-24", (None, None)),
    ],
    ids=["report", "fieldwork", "article", "nothing", "never the article's date for an earlier event"],
)
def test_sorting_date(draft: Event, published: str | None, expected: tuple[str | None, str | None]) -> None:
    found = record(draft, published)
    assert (found.date, found.date_basis) == expected


def test_record_id_is_the_same_for_the_same_event_and_no_other() -> None:
    same = {record(event(ratings={"overall": "good"}, reported="2017-05")).record_id for _ in range(3)}
    others = [
        record(event(ratings={"overall": "good"}, reported="2017-04")),
        record(event("previous", ratings={"overall": "good"}, reported="2017-05")),
        record(event(council="wigan", ratings={"overall": "good"}, reported="2017-05")),
        record(event(kind="reinspection", ratings={"overall": "good"}, reported="2017-05")),
    ]
    assert len(same) == 1
    assert len(same | {found.record_id for found in others}) == 5


def test_record_id_does_not_hang_on_grade_findings_or_publication_date() -> None:
    first = record(event(ratings={"overall": "good"}, reported="2017-05"))
    second = record(event(ratings={"all": "inadequate"}, reported="2017-05"), "2017-05-25")
    assert first.record_id == second.record_id


def test_record_ids_of_like_events_differ() -> None:
    drafts = [event("previous", ratings={"overall": name}) for name in ("good", "inadequate", "outstanding")]
    assert len({found.record_id for found in validate(story(), drafts, [])}) == 3


def test_records_come_current_first_then_by_council_and_date() -> None:
    drafts = [
        event("previous", ratings={"overall": "good"}, reported="2014"),
        event("previous", ratings={"overall": "good"}, reported="2012"),
        event(council="wigan", ratings={"overall": "good"}),
        event(ratings={"overall": "good"}),
    ]
    assert [(found.role, found.council.id, found.date) for found in validate(story(), drafts, [])] == [
        ("current", "halton", "2017-05-24"),
        ("current", "wigan", "2017-05-24"),
        ("previous", "halton", "2012"),
        ("previous", "halton", "2014"),
    ]


def test_evidence_is_the_words_of_the_body() -> None:
    kind = words("kind", "reinspection", "visit")
    finding = words("finding", "strength", "adoption as well", values=("practice",), voice="report", quoted=True)
    draft = event(
        kind="reinspection", ratings={"overall": "good"}, reported="2017-05", kind_mention=kind, findings=[finding]
    )
    found = record(draft)
    spans = [found.evidence.council, found.evidence.reported, found.evidence.kind, found.ratings[0].evidence]
    spans.append(found.findings[0].evidence)
    assert [span and span.text for span in spans] == ["Halton", "May", "visit", "good", "adoption as well"]
    assert all(span and BODY[span.start : span.end] == span.text for span in spans)
    assert found.evidence.inspected is None
    assert found.ratings[0].verbatim == "good"
    assert (found.findings[0].attribution, found.findings[0].quoted) == ("report", True)


def test_evidence_says_what_was_inferred() -> None:
    draft = event(ratings={"overall": "good"})
    draft.reported = words("date", "2017-05", "May", values=("reported",), cues=("year inferred",))
    draft.ratings["adoption"] = Mention(**{**grade("inadequate").model_dump(), "rule": "relative-grade"})
    found = record(draft)
    assert found.evidence.reported
    assert found.evidence.reported.inferred
    assert [rating.evidence.inferred for rating in found.ratings] == [False, True]


def test_findings_stand_in_order_of_place() -> None:
    findings = [
        words("finding", "weakness", "The trust runs it", values=("leadership",)),
        words("finding", "strength", "after visit", values=("practice",)),
    ]
    found = record(event(kind="focused_visit", findings=findings))
    assert [(finding.polarity, finding.attribution) for finding in found.findings] == [
        ("strength", "journalist"),
        ("weakness", "journalist"),
    ]


def test_delivery_body_is_named_on_the_news_alone() -> None:
    trust = words("delivery_body", "halton", "The trust", values=("halton",))
    drafts = [event(ratings={"overall": "good"}), event("previous", ratings={"overall": "good"})]
    assert [found.delivery_body for found in validate(story(), drafts, [trust])] == ["The trust", None]
    assert (
        validate(story(), drafts, [words("delivery_body", "wigan", "The trust", values=("wigan",))])[0].delivery_body
        is None
    )


def test_council_is_written_out() -> None:
    found = record(event(ratings={"overall": "good"}))
    assert (found.council.gss, found.council.name, found.inspectorate) == ("E06000006", "Halton", "Ofsted")


def test_inspectorates_are_joined() -> None:
    finding = words("finding", "strength", "after visit", values=("practice",))
    found = record(event(kind="jtai", findings=[finding], inspectorates=["Ofsted", "Care Quality Commission"]))
    assert found.inspectorate == "Ofsted; Care Quality Commission"


def test_draft_with_nothing_said_is_no_record() -> None:
    assert validate(story(), [event()], []) == []


def test_broken_draft_is_rejected_with_its_council() -> None:
    with pytest.raises(Rejected, match="the record of halton breaks the schema") as caught:
        validate(story(), [event(ratings={"overall": "splendid"})], [])
    assert caught.value.reason == "bad-record"


def test_confidence_is_lower_where_no_date_is_told() -> None:
    dated, undated = event(ratings={"overall": "good"}, reported="2017-05"), event(ratings={"overall": "good"})
    assert 0 < record(undated).confidence < record(dated).confidence <= 1
