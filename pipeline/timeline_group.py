"""Records of one council -> groups, one for each event; the same groups in whatever order the records come.

First those whose dates are known to the month, then those of which a year is told, then those without a date: each of
the latter two goes where exactly one group fits, and is never the reason why two groups become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pipeline.timeline_match import Telling, Verdict, clashes, fits_months, judge


@dataclass(eq=False)
class Group:
    """The records of one event, and why each is there."""

    tellings: list[Telling] = field(default_factory=list)
    how: dict[str, str] = field(default_factory=dict)
    """By record: why it joined, and whom."""

    @property
    def anchor(self) -> Telling:
        """The record that the event is named after."""
        return min(self.tellings, key=lambda telling: telling.order)


@dataclass
class Grouping:
    """All groups of a council, and the near misses."""

    groups: list[Group]
    apart: dict[tuple[str, str], str]
    """Why two groups that look alike were not merged, by their anchors' record ids, the lesser first."""


def grouped(tellings: Sequence[Telling]) -> Grouping:
    """The events that the records of one council tell of."""
    known = sorted(tellings, key=lambda telling: telling.record_id)
    groups = linked([each for each in known if each.grain == "fine"])
    years = [each for each in known if each.grain == "year"]
    groups += linked([each for each in years if not _placed(each, groups)])
    doubts: list[tuple[Telling, Group, str]] = []
    for each in [each for each in known if each.grain == "none"]:
        _place_undated(each, groups, doubts)
    groups += linked_undated([each for each in known if not any(each in group.tellings for group in groups)])
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


def linked_undated(tellings: Sequence[Telling]) -> list[Group]:
    """Groups of records that no date is told of: each by itself."""
    return [Group([each]) for each in tellings]


def _placed(telling: Telling, groups: Sequence[Group]) -> bool:
    """Put a record of which a year is told into the only group that fits; False where none or several do."""
    fitting = [g for g in groups if all((v := judge(telling, each)) and v.joins for each in g.tellings)]
    alike = [g for g in fitting if any(telling.overall and each.overall == telling.overall for each in g.tellings)]
    choice = alike or fitting
    if len(choice) != 1:
        return False
    choice[0].tellings.append(telling)
    return True


def _place_undated(telling: Telling, groups: Sequence[Group], doubts: list[tuple[Telling, Group, str]]) -> bool:
    """Put a record without a date into the only group that fits."""
    fitting = [g for g in groups if _may_be(telling, g)]
    if len(fitting) == 1:
        fitting[0].tellings.append(telling)
        return True
    doubts += [(telling, g, f"without a date it may be either of {len(fitting)}") for g in fitting]
    return False


def _may_be(telling: Telling, group: Group) -> bool:
    """Whether a record without a date may tell of the event of a group: same family and grade, not later than its article."""
    shares = any(t.grades.get(area) == grade for t in group.tellings for area, grade in telling.grades.items())
    return (
        (shares or not telling.family.graded)
        and all(
            each.family is telling.family
            and each.article_id != telling.article_id
            and not clashes(each, telling)
            and fits_months(each, telling)
            for each in group.tellings
        )
        and all(
            telling.day is None or each.window is None or each.window.first <= telling.day for each in group.tellings
        )
    )


def _apart(groups: Sequence[Group], doubts: Sequence[tuple[Telling, Group, str]]) -> dict[tuple[str, str], str]:
    """Why groups that look alike are two."""
    found: dict[tuple[str, str], str] = {}
    for one, other in combinations(groups, 2):
        verdicts = [v for a in one.tellings for b in other.tellings if (v := judge(a, b)) and not v.joins]
        if verdicts:
            key = sorted((one.anchor.record_id, other.anchor.record_id))
            found[key[0], key[1]] = min(verdicts, key=lambda v: (v.gap, v.why)).why
    return found
