"""A small linear model: whether words are a finding, whether one of strength, and of which themes.

It sees words, pairs of words, pieces of words, and the facts that the lexicons give (`extractors.facts`). Weights lie
in `extractors/model/findings.npz`, written by `benchmarks/train_findings.py`. The environment variable
`OFSTED_RECORDS_FINDINGS_MODEL=off` leaves everything to the lexicons.
"""

import os
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from schemas.inspection import Theme

SETTING = "OFSTED_RECORDS_FINDINGS_MODEL"
PATH = Path(__file__).parent / "model" / "findings.npz"
SIZE = 1 << 15  # columns; features share one where their hashes do
OUTPUTS = ("finding", "strength", *get_args(Theme))
WORD = re.compile(r"[a-z]+|\d+")
PIECES = (4, 5)  # letters
STEM = 5

Floats = NDArray[np.float32]
Columns = NDArray[np.int64]


class ModelError(Exception):
    """The file of weights is missing or was made for other outputs: says what was expected and what to do."""


@dataclass(frozen=True)
class Scores:
    """What the model says of some words: about 1 where it is sure, about -1 where it is sure of the opposite."""

    finding: float
    strength: float
    themes: Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """One weight per column and output, an offset per output, and how telling each column is (its rarity)."""

    matrix: Floats
    offset: Floats
    rarity: Floats


def features(text: str, facts: Iterable[str]) -> tuple[Columns, ...]:
    """The columns of some words in three groups: words with their pairs, pieces of words, facts."""
    words = ["0" if word.isdigit() else word for word in WORD.findall(text.lower())]
    pairs = [f"{one} {other}" for one, other in zip(["^", *words], [*words, "$"], strict=True)]
    pieces = [piece for word in words for piece in _pieces(word)]
    return _columns("w:", [*words, *pairs]), _columns("c:", pieces), _columns("f:", facts)


def _pieces(word: str) -> list[str]:
    """The runs of letters in a word, its ends marked, and how it begins."""
    whole = f"<{word}>"
    runs = [whole[place : place + size] for size in PIECES for place in range(len(whole) - size + 1)]
    return [*runs, whole[:STEM]]


def _columns(group: str, names: Iterable[str]) -> Columns:
    """The columns of feature names, each once, in order; the hash is the same on every machine."""
    return np.unique(np.array([zlib.crc32((group + name).encode()) % SIZE for name in names], dtype=np.int64))


def values(groups: Sequence[Columns], rarity: Floats) -> tuple[Columns, Floats]:
    """The columns of features and their values: rare ones count more, and each group as a whole as much as another."""
    scaled = [rarity[columns] / max(float(np.sqrt((rarity[columns] ** 2).sum())), 1e-6) for columns in groups]
    return np.concatenate(groups), np.concatenate(scaled).astype(np.float32)


def scores(text: str, facts: Iterable[str], weights: Weights) -> Scores:
    """What the model says of some words."""
    columns, amounts = values(features(text, facts), weights.rarity)
    sums = amounts @ weights.matrix[columns] + weights.offset
    said = dict(zip(OUTPUTS, map(float, sums), strict=True))
    return Scores(said.pop("finding"), said.pop("strength"), said)


def model() -> Weights | None:
    """The weights, or None where the setting turns the model off; read once."""
    return None if os.environ.get(SETTING) == "off" else read(PATH)


@cache
def read(path: Path) -> Weights:
    """The weights of a file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            outputs = tuple(file["outputs"].tolist())
            weights = Weights(*(file[name].astype(np.float32) for name in ("matrix", "offset", "rarity")))
    except (OSError, KeyError, ValueError) as error:
        advice = f"make it with `python -m benchmarks.train_findings`, or set {SETTING}=off"
        raise ModelError(f"{path}: expected a file of weights, got: {error!r}; {advice}") from error
    if outputs != OUTPUTS or weights.matrix.shape != (SIZE, len(OUTPUTS)):
        raise ModelError(
            f"{path}: was trained for {outputs}, not for {OUTPUTS}: run `python -m benchmarks.train_findings`"
        )
    return weights


def write(weights: Weights, path: Path) -> None:
    """Write weights to a file, at half precision, which costs nothing that can be measured."""
    arrays = {name: getattr(weights, name).astype(np.float16) for name in ("matrix", "offset", "rarity")}
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, outputs=np.array(OUTPUTS), **arrays)
