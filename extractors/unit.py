"""What may hold a finding: each sentence, or the inspectorate's speech in it, with its voice."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extractors.cues import Cues
from extractors.reading import Block, Reading
from extractors.voice import Stretch, listed, voices

VERBS = frozenset(("judging", "reporting", "saying"))


@dataclass(frozen=True)
class Unit:
    """The tokens from `start` to before `end` of one sentence, in one voice.

    `sourced`: the inspectorate is named as their source. `block`: where its paragraph begins.
    `place`: the number of its sentence.
    """

    start: int
    end: int
    voice: str
    quoted: bool
    sourced: bool
    bullet: bool
    block: int
    place: int


def units(reading: Reading, marked: Cues) -> Iterator[Unit]:
    """The units of an article in order: all of it but headings, table rows and responses; `marked` are its `voices`."""
    stretches, first, body = voices(reading), 0, reading.article.body
    for place, sentence in enumerate(reading.sentences):
        block = reading.block(sentence.start_char)
        while stretches[first].end <= sentence.start_char:
            first += 1
        parts, at = [], first
        while at < len(stretches) and stretches[at].start < sentence.end_char:
            parts.append(stretches[at])
            at += 1
        if block.kind in ("paragraph", "bullet") or listed(block, body):
            yield from _of_sentence(place, sentence, parts, block, marked, body)


def _of_sentence(
    place: int, sentence: Span, parts: list[Stretch], block: Block, marked: Cues, body: str
) -> Iterator[Unit]:
    """The speech of the inspectorate in a sentence, or else the sentence; nothing where somebody else speaks."""
    bullet = listed(block, body)
    speech = [part for part in parts if part.quoted]
    theirs = [part for part in speech if part.voice != "response"]
    if not speech and parts[0].voice != "response":
        voice = parts[0].voice
        told = bool(parts[0].speaker) or bool(marked.ids(sentence.start, sentence.end) & VERBS)
        sourced = voice != "journalist" and told
        yield Unit(sentence.start, sentence.end, voice, False, sourced, bullet, block.start, place)
    for start, end in _spoken(sentence, theirs, body):
        yield Unit(start, end, theirs[0].voice, True, True, bullet, block.start, place)


def _spoken(sentence: Span, theirs: list[Stretch], body: str) -> Iterator[tuple[int, int]]:
    """The tokens of speech: one stretch over an attribution in its midst, two where a new sentence follows that."""
    begun = 0
    for index, part in enumerate(theirs):
        behind = theirs[index + 1] if index + 1 < len(theirs) else None
        if behind is not None and body[behind.start + 1].islower():
            continue
        left = max(theirs[begun].start, sentence.start_char)
        right = min(part.end, sentence.end_char)
        inside = [token.i for token in sentence if left <= token.idx < right]
        begun = index + 1
        if inside:
            yield inside[0], inside[-1] + 1
