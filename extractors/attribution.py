"""Who a sentence says is speaking: its attribution (`the report states`, `said a spokesman`, `according to Ofsted`)."""

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.cues import Cues
from extractors.date_grammar import timed

VERBS = ("saying", "reporting", "judging")
INSPECTORATE = ("report", "letter", "inspectors")
PRONOUNS = {"pronoun": "same", "person": "response"}
SUBJECTS = ("nsubj", "nsubjpass")
NAMES = ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC")
REACH = 6


@dataclass(frozen=True)
class Attribution:
    """One speaker and the verb of speech or judgement that shows it.

    `voice` is a voice, `staff`, `same` where a pronoun stands for the speaker before, or `paper` where that must be
    something written ("it says", where people "said"). `verb` is the index of the
    verb's last token, `subject` that of the speaker's head. `speech`: the verb is one of speech, which anybody may do;
    not one of judgement (`praised`, `found`), which only the inspectorate does.
    """

    voice: str
    speaker: str
    subject: int
    verb: int
    speech: bool


def attributions(doc: Doc, voices: Cues, tokens: list[Token]) -> list[Attribution]:
    """The attributions among some tokens of one sentence (those outside of speech), in order of place."""
    if not tokens:
        return []
    inside = {token.i for token in tokens}
    spans = [span for span in voices.within(tokens[0].i, tokens[-1].i + 1) if span.start in inside]
    named = {index: span for span in spans for index in range(span.start, span.end)}
    found = []
    for span in spans:
        if span.id_ == "reply":
            found.append(Attribution("response", span.text, span.start, span.end - 1, speech=True))
        elif span.id_ in VERBS:
            attribution = _of_verb(doc, span, named, inside)
            if attribution:
                found.append(attribution)
    return found


def _of_verb(doc: Doc, verb: Span, named: dict[int, Span], inside: set[int]) -> Attribution | None:
    """The speaker of one verb: its grammatical subject, or the speaker that stands nearest."""
    speech = verb.id_ == "saying"
    head = verb.root
    if speech and (_is_noun(head, verb) or _is_aside(head)):
        return None
    if head.lower_ == "tell" and denied(head):  # "the police did not always tell schools when …"
        return None
    if verb.text.lower() == "according to":
        candidates = [doc[index] for index in range(verb.end, min(verb.end + REACH, len(doc))) if index in inside]
        subject = next((token for token in candidates if _voice(token, named)), None)
    else:
        subject = _subject(head, inside) or (None if _is_participle(head) else _nearest(doc, verb, named, inside))
    if subject is None:
        return None
    heard = named.get(verb.end)
    hearing = heard is not None and heard.id_ == "inspectors" and heard.root.dep_ in ("dobj", "dative")
    voice = "staff" if speech and hearing else _voice(subject, named)
    if voice == "same" and subject.lower_ == "it" and head.tag_ == "VBZ":
        voice = "paper"
    passive = _is_told(verb) or any(child.dep_ == "auxpass" for child in head.children)
    if subject.dep_ == "pobj":  # "described by ministers"
        passive = False
    if passive and voice not in INSPECTORATE:
        # "the council was criticised for …": nobody but the inspectorate does that here; "was told" likewise
        return Attribution("inspectors", "", subject.i, verb.end - 1, speech=False)
    if voice is None or (not speech and voice not in (*INSPECTORATE, "same", "paper")):
        return None
    span = named.get(subject.i)
    return Attribution(voice, span.text if span else subject.text, subject.i, verb.end - 1, speech)


def denied(verb: Token) -> bool:
    """Whether a verb is said not to be so ("they did not tell")."""
    return any(child.dep_ == "neg" for child in verb.children)


def _is_participle(verb: Token) -> bool:
    """Whether a verb is a participle, whose subject is that of the verb it hangs on ("…, having concluded that …")."""
    return verb.tag_ == "VBG" or any(child.dep_ == "aux" and child.tag_ == "VBG" for child in verb.children)


def _is_noun(head: Token, verb: Span) -> bool:
    """Whether a word of speech stands as a thing ("the warning comes in a letter", "its claims")."""
    before = head.nbor(-1) if head.i else None
    if verb.end - verb.start > 1 or head.tag_ not in ("NN", "NNS"):
        return False
    return head.dep_ not in ("ROOT", "relcl", "advcl", "ccomp") or (
        before is not None and before.pos_ in ("DET", "PRON")
    )


def _is_aside(verb: Token) -> bool:
    """Whether speech is told only to say which one is meant, or when, and the sentence goes on about something else.

    "A council that was told two years ago … has become …"; "It comes a year after the council said that …".
    """
    if verb.dep_ in ("relcl", "acl"):
        noun = verb.head
        return noun.dep_ in SUBJECTS and noun.head.i > verb.i
    if verb.dep_ == "advcl":
        return any(child.dep_ == "mark" and child.lower_ not in ("as", "that") for child in verb.children)
    return False


def _subject(verb: Token, inside: set[int]) -> Token | None:
    """The subject of a verb, or of the verb that it is joined to; of `who` and `which`, what they stand for."""
    for _ in range(2):
        subjects = [child for child in verb.children if child.dep_ in SUBJECTS and child.i in inside]
        if subjects:
            nearest: Token = min(subjects, key=lambda child: abs(child.i - verb.i))
            return verb.head if nearest.tag_ in ("WP", "WDT") and verb.dep_ == "relcl" else nearest
        agent = next((child for child in verb.children if child.dep_ == "agent"), None)
        if agent is not None:
            inner: list[Token] = [child for child in agent.children if child.i in inside]
            return inner[0] if inner else None
        if verb.dep_ == "acl":
            head: Token = verb.head
            return head if head.i in inside else None
        if verb.dep_ not in ("conj", "xcomp") and not (verb.dep_ == "advcl" and _is_participle(verb)):
            return None
        verb = verb.head
    return None


def _is_told(verb: Span) -> bool:
    """Whether `told` names no hearer behind it, so that its subject is the hearer ("told in May 2023 that …")."""
    if verb.text.lower() != "told":
        return False
    after = verb.doc[verb.end : verb.end + REACH]
    what = next((token for token in after if not (token.i in timed(token.doc) or token.pos_ == "ADP")), None)
    return what is not None and what.lower_ in ("that", "to")


def _nearest(doc: Doc, verb: Span, named: dict[int, Span], inside: set[int]) -> Token | None:
    """The speaker close before a verb, or right behind it (`said Councillor …`)."""
    before = range(verb.start - 1, max(verb.start - REACH, 0) - 1, -1)
    behind = range(verb.end, min(verb.end + 3, len(doc)))
    near: list[Token] = [doc[index] for index in (*before, *behind) if index in inside]
    return next((token for token in near if _voice(token, named)), None)


def _voice(token: Token, named: dict[int, Span]) -> str | None:
    """What sort of speaker a word names, if any."""
    span = named.get(token.i)
    if span is not None and span.id_ in (*INSPECTORATE, "response", "staff"):
        return span.id_
    if span is not None and span.id_ in PRONOUNS:
        return PRONOUNS[span.id_]
    if token.ent_type_ in NAMES or (token.pos_ == "PROPN" and token.i not in timed(token.doc)):
        return "response"
    return None
