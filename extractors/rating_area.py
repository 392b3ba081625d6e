"""Areas: which judgement areas each grade of a sentence is said of."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from extractors.rating_claim import REACH, RELATIVE, Claim, area_ids, areas_between
from extractors.rating_relative import is_measured
from extractors.reading import Reading
from extractors.segment import clause_at, is_dash, is_glue

ONLY_ONE_GAP = 6  # "care leavers is the only one in which …"
EXCEPT = "not:"  # before an area that a grade leaves out
LEAD_IN = ("for", "in", "on", "its", "the", "both")  # from a dash to the areas that it spells out
OPENING = 4  # tokens before the areas that a sentence opens with


def with_areas(reading: Reading, sentence: Span, parts: list[Span], judged: list[Claim]) -> Iterator[Claim]:
    """The claims of a sentence, each with the lists of areas that it is said of."""
    runs = _runs(reading, sentence)
    owned: dict[int, list[list[Span]]] = {index: [] for index in range(len(judged))}
    for run in runs:
        owner = _owner(reading, parts, run, judged, owned)
        if owner is not None:
            owned[owner].append(_cut(reading, run, judged[owner].span))
    paired = _respective(reading, sentence, judged, runs) | _former_and_latter(judged, runs)
    opening = runs[0] if runs and runs[0][0].start - sentence.start <= OPENING and not _is_aside(parts, runs[0]) else []
    for index, claim in enumerate(judged):
        if index in paired:
            yield replace(claim, areas=(paired[index].id_,))
            continue
        ids = _without_exceptions(reading, owned[index])
        if claim.grade in RELATIVE and is_measured(reading, claim.span):
            ids = tuple(id for id in ids if id != "overall") or area_ids(opening)
        if ids and owned[index] and _is_added(reading, claim.span, owned[index][0][0]):
            ids = tuple(dict.fromkeys(("overall", *ids)))
        if not ids and (antecedent := _antecedent(parts, claim.span, runs)):
            ids = area_ids(antecedent)
        if (
            not ids
            and opening
            and opening[-1].end <= claim.span.start
            and (
                _lacks_subject(reading, clause_at(parts, claim.span.start), claim.span, opening)
                or _is_pronoun_of(reading, sentence, parts, claim.span, opening)
            )
        ):
            ids = area_ids(opening)
        yield replace(claim, areas=ids)
    yield from _said_again(reading, runs, owned, judged)


def _is_aside(parts: list[Span], run: list[Span]) -> bool:
    """Whether a list stands in a relative clause: "Sutton, where safeguarding was adequate, is now 'good'"."""
    return clause_at(parts, run[0].start)[0].norm_ in ("which", "who", "whose", "where")


def _without_exceptions(reading: Reading, runs: list[list[Span]]) -> tuple[str, ...]:
    """The areas of a grade, those after "except" marked as left out (and the service as a whole meant, if they are all)."""
    excepted = [run for run in runs if _is_excepted(reading, run)]
    kept = area_ids(span for run in runs if run not in excepted for span in run)
    left_out = tuple(EXCEPT + id for id in area_ids(span for run in excepted for span in run))
    return (*(kept or ("overall",)), *left_out) if left_out else kept


def _is_excepted(reading: Reading, run: list[Span]) -> bool:
    """Whether "except" or the like stands right before a list of areas, or ends the "all" there: "for everything but …"."""
    before = [area for area in reading.doc.spans["areas"] if area.id_ == "all" and area[-1].norm_ == "but"]
    return any(0 <= run[0].start - area.end <= 2 for area in before) or any(
        m.id_ == "except" and 0 <= run[0].start - m.end <= 2 for m in reading.doc.spans["clauses"]
    )


def _runs(reading: Reading, sentence: Span) -> list[list[Span]]:
    """Areas of the sentence, those of one list together."""
    measures = [m for m in reading.spans("grades", sentence.start_char, sentence.end_char) if m.id_ in RELATIVE]
    areas = [
        span
        for span in reading.spans("areas", sentence.start_char, sentence.end_char)
        if span.id_ != "none" and not any(m.start <= span.start < m.end for m in measures)
    ]
    runs: list[list[Span]] = []
    for area in areas:
        if (
            runs
            and runs[-1][-1][-1].norm_ != "but"
            and _joins(reading, runs[-1][-1].end, area.start)
            and not _turns(reading, runs[-1][-1].end, area.start)
        ):
            runs[-1].append(area)
        else:
            runs.append([area])
    return [kept for index, run in enumerate(runs) if (kept := _without_range(run, runs[:index]))]


def _without_range(run: list[Span], before: list[list[Span]]) -> list[Span]:
    """A list without what only spells out "all": "on every measure that it used, from adoption to leadership"."""
    told = any(area.id_ == "all" for other in before for area in other)
    words = [run[0].doc[area.start - 1].norm_ for area in run[:2]]
    return run[2:] if told and words == ["from", "to"] else run


def _joins(reading: Reading, start: int, end: int) -> bool:
    """Whether two areas belong to one list: glue stands between them, or glue around an aside in dashes."""
    if is_glue(reading, start, end) or _is_along_with(reading, start, end):
        return True
    dashes = [token.i for token in reading.doc[start:end] if is_dash(reading.doc, token.i)]
    return len(dashes) == 2 and is_glue(reading, start, dashes[0]) and is_glue(reading, dashes[1] + 1, end)


def _is_along_with(reading: Reading, start: int, end: int) -> bool:
    """Whether "along with", and glue, stand between two areas: "its leaders, along with its adoption work"."""
    marks = [m for m in reading.doc.spans["clauses"] if m.id_ == "along_with" and start <= m.start and m.end <= end]
    return bool(marks) and is_glue(reading, start, marks[0].start) and is_glue(reading, marks[0].end, end)


def _turns(reading: Reading, start: int, end: int) -> bool:
    """Whether "as did", "so were" stands between two areas, so that the second has a statement of its own."""
    return any(m.id_ == "so_was" and m.start < end and m.end > start for m in reading.doc.spans["clauses"])


def _cut(reading: Reading, run: list[Span], mark: Span) -> list[Span]:
    """A list after its grade without a last member that begins a clause of its own: "good for leadership, and adoption was …"."""
    last = run[-1]
    goes_on = last.end < len(reading.doc) and reading.doc[last.end].pos_ == "AUX"
    return run[:-1] if mark.end <= run[0].start and len(run) > 1 and goes_on else run


def _is_added(reading: Reading, mark: Span, area: Span) -> bool:
    """Whether "along with" adds an area to a grade said of the council: "found it 'inadequate', along with the board"."""
    marks = reading.spans("clauses", mark.end_char, area.start_char) if area.start > mark.end else []
    return any(m.id_ == "along_with" and m.start - mark.end <= 2 for m in marks)


def _antecedent(parts: list[Span], mark: Span, runs: list[list[Span]]) -> list[Span]:
    """The areas that a relative clause hangs on: "adoption, which was good already"."""
    clause = clause_at(parts, mark.start)
    if clause[0].norm_ not in ("which", "that", "where"):
        return []
    near = [run for run in runs if 0 <= clause.start - run[-1].end <= ONLY_ONE_GAP]
    return near[-1] if near else []


def _lacks_subject(reading: Reading, clause: Span, mark: Span, opening: list[Span]) -> bool:
    """Whether a clause leaves its subject to the areas that open the sentence: "help and protection, …, has gone up to …"."""
    groups = ("councils", "bodies", "areas", "generic")
    spans = [span for group in groups for span in reading.spans(group, clause.start_char, mark.start_char)]
    return opening[-1].end <= mark.start and not any(
        span.id_ != "none" and span not in opening and span.text.lower() != "its" for span in spans
    )


def _said_again(
    reading: Reading, runs: list[list[Span]], owned: dict[int, list[list[Span]]], judged: list[Claim]
) -> Iterator[Claim]:
    """A grade said again of more areas at another time: "adequate for X in August and, a year before that, for Y"."""
    mine = [run for group in owned.values() for run in group]
    for run in runs:
        left = [index for index, claim in enumerate(judged) if claim.span.end <= run[0].start]
        before = reading.doc[run[0].start - 3 : run[0].start]
        if run not in mine and left and owned[left[-1]] and any(token.norm_ == "for" for token in before):
            span = reading.doc[run[0].start : run[-1].end]
            if not reading.spans("times", reading.doc[owned[left[-1]][-1][-1].end - 1].idx, span.start_char):
                continue
            yield replace(judged[left[-1]], span=span, rule="said-again", areas=area_ids(run))


def _is_pronoun_of(reading: Reading, sentence: Span, parts: list[Span], mark: Span, opening: list[Span]) -> bool:
    """Whether "it" stands for the area that opens the sentence: "Help and protection is the odd one out, since it is 'good'"."""
    clause = clause_at(parts, mark.start)
    doc, end = reading.doc, opening[-1].end
    words = [token.norm_ for token in doc[clause.start : mark.start]]
    named = reading.spans("councils", sentence.start_char, mark.start_char)
    heads = doc[sentence.start : opening[0].start].text.lower() in ("", "the", "its")
    return heads and not named and doc[end].pos_ in ("AUX", "VERB") and len(opening) == 1 and "it" in words[:2]


def _owner(
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
    if left and _is_subject(reading, judged[left[-1]].span.end, run) and not right:
        return None
    if left and not right and _is_likewise(reading, judged[left[-1]].span.end, start):
        return None
    if left and right and _is_elliptic(reading, judged[left[-1]].span, run, judged[right[0]].span):
        return right[0]
    if left and (
        _leads_into(reading, judged[left[-1]].span.end, start)
        or _is_spelt_out(reading, judged[left[-1]].span.end, start)
    ):
        ahead = judged[right[0]].span if right else None
        if ahead is None or not _leads(reading, end, ahead):
            return left[-1]
    clause = clause_at(parts, start)
    if right and clause_at(parts, judged[right[0]].span.start) == clause:
        return right[0]
    if right and (
        _is_resumed(parts, clause, clause_at(parts, judged[right[0]].span.start))
        or (not left and _is_apposed(reading, parts, end, judged[right[0]].span))
    ):
        return right[0]
    if not left or _is_subject(reading, judged[left[-1]].span.end, run):
        return None
    mine = [judged[left[-1]].span, *(other[-1] for other in owned[left[-1]])]
    if clause[0].norm_ in ("which", "who") and any(t.norm_ == "," for t in reading.doc[mine[-1].end : start]):
        return None  # "worse for safeguarding, which was adequate, than for its looked-after children"
    near = [span for span in mine if clause_at(parts, span.start) == clause and 0 <= start - span.end <= REACH]
    return left[-1] if near else None


def _is_likewise(reading: Reading, end: int, start: int) -> bool:
    """Whether "and so was" leads to a list, which then borrows the grade before it (`rating_relative.borrowed`)."""
    return any(m.id_ == "so_was" and end <= m.start and 0 <= start - m.end <= 2 for m in reading.doc.spans["clauses"])


def _is_elliptic(reading: Reading, left: Span, run: list[Span], right: Span) -> bool:
    """Whether "and" leads to a list and nothing from it to its grade: "rated 'good', and those for care leavers 'outstanding'"."""
    lead = [t.norm_ for t in reading.doc[left.end : run[0].start] if t.norm_ not in ('"', "'")]
    gap = [t.norm_ for t in reading.doc[run[-1].end : right.start] if t.norm_ not in ('"', "'")]
    return lead[:1] in ([","], ["and"]) and gap in ([], ["as"])


def _is_subject(reading: Reading, end: int, run: list[Span]) -> bool:
    """Whether a list behind a grade begins a statement of its own: "'inadequate', its leaders faulted for …"."""
    doc, after = reading.doc, run[-1].end
    if after >= len(doc) or not (doc[after].pos_ == "AUX" or doc[after].tag_ in ("VBD", "VBN", "VBZ", "VBP")):
        return False
    marks = reading.spans("clauses", doc[end].idx, run[0].start_char)
    return any(token.norm_ in (",", "that") for token in doc[end : run[0].start]) and not any(
        mark.id_ in ("so_was", "along_with") for mark in marks
    )


def _is_resumed(parts: list[Span], clause: Span, other: Span) -> bool:
    """Whether a clause holds the subject of another, from which an aside parts it: "its leaders, though new, were good"."""
    index = parts.index(other)
    if not index or other[0].pos_ not in ("AUX", "VERB") or other.doc[other.start - 1].norm_ != ",":
        return False
    asides = ("which", "who", "whose", "having", "(", "-", "–", "—")
    before = [part for part in parts[:index] if part[0].norm_ not in asides]
    return bool(before) and before[-1] == clause


def _leads_into(reading: Reading, end: int, start: int) -> bool:
    """Whether a grade leads into a list: "good for …", "'outstanding' support for …"; a mere comma or "and" does not."""
    gap = [token for token in reading.doc[end:start] if token.norm_ not in ('"', "'")]
    return is_glue(reading, end, start) and (
        not gap or gap[0].norm_ not in (",", "and") or any(t.pos_ == "ADP" for t in gap)
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
    verbal = bool(gap) and gap[0].pos_ in ("AUX", "VERB") and "by" not in [token.norm_ for token in gap[1:2]]
    return verbal and len(gap) <= REACH and not reading.spans("areas", gap[0].idx, mark.start_char)


def _is_apposed(reading: Reading, parts: list[Span], end: int, mark: Span) -> bool:
    """Whether only a short aside stands between a list and its grade: "help and protection, however, requires improvement"."""
    gap = reading.doc[end : mark.start]
    return (
        len(gap) <= 8 and not reading.spans("councils", gap.start_char, gap.end_char) and gap.text.count(",") in (0, 2)
    )


def _respective(reading: Reading, sentence: Span, judged: list[Claim], runs: list[list[Span]]) -> dict[int, Span]:
    """The area of each claim, by its index, paired in order with one list where the sentence says "respectively"."""
    marks = [m for m in reading.spans("clauses", sentence.start_char, sentence.end_char) if m.id_ == "respectively"]
    for mark in marks:
        before = [index for index, claim in enumerate(judged) if claim.span.end <= mark.start]
        for run in runs:
            count = len(run)
            if count > 1 and len(before) >= count and run[-1].end <= judged[before[-count]].span.start:
                return dict(zip(before[-count:], run, strict=True))
    return {}


def _former_and_latter(judged: list[Claim], runs: list[list[Span]]) -> dict[int, Span]:
    """The area of each claim, by its index, said of "the former" or "the latter" of two."""
    paired = {}
    for index, claim in enumerate(judged):
        words = [token.norm_ for token in claim.span.doc[max(claim.span.start - 4, 0) : claim.span.start]]
        pairs = [run for run in runs if len(run) == 2 and run[-1].end <= claim.span.start]
        for place, word in enumerate(("former", "latter")):
            if pairs and "the" in words and word in words:
                paired[index] = pairs[-1][place]
    return paired


def pointed(reading: Reading, sentence: Span, before: Span, claim: Claim) -> Claim:
    """The claim with the areas of the sentence before, where a pronoun points back to them: "This received a 'good'".

    "This" and "that" mean its one area, or the one that ends it; "it" and "they" the area that it is about: "In 2018 it was
    adoption that let the side down. It required improvement."
    """
    if claim.areas:
        return claim
    word = sentence[0].norm_
    runs = _runs(reading, before)
    if word in ("this", "that", "these") and runs:
        ends = len(runs[-1]) == 1 and len(before.doc[runs[-1][-1].end : before.end].text.split()) <= 2
        alone = len(area_ids(area for run in runs for area in run)) == 1
        return replace(claim, areas=area_ids(runs[-1])) if ends or alone else claim
    if word in ("it", "they") and len(runs) == 1 and _is_about(before, runs[0], plural=word == "they"):
        return replace(claim, areas=area_ids(runs[0]))
    return claim


def _is_about(sentence: Span, run: list[Span], *, plural: bool) -> bool:
    """Whether a sentence is about its areas: "it was adoption that …", or "For its leaders that is …" where they are several."""
    doc = sentence.doc
    cleft = [token.norm_ for token in doc[max(run[0].start - 2, sentence.start) : run[0].start]][-2:] in (
        ["it", "was"],
        ["it", "is"],
    )
    leads = [token.norm_ for token in doc[sentence.start : run[0].start]] in (["for"], ["for", "the"])
    return cleft or (plural and leads)
