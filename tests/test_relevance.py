"""The sieve lets every article through that has an event in gold, and spares the model those that can have none."""

import json
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.read import documents, raw_article
from pipeline.relevance import can_hold_record
from schemas.article import Article

CORPUS = Path(__file__).parent.parent / "corpus"
SETS = {
    "sample": ("sample", "gold"),
    "practice": ("practice/articles", "practice/gold"),
    "heldout": ("heldout/articles", "heldout/gold"),
}


def article(body: str) -> Article:
    return Article(article_id="a", source="a.txt", publisher="cypnow", layout="text", body=body, sha256="0")


@pytest.mark.parametrize("name", SETS)
def test_articles_with_events_pass(name: str) -> None:
    articles, gold = (CORPUS / part for part in SETS[name])
    with_events = {
        told["article"]
        for told in map(json.loads, (path.read_text(encoding="utf-8") for path in gold.glob("*.json")))
        if told.get("inspections")
    }
    held_back = [
        item.source
        for item in documents([str(articles)], {})
        if item.source in with_events and not can_hold_record(clean(raw_article(item)))
    ]
    assert with_events
    assert not held_back


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        pytest.param("Inspectors rated Kent good.", True, id="all three"),
        pytest.param("Inspectors made a focused visit to Slough Children First.", True, id="a trust and a visit"),
        pytest.param("Kent has launched a good fostering campaign.", False, id="no inspectorate"),
        pytest.param("Inspectors rated a nursery good.", False, id="no council"),
        pytest.param("Ofsted will consult councils such as Kent on its plans.", False, id="no grade or inspection"),
    ],
)
def test_needs_inspectorate_council_and_grade_or_kind(body: str, passes: bool) -> None:
    assert can_hold_record(article(body)) is passes
