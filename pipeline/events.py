"""Events: the inspections of each council that an article speaks of, while they are gathered from its mentions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.period import bounds, compatible
from pipeline.why import Reason
from schemas.inspection import Kind, Role
from schemas.mention import Mention

SPECIFIC: tuple[Kind, ...] = ("monitoring_visit", "focused_visit", "jtai", "send", "annual_assessment", "other")
YEAR = len("2016")
NEW_SCALE = "2013-11"  # when the single inspection framework put "requires improvement" in the place of "adequate"
RIVALS = {"adequate": "requires_improvement", "requires_improvement": "adequate"}
UNGRADED: tuple[str, ...] = ("monitoring_visit", "focused_visit", "jtai", "send", "other")


@dataclass(eq=False)
class Event:
    """One inspection of one council, as far as it has been read; becomes a draft, then a record."""

    council: str
    role: Role
    kind: str = "inspection"
    ratings: dict[str, Mention] = field(default_factory=dict)
    inspected: Mention | None = None
    reported: Mention | None = None
    findings: list[Mention] = field(default_factory=list)
    kind_mention: Mention | None = None
    council_mention: Mention | None = None
    inspectorates: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    record_id: str = ""
    """The record that was made of it; empty while there is none."""

    def dates(self) -> list[str]:
        """The EDTF dates known, fieldwork first."""
        return [mention.id for mention in (self.inspected, self.reported) if mention]

    def set_date(self, mention: Mention) -> None:
        """Take a date under the role that its words give it, unless that is known already."""
        role = mention.values[0] if mention.values else ("inspected" if self.kind in UNGRADED else "reported")
        known = self.inspected if role == "inspected" else self.reported
        if known is not None and not (compatible(known.id, mention.id) and len(mention.id) > len(known.id)):
            return
        if role == "inspected":
            self.inspected = mention
        elif role == "reported":
            self.reported = mention

    def settle_dates(self) -> None:
        """Drop a bare year that the other date tells more finely: it is the same date under another word."""
        if self.inspected and self.reported and compatible(self.inspected.id, self.reported.id):
            if len(self.reported.id) == YEAR < len(self.inspected.id):
                self.reported = None
            elif len(self.inspected.id) == YEAR < len(self.reported.id):
                self.inspected = None

    def set_kind(self, mention: Mention) -> None:
        """Take a kind, the more specific one winning over plain `inspection`."""
        if mention.id in ("visit", "inspection"):
            self.kind_mention = self.kind_mention or mention
        elif self.kind in ("inspection", mention.id):
            self.kind, self.kind_mention = mention.id, mention

    def agrees(self, date: Mention | None, kind: str | None, claim: Mention | None) -> bool:
        """Whether a mention with this date, kind and grade may speak of this event."""
        if kind in SPECIFIC and kind != self.kind and (self.kind in SPECIFIC or self.ratings):
            return False
        if kind == "visit" and self.kind == "annual_assessment":  # which was made at a desk
            return False
        if (kind == "inspection" or (claim and kind is None)) and self.kind not in ("inspection", "reinspection"):
            return False
        if claim and not self._is_of_its_time(claim, date):
            return False
        if claim and any(
            self.ratings[area].id != claim.id for area in claim.values or ("overall",) if area in self.ratings
        ):
            return False
        return date is None or not self.dates() or self._may_be_of(date)

    def _is_of_its_time(self, claim: Mention, date: Mention | None) -> bool:
        """Whether a grade is one of the scale in force then: "adequate" gave way to "requires improvement"."""
        if claim.id not in RIVALS:
            return True
        if any(rating.id == RIVALS[claim.id] for rating in self.ratings.values()):
            return False
        years = [known[: len(NEW_SCALE)] for known in (*self.dates(), *([date.id] if date else ())) if known[:1] != "X"]
        if claim.id == "adequate":
            return not any(year > NEW_SCALE[:YEAR] for year in years if len(year) == YEAR) and not any(
                year > NEW_SCALE for year in years if len(year) > YEAR
            )
        return not any(year < NEW_SCALE for year in years if len(year) > YEAR or year < NEW_SCALE[:YEAR])

    def _may_be_of(self, date: Mention) -> bool:
        """Whether a date fits those known: the same told more or less finely, or a report within months of the fieldwork."""
        if any(compatible(known, date.id) for known in self.dates()):
            return True
        if date.values == ("inspected",) and self.reported and not self.inspected:
            return _follows(self.reported.id, date.id)
        if date.values == ("reported",) and self.inspected and not self.reported:
            return _follows(date.id, self.inspected.id)
        return False

    def repeats(self, claim: Mention | None) -> bool:
        """Whether a grade is on this event's record already."""
        return claim is not None and any(
            area in self.ratings and self.ratings[area].id == claim.id for area in claim.values or ("overall",)
        )


def _follows(report: str, fieldwork: str) -> bool:
    """Whether a report may be that of a fieldwork: it came out up to five months later."""
    a, b = bounds(fieldwork), bounds(report)
    if a is None or b is None or len(report) == 4 or len(fieldwork) == 4:
        return False
    return 0 <= (b[1] - a[0]).days <= 150


class Events:
    """All events of one article, by council, in the order in which they were met."""

    def __init__(self) -> None:
        self.by_council: dict[str, list[Event]] = {}

    def __iter__(self) -> Iterator[Event]:
        return (event for events in self.by_council.values() for event in events)

    def current(self, council: str) -> Event:
        """The event that the article reports of a council, made where there is none."""
        for event in self.by_council.setdefault(council, []):
            if event.role == "current":
                return event
        return self._add(Event(council, "current"))

    def has_current(self, council: str) -> bool:
        """Whether an event of this council is reported as news."""
        return any(event.role == "current" for event in self.by_council.get(council, ()))

    def previous(
        self, council: str, date: Mention | None, kind: str | None, claim: Mention | None, last: Event | None
    ) -> Event:
        """The earlier event that a mention speaks of.

        The one with its date; else, for a mention without one, the event last spoken of, the one that holds the same grade, or
        (for a plain "previous inspection") the latest; else a new one. Never one that the mention contradicts.
        """
        known = [event for event in self.by_council.setdefault(council, []) if event.role == "previous"]
        fitting = [event for event in known if event.agrees(date, kind, claim)]
        dated = [event for event in fitting if event.dates()]
        if date is not None:
            options = [*dated, *(e for e in fitting if not e.dates() and (e is last or e.repeats(claim)))]
        else:
            options = [e for e in fitting if e is last] + [e for e in fitting if e.repeats(claim)]
            if claim is None:
                options += [e for e in reversed(fitting) if kind not in SPECIFIC or e.kind == kind]
        if options:
            return options[0]
        event = Event(council, "previous")
        if kind in SPECIFIC or kind == "reinspection":
            event.kind = str(kind)
        return self._add(event)

    def merge_undated(self) -> None:
        """Fold each earlier inspection told without a date into the latest dated one that it does not contradict."""
        for events in self.by_council.values():
            earlier = [e for e in events if e.role == "previous" and e.kind in ("inspection", "reinspection")]
            dated = sorted((e for e in earlier if e.dates()), key=lambda e: max(e.dates()), reverse=True)
            for event in [e for e in earlier if not e.dates() and e.ratings]:
                fitting = [e for e in dated if all(e.agrees(None, None, claim) for claim in event.ratings.values())]
                same = [e for e in fitting if any(e.repeats(claim) for claim in event.ratings.values())]
                if target := next(iter(same + fitting), None):
                    for area, claim in event.ratings.items():
                        target.ratings.setdefault(area, claim)
                    target.findings += [finding for finding in event.findings if finding not in target.findings]
                    target.reasons += event.reasons
                    events.remove(event)

    def _add(self, event: Event) -> Event:
        self.by_council.setdefault(event.council, []).append(event)
        return event
