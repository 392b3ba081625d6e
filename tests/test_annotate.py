"""The components of our own in the spaCy pipeline: what they spare must not show."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipeline.annotate import model_name, pipeline
from pipeline.attributes import GIVEN

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.glob("*.txt"))]


@pytest.fixture(scope="module")
def stock() -> Language:
    """The model with its own ruler, recognizer and way to multiply."""
    nlp = spacy.load(model_name(), exclude=["lemmatizer"])
    nlp.add_pipe("blocks", first=True)
    return nlp


def test_attributes_are_those_of_the_models_ruler(stock):
    ours = pipeline()
    asked = [*GIVEN, "HEAD"]
    for text in [*TEXTS, *TEXTS]:  # the second time from memory
        wanted, got = stock(text).to_array(asked), ours(text).to_array(asked)
        assert (wanted == got).all(), f"{(wanted != got).any(axis=1).sum()} tokens differ in {text[:60]!r}"


def test_names_are_looked_for_where_a_council_or_a_time_is_told(stock):
    plain = "Sheila Marsh chaired the meeting."
    asked = "Sheila Marsh left Kent in 2019."
    doc = pipeline()(f"{plain} {asked}\n\n{plain}")
    assert {(ent.text, ent.label_) for ent in doc.ents} == {(ent.text, ent.label_) for ent in stock(asked).ents}
    assert all(ent.start_char > len(plain) and ent.end_char <= len(plain) + 1 + len(asked) for ent in doc.ents)


def test_no_name_runs_over_the_edge_of_a_sentence():
    for text in TEXTS:
        doc = pipeline()(text)
        assert not any(token.is_sent_start for ent in doc.ents for token in ent[1:])
