"""Records of one council -> groups, one for each event; the same groups in whatever order the records come.

First those whose dates are known to the month, then those of which a year is told, then those without a date: each of
the latter two goes where exactly one group fits, and is never the reason why two groups become one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, combinations_with_replacement

from pipeline.timeline_look import Look, Telling
from pipeline.timeline_match import DIFFERING, agreements, compare, fits_months, told_as_two
from pipeline.timeline_rules import Family

ENOUGH = 2  # areas graded alike by which news without a date is known


@dataclass(eq=False)
class Group:
    """The records of one event; all of one family."""

    tellings: list[Telling] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    """Their articles; an article tells of an event once."""
    looks: dict[Look, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Their looks, with the articles of each."""

    def add(self, tellings: Sequence[Telling]) -> None:
        """Put records into the group."""
        self.tellings += tellings
        for each in tellings:
            self.articles.add(each.article_id)
            self.looks[each.look].add(each.article_id)

    @property
    def anchor(self) -> Telling:
        """The record that the event is named after."""
        return min(self.tellings, key=lambda telling: telling.order)

    @property
    def family(self) -> Family:
        """What is known of their kind."""
        return self.tellings[0].look.family


@dataclass(frozen=True)
class Grouping:
    """All groups of a council, by their anchors, and the near misses."""

    groups: Sequence[Group]
    apart: Mapping[tuple[str, str], str]
    """Why two groups that look alike were not merged, by their anchors' record ids, the lesser first."""


def grouped(tellings: Sequence[Telling]) -> Grouping:
    """The events that the records of one council tell of."""
    known = sorted(tellings, key=lambda telling: telling.record_id)
    groups = linked([each for each in known if each.look.grain == "fine"])
    groups += linked(_placed_by_year([each for each in known if each.look.grain == "year"], groups))
    doubts: list[tuple[Group, Group, str]] = []
    undated = sorted(
        (each for each in known if each.look.grain == "none"), key=lambda telling: telling.role
    )  # news first
    for each in undated:
        fitting = [group for group in groups if _may_be(each, group, groups)]
        if len(fitting) == 1:
            fitting[0].add([each])
        else:
            alone = _alone(each)
            doubts += [(alone, group, f"no date is told, and it may be any of {len(fitting)}") for group in fitting]
            groups.append(alone)
    return Grouping(sorted(groups, key=lambda group: group.anchor.order), _apart(groups, doubts))


def linked(tellings: Sequence[Telling]) -> list[Group]:
    """Groups in which every two records may be one event; the surest pairs are joined first, equals by their ids.

    Where two records of one date give different grades, their groups become one though others in them are a month off:
    one of the grades is wrong, as there are no two inspections so near to each other.
    """
    home = {each.record_id: _alone(each) for each in tellings}
    refused: set[tuple[Group, Group, bool]] = set()  # groups only grow, so what does not fit once never will
    for strength, first, second in _pairs(tellings, home):
        mine, other, attempt = home[first], home[second], (home[first], home[second], strength == DIFFERING)
        if attempt in refused:
            continue
        if not _fit(mine, other, strength):
            refused.add(attempt)
            continue
        mine.add(other.tellings)
        home |= {each.record_id: mine for each in other.tellings}
    return list(dict.fromkeys(home.values()))


def _alone(telling: Telling) -> Group:
    """The group of one record."""
    group = Group()
    group.add([telling])
    return group


def _pairs(tellings: Sequence[Telling], home: Mapping[str, Group]) -> Iterator[tuple[int, str, str]]:
    """Each pair of records that may be one event and has no common home yet, with how sure it is, the surest first."""
    ids: dict[Look, list[str]] = defaultdict(list)
    for each in tellings:
        ids[each.look].append(each.record_id)
    tiers: dict[tuple[int, int], dict[Look, list[str]]] = defaultdict(lambda: defaultdict(list))
    for a, b in combinations_with_replacement(ids, 2):
        if (verdict := compare(a, b)) and verdict.joins:
            tier = tiers[verdict.strength, verdict.gap]
            tier[a] += ids[b]
            if a is not b:
                tier[b] += ids[a]
    for (strength, _), partners in sorted(tiers.items(), key=lambda item: item[0]):
        ordered = {look: sorted(others) for look, others in partners.items()}
        for first, seconds in sorted((first, seconds) for look, seconds in ordered.items() for first in ids[look]):
            for second in seconds:
                if second > first and home[second] is not home[first]:
                    yield strength, first, second


def _fit(mine: Group, other: Group, strength: int) -> bool:
    """Whether every record of the one group may be one event with every record of the other."""
    if not mine.articles.isdisjoint(other.articles):
        return False
    crossing = (compare(a, b) for a in mine.looks for b in other.looks)
    return all(v and (v.joins or v.strength == strength == DIFFERING) for v in crossing)


def _placed_by_year(tellings: Sequence[Telling], groups: Sequence[Group]) -> list[Telling]:
    """Put records of which a year is told into the only group that fits; returns those of which none or several do."""
    left: list[Telling] = []
    for each, home in [(each, _fitting_year(each, groups)) for each in tellings]:
        if home and each.article_id not in home.articles:
            home.add([each])
        else:
            left.append(each)
    return left


def _fitting_year(telling: Telling, groups: Sequence[Group]) -> Group | None:
    """The only group that a record fits; of several, the only one that has its overall grade."""
    look = telling.look
    fitting = [
        group
        for group in groups
        if telling.article_id not in group.articles
        and all((v := compare(look, each)) and v.joins for each in group.looks)
    ]
    alike = [group for group in fitting if look.overall and any(each.overall == look.overall for each in group.looks)]
    choice = alike or fitting
    return choice[0] if len(choice) == 1 else None


def _may_be(telling: Telling, group: Group, groups: Sequence[Group]) -> bool:
    """Whether a record without a date may tell of the event of a group: by its family, its grades, its article's date."""
    look = telling.look
    if group.family is not look.family or telling.article_id in group.articles:
        return False
    alike = [agreements(look, each) for each in group.looks]
    if min(alike) < 0 or not all(fits_months(look, each) for each in group.looks):
        return False
    if look.role == "current":
        return max(alike) >= ENOUGH or any(
            look.dates.keys() & each.dates.keys() for each in group.looks if each.role == "current"
        )
    return (max(alike) > 0 or not look.family.graded) and _is_in_time(telling, group, groups)


def _is_in_time(telling: Telling, group: Group, groups: Sequence[Group]) -> bool:
    """Whether the event of a group lies before what the article of a record without a date tells as news, if not too long."""
    windows = [each.window for each in group.looks if each.window]
    if not windows:
        return False
    first, last, family = max(window.first for window in windows), min(window.last for window in windows), group.family
    if own := _own_news(telling, groups):
        return own - family.cycle <= last and first < own
    return telling.day is None or (telling.day - family.standing <= last and first <= telling.day)


def _own_news(telling: Telling, groups: Sequence[Group]) -> int | None:
    """The first day on which the event may have been that the article of a record tells as news, of the same family."""
    days = [
        each.window.first
        for group in groups
        if group.family is telling.look.family
        and any(look.role == "current" and telling.article_id in articles for look, articles in group.looks.items())
        for each in group.looks
        if each.window
    ]
    return max(days, default=None)


def _apart(groups: Sequence[Group], doubts: Sequence[tuple[Group, Group, str]]) -> Mapping[tuple[str, str], str]:
    """Why groups that look alike are two."""
    found = {_pair(one, other): why for one, other, why in doubts}
    for one, other in combinations(groups, 2):
        if one.family is other.family and (reasons := list(_reasons(one, other))):
            found[_pair(one, other)] = min(reasons)[1]
    return found


def _reasons(one: Group, other: Group) -> Iterator[tuple[int, str]]:
    """Why a record of the one group and one of the other are two, with the days between them."""
    for a, mine in one.looks.items():
        for b, others in other.looks.items():
            if (len(mine) > 1 or mine != others) and (verdict := compare(a, b)) and not verdict.joins:
                yield verdict.gap, verdict.why
            if (verdict := told_as_two(a, b)) and not mine.isdisjoint(others):
                yield verdict.gap, verdict.why


def _pair(one: Group, other: Group) -> tuple[str, str]:
    """The names of two groups, the lesser first."""
    first, second = sorted((one.anchor.record_id, other.anchor.record_id))
    return first, second
