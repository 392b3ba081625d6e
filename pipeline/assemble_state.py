"""State: what is known while an article is read in order: whom it speaks of, and of which of their events."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date as Day

from spacy.tokens import Span

from extractors.period import bounds
from extractors.reading import Block, Reading
from pipeline.discourse import Scene
from pipeline.events import Event, Events
from pipeline.why import Place, Trace
from schemas.mention import Mention

FIRST, HEADED = "the first council whose inspection is news", "named in the heading above"  # how the focus was reached
TITLED = "named in the headline alone"
PARAGRAPH, STORY = "the focus of the paragraph", "the focus of the story"


@dataclass
class State:
    """Where the reading stands: whom it speaks of, and of which of their events."""

    events: Events = field(default_factory=Events)
    news: frozenset[str] = frozenset()
    visited: frozenset[str] = frozenset()
    focus: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    pointer: dict[str, Event] = field(default_factory=dict)
    named: dict[str, Mention] = field(default_factory=dict)
    ratings: list[Mention] = field(default_factory=list)
    shared: list[Mention] = field(default_factory=list)
    fieldwork: dict[str, Day] = field(default_factory=dict)
    latest: dict[str, Day] = field(default_factory=dict)
    explicit: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    """The councils named in the very sentence of a grade, a visit or a finding of theirs, or in its heading."""
    rated: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    visit: dict[str, str] = field(default_factory=dict)
    visits: set[str] = field(default_factory=set)
    past: dict[str, Event] = field(default_factory=dict)
    dated: tuple[Scene, dict[str, Event]] | None = None
    """The earlier events that the sentence before dates, and tells nothing else of."""
    announced: Mention | None = None
    """The ungraded visits that the story is a round of."""
    round_of_visits: bool = False
    """Whether it is a round of them and tells of no grades but standing ones."""
    pending: bool = False
    section: bool = False
    before: tuple[list[Mention], Scene] | None = None
    header: tuple[list[Mention], Scene] | None = None
    """The dates of the row that heads a table, and that row."""
    listed: tuple[str, ...] = ()
    """The councils that one sentence last named together, in order."""
    count: Counter[str] = field(default_factory=Counter)
    strength: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    anchor: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    last: str | None = None
    last_block: Block | None = None
    turn: str = FIRST
    why: Trace = field(default_factory=Trace)

    def entitled(self, councils: list[Mention]) -> "State":
        """The state with the councils that only the headline names in focus."""
        if councils:
            self.named = {m.id: m for m in councils}
            self.focus = self.steady = tuple(self.named)
            self.turn = TITLED
        return self


@dataclass(frozen=True)
class Cast:
    """The mentions of one article by kind, in order of place."""

    councils: list[Mention]
    ratings: list[Mention]
    kinds: list[Mention]
    dates: list[Mention]
    findings: list[Mention]

    @classmethod
    def of(cls, mentions: list[Mention]) -> "Cast":
        """Sort mentions by kind; a delivery body of one council counts as that council."""
        single = [
            m.model_copy(update={"kind": "council"})
            for m in mentions
            if m.kind == "delivery_body" and len(m.values) == 1
        ]
        councils = sorted([m for m in mentions if m.kind == "council"] + single, key=lambda m: m.start)
        pick = {kind: [m for m in mentions if m.kind == kind] for kind in ("rating", "kind", "date", "finding")}
        return cls(councils, pick["rating"], pick["kind"], pick["date"], pick["finding"])


def within(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """The mentions, given in order of place, that lie in a sentence."""
    start, end = scene.sentence.start_char, scene.sentence.end_char
    first, last = (bisect_left(mentions, place, key=lambda mention: mention.start) for place in (start, end))
    return [m for m in mentions[first:last] if m.end <= end]


def begin(scene: Scene, state: State, *statements: Mention) -> None:
    """Take up statements of one clause, so that what is decided of them is noted as theirs."""
    clause = scene.clause(scene.token(statements[0].start))
    state.why.begin(Place(clause.start_char, clause.end_char, clause.text), *statements)


def names_of(councils: tuple[str, ...], state: State) -> list[Mention]:
    """The words that first named councils."""
    return [state.named[council] for council in councils if council in state.named]


def mention_of(scene: Scene, council: str) -> Mention | None:
    """The mention of a council in this sentence."""
    return next((m for group in scene.groups for m in group.mentions if m.id == council), None)


def note(scene: Scene, event: Event, date: Mention | None, state: State) -> None:
    """Let an event know its date and its council's words, and remember that it was last spoken of."""
    if date is not None:
        event.set_date(date)
        span = bounds(date.id)
        if event.role == "current" and event.inspected is date and span is not None:
            state.latest[event.council] = max(span[0], state.latest.get(event.council, span[0]))
    event.reasons += state.why.reasons(event.council)
    event.council_mention = event.council_mention or mention_of(scene, event.council) or state.named.get(event.council)
    state.pointer[event.council] = event
    if event.role == "previous":
        state.past[event.council] = event
    if mention_of(scene, event.council) or event.council in state.titled:
        state.beside.add(event.council)
    if is_plain(scene, event.council, state):
        state.explicit.add(event.council)


def is_plain(scene: Scene, council: str, state: State) -> bool:
    """Whether a statement leaves no doubt of whom it is made: the council is named in it, in its paragraph or its heading."""
    spoken_of = state.turn == PARAGRAPH and council in state.focus  # "Leicester had no such comfort. It was rated …"
    return bool(mention_of(scene, council)) or council in state.titled or spoken_of


def in_sentence(reading: Reading, scene: Scene, lexicon: str) -> list[Span]:
    """The spans that a lexicon marked in a sentence."""
    return reading.spans(lexicon, scene.sentence.start_char, scene.sentence.end_char)


def is_statistic(reading: Reading, scene: Scene) -> bool:
    """Whether a sentence counts councils."""
    marks = reading.spans("hedges", scene.sentence.start_char, scene.sentence.end_char)
    return any(mark.id_ in ("count", "plural") for mark in marks)


def names_several(scene: Scene) -> bool:
    """Whether the sentence names several councils, so that "focused visits" are one to each."""
    return len({id for group in scene.groups if not group.aside for id in group.ids}) > 1
