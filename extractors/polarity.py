"""Whether words praise or blame: cues of the lexicons, turned round by the words about them.

`strength` and `weakness` cues count one each. Before a cue, a `negation` or `absence` turns it round ("no drift");
`lacking` ("not all", "fails to", "too") and `demand` ("should", "must") blame whatever praise follows; `scarce` ("few")
praises before a fault and blames otherwise; `decrease` and `mend` turn faults and burdens into strengths ("caseloads
have come down", "delays were eradicated"), and `decrease` turns assets into weaknesses ("support was cut back");
`increase` does the opposite.
"""

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extractors.cues import Cues

SCOPE = 7
WHOLE = 12
NEXT = 3
BACK = 10
STOPS = frozenset(";:,.")
PLAIN = 1.0
TURNED = 1.5
FAULTS = ("weakness", "burden")
MERITS = ("strength", "asset")


@dataclass(frozen=True)
class Verdict:
    """The balance of some words, above nought where they praise, and the cues that it comes from."""

    balance: float
    cues: tuple[str, ...]

    @property
    def polarity(self) -> str | None:
        """`strength`, `weakness`, or None where nothing tells."""
        return None if not self.balance else "strength" if self.balance > 0 else "weakness"


def verdict(doc: Doc, marked: Cues, start: int, end: int, masked: set[int]) -> Verdict:
    """The verdict of the tokens from `start` to before `end`; cues at `masked` tokens (grades) don't count.

    Where praise and blame are even, what comes last decides: English puts the point there.
    """
    spans = [span for span in marked.within(start, end) if span.id_ != "neutral" and span.start not in masked]
    spans = [span for span in spans if not (span.text.lower() == "too" and not _excess(doc, span))]
    taken: set[int] = set()
    values: list[tuple[int, float]] = []
    for place in range(len(spans)):
        shift = _shift(doc, spans, place, taken)
        values += [(place, shift)] if shift else []
    values += [(place, PLAIN if span.id_ == "strength" else -PLAIN) for place, span in enumerate(spans)
               if span.id_ in ("strength", "weakness") and place not in taken]  # fmt: skip
    values.sort()
    balance = sum(value for _, value in values)
    if values and not balance:
        balance = values[-1][1] / 10
    return Verdict(balance, tuple(spans[place].text for place, _ in values))


def _excess(doc: Doc, span: Span) -> bool:
    """Whether `too` means excess ("too ready to close cases"), not addition ("praise, too")."""
    return span.end < len(doc) and doc[span.end].pos_ in ("ADJ", "ADV") and doc[span.start - 1].text != ","


def _shift(doc: Doc, spans: list[Span], place: int, taken: set[int]) -> float:
    """What a shifter adds to the balance; the cues that it turns round are `taken` and don't count again."""
    kind = spans[place].id_
    if kind in ("negation", "absence"):
        return _negation(doc, spans, place, taken)
    if kind == "demand" and _is_measure(spans[place]):
        return 0.0
    if kind in ("lacking", "demand"):
        return _blame(doc, spans, place, taken)
    if kind == "scarce":
        predicate = spans[place].root.dep_ == "acomp"  # "turnover is low": said of what goes before
        target = _behind(doc, spans, place) if predicate else _ahead(doc, spans, place, (*FAULTS,), 4)
        if target is not None and spans[target].id_ in FAULTS:
            taken.add(target)
            return TURNED
        return _blame(doc, spans, place, taken)
    if kind in ("decrease", "mend", "increase") and place not in taken:
        return _change(doc, spans, place, taken)
    return 0.0


def _is_measure(demand: Span) -> bool:
    """Whether a demand only says what is done, known or seen to: "held when they should be", "know what must change"."""
    head, doc = demand.root, demand.doc
    ends = demand.end == len(doc) or doc[demand.end].is_punct or doc[demand.end].pos_ == "CCONJ"
    if ends and any(
        token.tag_ == "WRB" for token in doc[max(demand.start - NEXT, 0) : demand.start]
    ):  # "when they should"
        return True
    verb = head.head if head.dep_ == "aux" else head
    opening = verb.left_edge
    asked = opening.tag_ in ("WRB", "WP") or (
        opening.dep_ == "mark" and opening.tag_ == "IN" and opening.lower_ == "as"
    )
    return asked and opening.i < demand.start and verb.dep_ in ("advcl", "ccomp", "pcomp", "relcl", "csubj")


def _negation(doc: Doc, spans: list[Span], place: int, taken: set[int]) -> float:
    """`Not`, `no`, `without`: turns round the next cue; with none, something isn't done that should be."""
    if place in taken:
        return 0.0
    free = spans[place].id_ == "absence"
    kinds = ("strength", "weakness", "mend", "decrease", "asset", "lacking", "scarce", *(("burden",) if free else ()))
    target = _ahead(doc, spans, place, kinds, WHOLE if free and _is_subject(spans[place]) else SCOPE)
    if target is None:
        return 0.0 if free else -PLAIN / 2
    if spans[target].id_ in ("weakness", "lacking", "scarce", "burden"):
        if spans[target].start - spans[place].end > NEXT and not free:
            return -PLAIN / 2
        taken.add(target)
        return PLAIN
    taken.add(target)
    _take_merits(doc, spans, target, taken)
    return -TURNED


def _is_subject(span: Span) -> bool:
    """Whether words are the subject of a clause, or stand before it ("no child"), so that all of the clause is denied."""
    head = span.root.head if span.root.dep_ == "det" else span.root
    return head.dep_ in ("nsubj", "nsubjpass")


def _blame(doc: Doc, spans: list[Span], place: int, taken: set[int]) -> float:
    """`Lack of`, `too`, `should`: a weakness, and so is the praise that follows ("should be clearer")."""
    if place in taken:
        return 0.0
    _take_merits(doc, spans, place, taken)
    return -TURNED


def _take_merits(doc: Doc, spans: list[Span], place: int, taken: set[int]) -> None:
    """Mark what a shifter governs: everything that praises up to the next stop."""
    for other in range(place + 1, len(spans)):
        if spans[other].start - spans[place].end > BACK or _stopped(doc, spans[place].end, spans[other].start):
            break
        refused = (
            spans[other].id_ in ("negation", "absence") and spans[other].start - spans[place].end <= 1
        )  # "should not be …"
        if refused or spans[other].id_ in ("strength", "mend", "decrease", "increase"):
            taken.add(other)


def _change(doc: Doc, spans: list[Span], place: int, taken: set[int]) -> float:
    """`Reduced`, `tackled`, `rising`: good or bad by what it is said of, which follows it or goes before it."""
    kind = spans[place].id_
    target = _ahead(doc, spans, place, (*FAULTS, *MERITS), 5 if kind == "mend" else 4)
    praised = target is not None and spans[target].start - spans[place].end < NEXT and target not in taken
    if target is not None and praised and kind == "decrease" and spans[target].id_ == "strength":
        taken.add(target)  # "less complimentary about"
        return -TURNED
    if target is None or (spans[target].id_ == "asset" and kind == "mend"):
        target = _behind(doc, spans, place)
    if target is None:
        return PLAIN / 2 if kind == "mend" else 0.0
    said = spans[target].id_
    if kind == "increase":
        return {"burden": -PLAIN, "asset": PLAIN / 2}.get(said, 0.0) if target not in taken else 0.0
    if said in FAULTS:
        taken.add(target)
        return TURNED
    if kind == "mend":
        return PLAIN / 2
    return -PLAIN if said == "asset" else 0.0


def _ahead(doc: Doc, spans: list[Span], place: int, kinds: tuple[str, ...], reach: int) -> int | None:
    """The first cue of some kinds within reach behind a shifter, in the same stretch between stops."""
    for other in range(place + 1, len(spans)):
        if spans[other].start - spans[place].end > reach or _stopped(doc, spans[place].end, spans[other].start):
            return None
        if spans[other].id_ in kinds:
            return other
    return None


def _behind(doc: Doc, spans: list[Span], place: int) -> int | None:
    """The last cue before a verb of change that it can be said of ("delays … have been eradicated")."""
    for other in range(place - 1, -1, -1):
        if spans[place].start - spans[other].end > BACK or _stopped(doc, spans[other].end, spans[place].start):
            return None
        if spans[other].id_ in (*FAULTS, "asset"):
            return other
    return None


def _stopped(doc: Doc, start: int, end: int) -> bool:
    """Whether a stop or a `but` stands between two tokens."""
    return any(token.text in STOPS or token.lower_ == "but" for token in doc[start:end])
