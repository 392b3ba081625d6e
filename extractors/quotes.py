"""Quotation marks paired: which stretches of a body stand in quotation marks, and which of them are speech."""

import re
from dataclasses import dataclass

from extractors.reading import Block

MARK = re.compile("[\"“”«»‘’']")
DOUBLE = '"“”«»'
OPENS_AFTER = " \u00a0([{-–—•/\n"
WORDS_OF_SPEECH = 4
STOPPED = re.compile(r"[,.!?…;:]$")
BREAK = re.compile(r"[.!?…] +[A-Z0-9“\"]")


@dataclass(frozen=True)
class Quote:
    """A stretch in quotation marks, the marks included.

    `carried`: it goes on from an unclosed quote of the block before. `closed`: its closing mark is there.
    """

    start: int
    end: int
    carried: bool
    closed: bool


def quotes(body: str, blocks: tuple[Block, ...]) -> tuple[Quote, ...]:
    """The quoted stretches of a body, in order; no one crosses a block.

    A mark opens or closes by what stands beside it, not by its shape: articles hold straight, curly and wrong-way
    marks. Where speech runs over several paragraphs each opens with a mark and only the last one closes.
    """
    found: list[Quote] = []
    pending = False
    for block in blocks:
        inside = _of_block(body, block, pending=pending)
        found += inside
        pending = bool(inside) and not inside[-1].closed and inside[-1].end == block.end
    return tuple(found)


def _of_block(body: str, block: Block, *, pending: bool) -> list[Quote]:
    """The quotes of one block; `pending`: the block before left one open."""
    found: list[Quote] = []
    opened: int | None = None
    for mark in MARK.finditer(body, block.start, block.end):
        place, sign = mark.start(), mark.group()
        opens, closes = _sides(body, place, block)
        carried = pending and not found
        if opened is None:
            if opens and not (sign not in DOUBLE and body[place + 1].isdigit()):
                opened = place
            elif closes and carried and sign in DOUBLE:
                found.append(Quote(block.start, place + 1, carried=True, closed=True))
            continue
        if (body[opened] in DOUBLE) != (sign in DOUBLE):
            if sign in DOUBLE and opens:  # the single mark before was an apostrophe: ’tis said “…”
                opened = place
        elif closes:
            found.append(Quote(opened, place + 1, carried=carried and opened == block.start, closed=True))
            opened = None
        elif opens and sign in DOUBLE:
            found.append(Quote(opened, place, carried=carried and opened == block.start, closed=False))
            opened = place
    if opened is not None and body[opened] in DOUBLE:
        found.append(Quote(opened, block.end, carried=pending and opened == block.start, closed=False))
    return found


def _sides(body: str, place: int, block: Block) -> tuple[bool, bool]:
    """Whether a mark stands where an opening mark does, and where a closing one does."""
    before = body[place - 1] if place > block.start else " "
    after = body[place + 1] if place + 1 < block.end else " "
    opens = before in OPENS_AFTER and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if body[place] in DOUBLE and not opens and not closes:
        closes = True
    return opens, closes and not (opens and before in OPENS_AFTER and place == block.start)


def is_speech(body: str, quote: Quote, before: str) -> bool:
    """Whether a quote is somebody's sentence; if not, a few words lifted from one (scare quotes).

    `before` is what precedes it in its sentence. `He said: "Plans are weak"` and `"Plans are weak," he said` are
    speech, `plans were “weak and late”` is not.
    """
    if quote.carried or not quote.closed:
        return True
    inside = body[quote.start + 1 : quote.end - 1].strip()
    lead = before.rstrip()
    whole = bool(STOPPED.search(inside)) or bool(BREAK.search(inside))
    if not lead:
        return whole or len(inside.split(None, WORDS_OF_SPEECH * 2)) > WORDS_OF_SPEECH * 2
    begins = inside[:1].isupper() or inside[:1] in "£0123456789[…"
    introduced = lead[-1] in ":," and len(inside.split(None, WORDS_OF_SPEECH)) > WORDS_OF_SPEECH
    return begins and (introduced or (whole and BREAK.search(inside) is not None))
