"""Decisions <-> JSON lines, to be carried to another database: nothing is imported twice, and who disagrees is told."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from sqlite_utils import Database

from pipeline import review_rows
from pipeline.database import writing
from pipeline.review_apply import says_of, was_of
from pipeline.review_settle import settle
from pipeline.review_values import ReviewError
from pipeline.review_words import SPANS, said
from schemas.review import Review

HERE = ("applied", "outdated")  # where a decision stands is for each database to find out
CARRIED = ("article_id", "record_id", "withdrawn", "withdrawn_by", *HERE)  # what may differ between two copies of one

LOCATE = """
SELECT article_id FROM articles WHERE article_id = :made_on
UNION SELECT article_id FROM articles WHERE publisher = :publisher AND (source = :source OR url = :url)
UNION SELECT article_id FROM duplicates WHERE source = :source OR copy ->> '$.article_id' = :made_on
UNION SELECT article_id FROM articles WHERE publisher = :publisher AND rowid IN (
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH :phrase
)
"""
PHRASE = 12  # words of the longest sentence; enough for few articles to have them


class Imported(NamedTuple):
    """What an import came to."""

    new: int
    known: int
    withdrawn: int
    """Decisions that were here already, and were taken back elsewhere."""
    waiting: int
    """New ones whose article is not here; they are applied when it is read."""
    conflicts: tuple[str, ...]
    """Where people disagree, in words."""


def export_reviews(db: Database, path: Path) -> int:
    """Write every decision as a line of JSON, those taken back included; the file is there whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    count = 0
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            for review in review_rows.reviews(db):
                file.write(json.dumps(review.model_dump(exclude=set(HERE)), ensure_ascii=False) + "\n")
                count += 1
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ReviewError(f"{_name(path)}: can't be written: {error.strerror}; name a file elsewhere") from error
    return count


def import_reviews(db: Database, path: Path) -> Imported:
    """Take in decisions that another database exported, all or none, and apply those whose article is here."""
    given = list(_read(path))
    with writing(db):
        here = {review.review_id: review for review in review_rows.reviews(db)}
        new = [review for review in given if review.review_id not in here]
        known = [(here[review.review_id], review) for review in given if review.review_id in here]
        conflicts = [_changed(path, mine, theirs) for mine, theirs in known if _fixed(mine) != _fixed(theirs)]
        taken = [theirs for mine, theirs in known if theirs.withdrawn and not mine.withdrawn]
        for review in new:
            review_rows.insert(db, review)
        for review in taken:
            marks = {"withdrawn": review.withdrawn, "withdrawn_by": review.withdrawn_by}
            db.table("reviews").update(review.review_id, marks)
        touched = {here[review.review_id].article_id for review in taken}
        for article_id in sorted(touched.union(*(_articles(db, review) for review in new))):
            settle(db, article_id)
        names = {review.review_id for review in new}
        conflicts += _disagreements(db, names)
        (waiting,) = db.execute(
            "SELECT count(*) FROM reviews WHERE outdated = 'gone' AND review_id IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(names))],
        ).fetchone()
    return Imported(len(new), len(known), len(taken), waiting, tuple(conflicts))


def _read(path: Path) -> Iterator[Review]:
    """The decisions of a file, each once, not yet applied."""
    seen = set()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewError(f"{_name(path)}: can't be read as text: {error}; expected a file of --export") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            review = Review.model_validate(json.loads(line) | {"applied": False, "outdated": "gone"})
            was_of(review), says_of(review), SPANS.validate_json(review.passages)
        except (ValueError, TypeError, ValidationError) as error:
            fault = " ".join(str(error).split())[:200]
            raise ReviewError(
                f"{_name(path)}, line {number}: expected a decision as --export writes it: {fault}"
            ) from error
        if review.review_id not in seen:
            seen.add(review.review_id)
            yield review


def _name(path: Path) -> str:
    """A path that can be printed."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _articles(db: Database, review: Review) -> set[str]:
    """The articles that a decision may go with: by name, source, address or words."""
    longest = max(SPANS.validate_json(review.passages), key=lambda span: len(span.text), default=None)
    phrase = " ".join(longest.text.split()[:PHRASE]).replace('"', " ") if longest else ""
    given = {name: getattr(review, name) for name in ("made_on", "publisher", "source", "url")}
    return {row["article_id"] for row in db.query(LOCATE, given | {"phrase": f'"{phrase}"'})}


def _fixed(review: Review) -> dict[str, object]:
    """What a decision says for good."""
    return review.model_dump(exclude=set(CARRIED))


def _changed(path: Path, mine: Review, theirs: Review) -> str:
    """A decision that has one name and two contents, in words."""
    differ = ", ".join(name for name, value in _fixed(mine).items() if _fixed(theirs)[name] != value)
    return f"decision {mine.review_id} has another {differ} in {_name(path)}; the one here is kept"


def _disagreements(db: Database, new: set[str]) -> list[str]:
    """The records on which the last decision that came and the last one that was here differ, in words."""
    about: dict[str, list[Review]] = {}
    sql = "withdrawn IS NULL AND record_id IN (SELECT record_id FROM reviews WHERE review_id IN (SELECT value FROM json_each(?)))"
    for review in review_rows.reviews(db, sql, [json.dumps(sorted(new))]):
        about.setdefault(review.record_id, []).append(review)
    found = []
    for record_id, reviews in about.items():
        mine = next((each for each in reversed(reviews) if each.review_id not in new), None)
        theirs = next((each for each in reversed(reviews) if each.review_id in new), None)
        if mine and theirs and _says(mine) != _says(theirs):
            first, last = sorted((mine, theirs), key=lambda each: (each.decided, each.review_id))
            found.append(f"record {record_id}: {_told(first)}, {_told(last)}; the later one holds")
    return found


def _says(review: Review) -> object:
    """What a decision leaves of a record."""
    record = says_of(review)
    return said(record) if record else None


def _told(review: Review) -> str:
    """Who decided what and when."""
    past = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}[review.decision]
    return f"{review.reviewer} {past} it on {review.decided[:16].replace('T', ' ')}"
