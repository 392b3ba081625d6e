"""Reviews <-> rows: which decisions go with an article, and what is noted when they are applied.

A decision goes with the article that it was made on. Where that is gone or has lost the words, it follows its source, its
address, its sentences, or the copy that it was made on, to another article of the publisher: it outlives a changed text
and finds a fuller copy.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import TypeAdapter
from sqlite_utils import Database

from pipeline.review_apply import Told, apply
from pipeline.rows import to_fields, to_row
from pipeline.why import Reason
from schemas.article import Article
from schemas.inspection import Inspection
from schemas.review import Extracted, Review

RECORDS = TypeAdapter(tuple[Inspection, ...])
REASONS = TypeAdapter(dict[str, tuple[Reason, ...]])

GOES_WITH = """
SELECT * FROM reviews WHERE article_id = :article_id
UNION ALL
SELECT * FROM reviews WHERE +publisher = :publisher AND +outdated IN ('gone', 'words') AND article_id != :article_id
    AND rowid IN (
        SELECT rowid FROM reviews WHERE made_on = :article_id
        UNION SELECT rowid FROM reviews WHERE outdated = 'gone' AND source = :source
        UNION SELECT rowid FROM reviews WHERE outdated = 'gone' AND url = :url
        UNION SELECT r.rowid FROM duplicates d JOIN reviews r ON r.source = d.source
            WHERE d.article_id = :article_id AND outdated = 'gone'
        UNION SELECT r.rowid FROM duplicates d JOIN reviews r ON r.made_on = d.copy ->> '$.article_id'
            WHERE d.article_id = :article_id AND outdated = 'gone'
        UNION SELECT rowid FROM reviews
            WHERE :body != '' AND publisher = :publisher AND outdated IN ('gone', 'words') AND instr(:body, quote)
    )
"""


def goes_with(db: Database, article: Article, *, by_words: bool = True) -> list[Review]:
    """The decisions that go with an article, those taken back included; its words are looked at only where asked for."""
    given = {name: getattr(article, name) for name in ("article_id", "publisher", "source", "url")}
    given["body"] = article.body if by_words else ""
    return list(_reviews(db.query(GOES_WITH, given)))


def reviews(db: Database, where: str = "1", given: Sequence[object] = ()) -> Iterator[Review]:
    """Decisions by a condition on their columns, in the order in which they were made."""
    return _reviews(db.query(f"SELECT * FROM reviews WHERE {where} ORDER BY decided, review_id", given))  # noqa: S608


def _reviews(rows: Iterable[dict[str, object]]) -> Iterator[Review]:
    return (Review.model_validate(to_fields(Review, row), strict=False) for row in rows)


def insert(db: Database, review: Review) -> None:
    """Store a new decision."""
    db.table("reviews").insert(to_row(review))


def told(db: Database, article: Article, extracted: Sequence[Inspection], *, by_words: bool = True) -> Told:
    """What is told of an article by what was extracted from it and decided about it."""
    return apply(article, extracted, goes_with(db, article, by_words=by_words))


def note(
    db: Database,
    article_id: str,
    told: Told,
    extracted: Sequence[Inspection],
    reasons: Mapping[str, Iterable[Reason]],
) -> None:
    """Note where each decision stands, and keep what was extracted while one of them does."""
    for review_id, outcome in told.outcomes.items():
        db.table("reviews").update(review_id, {"article_id": article_id, **outcome._asdict()})
    db.execute("DELETE FROM extracted WHERE article_id = ?", [article_id])
    standing = db.execute("SELECT 1 FROM reviews WHERE article_id = ? AND withdrawn IS NULL LIMIT 1", [article_id])
    if standing.fetchone():
        row = Extracted(
            article_id=article_id,
            inspections=RECORDS.dump_json(tuple(extracted)).decode(),
            reasons=REASONS.dump_json(
                {name: found for name, each in reasons.items() if (found := tuple(each))}
            ).decode(),
        )
        db.table("extracted").insert(to_row(row))


def extracted(db: Database, article_id: str) -> tuple[tuple[Inspection, ...], dict[str, tuple[Reason, ...]]] | None:
    """What was extracted from an article, with the reasons; None where no decision stands, and its records say so."""
    for row in db.query("SELECT * FROM extracted WHERE article_id = ?", [article_id]):
        return RECORDS.validate_json(row["inspections"]), REASONS.validate_json(row["reasons"])
    return None


def leave(db: Database, source: str) -> None:
    """Note that the article of a source is being taken out: its decisions wait for an article that has their words."""
    sql = """UPDATE reviews SET applied = 0, outdated = 'gone'
             WHERE article_id = (SELECT article_id FROM articles WHERE source = ?)"""
    db.execute(sql, [source])
