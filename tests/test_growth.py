"""No step takes time that grows faster than the text: every matcher and every rule over hostile text, short and long."""

from collections.abc import Callable
from functools import partial

import pytest
from growth import Work, grows_in_proportion
from made import article
from spacy.tokens import Doc

from extractors.council import GAZETTEER
from extractors.date_grammar import expressions
from extractors.lexicon import LEXICONS
from extractors.quotes import quotes
from extractors.reading import blocks_of
from pipeline.annotate import annotate, pipeline
from pipeline.extract import EXTRACTORS, interpret
from pipeline.relevance import can_hold_record

CUES = [
    "May ",
    "2016 ",
    "1 and 2 and ",
    "two years ",
    "the first half of the first half of ",
    "Monday, 1, 2, 3",
    "yesterday ",
    "“a ‘b ",
    '" a said "',
    "said ‘",
    "good and ",
    "Halton, ",
    "inadequate",
    "the council’s ",
]
STORIES = [
    "Halton was rated good in May 2016. ",
    "had been rated good, before it was inadequate in 2012 and ",
    "rated in 2016 and visited in May, ",
    "Inspectors said Halton council was good; ",
    "Kent and Surrey and Halton and Leeds were good and inadequate. ",
    "The Kent authority, which runs six homes, was good, as was a council with an adoption service that was good. ",
    "Halton council was good in 2012. It is inadequate. Inspectors visited in May. Leadership good. ",
    "the former was good; the latter was not. ",
    "Halton | good | May 2016\n",
    "• Halton: good\n",
    "Leadership\n\nHalton was good. ",
    "“Plans are late,” it said. ",
    "Inspectors said staff work well, but plans are weak. ",
    "care leavers “weak” but ",
    "but weak, while not ",
    '" weak "',
    '" Plans are late . " it said .',
]


def repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length].rstrip()


def in_marks(body: str) -> object:
    return quotes(body, blocks_of(body))


def in_dates(body: str) -> object:
    return sum(1 for _ in expressions(body))


def in_sieve(body: str) -> object:
    return can_hold_record(article(body))


SCANS = [in_marks, in_dates, in_sieve]


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("cue", CUES)
def test_cues_are_scanned_in_time_that_grows_with_the_text(cue: str, scan: Callable[[str], object]) -> None:
    assert grows_in_proportion(lambda length: partial(scan, repeated(cue, length)), 20_000, 200_000)


@pytest.mark.parametrize("scan", SCANS)
def test_a_megabyte_of_cues_is_scanned_in_time_that_grows_with_it(scan: Callable[[str], object]) -> None:
    text = "".join(cue * 100 for cue in CUES)
    assert grows_in_proportion(lambda length: partial(scan, repeated(text, length)), 100_000, 1_000_000)


@pytest.mark.parametrize("cue", CUES)
def test_lexicons_match_in_time_that_grows_with_the_text(cue: str) -> None:
    nlp = pipeline()

    def match(length: int) -> Work:
        # the words are given: the tokenizer, which is spaCy's, is slow on runs of marks
        doc = Doc(nlp.vocab, (cue.split() * length)[:length])
        return lambda: [nlp.get_pipe(name)(doc) for name in (LEXICONS, GAZETTEER)]

    assert grows_in_proportion(match, 5_000, 50_000)


@pytest.mark.parametrize("unit", CUES + STORIES)
def test_rules_read_in_time_that_grows_with_the_text(unit: str) -> None:
    def read(length: int) -> Work:
        reading = annotate(article(repeated(unit, length), published="2018-05-24"))
        return lambda: interpret(reading, [mention for extractor in EXTRACTORS for mention in extractor(reading)])

    assert grows_in_proportion(read, 3_000, 24_000)
