"""HTML -> what a page says of itself, and its lines: it is parsed once, then read like a text by the same rules."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from ftfy.fixes import fix_c1_controls

from pipeline.publishers import Field, Layout, Template, day
from schemas.article import PublishedSource

Kind = Literal["", "title", "standfirst", "author", "date", "caption", "heading", "bullet", "row"]
BULLET = "• "
INLINE = {
    *("a", "abbr", "acronym", "b", "big", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr"),
}  # HTML's own list; every other element starts a line
STATED: tuple[tuple[str, str], ...] = (
    ('meta[property="article:published_time"]', "content"),
    ('meta[property="og:article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
    ('meta[name^="DC.date" i]', "content"),
    ('meta[name="parsely-pub-date"]', "content"),
    ('meta[name="pubdate"], meta[name="publish-date"], meta[name="date"]', "content"),
)
ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|Review)$")


@dataclass(frozen=True)
class Line:
    """A line of a document: a paragraph, heading, bullet, table row, or a piece of furniture."""

    text: str
    kind: Kind = ""
    gap: bool = True
    """Whether a blank line, or the edge of an element, stands before it."""
    inside: bool = False
    """Whether it stands in the element that holds the body."""


@dataclass(frozen=True)
class Stated:
    """What a page states of itself outside its text."""

    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Names of the site."""
    titles: tuple[str, ...] = ()
    """Headlines, the most dependable first."""
    published: tuple[str, PublishedSource] | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()


def parse(content: str) -> BeautifulSoup:
    """The tree of a page; broken markup is mended as browsers do it."""
    return BeautifulSoup(content, "lxml")


def stated(soup: BeautifulSoup) -> Stated:
    """What the JSON-LD, the meta tags and the `time` elements of a page say."""
    story = _json_ld(soup)
    author = story.get("author")
    named = author if isinstance(author, list) else [author]
    people = [one for one in named if not (isinstance(one, dict) and one.get("@type") == "Organization")]
    sections = _texts(story.get("articleSection"))
    title = _content(soup, "title")
    links = ((link, "href") for link in ('link[rel="canonical"]', 'meta[property="og:url"]'))
    urls = [url for selector, key in links for url in (_content(soup, selector, key), _content(soup, selector))]
    ends = re.split(r" [|–—-] ", title)
    return Stated(
        addresses=_filled(*urls),
        names=_filled(_content(soup, 'meta[property="og:site_name"]'), *_texts(story.get("publisher")), *ends[1:]),
        titles=_filled(*_texts(story.get("headline")), _content(soup, 'meta[property="og:title"]'), title),
        published=_published(soup, story),
        modified=day(next(iter(_texts(story.get("dateModified"))), ""))
        or day(_content(soup, 'meta[property="article:modified_time"]')),
        authors=tuple(_texts(people)) or _filled(_content(soup, 'meta[name="author" i]')),
        section=_content(soup, 'meta[property="article:section"]') or next(iter(sections), None),
        tags=_filled(*(squeezed(str(tag.get("content", ""))) for tag in soup.select('meta[property="article:tag"]'))),
    )


def _filled(*texts: str) -> tuple[str, ...]:
    """The texts that are not empty."""
    return tuple(filter(None, texts))


def _published(soup: BeautifulSoup, story: Mapping[str, object]) -> tuple[str, PublishedSource] | None:
    """The date of publication that the markup gives: JSON-LD before meta tags."""
    if found := day(next(iter(_texts(story.get("datePublished"))), "")):
        return found, "jsonld"
    for selector, key in STATED:
        if found := day(_content(soup, selector, key)):
            return found, "meta"
    return None


def _json_ld(soup: BeautifulSoup) -> Mapping[str, object]:
    """The JSON-LD object of the article; broken JSON and other objects are passed over."""
    for script in soup.select('script[type="application/ld+json"]'):
        try:
            queue: list[object] = [json.loads(script.get_text(), strict=False)]
        except (ValueError, RecursionError):
            continue
        for thing in queue:  # grows while it is read
            if isinstance(thing, list):
                queue.extend(thing)
            elif isinstance(thing, dict):
                if any(ARTICLE.match(kind) for kind in _texts(thing.get("@type"))):
                    return thing
                queue.append(thing.get("@graph"))
    return {}


def _texts(value: object) -> list[str]:
    """The texts in a JSON-LD value: of a list each one, of an object its name."""
    values = value if isinstance(value, list) else [value]
    names = (one.get("name") if isinstance(one, dict) else one for one in values)
    return [text for one in names if isinstance(one, str) and (text := squeezed(html.unescape(one)))]


def _content(soup: BeautifulSoup, selector: str, key: str = "content") -> str:
    """The attribute of the first element that has it, else the words in it; empty where there is none."""
    for tag in soup.select(selector):
        text = str(tag.get(key, "")) or ("" if tag.name in ("meta", "link") else tag.get_text())
        if text.strip():
            return squeezed(text)
    return ""


def squeezed(text: str) -> str:
    """Text with single spaces, and the controls that old pages write for quotation marks put right."""
    return " ".join(fix_c1_controls(text).replace("\u200b", "").replace("\ufeff", "").replace("\xad", "").split())


def time_element(soup: BeautifulSoup, selectors: Iterable[str]) -> str | None:
    """The date in the first `time` element, or one used like it."""
    for selector in selectors:
        for tag in soup.select(selector):
            if found := day(str(tag.get("datetime") or tag.get("title") or tag.get("content") or "")):
                return found
    return None


def named(soup: BeautifulSoup, selectors: Iterable[str]) -> str:
    """The words of the first element that a selector finds; empty where there is none."""
    return next((words for selector in selectors if (words := _content(soup, selector))), "")


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
