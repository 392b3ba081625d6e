"""Training data for spaCy: the articles with their mentions as entities, and with their findings as spans, in three parts.

No council is in two parts: an article that has records of several councils ties these together, and whatever is tied
together goes to one part. Where round-ups tie most councils into one group, that group is the training part.

`doc.ents` has the words of councils, grades, dates and so on, labelled by kind; where two overlap, the longer one.
`doc.spans["sc"]` has the findings, labelled `strength` or `weakness`, `doc.spans["themes"]` the same once per theme.
`doc.user_data` names the article. The labels are what the program read: silver, not gold.
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.export.dataset import Dataset
from pipeline.export.fault import ExportError
from pipeline.export.tables import named

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

READ = 'spacy.tokens.DocBin().from_disk("train/0001.spacy")'
SHARES: Mapping[str, float] = {"train": 0.8, "dev": 0.1, "test": 0.1}  # of the articles with records, and of the others
DOCS = 500  # articles in a file: what is held in memory at once
FINDING = "finding"
COUNCILS = """SELECT article_id, group_concat(DISTINCT council_id) AS councils
    FROM temp.chosen_articles LEFT JOIN inspections USING (article_id) GROUP BY nth ORDER BY nth"""
MENTIONS = """SELECT kind, id, "values", start, "end" FROM mentions
    WHERE article_id = ? AND field = 'body' ORDER BY start, "end", mention"""


def write(dataset: Dataset, folder: Path) -> None:
    """Write `train`, `dev` and `test`, each a folder of DocBins, and `split.json`: the part of each article."""
    import spacy  # noqa: PLC0415 - heavy

    if dataset.text != "full":
        raise ExportError("spacy: training data is the text of the articles with marks in it; ask for it: --text full")
    councils = {row[0]: (row[1] or "").split(",") if row[1] else [] for row in dataset.db.execute(COUNCILS)}
    parts = split(councils)
    nlp = spacy.blank("en")
    for part in SHARES:
        _write_part(_docs(dataset, nlp, {name for name in parts if parts[name] == part}), folder / part)
    (folder / "split.json").write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")
    counted = Counter(parts.values())
    met = {part: len({each for name, of in parts.items() if of == part for each in councils[name]}) for part in SHARES}
    dataset.notes.append(
        "spacy: " + ", ".join(f"{part} {counted[part]} articles, {met[part]} councils" for part in SHARES)
    )


def split(councils: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The part of each article, by the councils that it has records of.

    Groups of articles go, the largest first, to the part that lacks most of its share; articles with and without
    records are dealt out apart, so that each part has of both.

    >>> split({"a": ["x", "y"], "b": ["y"], "c": ["y"], "d": ["z"], "e": []})
    {'a': 'train', 'b': 'train', 'c': 'train', 'd': 'dev', 'e': 'train'}
    """
    groups = _groups(councils)
    parts: dict[str, str] = {}
    for with_records in (True, False):
        dealt = [group for group in groups if any(councils[name] for name in group) == with_records]
        total, filled = sum(map(len, dealt)), Counter[str]()
        for group in sorted(dealt, key=lambda group: (-len(group), group)):
            part = max(SHARES, key=lambda part: SHARES[part] * total - filled[part])
            filled[part] += len(group)
            parts |= dict.fromkeys(group, part)
    return {name: parts[name] for name in councils}


def _groups(councils: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The articles in groups that share no council with one another."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (up := above.setdefault(name, name)) != name:
            above[name] = name = above[up]
        return name

    for article, of in councils.items():
        for council in of:
            above[top(f"council {council}")] = top(article)
    groups: dict[str, list[str]] = {}
    for article in sorted(councils):
        groups.setdefault(top(article), []).append(article)
    return list(groups.values())


def _docs(dataset: Dataset, nlp: "Language", wanted: set[str]) -> Iterator["Doc"]:
    """The marked texts of some articles, in the order of the dataset."""
    table = named("articles")
    places = [[column.name for column in table.columns].index(name) for name in ("article_id", "source", "body")]
    for row in dataset.rows(table):
        article_id, source, body = (row[place] for place in places)
        if article_id in wanted:
            yield _marked(nlp.make_doc(body), list(dataset.db.query(MENTIONS, [article_id])), article_id, source)


def _marked(doc: "Doc", mentions: list[dict[str, Any]], article_id: str, source: str) -> "Doc":
    """A text with its mentions on it; one that ends within a token takes the whole token."""
    from spacy.util import filter_spans  # noqa: PLC0415 - heavy

    doc.user_data |= {"article_id": article_id, "source": source}
    facts, findings, themes = [], [], []
    for mention in mentions:
        if mention["kind"] == FINDING:
            findings.append(_span(doc, mention, mention["id"]))
            themes += [_span(doc, mention, theme) for theme in json.loads(mention["values"])]
        else:
            facts.append(_span(doc, mention, mention["kind"].upper()))
    doc.set_ents(filter_spans(facts))
    doc.spans["sc"], doc.spans["themes"] = findings, themes
    return doc


def _span(doc: "Doc", mention: Mapping[str, Any], label: str) -> "Span":
    """The tokens that a mention stands on."""
    span = doc.char_span(mention["start"], mention["end"], label=label, alignment_mode="expand")
    assert span is not None  # noqa: S101 - a mention is a stretch of the body
    return span


def _write_part(docs: Iterator["Doc"], folder: Path) -> None:
    """Write texts as DocBins, so many a file."""
    from spacy.tokens import DocBin  # noqa: PLC0415 - heavy

    folder.mkdir()
    for number in itertools.count(1):
        some = list(itertools.islice(docs, DOCS))
        if some:
            DocBin(["ENT_IOB", "ENT_TYPE"], store_user_data=True, docs=some).to_disk(folder / f"{number:04}.spacy")
        if len(some) < DOCS:
            return
