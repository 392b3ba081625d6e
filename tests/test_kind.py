"""Kinds: which inspection or visit the words name, when it was, and what the whole article makes of it."""

import pytest
from made import article, unsieved

from extractors.kind import kinds
from pipeline.annotate import annotate
from schemas.mention import Mention


def read(body: str, published: str | None = "2019-05-24") -> list[Mention]:
    return kinds(annotate(article(body, published=published)))


def events(body: str, published: str | None = "2019-05-24") -> list[tuple[str, str]]:
    """Role and kind of each record."""
    return sorted((record.role, record.kind) for record in unsieved(article(body, published=published)).inspections)


def miss(reason: str, *values: object, **options: str) -> object:
    """A case that is not read rightly yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason), **options)


NAMINGS = [
    ("a full inspection", "inspection"),
    ("a short inspection", "inspection"),
    ("a standard inspection", "inspection"),
    ("a re-inspection", "reinspection"),
    ("a reinspection", "reinspection"),
    ("the ninth monitoring visit", "monitoring_visit"),
    ("a quarterly monitoring visit", "monitoring_visit"),
    ("a monitoring inspection", "monitoring_visit"),
    ("a focused visit", "focused_visit"),
    ("a focussed visit", "focused_visit"),
    ("a Covid-focused visit", "focused_visit"),
    ("an assurance visit", "focused_visit"),
    ("a joint targeted area inspection", "jtai"),
    ("a JTAI", "jtai"),
    ("an area SEND inspection", "send"),
    ("an inspection of SEND services", "send"),
    ("an annual performance assessment", "annual_assessment"),
    ("the annual children's services rating", "annual_assessment"),
    ("an unannounced inspection of contact, referral and assessment", "other"),
    ("a no-notice visit", "other"),
    ("a spot check", "other"),
    ("an area special educational needs and disabilities inspection", "send"),
    ("an area inspection", "send"),
    ("a snap inspection", "other"),
    ("a joint area review", "other"),
]


@pytest.mark.parametrize(("naming", "expected"), NAMINGS, ids=[naming for naming, _ in NAMINGS])
def test_kind_namings(naming: str, expected: str) -> None:
    assert [mention.id for mention in read(f"Ofsted wrote to Halton Council about {naming}.")][0] == expected  # noqa: RUF015


@pytest.mark.parametrize(
    "sentence",
    [
        "Visitors to the borough are welcome.",
        "Leaders focused on visiting rights.",
        "The council's own peer review was critical.",
        "A serious case review was published.",
        "The commissioner's report to the minister was critical.",
    ],
)
def test_kind_of_nothing(sentence: str) -> None:
    assert read(sentence) == []


CUES = [
    ("Since the last inspection caseloads have fallen.", "aside"),
    ("Caseloads were lower than at the previous inspection.", "aside"),
    ("Its previous inspection was in 2012.", "previous"),
    ("An earlier monitoring visit was more critical.", "previous"),
    ("The latest monitoring visit was more positive.", "current"),
    ("Six monitoring visits followed.", "plural"),
    miss("a hedge within a longer phrase is not seen", "The council might have a focused visit.", "future"),
]


@pytest.mark.parametrize(("sentence", "cue"), CUES)
def test_kind_cues(sentence: str, cue: str) -> None:
    assert cue in read(sentence)[0].cues


def test_kind_one_of_several_is_no_plural() -> None:
    assert "plural" not in read("The third of the monitoring visits was in May.")[0].cues


def test_kind_of_several_without_number_is_plural() -> None:
    assert "plural" in read("Then came a string of monitoring visits.")[0].cues


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Three focused visits followed. One, in May 2018, found drift.", ["focused_visit", "focused_visit"]),
        ("Three focused visits followed. One social worker left in May 2018.", ["focused_visit"]),
        ("A focused visit came first. No one left in May 2018.", ["focused_visit"]),
        ("It was good at an inspection in 2016 and inadequate after one in 2018.", ["inspection", "inspection"]),
    ],
)
def test_kind_not_named_again(body: str, expected: list[str]) -> None:
    assert [mention.id for mention in read(body)] == expected


def test_kind_time_beside_a_visit_is_not_then() -> None:
    assert "previous" not in read("Agency staff held half the posts at the time of the visit.")[0].cues


def test_kind_not_in_headings() -> None:
    assert read("Fourth monitoring visit\n\nLeaders have been slow, inspectors said.") == []


def test_kind_every_mention_is_of_the_body() -> None:
    body = "A focused visit in May.\n\n• After a ‘JTAI’, a re-inspection."
    for mention in (mentions := read(body)):
        assert body[mention.start : mention.end] == mention.text
    assert [mention.id for mention in mentions] == ["focused_visit", "jtai", "reinspection"]


ORDER = [
    pytest.param(
        "Ofsted has published letters about focused visits. Halton Council was inspected in March. "
        "Social workers are well supported, inspectors found.",
        "2019-05-24",
        [("current", "focused_visit")],
        id="the kind that the story is all about",
    ),
    pytest.param(
        "Halton Council has had its fourth monitoring visit. Social workers are well supported, inspectors found. "
        "The council was rated inadequate in 2017.",
        "2019-05-24",
        [("current", "monitoring_visit"), ("previous", "inspection")],
        id="monitoring visit after an inspection",
    ),
    pytest.param(
        "A visit to Halton Council, its fourth monitoring visit, found that caseloads had fallen. "
        "The council was rated inadequate in 2017.",
        "2019-05-24",
        [("current", "monitoring_visit"), ("previous", "inspection")],
        id="monitoring visit that found something",
    ),
    pytest.param(
        "Inspectors found that caseloads had fallen at Halton Council on a monitoring visit, its second since a joint "
        "targeted area inspection in 2018.",
        "2019-05-24",
        [("current", "monitoring_visit")],
        id="joint inspection in the background",
    ),
    pytest.param(
        "A joint targeted area inspection of Halton Council found that police and social workers work well together.",
        "2019-05-24",
        [("current", "jtai")],
        id="joint inspection in the foreground",
    ),
    miss(
        "a grade in an aside between a visit and what it 'found' hides the finding",
        "A monitoring visit to Halton Council, which was told in 2018 that it requires improvement, found that "
        "caseloads had fallen.",
        "2019-05-24",
        [("current", "monitoring_visit"), ("previous", "inspection")],
        id="monitoring visit to a council that is not inadequate",
    ),
    pytest.param(
        "Social workers know children well, inspectors found on a focused visit to Halton Council. Its services were "
        "rated good in 2016.",
        "2019-05-24",
        [("current", "focused_visit"), ("previous", "inspection")],
        id="focused visit retells the last grade",
    ),
    pytest.param(
        "An unannounced inspection of Halton Council found that referrals were dealt with promptly.",
        "2010-05-24",
        [("current", "other")],
        id="unannounced inspection of 2010 is ungraded",
    ),
    pytest.param(
        "Halton Council was judged good at a no-notice inspection of its child protection services.",
        "2012-09-20",
        [("current", "inspection")],
        id="unannounced inspection of 2012 is graded",
    ),
    pytest.param(
        "Halton Council was rated good after a re-inspection of its services in May.",
        "2017-07-24",
        [("current", "reinspection")],
        id="reinspection",
    ),
    pytest.param(
        "An inspection of SEND services in Halton by Ofsted and the Care Quality Commission found that parents were "
        "not listened to.",
        "2019-05-24",
        [("current", "send")],
        id="special needs",
    ),
    pytest.param(
        "Supervision at Halton Council is too weak, inspectors said in a letter. It followed a focused visit in March.",
        "2019-05-24",
        [("current", "focused_visit")],
        id="letter, kind told afterwards",
    ),
    pytest.param(
        "A peer review by the Local Government Association found that caseloads at Halton Council are too high.",
        "2019-05-24",
        [],
        id="peer review",
    ),
    pytest.param("Ofsted will make a focused visit to Halton Council in June.", "2019-05-24", [], id="visit to come"),
    pytest.param(
        "Six monitoring visits to Halton Council followed.", "2019-05-24", [], id="visits of which nothing is said"
    ),
]


@pytest.mark.parametrize(("body", "published", "expected"), ORDER)
def test_kind_of_events(body: str, published: str, expected: list[tuple[str, str]]) -> None:
    assert events(body, published) == expected
