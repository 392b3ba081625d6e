"""Findings by the lexicons alone: who is heard, which way it goes, how sides are cut, what is none; held-out sentences.

What the trained model adds is in test_classifier.py.
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractors import findings as finder
from pipeline.annotate import annotate
from schemas.article import Article
from schemas.mention import Mention

HELDOUT = Path(__file__).parent / "heldout" / "findings.toml"
OPENING = "Ofsted has published a report on the council's children's services."
PLUS, MINUS = "strength", "weakness"


def article(body: str) -> Article:
    return Article(article_id="a", source="a.txt", publisher="other", layout="text", body=body, sha256="0")


def found(text: str, before: str = OPENING) -> list[Mention]:
    """The findings in some words, with the words before them left out."""
    body = f"{before}\n\n{text}"
    mentions = finder.found(annotate(article(body)), None)
    assert all(body[mention.start : mention.end] == mention.text for mention in mentions)
    return [mention for mention in mentions if mention.start > len(before)]


@pytest.mark.parametrize(
    ("text", "polarity", "voice"),
    [
        ('"Assessments are rigorous," the report states.', PLUS, "report"),
        ('"Assessments are superficial," the report states.', MINUS, "report"),
        ('"Supervision is regular and thoughtful," says the letter.', PLUS, "letter"),
        ('"Supervision is erratic," says the letter.', MINUS, "letter"),
        ("Inspectors praised the work of the adoption team.", PLUS, "inspectors"),
        ("Inspectors criticised the work of the adoption team.", MINUS, "inspectors"),
        ("Caseloads are manageable.", PLUS, "journalist"),
        ("Caseloads are unmanageable.", MINUS, "journalist"),
        ("Social workers told inspectors that they felt valued.", PLUS, "inspectors"),
        ("Social workers told inspectors that they felt overwhelmed.", MINUS, "inspectors"),
        ("The council must improve its care plans, inspectors said.", MINUS, "inspectors"),
    ],
)
def test_findings_of_each_voice(text: str, polarity: str, voice: str) -> None:
    assert [(mention.id, mention.voice) for mention in found(text)] == [(polarity, voice)]


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        pytest.param("care plans were not clear", MINUS, id="negated praise"),
        pytest.param("there was no drift in care plans", PLUS, id="negated blame"),
        pytest.param("care plans were not always clear", MINUS, id="not always"),
        pytest.param("not all care plans were clear", MINUS, id="not all"),
        pytest.param("there was a lack of clear care plans", MINUS, id="lack of"),
        pytest.param("managers failed to make care plans clear", MINUS, id="failed to"),
        pytest.param("care plans have yet to make a difference", MINUS, id="yet to"),
        pytest.param("care plans were too optimistic", MINUS, id="too"),
        pytest.param("care plans should be clearer", MINUS, id="should"),
        pytest.param("more children would benefit from advocacy", MINUS, id="would benefit"),
        pytest.param("caseloads had been reduced", PLUS, id="reduced burden"),
        pytest.param("support for care leavers had been reduced", MINUS, id="reduced asset"),
        pytest.param("children had fewer changes of social worker", PLUS, id="fewer changes"),
        pytest.param("delays in adoption had been eradicated", PLUS, id="mended"),
        pytest.param("caseloads remained high", MINUS, id="burden high"),
        pytest.param("supervision had deteriorated", MINUS, id="worse"),
        pytest.param("supervision was better than before", PLUS, id="better"),
        pytest.param("the pace of change had been slow", MINUS, id="slow"),
        pytest.param("referrals were handled without delay", PLUS, id="without delay"),
        pytest.param("plans for children in need were good", PLUS, id="need is no demand"),
        pytest.param("child protection plans were good", PLUS, id="protection is no praise"),
        pytest.param("reviews were held when they should be, and plans were clear", PLUS, id="should as a measure"),
        pytest.param("leaders know what must change and staff are valued", PLUS, id="must as what is known"),
        pytest.param("reviews are strong and take place when they should", PLUS, id="should at the end as a measure"),
        pytest.param("reviews should be held when children ask for them", MINUS, id="should as a demand"),
        pytest.param("care plans could be clearer", MINUS, id="could be better"),
        pytest.param("parents were less complimentary about care plans", MINUS, id="less praise"),
        pytest.param("there was less drift in care plans", PLUS, id="less blame"),
        pytest.param("nobody on a care plan of any kind was found to have been overlooked", PLUS, id="no one at all"),
        pytest.param("care plans, which nobody had read, were weak", MINUS, id="nobody in an aside"),
        pytest.param("they would like to see clear care plans", MINUS, id="a wish"),
        pytest.param("good supervision was the exception", MINUS, id="the exception"),
        pytest.param("when children are unsafe, the response is swift", PLUS, id="a condition is no finding"),
        pytest.param("morale was low and turnover was high", MINUS, id="low is said of what goes before"),
        pytest.param("turnover was low", PLUS, id="low burden"),
        pytest.param("support was low", MINUS, id="low asset"),
        pytest.param("fewer children go missing than a year ago", PLUS, id="fewer go missing"),
        pytest.param("more children go missing than a year ago", MINUS, id="more go missing"),
        pytest.param("no area for priority action was seen in audits", PLUS, id="no area for priority action"),
        pytest.param("an area for priority action was seen in audits", MINUS, id="an area for priority action"),
        pytest.param("the team has lost little of its drive and audits go on", PLUS, id="lost little"),
        pytest.param("they want the council to make good use of audits", MINUS, id="want it to"),
    ],
)
def test_findings_turn_round_with_the_words_about_them(words: str, polarity: str) -> None:
    assert [mention.id for mention in found(f"Inspectors found that {words}.")] == [polarity]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Although assessments are thorough, supervision is patchy.",
            [(PLUS, "assessments are thorough"), (MINUS, "supervision is patchy")],
            id="concession first",
        ),
        pytest.param(
            "Assessments are thorough, but supervision is patchy.",
            [(PLUS, "Assessments are thorough"), (MINUS, "supervision is patchy")],
            id="but",
        ),
        pytest.param(
            "Inspectors said that, while audits were rigorous, recording was poor.",
            [(PLUS, "audits were rigorous"), (MINUS, "recording was poor")],
            id="inside an attribution",
        ),
        pytest.param(
            '"Assessments are thorough but supervision is patchy," the report states.',
            [(PLUS, "Assessments are thorough"), (MINUS, "supervision is patchy")],
            id="in speech",
        ),
        pytest.param(
            "Assessments are weak, although supervision is strong.",
            [(MINUS, "Assessments are weak"), (PLUS, "supervision is strong")],
            id="concession last",
        ),
        pytest.param(
            "Assessments are weak and supervision is patchy.",
            [(MINUS, "Assessments are weak and supervision is patchy")],
            id="one side",
        ),
        pytest.param(
            "Families experience drift while their needs are identified well.",
            [(PLUS, "Families experience drift while their needs are identified well")],
            id="while of time",
        ),
    ],
)
def test_findings_cut_sides_that_are_at_odds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(mention.id, mention.text) for mention in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["Weak audits, by contrast, were rigorous in the north", "Decisions are rigorous in all but one weak team"],
)
def test_findings_stay_whole_where_words_only_look_like_two_sides(text: str) -> None:
    assert [mention.text for mention in found(f'"{text}," the report states.')] == [text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"Audits are weak," the report states.', "Audits are weak"),
        ("Audits are weak, the report states.", "Audits are weak"),
        ("Audits are weak, according to inspectors.", "Audits are weak"),
        ("However, audits are weak.", "audits are weak"),
        ("Inspectors found that audits are weak.", "audits are weak"),
        ("According to the report, audits are weak.", "audits are weak"),
        ("Inspectors said audits were weak.", "audits were weak"),
        (
            "Audits are weak, according to a letter which the council published with some reluctance last Friday.",
            "Audits are weak",
        ),
        ("Too many audits are weak, inspectors said.", "Too many audits are weak"),
        ("That makes audits weak, inspectors said.", "That makes audits weak"),
        ("Audits are weak, says a report that comes a year after another one.", "Audits are weak"),
        ("Audits are weak, according to the report, which came out on Friday.", "Audits are weak"),
        ("Audits are weak, according to the report, which describes recording as poor.", None),
        ("Good audits were, they said, in short supply.", None),
        (
            "Audits in every team of the council are weak and late, inspectors have warned, even though they believe "
            "that nobody has read them.",
            None,
        ),
        ("Now, according to a letter to the council, audits are weak.", "audits are weak"),
        ("Inspectors concluded in a letter made public on Friday that audits were weak.", "audits were weak"),
        (
            "A council that is known far and wide for its pier has been told that its audits are weak.",
            "its audits are weak",
        ),
        ("The director has been praised by many for having insisted that audits should be strong.", None),
        ("Inspectors praised carers and it shows in audits that are strong.", None),
        ("Inspectors praised audits, and said that recording was good.", None),
        ("Audits are weak, inspectors say, and recording is late in consequence.", None),
        ("Over two weeks in May, inspectors found audits to be weak.", "inspectors found audits to be weak"),
        ("In Kent, which was visited in May, inspectors praised audits.", "inspectors praised audits"),
        ("In Kent, which was visited in May, audits are weak.", None),
        (
            "Inspectors said that it does not always tell families how good audits are.",
            "it does not always tell families how good audits are",
        ),
        ("Staff were not always told that good audits help.", None),
        ("Leaders were slow to praise audits, and when they were told they were weak they did not act.", None),
        ("They audit well, according to the letter, which says that recording is good.", None),
        ("Inspectors warn that audits are weak.", "audits are weak"),
        (
            "Audits are better than in May 2018, when the council was rated 'inadequate'.",
            "Audits are better than in May 2018",
        ),
        ("Inspectors said audits had got better since the council was rated 'inadequate'.", "audits had got better"),
        (
            "Inspectors said audits had got better since managers were told that they were weak.",
            "audits had got better since managers were told that they were weak",
        ),
        (
            "Two years after it was judged inadequate, the city has strong audits, it said.",
            "the city has strong audits",
        ),
        (
            "Two years after its weak audits, the city has strong audits, inspectors said.",
            "Two years after its weak audits, the city has strong audits",
        ),
        ("Recording is weak, and inspectors were worried to find that audits are late.", None),
        ("Inspectors were worried to find that audits are late.", "audits are late"),
        ("Care leavers have a good offer that the report says others should copy.", None),
        ("Audits are read but not acted on.", None),
        ("Performance reports tell managers how weak audits are.", None),
        (
            "By the time of a visit in May, inspectors were finding that the weak audits had gone.",
            "the weak audits had gone",
        ),
        ("• audits are weak;", "audits are weak"),
        ('"Audits," it says, "are weak and late."', 'Audits," it says, "are weak and late'),
    ],
)
def test_findings_are_the_words_without_attribution(text: str, words: str | None) -> None:
    whole = text.rstrip(".")
    assert [mention.text for mention in found(text)] == [words or whole]


@pytest.mark.parametrize(
    ("lead", "bullet", "polarity"),
    [
        ("Other findings included:", "• audits are rigorous", PLUS),
        ("Other findings included:", "• audits are superficial", MINUS),
        ("Inspectors listed several weaknesses:", "• the use of audits", MINUS),
        ("The report named these strengths:", "• the use of audits", PLUS),
        ("The council was told to:", "• improve audits", MINUS),
        ("Inspectors said leaders must improve:", "• how quickly and consistently strong audits lead to change", MINUS),
        ("Inspectors raised concerns:", "• the strong and effective use of audits is a bright spot", PLUS),
    ],
)
def test_findings_of_a_list_go_by_the_words_before_it(lead: str, bullet: str, polarity: str) -> None:
    assert [mention.id for mention in found(bullet, f"{OPENING}\n\n{lead}")] == [polarity]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('The council was rated "good" overall.', id="grade"),
        pytest.param("The director said that care plans were strong.", id="response"),
        pytest.param('"Our care plans are strong," said Councillor Ann Lee.', id="response quoted"),
        pytest.param("The leader said inspectors had praised its strong care plans.", id="second hand"),
        pytest.param("Nationally, care plans are poor.", id="national"),
        pytest.param("DfE figures show that turnover is too high.", id="third-party figures"),
        pytest.param("Inspectors will return in the autumn.", id="future visit"),
        pytest.param("Good and bad | Care plans weak", id="table row"),
        pytest.param("The council has 42 social workers.", id="number"),
        pytest.param("Slow assessments\n\nThe town has a pier.", id="heading"),
    ],
)
def test_findings_leave_out_what_is_none(text: str) -> None:
    assert found(text) == []


def test_findings_behind_a_grade_are_what_it_rests_on() -> None:
    text = "The borough was rated inadequate in 2014 amid concerns that assessments were poor."
    assert [(mention.id, mention.text) for mention in found(text)] == [(MINUS, "assessments were poor")]
    text = "The borough was rated inadequate in 2014, when inspectors described poor assessments."
    assert [(mention.id, mention.text) for mention in found(text)] == [(MINUS, "described poor assessments")]
    text = "The borough was rated inadequate in 2014 and its report complained of poor assessments."
    assert [(mention.id, mention.text) for mention in found(text)] == [
        (MINUS, "its report complained of poor assessments")
    ]


def test_findings_that_tell_nothing_go_by_the_one_before() -> None:
    weak = '"Audits are weak. Records are typed on Fridays," the report states.'
    strong = '"Audits are rigorous. Records are typed on Fridays," the report states.'
    assert [mention.id for mention in found(weak)] == [MINUS, MINUS]
    assert [mention.id for mention in found(strong)] == [PLUS, PLUS]


def test_findings_that_tell_nothing_turn_with_an_aside() -> None:
    text = '"Audits are rigorous. Records, though, are typed on Fridays," the report states.'
    assert [mention.id for mention in found(text)] == [PLUS, MINUS]


def test_findings_name_their_cues() -> None:
    (mention,) = found("Inspectors found that audits were not rigorous.")
    assert (mention.rule, mention.cues, mention.values) == ("sentence", ("not",), ("quality_assurance",))


def heldout() -> tuple[list[dict[str, Any]], float, float]:
    data = tomllib.loads(HELDOUT.read_text(encoding="utf-8"))
    return data["case"], data["floor_polarity"], data["floor_themes"]


def test_findings_of_sentences_never_tuned_to(capsys: pytest.CaptureFixture[str]) -> None:
    cases, floor_polarity, floor_themes = heldout()
    right, shared = 0, Counter[str]()
    for case in cases:
        mentions = found(case["text"], case.get("before", OPENING))
        same = [mention.id for mention in mentions] == case["polarity"]
        right += same
        for mention, wanted in zip(mentions, case.get("themes", []), strict=False):
            if same:
                shared["both"] += len(set(wanted) & set(mention.values))
                shared["either"] += len(wanted) + len(mention.values)
    polarity, theme = right / len(cases), 2 * shared["both"] / shared["either"]
    with capsys.disabled():
        print(f"\n{len(cases)} held-out sentences: polarity {polarity:.3f}, themes F1 {theme:.3f}")
    assert len(cases) >= 80
    assert polarity >= floor_polarity
    assert theme >= floor_themes
