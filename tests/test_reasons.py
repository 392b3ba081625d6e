"""Reasons of real records: each statement's clause, council and role, as the assembler decided them."""

import pytest

from pipeline.extract import extract
from pipeline.why import in_words
from schemas.article import Article

BODY = """Leeds has been rated good by Ofsted after an inspection in May 2018.

Inspectors found that care leavers were well supported. The council was rated inadequate in 2014.

Kent, meanwhile, was judged inadequate this month."""

CASES = [
    (
        "leeds",
        "current",
        "good",
        ["council leeds: named in the clause (“Leeds”)", "role current: its date is near publication (“May 2018”)"],
    ),
    ("leeds", "previous", "inadequate", [": the focus of the ", "role previous: its date is older than 75 days"]),
    ("kent", "current", "inadequate", ["council kent: named in the clause (“Kent”)", "role current: "]),
]


@pytest.fixture(scope="module")
def extraction():
    return extract(Article(
        article_id="0", source="a.txt", publisher="cypnow", layout="toy", body=BODY, published="2018-06-15", sha256="0",
    ))  # fmt: skip


@pytest.mark.parametrize(("council", "role", "grade", "expected"), CASES)
def test_reasons_of_a_grade(extraction, council, role, grade, expected):
    (record,) = (r for r in extraction.inspections if (r.council.id, r.role) == (council, role))
    (rating,) = record.ratings
    assert rating.grade == grade
    reasons = extraction.reasons[record.record_id]
    own = [r for r in reasons if (r.of_start, r.of_end) == (rating.evidence.start, rating.evidence.end)]
    told = in_words(own)
    assert told[0].startswith("clause: read in (“")
    assert all(any(wanted in line for line in told) for wanted in expected), told


def test_reasons_quote_the_body_and_every_record_has_some(extraction):
    assert set(extraction.reasons) == {record.record_id for record in extraction.inspections}
    reasons = [reason for each in extraction.reasons.values() for reason in each]
    assert all(extraction.reasons.values())
    assert all(BODY[r.start : r.end] == r.text for r in reasons if r.start is not None)


def test_reasons_of_a_finding(extraction):
    (record,) = (r for r in extraction.inspections if (r.council.id, r.role) == ("leeds", "current"))
    (finding,) = record.findings
    told = in_words([r for r in extraction.reasons[record.record_id] if r.of_start == finding.evidence.start])
    assert any(line.startswith("event: the event ") for line in told), told
