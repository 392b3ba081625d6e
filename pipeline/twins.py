"""Copies of one article found: cut at the wall, fetched from another address, lightly edited, or the same bytes twice.

Which article is kept depends on the set of articles alone, not on the order in which they come: an article is a
duplicate if a fuller article that is kept tells the same (`same`); of several such, it is filed under the fullest.
"""

import hashlib
import json
import re
from typing import Literal

from sqlite_utils import Database

from pipeline import store
from pipeline.store import Copy
from schemas.article import Article

OPENING = 12  # words of a paragraph; shorter ones (crossheads, credits, `Read more`) recur in unrelated articles
HEAD = 3  # paragraphs in which two copies must meet: a digest that holds a whole story further down is no copy of it
SHINGLE = 3  # words; one changed word spoils three shingles of a light edit, and two stories on one report share few
ENOUGH = 0.9  # share of the shorter one's shingles that the longer one must hold
FAMILIAR = 3  # with more long paragraphs than this, one shared opening may be a standing phrase, and two are asked for

WORD = re.compile(r"\w+")
Likeness = Literal["exact", "truncated", "near"]


def words(text: str) -> list[str]:
    """The words of a text, without case, punctuation and line breaks."""
    return WORD.findall(text.casefold())


def fingerprints(article: Article) -> list[str]:
    """What copies of an article are looked up by: the openings of its paragraphs, and the name its words give it."""
    return [*openings(article), article.article_id]


def openings(article: Article) -> list[str]:
    """Hashes of the openings of its long paragraphs, in order; of all its words, where no paragraph is long.

    The opening stands for the paragraph, so that one cut off at the wall still meets its whole twin. The publisher is
    in the hash: the same inspection told by both magazines is two articles.
    """
    long = [found for line in article.body.split("\n") if len(found := words(line)) >= OPENING]
    texts = [f"{article.publisher} {' '.join(found[:OPENING])}" for found in long or [words(article.body)]]
    return [hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in dict.fromkeys(texts)]


def fullness(article: Article) -> tuple[int, int, str]:
    """A key that sorts the fullest first: most words, then most said of the article, then the first source by name."""
    stated = (article.title, article.published, article.url, article.standfirst, *article.authors)
    return -len(words(article.body)), -sum(map(bool, stated)), article.source


def same(one: Article, other: Article) -> bool:
    """Whether two articles of one publisher begin alike and the longer holds nearly all that the shorter says."""
    if one.publisher != other.publisher or one.article_id == other.article_id:
        return one.article_id == other.article_id
    heads = [set(openings(article)[:HEAD]) for article in (one, other)]
    short, long = sorted((_shingles(one), _shingles(other)), key=len)
    return bool(heads[0] & heads[1]) and len(short & long) >= ENOUGH * len(short)


def _shingles(article: Article) -> set[tuple[str, ...]]:
    """Every run of so many words of the body; of a shorter body, the whole."""
    found = words(article.body)
    return {tuple(found[index : index + SHINGLE]) for index in range(max(1, len(found) - SHINGLE + 1))}


def likeness(copy: Article, kept: Article) -> Likeness:
    """How a copy differs from the article that is kept: not at all, by being cut short, or by edits."""
    short, full = words(copy.body), words(kept.body)
    if short == full:
        return "exact"
    return "truncated" if copy.truncated or len(short) < ENOUGH * len(full) else "near"


# Furniture that cleaning left in every page of a site is a paragraph or two, and seldom a fifth of an article;
# the name that the words give (:id) is one fingerprint more than there are openings.
CANDIDATES = """
SELECT source, count(*) AS shared, max(hash = :id) AS identical, min(max("of"), :of) - 1 AS size
FROM fingerprints
WHERE hash IN (SELECT value FROM json_each(:own)) AND source != :source
GROUP BY source
HAVING identical OR (shared >= iif(size > :familiar, 2, 1) AND shared * 5 >= size)
"""


def kin(db: Database, article: Article) -> list[Copy]:
    """The stored articles, kept or not, that are the same as this one, the fullest first."""
    own = fingerprints(article)
    given = {"own": json.dumps(own), "of": len(own), "id": article.article_id, "source": article.source}
    near = [store.held(db, row["source"]) for row in db.query(CANDIDATES, given | {"familiar": FAMILIAR})]
    found = [copy for copy in near if copy and same(copy.article, article)]
    return sorted(found, key=lambda copy: fullness(copy.article))
