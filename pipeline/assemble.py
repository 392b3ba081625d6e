"""Mentions -> drafts: which evidence belongs to which inspection of which council.

The article is read in order, sentence by sentence, twice. The first reading finds the councils whose inspection is news; the
second resolves "the council", "it" and silence to the one of them last spoken of, and sorts every grade, date, visit and finding
to an event: the current one of its council or an earlier one.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Day

from spacy.tokens import Span

from extractors.council import existed, register
from extractors.period import bounds
from extractors.topic import story_topic
from extractors.reading import Reading
from extractors.segment import is_glue
from extractors.voice import voices
from pipeline.discourse import Group, Scene, scenes
from pipeline.events import UNGRADED, Event, Events
from pipeline.why import Place, Trace
from schemas.mention import Mention

SORTS = {  # what a description says of an authority, by its type in the register
    "london": ("london_borough",),
    "borough": ("london_borough", "metropolitan"),
    "county": ("county",),
    "city": (),
}
HEADING_SHARE = 0.6  # of a heading that is no more than a council's name
TOUCHING = 5  # tokens from a standing grade to the council that bears it
FIRST_PERSON = 5  # times that "I", "my" or "me" stand outside quotation marks in an opinion piece
OFFICIAL = ("report", "letter", "inspectors")
SURE = ("rated-as", "moved-to", "kept", "table-row", "grade-phrase")
OPENING = 5  # tokens before a subject that opens its sentence
SAME_EVENT_DAYS = 20  # between two dates of one fieldwork, as loosely as the press tells them
OLD_REPORT_DAYS = 75  # news of a report is told within weeks; two months allow for a monthly page
OLD_DAYS = 200  # a full report follows its fieldwork by up to 214 days; what is older than this is history

FIRST, HEADED = "the first council whose inspection is news", "named in the heading above"  # how the focus was reached
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
    rated: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    visit: dict[str, str] = field(default_factory=dict)
    visits: set[str] = field(default_factory=set)
    past: dict[str, Event] = field(default_factory=dict)
    pending: bool = False
    section: bool = False
    before: tuple[list[Mention], Scene] | None = None
    count: Counter[str] = field(default_factory=Counter)
    strength: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    anchor: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    turn: str = FIRST
    why: Trace = field(default_factory=Trace)


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


def assemble(reading: Reading, mentions: list[Mention]) -> list[Event]:
    """The events of an article: those with a grade or a finding, one per council and inspection."""
    cast = Cast.of(mentions)
    stage = scenes(reading, _outside_speech(reading, cast.councils))
    first = _read(reading, stage, cast, State(ratings=cast.ratings))
    news = frozenset(event.council for event in first.events if event.role == "current" and _told(event))
    if not news and first.pending:
        news = frozenset([council for council in first.named if council in first.explicit][:1])
    visited = frozenset(council for council in first.visits if not _is_graded_anew(first.events.current(council)))
    lead = next((m.id for m in cast.councils if m.id in news), None)
    second = State(
        ratings=cast.ratings,
        fieldwork=first.latest,
        anchor=first.strength,
        news=news,
        visited=visited,
        focus=(lead,) if lead else (),
        steady=(lead,) if lead else (),
    )
    second = _read(reading, stage, cast, second)
    second.events.merge_undated()
    _settle_kinds(second)
    for event in second.events:
        for date in second.shared if event.role == "current" else ():
            event.set_date(date)
            second.why.begin(None, date)
            second.why.took("event", event, "no council is named with it: it dates every event that is news")
            event.reasons += second.why.reasons(event.council)
        event.settle_dates()
    for event in second.events:
        event.council_mention = event.council_mention or _first_mention(event.council, cast)
    own_view = is_opinion(reading)
    sound = [event for event in second.events if _is_sound(reading, event) and _is_told_of(event.council, second)]
    return [event for event in sound if not own_view or event.council in second.rated]


def is_opinion(reading: Reading) -> bool:
    """Whether an article speaks in the first person: its events must then be told in so many words."""
    speech = [s for s in voices(reading) if s.quoted]
    mine = [
        t for t in reading.doc if t.norm_ in ("i", "my", "me") and not any(s.start <= t.idx < s.end for s in speech)
    ]
    return len(mine) >= FIRST_PERSON


def _is_sound(reading: Reading, event: Event) -> bool:
    """Whether enough is said for a record: a grade; or findings of a visit, or at least two in inspectors' words of an inspection."""
    if event.council_mention is None or not _told(event):
        return False
    if event.ratings:
        return True
    if story_topic(reading):
        return event.kind == "send"
    if event.kind in UNGRADED:
        return True
    official = [f for f in event.findings if f.voice in OFFICIAL]
    return event.kind_mention is not None and (len(official) > 1 or (event.role == "previous" and bool(event.dates())))


def _outside_speech(reading: Reading, councils: list[Mention]) -> list[Mention]:
    """The councils that are not named in somebody's answer to the inspectors."""
    speech = [s for s in voices(reading) if s.voice == "response" and s.quoted]
    return [m for m in councils if not any(s.start <= m.start < s.end for s in speech)]


def _first_mention(council: str, cast: Cast) -> Mention | None:
    """The first words that name a council, or else the authority that took its place."""
    kin = {council, *register()[council].successors}
    return next((m for m in cast.councils if m.id == council), None) or next(
        (m for m in cast.councils if m.id in kin), None
    )


def _is_told_of(council: str, state: State) -> bool:
    """Whether a council, or its successor, is named beside a grade or a visit, and not only meant by "the council"."""
    often = {id for id, count in state.count.items() if count > 1}
    return bool({council, *register()[council].successors} & (state.explicit | often))


def _settle_kinds(state: State) -> None:
    """Give events whose kind no word tells the kind that the rest of the article suggests.

    An ungraded visit is of the kind of the article's other visits; a grade among annual ratings is one of them.
    """
    news = [event for event in state.events if event.role == "current"]
    annual = sum(event.kind == "annual_assessment" for event in news)
    for event in state.events:
        if event.kind == "other" and event.ratings:  # the graded no-notice inspections of 2012 and 2013
            event.kind = "inspection"
        if event.kind != "inspection":
            continue
        if event.ratings and event.kind_mention is None and event.role == "current" and 2 * annual > len(news):
            event.kind = "annual_assessment"
        elif not event.ratings and event.kind_mention is not None and event.kind_mention.id == "visit" and state.visit:
            event.kind = state.visit.get(event.council) or next(iter(state.visit.values()))


def _told(event: Event) -> bool:
    """Whether the article says enough of an event: a grade, or a finding."""
    return bool(event.ratings or event.findings)


def _is_graded_anew(event: Event) -> bool:
    """Whether a grade of the event is said to be new, so that a visit named beside it is not the news."""
    return any("current" in rating.cues for rating in event.ratings.values())


def _read(reading: Reading, stage: list[Scene], cast: Cast, state: State) -> State:
    """One reading of the article in order."""
    block = None
    for scene in stage:
        if scene.block != block:
            block = scene.block
            if block.kind == "paragraph" or block.kind == "heading":
                state.pointer = {}
                if state.turn == PARAGRAPH or state.focus != state.steady:
                    state.turn = STORY
                state.focus = state.steady
        if scene.block.kind == "heading":
            _heading(scene, state)
            continue
        _sentence(reading, scene, cast, state)
    return state


def _heading(scene: Scene, state: State) -> None:
    """A heading turns the story to the one council that it names; one that is a council's name opens that council's section."""
    for group in scene.groups:
        words = sum(len(m.text) for m in group.mentions)
        whole = words >= HEADING_SHARE * len(scene.sentence.text.strip())
        if whole or (len(scene.groups) == len(group.ids) == 1 and group.ids[0] in state.news):
            state.focus = state.steady = group.ids
            state.turn = HEADED
            state.named.update({m.id: m for m in group.mentions})
        if whole:
            state.titled |= set(group.ids)
            state.section = True


def _begin(scene: Scene, state: State, *statements: Mention) -> None:
    """Take up statements of one clause, so that what is decided of them is noted as theirs."""
    clause = scene.clause(scene.token(statements[0].start))
    state.why.begin(Place(clause.start_char, clause.end_char, clause.text), *statements)


def _within(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """The mentions that lie in a sentence."""
    start, end = scene.sentence.start_char, scene.sentence.end_char
    return [m for m in mentions if start <= m.start and m.end <= end]


def _sentence(reading: Reading, scene: Scene, cast: Cast, state: State) -> None:
    """Sort what one sentence holds to events, and move the focus."""
    dates = [date for date in _within(cast.dates, scene) if date.values != ("other",)]
    told: list[tuple[Mention, Event]] = []
    used: set[int] = set()
    statements = sorted(_within(cast.ratings, scene) + _within(cast.kinds, scene), key=lambda m: m.start)
    when = _dates_for(reading, scene, statements, dates)
    for statement, date in _told_when(reading, scene, statements, when, state):
        tell = _claim if statement.kind == "rating" else _kind
        _begin(scene, state, statement, *([date] if date else []))
        new = tell(reading, scene, statement, date, state)
        used |= {date.start} if new and date else set()
        told += new
    for date in dates:
        clause = scene.token(date.start)
        if (
            date.values == ("reported",)
            and scene.says("generic", "several", clause)
            and scene.says("generic", "papers", clause)
        ):
            state.shared.append(date)
        elif date.start not in used:
            _date(reading, scene, date, told, state)
    for finding in _within(cast.findings, scene):
        _finding(reading, scene, finding, dates, told, state)
    state.before = dates, scene
    state.pointer.update({event.council: event for _, event in told if event.role == "current"})
    _move_focus(scene, cast, told, state)


def _told_when(
    reading: Reading, scene: Scene, statements: list[Mention], when: dict[int, list[Mention]], state: State
) -> Iterator[tuple[Mention, Mention | None]]:
    """The statements of a sentence with their dates, one pair for each event that they tell.

    A grade given "each time" holds for every date of the sentence before, for the areas told before that date.
    """
    each = any(m.id_ == "each" for m in _in_sentence(reading, scene, "times"))
    for statement in statements:
        if each and statement.kind == "rating" and not statement.values and state.before and len(state.before[0]) > 1:
            dates, before = state.before
            start = before.sentence.start_char
            for date in dates:
                areas = tuple(a.id_ for a in reading.spans("areas", start, date.start) if a.id_ != "none")
                start = date.end
                yield statement.model_copy(update={"values": areas}), date
            continue
        for date in when.get(statement.start) or [None]:  # type: ignore[list-item]  # a statement may have no date
            yield statement, date


def _move_focus(scene: Scene, cast: Cast, told: list[tuple[Mention, Event]], state: State) -> None:
    """Let the story turn to the councils that this sentence is about."""
    moved = False
    for group in scene.groups:
        if group.aside:
            continue
        state.named.update({m.id: m for m in group.mentions if m.id not in state.named})
        state.count.update(group.ids)
        if told or _within(cast.findings, scene) or _within(cast.kinds, scene):
            state.explicit |= set(group.ids)
        if moved:
            continue
        spoken = {event.council for _, event in told}
        opens = group.start - scene.sentence.start <= OPENING
        topical = bool(_within(cast.findings, scene) or _within(cast.kinds, scene))
        here = opens or bool(set(group.ids) & spoken) or (topical and not state.section)
        if here and (set(group.ids) & state.news or not state.news):
            state.focus = state.steady = group.ids
        elif set(group.ids) & spoken or opens:
            state.focus = group.ids
        else:
            continue
        moved = True
        state.turn = PARAGRAPH


# --- who ------------------------------------------------------------------------------------------------------------


def _who(scene: Scene, index: int, state: State) -> tuple[str, ...]:
    """The councils that a statement at a token is about."""
    if scene.says("roles", "predecessor", index):
        old = _predecessors(state.focus)
        named = scene.named(index)
        if named and set(named.ids) & set(old):
            return state.why.took("council", named.ids, "named as the predecessor", *named.mentions)
        return state.why.took("council", old, "the predecessor of the focus", *_names(state.focus, state))
    group = scene.named(index)
    unnamed = [
        s
        for s in scene.reading.spans("generic", scene.sentence.start_char, scene.clause(index).end_char)
        if s.id_ == "indefinite"
    ]
    if group is None and unnamed and len(state.news) != 1:
        return ()
    plural = any(
        span.id_ == "several"
        for span in scene.reading.spans("generic", scene.clause(index).start_char, scene.clause(index).end_char)
    )
    if plural and (group is None or group.start > index):
        return state.why.took("council", _several(state), "spoken of as several councils", *state.named.values())
    if group is not None:
        clause = scene.clause(index)
        near = "clause" if clause.start <= group.start < clause.end else "sentence"
        return state.why.took("council", group.ids, f"named in the {near}", *group.mentions)
    meant = _described(scene, index, state.focus) if len(state.focus) > 1 else state.focus
    return state.why.took("council", meant, state.turn, *_names(state.focus, state))


def _described(scene: Scene, index: int, councils: tuple[str, ...]) -> tuple[str, ...]:
    """Those of several councils that a singular description fits ("the London borough", "the county"); all without one."""
    clause = scene.clause(index)
    marks = scene.reading.spans("generic", clause.start_char, clause.end_char)
    words = {t.norm_ for m in marks if m.id_ == "one" for t in m if m.text.lower() not in ("it", "its")}
    sort = next((sort for sort in SORTS if sort in words), None)
    if sort is None:
        return councils
    fitting = tuple(
        id for id in councils if register()[id].type in SORTS[sort] or sort in register()[id].official.lower()
    )
    return fitting if len(fitting) == 1 else ()


def _names(councils: tuple[str, ...], state: State) -> list[Mention]:
    """The words that first named councils."""
    return [state.named[council] for council in councils if council in state.named]


def _several(state: State) -> tuple[str, ...]:
    """ "Both councils": the focus where it holds several, else the two last named whose inspection is news, else all of them."""
    if len(state.focus) > 1:
        return state.focus
    met = [council for council in state.named if council in state.news or not state.news]
    return tuple(met[-2:]) if len(met) > 1 else tuple(sorted(state.news))


def _predecessors(councils: tuple[str, ...]) -> tuple[str, ...]:
    """The authorities that the councils took the place of, as far as they ran children's services."""
    return tuple(id for id, row in register().items() if set(row.successors) & set(councils) and row.childrens_services)


# --- when -----------------------------------------------------------------------------------------------------------


def _dates_for(
    reading: Reading, scene: Scene, statements: list[Mention], dates: list[Mention]
) -> dict[int, list[Mention]]:
    """The dates of each grade or naming of an inspection in a sentence, by its start.

    First come the dates that follow their statement in one clause ("rated good in 2014"); then statements without one take, in
    this order, the nearest date of their own clause, an unclaimed date of the clause before ("a 2013 inspection, in which it was
    rated"), the date that opens the sentence, or the sentence's only date.
    """
    place = {m.start: scene.clause(scene.token(m.start)).start for m in (*statements, *dates)}
    owned: dict[int, Mention] = {}
    taken: set[int] = set()
    owned.update(_paired(statements, dates, place))
    taken |= {date.start for date in owned.values()}
    for date in dates:
        before = [s for s in statements if s.end <= date.start and place[s.start] == place[date.start]]
        after = [s for s in statements if s.start >= date.end]
        if (
            date.text.lower().endswith(("after", "since")) and after
        ):  # "good, three years after it was rated inadequate"
            before = after[:1]
        if date.start in taken:
            continue
        if before and before[-1].start not in owned:
            owned[before[-1].start] = date
            taken.add(date.start)
    edges = sorted({clause.start for clause in scene.parts})
    for statement in statements:
        if statement.start in owned or "standing grade" in statement.cues:
            continue
        mine = edges.index(place[statement.start])
        inside = [d for d in dates if place[d.start] == place[statement.start]]
        inside = [d for d in inside if not (d.start > statement.end and _between(d, statement, statements))]
        when = scene.parts[mine + 1] if mine + 1 < len(edges) else None
        just_after = [d for d in dates if when is not None and when[0].norm_ == "when" and place[d.start] == when.start]
        just_before = [d for d in dates if not ("current" in statement.cues and is_old(reading, d))]
        just_before = [
            d
            for d in just_before
            if mine and place[d.start] == edges[mine - 1] and not _rated_there(d, taken, statements, place)
        ]
        opening = [d for d in dates if d.end <= statement.start and place[d.start] == edges[0]]
        if {"current", "moved to"} & set(statement.cues):  # "inadequate in 2012 and told in 2014 …, it is now good"
            present = statement.cues[:1] == ("current",) and statement.cues[1].lower().startswith(
                ("has", "have", "now")
            )
            inside = [
                d for d in inside if not is_old(reading, d) or not (present or _between(d, statement, statements))
            ]
        near = [*sorted(inside, key=lambda d: abs(d.start - statement.start)), *just_before[::-1], *just_after]
        only = dates if len(dates) == 1 and (dates[0].start not in taken or _shares(scene, statement, dates[0])) else []
        far = [*opening, *only]
        fitting = near + [d for d in far if not ("current" in statement.cues and is_old(reading, d))]
        if fitting:
            owned[statement.start] = fitting[0]
    return {start: _listed(reading, date, dates) for start, date in owned.items()}


def _paired(statements: list[Mention], dates: list[Mention], place: dict[int, int]) -> dict[int, Mention]:
    """Statements each led by its own date: "five years ago it was good, nine years ago adequate"."""
    paired: dict[int, Mention] = {}
    for clause in set(place.values()):
        mine = sorted((m for m in (*statements, *dates) if place[m.start] == clause), key=lambda m: m.start)
        leading, following = mine[::2], mine[1::2]
        alternate = all(m.kind == "date" for m in leading) and all(m.kind == "rating" for m in following)
        if len(mine) > 3 and len(leading) == len(following) and alternate:
            paired.update({s.start: d for d, s in zip(leading, following, strict=True)})
    return paired


def _between(date: Mention, statement: Mention, statements: list[Mention]) -> bool:
    """Whether another statement stands between a date and a statement."""
    low, high = sorted((date.start, statement.start))
    return any(low < other.start < high for other in statements)


def _shares(scene: Scene, statement: Mention, date: Mention) -> bool:
    """Whether only ", with" parts a statement from its date: "was judged good, with leadership outstanding, in 2014"."""
    clause = scene.clause(scene.token(date.start))
    return clause.start <= scene.clause(scene.token(statement.start)).end and clause[0].norm_ == ","


def _listed(reading: Reading, date: Mention, dates: list[Mention]) -> list[Mention]:
    """A date with those that are listed with it: "in 2013 and 2015", "in the autumn of 2018 and in November 2022"."""
    group = [date]
    doc = reading.doc
    for other in (d for d in dates if d.id != date.id):
        first, second = sorted((date, other), key=lambda d: d.start)
        a = doc.char_span(first.start, first.end, alignment_mode="expand")
        b = doc.char_span(second.start, second.end, alignment_mode="expand")
        if a is not None and b is not None and _is_and_again(reading, a.end, b.start):
            group.append(other)
    return sorted(group, key=lambda d: d.start)


def _is_and_again(reading: Reading, start: int, end: int) -> bool:
    """Whether the words between two dates only join them: "and", "and once more in"."""
    gap = reading.doc[start:end]
    return (
        bool(len(gap)) and gap[0].norm_ == "and" and not any(t.is_punct for t in gap) and is_glue(reading, start, end)
    )


def _rated_there(date: Mention, taken: set[int], statements: list[Mention], place: dict[int, int]) -> bool:
    """Whether a grade of the date's own clause has it already."""
    return date.start in taken and any(s.kind == "rating" and place[s.start] == place[date.start] for s in statements)


def is_old(reading: Reading, date: Mention) -> bool | None:
    """Whether a date lies so far before publication that its event is history; None where that can't be told."""
    span = bounds(date.id)
    if span is None:
        return None
    limit = OLD_REPORT_DAYS if date.values == ("reported",) else OLD_DAYS
    if reading.article.published is None:
        return len(date.id) in (4, 7)  # an undated article gives the years of earlier events only
    published = Day.fromisoformat(reading.article.published)
    return (published - span[1]).days > limit or (len(date.id) == 4 and span[1].year < published.year)


def _is_earlier(reading: Reading, date: Mention, council: str, state: State) -> bool | None:
    """Whether a date belongs to an earlier event of a council: old in itself, or well before the last known fieldwork."""
    old = is_old(reading, date)
    span, last = bounds(date.id), state.fieldwork.get(council)
    if old is False and span is not None and last is not None and (last - span[1]).days > SAME_EVENT_DAYS:
        return True
    return old


def _role(reading: Reading, mention: Mention, date: Mention | None, council: str, state: State) -> str:
    """`current` or `previous`: by its date, by its words, by the sentence before, by what the article reports."""
    cues, claim = mention.cues, mention if mention.kind == "rating" else None
    for cue in ("standing grade", "left behind"):
        if cue in cues:
            return state.why.took("role", "previous", cue)
    if date is not None:
        old = _is_earlier(reading, date, council, state)
        if old:
            return state.why.took("role", "previous", _age(reading, date), date)
        if old is False and "previous" not in cues:
            return state.why.took("role", "current", "its date is near publication", date)
    for cue in ("previous", "current"):
        if cue in cues:
            return state.why.took("role", cue, f"words of its sentence mean `{cue}`")
    last = state.pointer.get(council)
    if claim is not None and council in state.visited and (last is None or last.role == "current"):
        return state.why.took("role", "previous", "the article reports an ungraded visit")
    if last is not None and (claim is None or last.role == "current" or last.agrees(None, None, claim)):
        return state.why.took("role", last.role, "that of the event last spoken of")
    if state.news and council not in state.news:
        return state.why.took("role", "previous", "the inspection of another council is news")
    return state.why.took("role", "current", "nothing says otherwise")


def _age(reading: Reading, date: Mention) -> str:
    """Why a date is that of an earlier event, in words."""
    if not is_old(reading, date):
        return "its date is before the fieldwork that is news"
    limit = OLD_REPORT_DAYS if date.values == ("reported",) else OLD_DAYS
    return f"its date is older than {limit} days, or of an earlier year"


# --- what -----------------------------------------------------------------------------------------------------------


def _event(
    reading: Reading,
    council: str,
    role: str,
    date: Mention | None,
    kind: str | None,
    claim: Mention | None,
    state: State,
) -> Event:
    """The event of a council that a mention speaks of."""
    if role == "current":
        return state.events.current(council)
    cues = claim.cues if claim else ()
    last = state.past.get(council) if "then" in cues or council not in state.pointer else state.pointer[council]
    return state.events.previous(_at_date(council, date), date, kind, claim, last)


def _at_date(council: str, date: Mention | None) -> str:
    """The authority of this name that existed at a date (Somerset County Council before April 2023)."""
    span = bounds(date.id) if date else None
    if span is None or existed(council, span[1].isoformat()):
        return council
    name = register()[council].council.name.split(" (")[0]
    for id in _predecessors((council,)):
        if register()[id].council.name.split(" (")[0] == name and existed(id, span[0].isoformat()):
            return id
    return council


def _claim(
    reading: Reading, scene: Scene, claim: Mention, date: Mention | None, state: State
) -> list[tuple[Mention, Event]]:
    """Put one grade on the record of each council that it is said of."""
    told = []
    kind = "annual_assessment" if _is_annual(reading, scene, claim) else None
    councils = _whose(reading, scene, claim, state)
    state.pending |= not councils and "previous" not in claim.cues
    for council in councils:
        role = _role(reading, claim, date, council, state)
        strength = (
            2 * ("current" in claim.cues)
            + 2 * (date is not None)
            + (claim.rule in SURE)
            + bool(_mention_of(scene, council))
        )
        if role == "current" and (
            _outranked(state, council, claim, strength) or _conflicts(state, council, kind, claim)
        ):
            role = state.why.took("role", "previous", "the event that is news has another grade")
        for area in claim.values or ("overall",) if role == "current" else ():
            if strength > state.strength.get((council, area), (-1, ""))[0]:
                state.strength[council, area] = (strength, claim.id)
        event = _event(reading, council, role, date, kind, claim, state)
        if kind == "annual_assessment":
            event.kind = kind
        for area in claim.values or ("overall",):
            event.ratings.setdefault(area, claim)
        _note(scene, event, date, state)
        if _mention_of(scene, event.council):
            state.rated.add(event.council)
        told.append((claim, event))
    return told


def _outranked(state: State, council: str, claim: Mention, strength: int) -> bool:
    """Whether the first reading found another grade for the same area, said more surely to be news."""
    best = [state.anchor[council, area] for area in claim.values or ("overall",) if (council, area) in state.anchor]
    return any(rank >= strength and grade != claim.id for rank, grade in best)


def _conflicts(state: State, council: str, kind: str | None, claim: Mention | None) -> bool:
    """Whether the event that is news is of another kind, or has another grade for the same area."""
    if not state.events.has_current(council):
        return False
    return not state.events.current(council).agrees(None, kind, claim)


def _is_annual(reading: Reading, scene: Scene, claim: Mention) -> bool:
    """Whether a grade is one of the annual assessments: in their own words, or told of one in its sentence."""
    clause = scene.clause(scene.token(claim.start))
    kinds = reading.spans("kinds", clause.start_char, clause.end_char)
    return claim.rule == "annual-scale" or any(kind.id_ == "annual_assessment" for kind in kinds)


def _whose(reading: Reading, scene: Scene, claim: Mention, state: State) -> tuple[str, ...]:
    """The councils that a grade is said of: one each, in order, where the sentence says "respectively"."""
    if touching := _touching(scene, claim):
        return touching.ids
    councils = _who(scene, scene.token(claim.start), state)
    marks = [
        m
        for m in reading.spans("clauses", scene.sentence.start_char, scene.sentence.end_char)
        if m.id_ == "respectively"
    ]
    ordered = [m for m in _within(state.ratings, scene) if marks and m.end <= marks[0].start_char][-len(councils) :]
    if len(councils) > 1 and len(ordered) == len(councils) and claim in ordered and not claim.values:
        return (councils[ordered.index(claim)],)
    return councils


def _touching(scene: Scene, claim: Mention) -> Group | None:
    """The councils that a standing grade stands before, or to which "so has" passes a grade on, bystanders or not."""
    if "standing grade" not in claim.cues and claim.rule != "so-was":
        return None
    end = scene.token(claim.end - 1)
    after = [group for group in scene.groups if 0 < group.start - end <= TOUCHING]
    return after[0] if after and not (claim.rule == "so-was" and claim.values) else None


def _note(scene: Scene, event: Event, date: Mention | None, state: State) -> None:
    """Let an event know its date and its council's words, and remember that it was last spoken of."""
    if date is not None:
        event.set_date(date)
        span = bounds(date.id)
        if event.role == "current" and event.inspected is date and span is not None:
            state.latest[event.council] = max(span[0], state.latest.get(event.council, span[0]))
    event.reasons += state.why.reasons(event.council)
    event.council_mention = event.council_mention or _mention_of(scene, event.council) or state.named.get(event.council)
    state.pointer[event.council] = event
    if event.role == "previous":
        state.past[event.council] = event
    if _mention_of(scene, event.council) or event.council in state.titled:
        state.explicit.add(event.council)


def _mention_of(scene: Scene, council: str) -> Mention | None:
    """The mention of a council in this sentence."""
    return next((m for group in scene.groups for m in group.mentions if m.id == council), None)


def _kind(
    reading: Reading, scene: Scene, kind: Mention, date: Mention | None, state: State
) -> list[tuple[Mention, Event]]:
    """Note a visit or inspection that is named, where the words tell of one event."""
    if (
        "future" in kind.cues
        or (_is_statistic(reading, scene) and not scene.groups)
        or ("plural" in kind.cues and not _names_several(scene))
        or ("aside" in kind.cues and not (kind.id in UNGRADED and date))
    ):
        return []
    told = []
    for council in _who(scene, scene.token(kind.start), state):
        if kind.id in ("visit", "inspection") and not kind.cues and date is None and council in state.pointer:
            continue
        aside = "aside" in kind.cues
        role = "previous" if aside else _role(reading, kind, date, council, state)
        if aside:
            state.why.took("role", role, "named in passing")
        if role == "current" and kind.id in UNGRADED:
            state.visits.add(council)
        if role == "current" and _conflicts(state, council, kind.id, None):
            role = state.why.took("role", "previous", "the event that is news is of another kind")
        sort = kind.id if kind.id != "visit" else state.visit.get(council) if role == "previous" else None
        event = _event(reading, council, role, date, sort, None, state)
        event.set_kind(kind)
        if kind.id in ("monitoring_visit", "focused_visit"):
            state.visit[council] = kind.id
        pointed = state.pointer.get(council)
        _note(scene, event, date, state)
        if aside and pointed:
            state.pointer[council] = pointed
        told.append((kind, event))
    return told


def _date(reading: Reading, scene: Scene, date: Mention, told: list[tuple[Mention, Event]], state: State) -> None:
    """A date of its own: with an event of the same clause, else with the current or an earlier event by its age."""
    if not date.values:
        return
    _begin(scene, state, date)
    clause = scene.clause(scene.token(date.start))
    near = [event for mention, event in told if clause.start_char <= mention.start < clause.end_char]
    near = [e for e in near if e.role == "previous" or not _is_earlier(reading, date, e.council, state)]
    if near:
        near[-1].set_date(date)
        state.why.took("event", near, "a grade or visit stands in its clause")
        near[-1].reasons += state.why.reasons(near[-1].council)
        return
    if _is_statistic(reading, scene):
        return
    councils = _who(scene, scene.token(date.start), state)
    if not scene.groups and any(m.id_ == "papers" for m in _in_sentence(reading, scene, "generic")):
        councils = ()
    for council in councils:
        if _is_earlier(reading, date, council, state):
            event = _event(reading, council, "previous", date, None, None, state)
            event.set_date(date)
            state.why.took("role", "previous", _age(reading, date), date)
            event.reasons += state.why.reasons(event.council)
            state.past[council] = event  # "In March 2018 it was graded for the first time. On that occasion …"
        elif council in state.news:
            _note(scene, state.events.current(council), date, state)
    if not councils and is_old(reading, date) is False:
        state.shared.append(date)


def _is_statistic(reading: Reading, scene: Scene) -> bool:
    """Whether a sentence counts councils."""
    marks = reading.spans("hedges", scene.sentence.start_char, scene.sentence.end_char)
    return any(mark.id_ == "count" for mark in marks)


def _in_sentence(reading: Reading, scene: Scene, lexicon: str) -> list[Span]:
    """The spans that a lexicon marked in a sentence."""
    return reading.spans(lexicon, scene.sentence.start_char, scene.sentence.end_char)


def _names_several(scene: Scene) -> bool:
    """Whether the sentence names several councils, so that "focused visits" are one to each."""
    return len({id for group in scene.groups if not group.aside for id in group.ids}) > 1


def _finding(
    reading: Reading,
    scene: Scene,
    finding: Mention,
    dates: list[Mention],
    told: list[tuple[Mention, Event]],
    state: State,
) -> None:
    """Give a finding to the event that its sentence speaks of."""
    _begin(scene, state, finding)
    events = _finding_events(reading, scene, finding, told, state)
    for event in events:
        if finding not in event.findings:
            event.findings.append(finding)
            event.reasons += state.why.reasons(event.council)


def _finding_events(
    reading: Reading, scene: Scene, finding: Mention, told: list[tuple[Mention, Event]], state: State
) -> list[Event]:
    """The events that a finding belongs to."""
    index = scene.token(finding.end - 1)
    group = next((g for g in scene.groups if not g.aside and set(g.ids) & state.news), None)
    spoken = tuple(dict.fromkeys(event.council for _, event in told))
    councils: tuple[str, ...] = _who(scene, index, state) or spoken
    if group:
        state.why.took("council", group.ids, "named in the sentence, and its inspection is news", *group.mentions)
        councils = group.ids
    clause = scene.clause(scene.token(finding.start))
    near = [
        event
        for mention, event in told
        if clause.start_char <= mention.start < clause.end_char and event.council in councils
    ]
    if near:
        return state.why.took("event", near[-1:], "a grade or visit stands in its clause")
    then = [m for m in reading.spans("times", clause.start_char, clause.end_char) if m.id_ == "then"]
    if then and not any(t.norm_ in ("than", "since") for t in reading.doc[max(0, then[0].start - 3) : then[0].start]):
        past = [state.past[council] for council in councils if council in state.past]
        if past:
            return state.why.took("event", past, "it speaks of then, the earlier event last spoken of")
    if _is_now(reading, clause):
        current = [state.events.current(council) for council in councils if council in state.news]
        return state.why.took("event", current, "it speaks of the present")
    visits = [
        e
        for mention, e in told
        if mention.kind == "kind"
        and mention.start < finding.start
        and "aside" not in mention.cues
        and scene.clause(scene.token(mention.start))[0].norm_ not in ("which", "where", "who", "whose")
    ]
    if visits:
        return state.why.took("event", visits[-1:], "a visit or inspection is named before it")
    found = []
    for council in councils:
        if council in state.pointer:
            found.append(state.why.took("event", state.pointer[council], "the event last spoken of"))
        elif council in state.news or state.events.has_current(council):
            found.append(state.why.took("event", state.events.current(council), "the event that is news"))
    return found


def _is_now(reading: Reading, clause: Span) -> bool:
    """Whether a clause speaks of the present ("Since then the authority has won back …", "now")."""
    marks = [m for m in reading.spans("times", clause.start_char, clause.end_char)]
    return bool(marks) and all(mark.id_ == "current" for mark in marks)
