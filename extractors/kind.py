"""Kinds: which inspections and visits an article speaks of, by the words that name them."""

from collections.abc import Iterator

from spacy.tokens import Span

from extractors.date_grammar import timed
from extractors.ellipsis import unsaid_visits
from extractors.lexicon import ending, starting
from extractors.reading import Reading
from extractors.segment import clause_at, clauses, hedges
from schemas.mention import Mention

CONTENT = ("services", "needs", "disabilities", "arrangements")  # plurals that do not count inspections
ASIDE = ("since", "than", "before")  # "since the last inspection", "six months before the visit": a measure, no topic
LINKS = ("of", "in", "from", "dated", "published", "issued", "released", "given", ",")  # from a report to its date
PERSONAL = ("his", "her", "my")
OTHERS = (
    "by",
    "from",
    "into",
    "on",
    "to",
    "for",
    "about",
    "commissioned",
    "written",
)  # after a report of somebody else


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
    return sorted([*named, *unsaid, *_timed_sources(reading)], key=lambda mention: mention.start)


def _timed_sources(reading: Reading) -> Iterator[Mention]:
    """The reports and inspectors that a time tells from today's: "the 2016 report", "its previous inspectors", "inspectors in
    2012", "in 2012 inspectors".
    """
    held = {token.i for span in reading.spans("kinds") for token in span}
    for span in reading.spans("sources"):
        sentence = reading.sentence(span.start_char)
        if span.start in held or not _tells(span) or reading.block(span.start_char).kind == "heading":
            continue
        time = _earlier(span)
        if time is not None or _is_dated(sentence, span):
            cues = [*(["previous", time.text] if time is not None else []), *_aside(sentence, span)]
            yield reading.mention("kind", span.id_, span.start_char, span.end_char, rule="kind-source", cues=cues)


def _earlier(source: Span) -> Span | None:
    """The word beside a source that makes it an earlier one: "previous", "last", "inspectors previously"."""
    doc = source.doc
    near = [*ending(doc, "times", source.start, source.end), *starting(doc, "times", source.start, source.end)]
    return next((time for time in near if time.id_ == "previous" and time[0].pos_ in ("ADJ", "ADV")), None)


def _is_dated(sentence: Span, source: Span) -> bool:
    """Whether a date stands right before a source ("the May 2016 report", "in 2016 inspectors") or is linked to it."""
    doc, dates = source.doc, timed(source.doc)
    before = source.start - 1
    if before > sentence.start and (doc[before].norm_ == "," or doc[before].tag_ == "POS"):
        before -= 1
    if before >= sentence.start and before in dates and doc[before].norm_ not in (*ASIDE, "after"):
        return True
    after = source.end
    while after < min(sentence.end, source.end + len(LINKS)) and doc[after].norm_ in LINKS:
        after += 1
    return source.end < after < sentence.end and after in dates


def _tells(source: Span) -> bool:
    """Whether a report or inspectors are those who tell; not "acted on the 2016 report", nor somebody else's report ("a 2016
    report by consultants", "Alexis Jay's 2014 report").
    """
    doc, noun = source.doc, source.root
    subject = noun.dep_ in ("nsubj", "nsubjpass") and noun.head.dep_ != "relcl"
    opens = noun.head.norm_ == "in" and noun.head.is_sent_start
    if not (subject or opens or noun.head.dep_ == "agent" or doc[max(0, noun.head.i - 1)].norm_ == "according"):
        return False
    after = doc[source.end : source.end + 3]
    other = (
        len(after) and after[0].norm_ in OTHERS and not any(t.i in timed(doc) or t.norm_ == "ofsted" for t in after[1:])
    )
    before = doc[max(0, source.start - 4) : source.start]
    named = len(before) and before[-1].pos_ == "PROPN" and before[-1].i not in timed(doc)  # "the Jay report of 2014"
    return not other and not named and all(t.ent_type_ != "PERSON" and t.norm_ not in PERSONAL for t in before)


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
