"""Export and gold -> figures: how much of what a careful reader takes from articles the program took too.

    scores = score(path, gold, raw)                 # path of a database or an export; raw may be None
    scores = score_export(export, gold, raw)        # of an export
    print(report(scores, errors=True))              # pipeline.score_report, as all below
    print(report_json(scores))                      # the same for a program
    print(compare_facts(scores.facts, path))        # facts gained and lost since those that were saved in `path`
    save_facts(scores.facts, path)                  # for such a comparison later

`export` is a folder with `articles.jsonl` and `inspections.jsonl` (record contract, version 1); `gold` a folder with
one JSON file per article, which `corpus/README.md` describes; `raw` the folder of the articles themselves, needed
only to cut a text article's body between the `first` and `last` words that gold gives. An article is found by its
source or by the file name that ends it; one that the run took for a copy of another is counted in `twins` and scored under its
fuller copy. A `ScoreError` says in one sentence which folder or file is wrong.
"""

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.score_count import PAGE_FIELDS, Fact, Judged, Tally, count_events, count_page, count_reject
from pipeline.score_match import Event, agreement, event_of
from pipeline.score_phenomena import Case, Row, raw_text, table

COUNTED = ("council", "event", "rating", "date", "finding", "theme")


class ScoreError(Exception):
    """An export, gold or facts file can't be used: says which, what was expected and what to do."""


@dataclass(frozen=True)
class Scores:
    """What scoring an export gives."""

    figures: Mapping[str, float]
    """Figures by name, in the order to print them; counts are whole numbers, the rest shares from 0 to 1."""
    misses: tuple[str, ...]
    """Each difference from gold, as `article: kind: what`."""
    judged: tuple[Judged, ...]
    """Each record of a scored article that states a confidence."""
    facts: tuple[Fact, ...]
    """All that the export states about scored articles."""
    phenomena: tuple[Row, ...] = ()
    """How well articles are read that have something in common."""


def score(path: Path, gold: Path, raw: Path | None = None) -> Scores:
    """Every figure of a database, which is written to a temporary folder first, or of an export.

    Of a database it is the extraction that is judged, whatever people decided about it since; of an export, what it says.
    """
    from pipeline.database import opened  # noqa: PLC0415 - an export is scored without the database's packages
    from pipeline.export import export  # noqa: PLC0415 - as above
    from pipeline.review_settle import all_extracted  # noqa: PLC0415 - as above

    if path.is_dir():
        return score_export(path, gold, raw)
    with tempfile.TemporaryDirectory() as folder, opened(path) as db:
        out = Path(folder) / "export"
        export(db, out, "jsonl")
        with (out / "inspections.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(f"{record.model_dump_json()}\n" for record in all_extracted(db))
        return score_export(out, gold, raw)


def score_export(export: Path, gold: Path, raw: Path | None = None) -> Scores:
    """Every figure of an export against gold; `raw` is the folder of the articles, for the bodies of text articles."""
    lines = _lines(export / "articles.jsonl")
    if any("body" not in line for line in lines):
        raise ScoreError(
            f"{export}: an export without the text of articles; make one with `--format jsonl --text full`"
        )
    articles = {name: line for line in lines for name in _names(line["source"])}
    twins = {name for line in lines for source in line.get("duplicates", ()) for name in _names(source)}
    events: dict[str, list[Event]] = defaultdict(list)
    for line in _lines(export / "inspections.jsonl"):
        for name in _names(line["article"]["source"]):
            events[name].append(event_of(line))
    tally = Tally()
    cases = []
    for page in _gold(gold):
        tally.article = page["article"]
        if tally.article in twins:
            tally.counts["twins"] += 1
            continue
        tally.counts["articles"] += 1
        article = articles.get(tally.article)
        if page.get("reject"):
            count_reject(tally, article)
            continue
        text, before = raw_text(raw, tally.article), tally.counts.copy()
        count_page(tally, page, article, _gold_body(page, text))
        count_events(tally, [event_of(entry) for entry in page["inspections"]], events[tally.article])
        cases.append((Case(page, article or {}, text), tally.counts - before))
    facts = tuple(sorted(tally.facts))
    return Scores(_figures(tally.counts), tuple(tally.misses), tuple(tally.judged), facts, table(cases))


def _names(source: str) -> set[str]:
    return {source, PurePosixPath(source).name}


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        advice = "make one with `ofsted-records export`"
        raise ScoreError(f"{path}: expected a file of an export, one JSON object a line ({error}); {advice}") from error


def _gold(folder: Path) -> list[dict[str, Any]]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise ScoreError(f"{folder}: expected a folder of gold files, one .json per article, and found none")
    pages = []
    for path in paths:
        try:
            page = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ScoreError(f"{path}: expected a JSON object, as corpus/README.md describes ({error})") from error
        wanted = {"article"} if page.get("reject") else {"article", *PAGE_FIELDS, "inspections"}
        if not wanted <= page.keys():
            raise ScoreError(f"{path}: expected the keys {sorted(wanted)}; add {sorted(wanted - page.keys())}")
        pages.append(page)
    return pages


def _gold_body(gold: Mapping[str, Any], text: str | None) -> str | None:
    """The body as gold gives it: whole, or as the stretch of the raw text between its first and last words."""
    if "body" in gold:
        return str(gold["body"])
    if text is None:
        return None
    start, end = text.find(gold["first"]), text.rfind(gold["last"])
    if start < 0 or end < 0:
        return None
    body = text[start : end + len(str(gold["last"]))]
    for piece in gold.get("not_body", ()):
        body = body.replace(piece, " ")
    return body


def _figures(counts: Counter[str]) -> dict[str, float]:
    """The figures of all articles together, from the sums of their counts."""
    articles, spans = max(counts["articles"], 1), max(counts["finding_span"], 1)
    figures: dict[str, float] = {"articles": counts["articles"], "twins": counts["twins"]}
    figures["found"] = counts["found"] / articles
    figures |= {f"{name}_accuracy": counts[name] / articles for name in PAGE_FIELDS}
    if counts["body_gold"]:
        figures["body_f1"] = _agreement(counts, "body")[2]
    for name in COUNTED:
        measures = zip(("precision", "recall", "f1"), _agreement(counts, name), strict=True)
        figures |= {f"{name}s_{measure}": value for measure, value in measures}
    figures["finding_span_f1"] = agreement(counts["finding_span"], counts["finding_found"], counts["finding_gold"]).f1
    figures["finding_polarity_accuracy"] = counts["finding_polarity"] / spans
    figures["finding_owner_accuracy"] = counts["finding_owner"] / spans
    figures["kind_accuracy"] = counts["kind"] / max(counts["event_right"], 1)
    figures["date_role_accuracy"] = counts["date_role"] / max(counts["date_role_gold"], 1)
    figures["articles_exactly_right"] = counts["exact"] / articles
    return figures | {name: counts[name] for name in ("false_alarms", "negatives")}


def _agreement(counts: Counter[str], name: str) -> tuple[float, float, float]:
    return agreement(counts[f"{name}_right"], counts[f"{name}_found"], counts[f"{name}_gold"])
