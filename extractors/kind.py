"""Kinds: which inspections and visits an article speaks of, by the words that name them."""

from spacy.tokens import Span

from extractors.ellipsis import unsaid_visits
from extractors.reading import Reading
from extractors.segment import clause_at, clauses, hedges
from schemas.mention import Mention

CONTENT = ("services", "needs", "disabilities", "arrangements")  # plurals that do not count inspections
ASIDE = ("since", "than", "before")  # "since the last inspection", "six months before the visit": a measure, no topic


def kinds(reading: Reading) -> list[Mention]:
    """Every naming of an inspection or visit outside headings: id the kind, cues what the words say of time and number.

    Cues: `previous` or `current`; `plural` ("monitoring visits"); `aside` where the words only measure time ("since the last
    inspection"); `future` where it is only expected.
    """
    named = [
        _mention(reading, sentence, span)
        for sentence in reading.sentences
        if reading.block(sentence.start_char).kind != "heading"
        for span in reading.spans("kinds", sentence.start_char, sentence.end_char)
    ]
    unsaid = [
        reading.mention("kind", kind, span.start_char, span.end_char, rule="kind-unsaid")
        for span, kind in unsaid_visits(reading)
    ]
    return sorted(named + unsaid, key=lambda mention: mention.start)


def _mention(reading: Reading, sentence: Span, span: Span) -> Mention:
    clause = clause_at(clauses(reading, sentence), span.start)
    cues = [*_time(reading, clause, span), *_aside(sentence, span)]
    if any(t.tag_ == "NNS" and t.norm_ not in CONTENT for t in span) and not _is_one_of(reading, sentence, span):
        cues.append("plural")
    if any(
        h.id_ == "hypothetical" and h.end <= span.start for h in hedges(reading, clause.start_char, clause.end_char)
    ):
        cues.append("future")
    return reading.mention("kind", span.id_, span.start_char, span.end_char, rule="kind-phrase", cues=cues)


def _is_one_of(reading: Reading, sentence: Span, span: Span) -> bool:
    """Whether one of several is meant: "the third of the monitoring visits"."""
    before = sentence.doc[max(sentence.start, span.start - 6) : span.start]
    picked = reading.spans("ellipsis", before.start_char, before.end_char)
    return bool(picked) and "of" in [token.norm_ for token in sentence.doc[picked[-1].end : span.start]]


def _time(reading: Reading, clause: Span, span: Span) -> list[str]:
    """`previous` or `current`, where a word of time stands within four tokens of the naming or overlaps it."""
    near = [
        time
        for time in reading.spans("times", clause.start_char, clause.end_char)
        if time.id_ not in ("each", "beside", "since") and time.start < span.end + 3 and span.start < time.end + 4
    ]
    overlapping = [time for time in near if time.start < span.end and span.start < time.end]
    for time in overlapping or near:
        return ["previous", "then", time.text] if time.id_ == "then" else [time.id_, time.text]
    for token in clause.doc[span.end : min(span.end + 6, clause.end)]:
        if token.norm_ == "had" and token.pos_ == "AUX":
            return ["previous", "had"]
        if token.pos_ == "VERB":  # "a visit found that caseloads had fallen": the "had" of what was found
            break
    return []


def _aside(sentence: Span, span: Span) -> list[str]:
    """`aside` where "since", "than" or the like stands shortly before the naming."""
    doc = sentence.doc
    before = [token.norm_ for token in doc[max(sentence.start, span.start - 7) : span.start]]
    ranges = "from" in before and doc[span.end : span.end + 1].text == "to"  # "from 42% at the last inspection to 27%"
    return ["aside"] if ranges or any(word in before for word in ASIDE) else []
