"""Articles that have been reviewed whole -> gold files, which `score` holds the extraction against (see corpus/README.md)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline import store
from pipeline.review_values import ReviewError
from schemas.article import Article
from schemas.inspection import Inspection

EDGE = 8  # words of the body at each end that gold gives
WHOLE = """
SELECT article_id FROM articles a
WHERE EXISTS (SELECT 1 FROM reviews r WHERE r.article_id = a.article_id AND r.applied)
    AND NOT EXISTS (SELECT 1 FROM inspections i WHERE i.article_id = a.article_id AND i.review = 'unreviewed')
ORDER BY source
"""


def write_gold(db: Database, folder: Path) -> list[str]:
    """Write a gold file for every article of which all records were decided on; returns the names of the files.

    Files are named by the article's id, so that no two meet and no name of a dump becomes a path.
    """
    files = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for article, records in _reviewed(db):
            path = folder / f"{article.article_id}.json"
            partial = path.with_suffix(".partial")
            text = json.dumps(gold(article, records), ensure_ascii=False, indent=1)
            partial.write_text(text + "\n", encoding="utf-8")
            partial.replace(path)
            files.append(path.name)
    except OSError as error:
        raise ReviewError(
            f"{folder}: gold can't be written there: {error.strerror}; name a folder elsewhere"
        ) from error
    return files


def _reviewed(db: Database) -> Iterator[tuple[Article, list[Inspection]]]:
    """The articles of which all records were decided on, with what is left of these."""
    for row in list(db.query(WHOLE)):
        article = store.article(db, row["article_id"])
        if article:
            yield article, list(store.inspections(db, article.article_id))


def gold(article: Article, records: list[Inspection]) -> dict[str, Any]:
    """One article and its records as a gold file has them."""
    words = article.body.split()
    page = {name: getattr(article, name) for name in ("publisher", "title", "authors", "published")}
    edges = {"first": " ".join(words[:EDGE]), "last": " ".join(words[-EDGE:])}
    return {
        "article": article.source,
        **page,
        **edges,
        "inspections": [_event(each) for each in records],
        "body": article.body,
    }


def _event(record: Inspection) -> dict[str, Any]:
    """One record as gold has it."""
    return {
        "council": record.council.gss,
        **{name: getattr(record, name) for name in ("role", "kind", "inspected", "reported")},
        "ratings": [{"area": rating.area, "grade": rating.grade} for rating in record.ratings],
        "findings": [
            {"polarity": finding.polarity, "themes": finding.themes, "quote": finding.text}
            for finding in record.findings
        ],
    }
