"""HTML -> lines: a page is parsed once, then read like a text by the same rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from ftfy.fixes import fix_c1_controls

from pipeline.publishers import Field, Layout, Template
from schemas.reject import Rejected

Kind = Literal["", "title", "standfirst", "author", "date", "caption", "heading", "bullet", "row"]
BULLET = "• "
INLINE = {
    *("a", "abbr", "acronym", "b", "big", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr"),
}  # HTML's own list; every other element starts a line
DEEPEST = 1000  # elements inside one another; real pages stay below 100, and searching takes the square of it
MOST = 10_000  # elements; real pages have hundreds, with comments a few thousand, and each costs half a millisecond
LONGEST = 50  # marks in a row; the tokenizer takes the square of it, and a longer printed rule says no more
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


def parse(content: str) -> BeautifulSoup:
    """The tree of a page; broken markup is mended as browsers do it, and a page that nests too deep is rejected."""
    soup = BeautifulSoup(content, "lxml")
    levels = depth(soup)
    if levels > DEEPEST:
        raise Rejected("too-large", f"elements stand {levels} deep inside one another; expected at most {DEEPEST}")
    elements = len(soup.find_all(True))
    if elements > MOST:
        raise Rejected("too-large", f"{elements} elements; expected at most {MOST}")
    return soup


def depth(soup: BeautifulSoup) -> int:
    """How many elements stand inside one another at the deepest place; not recursive: pages may nest deep."""
    deepest = 0
    waiting: list[tuple[Tag, int]] = [(soup, 0)]
    while waiting:
        tag, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in tag.contents if isinstance(child, Tag)]
    return deepest


def squeezed(text: str) -> str:
    """Text with single spaces, the controls that old pages write for quotation marks put right, long runs of marks cut.

    >>> len(squeezed("-" * 80))
    50
    """
    plain = fix_c1_controls(text).replace("\u200b", "").replace("\ufeff", "").replace("\xad", "")
    return " ".join(MARKS.sub(r"\1", plain).split())


def lines_of(soup: BeautifulSoup, template: Template, layout: Layout) -> list[Line]:
    """The lines from the headline to the end of the body; the whole page's where neither element is found."""
    title = _first(soup, template.selectors("title", layout), least=1)
    total = len(soup.get_text(" ").split())
    body = _first(soup, template.selectors("body", layout), least=total * 0.3)
    kept = {id(parent) for tag in (title, body) if tag for parent in (tag, *tag.parents)}
    skip = {id(tag) for tag in soup.select(", ".join(template.selectors("furniture", layout)))} - kept
    kinds: dict[int, Kind] = {id(title): "title"} if title else {}
    fields: tuple[tuple[Field, Kind], ...] = (
        ("standfirst", "standfirst"), ("caption", "caption"), ("author", "author"), ("date", "date"),
    )  # fmt: skip
    for field, kind in fields:
        for selector in template.selectors(field, layout):
            kinds.update((id(tag), kind) for tag in soup.select(selector) if id(tag) not in kept | kinds.keys())
    lines = list(_rendered(soup, skip, kinds, body))
    starts = [number for number, line in enumerate(lines) if line.kind == "title" or line.inside]
    ends = [number for number, line in enumerate(lines) if line.inside] or [len(lines) - 1]
    return lines[min(starts, default=0) : ends[-1] + 1]


def _first(soup: BeautifulSoup, selectors: Iterable[str], least: float) -> Tag | None:
    """The wordiest element of the first selector that finds one with enough words."""
    for selector in selectors:
        best = max(soup.select(selector), key=lambda tag: len(tag.get_text(" ").split()), default=None)
        if best is not None and len(best.get_text(" ").split()) >= max(least, 1):
            return best
    return None


def _events(root: Tag, skip: set[int]) -> Iterator[tuple[Tag, bool] | str]:
    """The elements under a root as they open and close, and the words between; not recursive: pages may nest deep."""
    stack = [(root, iter(root.contents))]
    while stack:
        tag, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield tag, False
        elif isinstance(child, Tag) and id(child) not in skip:
            yield child, True
            row = _row(child)
            if row:
                yield row
            stack.append((child, iter(() if row else child.contents)))
        elif type(child) is NavigableString:
            yield str(child) if any(tag.name == "pre" for tag, _ in stack[-3:]) else re.sub(r"\s+", " ", child)


def _row(tag: Tag) -> str:
    """A row of a table of data, cells joined; empty for other elements, and for tables that only lay a page out."""
    if tag.name != "tr":
        return ""
    cells = [cell for cell in tag.contents if isinstance(cell, Tag) and cell.name in ("td", "th")]
    inner = (each for cell in cells for each in cell.descendants if isinstance(each, Tag))
    if any(each.name not in INLINE and each.name != "br" for each in inner):
        return ""
    texts = [squeezed(cell.get_text(" ")) for cell in cells]
    return " | ".join(texts) if sum(map(bool, texts)) > 1 and max(map(len, texts)) < 200 else ""


def _rendered(root: Tag, skip: set[int], kinds: Mapping[int, Kind], body: Tag | None) -> Iterator[Line]:
    """The lines of a tree in order, each with the kind of the innermost element that has one."""
    words: list[str] = []
    open_kinds: list[Kind] = [""]
    inside = False
    for event in _events(root, skip):
        if isinstance(event, str):
            words.append(event)
            continue
        tag, opens = event
        kind = kinds.get(id(tag)) or _own_kind(tag)
        if tag.name in INLINE and kind in ("author", "date"):  # a part of the byline, which is one line
            kind = ""
        if kind or tag.name not in INLINE:
            for number, text in enumerate(filter(None, map(squeezed, "".join(words).split("\n")))):
                mark = BULLET if open_kinds[-1] == "bullet" else ""
                yield Line(mark + text, open_kinds[-1], gap=number == 0, inside=inside)
            words.clear()
        if kind and opens:
            open_kinds.append(kind)
        elif kind:
            open_kinds.pop()
        inside = opens if tag is body else inside


def _own_kind(tag: Tag) -> Kind:
    """What an element is by its name."""
    if re.fullmatch(r"h[2-6]", tag.name):
        return "heading"
    if tag.name == "tr" and _row(tag):
        return "row"
    return "bullet" if tag.name == "li" else ""
