"""Confidence: how sure a record is, from how directly its parts were said."""

from pipeline.events import Event
from schemas.article import Article

INFERRED = ("so-was", "as-before", "relative-grade")
WEAK = ("copula", "listed-grade", "quoted-grade", "rated-earlier-in-sentence", "lead-grade")


def of_event(event: Event, article: Article) -> float:
    """A number between 0 and 1."""
    sure = 0.95
    rules = {rating.rule for rating in event.ratings.values()}
    sure -= 0.1 * bool(rules & set(INFERRED)) + 0.1 * bool(rules & set(WEAK))
    sure -= 0.15 * (event.council_mention is None)
    sure -= 0.1 * (not event.dates()) + 0.05 * (article.published is None)
    return round(max(sure, 0.05), 2)
