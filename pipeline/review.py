"""What people decide about records: accept, reject, correct, add, and take back; each in one transaction with its effect.

    by = By("Ann", note="as its letter says", drawn="random")
    decide(db, record_id, "accept", by)
    decide(db, record_id, "correct", by, given={"kind": "send", "evidence": {"kind": {"start": 3, "end": 9}}})
    add(db, article_id, by, given={"council": "havering", "kind": "inspection", ...}, selected={"start": 3, "end": 60})
    undo(db, record_id, by)

Decisions live in `reviews`. They are applied over what was extracted (`pipeline.review_apply`), so that `inspections`,
`ratings` and `findings` hold the reviewed truth, now and whenever the article is read again. A ReviewError says in one
sentence why a decision can't be taken; then nothing has changed.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline import review_rows, store
from pipeline.database import writing
from pipeline.review_apply import was_of
from pipeline.review_correct import added, corrected
from pipeline.review_settle import extracted, settle
from pipeline.review_values import ReviewError, values_of, words_of
from pipeline.review_words import SPANS, digest, passages, said
from schemas.article import Article
from schemas.inspection import Inspection
from schemas.review import Action, Order, Review

Given = Mapping[str, Any]
NOTHING: Given = {}


class By(NamedTuple):
    """Who decides, and what belongs to the decision besides."""

    reviewer: str
    note: str | None = None
    drawn: Order | None = None
    """The order of the queue that the record came from (see `pipeline.review_queue`)."""


class _Draft(NamedTuple):
    """A decision that is being taken."""

    decision: Action
    record_id: str
    was: Inspection | None
    shown: Inspection | None
    says: Inspection | None


def decide(
    db: Database,
    record_id: str,
    decision: Action,
    by: By,
    *,
    given: Given = NOTHING,
    selected: Given = NOTHING,
    seen: str | None = None,
) -> Review:
    """Accept, reject or correct a record.

    `given` are the values of a correction (see `pipeline.review_values.Values`), `selected` the words of the article that
    tell them, where a value gives none of its own. `seen` is the `version_of` the record that the person was shown: if
    the record is another by now, nothing is decided.
    """
    values, words = values_of(given), words_of(selected)
    with writing(db):
        shown, article = _shown(db, record_id, seen)
        says: Inspection | None = shown
        if decision == "reject":
            says = None
        elif decision == "correct":
            says = corrected(article, shown, values, words)
            if said(says) == said(shown):
                raise ReviewError("nothing is corrected: the values are those of the record; accept it instead")
        known, _ = extracted(db, article.article_id)
        was = next((each for each in known if each.record_id == record_id), None)
        return _enter(db, article, _Draft(decision, record_id, was, shown, says), by)


def add(db: Database, article_id: str, by: By, *, given: Given, selected: Given) -> Review:
    """Add a record that was missing, told by the selected words: `start` and `end` in the body, or their `text`."""
    values, words = values_of(given), words_of(selected)
    with writing(db):
        article = store.article(db, article_id)
        if article is None:
            raise ReviewError(f"{article_id}: no such article; it may have been read again since, so look for it anew")
        if words is None:
            raise ReviewError("a new record needs the words of the article that tell of it: select them")
        return _enter(db, article, _Draft("add", "", None, None, added(article, values, words)), by)


def undo(db: Database, record_id: str, by: By) -> Review:
    """Take back the last decision on a record that stands; the one before it, or what was extracted, holds again."""
    with writing(db):
        standing = list(review_rows.reviews(db, "record_id = ? AND withdrawn IS NULL", [record_id]))
        if not standing:
            raise ReviewError(f"{record_id}: no decision stands, so there is none to take back")
        taken = standing[-1].model_copy(update={"withdrawn": now(), "withdrawn_by": _name(by.reviewer)})
        marks = {"withdrawn": taken.withdrawn, "withdrawn_by": taken.withdrawn_by}
        db.table("reviews").update(taken.review_id, marks)
        settle(db, taken.article_id)
        return taken


def record(db: Database, record_id: str) -> Inspection | None:
    """A record as it stands, or as it was before it was rejected; None where there is none."""
    for row in db.query("SELECT article_id FROM inspections WHERE record_id = ?", [record_id]):
        return next(each for each in store.inspections(db, row["article_id"]) if each.record_id == record_id)
    return next((was for review in reversed(history(db, record_id)) if (was := was_of(review))), None)


def version_of(record: Inspection) -> str:
    """A name for what a record says, to be given back as `seen` with a decision on it."""
    return hashlib.sha256(repr(said(record)).encode()).hexdigest()[:16]


def _shown(db: Database, record_id: str, seen: str | None) -> tuple[Inspection, Article]:
    """The record that a decision is about, and its article."""
    rows = list(db.query("SELECT article_id FROM inspections WHERE record_id = ?", [record_id]))
    if not rows:
        raise ReviewError(
            f"{record_id}: no such record; it was rejected, or its article was read again: look for it anew"
        )
    article = store.article(db, rows[0]["article_id"])
    found = next(each for each in store.inspections(db, rows[0]["article_id"]) if each.record_id == record_id)
    if seen is not None and seen != version_of(found):
        raise ReviewError(f"{record_id}: the record has changed since it was shown: look at it again")
    if article is None:  # a foreign key says that it is there
        raise ReviewError(f"{record_id}: its article is gone")
    return found, article


def _enter(db: Database, article: Article, draft: _Draft, by: By) -> Review:
    """Store a decision and bring the article in line with it."""
    reviewer, decided, says = _name(by.reviewer), now(), draft.says
    parts = [
        article.article_id,
        draft.record_id,
        draft.decision,
        says.model_dump_json() if says else "",
        reviewer,
        decided,
    ]
    review_id = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    record_id = draft.record_id or review_id
    if says:
        says = says.model_copy(update={"record_id": record_id})
    about = [each for each in (draft.was, draft.shown, says) if each]
    review = Review(
        review_id=review_id, article_id=article.article_id, record_id=record_id, decision=draft.decision,
        was=draft.was.model_dump_json() if draft.was else None, says=says.model_dump_json() if says else None,
        note=(by.note or "").strip() or None, reviewer=reviewer, decided=decided, drawn=by.drawn,
        made_on=article.article_id, source=article.source, url=article.url, publisher=article.publisher,
        digest=digest(article), passages=SPANS.dump_json(passages(article, about)).decode(),
    )  # fmt: skip
    review_rows.insert(db, review)
    settle(db, article.article_id)
    return next(review_rows.reviews(db, "review_id = ?", [review_id]))


def _name(reviewer: str) -> str:
    """The name of a reviewer; a decision is somebody's."""
    if not reviewer.strip():
        raise ReviewError("reviewer: a name is needed: decisions are kept with who took them")
    return reviewer.strip()


def now() -> str:
    """The time of day, in UTC, fine enough to order decisions by."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def history(db: Database, record_id: str) -> list[Review]:
    """Every decision on a record, the first one first, those taken back included."""
    return list(review_rows.reviews(db, "record_id = ?", [record_id]))


def rejected(db: Database) -> Iterator[Inspection]:
    """The records that people rejected, as they were extracted: `inspections` does not hold them."""
    for review in review_rows.reviews(db, "decision = 'reject' AND applied"):
        if was := was_of(review):
            yield was.model_copy(update={"record_id": review.record_id})
