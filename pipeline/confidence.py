"""Confidence: how sure a record is, from how directly its parts were said.

A logistic sum of what holds of a record, fitted to whether it was wholly right (kind, grades and dates as in the gold). Its
weights come from the articles of `corpus/practice` and `corpus/sample`, most of which rules were made from; its base and scale
from the last 80 of `practice`, by five writers, as they were read before any rule was made from them. `score` prints how far
it holds.
"""

import math

from pipeline.assemble_state import PARAGRAPH, STORY
from pipeline.events import UNGRADED, Event

INFERRED = ("so-was", "as-before", "relative-grade", "said-again")
NAMED = {"named in the clause"}  # how the council of every statement was decided, at best
NEAR = 250  # characters between a grade and the words that name its council
DAY = len("2016-05-24")
BASE = 0.74
WEIGHTS = {
    "graded and news": -0.96,
    "of a kind without grades": 2.48,
    "annual": 0.61,
    "previous": 0.32,
    "without a grade": -1.68,
    "a grade by reference": -0.38,
    "far from its council": -0.67,
    "its council is named in every clause": 0.77,
    "its council is that spoken of": -0.44,
    "undated": -1.6,
    "news, and one of its dates is missing": -0.28,
    "dated to the day": 1.08,
}


def of_event(event: Event) -> float:
    """A number between 0 and 1: of the records said to be 0.8 sure, eight in ten should be wholly right."""
    logit = BASE + sum(WEIGHTS[name] for name, holds in _particulars(event).items() if holds)
    return round(1 / (1 + math.exp(-logit)), 2)


def _particulars(event: Event) -> dict[str, bool]:
    """What holds of a record, by the names of `WEIGHTS`."""
    rules = {rating.rule for rating in event.ratings.values()}
    decided = {reason.how for reason in event.reasons if reason.what == "council"}
    named, dates = event.council_mention, event.dates()
    near = named is not None and any(abs(named.start - rating.start) < NEAR for rating in event.ratings.values())
    visit = event.kind in UNGRADED
    news = not visit and event.role == "current"
    return {
        "graded and news": news,
        "of a kind without grades": visit,
        "annual": event.kind == "annual_assessment",
        "previous": event.role == "previous",
        "without a grade": not event.ratings,
        "a grade by reference": bool(rules & set(INFERRED)),
        "far from its council": bool(event.ratings) and not near,
        "its council is named in every clause": decided == NAMED,
        "its council is that spoken of": bool(decided & {PARAGRAPH, STORY}),
        "undated": not dates,
        "news, and one of its dates is missing": news and not (event.inspected and event.reported),
        "dated to the day": any(len(date) == DAY and "X" not in date for date in dates),
    }
