"""When: which date belongs to which statement, and whether that makes its event news or history."""

from collections.abc import Iterator, Sequence
from datetime import date as Day

from extractors.period import bounds
from extractors.reading import Reading
from extractors.segment import is_glue
from pipeline.assemble_state import State, in_sentence
from pipeline.discourse import Scene
from pipeline.events import UNGRADED
from schemas.mention import Mention

SAME_EVENT_DAYS = 20  # between two dates of one fieldwork, as loosely as the press tells them
AGAIN = 8  # tokens between two dates of one grade
HELD = 6  # tokens from a grade to the date since which it is in force
LETTERS = ("monitoring_visit", "focused_visit", "jtai")  # kinds that end in a letter, soon sent
OLD_VISIT_DAYS = 95
FRESH_DAYS = 30  # a grade told with an older date alone is passed by
OLD_REPORT_DAYS = 75  # news of a report is told within weeks; two months allow for a monthly page
OLD_DAYS = 200  # a full report follows its fieldwork by up to 214 days; what is older than this is history


def dates_for(
    reading: Reading, scene: Scene, statements: list[Mention], dates: list[Mention]
) -> dict[int, list[Mention]]:
    """The dates of each grade or naming of an inspection in a sentence, by its start.

    First come the dates that follow their statement in one clause ("rated good in 2014"); then statements without one take, in
    this order, the nearest date of their own clause, an unclaimed date of the clause before ("a 2013 inspection, in which it was
    rated"), the date that opens the sentence, or the sentence's only date.
    """
    place = {m.start: scene.clause(scene.token(m.start)).start for m in (*statements, *dates)}
    statements = [s for s in statements if not _counts_for_grade(s, statements, place)]
    owned: dict[int, Mention] = {}
    taken: set[int] = set()
    owned.update(_paired(statements, dates, place))
    owned.update(_held_since(scene, statements, dates))
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
        shared = len(dates) == 1 and _shares(scene, statement, dates[0])
        if shared and dates[0].end <= statement.start:  # "inadequate in 2022, is now good, with leadership outstanding"
            shared = not _between(dates[0], statement, statements)
        only = dates if len(dates) == 1 and (dates[0].start not in taken or shared) else []
        far = [*opening, *only]
        fitting = near + [d for d in far if not ("current" in statement.cues and is_old(reading, d))]
        if fitting:
            owned[statement.start] = fitting[0]
    return {start: _listed(reading, date, dates) for start, date in owned.items()}


def _counts_for_grade(statement: Mention, statements: list[Mention], place: dict[int, int]) -> bool:
    """Whether inspections are counted beside a grade that takes their dates: "good at its last two, in 2013 and 2015"."""
    graded = any(s.kind == "rating" and place[s.start] == place[statement.start] for s in statements)
    return graded and "plural" in statement.cues


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


def _held_since(scene: Scene, statements: list[Mention], dates: list[Mention]) -> dict[int, Mention]:
    """Grades in force since a date, which is that of their inspection: "the county has been inadequate since March 2015"."""
    held: dict[int, Mention] = {}
    for date in dates:
        clause = scene.clause(scene.token(date.start))
        if clause[0].norm_ != "since" and not date.text.lower().startswith("since"):
            continue
        before = [s for s in statements if s.kind == "rating" and s.end <= date.start]
        near = before and scene.token(date.start) - scene.token(before[-1].end - 1) <= HELD
        if near and before[-1].cues[:1] == ("current",) and before[-1].cues[1].split()[0].lower() in ("has", "have"):
            held[before[-1].start] = date
    return held


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
    """Whether the words between two dates only join them: "and", "and once more in", "and, before that, in"."""
    gap = reading.doc[start:end]
    if not len(gap) or gap[0].norm_ != "and":
        return False
    if len(gap) <= AGAIN and any(t.norm_ == "again" for t in gap[:3]):  # "and again after an inspection in"
        return True
    for time in reading.spans("times", gap.start_char, gap.end_char):
        return is_glue(reading, start, time.start) and is_glue(reading, time.end, end)
    return not any(t.is_punct for t in gap) and is_glue(reading, start, end)


def _rated_there(date: Mention, taken: set[int], statements: list[Mention], place: dict[int, int]) -> bool:
    """Whether a grade of the date's own clause has it already."""
    return date.start in taken and any(s.kind == "rating" and place[s.start] == place[date.start] for s in statements)


def told_when(
    reading: Reading, scene: Scene, statements: list[Mention], when: dict[int, list[Mention]], state: State
) -> Iterator[tuple[Mention, Mention | None]]:
    """The statements of a sentence with their dates, one pair for each event that they tell.

    A grade given "each time" holds for every date of the sentence before, for the areas told before that date.
    """
    each = any(m.id_ == "each" for m in in_sentence(reading, scene, "times"))
    for statement in statements:
        if each and statement.kind == "rating" and not statement.values and state.before and len(state.before[0]) > 1:
            dates, before = state.before
            start = before.sentence.start_char
            for date in dates:
                areas = tuple(a.id_ for a in reading.spans("areas", start, date.start) if a.id_ != "none")
                start = date.end
                yield statement.model_copy(update={"values": areas}), date
            continue
        found: Sequence[Mention | None] = when.get(statement.start) or [_day_of_that(scene, statement, state)]
        for own in found:
            yield statement, own


def _day_of_that(scene: Scene, statement: Mention, state: State) -> Mention | None:
    """The date of "that visit" where the sentence before has one: "In August it was worse. On that visit …"."""
    index = scene.token(statement.start)
    if statement.kind != "kind" or not index or scene.reading.doc[index - 1].norm_ != "that" or state.before is None:
        return None
    dates, before = state.before
    return dates[-1] if before.block == scene.block and dates and not dates[-1].values else None


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


def _is_late_for_a_letter(reading: Reading, mention: Mention, date: Mention) -> bool:
    """Whether a visit lies too far back to be news: its letter comes out within two months, a report takes up to seven."""
    span, published = bounds(date.id), reading.article.published
    if mention.id not in LETTERS or date.values != ("inspected",) or span is None or published is None:
        return False
    return (Day.fromisoformat(published) - span[1]).days > OLD_VISIT_DAYS


def is_fresh(reading: Reading, dates: Sequence[str]) -> bool:
    """Whether a date is one of news: of the weeks before publication, or of an unknown year."""
    published = reading.article.published
    spans = [bounds(date) for date in dates]
    if published is None:
        return bool(dates)
    return any(span is None or (Day.fromisoformat(published) - span[1]).days <= FRESH_DAYS for span in spans)


def is_earlier(reading: Reading, date: Mention, council: str, state: State) -> bool | None:
    """Whether a date belongs to an earlier event of a council: old in itself, or well before the last known fieldwork."""
    old = is_old(reading, date)
    span, last = bounds(date.id), state.fieldwork.get(council)
    if old is False and span is not None and last is not None and (last - span[1]).days > SAME_EVENT_DAYS:
        return True
    return old


def role_of(reading: Reading, mention: Mention, date: Mention | None, council: str, state: State) -> str:
    """`current` or `previous`: by its date, by its words, by the sentence before, by what the article reports."""
    cues, claim = mention.cues, mention if mention.kind == "rating" else None
    for cue in ("standing grade", "left behind"):
        if cue in cues:
            return state.why.took("role", "previous", cue)
    if date is not None:
        old = is_earlier(reading, date, council, state) or _is_late_for_a_letter(reading, mention, date)
        if old:
            return state.why.took("role", "previous", age(reading, date), date)
        told = state.pointer.get(council)
        with_earlier = told is not None and told.role == "previous" and date.id in told.dates()
        told_back = cues[:1] == ("previous",) and cues[1:2] == ("had",) and is_fresh(reading, [date.id])
        if old is False and ("previous" not in cues or told_back) and not with_earlier:
            return state.why.took("role", "current", "its date is near publication", date)
    for cue in ("previous", "current"):
        if cue in cues and not ("which is" in cues and council in state.news):
            return state.why.took("role", cue, f"words of its sentence mean `{cue}`")
    last = state.pointer.get(council)
    if claim is not None and council in state.visited and (last is None or last.role == "current"):
        return state.why.took("role", "previous", "the article reports an ungraded visit")
    if last is not None and (claim is None or last.role == "current" or last.agrees(None, None, claim)):
        return state.why.took("role", last.role, "that of the event last spoken of")
    if state.news and council not in state.news:
        return state.why.took("role", "previous", "the inspection of another council is news")
    return state.why.took("role", "current", "nothing says otherwise")


def age(reading: Reading, date: Mention) -> str:
    """Why a date is that of an earlier event, in words."""
    if not is_old(reading, date):
        return "its date is before the fieldwork that is news"
    limit = OLD_REPORT_DAYS if date.values == ("reported",) else OLD_DAYS
    return f"its date is older than {limit} days, or of an earlier year"


def story_kind(kinds: list[Mention]) -> str | None:
    """The kind of visit that an article is about: the only one without grades that it names, save in passing."""
    named = {
        kind.id for kind in kinds if kind.id in UNGRADED and "aside" not in kind.cues and "future" not in kind.cues
    }
    return named.pop() if len(named) == 1 else None
