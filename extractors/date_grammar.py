"""The grammar of date expressions: which stretches of a text state a date, and of what parts each is made.

A rule is a template: a regular expression in which `<name:class>` stands for any word of that class of
`lexicons/dates.toml` (or of `CLASSES`), kept under that name. Nothing is interpreted here; `extractors.date` says
which day, month or year is meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc

from extractors.lexicon import HELD, expand, load
from extractors.reading import Block, blocks_of

CLASSES = {
    "day": r"(?<![\d£$€.,/])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%])",
    "year": r"(?<![£$€#\d.,/])(?<!\d[-–])(?:19|20)\d\d(?![\d%]|[.,/–-]\d)",
    "number": r"(?<![\d£$€.,/–-])(?<!\bhalf )(?:\d{1,3}|(?i:<count>|(?:twenty|thirty|forty)-<count>|an?|the))",
    "half": r" and a half",
    "the": r"the",
    "sharp": r"(?<=ago) (?:today|this (?:week|month))\b",
    "to": r"(?: ?[-–—] ?| (?:to|until|through) (?:the )?)",
    "and": r"(?:/| (?:and|or) (?:from |in |on |the )?)",
}
"""Parts that are shapes, not words. A number before a unit may be an article ('a year ago');
`to` stands between the ends of a range, `and` between those of a list or, after 'between', a range."""

NAMES = ("month", "weekday")
"""Classes that are written with a capital; it keeps 'may' and 'march' apart from months."""

TAIL = r"(?:,? (?:of |in )?<year:year>|,? (?:of |in )?(?:<part:part> )?<whichyear:which> year\b)?"
"""The year of a month: '2016', 'last year', 'that year'."""

JOIN = r"(?:<to:to>|<and:and>)"
SINGLE = r"(?:(?:<w:weekday>,? )?(?:the )?<d2:day>(?: of)? <m2:month>" + TAIL + ")"
RULES = {
    "days": r"(?:<w1:weekday>,? )?<d1:day>(?:, \d\d?)*,?"
    + JOIN
    + r"(?:<w:weekday>,? )?<d2:day>(?: of)? <m2:month>"
    + TAIL,
    "days across months": r"(?:<w1:weekday>,? )?<d1:day>(?: of)? <m1:month>(?:,? <y1:year>)?" + JOIN + r"" + SINGLE,
    "day": SINGLE,
    "month and day": r"(?:<w:weekday>,? )?<m2:month> <d2:day>(?:,? <year:year>|(?! [a-z]|[-–\w]))",
    "numeric day": r"(?<![\d/.-])(?:\d\d?[/.]\d\d?[/.](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\d/-])",
    "week of": r"(?:the )?week (?:of|from|beginning|commencing|starting) " + SINGLE,
    "months": r"(?:<p1:part>[ -]?)?(?:<which:which> )?<m1:month>(?:,? <y1:year>)?(?:, <more:month>)*,?" + JOIN + r""
    r"(?:<p2:part>[ -]?)?<m2:month>" + TAIL,
    "month": r"(?:<p1:part>[ -]?)?(?:<which:which> |(?<=\b[IiBb][ny] )<the:the> )?<m2:month>" + TAIL,
    "season": r"(?:<p1:part>[ -]?)?(?:<which:which> |the )?<season:season>" + TAIL,
    "years": r"<y1:year>[-–/](?:(?:19|20)\d\d|\d\d)(?!\d)",
    "year": r"(?:<p1:part>[ -]?)?<year:year>",
    "unit": r"(?<!\bthe )(?<!\bThe )(?:<p1:part>[ -]?|<way:way> )?<which:which> <unit:unit>",
    "weekday": r"(?:<which:which> |(?<=\b[Oo]n ))<w:weekday>|<w2:weekday>(?=[’']s)",
    "weekday of week": r"<w:weekday>(?: of)? <which:which> week\b",
    "day of that month": r"(?<=\b[Oo]n )the <d2:day>(?<=[a-z])(?! of\b| [A-Z])",
    "near": r"<near:near>",
    "distance": r"<number:number><half:half>?[ -]<unit:unit> <way:way><sharp:sharp>?",
}

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
BEFORE_RANGE = re.compile(r"\b(?:between|from)\s+(?:\w+ )?$", re.IGNORECASE)


@dataclass(frozen=True)
class Expression:
    """A stretch of text that states a date: the rule that it follows and the value of each of its parts."""

    rule: str
    start: int
    end: int
    text: str
    parts: dict[str, str]
    ranged: bool
    """Whether 'between' or 'from' stands before it."""


@cache
def words(kind: str) -> dict[str, str]:
    """The wordings of a class of `lexicons/dates.toml`, lower-case, each with its value."""
    return {
        text.lower(): entry.id.partition(":")[2]
        for entry in load("dates")
        if entry.id.startswith(f"{kind}:")
        for phrase in entry.phrases
        for text in expand(phrase)
    }


def _class(kind: str) -> str:
    """The regular expression of a class, its longest wordings first."""
    if kind in CLASSES:
        return PLACE.sub(lambda place: _class(place[2]), CLASSES[kind])
    choices = sorted(words(kind), key=len, reverse=True)
    if kind in NAMES:
        return rf"\b(?:{'|'.join(re.escape(choice).title() for choice in choices)})(?!\w)"
    return rf"(?i:(?<!\w)(?:{'|'.join(map(re.escape, choices))})(?!\w))"


@cache
def rules() -> dict[str, re.Pattern[str]]:
    """Each rule's template, spelt out."""
    return {
        name: re.compile(PLACE.sub(lambda place: f"(?P<{place[1]}>{_class(place[2])})", template))
        for name, template in RULES.items()
    }


@cache
def cue() -> re.Pattern[str]:
    """What every date expression holds at least one of: a cheap look before the rules are tried."""
    kinds = ("month", "weekday", "season", "unit", "near")
    return re.compile("|".join([*map(_class, kinds), r"(?:19|20)\d\d"]))


def expressions(text: str, offset: int = 0) -> Iterator[Expression]:
    """The date expressions of a line of text, in order, the longest where several overlap; `offset` is added to their
    places.

    >>> [(found.rule, found.text) for found in expressions("inspected from 27 April to 1 May, six years after 2014")]
    [('days across months', '27 April to 1 May'), ('distance', 'six years after'), ('year', '2014')]
    """
    if not cue().search(text):
        return
    found = [
        (match.start(), -match.end(), name, match) for name, rule in rules().items() for match in rule.finditer(text)
    ]
    reached = 0
    for start, _, name, match in sorted(found, key=lambda hit: hit[:3]):
        if start >= reached:
            reached = match.end()
            yield _expression(name, match, offset)


@lru_cache(maxsize=HELD)
def stated(doc: Doc) -> tuple[tuple[Block, tuple[Expression, ...]], ...]:
    """The blocks of a document, each with its date expressions."""
    text = doc.text
    blocks = blocks_of(text)
    return tuple((block, tuple(expressions(text[block.start : block.end], block.start))) for block in blocks)


@lru_cache(maxsize=HELD)
def timed(doc: Doc) -> frozenset[int]:
    """The tokens of all date expressions: 'three', 'years' and 'ago'."""
    found = (each for _, lines in stated(doc) for each in lines)
    spans = (doc.char_span(each.start, each.end, alignment_mode="expand") for each in found)
    return frozenset(token.i for span in spans if span is not None for token in span)


def _expression(name: str, match: re.Match[str], offset: int) -> Expression:
    """The expression that a rule matched, each part turned from a wording into its value."""
    kinds = {place[1]: place[2] for place in PLACE.finditer(RULES[name])}
    parts = {
        part: text if kinds[part] in CLASSES else words(kinds[part])[text.lower()]
        for part, text in match.groupdict().items()
        if text
    }
    ranged = BEFORE_RANGE.search(match.string, max(0, match.start() - 24), match.start()) is not None
    return Expression(name, match.start() + offset, match.end() + offset, match[0], parts, ranged)
