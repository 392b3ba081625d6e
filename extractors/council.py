"""Councils: which authorities an article names, under any of their names.

Names come from `lexicons/councils.csv` and `aliases.csv`, trusts and companies from `bodies.csv`; the longest name wins over
aliases and `traps.csv` together, and a trap uses up its words (so Kent Police is no Kent). A name shared by an authority and
its successor (Somerset, Buckinghamshire …) keeps all candidates in `Mention.values`; the event's date chooses between them.
"""

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.authorities import (
    NAMES,
    aliases,
    bodies,
    common_words,
    existed,
    joint_names,
    places,
    register,
    short_names,
)
from extractors.lexicon import ending, marked, starting
from extractors.reading import ROW, Reading
from schemas.mention import Mention

GAZETTEER = "gazetteer"  # name of the pipeline component
BODIES = "bodies"  # span group of trusts and companies
MISSPELT_LENGTH, MISSPELT_RATIO = 8, 90  # a name of 8 letters may have one wrong
SMALL = ("and", "upon", "on", "of", "the", "with", "-")  # words that names hold in small letters
YEAR = re.compile(r"(?<![\w£.,-])(?:19|20)\d\d(?![\w%.,-]\d|\w)")
SHOUTED = 4  # letters of the shortest name that counts in capitals
JOINED = re.compile(r",? (?:(?:and|&)(?: the)? )?$")
INITIALS = re.compile(r" \(([A-Z][A-Za-z&]{1,6})\)")


@Language.factory(GAZETTEER)
class Gazetteer:
    """Marks every name of an authority (`doc.spans["councils"]`) and of a delivery body (`doc.spans["bodies"]`).

    Case matters ("reading scores" is no council); the style of apostrophes does not.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        for group, forms in ((NAMES, aliases()), (BODIES, bodies())):
            variants = {variant for form in forms for variant in (form, form.replace("'", "’"), form.replace("-", "–"))}
            variants |= {form.upper() for form in forms if len(form) >= SHOUTED}
            self.matcher.add(group, [nlp.make_doc(variant) for variant in sorted(variants)])

    def __call__(self, doc: Doc) -> Doc:
        """The document with both groups of spans set; longest names win."""
        spans = filter_spans([Span(doc, m.start, m.end, label=m.label_) for m in self.matcher(doc, as_spans=True)])
        for group in (NAMES, BODIES):
            doc.spans[group] = [span for span in spans if span.label_ == group]
        return doc


def councils(reading: Reading) -> list[Mention]:
    """Every mention of an authority that runs children's services, and of a body that delivers them, in order of place."""
    mentions: list[Mention] = []
    trapped: Span | None = None
    for span in marked(reading.doc, NAMES):
        if _lists_on(reading, trapped, span) or _is_led(reading, span):
            trapped = span
        else:
            mentions += _authorities(reading, span)
    mentions += _misspelt(reading)
    mentions += _initials(reading, mentions)
    mentions += [_body(reading, span) for span in marked(reading.doc, BODIES)]
    return sorted(mentions, key=lambda mention: mention.start) or of_title(reading)


def of_title(reading: Reading) -> list[Mention]:
    """The one authority that the headline names; none where it names several.

    It stands in for the body's where that names none ("the department"): cut copies lose their lead.
    """
    title = reading.article.title or ""
    found = [match for name in short_names() for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", title)]
    whole = [m for m in found if not any(m is not o and o.start() <= m.start() and m.end() <= o.end() for o in found)]
    ids = {aliases()[match[0]] for match in whole}
    if len(ids) != 1:
        return []
    match, candidates = whole[0], next(iter(ids))
    published = reading.article.published
    id = next((id for id in candidates if existed(id, published)), candidates[0])
    return [
        Mention(
            kind="council", id=id, values=candidates, start=match.start(), end=match.end(), text=match[0], field="title",
            rule="title-name",
        )
    ]  # fmt: skip


def _initials(reading: Reading, named: list[Mention]) -> list[Mention]:
    """Mentions by initials that the article itself explains: "Bournemouth, Christchurch and Poole (BCP)"."""
    text, found = reading.article.body, []
    for mention in named:
        bracket = INITIALS.match(text, mention.end)
        for match in re.finditer(rf"\b{re.escape(bracket[1])}\b", text) if bracket else ():
            place = {"start": match.start(), "end": match.end(), "text": match[0], "rule": "explained-initials"}
            found.append(mention.model_copy(update=place))
    return found


def _is_led(reading: Reading, span: Span) -> bool:
    """Whether words before a name make it part of another: "the MP for Kent", "University of York", "south Devon"."""
    return any(mark.id_ == "before" for mark in ending(reading.doc, "council_traps", span.start))


def _misspelt(reading: Reading) -> list[Mention]:
    """Names before "council" that no table holds but that are all but one: "Central Bedforshire Council"."""
    found, taken = [], {t.i for group in (NAMES, BODIES) for span in marked(reading.doc, group) for t in span}
    for mark in reading.spans("council_traps"):
        if mark.id_ != "of_council" or mark.start - 1 in taken:
            continue
        for first in _openings(reading.doc, mark.start):
            name = reading.doc[first : mark.start].text
            near = process.extractOne(name, short_names(), scorer=fuzz.ratio, score_cutoff=MISSPELT_RATIO)
            if near and len(name) >= MISSPELT_LENGTH:
                start, ids = reading.doc[first].idx, aliases()[near[0]]
                found.append(reading.mention("council", ids[0], start, mark.end_char, rule="misspelt-name", values=ids))
                break
    return found


def _openings(doc: Doc, end: int) -> list[int]:
    """The tokens with which a name in capitals that ends there may begin, the longest name first: "Bath and North East …"."""
    first, starts = end, []
    while first and (doc[first - 1].is_title or doc[first - 1].norm_ in SMALL):
        first -= 1
        starts += [first] if doc[first].is_title else []
    return starts[::-1]


def _lists_on(reading: Reading, trapped: Span | None, span: Span) -> bool:
    """Whether a name stands in one list with one that was none: "the universities of Sheffield, Liverpool and Hull"."""
    if trapped is None or span.start < trapped.end:
        return False
    gap = [token.norm_ for token in reading.doc[trapped.end : span.start]]
    return gap in ([","], ["and"], [",", "and"])


def _plain(span: Span) -> str:
    """The words of a name as the tables write them; capitals throughout ("SWINDON: good") stand for the name."""
    text = span.text.replace("’", "'").replace("–", "-").replace("\n", " ")
    return _shouted().get(text, text)


@cache
def _shouted() -> dict[str, str]:
    """Names by how they are written in capitals, but not initials, which are written so anyway."""
    known = {**aliases(), **bodies()}
    return {form.upper(): form for form in known if len(form) >= SHOUTED and form.upper() not in known}


def _authorities(reading: Reading, span: Span) -> list[Mention]:
    """Mentions of the authority named, or of each that a joint name stands for, unless the words stand for something else."""
    table = aliases()
    candidates = table.get(_plain(span)) or table.get(span.text) or ()
    published = reading.article.published or reading.once(_latest_year)
    ids = [id for id in candidates if not published or register()[id].start <= published]
    ids = [id for id in ids if register()[id].childrens_services]
    named, end = _with_council(reading, span)
    if not ids or _is_trap(reading, span, named=named):
        return []
    ids.sort(key=lambda id: (not existed(id, published), register()[id].start and -int(register()[id].start[:4])))
    rule = "council-name" if named or "ouncil" in span.text else "bare-name"
    if _plain(span) in joint_names():
        return list(_joint(reading, span, ids))
    return [reading.mention("council", ids[0], span.start_char, end, rule=rule, values=ids)]


def _joint(reading: Reading, span: Span, ids: list[str]) -> Iterator[Mention]:
    """A Mention of each authority that a joint name stands for, over its own part where it has one ("East and West Sussex")."""
    place = {id: max(0, span.text.find(re.split("[ -]", register()[id].council.name)[0])) for id in ids}
    for id, start in place.items():
        following = min((other for other in place.values() if other > start), default=len(span.text))
        end = len(span.text) if len(set(place.values())) == 1 else len(JOINED.sub("", span.text[:following]))
        yield reading.mention(
            "council", id, span.start_char + start, span.start_char + end, rule="joint-name", values=(id,)
        )


def _latest_year(reading: Reading) -> str | None:
    """The end of the last year that the body of an undated article names, as a day; None where it names none."""
    years = YEAR.findall(reading.article.body)
    return f"{max(years)}-12-31" if years else None


def _with_council(reading: Reading, span: Span) -> tuple[bool, int]:
    """Whether "council", "borough" or the like follows the name, and where the whole ends."""
    for mark in reading.spans("council_traps", span.end_char):
        if mark.start != span.end:
            break
        if mark.id_ == "of_council":
            return True, mark.end_char
    return False, span.end_char


def _is_trap(reading: Reading, span: Span, *, named: bool) -> bool:
    """Whether the name is part of another: a police force, a seat in Parliament, a person; or a common word."""
    doc = reading.doc
    beside = any(mark.id_ == "after" for mark in starting(doc, "council_traps", span.end))
    if beside or _is_county_town(reading, span):
        return True
    if named or "ouncil" in span.text or len(span) > 1:
        return False
    if any(mark.id_ == "described" for mark in ending(doc, "council_traps", span.start)):
        return _is_common_word(span)
    name = doc[span.start]
    person = name.ent_type_ == "PERSON" and name.ent_iob_ == "I" and doc[span.start - 1].is_alpha  # but "• Wigan"
    surname = span.start > 0 and doc[span.start - 1].text.istitle() and doc[span.start - 1].ent_type_ == "PERSON"
    return person or surname or _is_common_word(span)


def _is_common_word(span: Span) -> bool:
    """Whether a name that is a word of the language too ("Reading", "Bury") opens a sentence as that word, or is shouted."""
    doc = span.doc
    if _plain(span) not in common_words():
        return False
    if not doc[span.start].is_sent_start:
        return bool(span.text.isupper())
    after = doc[span.end] if span.end < len(doc) else None
    if after is not None and (after.is_space or after.text == ROW.strip()):  # a heading of its own, or a cell
        return False
    finite = after is not None and after.tag_ in ("VBD", "VBZ")  # "Bury emerged", but "Bury the report"
    return after is None or not (finite or after.pos_ in ("AUX", "PART", "PUNCT", "CCONJ") or after.norm_ == "'s")


def _is_county_town(reading: Reading, span: Span) -> bool:
    """Whether a county's name only says where a place lies: "the Cheshire borough", "Thurrock in Essex", and without "the" "Kent
    unitary"; "the Kent authority" is another where the article names one that lies there.
    """
    types = {register()[id].type for id in aliases().get(_plain(span), ())}
    doc = reading.doc
    led = span.start > 0 and doc[span.start - 1].norm_ == "the"
    county = types - {"london_borough", "metropolitan"} if led else types == {"county"}
    after = [token.text for token in doc[span.end : span.end + 2]]
    if (led and after[:1] == ["authority"] and _lies_round(reading, span)) or _holds(reading, span):
        return True
    place = after[:1] in (["borough"], ["city"], ["town"], ["resort"], ["unitary"])
    return bool(county) and place and (led or after[1:] not in (["council"], ["Council"]))


def _holds(reading: Reading, span: Span) -> bool:
    """Whether "in" leads from an authority to the part of the country that it lies in: "Thurrock Council in Essex"."""
    doc, start = reading.doc, span.start
    if not start or doc[start - 1].norm_ != "in":
        return False
    ends = [start - 1, *(mark.start for mark in ending(doc, "council_traps", start - 1))]
    inside = places().get(span.text.lower(), frozenset())
    return any(inside & {*aliases().get(_plain(other), ())} for other in ending(doc, NAMES, *ends))


def _lies_round(reading: Reading, span: Span) -> bool:
    """Whether an article names another authority of the part of the country that has a county's name."""
    inside = places().get(span.text.lower(), frozenset()) - {*aliases().get(_plain(span), ())}
    return bool(inside & reading.once(_named))


def _named(reading: Reading) -> frozenset[str]:
    """The authorities that the names in an article may stand for."""
    return frozenset(id for span in marked(reading.doc, NAMES) for id in aliases().get(_plain(span), ()))


def _body(reading: Reading, span: Span) -> Mention:
    """A Mention of a trust or company; its `values` are the councils that it served when the article appeared."""
    form = _plain(span)
    served = bodies().get(form) or bodies()[span.text]
    ids = tuple(dict.fromkeys(id for id, _, _ in served))
    single = ids[0] if len(ids) == 1 else "|".join(ids)
    return reading.mention("delivery_body", single, span.start_char, span.end_char, rule="body-name", values=ids)
