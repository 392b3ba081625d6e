"""What the trained model is told of the surroundings of some words."""

import pytest

from extractors.context import Context
from extractors.facts import surroundings
from extractors.marks import marks_of
from extractors.unit import units
from pipeline.annotate import annotate
from schemas.article import Article

STORY = """Inspectors found that plans were weak.

Audits were rigorous.

The director said that the council had moved on.

Audits were late.

Children ran about in the long grass on the hill until it was dark and their fathers called them home for tea. """
LATER = "They ran about on the hill, and in the wood, and by the river, for as long as anybody would let them. " * 6


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("Inspectors found", {"heard:0", "place:first", "behind:nobody", "behind:strength"}),
        ("Audits were rigorous", {"heard:1", "place:0", "before:theirs", "before:weakness", "behind:others"}),
        ("Audits were late", {"heard:2:others", "before:others", "before:", "behind:nobody"}),
        ("They ran", {"heard:long ago", "place:2", "before:nobody"}),
    ],
)
def test_facts_tell_who_was_heard_last_and_what_stands_beside(words: str, facts: set[str]) -> None:
    body = STORY + LATER
    article = Article(article_id="a", source="a.txt", publisher="other", layout="text", body=body, sha256="0")
    marks = marks_of(annotate(article))
    found = [
        unit for unit in units(marks.reading, marks.voices) if marks.reading.doc[unit.start :].text.startswith(words)
    ]
    assert facts <= set(surroundings(marks, found[-1], Context()))
