"""One article laid open for the extractors: its blocks, sentences and marked spans, and the way from a span to a Mention."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar

from spacy.tokens import Doc, Span

from extractors.lexicon import marked
from schemas.article import Article
from schemas.mention import Mention, MentionKind

BlockKind = Literal["paragraph", "heading", "bullet", "row"]
ROW = " | "
BULLET = "• "
T = TypeVar("T")


@dataclass(frozen=True)
class Block:
    """A line of the body between line breaks: a paragraph, a section heading, a bullet or a table row."""

    start: int
    end: int
    kind: BlockKind


def blocks_of(body: str) -> tuple[Block, ...]:
    """The blocks of a clean body, in order.

    A heading is a short line without a full stop that another paragraph follows; quoted headings (‘Significant decline’) count.
    A line that goes on in small letters on the next is one block with it.
    """
    blocks: list[Block] = []
    start, last = 0, ""
    for line in body.split("\n"):
        end = start + len(line)
        if blocks and _goes_on(last, line):
            whole: BlockKind = "bullet" if blocks[-1].kind == "bullet" else "paragraph"
            blocks[-1] = Block(blocks[-1].start, end, whole)
        elif line.strip():
            blocks.append(Block(start, end, _kind(line)))
        if line.strip():
            last = line
        start = end + 1
    if blocks and blocks[-1].kind == "heading":  # nothing follows that it heads
        blocks[-1] = Block(blocks[-1].start, blocks[-1].end, "paragraph")
    return tuple(blocks)


def _goes_on(line: str, following: str) -> bool:
    """Whether a line breaks off in the midst of a sentence that the next one ends."""
    whole = line[-1].isalpha() or line[-1] == ","
    return whole and following[:1].islower() and len(line.split()) > 2 and ROW not in line + following


def _kind(line: str) -> BlockKind:
    """What sort of line it is, by its shape alone."""
    if line.startswith(BULLET):
        return "bullet"
    if ROW in line:
        return "row"
    bare = line.strip("‘’'\"“” ")
    short = len(line) <= 70 and len(line.split()) <= 10
    if short and bare[-1:] not in ".!…:;," and not (line[:1] in '"“' and line[-1:] in '"”'):
        return "heading"
    return "paragraph"


@dataclass(frozen=True)
class Reading:
    """One article and its annotated Doc (`doc.text == article.body`)."""

    article: Article
    doc: Doc
    _known: dict[str, tuple[list[Span], list[int]]] = field(default_factory=dict, repr=False, compare=False)
    _done: dict[Callable[["Reading"], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Blocks of the body, in order."""
        return blocks_of(self.article.body)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences of the body, in order; none crosses a block."""
        return tuple(sent for sent in self.doc.sents if sent.text.strip())

    def block(self, offset: int) -> Block:
        """The block that holds the character at `offset` (the one before it, between blocks)."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[max(index, 0)]

    def sentence(self, offset: int) -> Span:
        """The sentence that holds the character at `offset` (the one before it, between sentences)."""
        index = bisect_right(self.sentences, offset, key=lambda sent: sent.start_char) - 1
        return self.sentences[max(index, 0)]

    def spans(self, lexicon: str, start: int = 0, end: int | None = None) -> list[Span]:
        """The spans that a lexicon marked between two character offsets, in order."""
        stop = len(self.article.body) if end is None else end
        spans, starts = self._marked(lexicon)
        found = spans[bisect_left(starts, start) : bisect_right(starts, stop)]
        return [span for span in found if span.end_char <= stop]

    def once(self, work: Callable[["Reading"], T]) -> T:
        """What a function makes of this reading, made once for all who ask."""
        if work not in self._done:
            self._done[work] = work(self)
        made: T = self._done[work]
        return made

    def _marked(self, lexicon: str) -> tuple[list[Span], list[int]]:
        """All spans of a lexicon and their starts, asked of spaCy once: it makes new objects at every look."""
        if lexicon not in self._known:
            spans = list(marked(self.doc, lexicon))
            self._known[lexicon] = spans, [span.start_char for span in spans]
        return self._known[lexicon]

    def mention(  # noqa: PLR0913 - one argument per field of a Mention
        self,
        kind: MentionKind,
        id: str,
        start: int,
        end: int,
        *,
        rule: str,
        values: Iterable[str] = (),
        cues: Iterable[str] = (),
        voice: str | None = None,
        quoted: bool = False,
    ) -> Mention:
        """A Mention of the words between two character offsets of the body."""
        text = self.article.body[start:end]
        return Mention(
            kind=kind, id=id, values=tuple(values), start=start, end=end, text=text,
            rule=rule, cues=tuple(cues), voice=voice, quoted=quoted,
        )  # fmt: skip
