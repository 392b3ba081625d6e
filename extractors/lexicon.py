"""The only door to the wordings of `lexicons/`: loads the files, checks them, and turns their phrases into matchers.

A lexicon is a toml file of `[[entry]]` tables. Each entry has an `id` (the canonical value of what it matches), `phrases`
(with shell-style braces: `rate{s,d,}` stands for three), `examples` that must match and, where a wrong match threatens,
`counterexamples` that must not. Matching ignores case and the style of quotation marks.
"""

import itertools
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.tables import FOLDER


class LexiconError(Exception):
    """A lexicon file is wrong: says which file, which entry, which key, and what was expected."""


@dataclass(frozen=True)
class Entry:
    """One canonical value and the ways to say it."""

    id: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


def expand(phrase: str) -> list[str]:
    """Spell out the braces of a phrase.

    >>> expand("{top,highest} grade{s,}")
    ['top grades', 'top grade', 'highest grades', 'highest grade']
    """
    parts: list[list[str]] = []
    rest = phrase
    while "{" in rest:
        before, _, rest = rest.partition("{")
        inside, closed, rest = rest.partition("}")
        if not closed or "{" in inside:
            raise ValueError(f"unbalanced braces in {phrase!r}")
        parts += [[before], inside.split(",")]
    parts.append([rest])
    return [" ".join("".join(choice).split()) for choice in itertools.product(*parts)]


@cache
def load(name: str) -> tuple[Entry, ...]:
    """The entries of `lexicons/<name>.toml`, checked."""
    path = FOLDER / f"{name}.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["entry"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise LexiconError(f"{path.name}: expected a toml file of [[entry]] tables, got: {error!r}") from error
    entries = tuple(_entry(path.name, table) for table in tables)
    duplicates = {entry.id for entry in entries if sum(other.id == entry.id for other in entries) > 1}
    if duplicates:
        raise LexiconError(f"{path.name}: ids must be unique; merge the entries of {sorted(duplicates)}")
    return entries


def _entry(file: str, table: dict[str, object]) -> Entry:
    """One table, its keys and types checked."""
    known = {"id": str, "phrases": list, "examples": list, "counterexamples": list}
    where = f"{file}, entry {table.get('id', table)!r}"
    for key, value in table.items():
        if key not in known or not isinstance(value, known[key]):
            raise LexiconError(f"{where}: key {key!r} is unknown or of the wrong type; expected {known}")
    if not (table.get("id") and table.get("phrases") and table.get("examples")):
        raise LexiconError(f"{where}: expected id, phrases and at least one example")
    lists = {key: tuple(map(str, table.get(key, ()))) for key in known if key != "id"}  # type: ignore[call-overload]  # untyped toml
    return Entry(id=str(table["id"]), **lists)


def names() -> list[str]:
    """Names of all lexicons, which are also the names of the span groups that they fill."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


LEXICONS = "lexicons"  # name of the pipeline component
HELD = 64  # groups kept at hand: those of the two or three latest documents


@Language.factory(LEXICONS)
class LexiconMatcher:
    """Marks every wording of every lexicon in a Doc: `doc.spans[<lexicon>]`, each span's `id_` its canonical value.

    Within one lexicon the longest of overlapping spans is kept; different lexicons may overlap.
    """

    def __init__(self, nlp: Language, name: str = "lexicons") -> None:
        self.matchers = {name: self._matcher(nlp, name) for name in names()}

    @staticmethod
    def _matcher(nlp: Language, name: str) -> PhraseMatcher:
        matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for entry in load(name):
            try:
                phrases = [text for phrase in entry.phrases for text in expand(phrase)]
            except ValueError as error:
                raise LexiconError(f"{name}.toml, entry {entry.id!r}: {error}") from error
            matcher.add(entry.id, [nlp.make_doc(text) for text in phrases])
        return matcher

    def __call__(self, doc: Doc) -> Doc:
        """The document with one group of spans for each lexicon; longest phrases win."""
        for name, matcher in self.matchers.items():
            spans = [Span(doc, m.start, m.end, label=name, span_id=m.label_) for m in matcher(doc, as_spans=True)]
            doc.spans[name] = filter_spans(spans)
        return doc


@lru_cache(maxsize=HELD)
def marked(doc: Doc, group: str) -> tuple[Span, ...]:
    """The spans of a group, in order; none where there is no such group.

    spaCy makes new objects at every look at a group, which took a third of the rules' time.
    """
    return tuple(doc.spans.get(group, ()))


def starting(doc: Doc, group: str, *places: int) -> list[Span]:
    """The spans of a group that start at one of some tokens."""
    starts = _edges(doc, group)[0]
    return [starts[place] for place in places if place in starts]


def ending(doc: Doc, group: str, *places: int) -> list[Span]:
    """The spans of a group that end right before one of some tokens."""
    ends = _edges(doc, group)[1]
    return [ends[place] for place in places if place in ends]


@lru_cache(maxsize=HELD)
def _edges(doc: Doc, group: str) -> tuple[dict[int, Span], dict[int, Span]]:
    """The spans of a group by their first token, and by the token after their last."""
    spans = marked(doc, group)
    return {span.start: span for span in spans}, {span.end: span for span in spans}
