"""Names of people, places and bodies, looked for where somebody asks: the model's recognizer on a few sentences."""

from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from extractors import date_grammar
from extractors.authorities import NAMES as COUNCILS
from extractors.lexicon import marked

NAMES = "names"  # name of the pipeline component
RECOGNIZER = "ner"  # that of the model's own


class Names:
    """Sets `doc.ents` in sentences that name a council or a time; in others nothing asks what the words are names of.

    The recognizer takes a third of the model's time. It sees words alone, none of the other components' work, and so reads
    these sentences as a text of their own.
    """

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self.recognizer = recognizer

    def __call__(self, doc: Doc) -> Doc:
        """The document with those names; one that runs over the edge of what was left out is none."""
        places = [token.i for sentence in doc.sents if _asks(sentence) for token in sentence]
        if places:
            words, spaces = [doc[i].text for i in places], [bool(doc[i].whitespace_) for i in places]
            found = self.recognizer(Doc(doc.vocab, words, spaces)).ents
            ents = [Span(doc, places[ent.start], places[ent.end - 1] + 1, label=ent.label) for ent in found]
            doc.set_ents([ent for ent, part in zip(ents, found, strict=True) if len(ent) == len(part)])
        return doc


@Language.factory(NAMES)
def names(nlp: Language, name: str) -> Names:
    """The component, with the recognizer of the pipeline that it is added to; that is to be disabled there."""
    return Names(nlp.get_pipe(RECOGNIZER))


def _asks(sentence: Span) -> bool:
    """Whether a sentence names a council, or says when something was."""
    named = any(sentence.start <= span.start < sentence.end for span in marked(sentence.doc, COUNCILS))
    return named or date_grammar.cue().search(sentence.text) is not None
