"""Syntax around a grade word: what governs it, what it describes, whether it has a subject."""

from itertools import islice

from spacy.tokens import Doc, Span, Token

from extractors.date_grammar import timed
from extractors.lexicon import starting
from extractors.rating_claim import REACH
from extractors.reading import Reading

SUBJECTS = ("councils", "bodies", "areas", "generic")
HEIGHT = 12  # steps up a parse, and children, that are looked at: broken text has parses of any shape


def verb_with_subject(token: Token) -> Token | None:
    """The nearest verb above a token that has a subject."""
    above = (each for each in islice(token.ancestors, HEIGHT) if each.pos_ in ("VERB", "AUX"))
    return next((each for each in above if subject_of(each) is not None), None)


def subject_of(verb: Token) -> Token | None:
    """The first subject of a verb."""
    return next((child for child in islice(verb.children, HEIGHT) if child.dep_ in ("nsubj", "nsubjpass")), None)


def bearer_of(mark: Span) -> Token | None:
    """The head of what a grade is said of, where the parse shows it: the subject of its verb, or the object that inspectors
    rate; of "which" and of a participle what they hang on.
    """
    for token in (mark.root, *islice(mark.root.ancestors, HEIGHT)):
        subject = subject_of(token)
        if subject is not None:
            children = islice(token.children, HEIGHT)
            rated = next((c for c in children if c.dep_ in ("dobj", "dative") and c.i < mark.start), None)
            noun = rated if rated is not None else subject
            return token.head if noun.tag_ in ("WP", "WDT") and token.dep_ == "relcl" else noun
        if token.dep_ == "acl":
            return token.head
    return None


def place_of(reading: Reading, mark: Span) -> Span | None:
    """The council that stands right behind a grade as its place: "inadequate in Kent", "'good' at Bury Council"."""
    doc, index = reading.doc, mark.end
    while index < len(doc) and doc[index].is_quote:
        index += 1
    if doc[index : index + 1].text not in ("in", "at", "for"):
        return None
    named = starting(doc, "councils", index + 1, index + 2)
    return named[0] if named and doc[index + 1 : named[0].start].text in ("", "the") else None


def moved(reading: Reading, sentence: Span, mark: Span) -> str | None:
    """`moved-to` or `left-behind`, where a verb of movement and "to" or "from" lead to the grade: "tumbled two places to G"."""
    doc = reading.doc
    index = mark.start - 1
    while index > sentence.start and doc[index].norm_ in ('"', "'", "the", "an", "a"):
        index -= 1
    word = doc[index].norm_
    if word not in ("to", "into", "from"):
        return None
    movers = [m for m in reading.spans("judging", sentence.start_char, mark.start_char) if m.id_ == "mover"]
    if not any(index - m.end <= REACH for m in movers):
        return None
    return "left-behind" if word == "from" else "moved-to"


def reaches(reading: Reading, judging: Span, mark: Span, quoted: bool) -> bool:
    """Whether the judging word governs the grade: nothing between them that takes its place as the grade's head."""
    doc = reading.doc
    gap = doc[judging.end : mark.start]
    if any(token.is_sent_start and token.i > judging.start for token in gap):
        return False
    if quoted:
        return True
    if modifies(doc, mark):
        return False
    if judging.id_ == "verb" and judging.text.lower() == "found":
        return len(gap) <= 4 or any(token.norm_ in ("be", "it", "them") for token in gap)
    return True


def modifies(doc: Doc, mark: Span) -> bool:
    """Whether an unquoted grade word merely describes the noun after it ("good relationships", "an inadequate plan")."""
    if mark.id_ == "requires_improvement" or mark.end >= len(doc):
        return False
    after = doc[mark.end]
    if after.norm_ == "at":  # "good at listening", but "good at its last inspection"
        return doc[mark.end + 1 : mark.end + 2].text.endswith("ing")
    if after.i in timed(doc) or starting(doc, "times", mark.end):
        return False
    if after.norm_ in ('"', "'") or any(m.id_ in ("follower", "noun") for m in starting(doc, "judging", mark.end)):
        return False
    return after.pos_ in ("NOUN", "PROPN", "ADJ")


def beside_noun(reading: Reading, mark: Span) -> bool:
    """Whether a grade noun stands next to the word: "a 'good' rating", "grade of good", "verdict: inadequate"."""
    doc = reading.doc
    skip = ('"', "'", "of", ":", "-", ",", "was", "is", "-", "overall", "ofsted", "possible", "as", "were")
    for noun in reading.spans("judging"):
        if noun.id_ != "noun":
            continue
        gap = doc[mark.end : noun.start] if noun.start >= mark.end else doc[noun.end : mark.start]
        if len(gap) <= 3 and all(token.norm_ in skip for token in gap):
            return True
    return False


def is_attributive(reading: Reading, mark: Span, quoted: bool) -> bool:
    """Whether the grade stands before a council as its standing grade: "the 'inadequate' council", "good-rated Surrey"."""
    doc = reading.doc
    rest = [token.norm_ for token in doc[mark.end : mark.end + 4]]
    if rest[:2] in (["-", "rated"], ["-", "graded"], ["-", "judged"]):
        return True
    ahead = mark.end + (1 if quoted else 0)
    bears = any(m.id_ == "bearer" for m in starting(doc, "judging", ahead))
    if bears and doc[ahead].norm_.startswith(("service", "child")):
        return False
    return bears and (quoted or mark.id_ in ("inadequate", "outstanding"))


def has_copula(doc: Doc, clause: Span, mark: Span) -> bool:
    """Whether a form of "to be" leads straight to the grade: "adoption was good"."""
    skip = (
        '"',
        "'",
        "also",
        "now",
        "again",
        "all",
        "both",
        "itself",
        "already",
        "still",
        "then",
        "overall",
        "to",
        "be",
        "too",
    )
    index = mark.start - 1
    while index >= clause.start and doc[index].norm_ in skip:
        index -= 1
    return index >= clause.start and doc[index].norm_ in ("is", "was", "are", "were", "'s", "'re", "been", "being")


def ends_there(reading: Reading, index: int) -> bool:
    """Whether the grade is followed by nothing that makes it a verb's or a noun's part ("requires improvement plans")."""
    doc = reading.doc
    while index < len(doc) and doc[index].norm_ in ('"', "'"):
        index += 1
    if index >= len(doc):
        return True
    token = doc[index]
    follows = any(m.id_ == "follower" for m in starting(doc, "judging", index))
    follows = follows or index in timed(doc) or bool(starting(doc, "times", index))
    if token.norm_ == "in":  # "requires improvement in all areas" or "in 2016", but not "in recording"
        follows = index + 1 in timed(doc) or any(
            span.start - index <= 2 for span in reading.spans("areas", token.idx, token.idx + 40)
        )
    return token.is_punct or token.is_space or bool(token.is_sent_start) or follows


def has_subject(reading: Reading, clause: Span, mark: Span) -> bool:
    """Whether the clause up to the grade speaks of a council or of a judgement area (or the grade leads to one)."""
    bare = clause[0].pos_ in ("AUX", "VERB") or clause[0].norm_ in ("which", "who", "that")
    start = reading.sentence(clause.start_char).start_char if bare else clause.start_char
    for group in ("councils", "bodies", "areas", "generic", "inspectorates"):
        if any(span.id_ != "none" for span in reading.spans(group, start, mark.start_char)):
            return True
    ahead = reading.spans("areas", mark.end_char, clause.end_char)
    return any(span.id_ != "none" and span.start - mark.end <= 4 for span in ahead)
