"""Topics: whether a sentence, a paragraph or a whole article speaks of something else that is graded in the same words."""

from spacy.tokens import Span

from extractors.rating_claim import areas_between
from extractors.reading import Reading

ORDINALS = ("former", "second", "third", "latter")  # of councils that were named together
OPENING = 2  # tokens before a name that opens its sentence
SHARED_AREAS = {
    "all",
    "overall",
    "rest",
    "other",
    "leadership",
    "safeguarding",
    "across_the_board",
}  # other services have them too


def objects_of(reading: Reading, sentence: Span) -> list[Span]:
    """The schools, homes, agencies and the like that a sentence speaks of.

    The Care Quality Commission is none where Ofsted's own name stands beside it, as the two inspect together, nor is any other
    inspectorate; "the regulator" beside it is itself.
    """
    objects = [
        o for o in reading.spans("objects", sentence.start_char, sentence.end_char) if o.id_ not in ("none", "noun")
    ]
    inspectorates = reading.spans("inspectorates", sentence.start_char, sentence.end_char)
    if any(mark.text.lower() == "ofsted" for mark in inspectorates):
        others = {token.i for mark in inspectorates for token in mark}
        objects = [span for span in objects if span.id_ != "adult_care" or span.text.lower().startswith("adult")]
        objects = [span for span in objects if span.start not in others]
    return objects


def subject_object(reading: Reading, sentence: Span) -> Span | None:
    """The school, home or the like that the main verb of a sentence is said of, by the head of its subject; a body that
    delivers a council's services is none, whatever it is called: "Together for Children, the company that runs …".
    """
    subjects = {token.i for token in sentence.root.lefts if token.dep_ in ("nsubj", "nsubjpass")}
    spans = reading.spans("objects", sentence.start_char, sentence.end_char)
    bodies = {body.end for body in reading.spans("bodies", sentence.start_char, sentence.end_char)}
    spans = [span for span in spans if span.id_ != "none" and not bodies & {span.start - 1, span.start - 2}]
    return next((span for span in spans if span.root.i in subjects), None)


def services_of(reading: Reading, part: Span) -> list[Span]:
    """The words of a stretch that name children's services, their areas or a council without its name (but not "it")."""
    spans = reading.spans("areas", part.start_char, part.end_char) + reading.spans(
        "generic", part.start_char, part.end_char
    )
    idle = ("none", "all", "overall", "other", "work", "papers", "indefinite", "description")
    spans = [span for span in spans if span.id_ not in ORDINALS or not _counts_things(span)]
    return [span for span in spans if span.id_ not in idle and span.text.lower() not in ("it", "its")]


def _counts_things(span: Span) -> bool:
    """Whether a noun follows, so that "the first" is no council: "in the first full assessments"."""
    return any(token.pos_ in ("NOUN", "PROPN", "ADJ") for token in span.doc[span.end : span.end + 1])


def changed_topic(reading: Reading, sentence: Span, topic: str | None) -> str | None:
    """What the text speaks of after a sentence: a thing other than children's services, or None.

    A sentence that is said of such a thing, or names one and no area of children's services, turns to it; one that names
    children's services or a council turns back; one that names neither goes on.
    """
    if (subject := subject_object(reading, sentence)) is not None:
        return str(subject.id_)
    services = services_of(reading, sentence)
    objects = objects_of(reading, sentence)
    if topic:  # "leadership" may be that of the agency spoken of
        services = [span for span in services if span.id_ not in SHARED_AREAS]
    if objects and not services:
        return str(objects[0].id_)
    if services or any(
        not _is_place(span) for span in reading.spans("councils", sentence.start_char, sentence.end_char)
    ):
        return None
    return topic


def _is_place(span: Span) -> bool:
    """Whether a council's name only tells where something is, or whose: "another, in Hull", "one belonging to Kent".

    One that opens its sentence sets the scene for it: "In Luton, where services were inadequate, …".
    """
    if span.start - span.sent.start <= OPENING:
        return False
    before = [token for token in span.doc[max(0, span.start - 2) : span.start] if token.pos_ != "DET"]
    return bool(before) and before[-1].pos_ == "ADP"


def stays_on(reading: Reading, sentence: Span, topic: str) -> bool:
    """Whether a sentence goes on about the thing before it: it names no services, nor a council.

    Other inspectors rate councils too.
    """
    councils = reading.spans("councils", sentence.start_char, sentence.end_char)
    named = any(not _is_place(span) for span in councils)
    services = [span for span in services_of(reading, sentence) if span.id_ not in SHARED_AREAS]
    plain = "children's services" in sentence.text.replace("’", "'")
    return not services and not (councils and plain) and (not named or topic in ("adult_care", "justice"))


def story_topic(reading: Reading) -> str | None:
    """The thing other than children's services that the opening of an article is about, or None.

    Read from its first three sentences, where they name such a thing and none of the areas of children's services.
    """
    if not reading.sentences:
        return None
    opening = reading.doc[reading.sentences[0].start : reading.sentences[:3][-1].end]
    subject = subject_object(reading, reading.sentences[0])
    objects = objects_of(reading, opening)
    areas = set(areas_between(reading, 0, opening.end_char)) - SHARED_AREAS
    named = reading.spans("kinds", 0, opening.end_char)
    if (
        not objects
        or (areas and subject is None)
        or any(kind.id_ not in ("visit", "inspection") for kind in named)
        or "children's services" in opening.text.lower().replace("’", "'")
    ):
        return None
    return str(objects[0].id_)


def names_areas(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence speaks of children's services in so many words."""
    areas = areas_between(reading, sentence.start_char, sentence.end_char)
    return bool(set(areas) - SHARED_AREAS) or "children's" in sentence.text.replace("’", "'")
