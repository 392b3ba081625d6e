"""HTML -> what a page states of itself outside its text: address, headline, dates, authors, section, topics."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.page import squeezed
from pipeline.publishers import day
from pipeline.tree import Page, text_of
from schemas.article import PublishedSource

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


def stated(page: Page) -> Stated:
    """What the JSON-LD, the meta tags and the `time` elements of a page say."""
    story = _json_ld(page)
    author = story.get("author")
    named = author if isinstance(author, list) else [author]
    people = [one for one in named if not (isinstance(one, dict) and one.get("@type") == "Organization")]
    sections = _texts(story.get("articleSection"))
    title = _content(page, "title")
    links = ((link, "href") for link in ('link[rel="canonical"]', 'meta[property="og:url"]'))
    urls = [url for selector, key in links for url in (_content(page, selector, key), _content(page, selector))]
    ends = re.split(r" [|–—-] ", title)
    return Stated(
        addresses=_filled(*urls),
        names=_filled(_content(page, 'meta[property="og:site_name"]'), *_texts(story.get("publisher")), *ends[1:]),
        titles=_filled(*_texts(story.get("headline")), _content(page, 'meta[property="og:title"]'), title),
        published=_published(page, story),
        modified=day(next(iter(_texts(story.get("dateModified"))), ""))
        or day(_content(page, 'meta[property="article:modified_time"]')),
        authors=tuple(_texts(people)) or _filled(_content(page, 'meta[name="author" i]')),
        section=_content(page, 'meta[property="article:section"]') or next(iter(sections), None),
        tags=_filled(*(squeezed(tag.get("content", "")) for tag in page.select('meta[property="article:tag"]'))),
    )


def _filled(*texts: str) -> tuple[str, ...]:
    """The texts that are not empty."""
    return tuple(filter(None, texts))


def _published(page: Page, story: Mapping[str, object]) -> tuple[str, PublishedSource] | None:
    """The date of publication that the markup gives: JSON-LD before meta tags."""
    if found := day(next(iter(_texts(story.get("datePublished"))), "")):
        return found, "jsonld"
    for selector, key in STATED:
        if found := day(_content(page, selector, key)):
            return found, "meta"
    return None


def _json_ld(page: Page) -> Mapping[str, object]:
    """The JSON-LD object of the article; broken JSON and other objects are passed over."""
    for script in page.select('script[type="application/ld+json"]'):
        try:
            queue: list[object] = [json.loads(text_of(script), strict=False)]
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


def _content(page: Page, selector: str, key: str = "content") -> str:
    """The attribute of the first element that has it, else the words in it; empty where there is none."""
    for tag in page.select(selector):
        text = tag.get(key, "") or ("" if tag.tag in ("meta", "link") else text_of(tag))
        if text.strip():
            return squeezed(text)
    return ""


def time_element(page: Page, selectors: Iterable[str]) -> str | None:
    """The date in the first `time` element, or one used like it."""
    for selector in selectors:
        for tag in page.select(selector):
            if found := day(tag.get("datetime") or tag.get("title") or tag.get("content") or ""):
                return found
    return None


def named(page: Page, selectors: Iterable[str]) -> str:
    """The words of the first element that a selector finds; empty where there is none."""
    return next((words for selector in selectors if (words := _content(page, selector))), "")
