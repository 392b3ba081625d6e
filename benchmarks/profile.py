"""Where the time of an article about inspections goes: `OPENBLAS_NUM_THREADS=1 python -m benchmarks.profile > profile.md`.

The first table has processor time by step, on articles of `corpus/practice`, after as many to warm up; the second the
functions in which the rules spend most, by Python's profiler, which makes small functions look dear.
"""

import cProfile
import pstats
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from extractors.reading import Reading
from pipeline.annotate import annotate, pipeline
from pipeline.clean import clean
from pipeline.extract import EXTRACTORS, interpret, read_out
from pipeline.read import documents, raw_article
from pipeline.relevance import can_hold_record
from schemas.article import Article
from schemas.mention import Mention

ROOT = Path(__file__).parent.parent
ARTICLES = 60
SHOWN = 25  # functions


def articles() -> list[Article]:
    """The articles that are measured."""
    cleaned = (clean(raw_article(document)) for document in documents([str(ROOT / "corpus/practice/articles")], {}))
    return list(islice(filter(can_hold_record, cleaned), ARTICLES))


def steps(read: list[Article]) -> Counter[str]:
    """Seconds of a processor by step."""
    nlp, spent = pipeline(), Counter[str]()
    for article in read:
        start = time.process_time()

        def lap(name: str) -> None:
            nonlocal start
            spent[name] += time.process_time() - start
            start = time.process_time()

        doc = nlp.make_doc(article.body)
        lap("tokenizer")
        for name, component in nlp.pipeline:
            doc = component(doc)
            lap(name)
        reading, mentions = Reading(article, doc), list[Mention]()
        for extractor in EXTRACTORS:
            mentions += extractor(reading)
            lap(f"rules: {extractor.__name__}")
        interpret(reading, mentions)
        lap("rules: assembly")
    return spent


def functions(read: list[Article]) -> list[tuple[str, int, float]]:
    """The functions of the rules that take most time by themselves: name, calls, seconds."""
    readings = [annotate(article) for article in read]
    profile = cProfile.Profile()
    profile.enable()
    for reading in readings:
        read_out(reading)
    profile.disable()
    stats = pstats.Stats(profile).get_stats_profile().func_profiles
    dearest = sorted(stats.items(), key=lambda item: -item[1].tottime)[:SHOWN]
    return [
        (f"{Path(one.file_name).name}: {name}", int(one.ncalls.split("/")[0]), one.tottime) for name, one in dearest
    ]


def main() -> None:
    """Print both tables."""
    read = articles()
    steps(read)
    spent = steps(read)
    print(f"| step, {len(read)} articles | ms an article |\n| --- | --- |")
    for name, seconds in spent.most_common():
        print(f"| {name} | {1000 * seconds / len(read):.1f} |")
    print(f"| all | {1000 * sum(spent.values()) / len(read):.1f} |\n")
    print("| function of the rules | calls an article | ms an article |\n| --- | --- | --- |")
    for name, calls, seconds in functions(read):
        print(f"| {name} | {calls / len(read):.0f} | {1000 * seconds / len(read):.2f} |")


if __name__ == "__main__":
    main()
