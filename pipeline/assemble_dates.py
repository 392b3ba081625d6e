"""Dates: which of a sentence's dates belongs to which of its statements."""

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span

from extractors.reading import Reading
from extractors.segment import is_glue
from pipeline.assemble_when import is_old
from pipeline.discourse import Scene, column_of
from schemas.mention import Mention

HELD = 6  # tokens from a grade to the date since which it is in force
YEAR = len("2016")
AGAIN = 8  # tokens between two dates of one grade


def dates_for(
    reading: Reading, scene: Scene, statements: list[Mention], dates: list[Mention]
) -> dict[int, list[Mention]]:
    """The dates of each grade or naming of an inspection in a sentence, by its start.

    First come the dates that follow their statement in one clause ("rated good in 2014"); then statements without one take, in
    this order, the nearest date of their own clause, an unclaimed date of the clause before ("a 2013 inspection, in which it was
    rated"), the date that opens the sentence, or the sentence's only date.
    """
    if scene.block.kind == "row":
        return _in_cells(scene, statements, dates)
    place = {m.start: scene.clause(scene.token(m.start)).start for m in (*statements, *dates)}
    statements = [s for s in statements if not _counts_for_grade(s, statements, place)]
    owned = {**_paired(statements, dates, place), **_held_since(scene, statements, dates)}
    _take_following(scene, statements, dates, place, owned)
    taken = {date.start for date in owned.values()}
    back = [s for s in statements if s.rule == "as-before"]  # "as it had been in 2014"
    aside = [owned[s.start] for s in back if s.start in owned]
    dates = [d for d in dates if not _points_ahead(d) and d not in aside]  # those serve it alone
    layout = Layout(reading, scene, statements, place, owned, frozenset(taken))
    for statement in statements:
        if statement.start not in owned and "standing grade" not in statement.cues:
            free = [
                date
                for date in _outside_asides(scene, dates, taken, statement)
                if not _is_told_behind(scene, date, statement, statements, place)
                and ("which is" not in statement.cues or place[date.start] == place[statement.start])
            ]
            if date := _nearest(layout, statement, free):
                owned[statement.start] = date
    _share_behind(scene, statements, owned)
    _share_inspection(statements, place, owned)
    return {start: _listed(reading, date, dates) for start, date in owned.items()}


def _in_cells(scene: Scene, statements: list[Mention], dates: list[Mention]) -> dict[int, list[Mention]]:
    """The dates of the grades of a table row: that of the own cell, or the only one in a cell without a grade."""
    graded = {column_of(scene, statement) for statement in statements}
    by_cell = {column_of(scene, date): date for date in reversed(dates)}
    alone = [date for column, date in by_cell.items() if column not in graded]
    own = {s.start: by_cell.get(column_of(scene, s)) or (alone[0] if len(alone) == 1 else None) for s in statements}
    return {start: [date] for start, date in own.items() if date}


@dataclass(frozen=True)
class Layout:
    """Where the statements and dates of a sentence stand, and which dates are owned already."""

    reading: Reading
    scene: Scene
    statements: list[Mention]
    place: dict[int, int]
    """The first token of the clause that a statement or date stands in, by its start."""
    owned: dict[int, Mention]
    taken: frozenset[int]
    """The starts of the dates that follow their statement."""


def _take_following(
    scene: Scene, statements: list[Mention], dates: list[Mention], place: dict[int, int], owned: dict[int, Mention]
) -> None:
    """Give each date to the statement that it follows in one clause ("rated good in 2014"), or that it points ahead to; not to
    one in the present tense where ", when" leads on to what was stated then ("is good, up on 2014, when it was inadequate").
    """
    taken = {date.start for date in owned.values()}
    for date in dates:
        before = [s for s in statements if s.end <= date.start and place[s.start] == place[date.start]]
        if _points_ahead(date):  # "good, three years after it was rated inadequate"
            before = [s for s in statements if s.start >= date.end][:1]
        elif before and _is_told_behind(scene, date, before[-1], statements, place):
            continue
        elif all(s.kind == "kind" for s in before):
            before = _with_when(scene, date, statements) or before
        if date.start not in taken and before and before[-1].start not in owned:
            owned[before[-1].start] = date


def _with_when(scene: Scene, date: Mention, statements: list[Mention]) -> list[Mention]:
    """The grade right behind which "when" or "after" opens the clause of a date: "good when it was last inspected, in 2017, it is
    now …", "rated 'inadequate' after a visit in May, it was found …".
    """
    clause = scene.clause(scene.token(date.start))
    before = [s for s in statements if s.kind == "rating" and s.rule != "as-before" and s.end <= clause.start_char]
    if clause[0].norm_ not in ("when", "after", "following") or not before:
        return []
    gap = scene.reading.doc[scene.token(before[-1].end - 1) + 1 : clause.start]
    return before[-1:] if all(token.is_quote for token in gap) else []


def _is_told_behind(
    scene: Scene, date: Mention, statement: Mention, statements: list[Mention], place: dict[int, int]
) -> bool:
    """Whether ", when" leads from a date to a grade, and the statement before it is of the present."""
    end = scene.token(date.end - 1) + 1
    follows = [token.norm_ for token in scene.reading.doc[end : end + 2]] == [",", "when"]
    graded = follows and any(s.kind == "rating" and place[s.start] == end + 1 for s in statements)
    # "up on 2014, when"
    compared = scene.reading.doc[scene.token(date.start) - 1].norm_ == "on" and len(date.id) == YEAR
    if not graded or statement.end > date.start or not (compared or scene.is_present(statement)):
        return False
    between = scene.reading.spans("judging", statement.end, date.start)
    return all(mark.id_ != "noun" for mark in between)  # but "'good', the verdict in 2014, when …"


def _nearest(layout: Layout, statement: Mention, free: list[Mention]) -> Mention | None:
    """The date of a statement that none follows: of its clause, of those beside it, or of the sentence."""
    reading, scene, statements, place = layout.reading, layout.scene, layout.statements, layout.place
    edges = sorted({clause.start for clause in scene.parts})
    mine = edges.index(place[statement.start])
    inside = [
        d
        for d in free
        if place[d.start] == place[statement.start]
        and not (d.start > statement.end and _between(d, statement, statements))
    ]
    led = None if inside or "current" in statement.cues else _leader(scene, statement, statements)
    if led is not None and led.start in layout.owned:
        return layout.owned[led.start]
    only = _only(layout, statement, free)
    left = _left_behind(layout) if statement.rule == "moved-to" else set()
    free = [d for d in free if d.start not in left]  # "from 'good' in 2009 (or "(2009)") to 'adequate'"
    inside = [d for d in _as_late(layout, statement, inside) if d in free]
    behind = scene.parts[mine + 1 : mine + 2]
    tells = any(part[0].norm_ == "when" or _is_its_inspection(part, statements, place) for part in behind)
    just_after = [d for d in free if tells and place[d.start] == behind[0].start]
    late = [d for d in free if not ("current" in statement.cues and is_old(reading, d))]
    before = [d for d in late if mine and place[d.start] == edges[mine - 1]]
    just_before = [d for d in before if not _rated_there(d, layout.taken, statements, place)]
    near = [*sorted(inside, key=lambda d: abs(d.start - statement.start)), *just_before[::-1], *just_after]
    opening = [d for d in free if d.end <= statement.start and place[d.start] == edges[0]]
    label = [d for d in opening if _labels(scene, d)]
    far = [d for d in (*opening, *only) if d in late and not _is_left(layout, d, statement)]
    if (
        statement.rule == "relative-grade"
    ):  # "good in 2014, it is inadequate for adoption, with that grade for leadership"
        far = [d for d in far if not _between(d, statement, statements)]
    return next(iter(label + near + far), None)


def _is_left(layout: Layout, date: Mention, statement: Mention) -> bool:
    """Whether the sentence has come to the present between a dated grade and a statement: "good in 2015, it is now 'inadequate',
    although its work with care leavers was judged to require improvement".
    """
    between = (s for s in layout.statements if date.end <= s.start < statement.start)
    return date in layout.owned.values() and any({"current", "moved to"} & set(s.cues) for s in between)


def _left_behind(layout: Layout) -> set[int]:
    """The starts of the dates of grades that were left behind."""
    return {
        layout.owned[s.start].start for s in layout.statements if s.start in layout.owned and "left behind" in s.cues
    }


def _as_late(layout: Layout, statement: Mention, dates: list[Mention]) -> list[Mention]:
    """The dates of a clause that its words of time allow: "inadequate in 2012 and told in 2014 …, it is now good"."""
    if not {"current", "moved to"} & set(statement.cues):
        return dates
    present = statement.cues[:1] == ("current",) and statement.cues[1].lower().startswith(("has", "have", "now"))
    return [
        d for d in dates if not is_old(layout.reading, d) or not (present or _between(d, statement, layout.statements))
    ]


def _only(layout: Layout, statement: Mention, free: list[Mention]) -> list[Mention]:
    """The one date of a sentence, where it may be that of a statement which stands elsewhere in it."""
    if len(free) != 1 or _since_then(layout.scene, free[0], statement):
        return []
    shared = _shares(layout.scene, statement, free[0])
    between = _between(free[0], statement, layout.statements)
    if free[0].end <= statement.start:  # "inadequate in 2022, is now good, with leadership outstanding"
        shared = shared and not between
    return free if free[0].start not in layout.taken or shared else []


def _share_behind(scene: Scene, statements: list[Mention], owned: dict[int, Mention]) -> None:
    """Give a grade without a date the one behind the grade, or the list of grades, that is told in one breath with it."""
    listed = False
    for first, second in reversed([*pairwise(statements)]):
        behind = owned.get(second.start)
        free = behind and first.start not in owned and behind.start > second.end
        listed = bool(free) and _is_coordinated(scene, first, second, listed=listed)
        if behind and listed:
            owned[first.start] = behind


def _share_inspection(statements: list[Mention], place: dict[int, int], owned: dict[int, Mention]) -> None:
    """Give a grade of the past the date of the inspection behind it: "it was inadequate at its first inspection in 2016"."""
    for grade, inspection in pairwise(statements):
        told = grade.kind == "rating" and not {"current", "present", "moved to", "left behind"} & set(grade.cues)
        named = inspection.kind == "kind" and "aside" not in inspection.cues
        if told and named and grade.start not in owned and place[grade.start] == place[inspection.start]:
            owned.update({grade.start: owned[inspection.start]} if inspection.start in owned else {})


def _outside_asides(scene: Scene, dates: list[Mention], taken: set[int], statement: Mention) -> list[Mention]:
    """The dates that may be a statement's: not those that another one has in an aside before it."""
    return [date for date in dates if not (date.start in taken and _closes_aside(scene, date, statement))]


def _closes_aside(scene: Scene, date: Mention, statement: Mention) -> bool:
    """Whether a date ends an aside before a statement, behind which the verb follows: "leadership, good in 2012, was …"."""
    after = scene.reading.doc[scene.token(date.end - 1) + 1 :][:2]
    return date.end <= statement.start and after[0].norm_ == "," and after[1].pos_ in ("AUX", "VERB")


def _is_coordinated(scene: Scene, first: Mention, second: Mention, *, listed: bool) -> bool:
    """Whether two grades are told in one breath, so that a date behind both is of both: "good overall and outstanding for
    leadership in 2019"; a comma does where "and" follows behind the second one (`listed`)."""
    if "rating" not in (first.kind, second.kind) or {"left behind", "moved to", "current"} & {
        *first.cues,
        *second.cues,
    }:
        return False
    start, end = scene.token(first.end - 1) + 1, scene.token(second.start)
    named = [area for area in scene.reading.spans("areas", first.end, second.start) if area.id_ != "none"]
    held = {token.i for area in named for token in area}
    plain = [token for token in scene.reading.doc[start:end] if token.i not in held and not token.is_punct]
    comma = listed and scene.reading.doc[end - 1].norm_ == ","
    return (comma or "and" in [t.norm_ for t in plain]) and all(
        t.pos_ in ("CCONJ", "ADP", "DET", "PRON") or t.is_quote for t in plain
    )


def _leader(scene: Scene, statement: Mention, statements: list[Mention]) -> Mention | None:
    """The statement before, where the clause hangs on it: "an inspection that found it good", "…, with adoption outstanding"."""
    clause = scene.clause(scene.token(statement.start))
    before = [other for other in statements if other.end <= clause.start_char]
    if not before:
        return None
    if clause[0].norm_ == "albeit" or [token.norm_ for token in clause[:2]] == [",", "with"]:
        return before[-1]
    hangs = before[-1].kind == "kind" and scene.token(before[-1].end - 1) == clause.start - 1
    return before[-1] if hangs and clause[0].norm_ in ("which", "where") else None


def _is_its_inspection(clause: Span, statements: list[Mention], place: dict[int, int]) -> bool:
    """Whether a clause only tells after which inspection a grade was given: "rated good following an inspection in May"."""
    kinds = {s.kind for s in statements if place[s.start] == clause.start}
    return clause[0].norm_ in ("following", "after") and kinds == {"kind"}


def _points_ahead(date: Mention) -> bool:
    """Whether a date is counted from what follows it: "three years after"."""
    return date.text.lower().endswith(("after", "since"))


def _since_then(scene: Scene, date: Mention, statement: Mention) -> bool:
    """Whether a date lies in a clause of "since" behind a statement: "the best that it has had since the death in 2007"."""
    clause = scene.clause(scene.token(date.start))
    return clause[0].norm_ == "since" and clause.start > scene.token(statement.start)


def _labels(scene: Scene, date: Mention) -> bool:
    """Whether a date and a colon open a sentence, so that all of it is told of that date: "• August 2021: the new grade is …"."""
    end = scene.token(date.end - 1) + 1
    doc = scene.reading.doc
    before = doc[scene.sentence.start : scene.token(date.start)]
    return end < len(doc) and doc[end].norm_ == ":" and not any(token.is_alpha for token in before)


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
        # "from 'good' to 'inadequate' since its visit in 2015"
        if [s.rule for s in before[-2:]] == ["left-behind", "moved-to"]:
            held[before[-2].start] = date
            continue
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
    if len(series := _series(reading, date, dates)) > len(("2013", "2015")):
        return series
    group = [date]
    doc = reading.doc
    for other in (d for d in dates if d.id != date.id):
        if other.start == date.start and other.id[:YEAR] != date.id[:YEAR]:  # "in July 2015 and November 2019"
            group.append(other)
            continue
        first, second = sorted((date, other), key=lambda d: d.start)
        a = doc.char_span(first.start, first.end, alignment_mode="expand")
        b = doc.char_span(second.start, second.end, alignment_mode="expand")
        if a is not None and b is not None and _is_and_again(reading, a.end, b.start):
            group.append(other)
    return sorted(group, key=lambda d: d.start)


def _series(reading: Reading, date: Mention, dates: list[Mention]) -> list[Mention]:
    """The dates of a list with commas that a date opens: "in 2010, 2012 and 2014"."""
    series, body = [date], reading.article.body
    for other in sorted((d for d in dates if d.start > date.start), key=lambda d: d.start):
        link = body[series[-1].end : other.start].strip()
        series.append(other)
        if link == "and":
            return series
        if link != ",":
            break
    return []


def _is_and_again(reading: Reading, start: int, end: int) -> bool:
    """Whether the words between two dates only join them: "and", "and once more in", "and, before that, in"."""
    comma = reading.doc[start].norm_ == ","
    gap = reading.doc[start + comma : end]
    if not len(gap) or gap[0].norm_ != "and":
        return False
    if len(gap) <= AGAIN and any(t.norm_ == "again" for t in gap[:3]):  # "and again after an inspection in"
        return True
    if comma:  # "in 2010, and its 2011 inspection"
        return False
    for time in reading.spans("times", gap.start_char, gap.end_char):
        return is_glue(reading, start, time.start) and is_glue(reading, time.end, end)
    return not any(t.is_punct for t in gap) and is_glue(reading, start, end)


def _rated_there(date: Mention, taken: frozenset[int], statements: list[Mention], place: dict[int, int]) -> bool:
    """Whether a grade of the date's own clause has it already."""
    return date.start in taken and any(s.kind == "rating" and place[s.start] == place[date.start] for s in statements)
