"""Owners: which grade of a sentence a list of areas belongs to."""

from spacy.tokens import Span

from extractors.lexicon import ending
from extractors.rating_claim import REACH, Claim
from extractors.rating_syntax import subject_of, verb_with_subject
from extractors.reading import Reading
from extractors.segment import clause_at, is_dash, is_glue

OPENING = 3  # tokens of "When its" before a list
LEAD_IN = ("for", "in", "on", "its", "the", "both")  # from a dash to the areas that it spells out


def owner_of(
    reading: Reading, parts: list[Span], run: list[Span], judged: list[Claim], owned: dict[int, list[list[Span]]]
) -> int | None:
    """Index of the claim that a list of areas belongs to.

    A list that a grade leads into ("good for leadership") is that grade's; else a list goes to the first grade after it in the
    same clause ("leadership was good"), else to the grade before it in the same clause.
    """
    start, end = run[0].start, run[-1].end
    left = [index for index, claim in enumerate(judged) if claim.span.end <= start]
    right = [index for index, claim in enumerate(judged) if claim.span.start >= end]
    if right and judged[right[0]].rule == "bracketed-grade" and judged[right[0]].span.start - end <= 2:
        return right[0]
    last = judged[left[-1]].span.end if left else None
    if last is not None and (
        _is_agent(reading, last, start)
        or _is_likewise(reading, last, start)
        or (not right and _is_subject(reading, last, run))
    ):
        return None
    if left and right and _is_elliptic(reading, judged[left[-1]].span, run, judged[right[0]].span):
        return right[0]
    if left and (
        _leads_into(reading, judged[left[-1]].span.end, start)
        or _is_spelt_out(reading, judged[left[-1]].span.end, start)
    ):
        ahead = judged[right[0]].span if right else None
        if ahead is None or _is_noun_for(reading, judged[left[-1]].span, start) or not _leads(reading, end, ahead):
            return left[-1]
    clause = clause_at(parts, start)
    if right and _is_of_another(reading, run, judged[right[0]].span):
        return None
    if right and clause_at(parts, judged[right[0]].span.start) == clause:
        return right[0]
    if right and (
        _is_resumed(parts, clause, clause_at(parts, judged[right[0]].span.start))
        or (
            not left
            and clause[0].norm_ not in ("which", "who", "where")
            and _is_apposed(reading, parts, end, judged[right[0]].span)
        )
    ):
        return right[0]
    if (
        not left
        or _is_told_of_noun(judged[left[-1]].span.end, run)
        or _is_subject(reading, judged[left[-1]].span.end, run)
        or _is_of_another_verb(reading, judged[left[-1]].span, run)
    ):
        return None
    mine = [judged[left[-1]].span, *(other[-1] for other in owned[left[-1]])]
    if clause[0].norm_ in ("which", "who") and any(t.norm_ == "," for t in reading.doc[mine[-1].end : start]):
        return None  # "worse for safeguarding, which was adequate, than for its looked-after children"
    near = [span for span in mine if clause_at(parts, span.start) == clause and 0 <= start - span.end <= REACH]
    return left[-1] if near else None


def _is_agent(reading: Reading, end: int, start: int) -> bool:
    """Whether a list behind a grade is what a participle says brought it about: "'inadequate', dragged there by leadership"."""
    gap = reading.doc[end:start]
    plain = [token for token in gap if token.pos_ not in ("DET", "PRON")]
    return bool(plain) and plain[-1].norm_ == "by" and any(token.pos_ == "VERB" for token in plain)


def _is_of_another(reading: Reading, run: list[Span], mark: Span) -> bool:
    """Whether the verb of a grade has a council behind the list as its own subject, and the list another verb.

    "Its leaders were praised as the council climbed to 'good'": but not "for leadership the council was 'good'".
    """
    verb = verb_with_subject(mark.root)
    subject = subject_of(verb) if verb else None
    own = verb_with_subject(run[0].root)
    if subject is None or subject.i < run[-1].end or subject.pos_ == "PRON" or own in (verb, None):
        return False
    if run[0].sent[0].tag_ == "WRB" and run[0].start - run[0].sent.start <= OPENING:
        return False  # "When safeguarding was last assessed, the county was 'good'"
    if verb is not None and any(token.dep_ == "relcl" and token.head.head == own for token in (verb, *verb.ancestors)):
        return False  # "care leavers were the one group for whom the council was 'inadequate'"
    named = reading.spans("councils", run[-1].end_char, mark.start_char)
    named += [span for span in reading.spans("generic", run[-1].end_char, mark.start_char) if span.id_ == "one"]
    return any(span.start <= subject.i < span.end for span in named)


def _is_told_of_noun(end: int, run: list[Span]) -> bool:
    """Whether a list is what brought about a noun behind the grade: "'inadequate', a verdict that was settled by adoption"; but
    not "'inadequate', a verdict that covers adoption".
    """
    doc, start = run[0].doc, run[0].start
    clauses = (t for t in run[0].root.ancestors if t.dep_ in ("relcl", "acl") and t.tag_ == "VBN")
    found = (clause for clause in clauses if end < clause.head.i < clause.i < start)
    return any("by" in [token.norm_ for token in doc[clause.i : start]] for clause in found)


def _is_of_another_verb(reading: Reading, mark: Span, run: list[Span]) -> bool:
    """Whether a list behind a grade belongs to a verb with a subject of its own: "'good', and they saw change in adoption"."""
    verb = verb_with_subject(run[0].root)
    subject = subject_of(verb) if verb else None
    if verb is None or subject is None or verb.pos_ != "VERB" or verb.dep_ == "relcl" or subject.pos_ != "NOUN":
        return False
    between = mark.end <= subject.left_edge.i and subject.i < run[0].start
    return between and not is_glue(reading, mark.end, run[0].start)


def _is_noun_for(reading: Reading, mark: Span, start: int) -> bool:
    """Whether a grade used as a noun leads into a list: "the 'outstanding' for care leavers sat beside 'good' for adoption"."""
    doc = reading.doc
    gap = [token.norm_ for token in doc[mark.end : start] if token.norm_ not in ('"', "'")]
    before = [token.norm_ for token in doc[max(0, mark.start - 2) : mark.start] if token.norm_ not in ('"', "'")]
    return gap[:1] == ["for"] and len(gap) <= 2 and before[-1:] in (["the"], ["an"], ["a"], ["its"], ["their"])


def _is_subject(reading: Reading, end: int, run: list[Span]) -> bool:
    """Whether a list behind a grade begins a statement of its own: "'inadequate', its leaders faulted for …"."""
    doc, after = reading.doc, run[-1].end
    if after >= len(doc) or not (doc[after].pos_ == "AUX" or doc[after].tag_ in ("VBD", "VBN", "VBZ", "VBP")):
        return False
    marks = reading.spans("clauses", doc[end].idx, run[0].start_char)
    gap = [token.norm_ for token in doc[end : run[0].start] if not token.is_quote]
    return ("," in gap or "that" in gap or gap[:1] == ["and"]) and not any(
        mark.id_ in ("so_was", "along_with") for mark in marks
    )


def _is_likewise(reading: Reading, end: int, start: int) -> bool:
    """Whether "and so was" leads to a list, which then borrows the grade before it (`rating_relative.borrowed`)."""
    return any(
        m.id_ == "so_was" and end <= m.start for m in ending(reading.doc, "clauses", start, start - 1, start - 2)
    )


def _is_elliptic(reading: Reading, left: Span, run: list[Span], right: Span) -> bool:
    """Whether "and" leads to a list and nothing from it to its grade: "'good', and those for care leavers 'outstanding'"; or
    no more than a move: "and the others down a peg from 'outstanding' to 'good'".
    """
    lead = [t.norm_ for t in reading.doc[left.end : run[0].start] if t.norm_ not in ('"', "'", ")")]
    gap = [t.norm_ for t in reading.doc[run[-1].end : right.start] if t.norm_ not in ('"', "'")]
    if gap[:1] in (["up"], ["down"]) and gap[-1] == "from":
        return "and" in lead[-2:]
    return lead[:1] in ([","], ["and"]) and gap in ([], ["as"])


def _is_resumed(parts: list[Span], clause: Span, other: Span) -> bool:
    """Whether a clause holds the subject of another, from which an aside parts it: "its leaders, though new, were good"."""
    index = parts.index(other)
    if not index or other[0].pos_ not in ("AUX", "VERB") or other.doc[other.start - 1].norm_ != ",":
        return False
    asides = ("which", "who", "whose", "where", "when", "having", "(", "-", "–", "—")
    before = [part for part in parts[:index] if part[0].norm_ not in asides]
    return bool(before) and before[-1] == clause


def _leads_into(reading: Reading, end: int, start: int) -> bool:
    """Whether a grade leads into a list: "good for …", "'outstanding' support for …"; a mere comma or "and" does not."""
    gap = [token for token in reading.doc[end:start] if token.norm_ not in ('"', "'")]
    return is_glue(reading, end, start) and (
        not gap or gap[0].norm_ not in (",", "and") or any(t.pos_ == "ADP" for t in gap[1:2])
    )


def _is_spelt_out(reading: Reading, end: int, start: int) -> bool:
    """Whether a colon leads from a grade to the list of its areas: "'inadequate' on four counts: overall, for leadership …"."""
    doc = reading.doc
    gap = [token for token in doc[end:start] if token.norm_ not in ('"', "'")]
    if len(gap) > REACH:
        return False
    dashes = [index for index, token in enumerate(gap) if is_dash(doc, token.i) or token.norm_ == "("]
    spelt = bool(dashes) and all(token.norm_ in LEAD_IN for token in gap[dashes[-1] + 1 :])
    return spelt or ":" in [token.norm_ for token in gap[-3:]]


def _leads(reading: Reading, end: int, mark: Span) -> bool:
    """Whether the words after a list are a verb that leads to the next grade: "leadership was good"."""
    gap = [
        t
        for t in reading.doc[end : mark.start]
        if not t.is_punct and t.norm_ not in ("which", "who", "both", "all", "also", "each")
    ]
    if end == mark.start and mark.id_ == "requires_improvement" and mark[0].tag_ in ("VBD", "VBZ", "VBP"):
        return True
    verbal = bool(gap) and gap[0].pos_ in ("AUX", "VERB") and "by" not in [token.norm_ for token in gap[1:2]]
    return verbal and len(gap) <= REACH and not reading.spans("areas", gap[0].idx, mark.start_char)


def _is_apposed(reading: Reading, parts: list[Span], end: int, mark: Span) -> bool:
    """Whether only a short aside stands between a list and its grade: "help and protection, however, requires improvement"."""
    gap = reading.doc[end : mark.start]
    return (
        len(gap) <= 8
        and not reading.spans("councils", gap.start_char, gap.end_char)
        and gap.text.count(",") in (0, 2)
        and ";" not in gap.text
    )
