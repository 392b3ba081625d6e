"""Ratings: which grades an article states, of which areas, and whether as news or as history.

A grade word becomes a rating only where a named rule says why it is a judgement and no hedge stands against it: `Mention.rule`
is that rule, and `Mention.cues` holds what it went by and what the words say of time (`previous`, `current`). Whose grade it is
and of which event is decided when records are assembled.
"""

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Span

from extractors.rating_area import pointed, with_areas
from extractors.rating_claim import Claim, grade_marks, stands_alone_in_quotes
from extractors.rating_hedge import hedge_of
from extractors.rating_relative import borrowed, resolved, taken_up
from extractors.rating_rule import rule_of, speaks_of_services
from extractors.rating_syntax import HEIGHT
from extractors.rating_table import row_claims
from extractors.rating_time import opening, times_of
from extractors.reading import Reading
from extractors.segment import clause_at, clauses, is_glue
from extractors.topic import changed_topic, names_areas, stays_on, story_topic
from extractors.voice import Stretch, voices
from schemas.mention import Mention

ASIDES = ("nsubj", "nsubjpass", "advcl", "relcl", "conj")  # parts of a sentence that its verb of speech does not tell


def ratings(reading: Reading) -> list[Mention]:
    """Every grade that inspectors gave, as Mentions: id the grade, values the areas (`all`, `rest` and `overall` among them)."""
    stretches = voices(reading)
    claims: list[Claim] = []
    before: Span | None = None
    topic: str | None = None
    story = story_topic(reading)
    for sentence in reading.sentences:
        block = reading.block(sentence.start_char)
        passed, topic = topic, changed_topic(reading, sentence, topic)
        if (passed and stays_on(reading, sentence, passed)) or (story and not names_areas(reading, sentence)):
            continue
        found = list(row_claims(reading, sentence) if block.kind == "row" else _claims(reading, sentence))
        if block.kind == "heading":
            found = [claim for claim in found if claim.rule in ("labelled-grade", "labelled-council")]
        if before is not None:
            found = [pointed(reading, sentence, before, claim) for claim in found]
        found = [each for claim in found if (each := taken_up(claim, before, claims))]
        claims += [claim for claim in found if not _is_response(reading, claim.span, stretches)]
        before = sentence
    return [_mention(reading, claim) for claim in resolved(reading, claims)]


def _mention(reading: Reading, claim: Claim) -> Mention:
    span = claim.span
    return reading.mention(
        "rating", claim.grade, span.start_char, span.end_char, rule=claim.rule, values=claim.areas, cues=claim.cues
    )


def _is_response(reading: Reading, span: Span, stretches: tuple[Stretch, ...]) -> bool:
    """Whether the words are said by anybody but the inspectorate and the journalist."""
    said = [s for s in stretches if s.voice == "response" and s.start <= span.start_char < s.end]
    return any(s.quoted or (s.speaker and _is_said(reading, span) and not _is_of_speaker(reading, span)) for s in said)


def _behind_when(last: Span, mark: Span) -> int:
    """The token behind a grade from which words may tell the time of the next: not those of "when", which are its own, as in
    "good when it was last inspected, in 2017, it requires improvement".
    """
    doc, end = mark.doc, last.end + (last.end < mark.start and last.doc[last.end].is_quote)
    commas = [token.i for token in doc[end : mark.start] if token.norm_ == ","]
    return commas[-1] + 1 if commas and doc[end].norm_ == "when" else last.end


def _is_said(reading: Reading, span: Span) -> bool:
    """Whether words outside of quotation marks are what somebody tells: "the director said that the council was good", but not
    "the council was rated good and said that …".
    """
    sentence = reading.sentence(span.start_char)
    marks = reading.spans("voices", sentence.start_char, sentence.end_char)
    verbs = {mark.root.i for mark in marks if mark.id_ == "saying"}
    for token in (span.root, *islice(span.root.ancestors, HEIGHT)):
        if token.head.i in verbs and token.head != token:
            return token.dep_ not in ASIDES
    told = any(mark.id_ == "reply" or mark.text.lower() == "according to" for mark in marks)
    return told or not verbs or min(verbs) < span.start


def _is_of_speaker(reading: Reading, span: Span) -> bool:
    """Whether words are told of a speaker and not by him: "The council, which was rated good in 2014, said …"."""
    sentence = reading.sentence(span.start_char)
    clause = clause_at(clauses(reading, sentence), span.start)
    return clause[0].norm_ in ("which", "who", "whose", "where") and span.end <= sentence.root.i


def _claims(reading: Reading, sentence: Span) -> Iterator[Claim]:
    """The claims of one sentence of running text, areas attached."""
    parts = clauses(reading, sentence)
    marks = grade_marks(reading, sentence)
    judged: list[Claim] = []
    for index, mark in enumerate(marks):
        clause = clause_at(parts, mark.start)
        before = opening(clause, parts, _behind_when(marks[index - 1], mark) if index else sentence.start)
        graded = stands_alone_in_quotes(mark) or speaks_of_services(reading, sentence)
        rule = rule_of(reading, sentence, clause, mark, company=bool(judged)) if graded else None
        if rule is None or hedge_of(reading, sentence, clause, mark):
            continue
        cues = tuple(times_of(reading, clause, before, mark, rule))
        if judged and not cues and is_glue(reading, judged[-1].span.end, mark.start):
            cues = tuple(cue for cue in judged[-1].cues if cue != "quoted")
        judged.append(Claim(mark, mark.id_, rule, cues=(*cues, "quoted") if stands_alone_in_quotes(mark) else cues))
    attached = list(with_areas(reading, sentence, parts, judged))
    yield from attached
    yield from borrowed(reading, sentence, parts, attached)
