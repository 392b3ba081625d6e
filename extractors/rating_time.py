"""Time: whether the words around a grade make it news or history."""

from spacy.tokens import Doc, Span

from extractors.lexicon import ending, starting
from extractors.rating_syntax import subject_of
from extractors.reading import Reading

ASIDE = 2  # tokens from "adoption, good" to "years ago"
STATING = ("is", "are", "remains", "remain", "'s", "'re")
WHEN_REACH = 5  # tokens from "when" to "last inspected"
ASIDE_REACH = 8  # tokens from ", itself" to its grade
AUXILIARIES = ("had", "has", "have", "having")


def times_of(reading: Reading, clause: Span, before: int, mark: Span, rule: str) -> list[str]:
    """`previous` or `current`, with the word that says so; nothing where the words leave it open.

    `before`: the token from which words belong to this grade and not to one before it.
    """
    if rule == "standing-grade":
        return ["previous", "standing grade"]
    if rule == "left-behind" or _is_no_longer(mark.doc, mark):
        return ["previous", "left behind"]
    if _is_standing(clause, mark):
        return ["previous", "which is"]
    times = [
        time
        for time in [*reading.spans("times", mark.doc[before].idx, clause.end_char), *_when_last(mark.doc, clause.end)]
        if time.id_ not in ("each", "beside", "since")
        and not _is_the_former(time)
        and not _is_in_aside(time, mark)
        and not (rule == "kept" and time.start > mark.start)  # "keeps the 'good' that it was given then"
        and (time.end <= mark.start or _is_close_after(time, mark))
    ]
    nearest = min(times, key=lambda time: _distance(time, mark), default=None)
    if nearest is not None and not _is_over(clause, nearest, mark):
        return ["previous", "then", nearest.text] if nearest.id_ == "then" else [nearest.id_, nearest.text]
    aux = [
        token.norm_
        for token in mark.doc[clause.start : mark.start]
        if token.pos_ == "AUX" and token.norm_ in AUXILIARIES
    ]
    if aux:
        return ["previous" if aux[-1] == "had" else "current", aux[-1]]
    return ["moved to"] if rule == "moved-to" else _tense(clause, mark, rule)


def _tense(clause: Span, mark: Span, rule: str) -> list[str]:
    """`previous` for what is counted from ("since it was rated inadequate"), `present` for what is told in the present tense
    ("its leadership is outstanding", "adoption requires improvement").
    """
    told = rule == "verb-requires" and (
        not mark.doc[mark.start - 1].is_quote
        or subject_of(mark[0]) is not None  # not "had risen to 'requires improvement'"
    )
    words = mark.doc[clause.start : mark.start + told]
    verbs = [token for token in words if token.tag_ in ("VBZ", "VBP", "VBD") and token.norm_ not in AUXILIARIES]
    if not verbs:
        return []
    if verbs[-1].tag_ == "VBD":
        return ["previous", "since"] if clause[0].norm_ == "since" and clause[0].pos_ == "SCONJ" else []
    return ["present", verbs[-1].text] if verbs[-1].norm_ in STATING or verbs[-1].i == mark.start else []


def opening(clause: Span, parts: list[Span], last: int) -> int:
    """The token from which words may tell a grade's time: its clause, and the one before where a colon leads from it."""
    start = clause.start
    if clause[0].norm_ == ":":
        start = next((part.start for part in parts if part.end == clause.start), start)
    return max(start, last)


def _is_the_former(time: Span) -> bool:
    """Whether "the former" stands for the first of two and is no time: "in the former, leadership was 'good'"."""
    doc = time.doc
    stands = time.text.lower() == "former" and time.start and doc[time.start - 1].norm_ == "the"
    return bool(stands) and (time.end == len(doc) or doc[time.end].pos_ in ("PUNCT", "VERB", "AUX", "ADP"))


def _is_standing(clause: Span, mark: Span) -> bool:
    """Whether a relative clause in the present tense tells the grade in force, or an aside after a name: "Essex, which is
    (remains) 'outstanding'", "Essex, itself rated outstanding, …".
    """
    if _is_of_itself(mark):
        return True
    if clause[0].norm_ not in ("which", "who"):
        return False
    words = [token.norm_ for token in clause.doc[clause.start : mark.start]]
    standing = ("is", "are", "remains", "remain", "stays")
    return any(word in standing for word in words[:3]) and "now" not in words


def _is_of_itself(mark: Span) -> bool:
    """Whether a grade stands in an aside that "itself" opens: "Essex, itself (now) rated outstanding, was her choice"."""
    doc = mark.doc
    opening = next(
        (i for i in range(mark.start - 1, max(mark.start - ASIDE_REACH, 0), -1) if doc[i].norm_ == ","), None
    )
    return opening is not None and doc[opening + 1].norm_ in ("itself", "themselves")


def _is_close_after(time: Span, mark: Span) -> bool:
    """Whether a word of time after the grade still belongs to it: no auxiliary of another verb, and beyond a comma only where
    it opens a phrase of its own: "a row of 'good' grades, all told, at its last inspection".
    """
    if time[0].norm_ in AUXILIARIES or time[-1].norm_ == "after":  # "'good', three years after it was 'inadequate'"
        return False
    own = time[0].norm_ == "at" and time.doc[time.start - 1].norm_ == ","
    return own or "," not in mark.doc[mark.end : time.start].text


def _when_last(doc: Doc, end: int) -> list[Span]:
    """The words of time of a clause that "when" opens right behind a clause of one sentence: "… when Ofsted last gave its
    judgment", "… when it was last inspected".
    """
    if end >= len(doc) or doc[end].is_sent_start or doc[end].norm_ != "when":
        return []
    here = starting(doc, "times", *range(end, end + WHEN_REACH))
    return [time for time in here if time.id_ == "previous" and time[0].norm_ in ("when", "last", "previously")]


def _is_in_aside(time: Span, mark: Span) -> bool:
    """Whether a word of time ends an aside before the grade, behind which the verb follows: "adoption, good years ago, was …"."""
    after = time.doc[time.end : time.end + 2]
    if time.end >= mark.start - 1 or after[0].norm_ != "," or after[1].pos_ not in ("AUX", "VERB"):
        return False
    between = (
        time.doc[g.end : time.start] for g in ending(time.doc, "grades", *range(time.start - ASIDE, time.start + 1))
    )
    return any(all(token.pos_ not in ("PUNCT", "CCONJ") for token in gap) for gap in between)


def _is_over(clause: Span, time: Span, mark: Span) -> bool:
    """Whether a verb in the perfect comes between an earlier time and the grade: "… seven years ago has collected a 'good'"."""
    between = mark.doc[max(time.end, clause.start) : mark.start]
    return time.id_ == "previous" and any(t.tag_ in ("VBZ", "VBP") and t.norm_ in AUXILIARIES for t in between)


def _distance(time: Span, mark: Span) -> int:
    """Tokens between a word of time and the grade; words before the grade count as nearer."""
    return mark.start - time.end if time.end <= mark.start else time.start - mark.end + 4


def _is_no_longer(doc: Doc, mark: Span) -> bool:
    """Whether words beside the grade make it the earlier one: "is 'inadequate' no longer", "no longer rated 'inadequate'"."""
    before = ending(doc, "judging", *range(mark.start - 4, mark.start + 1))
    after = starting(doc, "judging", *range(mark.end, mark.end + 3))
    return any(m.text.lower() == "no longer" for m in before + after) or any(m.id_ == "left_after" for m in after)
