"""Events: the inspections of each council that an article speaks of, while they are gathered from its mentions."""

from dataclasses import dataclass, field

from extractors.period import bounds, compatible
from schemas.inspection import Kind, Role
from schemas.mention import Mention

SPECIFIC: tuple[Kind, ...] = ("monitoring_visit", "focused_visit", "jtai", "send", "annual_assessment", "other")
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
        if (kind == "inspection" or (claim and kind is None)) and self.kind not in ("inspection", "reinspection"):
            return False
        if claim and any(self.ratings[area].id != claim.id for area in claim.values or ("overall",) if area in self.ratings):
            return False
        if date is None or not self.dates():
            return True
        return any(compatible(known, date.id) or _close(known, date.id) for known in self.dates())

    def repeats(self, claim: Mention | None) -> bool:
        """Whether a grade is on this event's record already."""
        return claim is not None and any(
            area in self.ratings and self.ratings[area].id == claim.id for area in claim.values or ("overall",)
        )


def _close(one: str, other: str) -> bool:
    """Whether two dates lie so near that they may be the fieldwork and the report of one inspection."""
    a, b = bounds(one), bounds(other)
    if a is None or b is None or len(one) == 4 or len(other) == 4:
        return False
    return abs((a[0] - b[0]).days) <= 120


class Events:
    """All events of one article, by council, in the order in which they were met."""

    def __init__(self) -> None:
        self.by_council: dict[str, list[Event]] = {}

    def __iter__(self):  # type: ignore[no-untyped-def]
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

    def _add(self, event: Event) -> Event:
        self.by_council.setdefault(event.council, []).append(event)
        return event
