"""Sentences cut into what they say: sides set against each other, without attributions and linking words."""

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.attribution import INSPECTORATE, SUBJECTS, denied
from extractors.cues import Cues

LEAD = 30
TRAIL = 14
FAR = 40  # tokens of a trailing attribution with what hangs on it
CLOSE = 5
BRIEF = 3  # tokens before an attribution that only say when
CONCEDING = ("concession", "alongside")
TELLING = frozenset(("saying", "reporting", "judging"))
FINITE = ("VBD", "VBZ", "VBP", "MD")
EDGES = frozenset("\"“”‘’'«»•,;:.–—-… \n|")


@dataclass(frozen=True)
class Side:
    """The tokens from `start` to before `end`; `pivot`: what sets them against the side before, if anything."""

    start: int
    end: int
    pivot: str = ""


def trimmed(doc: Doc, voices: Cues, pivots: Cues, start: int, end: int) -> tuple[int, int]:
    """A clause without its attribution, linking words and marks at the edges."""
    start, end = _bare(doc, start, end)
    end = _without_trailer(doc, voices, start, end)
    start = _without_links(doc, pivots, start, end)
    led = _without_leader(doc, voices, start, end)
    start = _without_source(doc, voices, start, end) if led == start else led
    start = _without_scene(doc, voices, start, end)
    start = _without_links(doc, pivots, start, end)
    return _bare(doc, start, end)


def _bare(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The clause without marks at its edges; a quotation mark stays where its fellow is inside."""
    while start < end and (
        doc[start].is_space or (doc[start].text in EDGES and not _paired(doc, start, start + 1, end))
    ):
        start += 1
    while start < end and (
        doc[end - 1].is_space or (doc[end - 1].text in EDGES and not _paired(doc, end - 1, start, end - 1))
    ):
        end -= 1
    return start, end


def _paired(doc: Doc, mark: int, start: int, end: int) -> bool:
    """Whether a quotation mark has a fellow strictly inside the clause, so that it isn't an outer one."""
    if not doc[mark].is_quote:
        return False
    return sum(token.is_quote and token.norm_ == doc[mark].norm_ for token in doc[start:end]) % 2 == 1 and not _outer(
        doc, mark, start, end
    )


def _outer(doc: Doc, mark: int, start: int, end: int) -> bool:
    """Whether a mark and its fellow hold the whole clause."""
    other = doc[end - 1] if mark < start else doc[start]
    return other.is_quote and other.norm_ == doc[mark].norm_


def _without_links(doc: Doc, pivots: Cues, start: int, end: int) -> int:
    """The clause without `However,`, `In addition,`, `But` and their like."""
    for _ in range(3):
        span = next(
            (one for one in pivots.within(start, min(start + 1, end)) if one.id_ in ("contrast", "turn", "link")), None
        )
        if span is None or span.end >= end or (span.text.lower() == "that" and not _links(doc[start])):
            return start
        start = span.end
        while start < end and doc[start].text in EDGES and not doc[start].is_quote:
            start += 1
    return start


def _without_leader(doc: Doc, voices: Cues, start: int, end: int) -> int:
    """The clause without `Inspectors found that`, `In a letter, they say`, `It said`, `Now, according to Ofsted,`."""
    spans = voices.within(start, min(start + LEAD, end))
    for place, span in enumerate(spans):
        before = [one for one in spans[:place] if one.id_ in (*INSPECTORATE, "pronoun")]
        if before and _told_before(doc, start, before[0].start, span.root):
            return start
        if span.id_ == "saying" and span.text.lower() == "according to" and span.start <= start + BRIEF:
            comma = _next(doc, span.end, min(span.end + TRAIL, end), ",")
            return comma + 1 if comma else start
        if span.id_ not in TELLING or span.end >= end:
            continue
        if span.text.lower() == "according to" or denied(span.root) or _aside(span.root):
            return start
        that = next((i for i in range(span.end, min(span.end + 4, end - 1)) if _links(doc[i])), None)
        if before and that is not None and not _joined(doc, span.start):
            return that + 1
        told = _told(span, before, end) if before and not _joined(doc, span.start) else None
        if told is not None:
            return told
        if not before or before[0].start - start > TRAIL or _joined(doc, span.start):
            if before or span.id_ != "judging":
                return start
            continue
        plain = span.id_ != "judging" and doc[span.end].pos_ not in ("ADP", "PART") and doc[span.end].text not in ",;"
        return span.end if plain and 2 * (end - span.end) >= end - start else start
    return start


def _without_source(doc: Doc, voices: Cues, start: int, end: int) -> int:
    """The clause that a sentence as a whole only tells of, however far its `that` stands from the verb.

    "Inspectors concluded in a letter published on Friday that …", "A council that has two names has been told that …".
    """
    spans = [span for span in voices.within(start, min(start + FAR, end)) if span.id_ in TELLING]
    for span, behind in zip(spans, [*(other.start for other in spans[1:]), end], strict=False):
        verb = span.root
        opening = doc[span.end : behind]
        that = next((token for token in opening if _links(token) and token.dep_ == "mark"), None)
        if that is not None and that.head.head.dep_ in (
            "advcl",
            "conj",
        ):  # "…, inspectors warned, though they believe that …"
            return start
        if verb.dep_ in ("relcl", "acl", "advcl"):
            continue
        if (
            denied(verb)
            or verb.dep_ != "ROOT"
            or that is None
            or that.head.dep_ != "ccomp"
            or that.head.right_edge.i < end - 3
        ):
            return start
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        speakers = voices.ids(subject.left_edge.i, subject.i + 1) if subject is not None else set()
        if speakers & set(INSPECTORATE) or any(child.dep_ == "auxpass" for child in verb.children):
            return that.i + 1
    return start


def _aside(verb: Token) -> bool:
    """Whether speech only says when something was so or which one is meant, in another's clause.

    "When they were told they did not act"; "an offer that the report says others should copy".
    """
    if verb.dep_ == "relcl":
        return not any(child.dep_ in SUBJECTS and child.tag_ in ("WDT", "WP") for child in verb.children)
    return any(
        child.i < verb.i and (child.tag_ == "WRB" or (child.dep_ == "mark" and child.lower_ not in ("as", "that")))
        for child in verb.children
    )


def _without_scene(doc: Doc, voices: Cues, start: int, end: int) -> int:
    """The clause from the inspectors on, where what opens it only says where or when they found something.

    "In Kent, which was visited in May, inspectors praised …"
    """
    if start >= end or doc[start].pos_ not in ("ADP", "SCONJ"):
        return start
    for span in voices.within(start, min(start + LEAD, end)):
        subject = next((child for child in span.root.children if child.dep_ in SUBJECTS), None)
        if span.id_ not in TELLING or subject is None or doc[start].head != span.root:
            continue
        opening = subject.left_edge.i
        named = voices.ids(opening, subject.i + 1) & {*INSPECTORATE, "pronoun"}
        if named and start < opening and doc[opening - 1].text == ",":
            return opening
    return start


def _told_before(doc: Doc, start: int, end: int, verb: Token) -> bool:
    """Whether something is told before the inspectors are named ("Cases averaged 31, and inspectors saw that …")."""
    return any(token.tag_ in FINITE and not verb.is_ancestor(token) for token in doc[start:end])


def _links(token: Token) -> bool:
    """Whether a `that` opens what is said; not the one of "it shows in supervision that is hurried"."""
    return token.lower_ == "that" and token.tag_ not in ("WDT", "DT")


def _told(verb: Span, speakers: list[Span], end: int) -> int | None:
    """Where the clause begins that a verb tells without `that`, if it reaches to the end of the words."""
    head = verb.root
    subject = any(
        child.dep_ in SUBJECTS and any(one.start <= child.i < one.end for one in speakers) for child in head.children
    )
    told = next((child for child in head.children if child.dep_ == "ccomp" and child.i >= verb.end), None)
    whole = told is not None and told.left_edge.i == verb.end and told.right_edge.i >= end - 3
    if not subject or told is None or not whole or not any(child.dep_ in SUBJECTS for child in told.children):
        return None
    return verb.end


def _joined(doc: Doc, verb: int) -> bool:
    """Whether an `and` before a verb shows that something was said already ("praised X, and says that …")."""
    return doc[verb - 1].lower_ in ("and", "but")


def _without_trailer(doc: Doc, voices: Cues, start: int, end: int) -> int:
    """The clause without `, the report states` or `, according to inspectors` at its end."""
    for span in voices.within(start + 2, end):
        if span.text.lower() == "according to" and doc[span.start - 1].text == ",":
            speakers = voices.ids(span.end, min(span.end + CLOSE, end)) & set(INSPECTORATE)
            if speakers and not _resumes(doc, voices, span.end, end):
                return span.start - 1
    for comma in range(end - 1, max(start + 1, end - FAR), -1):
        parts = doc[comma].text in (",", "”", '"', "–", "-") and not (
            doc[comma].is_quote and doc[comma - 1].whitespace_
        )
        near = comma > end - TRAIL
        if (
            parts
            and _speaks(doc, voices, comma + 1, end, near=near)
            and not _clausal(doc, voices, comma + 1, end, near=near)
        ):
            return comma
    return end


def _resumes(doc: Doc, voices: Cues, start: int, end: int) -> bool:
    """Whether what is said goes on behind a comma.

    It does not where only a relative or participle clause hangs on ("the letter, sent in May"), unless that tells more
    ("the report, which praises …").
    """
    commas = [token.i for token in doc[start : end - 1] if token.text == ","]
    hanging = ("WDT", "WP", "WP$", "VBN")
    return any(
        doc[comma + 1].tag_ not in hanging or voices.ids(comma + 2, min(comma + 2 + CLOSE, end)) & TELLING
        for comma in commas
    )


def _speaks(doc: Doc, voices: Cues, start: int, end: int, *, near: bool) -> bool:
    """Whether words behind a comma are no more than a speaker and a verb close by.

    Farther from the end, these stand side by side and what hangs on them follows ("says a report that comes a year
    after …"). A comma right behind them shows that the clause goes on ("support is, they said, in short supply").
    """
    spans = voices.within(start, end)
    verbs = [span for span in spans if span.id_ in ("saying", "reporting")]
    speakers = [span for span in spans if span.id_ in (*INSPECTORATE, "pronoun")]
    for verb in verbs:
        for speaker in speakers:
            last = max(verb.end, speaker.end)
            if last < end - 1 and doc[last].text == ",":
                continue
            if (
                verb.start - start <= CLOSE
                and -CLOSE <= verb.start - speaker.end <= CLOSE
                and (_hangs(doc[last]) or (near and not (speaker.start < verb.start and _tells(verb))))
            ):
                return True
    return False


def _tells(verb: Span) -> bool:
    """Whether a verb itself goes on to say what was found ("Over two weeks, inspectors found a service that …")."""
    return any(child.dep_ in ("dobj", "ccomp") and child.i >= verb.end for child in verb.root.children)


def _hangs(token: Token) -> bool:
    """Whether a word opens what hangs on the words before it: where, when, after what, or which it is."""
    return token.pos_ in ("ADP", "SCONJ") or token.tag_ in ("WDT", "WP", "WRB", "VBN")


def _goes_on(token: Token) -> bool:
    """Whether a token opens another clause behind a comma ("…, inspectors say, and children wait")."""
    return token.pos_ in ("CCONJ", "SCONJ") and token.nbor(-1).text == ","


def _clausal(doc: Doc, voices: Cues, start: int, end: int, *, near: bool) -> bool:
    """Whether words behind a comma say more than who speaks: opening with a link, with a `that`, or with speech."""
    more = any(_links(token) or token.is_quote or _goes_on(token) for token in doc[start : end - 1])
    more |= not near and _resumes(doc, voices, start, end)
    return more or doc[start].pos_ in ("CCONJ", "SCONJ") or doc[start].tag_ == "WDT"


def _next(doc: Doc, start: int, end: int, text: str) -> int | None:
    """The first token of that text."""
    return next((index for index in range(start, end) if doc[index].text == text), None)


def _sets_apart(doc: Doc, span: Span) -> bool:
    """Whether a pivot inside a sentence opens another side.

    A concession does so behind a comma ("…, while plans are late"), else it is one of time ("drift while needs are
    identified"); `yet` doesn't in "have yet to", nor `but` in "visited but not seen", nor `by contrast` or `though`
    between commas.
    """
    aside = doc[span.start - 1].text == "," and span.end < len(doc) and doc[span.end].text == ","
    if span.id_ in CONCEDING:
        return doc[span.start - 1].text in ",;:–—-(" and not (aside and span.id_ == "concession")
    if len(span) > 1 and aside:
        return False
    return span.id_ == "contrast" and not (span.end < len(doc) and doc[span.end].lower_ in ("to", "not"))


def sides(doc: Doc, pivots: Cues, start: int, end: int) -> list[list[Side]]:
    """The ways to cut a sentence in two: at each pivot inside; where it opens with a concession, at each comma."""
    found: list[list[Side]] = []
    for span in pivots.within(start, end):
        if _sets_apart(doc, span) and start + 2 <= span.start and span.end + 1 < end:
            found.append([Side(start, span.start), Side(span.end, end, span.id_)])
        elif span.id_ in CONCEDING and span.start < start + 2:
            commas = [index for index in range(span.end + 2, end - 2) if doc[index].text in ",–—"]
            found += [[Side(span.end, comma), Side(comma + 1, end, "concession")] for comma in commas]
    for index in range(start + 2, end - 2):
        if doc[index].text == ";":
            found.append([Side(start, index), Side(index + 1, end)])
    return found
