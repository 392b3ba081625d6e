"""The words that govern dates: what sort each is of and which role it gives, and the pronouns that stand for inspectors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Span, Token

from extractors.ellipsis import unsaid_visits
from extractors.reading import Reading

LEXICON = "dates_roles"
ROLES = {
    "inspection": "inspected",
    "inspectors": "inspected",
    "judgement": "reported",
    "publication": "reported",
    "speech": "reported",
    "change": "other",
    "start": "other",
    "end": "other",
    "other": "other",
}
"""The role that each sort of governing word gives; the other sorts of the lexicon give one together with such words."""
NEAR = 40
"""Tokens before a pronoun in which inspectors must be named for it to mean them."""


class Role(NamedTuple):
    """A role and the governing word that gave it."""

    name: str
    word: str


@dataclass(frozen=True)
class Governors:
    """The governing words of one article, by token."""

    reading: Reading
    at: dict[int, Span]

    @classmethod
    def of(cls, reading: Reading) -> "Governors":
        """Every token of a marked span, with its span; a visit that is not named again counts as an inspection."""
        unsaid = [Span(token.doc, token.i, token.i + 1, span_id="inspectors") for token in _teams(reading)]
        unsaid += [Span(span.doc, span.start, span.end, span_id="inspection") for span, _ in unsaid_visits(reading)]
        return cls(reading, {token.i: span for span in [*reading.spans(LEXICON), *unsaid] for token in span})

    def sentence(self, date: Span) -> Span:
        """The sentence that a date stands in."""
        return self.reading.sentence(date.start_char)

    def sort(self, token: Token) -> str | None:
        """What sort of governing word a token belongs to."""
        span = self.at.get(token.i)
        return None if span is None else span.id_

    def is_ruling(self, token: Token) -> bool:
        """Whether a token gives a date its role by itself."""
        return self.sort(token) in ROLES

    def role(self, token: Token) -> Role:
        """The role that a governing token gives; what comes or is somewhere is dated by being there."""
        span = self.at.get(token.i)
        if span is None:
            return Role("inspected", token.norm_)
        return Role(ROLES.get(span.id_, "inspected"), span.text.lower())

    def means_inspectors(self, token: Token) -> bool:
        """Whether a pronoun may stand for inspectors, who are named shortly before it, or whose visit is."""
        before = range(max(0, token.i - NEAR), token.i)
        return any(index in self.at and self.at[index].id_ in ("inspectors", "inspection") for index in before)


def _teams(reading: Reading) -> Iterator[Token]:
    """The teams that are said to be an inspectorate's: 'Ofsted's specialist team'."""
    for span in reading.spans("inspectorates"):
        head = span.root.head
        if any(
            team.start == head.i
            for team in reading.spans(LEXICON, head.idx, head.idx + len(head))
            if team.id_ == "team"
        ):
            yield head
