"""Who speaks: every voice of trade-press prose, in both directions, and quotation marks of every sort."""

import pytest

from extractors.quotes import quotes
from extractors.reading import blocks_of
from extractors.voice import Stretch, voices
from pipeline.annotate import annotate
from schemas.article import Article


def article(body: str) -> Article:
    return Article(article_id="a", source="a.txt", publisher="other", layout="text", body=body, sha256="0")


def voice_of(body: str, words: str) -> Stretch:
    """The stretch that holds some words."""
    place = body.index(words)
    return next(stretch for stretch in voices(annotate(article(body))) if stretch.start <= place < stretch.end)


@pytest.mark.parametrize(
    ("body", "words", "voice"),
    [
        pytest.param('"Plans are late," the inspection report states.', "Plans", "report", id="report quoted"),
        pytest.param('"Plans are late," a letter about the visit says.', "Plans", "letter", id="letter quoted"),
        pytest.param("Inspectors found that plans were late.", "plans", "inspectors", id="inspectors"),
        pytest.param("The watchdog warned that plans were late.", "plans", "inspectors", id="watchdog"),
        pytest.param("Plans were late, according to Ofsted.", "Plans", "inspectors", id="according to"),
        pytest.param("The council was criticised for late plans.", "late", "inspectors", id="passive"),
        pytest.param("Social workers told inspectors that they felt safe.", "felt", "inspectors", id="staff told"),
        pytest.param("Plans are late.", "Plans", "journalist", id="bare assertion"),
        pytest.param('"Plans are late," said Councillor Ann Lee.', "Plans", "response", id="councillor, inverted"),
        pytest.param('A spokesman for the council said: "Plans are late."', "Plans", "response", id="spokesman"),
        pytest.param("The council said it accepted that plans were late.", "plans", "response", id="reported speech"),
        pytest.param("The director said that inspectors had praised plans.", "praised", "response", id="second hand"),
        pytest.param("Inspectors had praised plans, said the director.", "praised", "response", id="second hand, last"),
        pytest.param("The children's minister said plans were late.", "plans", "response", id="minister"),
        pytest.param("A charity said that plans were late.", "plans", "response", id="charity"),
        pytest.param("“Plans are late,” said a social worker in the town.", "Plans", "response", id="staff quoted"),
        pytest.param(
            "A council that was told in 2014 that plans were late is now good.", "now", "journalist", id="told"
        ),
        pytest.param("The trust announced last year has late plans.", "plans", "journalist", id="announced"),
        pytest.param("The warning to the council comes with late plans.", "plans", "journalist", id="a warning"),
        pytest.param(
            "It comes a year after the council said plans were late.", "plans", "journalist", id="time of saying"
        ),
        pytest.param(
            "Ofsted called care poor, having concluded that the council let plans go late.",
            "plans",
            "inspectors",
            id="participle",
        ),
        pytest.param("The town had a visit and was told that plans were late.", "plans", "inspectors", id="was told"),
        pytest.param("Councillors told inspectors that plans were late.", "plans", "inspectors", id="inspectors told"),
        pytest.param(
            '"We knew," said Ann Lee, the director. Plans, it adds, are late.', "Plans", "report", id="it, not she"
        ),
        pytest.param('"Plans help," the letter said. "Staff told us that plans work."', "work", "letter", id="told us"),
        pytest.param('"Plans help," the letter said. "We know that plans work."', "work", "response", id="we"),
        pytest.param(
            '"Our concerns about plans were shared," the report conceded.', "plans", "report", id="our concerns"
        ),
        pytest.param(
            "The trust did not always tell schools when plans changed.", "plans", "journalist", id="did not tell"
        ),
        pytest.param("The trust often tells schools that plans changed.", "plans", "response", id="tell"),
        pytest.param(
            "In response to the report, the authority said plans were sound.", "plans", "response", id="reply"
        ),
    ],
)
def test_voice_by_attribution(body: str, words: str, voice: str) -> None:
    assert voice_of(body, words).voice == voice


LONG = '"Plans are late.\n\n"Visits are rare.\n\n"Work is slow," {who}.\n\nThe town has a pier.'


@pytest.mark.parametrize(("who", "voice"), [("the report adds", "report"), ("said the leader, Ann Lee", "response")])
def test_voice_over_paragraphs_comes_from_an_attribution_at_their_end(who: str, voice: str) -> None:
    body = LONG.format(who=who)
    assert {voice_of(body, words).voice for words in ("Plans", "Visits", "Work")} == {voice}
    assert voice_of(body, "pier").voice == "journalist"


def test_voice_of_paragraphs_opened_and_not_closed_goes_on() -> None:
    body = 'A spokeswoman said: "We agree.\n\n"Plans are late.\n\n"We are sorry."\n\nVisits are rare.'
    assert voice_of(body, "Plans").voice == "response"
    assert voice_of(body, "Visits").voice == "journalist"


def test_voice_of_a_pronoun_is_that_of_the_last_speaker() -> None:
    body = '"Plans are late," the report states.\n\n"Visits are rare," it adds.'
    assert voice_of(body, "Visits").voice == "report"


def test_voice_of_a_response_goes_on_to_the_end_of_its_paragraph() -> None:
    body = "The council said it was sorry. It has hired staff.\n\nPlans are late."
    assert voice_of(body, "hired").voice == "response"
    assert voice_of(body, "Plans").voice == "journalist"


def test_voice_of_bullets_is_that_of_the_words_before() -> None:
    body = "The director said that the council would:\n\n• improve plans\n\nPlans are late."
    assert voice_of(body, "improve").voice == "response"
    assert voice_of(body, "Plans").voice == "journalist"


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        pytest.param('"Plans are late and weak," the report says.', True, id="straight"),
        pytest.param("“Plans are late and weak,” the report says.", True, id="curly"),
        pytest.param("”Plans are late and weak,“ the report says.", True, id="wrong way"),
        pytest.param("‘Plans are late and weak,’ the report says.", True, id="single"),
        pytest.param('Inspectors said plans were "late" and "weak".', False, id="scare quotes"),
        pytest.param("The council’s plans, the councils’ plans, are weak.", False, id="apostrophes"),
    ],
)
def test_voice_tells_speech_from_scare_quotes(body: str, quoted: bool) -> None:
    assert any(stretch.quoted for stretch in voices(annotate(article(body)))) is quoted


def test_voices_cover_the_body_without_gaps() -> None:
    body = 'One.\n\n"Two," the report states. Three.\n\n• Four\n\nA spokesman said: "Five.\n\n"Six."'
    found = voices(annotate(article(body)))
    assert [stretch.start for stretch in found] == [0, *(stretch.end for stretch in found[:-1])]
    assert found[-1].end == len(body)


def test_voices_of_nothing() -> None:
    assert voices(annotate(article(""))) == ()


def test_quotes_carry_over_only_from_an_unclosed_one() -> None:
    body = '"One.\n\n"Two."\n\n"Three."'
    assert [(quote.carried, quote.closed) for quote in quotes(body, blocks_of(body))] == [
        (False, False),
        (True, True),
        (False, True),
    ]
