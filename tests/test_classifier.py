"""The small trained model: what it hears that the lexicons do not, its file, its setting; and it is reproducible."""

import csv
import zlib
from pathlib import Path

import numpy as np
import pytest

from benchmarks.train_findings import Example, Sentence, _sentence, fit
from extractors.classifier import (
    OUTPUTS,
    PATH,
    SETTING,
    SIZE,
    ModelError,
    Weights,
    features,
    model,
    read,
    scores,
    write,
)
from extractors.findings import LIKELY, findings, found
from extractors.themes import chosen
from pipeline.annotate import annotate
from schemas.article import Article

CORPUS = Path(__file__).parent.parent / "corpus"
OPENING = "Ofsted has published a report on the council's children's services."
KIND_RIGHT = 0.66  # of the reserved sentences; the lexicons alone reach 0.51


def findings_of(text: str, weights: Weights | None) -> list[tuple[str, tuple[str, ...]]]:
    body = f"{OPENING}\n\n{text}"
    made = Article(article_id="a", source="a.txt", publisher="other", layout="text", body=body, sha256="0")
    mentions = [mention for mention in found(annotate(made), weights) if mention.start > len(OPENING)]
    return [(mention.id, mention.values) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "polarity", "theme"),
    [
        ('"Files held no chronology," the report states.', "weakness", "assessment"),
        ('"Care leavers have slept in their cars," the report states.', "weakness", "care_leavers"),
        ('"Social workers hold 15 cases each and have time for children," it said.', "strength", "workforce"),
        ('"Supervision is cancelled when diaries fill up," the report states.', "weakness", "management_oversight"),
    ],
)
def test_classifier_reads_what_praises_or_blames_in_no_lexicon(text: str, polarity: str, theme: str) -> None:
    ((kind, themes),) = findings_of(text, read(PATH))
    assert kind == polarity
    assert theme in themes


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Visits take place when they should, but notes are typed up at the end of the month.", "strength weakness"),
        ("Supervision happens every month, although it seldom asks what has changed for a child.", "strength weakness"),
        ("Assessments are weak, but plans are weaker.", "weakness"),
        ("Inspectors said that assessments are weak, while plans are weaker.", "weakness"),
        ("Inspectors said that assessments are not yet clear.", "weakness"),
        ("They know, though, that assessments are weak.", "weakness"),
    ],
)
def test_classifier_takes_what_a_pivot_sets_against_the_rest_for_the_opposite(text: str, kinds: str) -> None:
    assert [kind for kind, _ in findings_of(text, read(PATH))] == kinds.split()


@pytest.mark.parametrize(
    "text",
    [
        "The inspection took place over a fortnight in February.",
        "The director left in August and has been replaced on an interim basis.",
        "Nationally, one in six social work posts is vacant.",
        '"We have improved our care plans," said Councillor Ann Lee.',
    ],
)
def test_classifier_leaves_out_what_is_no_finding(text: str) -> None:
    assert findings_of(text, read(PATH)) == []


def reserved() -> list[Sentence]:
    with (CORPUS / "sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if zlib.crc32(row["text"].encode()) % 5 == 0]
    return [_sentence(row) for row in rows]


def test_classifier_beats_the_lexicons_on_sentences_that_it_was_not_trained_on() -> None:
    weights, kept = read(PATH), reserved()
    assert all(sentence.reserved for sentence in kept)
    told = [scores(sentence.example.text, sentence.example.facts, weights) for sentence in kept]
    kinds = ["none" if one.finding < LIKELY else "strength" if one.strength > 0 else "weakness" for one in told]
    right = sum(kind == sentence.example.kind for kind, sentence in zip(kinds, kept, strict=True))
    lexicons = sum((sentence.said.polarity or "none") == sentence.example.kind for sentence in kept)
    assert right / len(kept) >= KIND_RIGHT > lexicons / len(kept)


def test_classifier_learns_what_it_is_shown() -> None:
    shown = [
        Example("plans are weak", (), "weakness", frozenset({"planning"})),
        Example("audits are strong", (), "strength", frozenset({"quality_assurance"})),
        Example("the town has a pier", (), "none", frozenset()),
    ] * 5
    weights = fit(shown)
    told = scores("weak plans", (), weights)
    assert told.strength < 0
    assert chosen(told.themes)[0] == "planning"
    assert told.finding > scores("a pier", (), weights).finding


def test_classifier_is_turned_off_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert model() is read(PATH)
    monkeypatch.setenv(SETTING, "off")
    assert model() is None
    text = f'{OPENING}\n\n"Files held no chronology," the report states.'
    made = Article(article_id="a", source="a.txt", publisher="other", layout="text", body=text, sha256="0")
    reading = annotate(made)
    assert findings(reading) == found(reading, None)


def test_classifier_counts_words_facts_and_their_pieces_apart_and_the_same_on_every_machine() -> None:
    words, pieces, facts = features("Plans", ["theme:planning"])
    assert words.tolist() == sorted(
        {zlib.crc32(f"w:{name}".encode()) % SIZE for name in ("plans", "^ plans", "plans $")}
    )
    assert zlib.crc32(b"c:<plan") % SIZE in pieces.tolist()
    assert facts.tolist() == [zlib.crc32(b"f:theme:planning") % SIZE]
    assert [part.size for part in features("", [])] == [2 - 1, 0, 0]


def test_classifier_weights_are_small_plain_and_survive_writing(tmp_path: Path) -> None:
    assert PATH.stat().st_size < 5_000_000
    path = tmp_path / "model" / "findings.npz"
    weights = read(PATH)
    write(weights, path)
    again = read(path)
    assert all(np.array_equal(getattr(weights, name), getattr(again, name)) for name in ("matrix", "offset", "rarity"))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: None, "expected a file of weights", id="missing"),
        pytest.param(lambda path: path.write_bytes(b"PK"), "expected a file of weights", id="damaged"),
        pytest.param(
            lambda path: np.savez(
                path, outputs=np.array(OUTPUTS[1:]), matrix=np.zeros(1), offset=np.zeros(1), rarity=np.zeros(1)
            ),
            "was trained for",
            id="other outputs",
        ),
    ],
)
def test_classifier_says_what_is_wrong_with_its_file(make: object, words: str, tmp_path: Path) -> None:
    path = tmp_path / "findings.npz"
    make(path)  # type: ignore[operator]
    with pytest.raises(ModelError, match=words) as caught:
        read(path)
    assert "benchmarks.train_findings" in str(caught.value)
