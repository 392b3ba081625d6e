"""Gold and exported events side by side: how alike two texts are, and which event, and which finding, answers which.

The measures are strict where a value is canonical (councils, grades, dates) and lenient where it is words: a finding
counts as found when its words and the gold's share at least half of the longer one's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."})
WORD = re.compile(r"[a-z0-9£%]+")
SHARED = 0.5  # of the longer text's words, for two findings to be the same one
SHINGLE = 4  # words; long enough that shingles in common mean the same running text
RECODED = {"E08000038": "E08000016", "E08000039": "E08000019"}  # Barnsley and Sheffield, re-coded in 2025


@dataclass(frozen=True)
class Claim:
    """One finding, of gold or of an export."""

    council: str | None
    role: str
    polarity: str
    themes: frozenset[str]
    text: str

    @property
    def owner(self) -> tuple[str | None, str]:
        """The event side that it is said of: council and role."""
        return self.council, self.role


@dataclass(frozen=True)
class Event:
    """One inspection event, of gold or of an export."""

    council: str | None
    role: str
    kind: str
    inspected: str | None
    reported: str | None
    ratings: frozenset[tuple[str, str]]
    claims: tuple[Claim, ...]
    confidence: float | None

    @property
    def dates(self) -> frozenset[str]:
        """Its dates, whichever role they have."""
        return frozenset(date for date in (self.inspected, self.reported) if date)

    @property
    def grades(self) -> set[tuple[str | None, str, str, str]]:
        """Its ratings with their owner: council, role, area, grade."""
        return {(self.council, self.role, *rating) for rating in self.ratings}

    def __str__(self) -> str:
        return f"{self.council} {self.role} {self.kind} {sorted(self.ratings)} {sorted(self.dates)}"


def event_of(table: Mapping[str, Any]) -> Event:
    """An event from a line of `inspections.jsonl` or an entry of a gold file; they differ in the names of two keys."""
    council = table["council"]
    code = council["gss"] if isinstance(council, Mapping) else council
    code = RECODED.get(code, code)
    claims = tuple(
        Claim(
            council=code,
            role=table["role"],
            polarity=finding["polarity"],
            themes=frozenset(finding["themes"]),
            text=finding["quote"] if "quote" in finding else finding["text"],
        )
        for finding in table["findings"]
    )
    return Event(
        council=code,
        role=table["role"],
        kind=table["kind"],
        inspected=table.get("inspected"),
        reported=table.get("reported"),
        ratings=frozenset((rating["area"], rating["grade"]) for rating in table["ratings"]),
        claims=claims,
        confidence=table.get("confidence"),
    )


def plain(text: str | None) -> str:
    """The text with straight quotes and single spaces, so that only words can differ."""
    return " ".join((text or "").translate(PLAIN).split())


def words(text: str) -> list[str]:
    """The words of a text, in lower case.

    >>> words("“Good” – 5%")
    ['good', '5%']
    """
    return WORD.findall(plain(text).lower())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; a shorter text is one run."""
    tokens = words(text)
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))


def overlap(one: str, other: str) -> float:
    """Words in common, as a share of the longer text's words."""
    a, b = Counter(words(one)), Counter(words(other))
    return (a & b).total() / max(a.total(), b.total(), 1)


class Agreement(NamedTuple):
    """How a set of predicted values agrees with gold, each figure from 0 to 1."""

    precision: float
    recall: float
    f1: float


def agreement(right: int, predicted: int, gold: int) -> Agreement:
    """Precision, recall and their harmonic mean; nothing predicted where nothing was to be found is perfect."""
    precision = right / predicted if predicted else float(gold == 0)
    recall = right / gold if gold else 1.0
    both = precision + recall
    return Agreement(precision, recall, 2 * precision * recall / both if both else 0.0)


def affinity(gold: Event, found: Event) -> int:
    """How likely two events are the same one; -1 if they can't be, being of other councils or roles."""
    if (gold.council, gold.role) != (found.council, found.role):
        return -1
    ratings, dates = len(gold.ratings & found.ratings), len(gold.dates & found.dates)
    return 4 * ratings + 3 * (gold.kind == found.kind) + 3 * dates


def pair_events(golds: Sequence[Event], found: Sequence[Event]) -> dict[int, int]:
    """Which found event (its index) answers each gold event, likeliest pairs first; the unanswered are absent."""
    ranked = sorted(
        ((affinity(gold, other), i, j) for i, gold in enumerate(golds) for j, other in enumerate(found)),
        key=lambda candidate: -candidate[0],
    )
    return dict(_one_to_one((i, j) for score, i, j in ranked if score >= 0))


def pair_claims(golds: Sequence[Claim], found: Sequence[Claim]) -> dict[int, int]:
    """Which found finding (its index) answers each gold finding, by shared words; of equals, the same polarity."""
    ranked = sorted(
        ((overlap(gold.text, other.text), i, j) for i, gold in enumerate(golds) for j, other in enumerate(found)),
        key=lambda candidate: (-candidate[0], golds[candidate[1]].polarity != found[candidate[2]].polarity),
    )
    return dict(_one_to_one((i, j) for score, i, j in ranked if score >= SHARED))


def _one_to_one(ranked: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first pairs of a ranking in which neither side was used before."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    for left, right in ranked:
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            yield left, right
