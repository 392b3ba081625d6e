"""A record -> what of it the timeline goes by; many records look alike, and are compared once.

A record is taken as a window: the days on which its report may have come out. Fieldwork opens a window that its report
falls into; a bare year may be that of fieldwork, so its window stays open as long; news without a date came out shortly
before its article; an earlier event that no date is told of has no window, and is placed last, where only one event fits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from extractors.period import UNKNOWN, bounds, precision
from pipeline.timeline_rules import Family, families

Grain = Literal["fine", "year", "none"]
Pairs = tuple[tuple[str, str], ...]
FIELDS = ("reported", "inspected")
SLIP = 3  # days that an article's own date may lie before the report that it tells of


class Window(NamedTuple):
    """Days, as ordinals, on which a report may have come out."""

    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Look:
    """All that it depends on whether a record tells of an event, but for its article; compared by identity, see `_look`."""

    family: Family
    """What is known of its kind."""
    role: str
    window: Window | None
    """The days on which its report may have come out."""
    grain: Grain
    """How finely it is dated."""
    dates: Mapping[str, str]
    """Its dates by field; a month without a year is the last such month before the news."""
    fine: Mapping[str, Window]
    """The first and last day of each of its dates that is told to the month at least."""
    grades: Mapping[str, str]
    told: str
    """Its dates in words."""

    @property
    def overall(self) -> str | None:
        """The overall grade."""
        return self.grades.get("overall")


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def order(self) -> tuple[bool, str, str]:
        """First-hand before later, then by publication: the order of witnesses."""
        return self.role != "current", self.published or UNKNOWN, self.record_id

    @cached_property
    def day(self) -> int | None:
        """The day on which its article came out."""
        return date.fromisoformat(self.published[:10]).toordinal() if self.published else None

    @cached_property
    def look(self) -> Look:
        """What is compared of it."""
        family, dates = families()[self.kind], tuple(self._dates().items())
        known = [(field, text) for field, text in dates if UNKNOWN not in text]
        told = " ".join(f"{field} {text}" for field, text in sorted(dates)) or f"news of {self.published}"
        grain: Grain = "year" if known else "none"
        if any(not _is_year(text) for _, text in known) or (not known and self._is_news):
            grain = "fine"
        window = self._window(known, family)
        return _look(self.kind, self.role, window, grain, dates, tuple(sorted(self.grades.items())), told)

    @property
    def _is_news(self) -> bool:
        """Whether its article tells when it happened by telling it as news."""
        return self.role == "current" and self.published is not None

    def _dates(self) -> Mapping[str, str]:
        """Its dates by field, with the years that the article's own date gives them."""
        found = {field: text for field in FIELDS if (text := getattr(self, field))}
        if self.role == "current" and self.published:
            found = {field: _with_year(text, self.published) for field, text in found.items()}
        return found

    def _window(self, known: list[tuple[str, str]], family: Family) -> Window | None:
        """The days on which its report may have come out."""
        windows = [_window(field, text, family.lag) for field, text in known]
        if self.day is not None:
            if not windows and self._is_news:
                windows.append(Window(self.day - family.news, self.day + SLIP))
            elif windows:
                windows.append(Window(0, self.day + SLIP))
        whole = windows[0] if windows else None
        for window in windows[1:]:
            both = Window(max(whole.first, window.first), min(whole.last, window.last)) if whole else window
            whole = both if both.first <= both.last else whole
        return whole


@lru_cache(maxsize=2**14)
def _look(
    kind: str, role: str, window: Window | None, grain: Grain, dates: Pairs, grades: Pairs, told: str
) -> Look:  # fmt: skip
    """The one look of all records of which this is so; another of the same only where thousands came between."""
    fine = {field: _days(text) for field, text in dates if UNKNOWN not in text and not _is_year(text)}
    return Look(families()[kind], role, window, grain, dict(dates), fine, dict(grades), told)


def _with_year(text: str, published: str) -> str:
    """A month or day without a year as the last one before an article; other dates as they are."""
    if UNKNOWN not in text:
        return text
    for year in (published[:4], str(int(published[:4]) - 1)):
        dated = text.replace(UNKNOWN, year)
        if dated.partition("/")[0] <= published:
            return dated
    return text


@lru_cache(maxsize=2**12)
def _window(field: str, text: str, lag: int) -> Window:
    """The window that one date opens, in a family with that time from fieldwork to report."""
    first, last = _days(text)
    return Window(first, last if field == "reported" and not _is_year(text) else last + lag)


@lru_cache(maxsize=2**12)
def _is_year(text: str) -> bool:
    """Whether a date is told by its year alone."""
    return precision(text) == "year"


@lru_cache(maxsize=2**12)
def _days(text: str) -> Window:
    """First and last day of a date whose year is known."""
    first, last = bounds(text) or (date.min, date.max)
    return Window(first.toordinal(), last.toordinal())
