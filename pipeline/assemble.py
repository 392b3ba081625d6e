"""Mentions -> drafts: which evidence belongs to which inspection of which council.

The article is read in order, sentence by sentence, twice. The first reading finds the councils whose inspection is news; the
second resolves "the council", "it" and silence to the one of them last spoken of, and sorts every grade, date, visit and finding
to an event: the current one of its council or an earlier one.
"""

from dataclasses import replace

from extractors.authorities import register
from extractors.council import of_title
from extractors.lexicon import marked
from extractors.reading import Reading
from extractors.segment import is_dash
from extractors.topic import story_topic
from extractors.voice import voices
from pipeline.assemble_dates import dates_for
from pipeline.assemble_state import HEADED, PARAGRAPH, STORY, Cast, State, begin, in_sentence, within
from pipeline.assemble_story import announced, carry_back, demote, is_graded_anew, settle_kinds
from pipeline.assemble_what import place_claim, place_date, place_finding, place_kind
from pipeline.assemble_when import is_of_all, is_round_of_visits, shared_dates, story_kind, told_when
from pipeline.discourse import Group, Scene, scenes
from pipeline.events import UNGRADED, Event
from schemas.mention import Mention

HEADING_SHARE = 0.6  # of a heading that is no more than a council's name
FIRST_PERSON = 5  # times that "I", "my" or "me" stand outside quotation marks in an opinion piece
OFFICIAL = ("report", "letter", "inspectors")
PASSED_BY = {"standing grade", "which is"}  # "a model imported from outstanding-rated Leeds" does not turn the story
SHORT = 12  # tokens of a sentence that only leads to a council
POINTING = ("it", "its", "that")  # words that point at the council named last
OPENING = 5  # tokens before a subject that opens its sentence
ADDITIVE = (["too"], ["also"], ["either"], ["as", "well"])  # after a name that a sentence ends with


def assemble(reading: Reading, mentions: list[Mention]) -> list[Event]:
    """The events of an article: those with a grade or a finding, one per council and inspection."""
    cast = Cast.of(mentions)
    cast = replace(cast, dates=_outside_speech(reading, cast.dates), kinds=_outside_speech(reading, cast.kinds))
    stage = scenes(reading, _outside_speech(reading, cast.councils))
    round_of = announced(cast)
    visits = is_round_of_visits(reading, round_of, cast.ratings)
    titled = [m for m in cast.councils if m.field == "title"]
    first = _read(
        reading, stage, cast, State(ratings=cast.ratings, announced=round_of, round_of_visits=visits).entitled(titled)
    )
    news = _news(first)
    if not news and first.pending:
        news = frozenset([council for council in first.named if council in first.explicit][:1])
    news |= {m.id for m in of_title(reading)} & first.named.keys()  # whom the headline names, the story is about
    visited = frozenset(council for council in first.visits if not is_graded_anew(first.events.current(council)))
    lead = next((m.id for m in cast.councils if m.id in news), None)
    second = State(
        ratings=cast.ratings,
        announced=round_of,
        round_of_visits=visits,
        fieldwork=first.latest,
        anchor=first.strength,
        news=news,
        visited=visited,
        focus=(lead,) if lead else (),
        steady=(lead,) if lead else (),
    ).entitled(titled)
    second = _read(reading, stage, cast, second)
    demote(reading, second)
    second.events.merge_undated()
    carry_back(second)
    settle_kinds(second, story_kind(reading, cast.kinds))
    shared = shared_dates(second)
    for event in second.events:
        for date in shared if event.role == "current" else ():
            event.set_date(date)
            second.why.begin(None, date)
            second.why.took("event", event, "it dates every event that is news")
            event.reasons += second.why.reasons(event.council)
        event.settle_dates()
    for event in second.events:
        event.inspectorates = _inspectorates(reading, event)
        event.council_mention = event.council_mention or _first_mention(event.council, cast)
    own_view = is_opinion(reading)
    sound = [event for event in second.events if _is_sound(reading, event) and _is_told_of(event.council, second)]
    return [event for event in sound if not own_view or event.council in second.rated]


def _inspectorates(reading: Reading, event: Event) -> list[str]:
    """Who inspected: for joint inspections every inspectorate that the article names, Ofsted first; else Ofsted."""
    named = dict.fromkeys(mark.id_ for mark in marked(reading.doc, "inspectorates"))
    return ["Ofsted", *(name for name in named if name != "Ofsted")] if event.kind in ("jtai", "send") else ["Ofsted"]


def is_opinion(reading: Reading) -> bool:
    """Whether an article speaks in the first person: its events must then be told in so many words."""
    speech = [s for s in voices(reading) if s.quoted]
    mine = [
        t for t in reading.doc if t.norm_ in ("i", "my", "me") and not any(s.start <= t.idx < s.end for s in speech)
    ]
    return len(mine) >= FIRST_PERSON


def _is_sound(reading: Reading, event: Event) -> bool:
    """Whether enough is said for a record: a grade; findings of a visit; two in inspectors' words of an inspection."""
    if event.council_mention is None or not _told(event):
        return False
    if event.ratings:
        return True
    if story_topic(reading):
        return event.kind in ("jtai", "send")
    if event.kind in UNGRADED:
        return True
    official = [f for f in event.findings if f.voice in OFFICIAL]
    return event.kind_mention is not None and (len(official) > 1 or (event.role == "previous" and bool(event.dates())))


def _outside_speech(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """The mentions that do not stand in somebody's answer to the inspectors."""
    speech = [s for s in voices(reading) if s.voice == "response" and s.quoted]
    told = [m for m in mentions if m.field == "body"]
    return [m for m in told if not any(s.start <= m.start < s.end for s in speech)]


def _first_mention(council: str, cast: Cast) -> Mention | None:
    """The first words that name a council, or else the authority that took its place."""
    kin = {council, *register()[council].successors}
    return next((m for m in cast.councils if m.id == council), None) or next(
        (m for m in cast.councils if m.id in kin), None
    )


def _is_told_of(council: str, state: State) -> bool:
    """Whether a council, or its successor, is named beside a grade or a visit, and not only meant by "the council".

    The council that an article names first needs no more than its name, if new grades are told.
    """
    graded = any(event.role == "current" and event.ratings for event in state.events.by_council[council])
    if graded and next(iter(state.named), None) == council:
        return True
    often = {id for id, count in state.count.items() if count > 1}
    return bool({council, *register()[council].successors} & (state.explicit | often))


def _news(state: State) -> frozenset[str]:
    """The councils whose inspection is news: of which the first reading found an event told.

    One that the story only passes ("a team lent by Wiltshire has helped. The authority was rated good for …") is named once, has
    no overall grade, and nothing is told in the sentence that names it; where others have, what follows is theirs.
    """
    told = [event for event in state.events if event.role == "current" and _told(event)]
    sure = [e for e in told if "overall" in e.ratings or e.council in state.beside or state.count[e.council] > 1]
    return frozenset(event.council for event in sure or told)


def _told(event: Event) -> bool:
    """Whether the article says enough of an event: a grade, or a finding."""
    return bool(event.ratings or event.findings)


def _read(reading: Reading, stage: list[Scene], cast: Cast, state: State) -> State:
    """One reading of the article in order."""
    block = None
    for scene in stage:
        heads = scene.block.kind == "heading" and not within(cast.ratings, scene)  # no label of a grade
        if scene.block != block:
            block = scene.block
            if heads or block.kind == "paragraph":
                state.pointer = {}
                if state.turn == PARAGRAPH or state.focus != state.steady:
                    state.turn = STORY
                state.focus = state.steady
        if heads:
            _heading(scene, state)
            continue
        _sentence(reading, scene, cast, state)
    return state


def _heading(scene: Scene, state: State) -> None:
    """A heading turns the story to the one council that it names; one that is a council's name, or has it for a label
    ("Slough: starting again"), opens that council's section.
    """
    for group in scene.groups:
        words = sum(len(m.text) for m in group.mentions)
        whole = words >= HEADING_SHARE * len(scene.sentence.text.strip()) or _is_label(scene, group)
        alone = len(scene.groups) == len(group.ids) == 1
        turns = group.ids[0] in state.news or (not state.news and not group.governed and not group.aside)
        if whole or (alone and turns):
            state.focus = state.steady = group.ids
            state.turn = HEADED
            state.named.update({m.id: m for m in group.mentions})
        if whole:
            state.titled |= set(group.ids)
            state.section = True


def _is_label(scene: Scene, group: Group) -> bool:
    """Whether a council opens a heading and a colon or a dash parts it from the rest."""
    doc = scene.reading.doc
    parted = group.end < scene.sentence.end and (doc[group.end].norm_ == ":" or is_dash(doc, group.end))
    return group.start == scene.sentence.start and parted


def _sentence(reading: Reading, scene: Scene, cast: Cast, state: State) -> None:
    """Sort what one sentence holds to events, and move the focus."""
    dates = [date for date in within(cast.dates, scene) if date.values != ("other",)]
    if scene.block.kind == "row" and (state.before is None or state.before[1].block.kind != "row"):
        state.header = dates, scene
    _give_back(scene, cast, dates, state)
    told: list[tuple[Mention, Event]] = []
    used: set[int] = set()
    graded, named = within(cast.ratings, scene), within(cast.kinds, scene)
    named = [m for m in named if not graded or m.rule != "kind-source"]  # "in 2016 inspectors rated it good"
    statements = sorted(graded + named, key=lambda m: m.start)
    when = dates_for(reading, scene, statements, dates)
    for statement, date in told_when(reading, scene, statements, when, state):
        tell = place_claim if statement.kind == "rating" else place_kind
        begin(scene, state, statement, *([date] if date else []))
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
            continue
        if is_of_all(reading, scene, date):
            state.shared.append(date)
        if date.start not in used:
            place_date(reading, scene, date, told, state)
    for finding in within(cast.findings, scene):
        place_finding(reading, scene, finding, dates, told, state)
    state.before = dates, scene
    if state.dated and state.dated[0] != scene:
        state.dated = None
    state.pointer.update({event.council: event for _, event in told if event.role == "current"})
    _move_focus(scene, cast, told, state)


def _give_back(scene: Scene, cast: Cast, dates: list[Mention], state: State) -> None:
    """Return the focus to the story's council from one that has only opened a sentence: "Hampshire's chief executive was made
    commissioner. Inspectors found …". But "it" goes on about that council, and so do a date and words of time.
    """
    if set(state.focus) & (state.news | state.pointer.keys()) or not set(state.steady) & state.news or scene.groups:
        return
    pointed = any(
        mark.id_ == "one" and mark[0].norm_ in POINTING for mark in in_sentence(scene.reading, scene, "generic")
    )
    if not pointed and not dates and not any("previous" in claim.cues for claim in within(cast.ratings, scene)):
        state.focus, state.turn = state.steady, STORY


def _turns_to(scene: Scene, group: Group) -> bool:
    """Whether a short sentence does no more than lead to a council: "It is a different story in Newham", "… in Wigan either"."""
    after = [token.norm_ for token in scene.reading.doc[group.end : scene.sentence.end] if token.is_alpha]
    return len(scene.sentence) <= SHORT and len(scene.groups) == 1 and (not after or after in ADDITIVE)


def _described(told: list[tuple[Mention, Event]], state: State) -> set[str]:
    """The councils out of focus that a sentence tells of without their names; "the first of these" in passing keeps the focus."""
    meant = {event.council for _, event in told} - set(state.focus)
    return set() if meant <= set(state.listed) - state.news else meant


def _move_focus(scene: Scene, cast: Cast, told: list[tuple[Mention, Event]], state: State) -> None:
    """Let the story turn to the councils that this sentence is about."""
    moved, topics = False, bool(within(cast.findings, scene) or within(cast.kinds, scene))
    foremost = [group for group in scene.groups if not group.aside]
    lists = [group.ids for group in foremost if len(group.ids) > 1]
    together = lists[-1] if lists else tuple(dict.fromkeys(id for group in foremost for id in group.ids))
    if len(together) > 1 and not set(together) <= set(state.listed):
        state.listed = together
    if foremost:
        state.last = foremost[0].ids[0] if len(foremost) == len(foremost[0].ids) == 1 else None
        state.last_block = scene.block
    elif not scene.groups and (described := _described(told, state)):
        state.focus, state.turn = tuple(described), PARAGRAPH  # "The borough was …" of a council not in focus
    if state.section and any(set(group.ids) & set(state.steady) for group in foremost):
        moved = True  # the council of the section is named among others: the section stays its own
    for group in foremost:
        state.named.update({m.id: m for m in group.mentions if m.id not in state.named})
        state.count.update(group.ids)
        if told or topics:
            state.explicit |= set(group.ids)
        if moved or scene.is_led_in(group):
            continue
        spoken = {event.council for statement, event in told if not PASSED_BY & {*statement.cues}}
        passed = {event.council for _, event in told} - spoken
        leads = _turns_to(scene, group)
        state.explicit |= set(group.ids) if leads else set()
        opens = (
            group.start - scene.sentence.start <= OPENING or scene.is_subject(group) or scene.is_fronted(group) or leads
        )
        topical = topics and not set(group.ids) & passed
        here = opens or not state.focus or bool(set(group.ids) & spoken) or (topical and not state.section)
        if set(group.ids) <= passed - state.news and state.focus and not (topics or leads):
            continue  # "Leeds, itself rated outstanding, has lent its director"
        if state.section and not topics and not set(group.ids) & spoken:
            continue  # "Kent has given advice" in the section of another
        passed_by = not opens and state.steady and {event.role for _, event in told} == {"previous"}
        if here and (set(group.ids) & state.news or not (state.news or passed_by)):
            state.focus = state.steady = group.ids
        elif set(group.ids) & spoken or opens:
            state.focus = group.ids
        else:
            continue
        moved = True
        state.turn = PARAGRAPH
