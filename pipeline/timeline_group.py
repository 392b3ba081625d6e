"""Records of one council -> groups, one for each event; the same groups in whatever order the records come.

First those whose dates are known to the month, then those of which a year is told, then those without a date: each of
the latter two goes where exactly one group fits, and is never the reason why two groups become one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.timeline_match import Telling, Verdict, agreements, fits_months, judge

ENOUGH = 2  # areas graded alike by which news without a date is known


@dataclass(eq=False)
class Group:
    """The records of one event."""

    tellings: list[Telling]

    @property
    def anchor(self) -> Telling:
        """The record that the event is named after."""
        return min(self.tellings, key=lambda telling: telling.order)


@dataclass(frozen=True)
class Grouping:
    """All groups of a council, by their anchors, and the near misses."""

    groups: Sequence[Group]
    apart: Mapping[tuple[str, str], str]
    """Why two groups that look alike were not merged, by their anchors' record ids, the lesser first."""


def grouped(tellings: Sequence[Telling]) -> Grouping:
    """The events that the records of one council tell of."""
    known = sorted(tellings, key=lambda telling: telling.record_id)
    groups = linked([each for each in known if each.grain == "fine"])
    groups += linked(_placed_by_year([each for each in known if each.grain == "year"], groups))
    doubts: list[tuple[Group, Group, str]] = []
    undated = sorted((each for each in known if each.grain == "none"), key=lambda telling: telling.role)  # news first
    for each in undated:
        fitting = [group for group in groups if _may_be(each, group, groups)]
        if len(fitting) == 1:
            fitting[0].tellings.append(each)
        else:
            alone = Group([each])
            doubts += [(alone, group, f"no date is told, and it may be any of {len(fitting)}") for group in fitting]
            groups.append(alone)
    return Grouping(sorted(groups, key=lambda group: group.anchor.order), _apart(groups, doubts))


def linked(tellings: Sequence[Telling]) -> list[Group]:
    """Groups in which every two records may be one event; the surest pairs are joined first."""
    verdicts: dict[tuple[str, str], Verdict | None] = {}
    for a, b in combinations(tellings, 2):
        verdicts[a.record_id, b.record_id] = verdicts[b.record_id, a.record_id] = judge(a, b)
    home = {each.record_id: Group([each]) for each in tellings}
    pairs = sorted((v.strength, v.gap, *key) for key, v in verdicts.items() if v and v.joins and key[0] < key[1])
    for _, _, first, second in pairs:
        mine, other = home[first], home[second]
        if mine is other or not all(
            (verdict := verdicts[a.record_id, b.record_id]) and verdict.joins
            for a in mine.tellings
            for b in other.tellings
        ):
            continue
        mine.tellings += other.tellings
        home |= {each.record_id: mine for each in other.tellings}
    return list({id(group): group for group in home.values()}.values())


def _placed_by_year(tellings: Sequence[Telling], groups: Sequence[Group]) -> list[Telling]:
    """Put records of which a year is told into the only group that fits; returns those of which none or several do."""
    homes = [(each, _fitting_year(each, groups)) for each in tellings]
    for each, home in homes:
        if home and all(each.article_id != other.article_id for other in home.tellings):
            home.tellings.append(each)
    return [each for each, home in homes if not home or each not in home.tellings]


def _fitting_year(telling: Telling, groups: Sequence[Group]) -> Group | None:
    """The only group that a record fits; of several, the only one that has its overall grade."""
    fitting = [g for g in groups if all((v := judge(telling, each)) and v.joins for each in g.tellings)]
    alike = [g for g in fitting if telling.overall and any(each.overall == telling.overall for each in g.tellings)]
    choice = alike or fitting
    return choice[0] if len(choice) == 1 else None


def _may_be(telling: Telling, group: Group, groups: Sequence[Group]) -> bool:
    """Whether a record without a date may tell of the event of a group: by its family, its grades, its article's date."""
    family = telling.family
    if any(each.family is not family or each.article_id == telling.article_id for each in group.tellings):
        return False
    alike = [agreements(telling, each) for each in group.tellings]
    if min(alike) < 0 or not all(fits_months(telling, each) for each in group.tellings):
        return False
    if telling.role == "current":
        return max(alike) >= ENOUGH or any(
            set(telling.dates) & set(each.dates) for each in group.tellings if each.role == "current"
        )
    return (max(alike) > 0 or not family.graded) and _is_in_time(telling, group, groups)


def _is_in_time(telling: Telling, group: Group, groups: Sequence[Group]) -> bool:
    """Whether the event of a group lies before what the article of a record without a date tells as news, if not too long."""
    windows = [each.window for each in group.tellings if each.window]
    if not windows:
        return False
    first, last = max(window.first for window in windows), min(window.last for window in windows)
    if own := _own_news(telling, groups):
        return own - telling.family.cycle <= last and first < own
    return telling.day is None or (telling.day - telling.family.standing <= last and first <= telling.day)


def _own_news(telling: Telling, groups: Sequence[Group]) -> int | None:
    """The first day on which the event may have been that the article of a record tells as news, of the same family."""
    days = [
        each.window.first
        for group in groups
        if any(each.article_id == telling.article_id and each.role == "current" for each in group.tellings)
        for each in group.tellings
        if each.family is telling.family and each.window
    ]
    return max(days, default=None)


def _apart(groups: Sequence[Group], doubts: Sequence[tuple[Group, Group, str]]) -> Mapping[tuple[str, str], str]:
    """Why groups that look alike are two."""
    found = {_pair(one, other): why for one, other, why in doubts}
    for one, other in combinations(groups, 2):
        verdicts = [v for a in one.tellings for b in other.tellings if (v := judge(a, b)) and not v.joins]
        if verdicts:
            found[_pair(one, other)] = min(verdicts, key=lambda v: (v.gap, v.why)).why
    return found


def _pair(one: Group, other: Group) -> tuple[str, str]:
    """The names of two groups, the lesser first."""
    first, second = sorted((one.anchor.record_id, other.anchor.record_id))
    return first, second
