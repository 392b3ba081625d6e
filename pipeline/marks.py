"""Lines -> marked lines: what the template says that each line of a document is, before the story is told from them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.page import BULLET, Line
from pipeline.publishers import ORDER, Role, Template, key

CLOSED = re.compile(r"[.:]\)?[\"”’'»)]*$|[.][\"”’')]* \([^()]{1,80}\)$")


@dataclass(frozen=True)
class Marked:
    """A line and what the template says it is."""

    line: Line
    role: Role | None
    match: re.Match[str] | None = None

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.line.text

    @property
    def prose(self) -> bool:
        """Whether it reads like a paragraph of the story: long, or a sentence with its full stop."""
        count = len(self.text.split())
        plain = self.role in (None, "label") and self.line.kind in ("", "standfirst", "heading")
        return plain and (count > 25 or (count >= 8 and bool(CLOSED.search(self.text))))


def mark(line: Line, template: Template) -> Marked:
    """A line with the first role whose patterns it matches; elements that are captions need no pattern."""
    if line.kind == "caption":
        return Marked(line, "caption")
    text = line.text.removeprefix(BULLET)
    for role in ORDER if line.kind != "title" else ():
        if match := template.match(role, text):
            return Marked(line, role, match)
    return Marked(line, None)


def doubled(marked: Sequence[Marked]) -> list[Marked]:
    """The lines, equal neighbours made one: a caption and the text behind its picture, unless they are the first."""
    lines: list[Marked] = []
    for each in marked:
        if not lines or key(lines[-1].text) != key(each.text):
            lines.append(each)
        elif lines[-1].line.kind == "bullet":  # a headline after its place in the menu
            lines[-1] = each
        elif (
            lines[-1].role is None
            and any(before.prose for before in lines[:-1])
            and lines[-1].line.kind != "standfirst"
        ):
            lines[-1] = Marked(each.line, "caption")
    return lines


def stray(each: Marked) -> bool:
    """Whether a line may be a headline: no furniture, no paragraph."""
    return each.role is None and not each.prose
