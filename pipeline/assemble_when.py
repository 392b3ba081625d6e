"""When: which date belongs to which statement, and whether that makes its event news or history."""

from collections.abc import Iterator, Sequence
from datetime import date as Day
from itertools import islice, pairwise

from spacy.tokens import Token

from extractors.date_verb import HEIGHT
from extractors.lexicon import ending
from extractors.period import bounds, compatible
from extractors.rating_claim import ANNUAL_YEARS
from extractors.reading import Reading
from pipeline.assemble_state import State, in_sentence
from pipeline.discourse import Scene, column_of
from pipeline.events import UNGRADED
from schemas.mention import Mention

SAME_EVENT_DAYS = 20  # between two dates of one fieldwork, as loosely as the press tells them
LETTERS = ("monitoring_visit", "focused_visit", "jtai")  # kinds that end in a letter, soon sent
OLD_VISIT_DAYS = 95
OPENING_SENTENCES = 5
FRESH_DAYS = 30  # a grade told with an older date alone is passed by
OLD_REPORT_DAYS = 75  # news of a report is told within weeks; two months allow for a monthly page
OLD_DAYS = 200  # a full report follows its fieldwork by up to 214 days; what is older than this is history


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
        found: Sequence[Mention | None] = when.get(statement.start) or [
            _date_of_column(scene, statement, state) or _day_of_that(scene, statement, state)
        ]
        for own in found:
            yield statement, own


def _date_of_column(scene: Scene, statement: Mention, state: State) -> Mention | None:
    """The date that heads the column of a grade: "Judgment | May 2015 | June 2018"."""
    if statement.rule != "table-row" or state.header is None or "current" in statement.cues:
        return None
    dates, head = state.header
    column = column_of(scene, statement)
    return next((date for date in dates if column and column_of(head, date) == column), None)


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
        return len(date.id) in (4, 7) and "year inferred" not in date.cues  # it gives the years of earlier events only
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
    graded = state.events.has_current(council) and bool(state.events.current(council).ratings)
    if "present" in cues and last is not None and last.role == "previous" and graded:
        return state.why.took("role", "current", "it is told in the present tense")
    if claim is not None and state.round_of_visits and not _names_inspection(reading, claim):
        return state.why.took("role", "previous", "the article is a round of ungraded visits")
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


def is_round_of_visits(reading: Reading, visits: Mention | None, ratings: Sequence[Mention]) -> bool:
    """Whether an article is a round of ungraded visits, so that its grades are standing ones: it opens with them, or names them
    and tells no grade as new or of several areas.
    """
    if visits is None or visits.id not in LETTERS:
        return False
    opening = reading.sentences[:OPENING_SENTENCES][-1].end_char
    graded = any("current" in claim.cues or len(claim.values) > 1 for claim in ratings)
    return visits.start < opening or not graded


def _names_inspection(reading: Reading, claim: Mention) -> bool:
    """Whether the sentence of a grade names a graded inspection."""
    sentence = reading.sentence(claim.start)
    kinds = reading.spans("kinds", sentence.start_char, sentence.end_char)
    return any(kind.id_ in ("inspection", "reinspection") for kind in kinds)


def is_of_all(reading: Reading, scene: Scene, date: Mention) -> bool:
    """Whether a date is that of several reports or inspections, which are news: "the reports, which were released on Friday"."""
    start, span, published = scene.sentence.start_char, bounds(date.id), reading.article.published
    if not date.values or date.values == ("other",) or is_old(reading, date):
        return False
    if span is not None and published is not None and span[0] > Day.fromisoformat(published):
        return False
    marks = [m for m in reading.spans("generic", start, date.start) if m.id_ == "papers"]
    grades = reading.spans("grades", start, date.start)
    marks += [
        m
        for m in reading.spans("judging", start, date.start)
        if m.id_ == "noun" and not any(g.start <= m.start < g.end for g in grades)  # "two grades below"
    ]
    marks += reading.spans("kinds", start, date.start)
    nearest = max(marks, key=lambda mark: mark.end, default=())
    if any(token.tag_ == "NNS" for token in nearest) or _is_one_of_several(scene, date):
        return True
    verb = scene.reading.doc[scene.token(date.start)].head
    if verb.i == scene.sentence.start and verb.tag_ == "VBN":  # "Published today, the ratings put …"
        return any(m.id_ == "papers" for each in _subjects(verb.head) for m in ending(verb.doc, "generic", each.i + 1))
    subjects = _subjects(verb)
    edge = subjects[0].right_edge.i + 1 if subjects else 0
    papers = [m for m in reading.spans("generic", start, date.start) if m.id_ == "papers" and m.end <= edge]
    return bool(papers)


def _subjects(verb: Token) -> list[Token]:
    """The subjects of a verb."""
    return [child for child in islice(verb.children, HEIGHT) if child.dep_ in ("nsubj", "nsubjpass")]


def _is_one_of_several(scene: Scene, date: Mention) -> bool:
    """Whether a report is one of some that came out at a date: "The letter is one of four, published yesterday"."""
    before = scene.reading.doc[scene.sentence.start : scene.token(date.start)]
    papers = [m for m in scene.reading.spans("dates_roles", before.start_char, before.end_char) if m.id_ == "judgement"]
    words = [token.norm_ for token in before]
    counted = any(pair == ("one", "of") and before[at + 2].like_num for at, pair in enumerate(pairwise(words[:-1])))
    return date.values == ("reported",) and counted and bool(papers)


def shared_dates(state: State) -> list[Mention]:
    """The dates of all events that are news: those that none of them contradicts."""
    news = [event for event in state.events if event.role == "current"]
    known = {role: [date.id for event in news if (date := getattr(event, role))] for role in ("inspected", "reported")}
    return [
        date
        for date in state.shared
        if date.values and all(compatible(other, date.id) for other in known[date.values[0]])
    ]


def story_kind(reading: Reading, kinds: list[Mention]) -> str | None:
    """The kind that an article is about: annual ratings, where one of their time names them first; else the only kind of
    ungraded visit that it names; what is named in passing apart.
    """
    told = [kind for kind in kinds if not {"aside", "future"} & {*kind.cues}]
    annual = bool(told) and told[0].id == "annual_assessment" and "previous" not in told[0].cues
    if annual and (reading.article.published or ANNUAL_YEARS[1]) < ANNUAL_YEARS[1]:
        return "annual_assessment"
    named = {kind.id for kind in told if kind.id in UNGRADED}
    return named.pop() if len(named) == 1 else None
