"""A sentence cut into clauses: the stretches within which a grade, its areas, its council and its date belong together."""

from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from extractors.lexicon import HELD, starting
from extractors.reading import Reading

LEAD = 5  # tokens in which the subject of a clause is looked for
MAX_GAP = 9  # tokens between two members of one list, or between a grade and its area


def clauses(reading: Reading, sentence: Span) -> list[Span]:
    """The clauses of a sentence, in order; together they cover it.

    Boundaries are words and punctuation of `lexicons/clauses.toml`, and dashes that stand alone. A pair of dashes or
    brackets around a list ("three councils - Kent, Southwark - have") is cut too: readers join what they need.
    """
    starts = {sentence.start}
    names = [
        span
        for group in ("areas", "kinds", "times", "grades")
        for span in reading.spans(group, sentence.start_char, sentence.end_char)
    ]
    for mark in reading.spans("clauses", sentence.start_char, sentence.end_char):
        if (
            mark.id_ == "boundary"
            and not _is_acronym(sentence.doc, mark.start)
            and not _is_particle(sentence.doc, mark)
            and not _is_manner(sentence.doc, mark)
            and not any(name.start < mark.start < name.end for name in names)
        ):
            starts.add(mark.start)
    starts |= {index for index in range(sentence.start, sentence.end) if is_dash(sentence.doc, index)}
    areas = {token.i for name in names if name.label_ == "areas" for token in name}  # "looked-after" is no verb
    starts |= _resumed(sentence, starts) - areas
    edges = [*sorted(starts), sentence.end]
    return [sentence.doc[a:b] for a, b in pairwise(edges) if b > a]


def _is_acronym(doc: Doc, index: int) -> bool:
    """Whether a bracket only holds initials: "Bournemouth, Christchurch and Poole (BCP) is good"."""
    inside = doc[index + 1] if doc[index].text == "(" and index + 2 < len(doc) else doc[max(0, index - 1)]
    return doc[index].text in ("(", ")") and inside.text.isupper() and len(inside.text) <= 6


def _is_particle(doc: Doc, mark: Span) -> bool:
    """Whether "up from" and the like belong to a verb, or "yet" is an adverb: "adoption had come down from 'outstanding'",
    "it looks after children", "none has yet been rated".
    """
    if not mark.start:
        return False
    before = doc[mark.start - 1]
    if mark.text.lower() == "yet":
        return before.pos_ in ("AUX", "PART") or before.norm_ == "as"
    if mark.text.lower() == "after":
        return before.norm_ in ("look", "looks", "looked", "looking")
    return len(mark) > 1 and mark[0].head.i == before.i and before.pos_ == "VERB"


def _is_manner(doc: Doc, mark: Span) -> bool:
    """Whether "which" only belongs to a noun phrase that says how: "the way in which they protect children"."""
    before = [token.norm_ for token in doc[max(0, mark.start - 2) : mark.start]]
    return mark.text.lower() == "which" and before in (["way", "in"], ["manner", "in"], ["extent", "to"])


def _resumed(sentence: Span, starts: set[int]) -> set[int]:
    """Where the main clause goes on after an aside in commas: "the City, which has 11 wards, was good"."""
    doc = sentence.doc
    opened = False
    found = set()
    for token in sentence[1:]:
        if token.i in starts:
            link = token.i - 1 - (token.tag_ in ("WDT", "WP") and doc[token.i - 1].tag_ in ("IN", "TO"))  # ", to which"
            opened = opened or "," in (token.norm_, doc[link].norm_)  # "…, rated good after a visit in May, is …"
        elif opened and token.norm_ == "," and _goes_on(sentence, token.i + 1):
            found.add(token.i + 1)
            opened = False
    return found


def _goes_on(sentence: Span, start: int) -> bool:
    """Whether a verb stands behind a comma, or the subject of the main verb: "for its leaders, who were new, the council …"."""
    doc = sentence.doc
    if start < sentence.end and doc[start].pos_ in ("AUX", "VERB"):
        return True
    subject = next((t for t in doc[start : min(start + LEAD, sentence.end)] if t.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.left_edge.i == start and subject.head.dep_ == "ROOT"


def is_dash(doc: Doc, index: int) -> bool:
    """Whether the token is a dash that stands alone, not a hyphen."""
    return index in _dashes(doc)


@lru_cache(maxsize=HELD)
def _dashes(doc: Doc) -> frozenset[int]:
    """The dashes of a document that stand alone: a hyphen between two spaces, a longer one behind a space."""
    apart = {token.i for token in doc[:-1] if token.whitespace_}  # tokens with a space behind them
    longer = {token.i for token in doc if token.text in ("–", "—")}
    hyphens = {token.i for token in doc if token.text == "-" and token.whitespace_}
    return frozenset(index for index in longer | hyphens if index - 1 in apart)


def clause_at(parts: list[Span], index: int) -> Span:
    """The clause that holds a token."""
    return next((part for part in parts if part.start <= index < part.end), parts[-1])


def is_glue(reading: Reading, start: int, end: int) -> bool:
    """Whether the tokens from `start` to `end` are no more than what joins a list: commas, quotes, "and", "for its" …"""
    if end - start > MAX_GAP:
        return False
    doc = reading.doc
    held = {token.i for token in doc[start:end] if token.is_punct or token.is_space or token.norm_ in ("'", '"')}
    if any(token.norm_ in (";", ":", ".") or is_dash(doc, token.i) for token in doc[start:end]):
        return False
    for mark in starting(doc, "clauses", *range(start, end)):
        if mark.id_ == "glue" and mark.end <= end:
            held |= set(range(mark.start, mark.end))
    return all(index in held for index in range(start, end))


def hedges(reading: Reading, start: int, end: int) -> list[Span]:
    """The hedges between two character offsets, without the month of May ("a week in May have graded")."""
    found = reading.spans("hedges", start, end)
    return [mark for mark in found if mark[0].text != "May" or mark[0].is_sent_start]
