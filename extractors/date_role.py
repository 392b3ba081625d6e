"""What a date is the date of: `inspected`, `reported`, `other`, or nothing that its clause tells.

The word that governs the date decides. It is looked for where it stands closest to the grammar: the noun that the date
qualifies ('the 2022 inspection'), the word right before it ('an inspection in May'), then the verbs and nouns above
it in the parse, each verb with its subject and objects ('had a letter of its own on Monday').
"""

import re
from itertools import islice

from spacy.tokens import Span, Token

from extractors.date_governors import Governors, Role
from extractors.date_grammar import words
from extractors.date_verb import HEIGHT, has_subject, subjects_of, told_by

COMPOSED = ("publication", "speech", "change", "start", "end", "other")
"""Sorts of verbs whose role is only told together with their subject."""
QUALIFIES = {"compound", "nmod", "nummod", "poss", "amod", "npadvmod"}
LINKS = {"ADP", "PUNCT", "ADV", "DET", "PART", "SCONJ", "CCONJ"}
"""Parts of speech that may stand between a word and the date that it governs, or between two dates of a list."""
REACH = 8
"""Tokens that may stand there."""
FRONT = 2
"""Tokens before a date with which a sentence still opens with it ('In March 2018 …', '• July 2018: …')."""
LONGEST = 300
"""Tokens of the longest sentence whose parse is looked at: what is longer is no sentence, and walking it takes long."""
CLAUSE_OPENING = 6
"""Tokens after a date in which a clause about it opens (', the month in which')."""
STAY = 4
"""Tokens of "a working week in" before a date."""
DAYS = ("day", "week", "fortnight")
"""Units in which the stay of inspectors is told."""
AHEAD = 20
"""Tokens after such a date, or after 'three years after', in which the clause must name what happened."""


def role(governors: Governors, date: Span, *, points_ahead: bool = False) -> Role | None:
    """The role of a date; `points_ahead` for 'three years after', whose clause follows it."""
    if points_ahead:
        return _ahead(governors, date)
    sentence = governors.sentence(date)
    if len(date) == 1 and date.start and date.doc[date.start - 1].norm_ == "on" and date.text.isdigit():
        return _when(governors, date) or Role("other", "on")  # "up two grades on 2019" compares
    if _is_stay(governors, date, sentence):
        return Role("inspected", "stay")
    if len(sentence) > LONGEST:
        return _left(governors, date)
    fronted = date.start - sentence.start <= FRONT
    found = _beside(governors, date) or _left(governors, date)
    if found is None or found.name == "other":
        found = _when(governors, date) or found or _above(governors, date)
    if found is None or found.name == "other":
        found = _by_inspectors(governors, date) or found
    return found or (_ahead(governors, date) if fronted else None)


def _is_stay(governors: Governors, date: Span, sentence: Span) -> bool:
    """Whether a date is that of some days or weeks of an inspection: "over two weeks in July, inspectors saw …"."""
    before = date.doc[max(sentence.start, date.start - STAY) : date.start]
    if len(before) < STAY // 2 or before[-1].pos_ != "ADP" or words("unit").get(before[-2].norm_) not in DAYS:
        return False
    numbered = any(token.pos_ == "NUM" or token.norm_ in ("a", "an") for token in before)
    return numbered and any(governors.sort(token) in ("inspectors", "inspection", "team") for token in sentence)


def listed(first: Span, second: Span) -> bool:
    """Whether two dates stand in one list, so that one word governs both ('in 2013 and 2015', 'in 2013 and Kent in 2015')."""
    between = first.doc[first.end : second.start]
    if not 0 < len(between) <= REACH or any(token.text in ".;:–—()" for token in between):
        return False
    gapped = (
        between[0].text in (",", "and")
        and "and" in {token.norm_ for token in between}
        and between[-1].pos_ in ("ADP", "SCONJ")
    )
    return all(token.pos_ in LINKS or (gapped and token.pos_ == "PROPN") for token in between)


def edge_of(governors: Governors, date: Span) -> str | None:
    """Whether a date is told as the `start` or the `end` of something: 'began on 9 June', 'was over by 6 June'."""
    for index in range(date.start - 1, max(date.start - 2 - REACH, governors.sentence(date).start - 1), -1):
        sort = governors.sort(date.doc[index])
        if sort in ("start", "end"):
            return sort
        if date.doc[index].pos_ not in LINKS:
            return None
    return None


def _ahead(governors: Governors, date: Span) -> Role | None:
    """The first governing word after the date, in its sentence."""
    for token in date.doc[date.end : min(date.end + AHEAD, governors.sentence(date).end)]:
        if governors.is_ruling(token):
            return governors.role(token)
    return None


def _when(governors: Governors, date: Span) -> Role | None:
    """What the clause tells that says what happened at a date: 'from 2012, when it was rated', 'the month in which'."""
    doc, comma = date.doc, date.end
    opening = doc[comma : comma + CLAUSE_OPENING].text.lower()
    return _ahead(governors, date) if re.match(r", (?:when|the \w+ (?:in which|when|that)) ", opening) else None


def _beside(governors: Governors, date: Span) -> Role | None:
    """What the date stands before: a noun that it qualifies ('its 2022 inspection'), a place ('May in the borough')."""
    head = date.root.head
    if date.root.dep_ in QUALIFIES and head.i >= date.end and head.pos_ in ("NOUN", "PROPN"):
        return governors.role(head) if governors.is_ruling(head) else None
    after = date.doc[date.end] if date.end < governors.sentence(date).end else None
    if after is not None and after.pos_ == "ADP" and governors.sort(after) == "inspection":
        return governors.role(after)
    if after is not None and after.norm_ == "of":
        return next((governors.role(token) for token in after.children if governors.sort(token) == "inspection"), None)
    return None


def _left(governors: Governors, date: Span) -> Role | None:
    """The governing word right before the date, with nothing but links between: 'the previous inspection, in May 2012'.

    Names and things may stand between only after an inspection: 'an inspection by Ofsted and the CQC last year'.
    """
    doc, since, things = date.doc, False, False
    for index in range(date.start - 1, max(date.start - 2 - REACH, governors.sentence(date).start - 1), -1):
        token = doc[index]
        sort = governors.sort(token)
        if sort == "until":
            return _until(governors, token)
        if sort == "since":
            since = True
        elif governors.is_ruling(token) and sort != "inspectors":
            verb = governors.at[token.i].root
            if since and sort == "judgement" and verb.pos_ == "VERB" and not _is_grade(governors, verb):
                return Role("other", "since")  # "care leavers, which have been graded separately since January"
            if verb.pos_ in ("VERB", "AUX") and sort in COMPOSED:
                return told_by(governors, verb)
            return governors.role(token) if sort == "inspection" or not things else None
        elif token.pos_ in ("NOUN", "PROPN", "ADJ") and not since:
            things = True
        elif token.pos_ not in LINKS or token.text in ";:" or (things and token.pos_ == "PUNCT"):
            break
    return Role("other", "since") if since else None


def _is_grade(governors: Governors, token: Token) -> bool:
    """Whether a word is that of a grade: "it has required improvement since 2019"."""
    return any(mark.start <= token.i < mark.end for mark in governors.reading.spans("grades") if mark.id_ != "none")


def _above(governors: Governors, date: Span) -> Role | None:
    """The nearest verb or noun above the date in the parse that governs it.

    A verb with a subject of its own closes its clause, unless it only stands for another ('as it had been in 2014').
    """
    for token in islice(date.root.ancestors, HEIGHT):
        if token.pos_ in ("VERB", "AUX"):
            found = told_by(governors, token)
            if found or (token.pos_ == "VERB" and has_subject(token)):
                return found
        elif governors.is_ruling(token) and governors.sort(token) != "inspectors":
            return governors.role(token)
    return None


def _by_inspectors(governors: Governors, date: Span) -> Role | None:
    """What inspectors did at a date, whatever they did it to: "inspectors looked at the trust's work between 9 and 20 May"."""
    verb = next(
        (token for token in islice(date.root.ancestors, HEIGHT) if token.pos_ == "VERB" and has_subject(token)), None
    )
    if verb is None or governors.sort(verb) in ("other", "change", "speech", "judgement", "publication"):
        return None
    return next((governors.role(token) for token in subjects_of(verb) if governors.sort(token) == "inspectors"), None)


def _until(governors: Governors, until: Token) -> Role:
    """'Until May' ends something else, but what is held back or not published until May is published then."""
    for verb in islice(until.ancestors, HEIGHT):
        late = governors.sort(verb) == "publication" and any(
            child.dep_ == "neg" for child in islice(verb.children, HEIGHT)
        )
        if late or governors.sort(verb) == "delay":
            return Role("reported", verb.norm_)
    return Role("other", "until")
