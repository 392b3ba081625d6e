"""Decisions for a person to read: who decided what of which record, and what has changed since."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from pipeline import review_rows
from pipeline.review_apply import says_of, was_of
from pipeline.review_ask import inert
from pipeline.review_queue import estimate, lines
from pipeline.review_words import said
from schemas.inspection import Inspection
from schemas.review import Review

COLUMNS = ("decided", "by", "decision", "record_id", "council", "changes", "note", "state")


def print_reviews(db: Database, console: Console) -> None:
    """Print every decision in the order in which they were made, then how far the records are right."""
    table = Table(*COLUMNS)
    count = 0
    for review in review_rows.reviews(db):
        table.add_row(*map(inert, _row(review)))
        count += 1
    console.print(table if count else "No decisions.")
    for line in lines(estimate(db)):
        console.print(line, soft_wrap=True)


def _row(review: Review) -> Iterator[str]:
    """One decision as the cells of a line."""
    record = says_of(review) or was_of(review)
    yield review.decided[:16].replace("T", " ")
    yield review.reviewer
    yield review.decision
    yield review.record_id
    yield record.council.name if record else ""
    yield "; ".join(differences(was_of(review), says_of(review)))
    yield review.note or ""
    yield state(review)


def state(review: Review) -> str:
    """Where a decision stands, in words."""
    if review.withdrawn:
        return f"taken back by {review.withdrawn_by}"
    changed = {
        "text": "the text has changed elsewhere",
        "record": "read differently since",
        "words": "not applied: its words are gone",
        "gone": "not applied: its article is gone",
        None: "",
    }[review.outdated]
    place = "" if review.applied or review.outdated in ("words", "gone") else "a later one holds"
    return "; ".join(filter(None, (place, changed))) or "applied"


def differences(was: Inspection | None, says: Inspection | None) -> list[str]:
    """What a person changed in a record, field by field, in words; nothing where there were not two."""
    if was is None or says is None:
        return []
    before, after = said(was), said(says)
    return [f"{name}: {_short(name, was)} → {_short(name, says)}" for name in before if before[name] != after[name]]


def _short(name: str, record: Inspection) -> str:
    """A field in a few words."""
    if name == "council":
        return record.council.id
    if name == "ratings":
        return ", ".join(f"{rating.area} {rating.grade}" for rating in record.ratings) or "none"
    if name == "findings":
        return str(len(record.findings))
    if name == "evidence":
        return "words"
    return str(getattr(record, name) or "none")
