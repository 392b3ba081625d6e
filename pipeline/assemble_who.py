"""Who: the councils that a statement is about, named in it or not."""

from spacy.tokens import Span

from extractors.authorities import places, register
from extractors.lexicon import ending, starting
from extractors.rating_area import counted_areas
from extractors.rating_syntax import place_of
from extractors.reading import Reading
from pipeline.assemble_state import State, names_of, within
from pipeline.discourse import Group, Scene, column_of
from schemas.mention import Mention

SORTS = {  # what a description says of an authority, by its type in the register
    "london": ("london_borough",),
    "borough": ("london_borough", "metropolitan"),
    "county": ("county",),
    "city": (),
    "unitary": ("unitary",),
}
PLACES = {"former": 0, "second": 1, "third": 2, "latter": -1, "other": 0}  # in the list of councils last named together
PAIR = ("one", "another")
COUNTED = 3  # tokens of "all four councils"; "both" and "all four" may count anything
TOUCHING = 5  # tokens from a standing grade to the council that bears it


def who(scene: Scene, index: int, state: State) -> tuple[str, ...]:
    """The councils that a statement at a token is about."""
    if scene.says("roles", "predecessor", index) and (old := predecessors(state.focus)):
        named = scene.named(index)
        if named and set(named.ids) & set(old):
            return state.why.took("council", named.ids, "named as the predecessor", *named.mentions)
        return state.why.took("council", old, "the predecessor of the focus", *names_of(state.focus, state))
    if meant := _by_place(scene, index, state):
        state.explicit |= set(meant)
        return state.why.took("council", meant, "meant by its place among those named", *names_of(meant, state))
    if rest := _others(scene, index, state):
        return state.why.took("council", rest, "all but the one spoken of", *names_of(rest, state))
    group = scene.named(index)
    unnamed = [
        s
        for s in scene.reading.spans("generic", scene.sentence.start_char, scene.clause(index).end_char)
        if s.id_ == "indefinite"
    ]
    if group is None and unnamed and len(state.news) != 1:
        return ()
    several = [
        span
        for span in _generic(scene, scene.clause(index))
        if span.id_ == "several" and not _is_conjunction(span) and not _counts_areas(scene, span, index)
    ]
    if several and (taken := _taken_up(scene, several[0], index)):
        return state.why.took("council", taken, "named one by one before", *names_of(taken, state))
    if several and (group is None or group.start > index):
        return state.why.took("council", _several(state), "spoken of as several councils", *state.named.values())
    if group is not None and (own := _of_the_section(scene, group, index, state)):
        return state.why.took("council", own.ids, "the council of the section, named before others", *own.mentions)
    if group is not None:
        clause = scene.clause(index)
        near = "clause" if clause.start <= group.start < clause.end else "sentence"
        return state.why.took("council", group.ids, f"named in the {near}", *group.mentions)
    return _unnamed(scene, index, state)


def _taken_up(scene: Scene, several: Span, index: int) -> tuple[str, ...]:
    """The councils that "both" takes up where each was named with an aside of its own: "Hull, which was good in 2014, and Wigan,
    which was not, are both now good".
    """
    clause = scene.clause(index)
    before = [group for group in scene.groups if not group.aside and group.end <= several.start]
    ids = tuple(dict.fromkeys(id for group in before for id in group.ids))
    alone = len(before) > 1 and before[-1].end <= clause.start and several.end <= index
    return ids if alone and (len(ids) == len(PAIR) or several[0].norm_ != "both") else ()


def _unnamed(scene: Scene, index: int, state: State) -> tuple[str, ...]:
    """The councils that a statement is about whose clause names none: pointed at, described, or in focus."""
    if (last := _just_named(scene, index, state)) is not None:
        state.explicit.add(last)
        return state.why.took("council", (last,), "described, and named in the sentence before", state.named[last])
    if not state.focus and (only := _subject_of_first(scene, index)):
        return state.why.took("council", only.ids, "the only council that the sentence names", *only.mentions)
    if far := _elsewhere(scene, index, state):
        state.explicit |= set(far)
        return state.why.took("council", far, "the only one that lies where it is said to", *names_of(far, state))
    meant = _described(scene, index, state.focus) if len(state.focus) > 1 else state.focus
    return state.why.took("council", meant, state.turn, *names_of(state.focus, state))


def _generic(scene: Scene, clause: Span) -> list[Span]:
    """The words for councils in a clause, and what a relative clause hangs on: "the two authorities, which were inspected"."""
    here = scene.reading.spans("generic", clause.start_char, clause.end_char)
    relative = clause[0].tag_ in ("WDT", "WP", "WP$", "WRB") and clause.start > scene.sentence.start
    return [*ending(scene.reading.doc, "generic", clause.start - 1, clause.start), *here] if relative else here


def _by_place(scene: Scene, index: int, state: State) -> tuple[str, ...]:
    """The council that "the former", "the second" or "its neighbour" means, of those last named together.

    Of two lists, areas and councils, "the former" means an area.
    """
    clause = scene.clause(index)
    marks = [m for m in scene.reading.spans("generic", clause.start_char, clause.end_char) if m.id_ in PLACES]
    mark = next((m for m in reversed(marks) if m.end <= index and _is_pronoun(m)), None)
    if mark is None or any(mark.end <= group.start < index for group in scene.groups):
        return ()
    if len(state.focus) == 1 and starting(mark.doc, "kinds", mark.end + 2, mark.end + 3):
        return ()  # "the second of those visits", all to one council
    start = scene.sentence.start_char
    areas = [area for area in scene.reading.spans("areas", start, mark.start_char) if area.id_ != "none"]
    here = dict.fromkeys(id for group in scene.groups if group.end <= mark.start for id in group.ids)
    listed = tuple(here) if len(here) > 1 else state.listed
    if mark.id_ == "other":
        rest = tuple(id for id in listed if id not in (here or state.focus))
        return rest if len(listed) == 2 and len(rest) == 1 else ()
    place = PLACES[mark.id_]
    return (listed[place],) if len(listed) > max(place, 1) and len(areas) < 2 else ()


def _others(scene: Scene, index: int, state: State) -> tuple[str, ...]:
    """The councils that "the other two councils" means: of those last named together, or whose inspection is news, all but the
    ones spoken of.
    """
    clause = scene.clause(index)
    marks = scene.reading.spans("generic", clause.start_char, clause.end_char)
    if not any(mark.id_ == "others" for mark in marks):
        return ()
    here = {id for group in scene.groups for id in group.ids}
    listed = state.listed if len(state.listed) > len(PAIR) else tuple(id for id in state.named if id in state.news)
    rest = tuple(id for id in listed if id not in (here or state.focus))
    return rest if len(rest) > 1 else ()


def _is_pronoun(mark: Span) -> bool:
    """Whether nothing follows that the words describe: "the first is good", but not "the first inspection"."""
    after = mark.doc[mark.end] if mark.end < len(mark.doc) else None
    if after is not None and after.norm_ == "of":
        return mark.doc[mark.end : mark.end + 2][-1].norm_ in ("these", "those", "them")
    graded = starting(mark.doc, "grades", mark.end)  # "and the latter inadequate"
    full = mark.id_ == "other" and mark[-1].norm_ != "other"  # "the other council" needs no more, "the other" may
    return full or after is None or bool(graded) or after.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM")


def _is_conjunction(span: Span) -> bool:
    """Whether "both" only joins two phrases: "inadequate both overall and for its leadership"."""
    doc = span.doc
    after = doc[span.end] if span.end < len(doc) else None
    resumes = span.start > 0 and doc[span.start - 1].pos_ == "AUX"  # "are both now good"
    joins = after is not None and (after.pos_ in ("ADP", *(() if resumes else ("ADV",))) or after.norm_ == "overall")
    return span.text.lower() == "both" and (joins or span[0].dep_ == "preconj")


def _counts_areas(scene: Scene, span: Span, index: int) -> bool:
    """Whether areas are counted, not councils: "good overall and in all four", "leadership and adoption were both good", or
    those of the sentence before.
    """
    if counted_areas(scene.reading, scene.sentence, index):
        return True
    clause = scene.clause(index)
    start = clause.start if span[-1].tag_ == "NNS" else scene.sentence.start
    listed = scene.reading.spans("areas", scene.reading.doc[start].idx, span.start_char)
    named = any(group.start >= start and group.end <= span.start for group in scene.groups)
    if len(span) < COUNTED and not named and len([area for area in listed if area.id_ != "none"]) > 1:
        return True
    if any(area.id_ != "none" for area in scene.reading.spans("areas", span.start_char, span.end_char + 20)):
        return True
    places = span[-1].tag_ == "NNS" and span[-1].norm_ not in ("areas", "services")
    return span.start > index and span.doc[span.start - 1].pos_ == "ADP" and not places


def _described(scene: Scene, index: int, councils: tuple[str, ...]) -> tuple[str, ...]:
    """Those of several councils that a singular description fits ("the London borough", "the county"); all without one."""
    there = [council for council in councils if council in _place(scene, index)]
    if len(there) == 1:
        return tuple(there)
    sort = _sort(scene, index)
    if sort is None:
        return councils
    fitting = tuple(id for id in councils if _is_of(id, sort))
    return fitting if len(fitting) == 1 else ()


def _place(scene: Scene, index: int) -> frozenset[str]:
    """The authorities of the part of the country by which the clause of a token describes one: "the Merseyside authority"."""
    clause = scene.clause(index)
    marks = scene.reading.spans("generic", clause.start_char, clause.end_char)
    words = [f" {m[1:-1].text.lower()} " for m in marks if m.id_ == "one" and len(m) > len(("the", "council"))]
    held = (inside for place, inside in places().items() if any(f" {place} " in each for each in words))
    return min(held, key=len, default=frozenset())


def _elsewhere(scene: Scene, index: int, state: State) -> tuple[str, ...]:
    """The one council whose inspection is news that lies where a description says, where none in focus does; or of its sort,
    where it was last named together with the focus.
    """
    there = _place(scene, index)
    fitting = tuple(there & state.news)
    sort = _sort(scene, index)
    if not there and sort and set(state.focus) <= set(state.listed):
        there = frozenset(id for id in (*state.listed, *state.focus) if _is_of(id, sort))
        fitting = tuple(id for id in state.listed if id in there and (id in state.news or not state.news))
    return fitting if len(fitting) == 1 and not there & set(state.focus) else ()


def _sort(scene: Scene, index: int) -> str | None:
    """The sort of authority that the clause of a token speaks of ("the county"), by its key in `SORTS`."""
    clause = scene.clause(index)
    marks = scene.reading.spans("generic", clause.start_char, clause.end_char)
    words = {t.norm_ for m in marks if m.id_ == "one" for t in m if m.text.lower() not in ("it", "its")}
    return next((sort for sort in SORTS if sort in words), None)


def _is_of(council: str, sort: str) -> bool:
    """Whether a council is of a sort."""
    row = register()[council]
    return row.type in SORTS[sort] or sort in row.official.lower()


def _of_the_section(scene: Scene, group: Group, index: int, state: State) -> Group | None:
    """The council of the section, where the sentence names it before others that a preposition governs.

    Under the heading "Kingston": "the company that Kingston owns with Richmond can claim credit for 'outstanding' grades".
    """
    if not state.section or not group.governed or set(group.ids) & set(state.steady):
        return None
    return next((g for g in scene.groups if set(g.ids) == set(state.steady) and g.end <= index), None)


def _just_named(scene: Scene, index: int, state: State) -> str | None:
    """The council of the sentence before, where "that authority" or a description points at it.

    "They cite Kingston. The borough was good by 2015." One that is in focus needs no such pointer, and one whose description
    fits the focus as well gets none.
    """
    sort = _sort(scene, index)
    if state.last is None or state.last in state.focus:
        return None
    if state.last_block == scene.block and _is_pointed_at(scene, index):
        return state.last
    if sort is None or not _is_of(state.last, sort):
        return None
    near = state.last_block == scene.block or not any(_is_of(council, sort) for council in state.focus)
    return state.last if near else None


def _is_pointed_at(scene: Scene, index: int) -> bool:
    """Whether the clause of a token points at one authority just spoken of: "That authority was itself …"."""
    clause = scene.clause(index)
    marks = scene.reading.spans("generic", clause.start_char, clause.end_char)
    return any(m.id_ == "one" and m[0].norm_ == "that" for m in marks)


def _subject_of_first(scene: Scene, index: int) -> Group | None:
    """The one council that a sentence names, in the subject of one of its verbs: "The letter on a visit in June says leaders at
    Swindon Council have …", where nothing was named before.
    """
    clause = scene.clause(index)
    if len(scene.groups) != 1 or scene.groups[0].aside or not scene.is_in_subject(scene.groups[0]):
        return None
    inside = clause.start <= scene.groups[0].start < clause.end
    return scene.groups[0] if inside or clause[0].tag_ in ("WDT", "WP") else None


def _several(state: State) -> tuple[str, ...]:
    """ "Both councils": the focus where it holds several, else those last named together, if theirs is the news, else the two
    last named whose inspection is news, else all of them.
    """
    if len(state.focus) > 1:
        return state.focus
    if len(state.listed) > 1 and set(state.listed) <= (state.news or set(state.listed)):
        return state.listed
    met = [council for council in state.named if council in state.news or not state.news]
    return tuple(met[-2:]) if len(met) > 1 else tuple(sorted(state.news))


def predecessors(councils: tuple[str, ...]) -> tuple[str, ...]:
    """The authorities that the councils took the place of, as far as they ran children's services."""
    return tuple(id for id, row in register().items() if set(row.successors) & set(councils) and row.childrens_services)


def whose(reading: Reading, scene: Scene, claim: Mention, state: State) -> tuple[str, ...]:
    """The councils that a grade is said of: one each, in order, where the sentence says "respectively"."""
    if touching := _touching(scene, claim):
        return touching.ids
    if claim.rule == "table-row" and state.header and (heads := _heads(state.header[1], column_of(scene, claim))):
        return state.why.took("council", heads.ids, "it heads the column", *heads.mentions)
    councils = who(scene, scene.token(claim.start), state)
    marks = [
        m
        for m in reading.spans("clauses", scene.sentence.start_char, scene.sentence.end_char)
        if m.id_ == "respectively"
    ]
    told = [m for m in within(state.ratings, scene) if marks and m.end <= marks[0].start_char]
    if len(councils) > 1 and claim in told and _are_moves(told, len(councils)):
        return (councils[told.index(claim) // 2],)
    ordered = told[-len(councils) :]
    if (
        len(councils) > 1
        and len(ordered) == len(councils)
        and claim in ordered
        and len({m.values for m in ordered}) == 1
    ):
        return (councils[ordered.index(claim)],)
    return councils


def _heads(header: Scene, column: int) -> Group | None:
    """The councils in the cell that heads a column of a table: "Area | Wigan | Hull"."""
    return next((g for g in header.groups if column and column_of(header, g.mentions[0]) == column), None)


def _are_moves(told: list[Mention], count: int) -> bool:
    """Whether grades are left and reached in turn, once for each of so many: "from A to B and from C to D respectively"."""
    return [m.rule for m in told] == ["left-behind", "moved-to"] * count


def _touching(scene: Scene, claim: Mention) -> Group | None:
    """The councils that a grade stands right before ("inadequate in Kent", "good: Surrey and Kent"); those that bear a standing
    grade, or to which "so has" passes one on, bystanders or not.
    """
    end = scene.token(claim.end - 1)
    if place := place_of(scene.reading, scene.reading.doc[scene.token(claim.start) : end + 1]):
        return next((group for group in scene.groups if group.start <= place.start < group.end), None)
    ahead = next((token for token in scene.reading.doc[end + 1 : end + TOUCHING] if not token.is_quote), None)
    if ahead is not None and ahead.norm_ == ":":
        return next((group for group in scene.groups if group.start == ahead.i + 1), None)
    if "standing grade" not in claim.cues and claim.rule != "so-was":
        return None
    after = [group for group in scene.groups if 0 < group.start - end <= TOUCHING]
    return after[0] if after and not (claim.rule == "so-was" and claim.values) else None
