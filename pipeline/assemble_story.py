"""Story: what the article as a whole says of its events: of what kind they are, and which grades are only passed by."""

from extractors.reading import Reading
from extractors.segment import clause_at, clauses
from pipeline.assemble_state import Cast, State
from pipeline.assemble_when import is_fresh
from pipeline.events import UNGRADED, Event
from schemas.mention import Mention

RELATIVE = ("WDT", "WP", "WP$", "WRB")  # tags of words that open a relative clause
SETTING_BESIDE = ("while", "whereas")  # conjunctions that set two councils beside one another


def announced(cast: Cast) -> Mention | None:
    """The naming of ungraded visits that a story is a round of: "Focused visits have resumed. Here is what was found"."""
    plural = [m for m in cast.kinds if "plural" in m.cues and "future" not in m.cues and "previous" not in m.cues]
    return next((m for m in plural if m.id in UNGRADED), None)


def settle_kinds(state: State, story: str | None) -> None:
    """Give events whose kind no word tells the kind that the rest of the article suggests.

    An ungraded visit is of the kind of the article's other visits, or of those that the story is a round of, or of the one
    kind that the story is all about; a grade among annual ratings is one of them.
    """
    news = [event for event in state.events if event.role == "current"]
    annual = sum(event.kind == "annual_assessment" for event in news)
    visits = [event.kind for event in news if event.kind in ("monitoring_visit", "focused_visit")]
    of_story = [event.role for event in state.events if event.kind == story]
    told = "previous" in of_story and "current" not in of_story  # that kind is history
    for event in state.events:
        if event.kind == "other" and event.ratings:  # the graded no-notice inspections of 2012 and 2013
            event.kind = "inspection"
        if event.kind != "inspection":
            continue
        unnamed = event.ratings and event.kind_mention is None
        if unnamed and story == "annual_assessment" and _may_be_annual(event):
            event.kind = story
        elif unnamed and event.role == "current" and 2 * annual > len(news):
            event.kind = "annual_assessment"
        elif not event.ratings and _is_visit(event) and (event.council in state.visit or visits):
            event.kind = state.visit.get(event.council) or visits[0]
        elif state.announced and _is_of_the_round(event):
            event.kind, event.kind_mention = state.announced.id, event.kind_mention or state.announced
        elif not event.ratings and story and ((event.role == "current" and not told) or _is_visit(event)):
            event.kind = story


def _may_be_annual(event: Event) -> bool:
    """Whether grades may be those of an annual rating: no area has an inspection of its own, and an earlier one only a year."""
    dated = [len(date) > len("2007") for date in event.dates()]
    return not {"safeguarding", "children_in_care"} & event.ratings.keys() and (
        event.role == "current" or not any(dated)
    )


def _is_visit(event: Event) -> bool:
    """Whether an event is only called a visit."""
    return event.kind_mention is not None and event.kind_mention.id == "visit"


def _is_of_the_round(event: Event) -> bool:
    """Whether an event may be one of the ungraded visits that a story announces: it is news, dated and without a grade."""
    named = event.kind_mention is None or _is_visit(event)
    return event.role == "current" and not event.ratings and bool(event.findings) and (named or bool(event.inspected))


def demote(reading: Reading, state: State) -> None:
    """Make history of a bare grade of a council that is passed by: no fresh date, finding or second grade tells of news.

    "Help came from North Lincolnshire, whose services are outstanding": where another council's inspection is told at length.
    """
    news = [event for event in state.events if event.role == "current"]
    annual = sum(event.kind == "annual_assessment" for event in news)  # all councils' grades come out on one day
    if 2 * annual > len(news) or not any(_is_told_at_length(event) for event in news):
        return
    for event in news:
        bare = [*event.ratings] == ["overall"] and not event.findings and not is_fresh(reading, event.dates())
        listed = [other for other in news if other.ratings.get("overall") is event.ratings.get("overall")]
        lead = event.council == next(iter(state.named), None)
        moved = any(rating.rule == "moved-to" for rating in event.ratings.values())  # "the latter rose to good"
        if not bare or moved or lead or len(listed) > 1 or is_graded_anew(event):
            continue
        if not any(_is_set_beside(reading, event, other) for other in news if other is not event):
            event.role = "previous"


def _is_set_beside(reading: Reading, event: Event, other: Event) -> bool:
    """Whether a bare grade stands beside that of another event of news in one sentence: "Kent is good, but Medway inadequate";
    not in a clause that only hangs on it: "whose services are outstanding", "after Medway was judged inadequate".
    """
    grade = event.ratings["overall"]
    sentence = reading.sentence(grade.start)
    beside = any(sentence.start_char <= m.start < sentence.end_char for m in other.ratings.values())
    if not beside or "which is" in grade.cues:
        return False
    words = reading.doc.char_span(grade.start, grade.end, alignment_mode="expand")
    if words is None:
        return False
    first = clause_at(clauses(reading, sentence), words.start)[0]
    hangs = first.tag_ in RELATIVE or (first.pos_ == "SCONJ" and first.norm_ not in SETTING_BESIDE)
    return first.i == sentence.start or not hangs


def _is_told_at_length(event: Event) -> bool:
    """Whether more is said of an event than one grade."""
    return len(event.ratings) > 1 or bool(event.findings) or bool(event.ratings and event.dates())


def is_graded_anew(event: Event) -> bool:
    """Whether a grade of the event is said to be new, so that a visit named beside it is not the news."""
    return any("current" in rating.cues for rating in event.ratings.values())


def carry_back(state: State) -> None:
    """Add the earlier inspection that only a kept overall grade tells of: "retains its 'good' rating", not "is still good"."""
    for event in [event for event in state.events if event.role == "current" and event.kind == "inspection"]:
        kept = event.ratings.get("overall")
        told = any(e.role == "previous" and e.ratings for e in state.events.by_council[event.council])
        if kept is not None and kept.rule == "kept" and not told and "present" not in kept.cues:
            earlier = state.events.previous(event.council, None, None, kept, None)
            earlier.council_mention, earlier.ratings["overall"] = event.council_mention, kept
