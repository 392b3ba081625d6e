"""Who speaks, stretch by stretch: the report, its letter, inspectors, the journalist, or somebody else in response.

Only what the inspectorate is told to have found makes a finding. What a council says in answer is a `response`, even
where it quotes the inspectors back: second-hand praise is not theirs.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extractors.attribution import INSPECTORATE, Attribution, attributions
from extractors.cues import Cues, cues
from extractors.quotes import Quote, is_speech, quotes
from extractors.reading import Block, Reading


@dataclass(frozen=True)
class Stretch:
    """A part of the body in one voice: `report`, `letter`, `inspectors`, `journalist` or `response`.

    `quoted`: it stands in quotation marks, as speech. `speaker`: the words that name who speaks, or an empty string.
    """

    start: int
    end: int
    voice: str
    quoted: bool
    speaker: str


@dataclass
class _Sentence:
    """A sentence under way to its voice: its parts in speech, its attribution, and whose speech it holds."""

    span: Span
    block: Block
    speech: list[Quote]
    own: Attribution | None
    colon: bool
    listed: bool


def voices(reading: Reading) -> tuple[Stretch, ...]:
    """The stretches of the body, in order and without gaps."""
    return reading.once(_voices)


def _voices(reading: Reading) -> tuple[Stretch, ...]:
    """The same, worked out."""
    marked = cues(reading, "voices")
    sentences = _sentences(reading, marked)
    speakers = _speakers(sentences)
    stretches: list[Stretch] = []
    told = lead = ("journalist", "")
    for index, sentence in enumerate(sentences):
        fresh = index == 0 or sentence.block != sentences[index - 1].block
        before = lead if sentence.listed else ("journalist", "") if fresh else told
        told = _telling(sentence, marked, before=before, last=speakers[index])
        lead = told if sentence.colon else lead
        stretches += _stretches(sentence, told, speakers[index], marked)
        if sentence.speech and speakers[index][0] == "response" and not sentence.own:
            told = ("journalist", "")
    return _joined(stretches, len(reading.article.body))


def _sentences(reading: Reading, marked: Cues) -> list[_Sentence]:
    """Every sentence with the speech that touches it and the attribution outside of that speech."""
    body, found, place = reading.article.body, [], 0
    marks = quotes(body, reading.blocks)
    for span in reading.sentences:
        while place < len(marks) and marks[place].end <= span.start_char:
            place += 1
        speech: list[Quote] = []
        at = place
        while at < len(marks) and marks[at].start < span.end_char:
            begun = marks[at].start < span.start_char or bool(speech)
            before = "" if begun else body[span.start_char : marks[at].start]
            if (
                marks[at].start < span.start_char
                or is_speech(body, marks[at], before)
                or (speech and _resumes(body, marks[at]))
            ):
                speech.append(marks[at])
            at += 1
        outside = _outside(span, speech)
        own = _governing(attributions(reading.doc, marked, outside), span, speech)
        colon = span.text.rstrip().endswith(":")
        block = reading.block(span.start_char)
        found.append(_Sentence(span, block, speech, own, colon, listed(block, body)))
    return found


def _outside(span: Span, speech: list[Quote]) -> list[Token]:
    """The tokens of a sentence that stand in none of its quotes."""
    tokens, place = [], 0
    for token in span:
        while place < len(speech) and speech[place].end <= token.idx:
            place += 1
        if place == len(speech) or token.idx < speech[place].start:
            tokens.append(token)
    return tokens


def _resumes(body: str, quote: Quote) -> bool:
    """Whether a second quote of a sentence goes on with speech (`…," it states, "and …`)."""
    return body[: quote.start].endswith((", ", ": ", "; "))


def _governing(found: list[Attribution], span: Span, speech: list[Quote]) -> Attribution | None:
    """Which attribution of a sentence all of it hangs on: the one that trails it, else the first.

    In "inspectors saw change, said the director" the director speaks; in "the director said that inspectors saw" too.
    """
    found = [one for one in found if one.voice not in ("same", "paper")] or found
    if not found:
        return None
    last = found[-1]
    trailing = last.speech and (last.subject > last.verb or last.verb >= span.end - 3)
    if (
        trailing
        and len(found) > 1
        and (speech or any(t.text == "," for t in span[max(0, last.verb - span.start - 8) :]))
    ):
        return last
    replies = [attribution for attribution in found if attribution.voice == "response" and attribution.speech]
    return replies[0] if replies and replies[0].verb <= found[0].verb + 3 else found[0]


def _speakers(sentences: list[_Sentence]) -> list[tuple[str, str]]:
    """For each sentence, who speaks in its speech; and, for pronouns, who spoke last.

    A speaker is looked for in the sentence, then in what the same speech says before and after, then before a colon,
    then with the speech right before it, and at last with the sentence right behind it.
    """
    result: list[tuple[str, str]] = [("journalist", "")] * len(sentences)
    last = ("journalist", "")
    index = 0
    while index < len(sentences):
        if not sentences[index].speech:
            last = _named(sentences[index].own, last)
            result[index] = last
            index += 1
            continue
        run = _run(sentences, index)
        owns = [sentence.own for sentence in sentences[index:run] if sentence.own]
        lead = index > 0 and (
            sentences[index - 1].colon
            or bool(sentences[index - 1].speech)
            or sentences[index - 1].block == sentences[index].block
        )
        if owns:
            last = _named(owns[0], last)
        elif not lead and run < len(sentences) and sentences[run].own and sentences[run].own.speech:  # type: ignore[union-attr]  # asked before
            last = _named(sentences[run].own, last)
        for place in range(index, run):
            result[place] = last
        index = run
    return result


def _run(sentences: list[_Sentence], index: int) -> int:
    """The end of a run of sentences that one person speaks: up to a second speaker, or speech not carried on."""
    named = sentences[index].own is not None
    end = index + 1
    while end < len(sentences):
        before, here = sentences[end - 1], sentences[end]
        if not here.speech:
            break
        same = here.speech[0] == before.speech[-1] or here.speech[0].carried or (here.block == before.block)
        if not same or (here.own and named):
            break
        named = named or here.own is not None
        end += 1
    return end


def _named(own: Attribution | None, last: tuple[str, str]) -> tuple[str, str]:
    """The voice and name of an attribution; a pronoun's are those of the last speaker, where that was somebody."""
    if own is None:
        return last
    if own.voice == "same":
        return last if last[0] != "journalist" else ("inspectors", own.speaker)
    if own.voice == "paper":
        return last if last[0] in INSPECTORATE else ("report", own.speaker)
    if own.voice == "staff":
        return ("inspectors", own.speaker)
    return (own.voice, own.speaker)


def _telling(sentence: _Sentence, marked: Cues, before: tuple[str, str], last: tuple[str, str]) -> tuple[str, str]:
    """The voice of what a sentence says outside of speech; a response goes on to the end of its paragraph."""
    if sentence.own:
        return _named(sentence.own, last)
    if sentence.listed:
        return before
    if before[0] == "response" and not marked.ids(sentence.span.start, sentence.span.end) & set(INSPECTORATE):
        return before
    return ("journalist", "")


def _stretches(sentence: _Sentence, told: tuple[str, str], speaker: tuple[str, str], marked: Cues) -> list[Stretch]:
    """A sentence cut into speech and the rest."""
    start = sentence.span.start_char
    end = start + len(sentence.span.text.rstrip())
    found, place = [], start
    for quote in sentence.speech:
        left, right = max(quote.start, start), min(quote.end, end)
        if place < left:
            found.append(Stretch(place, left, told[0], quoted=False, speaker=told[1]))
        found.append(Stretch(left, right, _of_speech(sentence, speaker, marked), quoted=True, speaker=speaker[1]))
        place = right
    if place < end:
        found.append(Stretch(place, end, told[0], quoted=False, speaker=told[1]))
    return found


def _of_speech(sentence: _Sentence, speaker: tuple[str, str], marked: Cues) -> str:
    """The voice of speech: staff who are quoted respond, unless they speak to inspectors; so does `our`.

    Inspectors too say `us`, of what they saw and were told.
    """
    own, marks = sentence.own, marked.ids(sentence.span.start, sentence.span.end)
    if not own and "first_person" in marks and "inspecting" not in marks:
        return "response"
    if own and own.voice == "staff" and not marks & set(INSPECTORATE):
        return "response"
    return speaker[0]


def _joined(stretches: list[Stretch], length: int) -> tuple[Stretch, ...]:
    """The stretches, each reaching to the next, so that they cover the body."""
    if not stretches:
        return ()
    ends = [*(stretch.start for stretch in stretches[1:]), length]
    return tuple(
        replace(stretch, start=0 if index == 0 else stretch.start, end=end)
        for index, (stretch, end) in enumerate(zip(stretches, ends, strict=True))
    )


def listed(block: Block, body: str) -> bool:
    """Whether a block is an item of a list: a bullet, or a line that goes on from the one before it in lower case."""
    return block.kind == "bullet" or body[block.start].islower()
