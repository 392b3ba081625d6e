"""A clean article takes its place among those stored: kept, or filed under its fullest twin.

Twins are looked up by indexed fingerprints in SQLite, across runs, so memory does not grow with the database; what is
found that way is compared word by word before anything is called a duplicate.
"""

import json
from collections.abc import Callable, Set

from sqlite_utils import Database

from pipeline import review_settle, store, twins
from pipeline.extraction import Extraction
from pipeline.store import Copy
from schemas.article import Article

CANDIDATES = """
SELECT DISTINCT source FROM fingerprints
WHERE hash IN (SELECT value FROM json_each(:hashes)) AND source != :source ORDER BY source
"""
UNMARKED = """
SELECT source FROM (SELECT source FROM articles UNION ALL SELECT source FROM duplicates)
WHERE source NOT IN (SELECT source FROM fingerprints)
"""


def place(db: Database, copy: Copy, extraction: Callable[[], Extraction]) -> list[Copy]:
    """Keep an article, or file it under its fullest twin; returns its other kin, to be placed anew now that it is kept.

    That ends: an article that is kept takes the place of less full ones only. What is read from the article is
    asked for where it is kept only.
    """
    article = copy.article
    prints = twins.fingerprints(article) if copy.fingerprints is None else copy.fingerprints
    kin = _kin(db, article, prints)
    for twin in kin:
        if twin.kept_as is None and twins.fullness(twin.article) < twins.fullness(article):
            store.save_duplicate(db, copy, twin.article, twins.why(article, twin.article), prints)
            review_settle.follow(db, article, twin.article)
            return []
    found = extraction()
    freed = [each for twin in kin for each in store.release(db, twin.source)]
    store.save(db, found, copy.key, prints)
    return freed


def _kin(db: Database, article: Article, prints: Set[int]) -> list[Copy]:
    """The stored articles, kept or not, that are the same as this one, the fullest first."""
    given = {"hashes": json.dumps(sorted(prints)), "source": article.source}
    near = [store.held(db, row["source"]) for row in db.query(CANDIDATES, given)]
    found = [copy for copy in near if copy and twins.same(copy.article, article)]
    return sorted(found, key=lambda copy: twins.fullness(copy.article))


def mark(db: Database) -> None:
    """Give fingerprints to the articles that an older program stored, so that new copies of them are found."""
    for row in list(db.query(UNMARKED)):
        copy = store.held(db, row["source"])
        if copy:
            store.save_fingerprints(db, copy.source, twins.fingerprints(copy.article))
