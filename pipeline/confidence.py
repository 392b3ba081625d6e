"""Confidence: how sure a record is, from how directly its parts were said.

A logistic sum fitted on the written articles of `corpus/practice` and their gold (was the record wholly right: kind, grades and
dates?), with the base lowered for text that the rules were not written on. `score` prints how far it holds.
"""

import math

from pipeline.events import UNGRADED, Event
from schemas.article import Article

INFERRED = ("so-was", "as-before", "relative-grade", "said-again")
WEAK = (
    "copula",
    "listed-grade",
    "quoted-grade",
    "rated-earlier-in-sentence",
    "lead-grade",
    "nominal-grade",
    "announced-grade",
)
NEAR = 250  # characters between a grade and the words that name its council
BASE = 2.0
WEIGHTS = {
    "graded": -1.3,
    "current": -0.5,
    "weak rule": -0.8,
    "undated": -0.6,
    "far from its council": -0.7,
    "undated article": -0.2,
}


def of_event(event: Event, article: Article) -> float:
    """A number between 0 and 1: of the records said to be 0.9 sure, nine in ten should be wholly right."""
    rules = {rating.rule for rating in event.ratings.values()}
    named = event.council_mention
    near = named is not None and any(abs(named.start - rating.start) < NEAR for rating in event.ratings.values())
    holds = {
        "graded": event.kind not in UNGRADED,
        "current": event.role == "current",
        "weak rule": bool(rules & set(WEAK)),
        "undated": not event.dates(),
        "far from its council": not near,
        "undated article": article.published is None,
    }
    logit = BASE + sum(weight for name, weight in WEIGHTS.items() if holds[name])
    return round(1 / (1 + math.exp(-logit)), 2)
