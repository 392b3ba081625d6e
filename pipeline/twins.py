"""Whether two articles are one, and which of them to keep: same words, cut at the wall, edited lightly, crawled twice.

Which article is kept depends on the set of articles alone, not on the order in which they come: an article is a
duplicate if a fuller article that is kept tells the same (`same`); of several such, it is filed under the fullest.
`same` reads the texts themselves. What is looked up before (`fingerprints`) only saves comparing all with all.

Signatures are rensa's. On the pairs of `benchmarks/pairs.py` datasketch finds as many, but it imports scipy: 74 MB
more in every process and 3 s more at every start (rensa: 1 MB, 0.03 s). Signatures are stored, so `tests/test_twins.py`
fails on a release of rensa that computes others; a migration that empties `fingerprints` then has all of them made anew.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Literal

from courlan import clean_url
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio
from rensa import RMinHash

from schemas.article import Article

OPENING = 12  # words; the shortest cut copy of use, and more than a standing phrase has
HEAD = 120  # words in which two copies must meet: a digest that holds a whole story further down is no copy of it
SHINGLE = 3  # words; one changed word spoils three shingles of a light edit, and two stories on one report share few
ENOUGH = 0.9  # share of the shorter one's shingles that the longer one must hold
REWRITTEN = 0.5  # the same at one address: a page that its publisher went on writing at between two crawls
ALIKE = 0.5  # share of the shingles of half a head that the other's head must hold: one may lack the first paragraph
CORRECTED = 80  # per cent likeness of two spellings of a name: `Bedforshire` was mended, `Bedford` is another council

# Two heads that share half of their phrases, as with a first paragraph lost, meet in 995 cases of 1,000:
# 1 - (1 - 0.5**3)**40. Heads with a tenth in common, a sentence, seldom do; with two rows to a band so many did that
# looking up slowed down as the database grew.
PHRASE = 5  # words; long enough that two stories in the same jargon share next to none
BANDS = 40
ROWS = 3  # minima in a band
SEED = 1

WORD = re.compile(r"\w+")
FIGURE = re.compile(r"\b\d+\b")
SITE = re.compile(r"(?i)^https?://(?:www\.)?")
Why = Literal["same-bytes", "same-words", "other-address", "cut", "edited"]


def words(text: str) -> list[str]:
    """The words of a text, without case, punctuation and line breaks."""
    return WORD.findall(text.casefold())


def address(article: Article) -> str | None:
    """The address without what varies from crawl to crawl: http or https, www, tracking, a last slash, an anchor.

    None where there is none, or only that of a site: every page of some dumps names its front page.
    """
    cleaned = clean_url(article.url) if article.url else None
    bare = SITE.sub("", cleaned or "").partition("#")[0].replace("/?", "?").rstrip("/")
    return bare if "/" in bare else None


def fingerprints(article: Article) -> set[int]:
    """What copies of an article are looked up by: all its words, its address, its opening, and bands of its head.

    The publisher is in every hash: the same inspection told by both magazines is two articles.
    """
    found = words(article.body)
    keys = [
        f"words {article.article_id}",
        f"opening {' '.join(found[:OPENING])}",
        f"address {address(article) or found}",
    ]
    keys += [f"band {number} {band}" for number, band in enumerate(_bands(found[:HEAD]))]
    digests = (hashlib.blake2b(f"{article.publisher} {key}".encode(), digest_size=8).digest() for key in keys)
    return {int.from_bytes(digest, signed=True) for digest in digests}


def _bands(head: Sequence[str]) -> list[list[int]]:
    """The minima of the phrases of a head, in bands; two heads that share phrases have a band in common."""
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update([" ".join(phrase) for phrase in shingles(head, PHRASE)])
    minima = sketch.digest()
    return [minima[start : start + ROWS] for start in range(0, len(minima), ROWS)]


def shingles(found: Sequence[str], size: int = SHINGLE) -> set[tuple[str, ...]]:
    """Every run of so many words; where there are fewer, the whole."""
    return {tuple(found[index : index + size]) for index in range(max(1, len(found) - size + 1))}


def fullness(article: Article) -> tuple[int, int, str]:
    """A key that sorts the fullest first: most words, then most said of the article, then the first source by name."""
    stated = (article.title, article.published, article.url, article.standfirst, *article.authors)
    return -len(words(article.body)), -sum(map(bool, stated)), article.source


def same(one: Article, other: Article) -> bool:
    """Whether the fuller of two articles of one publisher holds nearly all that the other says, in the same place.

    At one address half of it is enough, wherever it stands.
    """
    if one.publisher != other.publisher or one.article_id == other.article_id:
        return one.article_id == other.article_id
    full, short = sorted((one, other), key=fullness)
    texts = words(short.body), words(full.body)
    held = _share(*texts)
    if address(one) and address(one) == address(other):
        return held >= REWRITTEN
    return held >= ENOUGH and _begin_alike(*texts) and not _retold(short, full)


def _share(short: Sequence[str], full: Sequence[str]) -> float:
    """The share of the first one's shingles that the second one has."""
    wanted = shingles(short)
    return len(wanted & shingles(full)) / len(wanted)


def _begin_alike(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether one begins within the head of the other."""
    pairs = ((short, full), (full, short))
    return any(_share(one[: HEAD // 2], other[:HEAD]) >= ALIKE for one, other in pairs)


def _retold(short: Article, full: Article) -> bool:
    """Whether one has a name or a figure in the place of another's: the same words on another council or another visit.

    A word is a name if neither writes it small. A name spelt nearly alike was corrected; a figure never counts as that.
    """
    texts = [WORD.findall(article.body) for article in (short, full)]
    small = {word for text in texts for word in text if word.islower()}
    folded = [[word.casefold() for word in text] for text in texts]
    for change in (step for step in Levenshtein.opcodes(*folded) if step.tag == "replace"):
        ends = ((change.src_start, change.src_end), (change.dest_start, change.dest_end))
        facts = [
            " ".join(
                word for word in text[start:end] if word.isdigit() or (word.casefold() not in small and len(word) > 1)
            )
            for text, (start, end) in zip(texts, ends, strict=True)
        ]
        if all(facts) and (any(map(FIGURE.search, facts)) or ratio(*facts) < CORRECTED):
            return True
    return False


def why(copy: Article, kept: Article) -> Why:
    """Why an article is a duplicate of the one that is kept: what it lacks of it, or nothing but another place."""
    short, full = words(copy.body), words(kept.body)
    if copy.sha256 == kept.sha256:
        return "same-bytes"
    if short != full:
        return "cut" if copy.truncated or len(short) < ENOUGH * len(full) else "edited"
    elsewhere = address(copy) and address(kept) and address(copy) != address(kept)
    return "other-address" if elsewhere else "same-words"
