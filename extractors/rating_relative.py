"""Relative grades: those said by reference to another ("the same grade", "one lower", "so was adoption")."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from spacy.tokens import Span

from extractors.date_grammar import timed
from extractors.lexicon import starting
from extractors.rating_claim import GRADES, REACH, RELATIVE, Claim, area_ids
from extractors.reading import Reading
from extractors.segment import clause_at, is_glue

LADDER = ("outstanding", "good", "requires_improvement", "inadequate")
OLD_LADDER = ("outstanding", "good", "adequate", "inadequate")
FAR = 150  # tokens from a grade to words that refer back to it
NEAR = 5  # tokens from "has kept" to the grade, and from there to "that it was given"
SOON = 8  # tokens in which "as it had been" is dated
PRONOUNS = ("it", "this", "that")
DOING = ("do", "does", "did")
ECHOES = (
    ("was", "were"),
    ("is", "are", "requires", "require"),
    ("has", "have"),
    (*DOING, "requires", "require", "required"),
)
"""Verbs that one auxiliary takes up: "was rated good. So was …"."""
STEPS = {"one_lower": 1, "two_lower": 2, "one_higher": -1, "two_higher": -2}
NEW_SCALE = "2013-11"  # the single inspection framework replaced "adequate" by "requires improvement"


def borrowed(reading: Reading, sentence: Span, parts: list[Span], claims: list[Claim]) -> Iterator[Claim]:
    """Claims that borrow a grade: "and so was adoption", "as it had been in 2014"; a sentence may open with such words."""
    for mark in reading.spans("clauses", sentence.start_char, sentence.end_char):
        before = [claim for claim in claims if claim.span.end <= mark.start]
        opens = mark.start == sentence.start  # "The same goes for adoption": of the sentence before
        if (mark.id_ == "so_was" and (before or opens)) or (mark.id_ == "covers" and _is_verdict(mark)):
            yield from _likewise(reading, sentence, parts, mark, before)
        elif mark.id_ == "is_too" and (areas := _told_likewise(reading, sentence, mark)) and not claims:
            yield Claim(mark, "same", "so-was", areas=area_ids(areas))
        elif before and _names_time(mark) and (mark.id_ == "as_before" or _is_kept(reading, before[-1], mark)):
            yield from _as_before(reading, sentence, mark, before[-1])


def _likewise(reading: Reading, sentence: Span, parts: list[Span], mark: Span, before: list[Claim]) -> Iterator[Claim]:
    """The grade said again of the areas behind "so was", or of the council there: "and so does Sheffield"."""
    doc = reading.doc
    end = clause_at(parts, mark.end).end if mark.end < sentence.end else mark.end
    areas = [a for a in reading.spans("areas", mark.end_char) if a.id_ != "none" and a.end <= end]
    said = next((claim for claim in reversed(before) if claim.rule != "left-behind"), None)
    cues = tuple(cue for cue in said.cues if cue != "quoted") if said else ()
    grade = said.grade if said and said.grade in GRADES else "same"
    claim = Claim(mark, grade, "so-was", _whole(said.areas) if said else (), cues)
    if areas:
        yield replace(claim, areas=area_ids(areas))
    elif said or mark.start == sentence.start:
        if said and mark[-1].norm_ in DOING and said.grade != "requires_improvement":
            return
        behind = [s for group in ("councils", "generic") for s in starting(doc, group, mark.end, mark.end + 1)]
        if any(span.id_ != "none" for span in behind):
            yield claim


def _told_likewise(reading: Reading, sentence: Span, mark: Span) -> list[Span]:
    """The areas that make up a sentence with "is too" behind them, or nothing: "Leadership is too."."""
    areas = [a for a in reading.spans("areas", sentence.start_char, mark.start_char) if a.id_ != "none"]
    whole = bool(areas) and is_glue(reading, sentence.start, areas[0].start) and areas[-1].end == mark.start
    ends = all(token.is_punct for token in mark.doc[mark.end : sentence.end])
    return areas if whole and ends else []


def taken_up(claim: Claim, before: Span | None, claims: list[Claim]) -> Claim | None:
    """The claim, with the times of the one that it takes up; None where "So has Halton" opens a sentence and takes up no grade.

    It is the grade that ends the sentence before, told with the same verb: not "… was good. Its staff are busy. So is Halton".
    """
    mark = claim.span
    if claim.rule != "so-was" or claim.areas or not mark.start or not mark[0].is_sent_start:
        return claim
    last = claims[-1] if claims and before is not None and claims[-1].span.start >= before.start else None
    if last is None or before is None:
        return None
    words = {token.norm_ for token in before.doc[before.start : last.span.end]}
    said = any(mark[-1].norm_ in echo and words & set(echo) for echo in ECHOES)
    cues = tuple(cue for cue in last.cues if cue != "quoted")
    return replace(claim, areas=_whole(last.areas), cues=cues) if said else None


def _whole(areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that another council's grade covers, too, where they are those of the whole: "on all counts. So is Hull"."""
    return areas if {"overall", "all"} & {*areas} else ()


def _is_verdict(mark: Span) -> bool:
    """Whether a verdict is what covers more areas: "The verdict, made public yesterday, covers leadership"."""
    subjects = [token for token in mark[0].children if token.dep_ in ("nsubj", "nsubjpass")]
    if mark[0].norm_.startswith(("extend", "appli")) and any(t.is_sent_start and t.norm_ in PRONOUNS for t in subjects):
        return True
    return any(
        (any(m.id_ == "noun" for m in starting(mark.doc, "judging", token.i)) or token.norm_ in ("word", "description"))
        and any(child.norm_ in ("the", "this", "that", "same") or child.dep_ == "poss" for child in token.children)
        for token in subjects
    )


def _as_before(reading: Reading, sentence: Span, mark: Span, claim: Claim) -> Iterator[Claim]:
    """The grade held before, of those areas of the claim that were named until then: "good overall, as it was in 2012, …"."""
    said = area_ids(a for a in reading.spans("areas", sentence.start_char, mark.start_char) if a.id_ != "none")
    behind = [a for a in reading.spans("areas", mark.end_char, sentence.end_char) if a.id_ != "none"][:1]
    if behind and is_glue(reading, mark.end, behind[0].start):  # "that it was first awarded for safeguarding in 2010"
        areas = area_ids(behind)
    else:
        areas = tuple(area for area in claim.areas if area in said)
    yield replace(claim, span=mark, grade="same", rule="as-before", areas=areas, cues=("previous", mark.text))


def _is_kept(reading: Reading, claim: Claim, held: Span) -> bool:
    """Whether a grade is one that is kept, shortly before it: "has held on to the 'good' that it was given in 2018"."""
    doc, start = reading.doc, claim.span.start
    near = doc[max(claim.span.sent.start, start - NEAR)].idx
    kept = any(mark.id_ == "kept" for mark in reading.spans("judging", near, doc[start].idx))
    return held.id_ == "as_held" and kept and held.start - claim.span.end <= NEAR


def _names_time(mark: Span) -> bool:
    """Whether words, or those behind them, tell a time: a date, a number, "before", or "first"; behind "as in" a date alone."""
    dated, words = timed(mark.doc), ("before", "previously", "then", "first")
    if mark[-1].norm_ == "in":
        return mark.end in dated
    tokens = mark.doc[mark.start : mark.end + SOON]
    return any(token.i in dated or token.like_num or token.norm_ in words for token in tokens)


def resolved(reading: Reading, claims: list[Claim]) -> Iterator[Claim]:
    """The claims with relative grades ("the same grade", "second lowest") made absolute by the scale and the grade before."""
    ladder = _ladder(reading, claims)
    ordered = sorted(claims, key=lambda claim: claim.span.start)
    before: list[Claim] = []
    for claim, following in zip_longest(ordered, ordered[1:]):
        grade: str | None = claim.grade
        if claim.grade in RELATIVE:
            named = following is not None and _is_named_next(reading, claim, following)
            base = following.grade if following is not None and named else _base(reading, claim, before)
            grade = _absolute(claim.grade, base, ladder)
        if grade is not None:
            before.append(replace(claim, grade=grade))
            yield before[-1]


def _ladder(reading: Reading, claims: list[Claim]) -> tuple[str, ...]:
    """The scale that an article's grades are of: the old one before 2013, or where "adequate" is its only middle."""
    grades = {claim.grade for claim in claims}
    old = (reading.article.published or "9999") < NEW_SCALE or "adequate" in grades
    return OLD_LADDER if old and "requires_improvement" not in grades else LADDER


def _base(reading: Reading, claim: Claim, before: list[Claim]) -> str | None:
    """The grade that a relative one is measured by: the news of its own sentence, else an earlier grade told there, else the
    news last told; "the same as the council as a whole" goes by the overall grade.
    """
    news = [one for one in before if "previous" not in one.cues or "which is" in one.cues] or before[:1]
    whole = [one for one in news if not one.areas or "overall" in one.areas]
    if whole and is_measured(reading, claim.span):
        return whole[-1].grade
    sentence = reading.sentence(claim.span.start_char)
    near = [one for one in before if one.span.start >= sentence.start]
    fresh = [one for one in near if one in news]
    told = fresh or near or news
    return told[-1].grade if told and claim.span.start - told[-1].span.end <= FAR else None


def is_measured(reading: Reading, mark: Span) -> bool:
    """Whether a relative grade is measured by the whole service: "the same mark as the service as a whole"."""
    end = mark.end - 1 if mark[-1].norm_ == "with" else mark.end
    after = reading.doc[end : end + 6]
    if not len(after) or after[0].norm_ not in ("as", "than", "with"):
        return False
    groups = ("areas", "generic")
    spans = [span for group in groups for span in reading.spans(group, after.start_char, after.end_char + 20)]
    return any(span.id_ in ("overall", "one") for span in spans)


def _is_named_next(reading: Reading, claim: Claim, following: Claim) -> bool:
    """Whether a colon leads from "the same grade" to its name."""
    gap = reading.doc[claim.span.end : following.span.start]
    if claim.span.sent != following.span.sent:
        return False
    return (
        claim.grade == "same" and following.grade in GRADES and len(gap) <= REACH and any(t.norm_ == ":" for t in gap)
    )


def _absolute(relative: str, said: str | None, ladder: tuple[str, ...]) -> str | None:
    """The grade that a relative one stands for; None where it can't be told."""
    if relative == "second_lowest":
        return ladder[-2]
    if relative == "second_highest":
        return ladder[1]
    if said is None or said not in ladder or relative == "same":
        return said
    index = ladder.index(said) + STEPS[relative]
    return ladder[index] if 0 <= index < len(ladder) else None
