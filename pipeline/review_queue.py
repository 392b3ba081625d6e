"""Which records to look at next, and what a look at records drawn at random says of all."""

import hashlib
import math
from collections.abc import Iterator
from typing import NamedTuple, get_args

from sqlite_utils import Database

from pipeline import review_rows
from pipeline.review_apply import says_of, was_of
from pipeline.review_values import ReviewError
from pipeline.review_words import said
from schemas.review import Order, Review

SEED = 1  # of the order at random: the same records come first on every machine
SURE = 1.96  # standard deviations on each side that hold 95 of 100 samples

WAITING = """
SELECT i.record_id, i.article_id, c.name AS council, i.kind, i.role, i.date, i.confidence, {why} AS why
FROM inspections i JOIN councils c ON c.id = i.council_id {join}
WHERE NOT EXISTS (
    SELECT 1 FROM reviews r
    WHERE r.record_id = i.record_id AND r.withdrawn IS NULL AND {decided}
)
ORDER BY {order}
"""
LOOKED_AT = "r.applied AND coalesce(r.outdated, '') != 'record'"
DRAWN = "(r.drawn = 'random' OR r.decision = 'add')"
AGAIN = """(
    SELECT 'read differently since it was decided on' FROM reviews r
    WHERE r.record_id = i.record_id AND r.applied AND r.outdated = 'record'
)"""
CONFLICTS = """JOIN (
    SELECT record_id, count(*) AS times, 'another article gives ' || group_concat(DISTINCT other_grade || ' for ' || area) AS why
    FROM conflicting_grades GROUP BY record_id
) d USING (record_id)"""
DISPUTED = """JOIN (
    SELECT record_id, json_array_length(t.disputed) + (t.verified = 'contradicted') AS times,
        trim(CASE WHEN json_array_length(t.disputed) THEN 'articles differ on '
            || (SELECT group_concat(value, ', ') FROM json_each(t.disputed)) ELSE '' END
            || CASE WHEN t.verified = 'contradicted' THEN ' the official record says otherwise' ELSE '' END) AS why
    FROM timeline t JOIN timeline_records USING (event_id)
    WHERE json_array_length(t.disputed) OR t.verified = 'contradicted'
) d USING (record_id)"""


class Waiting(NamedTuple):
    """A record that waits for a decision."""

    record_id: str
    article_id: str
    council: str
    kind: str
    role: str
    date: str | None
    confidence: float
    why: str | None
    """Why it is to be looked at: what disagrees with it, or that it is read differently since it was decided on."""


class Estimate(NamedTuple):
    """How many of all records are right, by those that were drawn at random and decided."""

    decided: int
    right: int
    """Of these, accepted as they had been extracted."""
    low: float
    high: float
    """Wilson's interval: of 100 such samples, 95 have the share of all records between the two."""
    passed: int
    """Records whose turn came and that nobody decided on; they may be the hard ones."""


def queue(db: Database, order: Order, limit: int | None = None) -> list[Waiting]:
    """The records that wait for a decision, the first to look at first.

    `confidence`: the least sure first. `disagreement`: those alone that other articles, or the official record, deny.
    `random`: in an order that has nothing to do with the records, those too that were decided on from another order.
    """
    if order not in get_args(Order):
        raise ReviewError(f"order: expected one of {', '.join(get_args(Order))}, got {order!r}")
    found = [Waiting(**row) for row in db.query(_sql(db, order))]
    if order == "random":
        found.sort(key=lambda waiting: turn(waiting.record_id))
    return found[:limit]


def _sql(db: Database, order: Order) -> str:
    """The query of an order."""
    if order == "disagreement":
        join = DISPUTED if db.table("timeline").exists() else CONFLICTS
        parts = {"why": "d.why", "join": join, "order": "d.times DESC, i.confidence, i.record_id"}
    else:
        parts = {"why": AGAIN, "join": "", "order": "i.confidence, i.record_id"}
    return WAITING.format(**parts, decided=DRAWN if order == "random" else LOOKED_AT)


def turn(record_id: str) -> str:
    """The place of a record in the order at random."""
    return hashlib.sha256(f"{SEED} {record_id}".encode()).hexdigest()


def estimate(db: Database) -> Estimate | None:
    """The share of records that are right as they were extracted; None while none was drawn at random.

    Records that were rejected from another order count as wrong where their turn would have come by now: they can't be
    drawn any more.
    """
    standing: dict[str, list[Review]] = {}
    for review in review_rows.reviews(db, "withdrawn IS NULL AND was IS NOT NULL"):
        standing.setdefault(review.record_id, []).append(review)
    drawn = {name for name, all_ in standing.items() if any(review.drawn == "random" for review in all_)}
    if not drawn:
        return None
    reached = max(map(turn, drawn))
    sample = drawn | {name for name, all_ in standing.items() if all_[-1].says is None and turn(name) <= reached}
    right = sum(_right(standing[name][-1]) for name in sample)
    passed = sum(turn(waiting.record_id) <= reached for waiting in queue(db, "random"))
    return Estimate(len(sample), right, *wilson(right, len(sample)), passed)


def _right(review: Review) -> bool:
    """Whether a person left a record as it had been extracted."""
    was, says = was_of(review), says_of(review)
    return was is not None and says is not None and said(was) == said(says)


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 per cent.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, spread = right / of, SURE * SURE / of
    middle = (share + spread / 2) / (1 + spread)
    half = SURE * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def lines(found: Estimate | None) -> Iterator[str]:
    """An estimate in words."""
    if found is None:
        yield "no record was drawn at random yet: `ofsted-records review --order random` draws them"
        return
    share = found.right / found.decided
    yield (
        f"{found.right} of {found.decided} records drawn at random were right ({share:.0%}; of all records "
        f"{found.low:.0%} to {found.high:.0%}, at 95 in 100)"
    )
    if found.passed:
        yield f"{found.passed} more had their turn and were passed over; the share holds if these are like the others"
