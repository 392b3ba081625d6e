"""What articles gave, month by month, and a warning where they give less than they did: a site may have been rebuilt.

The rule: the newest month of a publisher that the run added articles to is held against the twelve months before it. A
share that fell by a fifth of all articles or more is a warning, unless so few had been likely by chance (a binomial
test). Dates are held against those of earlier runs instead: an article without a date has no month.
"""

import math
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

MEASURES = {
    "titles": "a title",
    "dates": "a date",
    "bylines": "a byline",
    "bodies": "a body of normal length",
    "records": "a record",
}
BEFORE = 12  # months
FALL = 0.2  # of all articles; smaller falls are weather
FEWEST = 10  # articles in the new month, and twice as many before it: fewer say nothing
CHANCE = 0.001  # one false alarm in some hundred runs, at five measures and two publishers

MONTHS = """
WITH touched AS (
    SELECT publisher, max(substr(published, 1, 7)) AS month FROM articles JOIN inputs USING (source)
    WHERE run = :run AND published IS NOT NULL GROUP BY publisher
)
SELECT publisher, t.month, s.month = t.month AS new, sum(articles) AS articles, sum(titles) AS titles,
       sum(bylines) AS bylines, sum(bodies) AS bodies, sum(records) AS records
FROM article_stats s JOIN touched t USING (publisher)
WHERE s.month <= t.month AND s.month >= strftime('%Y-%m', t.month || '-01', :before)
GROUP BY publisher, new
"""
DATES = """
SELECT publisher, 'this run' AS month, run IS :run AS new, count(*) AS articles, sum(published IS NOT NULL) AS dates
FROM articles JOIN inputs USING (source) GROUP BY publisher, new
"""


def stats(db: Database) -> list[dict[str, Any]]:
    """How many articles gave what, by publisher, layout and month."""
    return list(db.query("SELECT * FROM article_stats"))


def warnings(db: Database, run: int) -> Iterator[str]:
    """Where the articles that a run brought give less than those before them, in words."""
    given = {"run": run, "before": f"-{BEFORE} months"}
    for sql in (MONTHS, DATES):
        rows = {(row["publisher"], bool(row["new"])): row for row in db.query(sql, given)}
        for publisher in sorted({publisher for publisher, _ in rows}):
            new, old = rows.get((publisher, True)), rows.get((publisher, False))
            for measure in MEASURES.keys() & (new or {}).keys() if new and old else ():
                if new and old and fell(new[measure], new["articles"], old[measure], old["articles"]):
                    yield (
                        f"{publisher}, {new['month']}: {new[measure]} of {new['articles']} articles gave "
                        f"{MEASURES[measure]}, before that {old[measure]} of {old['articles']}; look at some of them, "
                        "the site may have a new layout"
                    )


def fell(found: int, of: int, before: int, of_before: int) -> bool:
    """Whether a share is so much smaller than before that it is not by chance.

    >>> fell(2, 20, 190, 200), fell(17, 20, 190, 200), fell(0, 5, 200, 200), fell(20, 20, 10, 200)
    (True, False, False, False)
    """
    if of < FEWEST or of_before < 2 * FEWEST:
        return False
    share = (before + 1) / (of_before + 2)
    return before / of_before - found / of >= FALL and _at_most(found, of, share) < CHANCE


def _at_most(found: int, of: int, share: float) -> float:
    """The probability of so few, or fewer, where each comes with the probability `share`."""
    logs = (
        math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
        + k * math.log(share) + (of - k) * math.log1p(-share)
        for k in range(found + 1)
    )  # fmt: skip
    return math.fsum(map(math.exp, logs))
