"""How right the numbers of a report are: by gold, and by what people decided about records; each share with its interval."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipeline.charts.words import count
from pipeline.review_queue import estimate, lines, wilson
from pipeline.score import Scores, score

STATED: Mapping[str, str] = {
    "rating": "grades", "kind": "kinds of inspection", "inspected": "dates of fieldwork", "reported": "dates of reports",
    "finding": "findings",
}  # fmt: skip
COLUMNS = ("Values stated", "Right", "Of", "Share", "95% interval")


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
    reviewed = " ".join(lines(estimate(db)))
    return Quality((words, f"{reviewed[0].upper()}{reviewed[1:]}."), (by_gold,) if by_gold and by_gold.rows else ())


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


def _share(right: int, of: int) -> tuple[str, str]:
    """A share and its interval, in percent."""
    low, high = wilson(right, of)
    return f"{100 * right / of:.0f}%", f"{100 * low:.0f}–{100 * high:.0f}%"


def _path(db: Database) -> str:
    """The file of a database."""
    return str(db.execute("PRAGMA database_list").fetchone()[2])
