"""What a date is the date of: `inspected`, `reported`, `other`, or nothing that its clause tells.

The word that governs the date decides. It is looked for where it stands closest to the grammar: the noun that the date
qualifies ('the 2022 inspection'), the word right before it ('an inspection in May'), then the verbs and nouns above
it in the parse, each verb with its subject and objects ('had a letter of its own on Monday').
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Span, Token

from extractors.reading import Reading

LEXICON = "dates_roles"
ROLES = {
    "inspection": "inspected",
    "inspectors": "inspected",
    "judgement": "reported",
    "publication": "reported",
    "other": "other",
}  # fmt: skip """The role that each sort of governing word gives."""

QUALIFIES = {"compound", "nmod", "nummod", "poss", "amod", "npadvmod"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
COMPLEMENTS = {"dobj", "attr", "acomp", "oprd", "dative", "xcomp", "prt", "pobj"}
LINKS = {"ADP", "PUNCT", "ADV", "DET", "PART", "SCONJ", "CCONJ"}
"""Parts of speech that may stand between a word and the date that it governs, or between two dates of a list."""
REACH = 8
"""Tokens that may stand there."""
HEIGHT = 12
"""Heads climbed at most, and children looked at: parses of broken text can be of any shape."""
FRONT = 2
"""Tokens before a date with which a sentence still opens with it ('In March 2018 …', '• July 2018: …')."""
LONGEST = 300
"""Tokens of the longest sentence whose parse is looked at: what is longer is no sentence, and walking it takes long."""
AHEAD = 20
"""Tokens after such a date, or after 'three years after', in which the clause must name what happened."""


class Role(NamedTuple):
    """A role and the governing word that gave it."""

    name: str
    word: str


@dataclass(frozen=True)
class Governors:
    """The governing words of one article, by token."""

    reading: Reading
    at: dict[int, Span]

    @classmethod
    def of(cls, reading: Reading) -> "Governors":
        """Every token of a marked span, with its span."""
        return cls(reading, {token.i: span for span in reading.spans(LEXICON) for token in span})

    def sentence(self, date: Span) -> Span:
        """The sentence that a date stands in."""
        return self.reading.sentence(date.start_char)

    def sort(self, token: Token) -> str | None:
        """What sort of governing word a token belongs to."""
        span = self.at.get(token.i)
        return None if span is None else span.id_

    def role(self, token: Token) -> Role:
        """The role that a governing token gives."""
        span = self.at[token.i]
        return Role(ROLES[span.id_], span.text.lower())


def role(governors: Governors, date: Span, *, points_ahead: bool = False) -> Role | None:
    """The role of a date; `points_ahead` for 'three years after', whose clause follows it."""
    if points_ahead:
        return _ahead(governors, date)
    sentence = governors.sentence(date)
    if len(sentence) > LONGEST:
        return _left(governors, date)
    fronted = date.start - sentence.start <= FRONT
    found = _beside(governors, date) or _left(governors, date) or _above(governors, date)
    return found or (_ahead(governors, date) if fronted else None)


def listed(first: Span, second: Span) -> bool:
    """Whether two dates stand in one list, so that one word governs both ('in 2013 and 2015')."""
    between = first.doc[first.end : second.start]
    return 0 < len(between) <= REACH and all(token.pos_ in LINKS and token.text not in ".;:–—()" for token in between)


def _ahead(governors: Governors, date: Span) -> Role | None:
    """The first governing word after the date, in its sentence."""
    for token in date.doc[date.end : min(date.end + AHEAD, governors.sentence(date).end)]:
        if governors.sort(token) in ROLES:
            return governors.role(token)
    return None


def _beside(governors: Governors, date: Span) -> Role | None:
    """What the date stands before: a noun that it qualifies ('its 2022 inspection'), a place ('May in the borough')."""
    head = date.root.head
    if date.root.dep_ in QUALIFIES and head.i >= date.end and head.pos_ in ("NOUN", "PROPN"):
        return governors.role(head) if governors.sort(head) in ROLES else None
    after = date.doc[date.end] if date.end < governors.sentence(date).end else None
    if after is not None and after.pos_ == "ADP" and governors.sort(after) == "inspection":
        return governors.role(after)
    return None


def _left(governors: Governors, date: Span) -> Role | None:
    """The governing word right before the date, with nothing but links between: 'the previous inspection, in May 2012'.

    Names and things may stand between only after an inspection: 'an inspection by Ofsted and the CQC last year'.
    """
    doc, since, things = date.doc, False, False
    for index in range(date.start - 1, max(date.start - 2 - REACH, governors.sentence(date).start - 1), -1):
        token = doc[index]
        sort = governors.sort(token)
        if sort == "since":
            since = True
        elif sort in ROLES and sort != "inspectors":
            if sort == "publication" and token.pos_ == "VERB":
                return _verb(governors, token)
            return governors.role(token) if sort == "inspection" or not things else None
        elif token.pos_ in ("NOUN", "PROPN", "ADJ") and not since:
            things = True
        elif token.pos_ not in LINKS or token.text in ";:" or (things and token.pos_ == "PUNCT"):
            break
    return Role("other", "since") if since else None


def _above(governors: Governors, date: Span) -> Role | None:
    """The nearest verb or noun above the date in the parse that governs it.

    A verb with a subject of its own closes its clause, unless it only stands for another ('as it had been in 2014').
    """
    for token in islice(date.root.ancestors, HEIGHT):
        if token.pos_ in ("VERB", "AUX"):
            found = _verb(governors, token)
            if found or (token.pos_ == "VERB" and _own_subject(token)):
                return found
        elif governors.sort(token) in ROLES and governors.sort(token) != "inspectors":
            return governors.role(token)
    return None


def _verb(governors: Governors, verb: Token) -> Role | None:
    """The role that a verb gives together with its subject and its complements.

    What is published is dated by its publication, what an inspection did by the inspection ('an inspection in 2021
    rated it good'), and what befell something else is that thing's date ('a trust was given the contract').
    """
    own = governors.sort(verb)
    subjects = {sort: token for token in _subjects(verb) if (sort := governors.sort(token))}
    objects = [token for token in _complements(verb) if governors.sort(token) in ROLES]
    ranked = (
        own == "publication" and "other" not in subjects and verb,
        subjects.get("inspection"),
        own == "inspection" and verb,
        subjects.get("other"),
        (own == "judgement" or (own == "other" and "inspectors" not in subjects)) and verb,
        *objects[:1],
        *(subjects.get(sort) for sort in ("inspectors", "judgement", "publication")),
    )
    return next((governors.role(token) for token in ranked if token), None)


def _subjects(verb: Token) -> Iterator[Token]:
    """The subjects of a verb, and what its relative clause or participle is said of ('the director, who left')."""
    yield from (child for child in islice(verb.children, HEIGHT) if child.dep_ in SUBJECTS)
    if verb.dep_ in ("relcl", "acl"):
        yield verb.head


def _complements(verb: Token) -> Iterator[Token]:
    """The objects and complements of a verb."""
    return (child for child in islice(verb.children, HEIGHT) if child.dep_ in COMPLEMENTS)


def _own_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own, so that the clause above it is another clause."""
    return any(child.dep_ in SUBJECTS for child in islice(verb.children, HEIGHT))
