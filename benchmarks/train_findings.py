"""Train the small model of `extractors.classifier`, and measure the lexicons with it and without it.

    python -m benchmarks.train_findings              # train, and write extractors/model/findings.npz
    python -m benchmarks.train_findings --measure    # the table of benchmarks/findings.md, from articles left out

It learns from `corpus/sentences.csv` and from articles of `corpus/practice` and `corpus/sample` with their gold.
Measured are articles that the weights were not trained on (each writer's block in turn: articles by one writer are
alike) and a fifth of the sentences, picked by hash, that no weights are ever trained on. Nothing is random and ridge
regression has one solution, so a run gives the same weights each time, up to the rounding of sums, which goes by the
number of threads (`OMP_NUM_THREADS=1` for the weights in the repository).
"""

import csv
import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from extractors.classifier import OUTPUTS, PATH, SIZE, Weights, features, scores, values, write
from extractors.clause import Side
from extractors.context import Context, entered, is_lead
from extractors.findings import LIKELY, described, found, spread
from extractors.marks import Marks, marks_of, ungraded, verdict_of
from extractors.polarity import Verdict
from extractors.reading import Reading
from extractors.themes import chosen, themes
from extractors.unit import Unit, units
from pipeline.annotate import annotate
from pipeline.clean import clean
from pipeline.read import documents, raw_article
from pipeline.score_match import Claim, agreement, overlap, pair_claims
from schemas.article import Article
from schemas.mention import Mention
from schemas.reject import Rejected

CORPUS = Path(__file__).parent.parent / "corpus"
CORPORA = {"practice": ("practice/articles", "practice/gold"), "sample": ("sample", "gold")}
BLOCKS = tuple(
    f"practice-{first:03}" for first in (1, 43, 59, 75, 91, 107, 123, 135, 159, 183, 207, 231, 247, 263, 279, 295)
)  # first articles; the sample is one more
LAST = "practice-310"  # article to learn from; the 82 behind it made the weights no better (findings.md)
FIFTH = 5
STRICTNESS = 2.0  # of the ridge; from 0.5 to 4 hardly anything changes
BY_ITSELF = 0.5  # what a sentence without surroundings counts in training, beside one of an article
SAME = 0.5  # share of words that a unit and a finding of gold have in common
LIKE = 0.25  # share from which a unit is too like a finding to be an example of none


@dataclass(frozen=True)
class Example:
    """Some words with their facts, what gold says of them (`kind` is a polarity or `none`), and how much it counts."""

    text: str
    facts: tuple[str, ...]
    kind: str
    themes: frozenset[str]
    counts: float = 1.0


@dataclass(frozen=True)
class Sentence:
    """A row of `sentences.csv`, annotated: its example, and the verdict and themes of the lexicons."""

    example: Example
    said: Verdict
    themes: tuple[str, ...]
    reserved: bool


@dataclass(frozen=True)
class Paper:
    """An article read, with the findings of its gold, and whether it speaks of any inspection."""

    name: str
    reading: Reading
    claims: tuple[Claim, ...]
    relevant: bool


def sentences(path: Path) -> list[Sentence]:
    """The sentences written for training."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_sentence(row) for row in csv.DictReader(file)]


def _sentence(row: dict[str, str]) -> Sentence:
    """One row, read as an article of its own."""
    text = row["text"]
    alone = Article(article_id="a", source="a.txt", publisher="other", layout="text", body=text, sha256="0")
    marks = marks_of(annotate(alone))
    side = Side(0, len(marks.reading.doc))
    _, facts = described(marks, None, side, Context())
    about = frozenset(row["themes"].split("|")) - {""}
    guessed = themes(marks.plain, marks.faint, side.start, side.end) or ("practice",)
    reserved = zlib.crc32(text.encode()) % FIFTH == 0
    example = Example(text, tuple(facts), row["kind"], about, BY_ITSELF)
    return Sentence(example, verdict_of(marks, 0, side.end), guessed, reserved)


def papers(name: str) -> Iterator[Paper]:
    """The articles of a corpus that have gold."""
    articles, folder = (CORPUS / part for part in CORPORA[name])
    golds = {
        gold["article"]: gold for gold in (json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.json"))
    }
    for item in documents([str(articles)], {}):
        gold = golds.get(Path(item.source).name)
        if gold is None or gold.get("reject") or _is_later(gold["article"]):
            continue
        try:
            reading = annotate(clean(raw_article(item)))
        except Rejected:
            continue
        events: list[dict[str, Any]] = gold["inspections"]
        claims = tuple(
            Claim(None, "", finding["polarity"], frozenset(finding["themes"]), finding["quote"])
            for event in events for finding in event["findings"]
        )  # fmt: skip
        yield Paper(gold["article"], reading, claims, bool(events))


def _is_later(article: str) -> bool:
    """Whether an article of `corpus/practice` is one of those that the weights are not learnt from."""
    return article.startswith("practice-") and Path(article).stem > LAST


def examples(paper: Paper) -> Iterator[Example]:
    """Every unit of an article as an example, in the context that gold gives it; what is half a finding is left out."""
    marks, context = marks_of(paper.reading), Context()
    for entire in units(paper.reading, marks.voices):
        context = entered(context, marks, entire)
        unit = ungraded(marks, entire)
        whole = spread(marks, unit)
        if is_lead(marks, entire) or whole is None:
            continue
        words = paper.reading.doc[whole.start : whole.end].text
        claims = [claim for claim in paper.claims if overlap(claim.text, words) >= SAME or claim.text in words]
        if not claims and not any(overlap(claim.text, words) > LIKE for claim in paper.claims):
            yield _example(marks, unit, Side(unit.start, whole.end), context, None)
        for claim in claims:
            side = _place(paper.reading, unit, claim) if len(claims) > 1 else Side(unit.start, whole.end)
            yield _example(marks, unit, side, context, claim)
        for claim in claims:
            context = context.told(claim.polarity, tuple(sorted(claim.themes)), unit)


def _place(reading: Reading, unit: Unit, claim: Claim) -> Side:
    """The tokens of one side of a unit, by its words in gold."""
    doc = reading.doc
    start = reading.article.body.find(claim.text, doc[unit.start].idx)
    span = doc.char_span(start, start + len(claim.text), alignment_mode="expand") if start >= 0 else None
    return Side(span.start, span.end) if span is not None else Side(unit.start, unit.end)


def _example(marks: Marks, unit: Unit, side: Side, context: Context, claim: Claim | None) -> Example:
    """One unit or side with what gold says of it."""
    text, facts = described(marks, unit, side, context)
    return Example(text, tuple(facts), claim.polarity if claim else "none", claim.themes if claim else frozenset())


@dataclass(frozen=True)
class Solved:
    """One ridge regression of all examples, from which any of them can be left out afterwards.

    There are more columns than examples, so it is solved for the examples (the dual form): `shares` of each example in
    each output, and the `inverse` of how alike the examples are, where something is to be left out.
    """

    shares: NDArray[np.float64]
    inverse: NDArray[np.float64] | None

    def without(self, left_out: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The shares as they would be without some examples, whose own are nought."""
        if not left_out.any():
            return self.shares
        assert self.inverse is not None
        behind = self.inverse[:, left_out]
        shares: NDArray[np.float64] = self.shares - behind @ np.linalg.solve(behind[left_out], self.shares[left_out])
        shares[left_out] = 0.0
        return shares


class Lesson:
    """Examples as numbers, the regressions solved once; `fitted` gives the weights of all of them or of some.

    The rarity of words is that in all examples, left out or not: it knows no gold.
    """

    def __init__(self, learnt: Sequence[Example], *, leaves_out: bool = False) -> None:
        columns = [features(example.text, example.facts) for example in learnt]
        seen = np.zeros(SIZE)
        for groups in columns:
            seen[np.unique(np.concatenate(groups))] += 1
        self.rarity = np.where(seen > 0, np.log((1 + len(learnt)) / (1 + seen)), 0.0).astype(np.float32)
        self.rows = np.zeros((len(learnt), SIZE), np.float32)
        for row, groups in zip(self.rows, columns, strict=True):
            np.add.at(row, *values(groups, self.rarity))
        self.finding = np.array([example.kind != "none" for example in learnt])
        likeness = (self.rows @ self.rows.T).astype(np.float64) + 1.0
        likeness[np.diag_indices_from(likeness)] += STRICTNESS / np.array([example.counts for example in learnt])
        found = likeness[np.ix_(self.finding, self.finding)]
        self.kinds = _solved(found, _wanted(learnt), leaves_out=leaves_out)
        self.findings = _solved(likeness, np.where(self.finding, 1.0, -1.0)[:, None], leaves_out=leaves_out)

    def fitted(self, left_out: NDArray[np.bool_] | None = None) -> Weights:
        """The weights that fit the examples but those left out; polarity and themes are learnt from findings only."""
        without = np.zeros(len(self.rows), bool) if left_out is None else left_out
        first = self.findings.without(without)
        shares = np.zeros((len(first), len(OUTPUTS)))
        shares[:, :1] = first
        shares[self.finding, 1:] = self.kinds.without(without[self.finding])
        matrix = self.rows.T @ shares.astype(np.float32)
        return Weights(matrix, shares.sum(axis=0).astype(np.float32), self.rarity)


def fit(learnt: Sequence[Example]) -> Weights:
    """The weights that fit the examples: a ridge regression of each output."""
    return Lesson(learnt).fitted()


def _wanted(learnt: Sequence[Example]) -> NDArray[np.float64]:
    """For each finding, 1 or -1 per output but the first."""
    rows = [(example.kind == "strength", *(theme in example.themes for theme in OUTPUTS[2:])) for example in learnt
            if example.kind != "none"]  # fmt: skip
    return np.where(np.array(rows), 1.0, -1.0)


def _solved(likeness: NDArray[np.float64], wanted: NDArray[np.float64], *, leaves_out: bool) -> Solved:
    """A regression from how alike examples are; the ones added to each likeness make up for the offset."""
    if leaves_out:
        inverse = np.linalg.inv(likeness).astype(np.float64, copy=False)
        return Solved(inverse @ wanted, inverse)
    return Solved(np.linalg.solve(likeness, wanted).astype(np.float64, copy=False), None)


def count(tally: Counter[str], claims: Sequence[Claim], mentions: Sequence[Mention]) -> None:
    """Add up how the findings of an article agree with gold."""
    got = [Claim(None, "", mention.id, frozenset(mention.values), mention.text) for mention in mentions]
    answers = pair_claims(claims, got)
    tally.update(gold=len(claims), found=len(got), spans=len(answers))
    for i, j in answers.items():
        tally["polarity"] += claims[i].polarity == got[j].polarity
        tally.update(
            both=len(claims[i].themes & got[j].themes), themes=len(got[j].themes), wanted=len(claims[i].themes)
        )


def line(name: str, tally: Counter[str]) -> str:
    """A row of the table: spans, polarity of the spans that were found, both together, and themes."""
    spans = agreement(tally["spans"], tally["found"], tally["gold"])
    figures = (
        *spans, tally["polarity"] / max(tally["spans"], 1),
        agreement(tally["polarity"], tally["found"], tally["gold"]).f1,
        agreement(tally["both"], tally["themes"], tally["wanted"]).f1,
    )  # fmt: skip
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in figures) + " |"


HEADER = (
    "| articles left out | span precision | span recall | span F1 | polarity | finding F1 | theme F1 |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def measured(written: Sequence[Sentence]) -> Iterator[str]:
    """The tables: blocks of articles left out in turn, then the reserved fifth of the sentences."""
    taught = [sentence.example for sentence in written if not sentence.reserved]
    read = [(name, paper) for name in CORPORA for paper in papers(name)]
    learnt = [list(examples(paper)) for _, paper in read]
    tallies: dict[tuple[str, str], Counter[str]] = {}
    blocks = [bisect_right(BLOCKS, Path(paper.name).stem) for _, paper in read]
    lesson = Lesson([*taught, *(example for group in learnt for example in group)], leaves_out=True)
    sources = [-1] * len(taught) + [place for place, group in zip(blocks, learnt, strict=True) for _ in group]
    for block in sorted(set(blocks)):
        weights = lesson.fitted(np.array(sources) == block)
        for name, paper in (pair for place, pair in zip(blocks, read, strict=True) if place == block):
            if not paper.relevant:
                continue
            for way, using in (("lexicons", None), ("lexicons and model", weights)):
                row = f"{BLOCKS[block - 1]} on" if block else name
                tally = Counter[str]()
                count(tally, paper.claims, found(paper.reading, using))
                for key in (row, *(("practice",) if block else ())):
                    tallies.setdefault((key, way), Counter()).update(tally)
    yield HEADER
    yield from (line(f"{name}, {way}", tally) for (name, way), tally in sorted(tallies.items()))
    yield from _reserved(written, lesson.fitted())


def _reserved(written: Sequence[Sentence], weights: Weights) -> Iterator[str]:
    """How well lexicons and model read the sentences that neither has learnt from."""
    right: Counter[str] = Counter()
    kept = [sentence for sentence in written if sentence.reserved]
    for sentence in kept:
        told = scores(sentence.example.text, sentence.example.facts, weights)
        kind = "none" if told.finding < LIKELY else "strength" if told.strength > 0 else "weakness"
        right["lexicons"] += (sentence.said.polarity or "none") == sentence.example.kind
        right["model"] += kind == sentence.example.kind
        if sentence.example.kind != "none":
            _count_themes(right, "lexicons", sentence.themes, sentence.example.themes)
            _count_themes(right, "model", chosen(told.themes), sentence.example.themes)
    yield f"\n| {len(kept)} reserved sentences | kind right | theme F1 |\n| --- | --- | --- |"
    for way in ("lexicons", "model"):
        f1 = agreement(right[f"{way} both"], right[f"{way} themes"], right[f"{way} wanted"]).f1
        yield f"| {way} alone | {right[way] / len(kept):.3f} | {f1:.3f} |"


def _count_themes(right: Counter[str], way: str, got: Sequence[str], wanted: frozenset[str]) -> None:
    """Add up how the themes of one sentence agree."""
    right[f"{way} both"] += len(wanted & set(got))
    right[f"{way} themes"] += len(got)
    right[f"{way} wanted"] += len(wanted)


@click.command(help=__doc__)
@click.option("--measure", is_flag=True, help="Print the table and write nothing.")
def main(*, measure: bool) -> None:
    """Train or measure."""
    written = sentences(CORPUS / "sentences.csv")
    if measure:
        for text in measured(written):
            click.echo(text)
        return
    taught = [sentence.example for sentence in written if not sentence.reserved]
    taught += [example for name in CORPORA for paper in papers(name) for example in examples(paper)]
    write(fit(taught), PATH)
    click.echo(f"{len(taught)} examples: {PATH.name}, {PATH.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
