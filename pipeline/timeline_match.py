"""Two records -> whether they tell of one event, and why; of records of one council.

A record is taken as a window: the days on which its report may have come out. Fieldwork opens a window that its report
falls into; a bare year may be that of fieldwork, so its window stays open as long; news without a date came out shortly
before its article; an earlier event that no date is told of has no window, and is placed last, where only one event fits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from extractors.period import UNKNOWN, bounds, compatible, precision
from pipeline.timeline_rules import Family, families

Grain = Literal["fine", "year", "none"]
FIELDS = ("reported", "inspected")
ALIKE = 3 * 365  # days between dates beyond which nobody would take two events for one
SLIP = 3  # days that an article's own date may lie before the report that it tells of


class Window(NamedTuple):
    """Days, as ordinals, on which a report may have come out."""

    first: int
    last: int


class Verdict(NamedTuple):
    """Whether two records tell of one event."""

    joins: bool
    strength: int
    """Lower is surer; of verdicts that join."""
    gap: int
    """Days between their dates."""
    why: str
    """The reason in words."""


@dataclass(frozen=True)
class Telling:
    """One record, as far as it matters here."""

    record_id: str
    article_id: str
    published: str | None
    kind: str
    role: str
    inspected: str | None
    reported: str | None
    grades: Mapping[str, str]

    @property
    def order(self) -> tuple[bool, str, str]:
        """First-hand before later, then by publication: the order of witnesses."""
        return self.role != "current", self.published or UNKNOWN, self.record_id

    @property
    def overall(self) -> str | None:
        """The overall grade."""
        return self.grades.get("overall")

    @cached_property
    def family(self) -> Family:
        """What is known of its kind."""
        return families()[self.kind]

    @cached_property
    def day(self) -> int | None:
        """The day on which its article came out."""
        return date.fromisoformat(self.published[:10]).toordinal() if self.published else None

    @cached_property
    def dates(self) -> Mapping[str, str]:
        """Its dates by field; a month without a year is the last such month before the news."""
        found = {field: getattr(self, field) for field in FIELDS if getattr(self, field)}
        if self.role == "current" and self.published:
            found = {field: _with_year(text, self.published) for field, text in found.items()}
        return found

    @cached_property
    def grain(self) -> Grain:
        """How finely it is dated."""
        known = [text for text in self.dates.values() if UNKNOWN not in text]
        if any(precision(text) != "year" for text in known) or (not known and self._is_news):
            return "fine"
        return "year" if known else "none"

    @cached_property
    def window(self) -> Window | None:
        """The days on which its report may have come out."""
        windows = [_window(field, text, self.family) for field, text in self.dates.items() if UNKNOWN not in text]
        if self.day is not None:
            if not windows and self._is_news:
                windows.append(Window(self.day - self.family.news, self.day + SLIP))
            elif windows:
                windows.append(Window(0, self.day + SLIP))
        whole = windows[0] if windows else None
        for window in windows[1:]:
            both = Window(max(whole.first, window.first), min(whole.last, window.last)) if whole else window
            whole = both if both.first <= both.last else whole
        return whole

    @property
    def _is_news(self) -> bool:
        """Whether its article tells when it happened by telling it as news."""
        return self.role == "current" and self.published is not None


def _with_year(text: str, published: str) -> str:
    """A month or day without a year as the last one before an article; other dates as they are."""
    if UNKNOWN not in text:
        return text
    for year in (published[:4], str(int(published[:4]) - 1)):
        dated = text.replace(UNKNOWN, year)
        if dated.partition("/")[0] <= published:
            return dated
    return text


def _window(field: str, text: str, family: Family) -> Window:
    """The window that one date opens."""
    first, last = _days(text)
    return Window(first, last if field == "reported" and precision(text) != "year" else last + family.lag)


def _days(text: str) -> Window:
    """First and last day of a date whose year is known."""
    first, last = bounds(text) or (date.min, date.max)
    return Window(first.toordinal(), last.toordinal())


def judge(a: Telling, b: Telling) -> Verdict | None:
    """Whether two records tell of one event; None where they are not even alike: of other families, or years apart."""
    if a.family is not b.family or a.window is None or b.window is None:
        return None
    gap = _gap(a, b, a.window, b.window)
    if gap > ALIKE:
        return None
    if a.article_id == b.article_id:
        return Verdict(False, 0, gap, "one article tells of them as two")
    clash = _clash(a, b)
    if not clash:
        return _by_gap(a, b, gap)
    differing = f"their grades differ: {clash}"
    if (same := _same_date(a, b)) or (_mostly_agree(a, b) and gap <= a.family.near):
        return Verdict(True, 4, gap, f"both {same or 'at much the same time'}, though {differing}")
    return Verdict(False, 0, gap, differing) if gap <= a.family.near else None


def _by_gap(a: Telling, b: Telling, gap: int) -> Verdict:
    """The verdict on two records whose grades do not differ, by how far their dates lie apart."""
    family, told = a.family, f"{_told(a)} and {_told(b)}"
    if same := _same_date(a, b):
        return Verdict(True, 0, 0, f"both {same}")
    if a.grain == b.grain == "fine":
        if gap == 0:
            return Verdict(True, 1, 0, f"{told} fit together")
        if gap <= family.near:
            return Verdict(True, 2, gap, f"{told}: dates in print slip by up to {family.near} days")
        if a.overall and a.overall == b.overall and gap < family.spacing:
            return Verdict(
                True, 5, gap, f"{told}, and one grade: two of these are {family.spacing} days apart at least"
            )
    elif gap == 0:
        return Verdict(True, 3, 0, f"{told} fit together")
    return Verdict(False, 0, gap, f"their dates lie apart: {told}")


def _gap(a: Telling, b: Telling, mine: Window, other: Window) -> int:
    """Days between two records: none where their fieldwork, or their reports, share a month; else between their windows,
    or between dates of the same field, whichever are farther apart."""
    gaps = [
        _between(_days(a.dates[field]), _days(b.dates[field]))
        for field in FIELDS
        if _fine(a, field) and _fine(b, field)
    ]
    return 0 if 0 in gaps else max(_between(mine, other), *gaps, 0)


def _between(a: Window, b: Window) -> int:
    """Days from the end of one window to the beginning of the other; 0 where they overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def _fine(telling: Telling, field: str) -> bool:
    """Whether a record dates a field to the month at least."""
    text = telling.dates.get(field, UNKNOWN)
    return UNKNOWN not in text and precision(text) != "year"


def _same_date(a: Telling, b: Telling) -> str | None:
    """The date on which two records agree to the month at least, in words; of yearly ratings the year will do."""
    for field in FIELDS:
        mine, other = a.dates.get(field), b.dates.get(field)
        if mine and other and (mine == other if a.family.lag else compatible(mine, other)):
            if not a.family.lag or _fine(a, field):
                return f"{field} {min(mine, other, key=len)}"
    return None


def _mostly_agree(a: Telling, b: Telling) -> bool:
    """Whether two records that differ on an area agree on another, and not only below the overall grade."""
    agree = [area for area in a.grades.keys() & b.grades.keys() if a.grades[area] == b.grades[area]]
    return bool(agree) and (a.overall is None or b.overall is None or a.overall == b.overall)


def fits_months(a: Telling, b: Telling) -> bool:
    """Whether no date of the one speaks against the same date of the other, unknown years aside."""
    return all(compatible(a.dates[field], b.dates[field]) for field in a.dates.keys() & b.dates.keys())


def agreements(a: Telling, b: Telling) -> int:
    """On how many areas two records give the same grade; -1 where they differ on any."""
    if _clash(a, b):
        return -1
    return len(a.grades.keys() & b.grades.keys())


def _told(a: Telling) -> str:
    """The dates of a record in words."""
    if a.dates:
        return " ".join(f"{field} {text}" for field, text in sorted(a.dates.items()))
    return f"news of {a.published}"


def _clash(a: Telling, b: Telling) -> str:
    """The areas of which two records give different grades, in words; empty where there are none."""
    areas = sorted(area for area in a.grades.keys() & b.grades.keys() if a.grades[area] != b.grades[area])
    return ", ".join(f"{area} {a.grades[area]} and {b.grades[area]}" for area in areas)
