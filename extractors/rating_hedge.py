"""Hedges: what keeps a grade word from being a judgement of a council's children's services."""

from itertools import islice, pairwise

from spacy.tokens import Span, Token

from extractors.rating_claim import REACH, stands_alone_in_quotes
from extractors.rating_syntax import HEIGHT, SUBJECTS, bearer_of, subject_of, verb_with_subject
from extractors.reading import Reading
from extractors.segment import hedges, is_dash
from extractors.topic import objects_of, services_of, subject_object

COMPLEMENTS = (
    "acomp",
    "oprd",
    "attr",
    "xcomp",
    "ccomp",
    "dobj",
    "pobj",
    "conj",
    "ROOT",
)  # what leads up to the verb of a grade
PIECES = (
    "assessment",
    "planning",
    "health_education",
    "management_oversight",
    "quality_assurance",
)  # themes that are no area
SPARED = 2  # tokens from "escaped the" to the grade
LONG = 60  # characters of the name of an area


def hedge_of(reading: Reading, sentence: Span, clause: Span, mark: Span) -> str | None:
    """The word that keeps a grade from being a judgement of these services, or None."""
    start, end = clause.start_char, clause.end_char
    ceiling = any(m.id_ == "ceiling" for m in reading.spans("judging", start, mark.start_char))
    named = max((span.end for span in reading.spans("councils", start, mark.start_char)), default=-1)
    anywhere = bool(reading.spans("councils", sentence.start_char, sentence.end_char))
    if named < 0 and not anywhere and (general := _in_general(reading, sentence, clause, mark)):
        return general
    if _is_infinitive(reading, clause, mark):
        return "to be"
    areas = reading.spans("areas", start, end)
    for hedge in hedges(reading, sentence.start_char, start):
        if hedge.id_ == "self" and _is_subject_of(hedge, mark):
            return hedge.text
    for hedge in hedges(reading, start, end):
        if any(area.start <= hedge.start < area.end for area in areas):
            continue  # "every grade that Ofsted could give"
        before = hedge.end <= mark.start
        if 0 <= mark.start - hedge.end < SPARED and _takes(reading, clause, hedge):
            return hedge.text
        if before and hedge.id_ == "count" and _is_one_of(hedge):
            continue
        if hedge.id_ in ("statistic", "count") and (named < hedge.start if before else not anywhere):
            return hedge.text
        if hedge.id_ in ("partial", "negated") and before and mark.start - hedge.end <= 5:
            return hedge.text
        if (
            hedge.id_ == "plural"
            and not _is_the_one(reading, hedge[1], mark)
            and (not anywhere or _is_described(hedge, mark))
        ):
            return hedge.text
        if (
            hedge.id_ in ("hypothetical", "self", "rule_after")
            and before
            and mark.start - hedge.end <= REACH
            and not ceiling
        ):
            return hedge.text
        if hedge.id_ == "rule_after" and 0 <= hedge.start - mark.end <= 2:
            return hedge.text
    return (
        _is_for_doing(reading, sentence, mark)
        or _of_some_council(reading, mark)
        or _of_practice(reading, mark)
        or _of_a_thing(reading, mark)
        or _other_object(reading, sentence, clause, mark)
    )


def _is_for_doing(reading: Reading, sentence: Span, mark: Span) -> str | None:
    """What a grade is said of that is no known area: "lost its top grade for protecting others from harm"."""
    doc, index = mark.doc, mark.end
    while index < sentence.end and doc[index].is_quote:
        index += 1
    doing = doc[index + 1 : index + 2]
    if doc[index : index + 1].text.lower() != "for" or not len(doing) or doing[0].tag_ != "VBG":
        return None
    named = reading.spans("areas", doing.start_char, doing.start_char + LONG)
    return None if any(span.start - doing.start <= 1 for span in named) else str(doing.text)


def _takes(reading: Reading, clause: Span, hedge: Span) -> bool:
    """Whether words right before a grade keep it from an area that escapes it, or speak of the word and of no council or area."""
    if hedge.id_ == "spared":
        return _is_of_area(reading, clause, hedge)
    start, end = clause.sent.start_char, clause.sent.end_char
    said_of = (mark for group in ("councils", "areas") for mark in reading.spans(group, start, end))
    return hedge.id_ == "word" and all(mark.id_ == "none" for mark in said_of)


def _is_of_area(reading: Reading, clause: Span, hedge: Span) -> bool:
    """Whether an area, and no council, stands before words of escape: "care leavers alone escaped the bottom grade"."""
    start = clause.sent.start_char
    named = reading.spans("councils", clause.start_char, hedge.start_char)
    return not named and bool(reading.spans("areas", start, hedge.start_char))


def _is_one_of(hedge: Span) -> bool:
    """Whether one council is counted among others: "the city was one of nine authorities rated as performing poorly"."""
    if "among" in [token.norm_ for token in hedge.doc[max(0, hedge.start - 2) : hedge.start]]:
        return True
    before = [token.norm_ for token in hedge.doc[max(0, hedge.start - 2) : hedge.start + 1]]
    return any(one == "one" and of == "of" for one, of in pairwise(before))


def _is_subject_of(hedge: Span, mark: Span) -> bool:
    """Whether words are the subject of the main verb that a grade hangs on ("its self-evaluation … describes X as good")."""
    verb = next((token for token in (mark.root, *mark.root.ancestors) if token.dep_ == "ROOT"), None)
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")] if verb is not None else []
    return any(child.left_edge.i <= hedge.start <= child.right_edge.i for child in subjects)


def _is_described(hedge: Span, mark: Span) -> bool:
    """Whether a relative clause says the grade of councils at large: "authorities that have been rated good will help Hull"."""
    which = hedge.doc[hedge.end] if hedge.end < mark.start else None
    return which is not None and which.norm_ in ("that", "which", "whose", "who") and mark.start - hedge.end <= REACH


def _is_the_one(reading: Reading, noun: Token, mark: Span) -> bool:
    """Whether "an authority that had been good" is the one spoken of: what is told comes as a shock to it, or is a fall for it.

    "The report makes awkward reading for a council that was 'good'", but not "it was sent to a council that is 'good'".
    """
    link, verb = noun.head, verb_with_subject(noun)
    subject = subject_of(verb) if verb else None
    past = any(token.norm_ in ("had", "was", "were") for token in noun.doc[noun.i : mark.start])
    if link.norm_ not in ("for", "to") or link.head.pos_ not in ("NOUN", "ADJ", "AUX") or not past or subject is None:
        return False
    told = [span for group in ("voices", "judging") for span in reading.spans(group, subject.idx, noun.idx)]
    return subject.norm_ in ("it", "this", "that") or any(
        span.id_ in ("report", "letter", "noun") and span.start <= subject.i < span.end for span in told
    )


def _of_some_council(reading: Reading, mark: Span) -> str | None:
    """A council without a name whose grade is only told to describe it: "came from a council that had been 'outstanding'"."""
    clause = next((token for token in islice(mark.root.ancestors, HEIGHT) if token.dep_ == "relcl"), None)
    noun = clause.head if clause is not None else None
    if noun is None or noun.dep_ != "pobj" or not any(child.norm_ in ("a", "an", "another") for child in noun.lefts):
        return None
    bears = any(
        span.start <= noun.i < span.end and span.id_ == "bearer"
        for span in reading.spans("judging", noun.sent.start_char, noun.sent.end_char)
    ) and not any(
        area.start <= noun.i < area.end for area in reading.spans("areas", noun.sent.start_char, noun.sent.end_char)
    )
    return str(noun.text) if bears and not _is_the_one(reading, noun, mark) else None


def _of_practice(reading: Reading, mark: Span) -> str | None:
    """A piece of work, and no judgement area, that the grade is said of: "health assessments of looked-after children were
    judged inadequate".
    """
    up = [mark.root, *islice(mark.root.ancestors, HEIGHT)]
    verb = next((token for token in up if subject_of(token) is not None), None)
    path = up[: up.index(verb)] if verb is not None else []
    subject = subject_of(verb) if verb is not None else None
    if subject is None or any(token.dep_ not in COMPLEMENTS and token.norm_ != "as" for token in path):
        return None
    start, end = mark.sent.start_char, mark.sent.end_char
    work = [s for s in reading.spans("themes", start, end) if s.start <= subject.i < s.end and s.id_ in PIECES]
    known = [s for group in SUBJECTS for s in reading.spans(group, start, end) if s.start <= subject.i < s.end]
    return str(subject.text) if work and all(s.id_ == "none" for s in known) else None


def _of_a_thing(reading: Reading, mark: Span) -> str | None:
    """A thing that is neither a council nor a service, of which "to be" or "require" says the word: "morale was good"."""
    noun = bearer_of(mark)
    verb = next((t for t in (mark.root, mark.root.head) if noun is not None and _is_said_of(t, noun)), None)
    if noun is None or verb is None or noun.pos_ != "NOUN" or verb.lemma_ not in ("be", "require", "need"):
        return None
    if stands_alone_in_quotes(mark) or noun.i > mark.start:
        return None
    start, end = noun.doc[noun.left_edge.i].idx, mark.start_char
    areas = any(area.id_ != "none" for area in reading.spans("areas", start, end))
    named = [s for g in ("councils", "bodies", "generic") for s in reading.spans(g, start, end)]
    named += [m for m in reading.spans("judging", start, end) if m.id_ in ("noun", "bearer")]
    return None if areas or any(span.start <= noun.i < span.end for span in named) else str(noun.text)


def _is_said_of(verb: Token, noun: Token) -> bool:
    """Whether a noun is the subject of a verb, or a relative clause hangs on it whose subject stands for it."""
    subject = subject_of(verb)
    return subject == noun or (subject is not None and subject.tag_ in ("WP", "WDT") and verb.head == noun)


def _is_infinitive(reading: Reading, clause: Span, mark: Span) -> bool:
    """Whether "to be" leads to the grade and no judging word to "to be": "to be 'good', an authority would have to …"."""
    words = [
        token.norm_
        for token in mark.doc[max(clause.start, mark.start - 3) : mark.start]
        if token.norm_ not in ('"', "'")
    ]
    if _is_said(reading, mark):
        return False
    judged = [
        m for m in reading.spans("judging", clause.start_char, mark.start_char) if m.id_ in ("verb", "ceiling", "kept")
    ]
    return words[-2:] in (["to", "be"], ["to", "become"]) and not judged


def _in_general(reading: Reading, sentence: Span, clause: Span, mark: Span) -> str | None:
    """What makes a sentence without a council's name one about councils at large."""
    return _wherever(sentence, clause) or _counted(reading, clause, mark) or _share(reading, clause, mark)


def _share(reading: Reading, clause: Span, mark: Span) -> str | None:
    """A share of many as subject of the grade, whatever parts them: "one in eight of those seen since May was 'inadequate'"."""
    verb = verb_with_subject(mark.root)
    subject = subject_of(verb) if verb else None
    if subject is None or subject.i >= clause.start or subject.sent != mark.sent:
        return None
    shares = hedges(reading, mark.doc[subject.left_edge.i].idx, clause.start_char)
    return next((share.text for share in shares if share.id_ in ("statistic", "count")), None)


def _wherever(sentence: Span, clause: Span) -> str | None:
    """What opens a sentence that holds anywhere: "Where services were good, caseloads were manageable"."""
    return "where" if clause.start == sentence.start and clause[0].norm_ == "where" else None


def _is_said(reading: Reading, mark: Span) -> bool:
    """Whether "to be" hangs on what is said of somebody: "Kent was said in May to be 'good'"."""
    verb = next((token for token in (mark.root, *mark.root.ancestors) if token.dep_ in ("xcomp", "advcl")), None)
    if verb is None or not any(child.dep_ == "auxpass" for child in verb.head.children):
        return False
    told = reading.spans("voices", verb.head.idx, verb.head.idx + len(verb.head))
    return verb.head.norm_ == "said" or any(span.id_ == "reporting" for span in told)


def _counted(reading: Reading, clause: Span, mark: Span) -> str | None:
    """A number as subject of the grade: "10 are said to be performing excellently", "11 councils have been found inadequate".

    Areas may be counted, and councils just named: "the other three areas were inadequate", "all three were good"; and what a
    colon or dash spells out as areas: "Three parts of the service are good: adoption, …".
    """
    if _is_spelt_out(reading, mark):
        return None
    verb = verb_with_subject(mark.root)
    subject = subject_of(verb) if verb else None
    start = min(clause.start_char, subject.doc[subject.left_edge.i].idx) if subject else clause.start_char
    counted = [s for s in reading.spans("generic", start, mark.start_char) if s.id_ in ("several", "others")]
    counted += reading.spans("areas", start, mark.start_char)
    meant = {token.i for span in counted for token in span}
    if subject and subject.tag_ == "NNS" and subject.i not in meant and any(c.dep_ == "nummod" for c in subject.lefts):
        return str(subject.text)
    for token in clause.doc[clause.start : mark.start]:
        if token.norm_ in ("are", "were", "have") and token.i > clause.start:
            before = clause.doc[max(clause.start, token.i - 2) : token.i]
            if before[-1].i in meant:
                continue
            if before[-1].like_num or (before[0].like_num and before[-1].tag_ == "NNS"):
                return str(before.text)
    return None


def _is_spelt_out(reading: Reading, mark: Span) -> bool:
    """Whether a colon or dash behind a grade leads to areas, or to councils."""
    behind = [s for group in ("areas", "councils") for s in reading.spans(group, mark.end_char, mark.sent.end_char)]
    first = min((span.start for span in behind if span.id_ != "none"), default=mark.end)
    lead = mark.doc[max(mark.end, first - SPARED) : first]
    return any(token.norm_ == ":" or is_dash(mark.doc, token.i) for token in lead)


def _other_object(reading: Reading, sentence: Span, clause: Span, mark: Span) -> str | None:
    """The school, home, agency or other thing that the grade is said of, or None.

    It counts where it stands in the grade's own clause, or anywhere in a sentence that names no children's services.
    """
    if (subject := subject_object(reading, sentence)) is not None and _is_subject_of(subject, mark):
        return str(subject.text)
    objects = [span for span in objects_of(reading, sentence) if not _is_aside_of_council(reading, span, mark)]
    if not objects:
        return None
    inside = [span for span in objects if clause.start <= span.start < clause.end]
    services = [span for span in services_of(reading, clause) if span.start < mark.start]
    nearest = max((span.start for span in services), default=-1)
    for span in inside:
        if span.start > nearest or span.start > mark.start:
            return str(span.text)
    return (
        str(objects[0].text)
        if not services and not reading.spans("councils", clause.start_char, mark.start_char)
        else None
    )


def _is_aside_of_council(reading: Reading, thing: Span, mark: Span) -> bool:
    """Whether a thing is only told in a clause that describes the council graded: "Kent, which runs six homes, was good"."""
    bearer = bearer_of(mark)
    if bearer is None or not any(
        s.start <= bearer.i < s.end for s in reading.spans("councils", bearer.sent.start_char, bearer.sent.end_char)
    ):
        return False
    asides = [child for child in islice(bearer.children, HEIGHT) if child.dep_ == "relcl"]
    return any(clause.left_edge.i <= thing.start <= clause.right_edge.i < mark.start for clause in asides)
