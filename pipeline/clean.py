"""RawArticle -> Article: tells the story from what stands around it, by the template of its publisher.

A page and a text take the same way: both become lines, and the rules of `publishers/` say what each line is.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.page import BULLET, Line, lines_of, squeezed
from pipeline.publishers import Template, day, general, key, layout_of, pattern, template_of, words
from pipeline.stated import Stated, named, stated, time_element
from pipeline.story import ROW, STOP, Story, story_of
from pipeline.tree import parse
from schemas.article import Article, PublishedSource, Publisher, RawArticle
from schemas.reject import Rejected

WIDEST = 100  # characters; dumps that break lines at a fixed width use 60 to 80
WHOLE = 250  # words; a story behind a wall that is shorter is taken for cut, though it ends with a full stop
DATED_PATH = re.compile(r"/(\d{4})/(\d{2})/(\d{2})(?:/|$)")
LISTED = 5  # date lines: a page that prints so many lists articles, and is none
ITEM = re.compile(r"\s*(?:[•●▪◦‣·*]|[–-](?=\s))\s*(?=\S)")


def clean(raw: RawArticle) -> Article:
    """The article in a document; raises `Rejected` for pages without a story, and for listings."""
    if raw.media == "text":
        lines = text_lines(raw.content)
        texts = [line.text for line in lines]
        template = template_of(raw.publisher, _given(raw.url), (), texts)
        layout = layout_of(template, _given(raw.url), texts, ())
        return _article(raw, template, layout.id, Stated(titles=_given(raw.title)), lines, texts)
    page = parse(raw.content)
    said = stated(page)
    said = replace(said, addresses=(*_given(raw.url), *said.addresses), titles=(*said.titles, *_given(raw.title)))
    texts = list(filter(None, map(squeezed, "\n".join(page.pieces).split("\n"))))
    template = template_of(raw.publisher, said.addresses, said.names, texts)
    layouts = (*template.layout, *general().layout)
    found = [selector for each in layouts for selector in each.elements if page.select(selector)]
    if layout_of(general(), said.addresses, (), found).id == "listing":
        raise Rejected(
            "not-an-article", "the address or the markup is that of a list, search or login page", raw.sha256
        )
    layout = layout_of(template, said.addresses, texts, found)
    time = None if said.published else time_element(page, template.selectors("date", layout))
    if time:
        said = replace(said, published=(time, "time"))
    if not said.authors:
        said = replace(said, authors=_given(named(page, template.selectors("author", layout))))
    foreign = _foreign(raw) if template is general() else None
    if foreign:
        authors, lines = foreign
        return _article(raw, template, layout.id, replace(said, authors=said.authors or authors), lines, texts)
    return _article(raw, template, layout.id, said, lines_of(page, template, layout), texts)


def _given(text: str | None) -> tuple[str, ...]:
    """A value as a tuple; empty where it was not given."""
    return (text,) if text else ()


def _foreign(raw: RawArticle) -> tuple[tuple[str, ...], list[Line]] | None:
    """The authors and lines that a general extractor finds on a page of an unknown site."""
    document = bare_extraction(
        raw.content, favor_precision=True, include_comments=False, date_extraction_params={"extensive_search": False}
    )  # fmt: skip
    if not isinstance(document, Document) or not document.text:
        return None
    authors = tuple(filter(None, (document.author or "").split("; ")))
    return authors, [replace(line, inside=True) for line in text_lines(document.text)]


def text_lines(content: str) -> list[Line]:
    """The lines of a text: those broken at a fixed width joined again, bullets and tabulated rows in one form.

    A line counts as broken where the first word of the next one would not have fitted.
    """
    rows = [row.rstrip() for row in content.replace("\xa0", " ").splitlines()]
    lengths = sorted(len(row) for row in rows if row)
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 5 else WIDEST + 1
    lines: list[Line] = []
    before = ""
    for row in rows:
        item = ITEM.match(row)
        text = squeezed(row[item.end() :] if item else ROW.join(filter(None, map(str.strip, row.split("\t")))))
        first = text.partition(" ")[0]
        joins = width <= WIDEST and before and len(before) <= width < len(before) + 1 + len(first) and not item
        if text and joins and not any(general().match(role, text) for role in ("byline", "date")):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {text}")
        elif text:
            mark = BULLET if item else ""
            lines.append(Line(mark + text, kind="bullet" if item else "row" if ROW in text else "", gap=not before))
        before = row if text else ""
    return lines


def _article(
    raw: RawArticle, template: Template, layout: str, said: Stated, lines: Sequence[Line], texts: Sequence[str]
) -> Article:
    """The article in the lines, with what the page states of itself."""
    if any(template.match("listing", line.text) for line in lines[:12]) or _dates(template, lines) >= LISTED:
        raise Rejected("not-an-article", "a list of articles or a search result; expected one article", raw.sha256)
    printed = next((line.text for line in lines if line.kind == "title"), None)
    titles = [title for each in (printed, *said.titles) if each and (title := template.headline(each))]
    story = story_of(lines, template, titles[0] if titles else None, _people(template, said.authors))
    if story is None and any(template.match("login", text) for text in texts):
        raise Rejected("not-an-article", "a login page; expected an article", raw.sha256)
    if story is None:
        raise Rejected("no-body", "no paragraph of running text; expected a story", raw.sha256)
    body = unicodedata.normalize("NFC", joined(_without_pull_quotes(story.paragraphs)))
    authors = next(filter(None, (_people(template, by) for by in (story.authors, said.authors, raw.authors))), ())
    walled = any(template.match("wall", text) for text in texts)
    published, source = _published(raw, said, story)
    return Article(
        article_id=article_id(template.publisher, body), source=raw.source, publisher=template.publisher, layout=layout,
        url=raw.url or next(iter(said.addresses), None), title=story.title, standfirst=story.standfirst,
        published=published, published_source=source, modified=said.modified or story.modified,
        captions=story.captions, authors=authors,
        section=said.section or story.section, tags=said.tags or story.tags, body=body,
        truncated=walled and (_unfinished(story.paragraphs[-1]) or len(body.split()) < WHOLE), sha256=raw.sha256,
    )  # fmt: skip


def _dates(template: Template, lines: Sequence[Line]) -> int:
    """How many lines above the comments are dates."""
    stops = (number for number, line in enumerate(lines) if template.match("tail", line.text))
    return sum(template.match("date", line.text) is not None for line in lines[: next(stops, len(lines))])


def _published(raw: RawArticle, said: Stated, story: Story) -> tuple[str | None, PublishedSource | None]:
    """The date of publication and where it was read; what is nearest to the publisher's own record comes first."""
    if said.published:
        return said.published
    if story.published:
        return story.published, "visible"
    for match in filter(None, (DATED_PATH.search(address) for address in (*said.addresses, *_given(raw.url)))):
        if found := day("-".join(match.groups())):
            return found, "url"
    return (raw.published, "sidecar") if raw.published else (None, None)


def _people(template: Template, names: Sequence[str]) -> tuple[str, ...]:
    """The people in bylines, each once; desks, magazines and agencies are none."""
    pieces = (piece for name in names for piece in re.split(r",| and | & |;", re.sub(r"(?i)^by:? ", "", name.strip())))
    people = (re.sub(r"\s+on$", "", piece.strip()) for piece in pieces)
    return tuple(
        dict.fromkeys(
            one for one in people if pattern("%name%").fullmatch(one) and not template.match("organisation", one)
        )
    )


def joined(paragraphs: Sequence[str]) -> str:
    """The body: one blank line between paragraphs, none between the bullets of a list or the rows of a table."""
    pieces: list[str] = []
    for before, after in zip(("", *paragraphs), paragraphs, strict=False):
        same = any(before.startswith(BULLET) and after.startswith(BULLET) for _ in "x") or (
            ROW in before and ROW in after
        )
        pieces += ["" if not pieces else "\n" if same else "\n\n", after]
    return "".join(pieces)


def article_id(publisher: Publisher, body: str) -> str:
    """A name for the article that does not change with its place, its punctuation or its line breaks."""
    return hashlib.sha256(f"{publisher}\n{words(body)}".encode()).hexdigest()[:16]


def _unfinished(text: str) -> bool:
    """Whether a paragraph stops in mid-sentence."""
    return not STOP.search(text) or bool(re.search(r"(?:…|\.\.\.)[\"”’']?$", text))


def _without_pull_quotes(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without those that only repeat words of another in large print."""
    keys = [key(text) for text in paragraphs]
    kept = []
    for number, text in enumerate(paragraphs):
        again = (
            any(keys[number] in key for key in keys if len(key) > len(keys[number])) or keys[number] in keys[:number]
        )
        if not again or text.startswith(BULLET) or ROW in text or len(text.split()) < 8:  # headings may repeat words
            kept.append(text)
    return kept
