"""Areas: which judgement areas each grade of a sentence is said of.

A linear model of grade and area (places, parse, words between), learnt from the gold of `corpus/practice`, was tried beside
these rules: on 68 articles by unseen writers it found six true ratings more and four false ones, of 495.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from spacy.tokens import Span

from extractors.clause import FINITE
from extractors.date_grammar import timed, words
from extractors.lexicon import ending, starting
from extractors.rating_claim import RELATIVE, Claim, area_ids, label_end
from extractors.rating_list import lists_of
from extractors.rating_owner import LEAD_IN, owner_of
from extractors.rating_relative import is_measured
from extractors.rating_syntax import HEIGHT, subject_of, verb_with_subject
from extractors.reading import Reading
from extractors.segment import MAX_GAP, clause_at, is_glue

ONLY_ONE_GAP = 6  # "care leavers is the only one in which …"
PLACES = ("first_of_two", "second_of_two")
EXCEPT = "not:"  # before an area that a grade leaves out
GAPPED = 10  # tokens from a grade to one that takes up its statement
OPENING = 4  # tokens before the areas that a sentence opens with


def with_areas(reading: Reading, sentence: Span, parts: list[Span], judged: list[Claim]) -> Iterator[Claim]:
    """The claims of a sentence, each with the lists of areas that it is said of."""
    runs = [part for run in lists_of(reading, sentence) for part in _divided(run, judged)]
    owned: dict[int, list[list[Span]]] = {index: [] for index in range(len(judged))}
    labels = {label_end(reading.doc, c.span): index for index, c in enumerate(judged) if c.rule == "labelled-grade"}
    for run in runs:
        if run[-1].end in labels:
            owned[labels[run[-1].end]].append(run)
            continue
        if _is_held_before(reading, run):
            continue
        owner = owner_of(reading, parts, run, judged, owned)
        if owner is None or _is_passed_by(reading, judged[owner], run):
            continue
        if not _is_dated_apart(reading, judged[owner], owned[owner], run):
            owned[owner].append(run)
    owned = {index: _without_names(reading, mine) for index, mine in owned.items()}
    moves = [index for index, (left, right) in enumerate(pairwise(judged)) if _is_move(left, right)]
    # "from 'inadequate' to 'good' for leadership"
    owned |= {index: owned[index] or owned[index + 1] for index in moves}
    paired = _respective(reading, sentence, judged, runs) | _former_and_latter(judged, runs)
    opening = runs[0] if runs and runs[0][0].start - sentence.start <= OPENING and not _is_aside(parts, runs[0]) else []
    given: list[tuple[str, ...]] = []
    for index, claim in enumerate(judged):
        if index in paired:
            cues = () if "former" in claim.cues else claim.cues  # "the former" is no time
            given.append((paired[index].id_,))
            yield replace(claim, areas=given[-1], cues=cues)
            continue
        ids = _without_exceptions(reading, owned[index])
        if claim.grade in RELATIVE and is_measured(reading, claim.span):
            ids = tuple(id for id in ids if id != "overall") or area_ids(opening)
        if not ids and index and _takes_up(reading, judged[index - 1], claim, owned[index - 1]):
            ids = given[-1]
        if ids and owned[index] and _is_added(reading, claim.span, owned[index][0][0]):
            ids = tuple(
                dict.fromkeys((*(area_ids(_antecedent(reading, parts, claim.span, runs)) or ("overall",)), *ids))
            )
        if not ids and (antecedent := _antecedent(reading, parts, claim.span, runs)):
            ids = area_ids(antecedent)
        if not ids and (pair := _both(reading, parts, claim.span, runs)):
            ids = area_ids(pair)
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
        if not ids and claim.rule not in ("standing-grade", "labelled-council"):
            ids = area_ids(_subject(claim.span, runs))
        given.append(ids)
        yield replace(claim, areas=ids)
    yield from _said_again(reading, runs, owned, judged)


def _without_names(reading: Reading, runs: list[list[Span]]) -> list[list[Span]]:
    """The lists of a grade without the one that names its inspection, where it has others: "under the programme of safeguarding
    inspections, adoption was 'good'", "an inspection of safeguarding and adoption concluded that safeguarding was 'good'".
    """
    named = [starting(reading.doc, "kinds", run[-1].end) + _inspections_of(reading, run) for run in runs]
    others = [run for run, kinds in zip(runs, named, strict=True) if all(kind.id_ != "inspection" for kind in kinds)]
    return others or runs


def _inspections_of(reading: Reading, run: list[Span]) -> list[Span]:
    """What is named as an inspection of some areas: "an inspection of (the borough's) safeguarding and adoption services"."""
    doc, index = reading.doc, run[0].start
    while index > 1 and doc[index - 1].pos_ in ("DET", "PRON", "ADJ", "PART", "PROPN"):
        index -= 1
    return ending(doc, "kinds", index - 1) if doc[index - 1].norm_ in ("of", "into") else []


def _divided(run: list[Span], judged: list[Claim]) -> list[list[Span]]:
    """A list cut before its last member, where that has a grade right behind it and the others one right before them:
    "safeguarding 'good' overall and children in care 'adequate'".
    """
    doc, start, end = run[0].doc, run[0].start, run[-1].end
    gaps = (doc[claim.span.end : start] for claim in judged if claim.span.end <= start)
    led = any(all(token.is_quote or token.norm_ in LEAD_IN for token in gap) for gap in gaps)
    ahead = next((token.i for token in doc[end : end + 2] if not token.is_quote), None)
    return [run[:-1], run[-1:]] if len(run) > 1 and led and any(c.span.start == ahead for c in judged) else [run]


def _is_held_before(reading: Reading, run: list[Span]) -> bool:
    """Whether a list only says of what a grade was held before: "the 'good' that it was first awarded for safeguarding"."""
    start = run[0].start
    marks = [m for m in ending(reading.doc, "clauses", *range(start - MAX_GAP, start + 1)) if m.id_ == "as_before"]
    return bool(marks) and is_glue(reading, marks[-1].end, start)


def _subject(mark: Span, runs: list[list[Span]]) -> list[Span]:
    """The areas that are the subject of the verb that a grade hangs on ("its leadership, though new, has come down to 'good'"),
    that its object stands for ("inspectors who looked at care leavers rated them 'good'"), or that open its clause with "for"
    ("for its leaders, who are new, the council was awarded 'good'").
    """
    verb = verb_with_subject(mark.root)
    subject = subject_of(verb) if verb else None
    if verb is None or subject is None:
        return []
    children = list(islice(verb.children, HEIGHT))
    seen = [run for run in runs if any(t.dep_ == "relcl" and t.head == subject for t in run[0].root.ancestors)]
    if len(seen) == 1 and any(child.norm_ == "them" for child in children):
        return seen[0]
    opened = [
        each for link in children if link.norm_ == "for" and link.i < verb.i for each in islice(link.children, HEIGHT)
    ]
    heads = [head for head in (*opened, subject) if head.i < verb.i]
    heads += [each for link in subject.rights if link.norm_ in ("for", "to") for each in islice(link.children, HEIGHT)]
    held = (run for head in heads for run in runs if any(area.start <= head.i < area.end for area in run))
    return next(held, [])


def _takes_up(reading: Reading, before: Claim, claim: Claim, mine: list[list[Span]]) -> bool:
    """Whether a grade is of the areas of the one before it: "went from 'good' to 'inadequate'", "'good' (once 'inadequate')"."""
    gap = _gap(before, claim)
    times = reading.spans("times", before.span.end_char, claim.span.start_char)
    aside = gap[:1] == ["("] and len(gap) <= 1 + sum(len(time) for time in times)
    named = before.grade in RELATIVE and gap in (["at"], [",", "at"], [":"])  # "one step higher, at 'good'"
    return (bool(mine) and (aside or named or _is_move(before, claim))) or _is_gapped(reading, before, claim, mine)


def _is_gapped(reading: Reading, before: Claim, claim: Claim, mine: list[list[Span]]) -> bool:
    """Whether a grade takes up all of the statement before but its council: "Kent was rated good for adoption, Hull inadequate",
    "leadership was good in Kent and in Hull outstanding", "good in Kent, inadequate in Hull".
    """
    last = max([before.span.end, *(run[-1].end for run in mine)])
    gap = reading.doc[last : claim.span.start]
    if not 0 < len(gap) <= GAPPED or reading.spans("areas", gap.start_char, gap.end_char):
        return False
    between = reading.spans("councils", gap.start_char, gap.end_char)
    own = claim.grade == "requires_improvement" and claim.span[0].tag_ in FINITE  # "…, Hull requires improvement"
    return bool(between) and not own and not any(token.tag_ in FINITE for token in gap)


def _is_move(before: Claim, claim: Claim) -> bool:
    """Whether two grades are the ends of one move: "from 'requires improvement' to 'good'"."""
    gap = _gap(before, claim)
    return {"left-behind", "moved-to"} == {before.rule, claim.rule} and len(gap) <= 2 and gap[-1:] in (["to"], ["from"])


def _gap(before: Claim, claim: Claim) -> list[str]:
    """The words between two grades, without quotation marks."""
    between = before.span.doc[before.span.end : claim.span.start]
    return [token.norm_ for token in between if token.norm_ not in ('"', "'")]


def _is_passed_by(reading: Reading, claim: Claim, run: list[Span]) -> bool:
    """Whether a list only stands beside a standing grade, which is the council's: "the 'good' authority's leaders were …"."""
    between = reading.doc[claim.span.end : run[0].start] if claim.span.end <= run[0].start else ()
    return claim.rule == "standing-grade" and not any(token.norm_ == "for" for token in between)


def _is_aside(parts: list[Span], run: list[Span]) -> bool:
    """Whether a list stands in a relative clause: "Sutton, where safeguarding was adequate, is now 'good'"."""
    return clause_at(parts, run[0].start)[0].norm_ in ("which", "who", "whose", "where")


def _without_exceptions(reading: Reading, runs: list[list[Span]]) -> tuple[str, ...]:
    """The areas of a grade, those after "except" marked as left out (and the service as a whole meant, if they are all)."""
    excepted = [run for run in runs if _is_excepted(reading, run)]
    kept = area_ids(span for run in runs if run not in excepted for span in run)
    ends = (area.end for run in runs for area in run)
    if excepted or any(m.id_ == "except" for m in starting(reading.doc, "clauses", *ends)):
        kept = tuple("all" if id == "across_the_board" else id for id in kept)
    left_out = tuple(EXCEPT + id for id in area_ids(span for run in excepted for span in run))
    return (*(kept or ("overall",)), *left_out) if left_out else kept


def _is_excepted(reading: Reading, run: list[Span]) -> bool:
    """Whether "except" or the like stands right before a list of areas, or ends the "all" there: "for everything but …"."""
    doc, start = reading.doc, run[0].start
    near = (start, start - 1, start - 2)
    if doc[run[-1].end : run[-1].end + 1].text == "being":  # "in all areas bar one, adoption being good"
        return False
    return any(area.id_ == "all" and area[-1].norm_ == "but" for area in ending(doc, "areas", *near)) or any(
        m.id_ == "except" and m.start >= run[0].sent.start for m in ending(doc, "clauses", *near)
    )


def _is_added(reading: Reading, mark: Span, area: Span) -> bool:
    """Whether "along with" adds an area to a grade said of the council: "found it 'inadequate', along with the board"; so does
    "and its" behind the council: "Bury Council and its safeguarding board were inadequate".
    """
    doc, start = reading.doc, area.start
    if start > 1 and doc[start - 2 : start].text.lower() == "and its" and area.id_ == "lscb":
        return any(ending(doc, group, start - 2) for group in ("councils", "council_traps", "generic"))
    marks = reading.spans("clauses", mark.end_char, area.start_char) if area.start > mark.end else []
    return any(m.id_ == "along_with" and m.start - mark.end <= 2 for m in marks)


def _antecedent(reading: Reading, parts: list[Span], mark: Span, runs: list[list[Span]]) -> list[Span]:
    """The areas that a relative clause or a participle hangs on: "adoption, which was good already", "adoption, deemed good"."""
    clause = clause_at(parts, mark.start)
    if len(clause) > 1 and clause[0].norm_ == "," and clause[1].tag_ in ("VBN", "VBD"):
        return next((run for run in runs if run[-1].end == clause.start), [])
    if clause[0].norm_ not in ("which", "that", "where", "who"):
        return []
    near = [run for run in runs if 0 <= clause.start - run[-1].end <= ONLY_ONE_GAP]
    return near[-1] if near and not _is_of_council(reading, clause, near[-1]) else []


def _is_of_council(reading: Reading, clause: Span, run: list[Span]) -> bool:
    """Whether a relative clause hangs on a council's name and not on the areas before it: "care leavers spoke well of Wigan,
    which was rated good", but "adoption in Wigan, which was rated good".
    """
    named = ending(reading.doc, "councils", clause.start, clause.start - 1)
    if clause[0].tag_ not in ("WDT", "WP") or not named:
        return False
    between = reading.doc[run[-1].end : named[-1].start]
    return len(between) > 1 or any(token.pos_ != "ADP" for token in between)


def _both(reading: Reading, parts: list[Span], mark: Span, runs: list[list[Span]]) -> list[Span]:
    """The two areas named before that "both" means behind one council's name: "… has told Wigan that both are adequate"."""
    doc, clause = mark.doc, clause_at(parts, mark.start)
    words = (m for m in reading.spans("generic", clause.start_char, mark.start_char) if m.text.lower() == "both")
    both = next((m for m in words if doc[m.end].pos_ in ("AUX", "VERB")), None)
    pairs = [run for run in runs if len(run) == 2 and run[-1].end <= clause.start]
    named = reading.spans("councils", clause.start_char, both.start_char) if both is not None else []
    return pairs[-1] if pairs and len(named) == 1 else []


def _lacks_subject(reading: Reading, clause: Span, mark: Span, opening: list[Span]) -> bool:
    """Whether a clause leaves its subject to the areas that open the sentence: "help and protection, …, has gone up to …"."""
    groups = ("councils", "bodies", "areas", "generic")
    spans = [span for group in groups for span in reading.spans(group, clause.start_char, mark.start_char)]
    if _is_of_council(reading, clause, opening):
        return False
    return opening[-1].end <= mark.start and not any(
        span.id_ != "none" and span not in opening and span.text.lower() != "its" for span in spans
    )


def _is_dated_apart(reading: Reading, claim: Claim, mine: list[list[Span]], run: list[Span]) -> bool:
    """Whether a list behind a grade has a date of its own, as the one before it: "for X in May 2012 and for Y in June 2013"."""
    doc, end = reading.doc, run[-1].end
    if not mine or mine[-1][0].start < claim.span.end or run[0].start < mine[-1][-1].end:
        return False
    dated = timed(doc)
    between = {*range(mine[-1][-1].end, run[0].start)}
    return bool(between & dated) and bool({end, end + 1} & dated) and _leads_on(reading, run)


def _leads_on(reading: Reading, run: list[Span]) -> bool:
    """Whether "for" stands shortly before a list."""
    return any(token.norm_ == "for" for token in reading.doc[max(0, run[0].start - 3) : run[0].start])


def _said_again(
    reading: Reading, runs: list[list[Span]], owned: dict[int, list[list[Span]]], judged: list[Claim]
) -> Iterator[Claim]:
    """A grade said again of more areas at another time: "adequate for X in August and, a year before that, for Y"."""
    mine = [run for group in owned.values() for run in group]
    for run in runs:
        left = [index for index, claim in enumerate(judged) if claim.span.end <= run[0].start]
        if run not in mine and left and owned[left[-1]] and _leads_on(reading, run):
            span, last = reading.doc[run[0].start : run[-1].end], owned[left[-1]][-1]
            told = reading.spans("times", reading.doc[last[-1].end - 1].idx, span.start_char)
            if not told and not _is_dated_apart(reading, judged[left[-1]], [last], run):
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


def _respective(reading: Reading, sentence: Span, judged: list[Claim], runs: list[list[Span]]) -> dict[int, Span]:
    """The area of each claim, by its index, paired in order with one list where the sentence says "respectively"."""
    marks = [m for m in reading.spans("clauses", sentence.start_char, sentence.end_char) if m.id_ == "respectively"]
    for mark in marks:
        before = [index for index, claim in enumerate(judged) if claim.span.end <= mark.start]
        for run in runs:
            count = len(run)
            if count > 1 and len(before) >= count and run[-1].end <= judged[before[-count]].span.start:
                return dict(zip(before[-count:], run, strict=True))
        behind = next((run for run in runs if len(run) == 1 and run[0].start >= mark.end), None)
        if behind and len(before) > 1 and is_glue(reading, mark.end, behind[0].start):
            return dict.fromkeys(before, behind[0])  # "'adequate' and 'good' respectively for safeguarding"
    return {}


def _former_and_latter(judged: list[Claim], runs: list[list[Span]]) -> dict[int, Span]:
    """The area of each claim, by its index, said of "the former" or "the latter" of two, or "on the first count"."""
    paired = {}
    for index, claim in enumerate(judged):
        words = [token.norm_ for token in claim.span.doc[max(claim.span.start - 4, 0) : claim.span.start]]
        pairs = [run for run in runs if len(run) == 2 and run[-1].end <= claim.span.start]
        counted = _counted(claim.span)
        for place, word in enumerate(("former", "latter")):
            if pairs and (("the" in words and word in words) or counted == PLACES[place]):
                paired[index] = pairs[-1][place]
    return paired


def _counted(mark: Span) -> str | None:
    """The place in a list that the words behind a grade name: "'adequate' on the first count and 'good' on the second"."""
    doc, start = mark.doc, mark.end + (mark.end < len(mark.doc) and mark.doc[mark.end].is_quote)
    found = next((m for m in starting(doc, "clauses", start) if m.id_ in PLACES), None)
    goes_on = found is not None and found.end < len(doc) and doc[found.end].pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
    return None if found is None or goes_on else str(found.id_)


def pointed(reading: Reading, sentence: Span, before: Span, claim: Claim) -> Claim:
    """The claim with the areas of the sentence before, where a pronoun points back to them: "This received a 'good'".

    "This" and "that" mean its one area, or the one that ends it; "it" and "they" the area that it is about: "In 2018 it was
    adoption that let the side down. It required improvement." Numbers count areas even in the paragraph before.
    """
    claim = _recounted(reading, sentence, before, claim)
    if claim.areas:
        return claim
    if counted := counted_areas(reading, sentence, claim.span.start):
        return replace(claim, areas=counted)
    if reading.block(before.start_char) != reading.block(sentence.start_char):
        return claim
    word = sentence[0].norm_
    if service := _same_service(reading, before, sentence, claim.span):
        return replace(claim, areas=service)
    runs = lists_of(reading, before)
    if word in ("this", "that", "these") and runs:
        ends = len(runs[-1]) == 1 and len(before.doc[runs[-1][-1].end : before.end].text.split()) <= 2
        alone = len(area_ids(area for run in runs for area in run)) == 1
        return replace(claim, areas=area_ids(runs[-1])) if ends or alone else claim
    if word in ("that", "those") and sentence[1].pos_ == "ADP" and len(runs) == 1 == len(area_ids(runs[0])):
        return replace(claim, areas=area_ids(runs[0]))
    if word in ("it", "they") and len(runs) == 1 and _is_about(before, runs[0], plural=word == "they"):
        return replace(claim, areas=area_ids(runs[0]))
    return claim


def _recounted(reading: Reading, sentence: Span, before: Span, claim: Claim) -> Claim:
    """The claim with as many areas as "all three counts" or "both counts" counts, where so many were named just before."""
    all_of = [area for area in reading.spans("areas", sentence.start_char, sentence.end_char) if area.id_ == "all"]
    if claim.areas != ("all",) or not all_of:
        return claim
    numbers = {"both": 2} | {word: int(number) for word, number in words("count").items()}
    count = max((numbers.get(token.norm_, 0) for token in all_of[-1]), default=0)
    near = reading.block(before.start_char) == reading.block(sentence.start_char)
    named = reading.spans("areas", (before if near else sentence).start_char, all_of[-1].start_char)
    ids = area_ids(area for area in named if area.id_ not in ("none", "all", "rest"))
    return replace(claim, areas=ids) if len(ids) == count > 1 else claim


def _same_service(reading: Reading, before: Span, sentence: Span, mark: Span) -> tuple[str, ...]:
    """The one area of the sentence before whose last word "the service" or "the team", which opens a sentence, takes up."""
    noun = sentence[1:2].text.lower() if sentence[0].norm_ in ("the", "this", "that") else ""
    areas = [area for run in lists_of(reading, before) for area in run]
    alone = len(areas) == 1 and areas[0][-1].lower_ == noun and noun in ("service", "team", "work")
    return area_ids(areas) if alone and sentence.start + 2 <= mark.start else ()


def counted_areas(reading: Reading, sentence: Span, index: int) -> tuple[str, ...]:
    """The areas of the sentence before that the opening of one counts: "All three were 'inadequate' in 2023", "Both are 'good'".

    Not where that sentence names several councils, or none of its areas, or another number of them.
    """
    counting = [s for s in starting(reading.doc, "generic", sentence.start) if s.id_ == "several" and s.end <= index]
    before = reading.sentence(max(0, sentence.start_char - 2))
    if not counting or before.start >= sentence.start or counting[0][-1].tag_ == "NNS":
        return ()
    ids = area_ids(area for run in lists_of(reading, before) for area in run)
    number = next((int(words("count")[t.norm_]) for t in counting[0] if t.norm_ in words("count")), 2)
    named = {mark.text for mark in reading.spans("councils", before.start_char, before.end_char)}
    return ids if len(ids) == number and len(named) < number and not {"overall", "all", "rest"} & {*ids} else ()


def _is_about(sentence: Span, run: list[Span], *, plural: bool) -> bool:
    """Whether a sentence is about its areas: "it was adoption that …", or "For its leaders that is …" where they are several."""
    doc = sentence.doc
    cleft = [token.norm_ for token in doc[max(run[0].start - 2, sentence.start) : run[0].start]][-2:] in (
        ["it", "was"],
        ["it", "is"],
    )
    leads = [token.norm_ for token in doc[sentence.start : run[0].start]] in (["for"], ["for", "the"])
    return cleft or (plural and leads)
