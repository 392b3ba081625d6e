"""Parts of speech and the like by the model's own rules, each case worked out once.

The rules tell them from a token's tag, its place in the parse and, here and there, its word or a neighbour. Trying all of
them on every token takes a tenth of the model's time, and the same few thousand cases come again and again.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.strings import StringStore
from spacy.tokens import Doc

ATTRIBUTES = "attributes"  # name of the pipeline component
RULER = "attribute_ruler"  # that of the model's own
SEEN: list[int | str] = ["TAG", "DEP", "LOWER", "IS_SPACE"]  # what rules may ask for their answers to be remembered
PARSED: list[int | str] = ["TAG", "DEP"]
GIVEN: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]  # what they may answer

Ids = NDArray[np.uint64]
Pattern = list[dict[str, Any]]


class Attributes:
    """Sets what the model's ruler sets: from memory, and by asking it about the tokens of which each is a case that is new.

    A case is a token's tag, dependency and, where a rule names it, word; with the words and dependencies beside it that rules
    over two tokens name.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler = ruler
        rules: list[dict[str, Any]] = [dict(rule) for rule in ruler.patterns]
        patterns: list[Pattern] = [pattern for rule in rules for pattern in rule["patterns"]]
        pairs = [pattern for pattern in patterns if len(pattern) > 1]
        asked = {key for pattern in patterns for token in pattern for key in token}
        self.remembers = asked <= set(SEEN) and all(len(pattern) <= 2 for pattern in pairs)
        self.words = _ids(ruler.vocab.strings, patterns, "LOWER")
        self.near_words, self.near_places = (_ids(ruler.vocab.strings, pairs, key) for key in ("LOWER", "DEP"))
        self.known: dict[bytes, Sequence[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document with the attributes of every token."""
        if not self.remembers or not len(doc):
            return self.ruler(doc)
        cases = self._cases(doc)
        new = {case: place for place, case in enumerate(cases) if case not in self.known}
        if new:
            self.known.update(zip(new, self._asked(doc, list(new.values())), strict=True))
        given = np.array([self.known[case] for case in cases], dtype=np.uint64).reshape(-1, len(GIVEN))
        return doc.from_array(GIVEN, given)  # type: ignore[arg-type]  # spaCy's type knows lists only

    def _asked(self, doc: Doc, places: list[int]) -> Ids:
        """What the ruler says of some tokens, each shown to it with its neighbours."""
        shown = [range(max(place - 1, 0), min(place + 2, len(doc))) for place in places]
        around = list(chain.from_iterable(shown))
        part = Doc(doc.vocab, [doc[place].text for place in around])
        part.from_array(PARSED, doc.to_array(PARSED)[around])  # type: ignore[arg-type]  # the same
        starts = accumulate(map(len, shown), initial=0)
        mine = [start + place - near.start for start, place, near in zip(starts, places, shown, strict=False)]
        return np.asarray(self.ruler(part).to_array(GIVEN), dtype=np.uint64)[mine]

    def _cases(self, doc: Doc) -> list[bytes]:
        """For each token, all that a rule can ask about it."""
        tag, place, word, space = doc.to_array(SEEN).T
        beside = np.stack([_kept(word, self.near_words), _kept(place, self.near_places)])
        edge = np.zeros((2, 1), dtype=beside.dtype)
        before, after = np.hstack([edge, beside[:, :-1]]), np.hstack([beside[:, 1:], edge])
        columns = np.vstack([tag, place, _kept(word, self.words), space, before, after])
        return [case.tobytes() for case in columns.T]


def _kept(ids: Ids, named: Ids) -> Ids:
    """Ids, those that no rule names made nought."""
    return np.where(np.isin(ids, named), ids, np.uint64(0))


def _ids(strings: StringStore, patterns: list[Pattern], key: str) -> Ids:
    """The ids of the strings that patterns name under a key."""
    values = [token[key] for pattern in patterns for token in pattern if key in token]
    named: Iterator[str] = chain.from_iterable(
        chain(*value.values()) if isinstance(value, dict) else (value,) for value in values
    )
    return np.array([strings.add(text) for text in named], dtype=np.uint64)


@Language.factory(ATTRIBUTES)
def attributes(nlp: Language, name: str) -> Attributes:
    """The component, with the ruler of the pipeline that it is added to; that is to be disabled there."""
    return Attributes(nlp.get_pipe(RULER))  # type: ignore[arg-type]  # typed as any component
