"""Records one by one for a person at a terminal, or a script at a pipe: one key each, and prompts for a correction."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from sqlite_utils import Database

from pipeline import show, store
from pipeline.review import By, add, decide, record, undo, version_of
from pipeline.review_prompts import Prompts
from pipeline.review_queue import Waiting, queue
from pipeline.review_values import ReviewError
from schemas.inspection import Inspection
from schemas.review import Action, Order, Review

ACTIONS: dict[str, Action] = {"a": "accept", "r": "reject", "c": "correct"}

KEYS = "a accept · c correct · r reject · m missing record · w write a note · u undo · n next · q quit"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Asked:
    """How to ask: on a terminal by a key and lines, in a pipe by lines alone."""

    key: Callable[[], str]
    """One of KEYS; `q` at the end."""
    line: Callable[[str], str]
    """The answer to a question; empty at the end."""


@dataclass
class Session:
    """One sitting of one person."""

    db: Database
    by: By
    console: Console
    asked: Asked
    places: Mapping[str, int]
    """Where each record stands in the queue."""
    decided: list[str] = field(default_factory=list)
    """The records that were decided on, in order."""


def review(db: Database, order: Order, reviewer: str, console: Console, asked: Asked) -> int:
    """Go through the queue until its end, or until the person quits; returns how many decisions stand."""
    waiting = queue(db, order)
    session = Session(
        db, By(reviewer, drawn=order), console, asked, {each.record_id: n for n, each in enumerate(waiting)}
    )
    place: int | None = 0
    while place is not None and place < len(waiting):
        place = _look(session, waiting[place], place)
    if place is not None:
        console.print("No more records wait." if waiting else "No record waits.")
    return len(session.decided)


def inert(text: str) -> str:
    """Text of a person as it can be printed: what would steer a terminal is a mark.

    >>> inert("red \\x1b[31m")
    'red �[31m'
    """
    return CONTROL.sub("�", text)


def _look(session: Session, waiting: Waiting, place: int) -> int | None:
    """Show one record and do what the keys say; returns the place to go on at, or None to quit."""
    if not session.db.execute("SELECT 1 FROM inspections WHERE record_id = ?", [waiting.record_id]).fetchone():
        return place + 1  # rejected, or its article was read anew since the queue was made
    found = _show(session, waiting, place)
    by = session.by
    while True:
        key = session.asked.key().strip().lower()[:1]
        try:
            if key == "q":
                return None
            if key == "n":
                return place + 1
            if key == "u":
                return _undo(session, waiting, place)
            if key in ACTIONS:
                _decide(session, found, by, key)
                return place + 1
            if key == "m":
                _missing(session, found, by)
            elif key == "w":
                by = by._replace(note=session.asked.line("note, kept with the next decision"))
            else:
                session.console.print(KEYS)
        except ReviewError as error:
            session.console.print(inert(f"Not done: {error}"), soft_wrap=True)
            found = record(session.db, waiting.record_id) or found


def _show(session: Session, waiting: Waiting, place: int) -> Inspection:
    """Print a record with its evidence in context, and why it is in the queue."""
    found = record(session.db, waiting.record_id)
    if found is None:  # it was there a moment ago
        raise ReviewError(f"{waiting.record_id}: gone since the queue was made; begin again")
    session.console.rule()
    head = (f"{place + 1} of {len(session.places)}", found.council.name, waiting.why)
    session.console.print(" · ".join(text for text in head if text), style="bold", soft_wrap=True)
    show.record(session.db, found.record_id, session.console)
    session.console.print()
    session.console.print(KEYS)
    return found


def _decide(session: Session, found: Inspection, by: By, key: str) -> None:
    """Accept, reject or correct the record that is shown."""
    given = _prompts(session, found).corrections(found) if key == "c" else {}
    _noted(session, decide(session.db, found.record_id, ACTIONS[key], by, given=given, seen=version_of(found)))


def _missing(session: Session, found: Inspection, by: By) -> None:
    """Add a record to the article of the one that is shown."""
    selected, given = _prompts(session, found).addition()
    _noted(session, add(session.db, found.article.article_id, by, given=given, selected=selected))


def _noted(session: Session, done: Review) -> None:
    """Say what was decided."""
    session.decided.append(done.record_id)
    session.console.print(
        {"accept": "Accepted.", "reject": "Rejected.", "correct": "Corrected.", "add": "Added."}[done.decision]
    )


def _prompts(session: Session, found: Inspection) -> Prompts:
    """What asks for values of the article of a record."""
    article = store.article(session.db, found.article.article_id)
    if article is None:
        raise ReviewError("its article is gone since it was shown")
    return Prompts(article, session.asked.line, lambda text: session.console.print(inert(text), soft_wrap=True))


def _undo(session: Session, waiting: Waiting, place: int) -> int:
    """Take back the last decision of the sitting and go back to its record; with none, the last one on this record."""
    last = session.decided[-1] if session.decided else waiting.record_id
    undo(session.db, last, session.by)
    session.decided = session.decided[:-1]
    session.console.print("Taken back.")
    return session.places.get(last, place)
