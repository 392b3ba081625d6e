"""Themes of findings: one plain sentence for each, and what happens where cues compete or fail."""

from typing import get_args

import pytest

from extractors.cues import cues
from extractors.lexicon import load
from extractors.themes import chosen, themes
from pipeline.annotate import annotate
from schemas.article import Article
from schemas.inspection import Theme


def themes_of(body: str, topic: tuple[str, ...] = ()) -> tuple[str, ...]:
    made = Article(article_id="a", source="a.txt", publisher="other", layout="text", body=body, sha256="0")
    reading = annotate(made)
    return themes(cues(reading, "themes"), cues(reading, "themes_faint"), 0, len(reading.doc), topic)


@pytest.mark.parametrize(
    ("body", "theme"),
    [
        ("Thresholds at the front door are clear.", "front_door"),
        ("Early help is offered widely.", "early_help"),
        ("Assessments are thorough.", "assessment"),
        ("Care plans are vague.", "planning"),
        ("Strategy meetings are chaotic.", "child_protection"),
        ("Children who go missing are ignored.", "exploitation_missing"),
        ("Domestic abuse is understood.", "neglect_domestic_abuse"),
        ("Looked-after children do well.", "children_in_care"),
        ("Adoption is a strength.", "permanence_adoption"),
        ("Care leavers get a poor deal.", "care_leavers"),
        ("The virtual school is effective.", "health_education"),
        ("Advocacy is scarce.", "voice"),
        ("Elected members are committed.", "leadership"),
        ("Supervision is patchy.", "management_oversight"),
        ("Caseloads are high.", "workforce"),
        ("Audits are weak.", "quality_assurance"),
        ("Partner agencies are helpful.", "partnership"),
        ("There is drift.", "timeliness"),
        ("Private fostering is neglected by few.", "specific_groups"),
        ("Social work practice is weak.", "practice"),
    ],
)
def test_themes_each_have_plain_words(body: str, theme: str) -> None:
    assert theme in themes_of(body)


def test_themes_of_the_lexicons_are_those_of_the_schema() -> None:
    assert {entry.id for entry in load("themes")} == set(get_args(Theme))
    assert {entry.id for entry in load("themes_faint")} <= set(get_args(Theme))


def test_themes_are_three_at_most_in_order_of_mention() -> None:
    body = "Audits, supervision, caseloads and adoption are weak."
    assert themes_of(body) == ("quality_assurance", "management_oversight", "workforce")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Child protection plans are late.", ("planning", "timeliness"), id="the longer phrase wins"),
        pytest.param("The practice of auditing records is poor.", ("quality_assurance",), id="practice gives way"),
        pytest.param("Staff are tired.", ("workforce",), id="faint alone"),
        pytest.param("Staff are weary of audits.", ("quality_assurance",), id="faint gives way"),
        pytest.param("It rained.", (), id="nothing"),
    ],
)
def test_themes_rank_plain_over_general_over_faint(body: str, expected: tuple[str, ...]) -> None:
    assert themes_of(body) == expected


def test_themes_go_on_with_the_topic_of_a_paragraph() -> None:
    assert themes_of("They are chased up when they drop out.", ("care_leavers", "timeliness")) == ("care_leavers",)
    assert themes_of("Their audits are late.", ("care_leavers",)) == ("quality_assurance", "timeliness")


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param({"voice": -0.9, "leadership": -0.8}, ("leadership",), id="the likeliest, however unlikely"),
        pytest.param({"voice": 0.2, "leadership": 0.5}, ("leadership", "voice"), id="likeliest first"),
        pytest.param({"voice": -0.5, "leadership": 0.5}, ("leadership",), id="none that is far behind"),
        pytest.param(
            {"voice": 0.1, "leadership": 0.2, "workforce": 0.3, "planning": 0.4},
            ("planning", "workforce", "leadership"),
            id="three at most",
        ),
    ],
)
def test_themes_chosen_by_score(scores: dict[str, float], expected: tuple[str, ...]) -> None:
    assert chosen(scores) == expected
