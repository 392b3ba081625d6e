"""Job -> Outcome: the whole work on one document, in whatever process; it depends on nothing but the job.

Runs in worker processes only: importing this module loads the cleaner and spaCy.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from pipeline.annotate import annotate
from pipeline.clean import clean
from pipeline.extract import read_out
from pipeline.extraction import Extraction
from pipeline.job import Job, Outcome, Stage
from pipeline.read import Document, raw_article
from pipeline.relevance import can_hold_record
from pipeline.twins import fingerprints
from schemas.article import Article
from schemas.reject import Rejected


def work(job: Job) -> Outcome:
    """Take one document to its records, or re-read one clean article; what can't be read comes back as its reason."""
    seconds: dict[str, float] = {}
    article: Article | None = None
    prints: frozenset[int] | None = None

    @contextmanager
    def timed(stage: Stage) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            seconds[stage] = time.perf_counter() - start

    def stage() -> Stage:
        return cast(Stage, next(reversed(seconds)))

    try:
        if isinstance(job.work, Document):
            with timed("read"):
                raw = raw_article(job.work)
            with timed("clean"):
                article = clean(raw)
                prints = frozenset(fingerprints(article))
        else:
            article = job.work
        with timed("sieve"):
            possible = can_hold_record(article)
        if not possible:
            return Outcome(stage(), article, Extraction(article), None, prints, seconds)
        with timed("annotate"):
            reading = annotate(article)
        with timed("extract"):
            extraction = read_out(reading)
        return Outcome(stage(), article, extraction, None, prints, seconds)
    except Rejected as found:
        return Outcome(stage(), article, None, found, prints, seconds)
