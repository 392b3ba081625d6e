"""What a verb dates, together with its subject and its objects: an inspection, a report, or something else.

What is published is dated by its publication, what an inspection did by the inspection ('an inspection in 2021 rated it
good'), and what befell something else is that thing's date ('a trust was given the contract').
"""

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Span, Token

from extractors.date_governors import Governors, Role
from extractors.date_grammar import timed
from extractors.lexicon import marked

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
COMPLEMENTS = {"dobj", "attr", "acomp", "oprd", "dative", "xcomp", "prt", "pobj"}
FAR = 120  # characters from a verb of movement to the grade that it reaches
HEIGHT = 12
"""Children looked at: parses of broken text can be of any shape."""
EVENTS = ("other", "start", "end")
"""Sorts of verbs that tell what befell anything, an inspection or another thing."""


def told_by(governors: Governors, verb: Token) -> Role | None:
    """The role that a verb gives together with its subject and its complements."""
    if ahead := next(
        (child for child in _children(verb) if child.dep_ == "aux" and governors.sort(child) == "other"), None
    ):
        return governors.role(ahead)
    own = governors.sort(verb)
    subjects = {sort: token for token in subjects_of(verb) if (sort := governors.sort(token))}
    if own == "speech" and not _is_official(governors, verb):
        return None
    if own == "judgement" and "inspectors" not in subjects and any(_is_reflexive(token) for token in _children(verb)):
        return Role("other", verb.norm_)  # "the council declared itself bankrupt"
    objects = [token for token in _complements(verb) if governors.is_ruling(token)]
    ranked = (
        own == "publication" and "other" not in subjects and verb,
        subjects.get("inspection"),
        own == "inspection" and verb,
        own != "change" and subjects.get("other"),
        own == "change"
        and "inspectors" not in subjects
        and ((not _is_of_ofsted(verb) and _grade_reached(governors, verb)) or verb),
        (own in ("judgement", "speech") or (own in EVENTS and "inspectors" not in subjects)) and verb,
        *objects[:1],
        *(subjects.get(sort) for sort in ("inspectors", "judgement", "publication")),
        _is_visit(governors, verb, subjects) and verb,
    )
    return next((governors.role(token) for token in ranked if token), None)


def subjects_of(verb: Token) -> Iterator[Token]:
    """The subjects of a verb, and what its relative clause or participle is said of ('the director, who left')."""
    yield from (child for child in _children(verb) if child.dep_ in SUBJECTS)
    if verb.dep_ in ("relcl", "acl"):
        yield verb.head


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own, so that the clause above it is another clause."""
    return any(child.dep_ in SUBJECTS for child in _children(verb))


def _children(verb: Token) -> Iterator[Token]:
    """What hangs on a verb, as far as is looked at."""
    return islice(verb.children, HEIGHT)


def _complements(verb: Token) -> Iterator[Token]:
    """The objects and complements of a verb."""
    return (child for child in _children(verb) if child.dep_ in COMPLEMENTS)


def _is_of_ofsted(verb: Token) -> bool:
    """Whether an inspectorate is the subject: what it raises or drops itself is no council's grade."""
    names = {token.i for span in marked(verb.doc, "inspectorates") for token in span}
    return any(token.i in names for token in subjects_of(verb))


def _is_reflexive(token: Token) -> bool:
    """Whether a pronoun, or the subject of what is said there, is "itself" or "themselves"."""
    return any(each.norm_ in ("itself", "themselves") for each in (token, *_children(token)))


def _is_official(governors: Governors, verb: Token) -> bool:
    """Whether inspectors or their papers may be speaking: not where a person or a body with another name does."""
    names = {token.i for span in marked(verb.doc, "inspectorates") for token in span}
    subjects = [child for child in _children(verb) if child.dep_ == "nsubj"]
    return all(token.i in names or not (_is_somebody(token) or governors.sort(token) == "other") for token in subjects)


def _is_somebody(token: Token) -> bool:
    """Whether a word means a person or a body with a name: 'Jones', 'he', 'we'."""
    return (
        token.pos_ == "PROPN"
        or token.morph.get("Gender", []) in (["Masc"], ["Fem"])
        or token.morph.get("Person", []) == ["1"]
    )


def _grade_reached(governors: Governors, verb: Token) -> Token | None:
    """The grade that something rose or fell to or from ('climbed to "good"', 'dropped a grade')."""
    links = [child for child in _children(verb) if child.pos_ == "ADP"]
    places = [token for link in [verb, *links] for token in _complements(link)]
    found = next((token for token in places if governors.sort(token) == "judgement"), None)
    return found or _grade_behind(governors, verb)


def _grade_behind(governors: Governors, verb: Token) -> Token | None:
    """The grade that "to", "into" or "from" leads to from a verb, wherever the parser hangs it: "moved up a band, to 'good'"."""
    sentence = governors.reading.sentence(verb.idx)
    for grade in governors.reading.spans("grades", verb.idx, min(sentence.end_char, verb.idx + FAR)):
        before = [token for token in verb.doc[verb.i + 1 : grade.start] if not token.is_quote and token.pos_ != "DET"]
        reached = before and before[-1].norm_ in ("to", "into", "from") and not _is_worn(grade)
        if reached and governors.sort(grade.root):
            return grade.root
    return None


def _is_worn(grade: Span) -> bool:
    """Whether a grade only describes what follows it: "moved from good-rated Leeds", "came from 'outstanding' Essex"."""
    after = [token for token in grade.doc[grade.end : grade.end + 2] if not token.is_quote][:1]
    hyphen = [token for token in after if token.norm_ == "-" and not token.whitespace_]
    return bool(hyphen) or any(token.pos_ == "PROPN" for token in after)


def _is_visit(governors: Governors, verb: Token, subjects: dict[str, Token]) -> bool:
    """Whether a team, or a pronoun for inspectors, comes or is somewhere ('the team, which was in Halton')."""
    came = governors.sort(verb) == "presence"
    if not came and not (verb.lemma_ == "be" and _is_somewhere(verb)):
        return False
    pronoun = subjects.get("pronoun")
    return "team" in subjects or (pronoun is not None and governors.means_inspectors(pronoun))


def _is_somewhere(verb: Token) -> bool:
    """Whether a place with a name, or 'there', is told with a verb."""
    links = [child for child in _children(verb) if child.norm_ in ("in", "at")]
    return any(child.norm_ == "there" for child in _children(verb)) or any(
        token.pos_ == "PROPN" and token.i not in timed(verb.doc) for link in links for token in _complements(link)
    )
