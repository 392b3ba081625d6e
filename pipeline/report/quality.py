"""How right the numbers of a report are: by gold, and by what people decided about records; each share with its interval."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipeline.charts.words import count
from pipeline.score import Scores, score

SURE = 1.96  # standard deviations on each side that hold 95 of 100 samples
STATED: Mapping[str, str] = {
    "rating": "grades", "kind": "kinds of inspection", "inspected": "dates of fieldwork", "reported": "dates of reports",
    "finding": "findings",
}  # fmt: skip
COLUMNS = ("Values stated", "Right", "Of", "Share", "95% interval")
DECIDED = """
SELECT sum(review = 'accepted') AS accepted, sum(review != 'unreviewed') AS decided FROM inspections
"""


@dataclass(frozen=True)
class Measured:
    """One table of shares."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True)
class Quality:
    """What is known of it, in words and tables."""

    paragraphs: tuple[str, ...]
    tables: tuple[Measured, ...]


def quality(db: Database, gold: Path | None) -> Quality:
    """What people decided about records of the database, and its score on a folder of gold where one is given."""
    by_gold = _by_gold(score(Path(_path(db)), gold)) if gold else None
    words = (
        "Records of articles that a careful reader has read, too, are compared with what that reader found: the table "
        "says how many of the values that the program states are right. What it misses is not counted here."
        if by_gold and by_gold.rows
        else "No article of this report was compared with what a careful reader found in it; "
        "the program's README says how right it was on articles that were."
    )
    return Quality((words, _reviewed(db)), (by_gold,) if by_gold and by_gold.rows else ())


def _by_gold(scores: Scores) -> Measured:
    """Of the values stated about articles that have gold, how many are right, by what they say."""
    stated, right = (
        Counter(fact.what for fact in scores.facts if fact.right or not only_right) for only_right in (False, True)
    )
    rows = tuple(
        (words, right[what], stated[what], *_share(right[what], stated[what]))
        for what, words in STATED.items() if stated[what]
    )  # fmt: skip
    return Measured(f"Against gold of {count(int(scores.figures['articles']), 'article')}", COLUMNS, rows)


def _reviewed(db: Database) -> str:
    """What became of the records that a person looked at."""
    ((accepted, decided),) = db.execute(DECIDED).fetchall()
    if not decided:
        return "No record was looked at by a person yet."
    share, interval = _share(accepted, decided)
    return (
        f"Of {count(decided, 'record')} that a person looked at and kept, {accepted} were right as they had been read "
        f"({share}; 95% interval {interval}, if they were drawn at random), the others were corrected."
    )


def _share(right: int, of: int) -> tuple[str, str]:
    """A share and its interval, in percent."""
    low, high = wilson(right, of)
    return f"{100 * right / of:.0f}%", f"{100 * low:.0f}–{100 * high:.0f}%"


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 per cent.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, spread = right / of, SURE * SURE / of
    middle = (share + spread / 2) / (1 + spread)
    half = SURE * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _path(db: Database) -> str:
    """The file of a database."""
    return str(db.execute("PRAGMA database_list").fetchone()[2])
