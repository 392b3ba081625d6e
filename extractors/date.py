"""Reads dates: each date expression of an article as a mention, resolved against its publication date, with its role.

Of the expressions that the grammar finds, those are dropped that only look like one (Ms May, 2015 children), and
those that cannot be resolved. Dates of other things than inspections and reports keep the role `other`; durations are
no dates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, zip_longest
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors.date_governors import Governors, Role
from extractors.date_grammar import Expression, stated
from extractors.date_relative import Frame
from extractors.date_resolve import resolve
from extractors.date_role import edge_of, listed, role
from extractors.date_verb import HEIGHT
from extractors.lexicon import ending
from extractors.period import bounds, interval, precision
from extractors.reading import Reading
from schemas.mention import Mention

ANCHOR_REACH = 600
"""Characters, about three sentences, over which 'that year' or 'two months later' may point back to a date."""
LICENCE = {"ADP", "DET", "PRON", "PART", "CCONJ", "SCONJ", "ADV", "ADJ", "PUNCT", "SYM"}
"""Parts of speech after which a bare year or month is a date: 'in', 'its', 'Sandwell's', 'last', a comma, a bracket."""
NEAR = 5
"""Tokens within which a number and the things that it counts stand."""
AFTER = re.compile(r"\b(?:after|before|from|since)$")
"""The end of a distance whose clause follows it."""


RELATIVE = ("distance", "unit")
"""Rules of dates that are counted from others."""
AFTERWARDS = re.compile(r",? (?:after|following) [^.]*$")
"""What stands between the year of a grade and the date of its inspection."""
TOLD_AGAIN = re.compile(r", (?:back )?(?:in|on|during) (?:its |the )?$")
"""What stands between a relative date and the same told plainly: 'a decade earlier, in 2012', 'that year, in December'."""
RANGE_GOES_ON = re.compile(r"(?: (?:and|to|until|till|onwards?)\b|[-–])")
"""What follows the first year of a range: 'between 2014 and', 'from 2014 to now'."""
RANGE_ENDS = re.compile(r"\b(?:between|from) (?:\w+ ){1,3}(?:and|to|until) $")
"""What leads to the end of a range."""

BACK = 40
"""Characters in which it is looked for."""

FULL = re.compile(r"\d{4}-\d\d-\d\d")
"""A day with its year."""


class Found(NamedTuple):
    """An expression of the article, the tokens that it covers and what it means."""

    expression: Expression
    span: Span
    ids: tuple[str, ...]
    cues: tuple[str, ...]


class Dated(NamedTuple):
    """An expression with its role, and which end of something longer it is, if any."""

    found: Found
    role: Role | None
    edge: str | None


def dates(reading: Reading) -> list[Mention]:
    """The dates of the article, in order; two mentions of the same words that state two ('3 and 24 June')."""
    governors = Governors.of(reading)
    published = date.fromisoformat(reading.article.published) if reading.article.published else None
    read: list[Dated] = []
    for found in _found(reading, published, published or _latest_report(governors)):
        given = _role(governors, found, read[-1] if read else None, published)
        edge = edge_of(governors, found.span)
        whole = _joined(governors, read[-1], Dated(found, given, edge)) if read else None
        if whole:
            read.pop()
        read.append(whole or Dated(found, given, edge))
    return [mention for dated in read for mention in _mentions(reading, dated)]


def _mentions(reading: Reading, dated: Dated) -> Iterator[Mention]:
    """A mention for each date that an expression states."""
    found, given, _ = dated
    values, word = ((given.name,), (given.word,)) if given else ((), ())
    start, end, rule = found.expression.start, found.expression.end, found.expression.rule
    for edtf in found.ids:
        yield reading.mention("date", edtf, start, end, rule=rule, values=values, cues=found.cues + word)


def _joined(governors: Governors, first: Dated, second: Dated) -> Dated | None:
    """The interval of which two days of one sentence are the ends: 'began on 9 June and ended on 20 June'."""
    roles = [dated.role for dated in (first, second) if dated.role and dated.role.name == "inspected"]
    same = governors.sentence(first.found.span) == governors.sentence(second.found.span)
    if not roles or not same or {first.edge, second.edge} != {"start", "end"}:
        return None
    start, end = sorted((first.found.ids[-1], second.found.ids[0]))
    if "/" in start + end or len(start) != len(end) or len(start) == len("2016"):
        return None
    expression = replace(
        first.found.expression,
        end=second.found.expression.end,
        text=governors.reading.article.body[first.found.expression.start : second.found.expression.end],
    )
    span = governors.reading.doc[first.found.span.start : second.found.span.end]
    return Dated(Found(expression, span, (interval(start, end),), first.found.cues), roles[0], None)


def _latest_report(governors: Governors) -> date | None:
    """The day of the latest report that an undated article gives in full: its months and days without a year come before it.

    None where it names a later year.
    """
    found = [each for each in _found(governors.reading, None, None) if FULL.fullmatch(each.ids[-1])]
    fresh = [each for each in found if not _tells_of_before(governors, each.span)]
    days = [each.ids[-1] for each in fresh if (given := role(governors, each.span)) and given.name == "reported"]
    years = (each.ids[-1][:4] for each in _found(governors.reading, None, None))
    known = max((year for year in years if year.isdecimal()), default="")
    return date.fromisoformat(max(days)) if days and max(days)[:4] == known else None


def _tells_of_before(governors: Governors, span: Span) -> bool:
    """Whether a date's sentence speaks of an earlier event: "its last report came out on 3 March 2012"."""
    sentence = governors.sentence(span)
    times = governors.reading.spans("times", sentence.start_char, sentence.end_char)
    return any(time.id_ == "previous" for time in times)


def _found(reading: Reading, published: date | None, latest: date | None) -> Iterator[Found]:
    """The expressions that can be resolved, each in the light of the dates before it."""
    body, anchor, anchor_end, day = reading.article.body, None, -1, None
    told, told_end = None, -1
    for block, lines in stated(reading.doc):
        once = _told_once(body, lines)
        for expression, following in zip_longest(once, once[1:]):
            span = reading.doc.char_span(expression.start, expression.end, alignment_mode="expand")
            if span is None or not _plausible(expression, span):
                continue
            near: str | None = anchor if expression.start - anchor_end <= ANCHOR_REACH else None
            sentence = reading.sentence(expression.start)
            if anchor_end <= sentence.start_char and any(
                mark.id_ == "as_before" for mark in ending(reading.doc, "clauses", span.start)
            ):
                near = None  # "… was rated good, as it had been three years before": before today's news
            frame = Frame(
                published=published,
                latest=latest,
                anchor=near,
                told=told if expression.start - told_end <= ANCHOR_REACH else None,
                same_sentence=near is not None and anchor_end > sentence.start_char,
                rest=body[expression.end : following.start if following else block.end],
                next_is_date=following is not None and following.start < sentence.end_char,
                day=day,
                year=near if near and _is_inspected_before(reading, near, anchor_end, expression.start) else None,
            )
            ids, cues = resolve(expression, frame)
            if ids:
                day = ids[-1] if precision(ids[-1]) == "day" and "/" not in ids[-1] else day
                if not (frame.same_sentence and _is_since(span)):
                    anchor, anchor_end = ids[-1], expression.end
                    told, told_end = (anchor, anchor_end) if _is_told(expression, span, body) else (told, told_end)
                yield Found(expression, span, ids, cues)


def _is_inspected_before(reading: Reading, year: str, start: int, end: int) -> bool:
    """Whether an inspection that preceded a grade stands between its year and what follows: "was judged good in 2016 after an
    inspection in November".
    """
    behind = AFTERWARDS.match(reading.article.body, start, end)
    return bool(behind) and precision(year) == "year" and bool(reading.spans("kinds", start, end))


def _told_once(body: str, lines: Sequence[Expression]) -> list[Expression]:
    """The expressions of a line without those that the next one tells plainly; 'that year, in May' is 'in May that year'."""
    once: list[Expression] = []
    for expression in lines:
        last, parts = once[-1] if once else None, expression.parts
        if last and last.rule in RELATIVE and TOLD_AGAIN.fullmatch(body, last.end, expression.start):
            once.pop()
            if last.parts.get("unit") == "year" and "which" in last.parts and "year" not in parts:
                parts = {**parts, "whichyear": last.parts["which"]}
        once.append(replace(expression, parts=parts))
    return once


def _plausible(expression: Expression, span: Span) -> bool:
    """Whether a bare year or month is one: by what stands before it, and by not being a name or a count of things."""
    if expression.rule not in ("year", "month") or len(expression.parts) > 1:
        return True
    token, doc = span[0], span.doc
    if token.i > 1 and doc[token.i - 1].text == "-" and doc[token.i - 2].norm_ in ("post", "pre"):
        return False  # "the post-April rules"
    if token.ent_type_ == "PERSON" and expression.rule == "month":
        return False
    counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and 0 < token.head.i - token.i <= NEAR
    if counted and _opens_clause(doc, token.i - 1):
        return True
    if counted and not any(child.pos_ in ("DET", "PRON") or child.dep_ == "poss" for child in token.head.lefts):
        return False
    if token.is_sent_start:
        return span.end < len(doc) and doc[span.end].tag_ == "POS"
    return doc[token.i - 1].pos_ in LICENCE


def _is_since(span: Span) -> bool:
    """Whether a date is that from which something goes on, so that no moment is counted from it: "since April 2017"."""
    return span.start > 0 and span.doc[span.start - 1].norm_ == "since"


def _is_told(expression: Expression, span: Span, body: str) -> bool:
    """Whether a date is a moment of the story: neither an end of a range nor one that the story looks back to."""
    ends = RANGE_ENDS.search(body, max(0, expression.start - BACK), expression.start)
    return not (expression.ranged or ends or _looks_back(span))


def _looks_back(span: Span) -> bool:
    """Whether a relative clause in the past perfect holds a date: "Ofsted, which had found no fault in 2012, sent a team"."""
    clauses = (token for token in islice(span.root.ancestors, HEIGHT) if token.dep_ == "relcl")
    return any(child.norm_ == "had" for clause in clauses for child in islice(clause.children, HEIGHT))


def _opens_clause(doc: Doc, index: int) -> bool:
    """Whether a clause opens with "in" at a token: "…: in 2010 inspectors reached the same conclusion"."""
    link = doc[index] if index >= 0 else None
    return link is not None and link.norm_ == "in" and (bool(link.is_sent_start) or doc[index - 1].is_punct)


def _role(governors: Governors, found: Found, last: Dated | None, published: date | None) -> Role | None:
    """The role of a date: that of the one before it in a list; `other` where it is still to come.

    What lasts several days or months is fieldwork, whatever word stands near: a report has one day.
    """
    days = bounds(found.ids[0])
    if published and days and days[0] > published:
        return Role("other", "future")
    expression = found.expression
    after = governors.reading.article.body[expression.end : expression.end + 12]
    if expression.rule == "year" and expression.ranged and RANGE_GOES_ON.match(after):
        return Role("other", "between")
    ahead = expression.rule == "distance" and AFTER.search(expression.text) is not None
    given = None if ahead or last is None or not listed(last.found.span, found.span) else last.role
    given = given or role(governors, found.span, points_ahead=ahead)
    period = "/" in found.ids[0]
    return Role("inspected", "period") if period and (given is None or given.name == "reported") else given
