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
SELECT * FROM reviews WHERE outdated IN ('gone', 'words') AND publisher = :publisher AND article_id != :article_id AND (
    made_on = :article_id
    OR (outdated = 'gone' AND (source = :source OR url = :url OR EXISTS (
        SELECT 1 FROM duplicates d WHERE d.article_id = :article_id
        AND (d.source = reviews.source OR d.copy ->> '$.article_id' = reviews.made_on)
    )))
    OR EXISTS (
        SELECT 1 FROM json_each(passages) p
        WHERE instr(:body, p.value ->> '$.text') AND length(p.value ->> '$.text') >= :enough AND p.value ->> '$.field' = 'body'
    )
)
"""
ENOUGH = 40  # characters of a sentence that another story is not likely to have


def goes_with(db: Database, article: Article) -> list[Review]:
    """The decisions that go with an article, those taken back included."""
    given = {name: getattr(article, name) for name in ("article_id", "publisher", "source", "url", "body")}
    return list(_reviews(db.query(GOES_WITH, given | {"enough": ENOUGH})))


def reviews(db: Database, where: str = "1", given: Sequence[object] = ()) -> Iterator[Review]:
    """Decisions by a condition on their columns, in the order in which they were made."""
    return _reviews(db.query(f"SELECT * FROM reviews WHERE {where} ORDER BY decided, review_id", given))  # noqa: S608


def _reviews(rows: Iterable[dict[str, object]]) -> Iterator[Review]:
    return (Review.model_validate(to_fields(Review, row), strict=False) for row in rows)


def insert(db: Database, review: Review) -> None:
    """Store a new decision."""
    db.table("reviews").insert(to_row(review))


def told(db: Database, article: Article, extracted: Sequence[Inspection]) -> Told:
    """What is told of an article by what was extracted from it and decided about it."""
    return apply(article, extracted, goes_with(db, article))


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
            reasons=REASONS.dump_json({name: tuple(each) for name, each in reasons.items()}).decode(),
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
