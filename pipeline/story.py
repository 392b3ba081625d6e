"""Lines -> story: headline, byline, body and furniture told apart by what the lines are and where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.marks import Marked, doubled, mark, stray
from pipeline.page import BULLET, Line
from pipeline.publishers import Template, day, key, pattern

ROW = " | "
SLIVER = 40  # words; prose as short as this above a tail cue is a notice where much more prose follows
STOP = re.compile(r"[.…:;!?]\)?[\"”’'»)]*$|[.…]\s*[\"”]?\s*\([^()]{1,80}\)$")
READER = re.compile(r"\b(?:you|your|our|us|we)\b", re.IGNORECASE)  # who an advertisement speaks to, and for


@dataclass
class Story:
    """What the lines of one document tell."""

    title: str | None = None
    standfirst: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    paragraphs: list[str] = field(default_factory=list)


def story_of(lines: Sequence[Line], template: Template, title: str | None, authors: Sequence[str]) -> Story | None:
    """The story, its headline taken from the lines where it is not known; None where no line reads like a paragraph.

    `authors` are those that the page states elsewhere: paragraphs about them are no part of the story.
    """
    marked = doubled([mark(line, template) for line in lines])
    stories = [story for part in _copies(marked, title) if (story := _one(part, template, title, authors))]
    if not stories:
        return None
    fullest = max(stories, key=lambda story: sum(len(paragraph) for paragraph in story.paragraphs))
    for name in ("title", "published", "modified", "section", "authors", "tags", "captions"):
        given = [value for story in (fullest, *stories) if (value := getattr(story, name))]
        setattr(fullest, name, given[0] if given else getattr(fullest, name))
    return fullest


def _copies(marked: list[Marked], title: str | None) -> list[list[Marked]]:
    """The parts of a document in which the story comes twice, the second from its headline on."""
    seen: dict[str, int] = {}
    again: list[int] = []
    for number, each in enumerate(marked):
        if each.prose and len(each.text.split()) >= 12:
            first = seen.setdefault(key(each.text), number)
            if first != number:
                again.append(number)
    if len(again) < 2 or len(again) * 3 < len(seen):
        return [marked]
    start = again[0]
    named = title or next((each.text for each in marked if stray(each) and each.line.kind in ("", "title")), "")
    heads = [number for number in range(1, start) if key(marked[number].text) == key(named)]
    while not heads and start > 1 and not marked[start - 1].prose:
        start -= 1
    cut = heads[-1] if heads and any(each.prose for each in marked[: heads[-1]]) else start
    return [marked[:cut], *_copies(marked[cut:], title)]


def _one(marked: Sequence[Marked], template: Template, title: str | None, authors: Sequence[str]) -> Story | None:
    """The story of one copy."""
    story = Story(title=title)
    start = _head(marked, template, story, authors)
    if start is None:
        return None
    end = next((n for n in range(start + 1, len(marked)) if marked[n].role in ("tail", "wall")), len(marked))
    if _words(marked[start:end]) < SLIVER and _words(marked[end:]) > 5 * SLIVER:  # a cookie notice, not the story
        return _one(marked[end + 1 :], template, title, authors)
    walled = end < len(marked) and marked[end].role == "wall"
    kept = _moved_head(list(marked[start:end]), template, story)
    paragraphs = _body(kept, story, [*authors, *story.authors])
    while paragraphs and _hanging(paragraphs[-1], walled=walled):
        paragraphs.pop()
    story.paragraphs += paragraphs
    return story if any(len(text.split()) > 4 for text in story.paragraphs) else None


def _words(marked: Sequence[Marked]) -> int:
    """How many words of prose there are."""
    return sum(len(each.text.split()) for each in marked if each.prose)


def _head(marked: Sequence[Marked], template: Template, story: Story, authors: Sequence[str]) -> int | None:
    """Fills in what stands above the first paragraph, and gives that paragraph's place."""
    known = story.title is not None
    for number, each in enumerate(marked):
        dated = any(near.role == "date" for near in marked[max(number - 1, 0) : number + 2])
        text = template.headline(each.text)
        words = len(each.text.split())
        if each.role or (story.title and key(text) == key(story.title)):
            _note(each, story)
        elif each.line.kind == "author" or (dated and pattern("%names%").fullmatch(each.text)):
            story.authors += (each.text,)
        elif each.prose and not (not known and story.title is None and each.line.kind == "heading"):
            if not _biography(each.text, [*authors, *story.authors]):
                return number
        elif (each.line.kind in ("bullet", "date") or ROW in text) and not each.line.inside:
            continue
        elif story.title is None and (words > 2 or _brief_headline(marked, number)):
            story.title = text
        elif words > 4 or each.line.inside:
            story.standfirst = story.standfirst or (each.text if words > 4 else None)
            story.paragraphs.append(each.text)
    return None


def _brief_headline(marked: Sequence[Marked], number: int) -> bool:
    """Whether a line of two words is the headline: no label or name itself, and names alone part it from the date."""
    names = pattern("%names%")
    if len(marked[number].text.split()) < 2 or names.fullmatch(marked[number].text):
        return False
    below = next(
        (each for each in marked[number + 1 : number + 4] if each.role or not names.fullmatch(each.text)), None
    )
    return below is not None and below.role in ("date", "byline")


def _note(each: Marked, story: Story) -> None:
    """Keeps what a line of furniture tells of the article."""
    groups = each.match.groupdict() if each.match else {}
    if each.role == "caption":
        story.captions = tuple(dict.fromkeys((*story.captions, each.text)))
    elif each.role == "updated":
        story.modified = day(groups["date"])
    elif each.role == "label" and not story.section and len(each.text.split()) < 4:
        story.section = each.text
    if each.role == "date":
        story.published = story.published or day(groups["date"])
        story.tags = (
            story.tags or tuple(re.split(r", | \| ", groups.get("topics") or ""))[: 10 * bool(groups.get("topics"))]
        )
    if groups.get("authors"):
        story.authors += (groups["authors"],)


def _moved_head(marked: list[Marked], template: Template, story: Story) -> list[Marked]:
    """The body's lines, without the headline and standfirst that some extractors put behind the story."""
    last = range(max(len(marked) // 2, 1), len(marked))
    start = next((n for n in last if story.title and key(marked[n].text) == key(story.title)), None)
    if start is None and story.title is None:
        labels = (n for n in last if marked[n].role == "label" and len(marked) - n <= 6)
        start = next((n + 1 for n in labels if n + 1 < len(marked) and stray(marked[n + 1])), None)
        dated = next((n for n in last if marked[n].role == "date"), None)
        if start is None and dated is not None:
            start = next((n for n in range(max(dated - 2, 1), dated) if stray(marked[n])), None)
    if start is None or start >= len(marked):
        return marked
    moved = marked[start:]
    story.title = story.title or template.headline(moved[0].text)
    below = _body([each for each in moved[1:] if each.role != "label"], story, ())
    lead = [text for text in below if len(text.split()) > 4]
    story.standfirst = story.standfirst or next(iter(lead), None)
    story.paragraphs += [text for text in lead if key(text) not in {key(each.text) for each in marked[:start]}]
    return marked[:start]


def _body(marked: Sequence[Marked], story: Story, authors: Sequence[str]) -> list[str]:
    """The paragraphs among the lines of the body."""
    paragraphs: list[str] = []
    number = 0
    while number < len(marked):
        each = marked[number]
        number += 1
        if each.role in (None, "label"):
            if not _biography(each.text, authors) or 2 < number < len(marked) - 3:
                paragraphs.append(each.text)
            continue
        if each.role == "related":
            number = _after_links(marked, number)
        elif each.role == "promo" and number < len(marked) and READER.search(marked[number].text):
            number += marked[number].prose
        elif each.role == "plug" and paragraphs and _hanging(paragraphs[-1].rstrip("?")):
            paragraphs.pop()  # the heading of the advertisement
        _note(each, story)
    return paragraphs


def _after_links(marked: Sequence[Marked], start: int) -> int:
    """The place after a list of headlines; a short line before a paragraph is the heading of the next section."""
    close = start < len(marked) and not marked[start].line.gap
    number = start
    while number < len(marked) and not marked[number].prose:
        each = marked[number]
        heads = number + 1 < len(marked) and marked[number + 1].prose and len(each.text.split()) < 4
        other = each.line.kind != marked[start].line.kind
        if number > start and ((close and each.line.gap) or heads or other):
            break
        number += 1
    return number


def _hanging(text: str, *, walled: bool = False) -> bool:
    """Whether a line can't end a story: a heading or label, not a bullet, a row, or a sentence cut at a wall."""
    return (
        not (text.startswith(BULLET) or ROW in text)
        and len(text.split()) < (4 if walled else 8)
        and not STOP.search(text)
    )


def _biography(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph says who the author is."""
    return any(re.match(rf"{re.escape(name)}\b(?! said)", text) for name in authors)
