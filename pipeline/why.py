"""Why a record says what it says: the decisions that put a statement of an article on one record and not on another.

A value keeps the words that it was read from; a `Reason` keeps whom, and which inspection, those words were taken to
mean. The assembler notes decisions in a `Trace` as it takes them; `show --why` prints them beside the words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from schemas.base import Record
from schemas.mention import Mention

T = TypeVar("T")
What = Literal["clause", "council", "role", "event"]
STOP = re.compile(
    r"[.!?…][\"”’'»)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9£])"
)  # a full stop that ends a sentence, or an abbreviation


class Reason(Record):
    """One decision about one statement of an article."""

    of_start: int
    """First code point of the statement: the words of a grade, a kind, a date or a finding."""
    of_end: int
    """One past the last code point of the statement."""
    what: What
    """What was decided: the `clause` it stands in, its `council`, the `role` of its event, which `event` it is of."""
    value: str | None
    """What it was decided to be; nothing for a clause and for an event, which is the record itself."""
    how: str
    """What it was decided by."""
    start: int | None
    """First code point of the words that it was decided by; nothing where no words of the article did."""
    end: int | None
    """One past the last code point of these words."""
    text: str | None
    """These words."""


class Place(NamedTuple):
    """A stretch of the body."""

    start: int
    end: int
    text: str


class Decision(NamedTuple):
    """What was decided of the statements in hand, whichever council they are of."""

    value: str | None
    how: str
    words: tuple[Mention, ...]


@dataclass
class Trace:
    """The decisions on the statements in hand: the last one on each question."""

    statements: tuple[Mention, ...] = ()
    clause: Place | None = None
    decisions: dict[What, Decision] = field(default_factory=dict)

    def begin(self, clause: Place | None, *statements: Mention) -> None:
        """Take up statements that are decided about together, a grade and its date, and forget those before."""
        self.statements, self.clause, self.decisions = statements, clause, {}

    def took(self, what: What, value: T, how: str, *words: Mention) -> T:
        """Note what was decided and by which words, and give the value back; it may be several councils at once."""
        self.decisions[what] = Decision(value if isinstance(value, str) else None, how, words)
        return value

    def reasons(self, council: str) -> list[Reason]:
        """The decisions as reasons, for the event of one council that the statements were put on."""
        found: list[Reason] = []
        for statement in self.statements:
            if self.clause:
                found.append(_reason(statement, "clause", None, "read in", self.clause))
            for what, (value, how, words) in self.decisions.items():
                own = [mention for mention in words if mention.id == council] or words[:1]
                place = Place(own[0].start, own[0].end, own[0].text) if own else None
                found.append(_reason(statement, what, council if what == "council" else value, how, place))
        return found


def _reason(statement: Mention, what: What, value: str | None, how: str, words: Place | None) -> Reason:
    """One reason, with the words that it went by or none."""
    start, end, text = words or (None, None, None)
    return Reason(
        of_start=statement.start, of_end=statement.end, what=what, value=value, how=how, start=start, end=end, text=text
    )


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a stretch of text begins and ends; it never leaves its paragraph."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    cuts = [first, *(stop.end() for stop in STOP.finditer(text, first, last)), last]
    return max(cut for cut in cuts if cut <= start), min(cut for cut in cuts if cut >= end)


def in_words(reasons: Sequence[Reason]) -> list[str]:
    """Reasons as lines for a person, in the order in which they were taken.

    >>> none = {"start": None, "end": None, "text": None}
    >>> reason = Reason(of_start=0, of_end=4, what="role", value="current", how="by default", **none)
    >>> in_words([reason])
    ['role current: by default']
    """
    return [
        f"{reason.what}{' ' + reason.value if reason.value else ''}: {reason.how}"
        + (f" (“{' '.join(reason.text.split())}”)" if reason.text else "")
        for reason in reasons
    ]
