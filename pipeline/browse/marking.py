"""A text and what was read from it -> pieces that nest, as a page shows them."""

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LABELS = {
    "council": "council",
    "delivery_body": "trust or company",
    "inspectorate": "inspectorate",
    "date": "date",
    "kind": "kind of inspection",
    "rating": "grade",
    "strength": "strength",
    "weakness": "weakness",
}


class Mark(NamedTuple):
    """A stretch of text and what was read from it."""

    start: int
    end: int
    about: Mapping[str, Any]
    """What a page says of it; `number` tells marks of one text apart."""


@dataclass
class Piece:
    """A stretch of text inside one mark, or inside none: words and further pieces, in order."""

    start: int
    end: int
    about: Mapping[str, Any] | None = None
    first: bool = True
    """Whether its mark begins here: one that overlaps another, or a paragraph's end, is shown in several pieces."""
    inside: "list[Piece | str]" = field(default_factory=list)


def paragraphs(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The paragraphs of a text, each a piece with the marks that fall into it."""
    found, start = [], 0
    for part in text.split("\n\n"):
        end = start + len(part)
        if part.strip():
            found.append(nested(text, marks, start, end))
        start = end + 2
    return found


def nested(text: str, marks: Sequence[Mark], start: int, end: int) -> Piece:
    """A stretch of text as one piece; a mark that overlaps another without holding it is split where that one ends."""
    here = (mark for mark in marks if mark.start < end and start < mark.end)
    cut = (mark._replace(start=max(mark.start, start), end=min(mark.end, end)) for mark in here)
    begun = {id(mark.about) for mark in marks if mark.start < start}
    order = itertools.count()
    waiting = [(mark.start, -mark.end, next(order), mark) for mark in cut if mark.start < mark.end]
    heapq.heapify(waiting)
    whole = Piece(start, end)
    open_pieces = [whole]
    while waiting:
        *_, mark = heapq.heappop(waiting)
        while open_pieces[-1].end <= mark.start:
            open_pieces.pop()
        if mark.end > open_pieces[-1].end:
            cutting = open_pieces[-1].end
            heapq.heappush(waiting, (cutting, -mark.end, next(order), mark._replace(start=cutting)))
            mark = mark._replace(end=cutting)
        piece = Piece(mark.start, mark.end, mark.about, id(mark.about) not in begun)
        begun.add(id(mark.about))
        open_pieces[-1].inside.append(piece)
        open_pieces.append(piece)
    _fill(text, whole)
    return whole


def _fill(text: str, piece: Piece) -> None:
    """Put the words between the pieces of a piece."""
    at, inside = piece.start, piece.inside
    piece.inside = []
    for inner in _pieces(inside):
        if at < inner.start:
            piece.inside.append(text[at : inner.start])
        _fill(text, inner)
        piece.inside.append(inner)
        at = inner.end
    if at < piece.end:
        piece.inside.append(text[at : piece.end])


def _pieces(inside: "Sequence[Piece | str]") -> Iterator[Piece]:
    """The pieces among pieces and words."""
    return (each for each in inside if isinstance(each, Piece))
