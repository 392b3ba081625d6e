"""Page -> lines: the tree of a page becomes lines, which are then read like those of a text by the same rules."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from ftfy.fixes import fix_c1_controls
from lxml import etree

from pipeline.publishers import Field, Layout, Template
from pipeline.tree import UNSEEN, Element, Page, text_of

Kind = Literal["", "title", "standfirst", "author", "date", "caption", "heading", "bullet", "row"]
BULLET = "• "
INLINE = {
    *("a", "abbr", "acronym", "b", "big", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr"),
}  # HTML's own list; every other element starts a line
LONGEST = 50  # marks in a row; the tokenizer takes the square of it, and a longer printed rule says no more
NOTHING = dict.fromkeys(map(ord, "\u200b\ufeff\xad"))  # characters that take no room
APART = re.compile(rf"[\W_]{{{LONGEST + 1}}}")  # what a long run of marks is, and much faster to look for
MARKS = re.compile(rf"((?:[^\w\s]|_){{{LONGEST}}})(?:[^\w\s]|_)+")


@dataclass(frozen=True)
class Line:
    """A line of a document: a paragraph, heading, bullet, table row, or a piece of furniture."""

    text: str
    kind: Kind = ""
    gap: bool = True
    """Whether a blank line, or the edge of an element, stands before it."""
    inside: bool = False
    """Whether it stands in the element that holds the body."""


def squeezed(text: str) -> str:
    """Text with single spaces, the controls that old pages write for quotation marks put right, long runs of marks cut.

    >>> len(squeezed("-" * 80))
    50
    """
    plain = text if text.isascii() else fix_c1_controls(text).translate(NOTHING)
    return " ".join((MARKS.sub(r"\1", plain) if APART.search(plain) else plain).split())


def lines_of(page: Page, template: Template, layout: Layout) -> list[Line]:
    """The lines from the headline to the end of the body; the whole page's where neither element is found."""
    title = _first(page, template.selectors("title", layout), least=1)
    total = sum(len(piece.split()) for piece in page.pieces)
    body = _first(page, template.selectors("body", layout), least=total * 0.3)
    kept = {parent for tag in (title, body) if tag is not None for parent in (tag, *tag.iterancestors())}
    skip = set(page.select(", ".join(template.selectors("furniture", layout)))) - kept
    kinds: dict[Element, Kind] = {title: "title"} if title is not None else {}
    fields: tuple[tuple[Field, Kind], ...] = (
        ("standfirst", "standfirst"), ("caption", "caption"), ("author", "author"), ("date", "date"),
    )  # fmt: skip
    for field, kind in fields:
        for selector in template.selectors(field, layout):
            kinds.update((tag, kind) for tag in page.select(selector) if tag not in kept | kinds.keys())
    lines = list(_rendered(page.root, skip, kinds, body))
    starts = [number for number, line in enumerate(lines) if line.kind == "title" or line.inside]
    ends = [number for number, line in enumerate(lines) if line.inside] or [len(lines) - 1]
    return lines[min(starts, default=0) : ends[-1] + 1]


def _first(page: Page, selectors: Iterable[str], least: float) -> Element | None:
    """The wordiest element of the first selector that finds one with enough words."""
    for selector in selectors:
        counted = [(len(text_of(tag, " ").split()), tag) for tag in page.select(selector)]
        words, best = max(counted, key=lambda each: each[0], default=(0, None))
        if words >= max(least, 1):
            return best
    return None


def _events(root: Element, skip: Set[Element]) -> Iterator[tuple[Element, bool] | str]:
    """The elements of a tree as they open and close, and the words between; not recursive: pages may nest deep."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, tag in walk:
        if event == "start" and tag in skip:
            walk.skip_subtree()
        elif event == "start":
            yield tag, True
            row = _row(tag)
            if row or tag.tag in UNSEEN:
                walk.skip_subtree()
            if row:
                yield row
            elif tag.text and tag.tag not in UNSEEN:
                yield _words(tag.text, tag)
        else:
            if event == "end" and tag not in skip:
                yield tag, False
            parent = tag.getparent()
            if tag.tail and parent is not None:
                yield _words(tag.tail, parent)


def _words(text: str, within: Element) -> str:
    """A piece of text as it shows: line breaks count in preformatted text only."""
    near = (within, *islice(within.iterancestors(), 2))
    return text if any(tag.tag == "pre" for tag in near) else re.sub(r"\s+", " ", text)


def _row(tag: Element) -> str:
    """A row of a table of data, cells joined; empty for other elements, and for tables that only lay a page out."""
    if tag.tag != "tr":
        return ""
    cells = list(tag.iterchildren("td", "th"))
    if any(each.tag not in INLINE and each.tag != "br" for cell in cells for each in cell.iterdescendants("*")):
        return ""
    texts = [squeezed(text_of(cell, " ")) for cell in cells]
    return " | ".join(texts) if sum(map(bool, texts)) > 1 and max(map(len, texts)) < 200 else ""


def _rendered(root: Element, skip: Set[Element], kinds: Mapping[Element, Kind], body: Element | None) -> Iterator[Line]:
    """The lines of a tree in order, each with the kind of the innermost element that has one."""
    words: list[str] = []
    open_kinds: list[Kind] = [""]
    inside = False
    for event in _events(root, skip):
        if isinstance(event, str):
            words.append(event)
            continue
        tag, opens = event
        kind = kinds.get(tag) or _own_kind(tag)
        if tag.tag in INLINE and kind in ("author", "date"):  # a part of the byline, which is one line
            kind = ""
        if kind or tag.tag not in INLINE:
            for number, text in enumerate(filter(None, map(squeezed, "".join(words).split("\n")))):
                mark = BULLET if open_kinds[-1] == "bullet" else ""
                yield Line(mark + text, open_kinds[-1], gap=number == 0, inside=inside)
            words.clear()
        if kind and opens:
            open_kinds.append(kind)
        elif kind:
            open_kinds.pop()
        inside = opens if tag is body else inside


def _own_kind(tag: Element) -> Kind:
    """What an element is by its name."""
    if tag.tag in ("h2", "h3", "h4", "h5", "h6"):
        return "heading"
    if tag.tag == "tr" and _row(tag):
        return "row"
    return "bullet" if tag.tag == "li" else ""
