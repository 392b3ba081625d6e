"""Everything -> SQLite, and back: one row per thing learnt, and one per input that gave nothing.

`inputs` is the ledger: every source has one row there, and exactly one more in `articles`, `duplicates` or `rejects`.
A row is taken back by deleting its source from the ledger; whatever hangs on it goes too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline import review_rows
from pipeline.extraction import Extraction
from pipeline.rows import insert, to_fields, to_row
from pipeline.version import stages
from pipeline.why import Reason
from schemas.article import Article
from schemas.base import Record
from schemas.inspection import Finding, Inspection, Rating
from schemas.reject import Reject

PARTS: dict[str, type[Record]] = {
    "rating": Rating,
    "finding": Finding,
}  # lists of records, each with a table of its own


EVERY = "SELECT record_id, place FROM record_order"
OF_ARTICLE = """
SELECT record_id, row_number() OVER (ORDER BY role, council_id, coalesce(date, ''), record_id) AS place
FROM inspections WHERE article_id = :article_id
"""


@dataclass(frozen=True)
class Copy:
    """One clean article and the key of the input that it came from."""

    article: Article
    key: str
    kept_as: str | None = None
    """The source that it is filed under as a duplicate; None for an article that is kept."""
    fingerprints: frozenset[int] | None = None
    """What its copies are looked up by, where that is known already (see `pipeline.twins.fingerprints`)."""

    @property
    def source(self) -> str:
        """The source of the article."""
        return self.article.source


class Entry(NamedTuple):
    """What the ledger says of a source."""

    key: str
    """What its article was read from and by (see `pipeline.job.key_of`)."""
    by: str
    """Digest of the last stage that decided the row; empty where that was cleaning, which `key` holds already."""
    kept: bool
    """Whether there is an article of it in `articles`."""


def entry(db: Database, source: str) -> Entry | None:
    """What a source was last read from and by; None for a new one."""
    sql = """SELECT "key", "by", EXISTS (SELECT 1 FROM articles a WHERE a.source = i.source)
             FROM inputs i WHERE source = ?"""
    found = db.execute(sql, [source]).fetchone()
    return Entry(found[0], found[1], bool(found[2])) if found else None


def stamp(db: Database, source: str, run: int) -> None:
    """Note in the ledger which run gave a source its row."""
    db.execute("UPDATE inputs SET run = ? WHERE source = ?", [run, source])


def save(db: Database, extraction: Extraction, key: str, fingerprints: Iterable[int]) -> None:
    """Store an article with its mentions and records; its source must have been released before.

    What people decided about its records is applied to them, and what was extracted is kept beside.
    """
    article = extraction.article
    by = stages().extract if extraction.parsed else stages().sieve
    told = review_rows.told(db, article, extraction.inspections, by_words=extraction.parsed)
    _enter(db, article.source, key, fingerprints, by)
    insert(db, "articles", [to_row(article.model_copy(update={"relevant": bool(told.records)}))])
    mentions = ({"article_id": article.article_id, "mention": n} | to_row(m) for n, m in enumerate(extraction.mentions))
    insert(db, "mentions", mentions)
    _save_inspections(db, told.records, extraction.reasons)
    review_rows.note(db, article.article_id, told, extraction.inspections, extraction.reasons)


def replace_inspections(
    db: Database, article_id: str, records: Iterable[Inspection], reasons: Mapping[str, Iterable[Reason]]
) -> None:
    """Put records in the place of those of an article that is stored; an article with a record is a relevant one."""
    kept = list(records)
    db.execute("DELETE FROM inspections WHERE article_id = ?", [article_id])
    _save_inspections(db, kept, reasons)
    sql = "UPDATE articles SET relevant = :relevant WHERE article_id = :article_id AND relevant != :relevant"
    db.execute(sql, {"relevant": bool(kept), "article_id": article_id})
    _forget_councils(db)


def _save_inspections(db: Database, records: Iterable[Inspection], reasons: Mapping[str, Iterable[Reason]]) -> None:
    """Store records, each with its reasons."""
    for inspection in records:
        _save_inspection(db, inspection)
        save_reasons(db, inspection.record_id, reasons.get(inspection.record_id, ()))


def _save_inspection(db: Database, inspection: Inspection) -> None:
    """Store one record with its council, ratings and findings."""
    db.table("councils").upsert(to_row(inspection.council), pk="id")
    keys = {"article_id": inspection.article.article_id, "council_id": inspection.council.id}
    insert(db, "inspections", [{**to_row(inspection, leave=("article", "council")), **keys}])
    for name in PARTS:
        table = f"{name}s"
        parts = enumerate(getattr(inspection, table))
        insert(db, table, ({"record_id": inspection.record_id, name: index} | to_row(part) for index, part in parts))


def save_reasons(db: Database, record_id: str, reasons: Iterable[Reason]) -> None:
    """Store why the statements of one record were put on it; the record must have been stored before."""
    given = ({"record_id": record_id, "reason": index} | to_row(reason) for index, reason in enumerate(reasons))
    insert(db, "reasons", given)


def reasons(db: Database, record_id: str) -> list[Reason]:
    """Why the statements of one record were put on it, in the order in which that was decided."""
    rows = db.query("SELECT * FROM reasons WHERE record_id = ? ORDER BY reason", [record_id])
    return [Reason.model_validate(to_fields(Reason, row), strict=False) for row in rows]


def save_duplicate(db: Database, copy: Copy, kept: Article, reason: str, fingerprints: Iterable[int]) -> None:
    """File an article under the fuller one that is kept, whole, so that it can take its place one day."""
    article = copy.article
    _enter(db, article.source, copy.key, fingerprints)
    row = {
        "source": article.source,
        "article_id": kept.article_id,
        "reason": reason,
        "sha256": article.sha256,
        "copy": article.model_dump_json(),
    }
    insert(db, "duplicates", [row])


def save_reject(db: Database, reject: Reject, key: str, by: str = "") -> None:
    """Store an input that gave no article; its source must have been released before."""
    _enter(db, reject.source, key, (), by)
    insert(db, "rejects", [to_row(reject)])


def _enter(db: Database, source: str, key: str, fingerprints: Iterable[int], by: str = "") -> None:
    """Write a source into the ledger."""
    insert(db, "inputs", [{"source": source, "key": key, "by": by}])
    save_fingerprints(db, source, fingerprints)


def save_fingerprints(db: Database, source: str, fingerprints: Iterable[int]) -> None:
    """Store what copies of the article of a source are looked up by (see `pipeline.twins.fingerprints`)."""
    insert(db, "fingerprints", ({"hash": each, "source": source} for each in sorted(set(fingerprints))))


def held(db: Database, source: str) -> Copy | None:
    """The article of a source, kept or duplicate, as cleaning gave it: its relevance is not decided yet."""
    for row in db.query('SELECT a.*, i."key" FROM articles a JOIN inputs i USING (source) WHERE source = ?', [source]):
        article = Article.model_validate(to_fields(Article, row), strict=False)
        return Copy(article.model_copy(update={"relevant": False}), row["key"])
    sql = """SELECT d.copy, a.source AS kept_as, i."key" FROM duplicates d
             JOIN inputs i ON i.source = d.source JOIN articles a USING (article_id) WHERE d.source = ?"""
    for row in db.query(sql, [source]):
        return Copy(Article.model_validate_json(row["copy"]), row["key"], row["kept_as"])
    return None


def release(db: Database, source: str) -> list[Copy]:
    """Take out all that came of a source; returns its article and the copies filed under it, to be placed anew."""
    sql = "SELECT d.source FROM duplicates d JOIN articles a USING (article_id) WHERE a.source = ? ORDER BY d.source"
    sources = [row["source"] for row in db.query(sql, [source])] + [source]
    copies = [copy for copy in (held(db, each) for each in sources) if copy]
    review_rows.leave(db, source)
    for each in sources:
        db.execute("DELETE FROM inputs WHERE source = ?", [each])
    if copies:
        _forget_councils(db)
    return copies


def _forget_councils(db: Database) -> None:
    """Take out the councils that no record is of any more."""
    db.execute("DELETE FROM councils WHERE NOT EXISTS (SELECT 1 FROM inspections WHERE council_id = councils.id)")


def article(db: Database, article_id: str) -> Article | None:
    """The article of an id; None where it is not stored."""
    for row in db.query("SELECT * FROM articles WHERE article_id = ?", [article_id]):
        return Article.model_validate(to_fields(Article, row), strict=False)
    return None


def inspections(db: Database, article_id: str | None = None, *, wanted: str = EVERY) -> Iterator[Inspection]:
    """Records as they were stored: by article, current ones first, council, date; those of one article, or those `wanted`.

    `wanted` is a query for `record_id` and `place`, the order that they come in.
    """
    sql = f"""SELECT i.*,
                 json_object('id', c.id, 'name', c.name, 'gss', c.gss,
                             'la_code', c.la_code, 'region', c.region) AS council,
                 json_object('article_id', a.article_id, 'source', a.source, 'publisher', a.publisher,
                             'url', a.url, 'title', a.title, 'published', a.published) AS article
             FROM ({OF_ARTICLE if article_id else wanted}) wanted CROSS JOIN inspections i USING (record_id)
             JOIN articles a USING (article_id) JOIN councils c ON c.id = i.council_id
             ORDER BY wanted.place"""  # noqa: S608 - a query of ours
    for row in db.query(sql, {"article_id": article_id} if article_id else {}):
        fields = to_fields(Inspection, row)
        fields |= {name: json.loads(row[name]) for name in ("article", "council")}
        fields |= {f"{name}s": _parts(db, name, row["record_id"]) for name in PARTS}
        yield Inspection.model_validate(fields, strict=False)


def _parts(db: Database, name: str, record_id: str) -> list[dict[str, Any]]:
    """The ratings or findings of one record, in order."""
    rows = db.query(f"SELECT * FROM {name}s WHERE record_id = ? ORDER BY {name}", [record_id])  # noqa: S608 - names of PARTS
    return [to_fields(PARTS[name], row) for row in rows]
