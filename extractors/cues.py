"""The marked words of an article by place: a look-up costs what it finds, not the whole article."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span
from spacy.util import filter_spans

from extractors.lexicon import marked
from extractors.reading import Reading

FEW = 4


@dataclass(frozen=True)
class Cues:
    """Marked spans in order of place, none overlapping another."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans that begin at the tokens from `start` to before `end`."""
        return self.spans[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, place: int) -> tuple[Span, ...]:
        """The few spans that come last before a token."""
        index = bisect_left(self.starts, place)
        return self.spans[max(index - FEW, 0) : index]

    def ids(self, start: int, end: int) -> set[str]:
        """The canonical values of those spans."""
        return {span.id_ for span in self.within(start, end)}


def cues(reading: Reading, *lexicons: str) -> Cues:
    """What several lexicons marked, taken as one: of overlapping spans the longest is kept."""
    return ordered(filter_spans([span for name in lexicons for span in marked(reading.doc, name)]))


def ordered(spans: Iterable[Span]) -> Cues:
    """Spans, sorted by place."""
    kept = tuple(sorted(spans, key=lambda span: span.start))
    return Cues(kept, tuple(span.start for span in kept))
