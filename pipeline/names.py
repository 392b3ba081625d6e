"""Names of people, places and bodies, looked for where somebody asks: the model's recognizer on a few sentences."""

from functools import lru_cache

from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from extractors.authorities import NAMES as COUNCILS
from extractors.date_grammar import stated
from extractors.lexicon import HELD, marked

NAMES = "names"  # name of the pipeline component
RECOGNIZER = "ner"  # that of the model's own


class Names:
    """Sets `doc.ents` in sentences that name a council or a month; in others nothing asks what the words are names of.

    The recognizer takes a third of the model's time. It sees words alone, none of the other components' work, and so reads
    these sentences as a text of their own.
    """

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self.recognizer = recognizer

    def __call__(self, doc: Doc) -> Doc:
        """The document with those names."""
        places = [token.i for sentence in doc.sents if _asks(sentence) for token in sentence]
        if places:
            tokens = [doc[i] for i in places]
            words, spaces = [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
            starts: list[bool | int | None] = [token.is_sent_start for token in tokens]  # no name runs over one
            found = self.recognizer(Doc(doc.vocab, words, spaces, sent_starts=starts)).ents
            doc.set_ents([Span(doc, places[ent.start], places[ent.end - 1] + 1, label=ent.label) for ent in found])
        return doc


@Language.factory(NAMES)
def names(nlp: Language, name: str) -> Names:
    """The component, with the recognizer of the pipeline that it is added to; that is to be disabled there."""
    return Names(nlp.get_pipe(RECOGNIZER))


def _asks(sentence: Span) -> bool:
    """Whether a sentence holds what may be a council, a month, or a part of somebody's name."""
    named = any(sentence.start <= span.start < sentence.end for span in marked(sentence.doc, COUNCILS))
    return named or any(sentence.start_char <= place < sentence.end_char for place in _bare_months(sentence.doc))


@lru_cache(maxsize=HELD)
def _bare_months(doc: Doc) -> tuple[int, ...]:
    """Where months stand without a year."""
    found = (each for _, lines in stated(doc) for each in lines)
    return tuple(each.start for each in found if each.rule == "month" and len(each.parts) == 1)
