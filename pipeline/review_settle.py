"""An article that is stored and the decisions about it -> its records, brought in line; and what was extracted, undecided."""

from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from pipeline import review_rows, store
from pipeline.why import Reason
from schemas.article import Article
from schemas.inspection import Inspection

FOLLOWS = "SELECT 1 FROM reviews WHERE outdated = 'gone' AND (source = ? OR made_on = ?) LIMIT 1"


def settle(db: Database, article_id: str) -> None:
    """Bring the records of an article in line with the decisions about it, within a transaction of the caller's."""
    article = store.article(db, article_id)
    if article is None:  # gone since; its decisions wait for it
        return
    records, reasons = extracted(db, article_id)
    told = review_rows.told(db, article, records)
    if tuple(told.records) != tuple(store.inspections(db, article_id)):  # to accept a record changes none
        store.replace_inspections(db, article_id, told.records, reasons)
    review_rows.note(db, article_id, told, records, reasons)


def follow(db: Database, copy: Article, kept: Article) -> None:
    """Let the decisions about an article that is filed as a copy go with the one that is kept."""
    if db.execute(FOLLOWS, [copy.source, copy.article_id]).fetchone():
        settle(db, kept.article_id)


def extracted(db: Database, article_id: str) -> tuple[tuple[Inspection, ...], Mapping[str, tuple[Reason, ...]]]:
    """What was extracted from an article, with the reasons; where nothing is decided about it, what is stored."""
    kept = review_rows.extracted(db, article_id)
    if kept is not None:
        return kept
    records = tuple(store.inspections(db, article_id))
    return records, {each.record_id: tuple(store.reasons(db, each.record_id)) for each in records}


def all_extracted(db: Database) -> Iterator[Inspection]:
    """Every record as it was extracted, whatever was decided about it: what the program is to be judged by."""
    decided = {row["article_id"] for row in db.query("SELECT article_id FROM extracted")}
    yield from (record for record in store.inspections(db) if record.article.article_id not in decided)
    for article_id in sorted(decided):
        yield from extracted(db, article_id)[0]
