"""Reasons: how decisions are noted while they are taken, and how they are told."""

import pytest

from pipeline.why import Place, Reason, Trace, in_words, sentence
from schemas.mention import Mention

BODY = "In May Leeds was rated good. York, which was rated\nso"
CLAUSE = Place(0, 27, BODY[:27])


def mention(id: str, start: int, end: int, kind: str = "council") -> Mention:
    return Mention(kind=kind, id=id, start=start, end=end, text=BODY[start:end], rule="toy")  # type: ignore[arg-type]


LEEDS, YORK = mention("leeds", 7, 12), mention("york", 29, 33)
GRADE, DATE = mention("good", 23, 27, "rating"), mention("2016-05", 3, 6, "date")


def test_trace_gives_back_what_was_decided() -> None:
    councils = ("leeds", "york")
    assert Trace().took("council", councils, "named in the clause", LEEDS, YORK) is councils


def test_trace_has_a_reason_for_each_statement_and_question() -> None:
    trace = Trace()
    trace.begin(CLAUSE, GRADE, DATE)
    trace.took("council", ("leeds", "york"), "named in the clause", LEEDS, YORK)
    trace.took("role", "previous", "its date is old", DATE)
    told = [(r.of_start, r.of_end, r.what, r.value, r.how, r.start, r.end, r.text) for r in trace.reasons("york")]
    each = [
        ("clause", None, "read in", *CLAUSE),
        ("council", "york", "named in the clause", 29, 33, "York"),
        ("role", "previous", "its date is old", 3, 6, "May"),
    ]
    assert told == [(23, 27, *reason) for reason in each] + [(3, 6, *reason) for reason in each]


def test_trace_keeps_the_last_decision_on_a_question() -> None:
    trace = Trace()
    trace.begin(None, GRADE)
    trace.took("role", "current", "its date is near")
    trace.took("role", "previous", "another grade is news")
    assert [(reason.value, reason.how) for reason in trace.reasons("leeds")] == [("previous", "another grade is news")]


def test_trace_forgets_the_statement_before() -> None:
    trace = Trace()
    trace.begin(CLAUSE, GRADE)
    trace.took("role", "current", "its date is near")
    trace.begin(None, DATE)
    assert trace.reasons("leeds") == []
    assert Trace().reasons("leeds") == []


def test_trace_of_a_council_that_no_word_names_has_the_words_of_another() -> None:
    trace = Trace()
    trace.begin(None, GRADE)
    trace.took("council", ("cumbria",), "the predecessor of the focus", LEEDS)
    trace.took("event", object(), "the event last spoken of")
    council, event = trace.reasons("cumbria")
    assert (council.value, council.text) == ("cumbria", "Leeds")
    assert (event.value, event.start, event.end, event.text) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One is good. Two is not. Three is.", "Two", "Two is not. "),
        ("One is good. Two is not.", "One", "One is good. "),
        ("One is good. Two is not.", "good. Two", "One is good. Two is not."),
        ("Heading\nOne is “good.” “Two is not.”\nThree", "good", "One is “good.” "),
        ("Heading\nOne is good", "One", "One is good"),
        ("A grade of 1.5 or so. End", "so", "A grade of 1.5 or so. "),
        ("It is good! 2016 was not", "2016", "2016 was not"),
    ],
)
def test_sentence_is_found_in_its_paragraph(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    first, last = sentence(text, start, start + len(words))
    assert text[first:last] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((0, 5, "Leeds\nCity"), "council leeds: named (“Leeds City”)"),
        ((None, None, None), "council leeds: named"),
    ],
)
def test_in_words_quotes_what_decided_on_one_line(words: tuple[int, int, str], expected: str) -> None:
    start, end, text = words
    reason = Reason(of_start=9, of_end=13, what="council", value="leeds", how="named", start=start, end=end, text=text)
    assert in_words([reason]) == [expected]


def test_in_words_of_a_clause_has_no_value() -> None:
    trace = Trace()
    trace.begin(CLAUSE, GRADE)
    assert in_words(trace.reasons("leeds")) == ["clause: read in (“In May Leeds was rated good”)"]
