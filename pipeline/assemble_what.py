"""What: grades, visits, dates and findings sorted to the events of their councils."""

from spacy.tokens import Span

from extractors.authorities import existed, register
from extractors.lexicon import starting
from extractors.period import bounds
from extractors.reading import Reading
from pipeline.assemble_state import State, begin, in_sentence, is_plain, is_statistic, mention_of, names_several, note
from pipeline.assemble_when import age, is_earlier, is_fresh, is_old, role_of
from pipeline.assemble_who import predecessors, who, whose
from pipeline.discourse import Scene
from pipeline.events import UNGRADED, Event
from schemas.mention import Mention

VISITS = ("monitoring_visit", "focused_visit", "jtai")  # a story of one of these tells grades as history
RELATIVE = ("which", "where", "who", "whose")  # words that open a relative clause
SURE = ("rated-as", "moved-to", "kept", "table-row", "grade-phrase")


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
    back = "then" in cues or council not in state.pointer or (claim is not None and claim.rule == "table-row")
    last = state.past.get(council) if back else state.pointer[council]
    return state.events.previous(_at_date(council, date), date, kind, claim, last)


def _at_date(council: str, date: Mention | None) -> str:
    """The authority of this name that existed at a date (Somerset County Council before April 2023)."""
    span = bounds(date.id) if date else None
    if span is None or existed(council, span[1].isoformat()):
        return council
    name = register()[council].council.name.split(" (")[0]
    for id in predecessors((council,)):
        if register()[id].council.name.split(" (")[0] == name and existed(id, span[0].isoformat()):
            return id
    return council


def place_claim(
    reading: Reading, scene: Scene, claim: Mention, date: Mention | None, state: State
) -> list[tuple[Mention, Event]]:
    """Put one grade on the record of each council that it is said of."""
    told = []
    kind = "annual_assessment" if _is_annual(reading, scene, claim) else None
    councils = whose(reading, scene, claim, state)
    state.pending |= not councils and "previous" not in claim.cues
    for council in councils:
        role = role_of(reading, claim, date, council, state)
        dated = _just_dated(scene, claim, date, council, state) if role == "current" else None
        if dated:
            role = state.why.took("role", "previous", "the sentence before dates an earlier event")
            state.pointer[council] = dated
        if role == "current" and _is_bystander(scene, council) and council not in state.news:
            role = state.why.took("role", "previous", "its council is named in passing")
        strength = (
            2 * ("current" in claim.cues)
            + 2 * (date is not None)
            + (claim.rule in SURE)
            + bool(mention_of(scene, council))
        )
        if role == "current" and (
            _outranked(state, council, claim, strength) or _conflicts(state, council, kind, claim)
        ):
            visit = state.events.current(council).kind in UNGRADED
            if not _may_be_history(reading, claim, date) and not (visit and date):
                continue
            role = state.why.took("role", "previous", "the event that is news has another grade")
        for area in claim.values or ("overall",) if role == "current" else ():
            if strength > state.strength.get((council, area), (-1, ""))[0]:
                state.strength[council, area] = (strength, claim.id)
        event = _event(reading, council, role, date, kind, claim, state)
        if kind == "annual_assessment":
            event.kind = kind
        for area in claim.values or ("overall",):
            event.ratings.setdefault(area, claim)
        pointed, past = state.pointer.get(council), state.past.get(council)
        note(scene, event, date, state)
        if _is_told_aside(scene, claim):
            _return_to(pointed, past, council, state)
        if is_plain(scene, event.council, state):
            state.rated.add(event.council)
        told.append((claim, event))
    return told


def _return_to(pointed: Event | None, past: Event | None, council: str, state: State) -> None:
    """Let a council be spoken of as before, where an event was only told aside."""
    if pointed:
        state.pointer[council] = pointed
        state.past.update({council: past} if past else {})
    elif council in state.news:
        del state.pointer[council]


def _is_told_aside(scene: Scene, claim: Mention) -> bool:
    """Whether the story goes on about the event before: "…, as it had in 2014, …", "leaders, who were 'good' in 2014, …",
    "Rated good in 2014, the county has since …".
    """
    clause = scene.clause(scene.token(claim.start))
    inside = clause.start > scene.sentence.start and clause.end < scene.sentence.end
    return (
        claim.rule == "as-before"
        or (inside and clause[0].norm_ in ("who", "which") and clause[-1].norm_ == ",")
        or (scene.sentence[0].tag_ == "VBN" and scene.is_of_now and scene.token(claim.start) < scene.sentence.root.i)
    )


def _just_dated(scene: Scene, claim: Mention, date: Mention | None, council: str, state: State) -> Event | None:
    """The earlier event that the sentence before dates, where the past tense goes on about it: "Ofsted gave its verdict in
    2016. It was 'inadequate'." But a council that is named anew, or a word of time, leaves it.
    """
    if date is not None or set(claim.cues) - {"quoted"} or state.dated is None or scene.groups:
        return None
    before, events = state.dated
    event = events.get(council)
    present = scene.is_present(claim)
    fits = event is not None and before.block == scene.block and not present and event.agrees(None, None, claim)
    return event if fits else None


def _may_be_history(reading: Reading, claim: Mention, date: Mention | None) -> bool:
    """Whether a grade may be an earlier one: its words say so, or a date that is not as fresh as news."""
    return "previous" in claim.cues or (date is not None and not is_fresh(reading, [date.id]))


def _is_bystander(scene: Scene, council: str) -> bool:
    """Whether the sentence names a council in passing only ("commissioned from Cornwall, itself rated outstanding")."""
    groups = [group for group in scene.groups if council in group.ids]
    return bool(groups) and all(group.aside for group in groups)


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
    kinds = reading.spans("kinds", clause.start_char, claim.start)[-1:] or reading.spans(
        "kinds", claim.end, clause.end_char
    )
    words = reading.spans("grades_annual", claim.start, claim.end)
    whole = any(
        word.start_char == claim.start and word.end_char == claim.end for word in words
    )  # not "that grade as well"
    return whole or any(kind.id_ == "annual_assessment" for kind in kinds)


def place_kind(
    reading: Reading, scene: Scene, kind: Mention, date: Mention | None, state: State
) -> list[tuple[Mention, Event]]:
    """Note a visit or inspection that is named, where the words tell of one event."""
    if (
        "future" in kind.cues
        or (is_statistic(reading, scene) and not scene.groups)
        or ("plural" in kind.cues and not names_several(scene))
        or ("aside" in kind.cues and not (kind.id in UNGRADED and date))
    ):
        return []
    told = []
    for council in who(scene, scene.token(kind.start), state):
        if kind.id in ("visit", "inspection") and not kind.cues and date is None and council in state.pointer:
            continue
        aside = "aside" in kind.cues
        role = "previous" if aside else role_of(reading, kind, date, council, state)
        if aside:
            state.why.took("role", role, "named in passing")
        unsure = date is not None and "year inferred" in date.cues and "previous" not in kind.cues
        if kind.rule == "kind-source" and (role == "current" or unsure):
            continue  # today's report, perhaps
        if role == "current" and kind.id in VISITS:
            state.visits.add(council)
        if role == "current" and (_conflicts(state, council, kind.id, None) or _is_no_desk(state, council, kind)):
            role = state.why.took("role", "previous", "the event that is news is of another kind")
        sort = kind.id if kind.id != "visit" else state.visit.get(council) if role == "previous" else None
        event = _event(reading, council, role, date, sort, None, state)
        event.set_kind(kind)
        if kind.id in ("monitoring_visit", "focused_visit"):
            state.visit[council] = kind.id
        pointed = state.pointer.get(council)
        note(scene, event, date, state)
        if aside and pointed:
            state.pointer[council] = pointed
        told.append((kind, event))
    return told


def _is_no_desk(state: State, council: str, kind: Mention) -> bool:
    """Whether inspectors visited a council whose news is an annual rating, which ends in a letter and was made at a desk."""
    annual = state.events.has_current(council) and state.events.current(council).kind == "annual_assessment"
    return annual and kind.id == "visit" and kind.text.lower() != "letter"


def place_date(reading: Reading, scene: Scene, date: Mention, told: list[tuple[Mention, Event]], state: State) -> None:
    """A date of its own: with an event of the same clause, else with the current or an earlier event by its age."""
    if not date.values:
        return
    begin(scene, state, date)
    clause = scene.clause(scene.token(date.start))
    near = [event for mention, event in told if clause.start_char <= mention.start < clause.end_char]
    near = [e for e in near if e.role == "previous" or not is_earlier(reading, date, e.council, state)]
    if near:
        last = [mention for mention, event in told if event is near[-1]][-1]
        near = [event for mention, event in told if mention is last and event in near]
        state.why.took("event", near, "a grade or visit stands in its clause")
        for event in near:  # several, where one statement is made of several councils
            event.set_date(date)
            event.reasons += state.why.reasons(event.council)
        return
    if is_statistic(reading, scene):
        return
    councils = who(scene, scene.token(date.start), state)
    if not scene.groups and any(m.id_ == "papers" for m in in_sentence(reading, scene, "generic")):
        councils = ()
    for council in councils:
        if is_earlier(reading, date, council, state):
            event = _event(reading, council, "previous", date, None, None, state)
            event.set_date(date)
            state.why.took("role", "previous", age(reading, date), date)
            event.reasons += state.why.reasons(event.council)
            state.past[council] = event  # "In March 2018 it was graded for the first time. On that occasion …"
            if not told and clause[0].norm_ not in RELATIVE:
                here = state.dated is not None and state.dated[0] is scene
                state.dated = scene, {**(state.dated[1] if state.dated and here else {}), council: event}
        elif (
            (before := state.pointer.get(council))
            and before.role == "previous"
            and before.dates()
            and before.agrees(date, None, None)
        ):
            state.why.took("event", before, "the event last spoken of")
            before.set_date(date)
            before.reasons += state.why.reasons(council)
        elif council in state.news or (state.announced and date.values == ("inspected",)):
            note(scene, state.events.current(council), date, state)
    if not councils and is_old(reading, date) is False:
        state.shared.append(date)


def place_finding(
    reading: Reading,
    scene: Scene,
    finding: Mention,
    dates: list[Mention],
    told: list[tuple[Mention, Event]],
    state: State,
) -> None:
    """Give a finding to the event that its sentence speaks of."""
    begin(scene, state, finding)
    events = _finding_events(reading, scene, finding, told, state)
    for event in events:
        state.beside |= {event.council} & {id for group in scene.groups if not group.aside for id in group.ids}
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
    councils: tuple[str, ...] = who(scene, index, state) or spoken
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
    told_of = [council for council in councils if council in state.news or state.events.has_current(council)]
    if _is_now(reading, clause) or (told_of and _is_of_today(reading, finding)):
        current = [state.events.current(council) for council in told_of]
        return state.why.took("event", current, "it speaks of the present")
    visits = [
        e
        for mention, e in told
        if mention.kind == "kind"
        and mention.start < finding.start
        and "aside" not in mention.cues
        and scene.clause(scene.token(mention.start))[0].norm_ not in RELATIVE
    ]
    if visits:
        return state.why.took("event", visits[-1:], "a visit or inspection is named before it")
    found = []
    for council in councils:
        if council in state.pointer:
            found.append(state.why.took("event", state.pointer[council], "the event last spoken of"))
        elif (
            council in state.news
            or state.events.has_current(council)
            or _is_on_the_round(scene, finding, council, state)
        ):
            found.append(state.why.took("event", state.events.current(council), "the event that is news"))
    return found


def _is_on_the_round(scene: Scene, finding: Mention, council: str, state: State) -> bool:
    """Whether inspectors tell a finding of a council by its name in a round of visits: "In Barnet, inspectors found …"; but not
    in a paragraph about "an earlier round".
    """
    earlier = scene.reading.spans("times", scene.block.start, finding.start)
    if any(mark.id_ == "previous" for mark in earlier):
        return False
    named = mention_of(scene, council) is not None and not _is_bystander(scene, council)
    return state.round_of_visits and named and finding.voice in ("inspectors", "report", "letter")


def _is_now(reading: Reading, clause: Span) -> bool:
    """Whether a clause speaks of the present ("Since then the authority has won back …", "now")."""
    marks = reading.spans("times", clause.start_char, clause.end_char)
    return bool(marks) and all(mark.id_ in ("current", "since") for mark in marks)


def _is_of_today(reading: Reading, finding: Mention) -> bool:
    """Whether a finding is told in the present tense or the perfect, outside quotation marks: "… leaders know their services"."""
    span = reading.doc.char_span(finding.start, finding.end, alignment_mode="expand")
    if span is None or finding.quoted:
        return False
    verbs = (
        token
        for token in span
        if token.tag_ in ("VBZ", "VBP", "VBD")
        and not (token.dep_ in ("relcl", "pcomp") and token.head.i >= span.start)
        and not starting(token.doc, "voices", token.i)
    )
    first = next(verbs, None)
    return first is not None and first.tag_ != "VBD"
