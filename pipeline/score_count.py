"""Gold and one article's share of an export -> counts, misses and facts; `pipeline.score` sums them up.

Counts are kept under the names of the fields: `event_right`, `event_found` (exported) and `event_gold`, and so on.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.score_match import Claim, Event, agreement, pair_claims, pair_events, plain, shingles

PAGE_FIELDS = ("title", "authors", "published", "publisher")
BODY_MISS = 0.97  # F1 of a body below which it is listed as a miss


@dataclass(frozen=True, order=True)
class Fact:
    """One value that the program states, and whether gold says so too."""

    article: str
    council: str
    role: str
    what: str
    value: str
    right: bool = field(compare=False)


@dataclass(frozen=True)
class Judged:
    """One exported record: how sure it was, and whether council, role, kind, ratings and dates are all as in gold."""

    role: str
    confidence: float
    right: bool


@dataclass
class Tally:
    """What is being counted; `article` is the one in hand."""

    article: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    facts: set[Fact] = field(default_factory=set)

    def miss(self, kind: str, what: object) -> None:
        """Note one difference from gold."""
        self.misses.append(f"{self.article}: {kind}: {what}")

    def count(self, name: str, right: int, found: int, gold: int) -> None:
        """Count the values of one field: those in both, those exported, those in gold."""
        self.counts.update({f"{name}_right": right, f"{name}_found": found, f"{name}_gold": gold})

    def fact(self, event: Event | Claim, what: str, value: str, *, right: bool) -> None:
        """Note one value that the export states."""
        self.facts.add(Fact(self.article, str(event.council), event.role, what, value, right))


def count_reject(tally: Tally, article: Mapping[str, Any] | None) -> None:
    """A page that is no article: everything about it is right if it was not exported."""
    tally.counts.update({name: int(article is None) for name in ("found", *PAGE_FIELDS, "exact")})
    if article is not None:
        tally.miss("kept", "a page that is no article")


def count_page(tally: Tally, gold: Mapping[str, Any], article: Mapping[str, Any] | None, body: str | None) -> None:
    """What the page says of itself, and its body where gold gives it."""
    if article is None:
        tally.miss("not exported", "")
        article = {}
    else:
        tally.counts["found"] += 1
    same = {
        "title": plain(article.get("title")) == plain(gold["title"]),
        "authors": sorted(map(plain, article.get("authors") or [])) == sorted(map(plain, gold["authors"])),
        "published": (article.get("published") or None) == gold["published"],
        "publisher": article.get("publisher") == gold["publisher"],
    }
    for name in PAGE_FIELDS:
        tally.counts[name] += same[name]
        if not same[name]:
            tally.miss(name, f"gold {gold[name]!r} got {article.get(name)!r}")
    if body is not None:
        _count_body(tally, body, article.get("body", ""))


def _count_body(tally: Tally, gold: str, found: str) -> None:
    """The running story, by the runs of words in common."""
    wanted, got = shingles(gold), shingles(found)
    counts = (wanted & got).total(), got.total(), wanted.total()
    tally.count("body", *counts)
    f1 = agreement(*counts).f1
    if f1 < BODY_MISS:
        tally.miss("body", f"F1 {f1:.3f}")


def count_events(tally: Tally, golds: Sequence[Event], found: Sequence[Event]) -> None:
    """The events of one article, and all that is said of them."""
    answers = pair_events(golds, found)
    pairs = [(golds[i], found[j]) for i, j in answers.items()]
    tally.count("event", len(pairs), len(found), len(golds))
    for i, gold in enumerate(golds):
        if i not in answers:
            tally.miss("event missed", gold)
            tally.counts["date_gold"] += len(gold.dates)
    for j, event in enumerate(found):
        if j not in answers.values():
            tally.miss("event false", event)
            _judge(tally, None, event)
    for gold, event in pairs:
        _count_pair(tally, gold, event)
        _judge(tally, gold, event)
    _count_ratings(tally, golds, found)
    _count_claims(tally, [c for e in golds for c in e.claims], [c for e in found for c in e.claims])


def _count_pair(tally: Tally, gold: Event, found: Event) -> None:
    """Kind and dates of an event that was found."""
    tally.counts["kind"] += gold.kind == found.kind
    if gold.kind != found.kind:
        tally.miss("kind", f"{gold.council} {gold.role}: gold {gold.kind} got {found.kind}")
    for wanted, got in ((gold.inspected, found.inspected), (gold.reported, found.reported)):
        tally.counts["date_role_gold"] += bool(wanted)
        tally.counts["date_role"] += bool(wanted) and wanted == got
    tally.count("date", len(gold.dates & found.dates), len(found.dates), len(gold.dates))
    if gold.dates != found.dates:
        tally.miss("dates", f"{gold.council} {gold.role}: gold {sorted(gold.dates)} got {sorted(found.dates)}")


def _judge(tally: Tally, gold: Event | None, found: Event) -> None:
    """Whether an exported record is wholly right, and each value that it states but its findings."""
    stated = {"kind": found.kind, "inspected": found.inspected, "reported": found.reported}
    right = {name: gold is not None and getattr(gold, name) == value for name, value in stated.items()}
    for name, value in stated.items():
        if value:
            tally.fact(found, name, value, right=right[name])
    whole = gold is not None and all(right.values()) and gold.ratings == found.ratings
    if found.confidence is not None:
        tally.judged.append(Judged(found.role, found.confidence, whole))


def _count_ratings(tally: Tally, golds: Sequence[Event], found: Sequence[Event]) -> None:
    """Councils and grades of the article as sets: which event of a council and role has a grade makes no difference."""
    councils = {event.council for event in golds}, {event.council for event in found}
    tally.count("council", len(councils[0] & councils[1]), len(councils[1]), len(councils[0]))
    wanted = {grade for event in golds for grade in event.grades}
    got = {grade for event in found for grade in event.grades}
    tally.count("rating", len(wanted & got), len(got), len(wanted))
    for kind, grades in (("rating missed", wanted - got), ("rating false", got - wanted)):
        for grade in sorted(grades, key=str):
            tally.miss(kind, grade)
    for event in found:
        for grade in event.grades:
            tally.fact(event, "rating", " ".join(grade[2:]), right=grade in wanted)
    tally.counts["exact"] += wanted == got and councils[0] == councils[1]
    if not golds:
        tally.counts.update({"negatives": 1, "false_alarms": int(bool(found))})


def _count_claims(tally: Tally, golds: Sequence[Claim], found: Sequence[Claim]) -> None:
    """The findings of the article, whichever event they were filed under; the owner is a figure of its own."""
    answers = pair_claims(golds, found)
    rights: set[int] = set()
    for i, j in answers.items():
        gold, claim = golds[i], found[j]
        tally.counts["finding_polarity"] += gold.polarity == claim.polarity
        tally.counts["finding_owner"] += gold.owner == claim.owner
        tally.count("theme", len(gold.themes & claim.themes), len(claim.themes), len(gold.themes))
        if (gold.polarity, gold.owner) == (claim.polarity, claim.owner):
            rights.add(j)
        else:
            sides = " / ".join(f"{c.council} {c.role} {c.polarity}" for c in (gold, claim))
            tally.miss("finding differs", f"{sides}: {gold.text[:80]}")
    tally.count("finding", len(rights), len(found), len(golds))
    tally.counts["finding_span"] += len(answers)
    for i, gold in enumerate(golds):
        if i not in answers:
            tally.miss("finding missed", f"{gold.polarity}: {gold.text[:100]}")
    for j, claim in enumerate(found):
        tally.fact(claim, "finding", f"{claim.polarity}: {claim.text}", right=j in rights)
        if j not in answers.values():
            tally.miss("finding false", f"{claim.polarity}: {claim.text[:100]}")
