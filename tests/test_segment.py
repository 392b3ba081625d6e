"""Clauses: where one statement of a sentence ends and the next begins, and what merely joins the members of a list."""

import pytest
from made import article

from extractors.reading import Reading
from extractors.segment import clause_at, clauses, hedges, is_dash, is_glue
from pipeline.annotate import annotate


def reading(body: str) -> Reading:
    return annotate(article(body, published="2017-05-24"))


def cut(sentence: str) -> list[str]:
    """The clauses of a sentence, as text."""
    found = reading(sentence)
    return [clause.text for clause in clauses(found, found.sentences[0])]


CUTS = [
    ("Kent was rated good.", ["Kent was rated good."]),
    ("Adoption was good but leadership was not.", ["Adoption was good", "but leadership was not."]),
    ("Kent, Leeds and Hull were rated good.", ["Kent, Leeds and Hull were rated good."]),
    ("Leadership, adoption and care leavers are good.", ["Leadership, adoption and care leavers are good."]),
    ("Kent was good; Hull was not.", ["Kent was good", "; Hull was not."]),
    (
        "Kent, which was inadequate in 2012, was rated good.",
        ["Kent,", "which was inadequate in 2012,", "was rated good."],
    ),
    ("Kent was good, with adoption outstanding.", ["Kent was good", ", with adoption outstanding."]),
    ("Kent was good while Hull was not.", ["Kent was good", "while Hull was not."]),
    ("Kent fell to inadequate, having been good in 2012.", ["Kent fell to inadequate,", "having been good in 2012."]),
    ("Kent was good after Hull was not.", ["Kent was good", "after Hull was not."]),
    ("Adoption was good, down from outstanding.", ["Adoption was good,", "down from outstanding."]),
    ("Adoption had come down from outstanding.", ["Adoption had come down from outstanding."]),
    ("Kent looks after children well.", ["Kent looks after children well."]),
    ("Kent was rated good and told to go on.", ["Kent was rated good", "and told to go on."]),
]


@pytest.mark.parametrize(("sentence", "expected"), CUTS)
def test_segment_cuts(sentence: str, expected: list[str]) -> None:
    assert cut(sentence) == expected


def test_segment_boundary_word_inside_a_name_does_not_cut() -> None:
    assert cut("Leadership, management and governance was rated good.") == [
        "Leadership, management and governance was rated good."
    ]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_segment_dashes_cut_and_hyphens_do_not(dash: str) -> None:
    assert cut(f"The well-run council {dash} good in 2012 {dash} was inadequate.") == [
        "The well-run council",
        f"{dash} good in 2012",
        f"{dash} was inadequate.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kent – once good – fell.", ["–", "–"]),
        ("Kent - once good - fell.", ["-", "-"]),
        ("A well-run, looked-after place.", []),
        ("Between 2012–2014 it fell on the Kent–Surrey border.", []),
        ("- Kent fell.", []),
    ],
)
def test_segment_dash_stands_alone(text: str, expected: list[str]) -> None:
    doc = reading(text).doc
    assert [token.text for token in doc if is_dash(doc, token.i)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Kent, which was good, fell; Hull – never good – rose, but Leeds did not.",
        "Good in 2012, inadequate in 2014 (and again in 2016), Kent is now good, with adoption outstanding.",
        "• while caseloads fell",
    ],
)
def test_segment_clauses_cover_their_sentence(sentence: str) -> None:
    found = reading(sentence)
    parts = clauses(found, found.sentences[0])
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].start, parts[-1].end) == (found.sentences[0].start, found.sentences[0].end)
    for token in found.sentences[0]:
        assert token in clause_at(parts, token.i)


def test_segment_token_past_the_end_belongs_to_the_last_clause() -> None:
    found = reading("Kent was good but Hull was not.")
    parts = clauses(found, found.sentences[0])
    assert clause_at(parts, 999) == parts[-1]


GLUE = [
    ("good", " for its ", "adoption", True),
    ("good", ", ", "adoption", True),
    ('good"', " and ", "adoption", True),
    ("good", " as well as ", "adoption", True),
    ("good", "; ", "adoption", False),
    ("good", ". ", "adoption", False),
    ("good", ": ", "adoption", False),
    ("good", " – ", "adoption", False),
    ("good", " because inspectors liked ", "adoption", False),
    ("good", " for the service, the work, the support and the provision of the areas of ", "adoption", False),
]


@pytest.mark.parametrize(("left", "between", "right", "expected"), GLUE)
def test_segment_glue(left: str, between: str, right: str, expected: bool) -> None:
    found = reading(f"It was {left}{between}{right} there.")
    start, end = (
        found.doc.char_span(i, i + 1, alignment_mode="expand") for i in (7 + len(left), 7 + len(left + between))
    )
    assert start is not None
    assert end is not None
    first = next(token.i for token in found.doc if token.idx >= 7 + len(left.rstrip('"')))
    assert is_glue(found, first, end.start) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kent might be rated good.", True),
        ("Kent may be rated good.", True),
        ("In May Kent was rated good.", False),
        ("Kent was rated good.", False),
    ],
)
def test_segment_hedges_leave_out_the_month(sentence: str, expected: bool) -> None:
    assert bool(hedges(reading(sentence), 0, len(sentence))) is expected
