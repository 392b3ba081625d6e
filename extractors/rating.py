"""Ratings: which grades an article states, of which areas, and whether as news or as history.

A grade word becomes a rating only where a named rule says why it is a judgement and no hedge stands against it: `Mention.rule`
is that rule, and `Mention.cues` holds what it went by and what the words say of time (`previous`, `current`). Whose grade it is
and of which event is decided when records are assembled.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from spacy.tokens import Doc, Span

from extractors.reading import ROW, Reading
from extractors.segment import clause_at, clauses, hedges, is_dash, is_glue
from extractors.voice import Stretch, voices
from schemas.mention import Mention

GRADES = ("outstanding", "good", "requires_improvement", "adequate", "inadequate")
LADDER = ("outstanding", "good", "requires_improvement", "inadequate")
OLD_LADDER = ("outstanding", "good", "adequate", "inadequate")
RELATIVE = {"second_lowest", "second_highest", "same", "one_lower", "one_higher"}
ANNUAL_YEARS = ("2007", "2013")
NEW_SCALE = "2013-11"  # the single inspection framework replaced "adequate" by "requires improvement"
ONLY_ONE_GAP = 6  # "care leavers is the only one in which …"
SHARED_AREAS = {"all", "overall", "rest", "other", "leadership", "safeguarding", "across_the_board"}  # other services have them too
OPENING = 4  # tokens before the areas that a sentence opens with
REACH = 14  # tokens between a judging word and its grade


@dataclass(frozen=True)
class Claim:
    """One grade word with what was read around it; `areas` in order, empty for the service as a whole."""

    span: Span
    grade: str
    rule: str
    areas: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


def ratings(reading: Reading) -> list[Mention]:
    """Every grade that inspectors gave, as Mentions: id the grade, values the areas (`all`, `rest` and `overall` among them)."""
    stretches = voices(reading)
    claims: list[Claim] = []
    before: Span | None = None
    topic: str | None = None
    story = story_topic(reading)
    for sentence in reading.sentences:
        block = reading.block(sentence.start_char)
        passed, topic = topic, _changed_topic(reading, sentence, topic)
        if block.kind == "heading":
            continue
        if (passed and _stays_on(reading, sentence, passed)) or (story and not _names_areas(reading, sentence)):
            continue
        found = list(_row_claims(reading, sentence) if block.kind == "row" else _claims(reading, sentence))
        if before is not None and reading.block(before.start_char) == block:
            found = [_pointed(reading, sentence, before, claim) for claim in found]
        claims += [claim for claim in found if not _is_response(claim.span, stretches)]
        before = sentence
    return [_mention(reading, claim) for claim in _resolved(reading, claims)]


def _names_areas(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence speaks of children's services in so many words."""
    areas = _areas_between(reading, sentence.start_char, sentence.end_char)
    return bool(set(areas) - SHARED_AREAS) or "children's" in sentence.text.replace("’", "'")


def _pointed(reading: Reading, sentence: Span, before: Span, claim: Claim) -> Claim:
    """The claim with the one area of the sentence before, where "this" points back to it: "This received a rating of 'good'"."""
    areas = _areas_between(reading, before.start_char, before.end_char)
    if claim.areas or len(areas) != 1 or sentence[0].norm_ not in ("this", "that", "these"):
        return claim
    return replace(claim, areas=areas)


def _mention(reading: Reading, claim: Claim) -> Mention:
    span = claim.span
    return reading.mention(
        "rating", claim.grade, span.start_char, span.end_char, rule=claim.rule, values=claim.areas, cues=claim.cues
    )


def _is_response(span: Span, stretches: tuple[Stretch, ...]) -> bool:
    """Whether the words are said by anybody but the inspectorate and the journalist."""
    return any(s.voice == "response" and (s.quoted or s.speaker) and s.start <= span.start_char < s.end for s in stretches)


def is_quoted(doc: Doc, start: int, end: int) -> bool:
    """Whether tokens `start` to `end` alone stand between quotation marks of any style."""
    before = doc[start - 1].norm_ if start else ""
    after = [token.norm_ for token in doc[end : end + 2]]
    return before in ('"', "'", "``") and any(mark in ('"', "'", "''", "'s") for mark in after)


# --- which grade words are judgements -------------------------------------------------------------------------------


def _claims(reading: Reading, sentence: Span) -> Iterator[Claim]:
    """The claims of one sentence of running text, areas attached."""
    parts = clauses(reading, sentence)
    marks = _grade_marks(reading, sentence)
    judged: list[Claim] = []
    for index, mark in enumerate(marks):
        clause = clause_at(parts, mark.start)
        before = max(clause.start, marks[index - 1].end if index else sentence.start)
        graded = _quoted(mark) or _speaks_of_services(reading, sentence)
        rule = _rule(reading, sentence, clause, mark, bool(judged)) if graded else None
        if rule is None or _hedge(reading, sentence, clause, mark):
            continue
        cues = tuple(_times(reading, sentence, clause, before, mark, rule))
        if judged and not cues and is_glue(reading, judged[-1].span.end, mark.start):
            cues = tuple(cue for cue in judged[-1].cues if cue != "quoted")
        judged.append(Claim(mark, mark.id_, rule, cues=(*cues, "quoted") if _quoted(mark) else cues))
    yield from _with_areas(reading, sentence, parts, judged)
    yield from _borrowed(reading, sentence, parts, judged)


def _speaks_of_services(reading: Reading, sentence: Span) -> bool:
    """Whether the sentence names anything that Ofsted could have graded, or the one who grades."""
    return any(
        span.id_ != "none"
        for group in ("councils", "bodies", "areas", "generic", "inspectorates", "kinds")
        for span in reading.spans(group, sentence.start_char, sentence.end_char)
    )


def _grade_marks(reading: Reading, sentence: Span) -> list[Span]:
    """Grade words of the sentence, in order; those of the annual assessments only in their years."""
    start, end = sentence.start_char, sentence.end_char
    marks = [mark for mark in reading.spans("grades", start, end) if mark.id_ not in ("none", "set")]
    if ANNUAL_YEARS[0] <= (reading.article.published or "2010") < ANNUAL_YEARS[1] or reading.spans("grades_annual", start, end):
        marks += [
            mark
            for mark in reading.spans("grades_annual", start, end)
            if not any(mark.start < other.end and other.start < mark.end for other in marks) and _annual(reading, mark)
        ]
    return _without_sets(sorted(marks, key=lambda mark: mark.start))


def _without_sets(marks: list[Span]) -> list[Span]:
    """The marks without those joined by "or" ("'good' or 'outstanding'"), which name no single grade."""
    joined: set[int] = set()
    for first, second in pairwise(marks):
        gap = [token.norm_ for token in first.doc[first.end : second.start] if token.norm_ not in ('"', "'")]
        if gap == ["or"] or (gap == ["and"] and _is_plural_bearer(first.doc, second.end)):
            joined |= {first.start, second.start}
    return [mark for mark in marks if mark.start not in joined]


def _is_plural_bearer(doc: Doc, index: int) -> bool:
    """Whether councils in general follow: "good and outstanding authorities"."""
    while index < len(doc) and doc[index].norm_ in ('"', "'"):
        index += 1
    return any(m.id_ in ("bearer", "noun") and m.start == index and m[-1].tag_ == "NNS" for m in doc.spans["judging"])


def _annual(reading: Reading, mark: Span) -> bool:
    """Whether a word of the annual scale is used as one: said in its years, or told of an annual assessment."""
    told = any(kind.id_ == "annual_assessment" for kind in reading.spans("kinds"))
    if mark.text.lower().startswith("perform"):
        return told or ((reading.article.published or "") < ANNUAL_YEARS[1] and bool(reading.article.published))
    return told


def _quoted(mark: Span) -> bool:
    return is_quoted(mark.doc, mark.start, mark.end)


def _rule(reading: Reading, sentence: Span, clause: Span, mark: Span, company: bool) -> str | None:
    """The name of the rule that makes the grade word a judgement, or None.

    `company`: another judgement was read in the same sentence, so that a bare copula will do.
    """
    doc = reading.doc
    quoted = _quoted(mark)
    if moved := _moved(reading, sentence, mark):
        return moved
    if mark.id_ in RELATIVE:
        return "relative-grade"
    if mark.label_ == "grades_annual":
        return "annual-scale"
    if len(mark) > 1 and mark.id_ in ("outstanding", "inadequate"):
        return "grade-phrase"
    left = [m for m in reading.spans("judging", sentence.start_char, mark.start_char) if mark.start - m.end <= REACH]
    near = [m for m in left if m.start >= clause.start]
    if any(m.id_ == "ceiling" for m in near):
        return "ceiling"
    for judging in reversed(near):
        if judging.id_ in ("verb", "left_behind", "moved_to", "kept") and _reaches(reading, judging, mark, quoted):
            return {"verb": "rated-as", "left_behind": "left-behind", "moved_to": "moved-to", "kept": "kept"}[judging.id_]
    if _is_attributive(reading, mark, quoted):
        return "standing-grade"
    if _beside_noun(reading, mark):
        return "grade-noun"
    if mark.id_ == "requires_improvement":
        return "verb-requires" if _ends_there(reading, mark.end) and _has_subject(reading, clause, mark) else None
    if any(m.id_ in ("verb", "noun") for m in left) and (quoted or company) and not _modifies(doc, mark):
        return "rated-earlier-in-sentence"
    if quoted and _has_subject(reading, clause, mark):
        return "quoted-grade"
    if company and not _modifies(doc, mark):
        return "listed-grade"
    if _copula(doc, clause, mark) and _has_subject(reading, clause, mark) and not _modifies(doc, mark):
        return "copula"
    if mark.start == sentence.start and _ends_there(reading, mark.end):
        return "lead-grade"
    return None


def _moved(reading: Reading, sentence: Span, mark: Span) -> str | None:
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


def _reaches(reading: Reading, judging: Span, mark: Span, quoted: bool) -> bool:
    """Whether the judging word governs the grade: nothing between them that takes its place as the grade's head."""
    doc = reading.doc
    gap = doc[judging.end : mark.start]
    if any(token.is_sent_start and token.i > judging.start for token in gap):
        return False
    if quoted:
        return True
    if _modifies(doc, mark):
        return False
    if judging.id_ == "verb" and judging.text.lower() == "found":
        return len(gap) <= 4 or any(token.norm_ in ("be", "it", "them") for token in gap)
    return True


def _modifies(doc: Doc, mark: Span) -> bool:
    """Whether an unquoted grade word merely describes the noun after it ("good relationships", "an inadequate plan")."""
    if mark.id_ == "requires_improvement" or mark.end >= len(doc):
        return False
    after = doc[mark.end]
    if after.norm_ in ('"', "'") or any(m.id_ in ("follower", "noun") and m.start == mark.end for m in doc.spans["judging"]):
        return False
    return after.pos_ in ("NOUN", "PROPN", "ADJ")


def _beside_noun(reading: Reading, mark: Span) -> bool:
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


def _is_attributive(reading: Reading, mark: Span, quoted: bool) -> bool:
    """Whether the grade stands before a council as its standing grade: "the 'inadequate' council", "good-rated Surrey"."""
    doc = reading.doc
    rest = [token.norm_ for token in doc[mark.end : mark.end + 4]]
    if rest[:2] in (["-", "rated"], ["-", "graded"], ["-", "judged"]):
        return True
    ahead = mark.end + (1 if quoted else 0)
    bears = any(m.id_ == "bearer" and m.start == ahead for m in doc.spans["judging"])
    if bears and doc[ahead].norm_.startswith(("service", "child")):
        return False
    return bears and (quoted or mark.id_ in ("inadequate", "outstanding"))


def _copula(doc: Doc, clause: Span, mark: Span) -> bool:
    """Whether a form of "to be" leads straight to the grade: "adoption was good"."""
    skip = ('"', "'", "also", "now", "again", "all", "both", "itself", "already", "still", "then", "overall", "to", "be", "too")
    index = mark.start - 1
    while index >= clause.start and doc[index].norm_ in skip:
        index -= 1
    return index >= clause.start and doc[index].norm_ in ("is", "was", "are", "were", "'s", "'re", "been")


def _ends_there(reading: Reading, index: int) -> bool:
    """Whether the grade is followed by nothing that makes it a verb's or a noun's part ("requires improvement plans")."""
    doc = reading.doc
    while index < len(doc) and doc[index].norm_ in ('"', "'"):
        index += 1
    if index >= len(doc):
        return True
    token = doc[index]
    follows = any(m.id_ == "follower" and m.start == index for m in doc.spans["judging"])
    if token.norm_ == "in":  # "requires improvement in all areas", but not "in recording"
        follows = any(span.start - index <= 2 for span in reading.spans("areas", token.idx, token.idx + 40))
    return token.is_punct or bool(token.is_sent_start) or follows


def _has_subject(reading: Reading, clause: Span, mark: Span) -> bool:
    """Whether the clause up to the grade speaks of a council or of a judgement area (or the grade leads to one)."""
    bare = clause[0].pos_ in ("AUX", "VERB") or clause[0].norm_ in ("which", "who", "that")
    start = reading.sentence(clause.start_char).start_char if bare else clause.start_char
    for group in ("councils", "bodies", "areas", "generic", "inspectorates"):
        if any(span.id_ != "none" for span in reading.spans(group, start, mark.start_char)):
            return True
    ahead = reading.spans("areas", mark.end_char, clause.end_char)
    return any(span.id_ != "none" and span.start - mark.end <= 4 for span in ahead)


# --- what stands against a judgement --------------------------------------------------------------------------------


def _hedge(reading: Reading, sentence: Span, clause: Span, mark: Span) -> str | None:
    """The word that keeps a grade from being a judgement of these services, or None."""
    start, end = clause.start_char, clause.end_char
    ceiling = any(m.id_ == "ceiling" for m in reading.spans("judging", start, mark.start_char))
    named = max((span.end for span in reading.spans("councils", start, mark.start_char)), default=-1)
    anywhere = bool(reading.spans("councils", sentence.start_char, sentence.end_char))
    for hedge in hedges(reading, start, end):
        before = hedge.end <= mark.start
        if hedge.id_ in ("statistic", "count") and (named < hedge.start if before else not anywhere):
            return hedge.text
        if hedge.id_ == "partial" and before and mark.start - hedge.end <= 5:
            return hedge.text
        if hedge.id_ == "plural" and not anywhere:
            return hedge.text
        if hedge.id_ == "negated" and before and mark.start - hedge.end <= 5:
            return hedge.text
        if hedge.id_ in ("hypothetical", "self", "rule_after") and before and mark.start - hedge.end <= REACH and not ceiling:
            return hedge.text
        if hedge.id_ == "rule_after" and 0 <= hedge.start - mark.end <= 2:
            return hedge.text
    return _other_object(reading, sentence, clause, mark)


def _objects(reading: Reading, sentence: Span) -> list[Span]:
    """The schools, homes, agencies and the like that a sentence speaks of.

    The Care Quality Commission is none where Ofsted stands beside it: the two inspect together.
    """
    objects = [o for o in reading.spans("objects", sentence.start_char, sentence.end_char) if o.id_ != "none"]
    if any(m.id_ == "Ofsted" for m in reading.spans("inspectorates", sentence.start_char, sentence.end_char)):
        objects = [span for span in objects if span.id_ != "adult_care" or span.text.lower().startswith("adult")]
    return objects


def _other_object(reading: Reading, sentence: Span, clause: Span, mark: Span) -> str | None:
    """The school, home, agency or other thing that the grade is said of, or None.

    It counts where it stands in the grade's own clause, or anywhere in a sentence that names no children's services.
    """
    objects = _objects(reading, sentence)
    if not objects:
        return None
    inside = [span for span in objects if clause.start <= span.start < clause.end]
    services = [span for span in _services(reading, clause) if span.start < mark.start]
    nearest = max((span.start for span in services), default=-1)
    for span in inside:
        if span.start > nearest or span.start > mark.start:
            return str(span.text)
    return str(objects[0].text) if not services and not reading.spans("councils", clause.start_char, mark.start_char) else None


def _services(reading: Reading, part: Span) -> list[Span]:
    """The words of a stretch that name children's services, their areas or a council without its name (but not "it")."""
    spans = reading.spans("areas", part.start_char, part.end_char) + reading.spans("generic", part.start_char, part.end_char)
    idle = ("none", "all", "overall", "other", "work", "papers", "indefinite")
    return [span for span in spans if span.id_ not in idle and span.text.lower() not in ("it", "its")]


def _changed_topic(reading: Reading, sentence: Span, topic: str | None) -> str | None:
    """What the text speaks of after a sentence: a thing other than children's services, or None.

    A sentence that names such a thing and no area of children's services turns to it; one that names children's services or a
    council turns back; one that names neither goes on.
    """
    services = _services(reading, sentence)
    objects = _objects(reading, sentence)
    if objects and not services:
        return str(objects[0].id_)
    if services or reading.spans("councils", sentence.start_char, sentence.end_char):
        return None
    return topic


def _stays_on(reading: Reading, sentence: Span, topic: str) -> bool:
    """Whether a sentence goes on about the thing before it: it names no services, nor a council (which other inspectors rate too)."""
    named = reading.spans("councils", sentence.start_char, sentence.end_char)
    return not _services(reading, sentence) and (not named or topic in ("adult_care", "justice"))


def story_topic(reading: Reading) -> str | None:
    """The thing other than children's services that the opening of an article is about, or None.

    Read from its first three sentences, where they name such a thing and none of the areas of children's services.
    """
    if not reading.sentences:
        return None
    opening = reading.doc[reading.sentences[0].start : reading.sentences[:3][-1].end]
    objects = _objects(reading, opening)
    areas = set(_areas_between(reading, 0, opening.end_char)) - SHARED_AREAS
    named = reading.spans("kinds", 0, opening.end_char)
    if not objects or areas or any(kind.id_ not in ("visit", "inspection") for kind in named) or "children's services" in opening.text.lower().replace("’", "'"):
        return None
    return str(objects[0].id_)


# --- what the words say of time -------------------------------------------------------------------------------------


def _times(reading: Reading, sentence: Span, clause: Span, before: int, mark: Span, rule: str) -> list[str]:
    """`previous` or `current`, with the word that says so; nothing where the words leave it open."""
    doc = reading.doc
    if rule == "standing-grade":
        return ["previous", "standing grade"]
    if rule == "left-behind" or _is_left_after(doc, mark):
        return ["previous", "left behind"]
    if clause[0].norm_ in ("which", "who") and any(t.norm_ in ("is", "are") for t in doc[clause.start : clause.start + 3]):
        if not any(t.norm_ == "now" for t in doc[clause.start : mark.start]):
            return ["previous", "which is"]
    times = [time for time in reading.spans("times", clause.start_char, clause.end_char) if time.id_ != "each"]
    times = [
        time
        for time in times
        if time.start >= before
        and (time.end <= mark.start or not (_is_aux(time) or "," in doc[mark.end : time.start].text))
    ]
    if times:
        nearest = min(times, key=lambda time: mark.start - time.end if time.end <= mark.start else (time.start - mark.end) + 4)
        return ["previous", "then", nearest.text] if nearest.id_ == "then" else [nearest.id_, nearest.text]
    aux = [token.norm_ for token in doc[clause.start : mark.start] if token.norm_ in ("had", "has", "have") and token.pos_ == "AUX"]
    if aux:
        return ["previous" if aux[-1] == "had" else "current", aux[-1]]
    return ["moved to"] if rule == "moved-to" else []


def _is_aux(time: Span) -> bool:
    """Whether a mark of time is a verb's auxiliary, which says nothing of what stands before it."""
    return time[0].norm_ in ("has", "have", "had", "having")


def _is_left_after(doc: Doc, mark: Span) -> bool:
    """Whether words after the grade make it the earlier one: "is 'inadequate' no longer"."""
    return any(
        (m.id_ == "left_after" or m.text.lower() == "no longer") and 0 <= m.start - mark.end <= 2 for m in doc.spans["judging"]
    )


# --- areas ----------------------------------------------------------------------------------------------------------


def _runs(reading: Reading, sentence: Span) -> list[list[Span]]:
    """Areas of the sentence, those of one list together."""
    areas = [span for span in reading.spans("areas", sentence.start_char, sentence.end_char) if span.id_ != "none"]
    runs: list[list[Span]] = []
    for area in areas:
        if runs and _joins(reading, runs[-1][-1].end, area.start) and not _turns(reading, runs[-1][-1].end, area.start):
            runs[-1].append(area)
        else:
            runs.append([area])
    return runs


def _joins(reading: Reading, start: int, end: int) -> bool:
    """Whether two areas belong to one list: glue stands between them, or glue around an aside in dashes."""
    if is_glue(reading, start, end):
        return True
    dashes = [token.i for token in reading.doc[start:end] if is_dash(reading.doc, token.i)]
    return len(dashes) == 2 and is_glue(reading, start, dashes[0]) and is_glue(reading, dashes[1] + 1, end)


def _turns(reading: Reading, start: int, end: int) -> bool:
    """Whether "as did", "so were" stands between two areas, so that the second has a statement of its own."""
    return any(m.id_ == "so_was" and m.start < end and m.end > start for m in reading.doc.spans["clauses"])


def _with_areas(reading: Reading, sentence: Span, parts: list[Span], judged: list[Claim]) -> Iterator[Claim]:
    """The claims of a sentence, each with the lists of areas that it is said of."""
    runs = _runs(reading, sentence)
    owned: dict[int, list[list[Span]]] = {index: [] for index in range(len(judged))}
    for run in runs:
        owner = _owner(reading, parts, run, judged)
        if owner is not None:
            owned[owner].append(_cut(reading, run, judged[owner].span))
    if zipped := _respective(reading, sentence, judged, runs):
        yield from zipped
        return
    opening = runs[0] if runs and runs[0][0].start - sentence.start <= OPENING else []
    for index, claim in enumerate(judged):
        ids = _ids(span for run in owned[index] for span in run)
        if claim.grade in RELATIVE and _is_measured(reading, claim.span):
            ids = tuple(id for id in ids if id != "overall") or _ids(opening)
        if ids and owned[index] and _is_added(reading, claim.span, owned[index][0][0]):
            ids = tuple(dict.fromkeys(("overall", *ids)))
        if not ids and (antecedent := _antecedent(parts, claim.span, runs)):
            ids = _ids(antecedent)
        if not ids and opening and _lacks_subject(reading, clause_at(parts, claim.span.start), claim.span, opening):
            ids = _ids(opening)
        yield replace(claim, areas=ids)
    yield from _said_again(reading, runs, owned, judged)


def _cut(reading: Reading, run: list[Span], mark: Span) -> list[Span]:
    """A list after its grade without a last member that begins a clause of its own: "good for leadership, and adoption was …"."""
    last = run[-1]
    goes_on = last.end < len(reading.doc) and reading.doc[last.end].pos_ in ("AUX", "VERB")
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
            yield replace(judged[left[-1]], span=span, rule="said-again", areas=_ids(run))


def _owner(reading: Reading, parts: list[Span], run: list[Span], judged: list[Claim]) -> int | None:
    """Index of the claim that a list of areas belongs to.

    A list that a grade leads into ("good for leadership") is that grade's; else a list goes to the first grade after it in the
    same clause ("leadership was good"), else to the grade before it in the same clause.
    """
    start, end = run[0].start, run[-1].end
    left = [index for index, claim in enumerate(judged) if claim.span.end <= start]
    right = [index for index, claim in enumerate(judged) if claim.span.start >= end]
    if left and (_leads_into(reading, judged[left[-1]].span.end, start) or _is_spelt_out(reading, judged[left[-1]].span.end, start)):
        ahead = judged[right[0]].span if right else None
        if ahead is None or not _leads(reading, end, ahead):
            return left[-1]
    clause = clause_at(parts, start)
    if right and clause_at(parts, judged[right[0]].span.start) == clause:
        return right[0]
    if right and not left and _is_apposed(reading, parts, end, judged[right[0]].span):
        return right[0]
    if left and clause_at(parts, judged[left[-1]].span.start) == clause and start - judged[left[-1]].span.end <= REACH:
        return left[-1]
    return None


def _leads_into(reading: Reading, end: int, start: int) -> bool:
    """Whether a grade leads into a list: "good for …", "'outstanding' support for …"; a mere comma or "and" does not."""
    gap = [token for token in reading.doc[end:start] if token.norm_ not in ('"', "'")]
    return is_glue(reading, end, start) and (not gap or gap[0].norm_ not in (",", "and") or any(t.pos_ == "ADP" for t in gap))


def _is_spelt_out(reading: Reading, end: int, start: int) -> bool:
    """Whether a colon leads from a grade to the list of its areas: "'inadequate' on four counts: overall, for leadership …"."""
    gap = [token for token in reading.doc[end:start] if token.norm_ not in ('"', "'")]
    return bool(gap) and len(gap) <= 7 and any(t.norm_ == ":" for t in gap[-2:]) and not any(t.pos_ == "VERB" for t in gap)


def _leads(reading: Reading, end: int, mark: Span) -> bool:
    """Whether the words after a list are a verb that leads to the next grade: "leadership was good"."""
    gap = [t for t in reading.doc[end : mark.start] if not t.is_punct and t.norm_ not in ("which", "who", "both", "all", "also", "each")]
    return bool(gap) and gap[0].pos_ in ("AUX", "VERB") and len(gap) <= REACH


def _is_apposed(reading: Reading, parts: list[Span], end: int, mark: Span) -> bool:
    """Whether only a short aside stands between a list and its grade: "help and protection, however, requires improvement"."""
    gap = reading.doc[end : mark.start]
    return len(gap) <= 8 and not reading.spans("councils", gap.start_char, gap.end_char) and gap.text.count(",") in (0, 2)


def _respective(reading: Reading, sentence: Span, judged: list[Claim], runs: list[list[Span]]) -> list[Claim]:
    """Claims paired in order with the areas of one list, where the sentence says "respectively"."""
    marks = [m for m in reading.spans("clauses", sentence.start_char, sentence.end_char) if m.id_ == "respectively"]
    for mark in marks:
        before = [claim for claim in judged if claim.span.end <= mark.start]
        for run in runs:
            count = len(run)
            if count > 1 and len(before) >= count and run[-1].end <= before[-count].span.start:
                pairs = zip(before[-count:], run, strict=True)
                paired = [replace(claim, areas=(area.id_,), cues=(*claim.cues, mark.text)) for claim, area in pairs]
                return [claim for claim in judged if claim not in before[-count:]] + paired
    return []


def _row_claims(reading: Reading, row: Span) -> Iterator[Claim]:
    """The claims of a table row: each cell's grade, of the area that the row or the column is headed by."""
    head = _header(reading, row)
    inside = _areas_between(reading, row.start_char, row.end_char)
    for mark in _grade_marks(reading, row):
        if mark.id_ not in GRADES:
            continue
        column = row.text[: mark.start_char - row.start_char].count(ROW)
        start, end = _cell(head, column)
        areas = inside or _areas_between(reading, start, end)
        if areas:
            yield Claim(mark, mark.id_, "table-row", areas)


def _areas_between(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    return _ids(span for span in reading.spans("areas", start, end) if span.id_ != "none")


def _ids(spans: Iterable[Span]) -> tuple[str, ...]:
    """The areas that spans stand for, each once; a joint heading ("care and care leavers") gives both of its own."""
    return tuple(dict.fromkeys(id for span in spans for id in span.id_.split("+")))


def _header(reading: Reading, row: Span) -> tuple[int, str]:
    """Offset and text of the first row of the table that a row stands in."""
    rows = [block for block in reading.blocks if block.start <= row.start_char]
    head = rows[-1]
    for block in reversed(rows):
        if block.kind != "row":
            break
        head = block
    return head.start, reading.article.body[head.start : head.end]


def _cell(head: tuple[int, str], column: int) -> tuple[int, int]:
    """Offsets of a column's cell in the header row."""
    cells = head[1].split(ROW)
    column = min(column, len(cells) - 1)
    start = head[0] + sum(len(cell) + len(ROW) for cell in cells[:column])
    return start, start + len(cells[column])


# --- grades said by reference to others -----------------------------------------------------------------------------


def _borrowed(reading: Reading, sentence: Span, parts: list[Span], judged: list[Claim]) -> Iterator[Claim]:
    """Claims that borrow a grade of the same sentence: "and so was adoption", "as it had been in 2014"."""
    for mark in reading.spans("clauses", sentence.start_char, sentence.end_char):
        before = [claim for claim in judged if claim.span.end <= mark.start]
        opens = mark.start == sentence.start and mark.id_ == "so_was"  # "The same goes for adoption": of the sentence before
        if not (before or opens) or mark.id_ not in ("so_was", "as_before"):
            continue
        clause_end = clause_at(parts, mark.end).end if mark.end < sentence.end else mark.end
        areas = [a for a in reading.spans("areas", mark.end_char, reading.doc[clause_end - 1].idx + 40) if a.id_ != "none"]
        areas = [a for a in areas if a.end <= clause_end]
        if mark.id_ == "so_was" and areas:
            cues = before[-1].cues if before else ()
            yield Claim(mark, "same", "so-was", areas=_ids(areas), cues=cues)
        elif mark.id_ == "as_before" and any(token.like_num or token.norm_ in ("before", "previously", "then") for token in reading.doc[mark.end : mark.end + 6]):
            yield replace(before[-1], span=mark, grade="same", rule="as-before", cues=("previous", mark.text))


def _resolved(reading: Reading, claims: list[Claim]) -> Iterator[Claim]:
    """The claims with relative grades ("the same grade", "second lowest") made absolute by the scale and the grade before.

    "The same as the council as a whole" goes by the overall grade; "in the same category: 'inadequate'" by the grade named next.
    """
    said: str | None = None
    whole: str | None = None
    old = (reading.article.published or "9999") < NEW_SCALE or any(claim.grade == "adequate" for claim in claims)
    old = old and not any(claim.grade == "requires_improvement" for claim in claims)
    ladder = OLD_LADDER if old else LADDER
    ordered = sorted(claims, key=lambda claim: claim.span.start)
    for claim, following in zip_longest(ordered, ordered[1:]):
        grade: str | None = claim.grade
        if grade in RELATIVE:
            base = whole if whole and _is_measured(reading, claim.span) else said
            if following is not None and _is_named_next(reading, claim, following):
                base = following.grade
            grade = _absolute(claim.grade, base, ladder)
        if grade is None:
            continue
        if said is None or "previous" not in claim.cues:
            said = grade
            whole = grade if not claim.areas or "overall" in claim.areas else whole
        yield replace(claim, grade=grade)


def _is_measured(reading: Reading, mark: Span) -> bool:
    """Whether a relative grade is measured by the whole service: "the same mark as the service as a whole"."""
    after = reading.doc[mark.end : mark.end + 6]
    if not len(after) or after[0].norm_ not in ("as", "than"):
        return False
    groups = ("areas", "generic")
    spans = [span for group in groups for span in reading.spans(group, after.start_char, after.end_char + 20)]
    return any(span.id_ in ("overall", "one") for span in spans)


def _is_named_next(reading: Reading, claim: Claim, following: Claim) -> bool:
    """Whether a colon leads from "the same grade" to its name."""
    gap = reading.doc[claim.span.end : following.span.start]
    return claim.grade == "same" and following.grade in GRADES and len(gap) <= REACH and any(t.norm_ == ":" for t in gap)


def _absolute(relative: str, said: str | None, ladder: tuple[str, ...]) -> str | None:
    """The grade that a relative one stands for; None where it can't be told."""
    if relative == "second_lowest":
        return ladder[-2]
    if relative == "second_highest":
        return ladder[1]
    if said is None or said not in ladder or relative == "same":
        return said
    index = ladder.index(said) + (1 if relative == "one_lower" else -1)
    return ladder[index] if 0 <= index < len(ladder) else None
