"""Judgements: why a grade word is a judgement of inspectors and no adjective; each reason is a named rule."""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Span

from extractors.date_grammar import timed
from extractors.lexicon import ending, starting
from extractors.rating_claim import GRADES, REACH, RELATIVE, label_end, stands_alone_in_quotes
from extractors.rating_syntax import (
    SUBJECTS,
    beside_noun,
    ends_there,
    has_copula,
    has_subject,
    is_attributive,
    modifies,
    moved,
    reaches,
    subject_of,
)
from extractors.reading import Reading
from extractors.segment import is_dash

# Tags of words before a grade that is used as a noun: "its one 'requires improvement' is for …".
DETERMINERS = ("DT", "CD", "PRP$", "POS", "JJ")
NEAR = 40  # characters from one grade to the next of a move in brackets
GRADING = ("rated", "graded", "judged")  # verbs of nothing but grades: "They were rated good"
ADJACENT = 2  # tokens from "has lost its" to the grade
GOVERNED = {
    "verb": "rated-as",
    "left_behind": "left-behind",
    "exchange": "left-behind",
    "moved_to": "moved-to",
    "kept": "kept",
    "ceiling": "ceiling",
}
# What leads from such a verb to the grade that came instead: "dropped a grade, to 'good'", "replaced with 'good'".
GIVEN = {"left_behind": ("to",), "exchange": ("to", "with", "by", "for", "into")}


@dataclass(frozen=True)
class Place:
    """A grade word where it stands: its sentence, its clause, whether another judgement precedes it, the judging words before."""

    reading: Reading
    sentence: Span
    clause: Span
    mark: Span
    company: bool

    @property
    def quoted(self) -> bool:
        """Whether the word stands alone in quotation marks."""
        return stands_alone_in_quotes(self.mark)

    @property
    def judging(self) -> list[Span]:
        """The judging words before it in its sentence, within reach, in order."""
        before = self.reading.spans("judging", self.sentence.start_char, self.mark.start_char)
        return [m for m in before if self.mark.start - m.end <= REACH and m.id_ not in ("mover", "bearer", "follower")]


def rule_of(reading: Reading, sentence: Span, clause: Span, mark: Span, *, company: bool) -> str | None:
    """The name of the first rule that makes the grade word a judgement, or None.

    `company`: another judgement was read in the same sentence, so that a bare copula will do.
    """
    place = Place(reading, sentence, clause, mark, company)
    return next((name for rule in RULES if (name := rule(place))), None)


def _of_its_own(place: Place) -> str | None:
    """A wording that is a judgement wherever it stands: "the same grade", "performs poorly", "the lowest rating"."""
    if place.mark.id_ in RELATIVE:
        return "relative-grade"
    if place.mark.label_ == "grades_annual":
        return "annual-scale"
    if len(place.mark) == 1 or place.mark.id_ not in ("outstanding", "inadequate"):
        return None
    left = [m for m in place.judging if m.id_ == "left_behind" and 0 <= place.mark.start - m.end < ADJACENT]
    return "left-behind" if left else "grade-phrase"


def _governed(place: Place) -> str | None:
    """A judging word of the same clause governs the grade: "was rated good", "is no longer inadequate"."""
    near = [m for m in place.judging if m.start >= place.clause.start and m.id_ in GOVERNED]
    near = [m for m in near if m.id_ not in GIVEN or not _has_subject_behind(place.mark, m)]
    if any(m.id_ == "ceiling" for m in near):
        return "ceiling"
    reaching = [m for m in near if reaches(place.reading, m, place.mark, place.quoted)]
    if reaching and _led_by(place) in GIVEN.get(reaching[-1].id_, ()):
        return "moved-to"
    return GOVERNED[reaching[-1].id_] if reaching else None


def _has_subject_behind(mark: Span, judging: Span) -> bool:
    """Whether the grade is a verb whose subject stands behind a judging word: "has lost that grade and the city requires …"."""
    subject = subject_of(mark[0]) if mark[0].tag_ in ("VBZ", "VBP", "VBD") else None
    return subject is not None and subject.i > judging.start


def _led_by(place: Place) -> str:
    """The word that leads to the grade, without articles: "replaced with a 'good'", "swapped … for 'good'"."""
    index = place.mark.start - 1
    while index > place.sentence.start and place.reading.doc[index].norm_ in ('"', "'", "the", "an", "a"):
        index -= 1
    return str(place.reading.doc[index].norm_)


def _exchanged(place: Place) -> str | None:
    """A grade whose noun is what was taken away: "its 'inadequate' rating has been lifted", "… was replaced by 'good'"."""
    doc, end = place.reading.doc, place.mark.end
    while end < place.sentence.end and doc[end].is_quote:
        end += 1
    for mark in place.reading.spans("judging", place.mark.end_char, place.sentence.end_char):
        if mark.id_ == "exchange" and mark.start - place.mark.end <= REACH:
            children = {child.dep_: child.i for child in mark.root.children}
            if place.mark.start <= children.get("nsubjpass", -1) <= end and "neg" not in children:
                return "left-behind"
    return None


def _stands(place: Place) -> str | None:
    """The grade is a council's standing one: "the 'inadequate' council", "good-rated Surrey"."""
    return "standing-grade" if is_attributive(place.reading, place.mark, place.quoted) else None


def _with_noun(place: Place) -> str | None:
    """A grade noun stands beside it: "a 'good' rating"."""
    return "grade-noun" if beside_noun(place.reading, place.mark) else None


def _as_verb(place: Place) -> str | None:
    """ "requires improvement" with a subject and nothing after that takes the verb for itself."""
    if place.mark.id_ != "requires_improvement":
        return None
    if place.quoted and place.mark.start > 1 and place.reading.doc[place.mark.start - 2].tag_ in DETERMINERS:
        return "nominal-grade"
    if not ends_there(place.reading, place.mark.end):
        return None
    if place.quoted:
        return "verb-requires"
    return "verb-requires" if has_subject(place.reading, place.clause, place.mark) and _is_of_services(place) else None


def _is_of_services(place: Place) -> bool:
    """Whether the verb's own subject, where the parser sees one, is a council, an area or a service.

    "Record keeping requires improvement" is told of a practice.
    """
    subjects = [token for token in place.mark[0].children if token.dep_ in ("nsubj", "nsubjpass")]
    names = [s for g in SUBJECTS for s in place.reading.spans(g, place.sentence.start_char, place.sentence.end_char)]
    known = {token.i for span in names if span.id_ != "none" for token in span}
    return all(t.i in known or t.pos_ in ("PRON", "DET", "PROPN") or t.norm_ in ("work", "efforts") for t in subjects)


def _in_company(place: Place) -> str | None:
    """Words earlier in the sentence, or the quotation marks, show that grades are being told."""
    verb = place.mark.id_ == "requires_improvement" and not place.quoted
    if verb or modifies(place.reading.doc, place.mark):
        return None
    told = any(m.id_ in ("verb", "noun") for m in place.judging)
    if told and (place.quoted or place.company):
        return "rated-earlier-in-sentence"
    if place.quoted:
        return "quoted-grade"
    return "listed-grade" if place.company else None


def _bare(place: Place) -> str | None:
    """A grade without quotation marks: announced after a colon, used as a noun, after "to be", or opening its sentence."""
    doc, mark = place.reading.doc, place.mark
    if mark.id_ in GRADES and doc[mark.start - 1].norm_ == "the" and doc[mark.end : mark.end + 1].text == "one":
        return "nominal-grade"  # "leadership was the inadequate one"
    if mark.id_ not in GRADES or modifies(doc, mark):
        return None
    if doc[mark.start - 1].norm_ == ":" and place.judging:
        return "announced-grade"
    if doc[mark.start - 1].norm_ in (":", ",") and _leads_to_area(place):
        return "announced-grade"  # "Hull had mixed results: good for leadership, inadequate for adoption"
    if doc[mark.start - 1].norm_ in ("a", "an", "another") and ends_there(place.reading, mark.end):
        return "nominal-grade"
    if has_copula(doc, place.clause, mark) and has_subject(place.reading, place.clause, mark):
        return "copula"
    times = [m for m in ending(doc, "times", mark.start) if m.start == place.sentence.start]
    first = next((token.i for token in place.sentence if token.is_alpha), mark.start)  # behind a bullet
    opens = mark.start == first or bool(times)  # "Formerly inadequate, …"
    return "lead-grade" if opens and ends_there(place.reading, mark.end) else None


def _leads_to_area(place: Place) -> bool:
    """Whether "for" leads from the grade to a judgement area: "inadequate for help and protection"."""
    doc, end = place.reading.doc, place.mark.end
    near = starting(doc, "areas", end + 1, end + 2) if doc[end : end + 1].text == "for" else []
    return any(area.id_ != "none" for area in near)


def _apposed(place: Place) -> str | None:
    """A grade between commas behind a council or an area: "Kent, (itself) outstanding at its inspection in 2018, …"; of an
    area a time must be told beside it: "help and protection, previously inadequate, …", "adoption, good in 2012, …".
    """
    doc, mark = place.reading.doc, place.mark
    time = ending(doc, "times", mark.start)
    start = time[0].start if time else mark.start
    comma = start - (2 if start and doc[start - 1].norm_ == "itself" else 1)
    if mark.id_ not in GRADES or comma < 1 or doc[comma].norm_ != "," or not ends_there(place.reading, mark.end):
        return None
    after = mark.end + (doc[mark.end : mark.end + 1].text.lower() in ("in", "on"))
    groups = ("councils", "areas", "generic") if time or after in timed(doc) else ("councils",)
    ends = [comma, *(kind.start for kind in ending(doc, "council_traps", comma))]  # "Kent and Hull councils, …"
    named = any(span.id_ != "none" for group in groups for span in ending(doc, group, *ends))
    return "apposed-grade" if named and "," in doc[mark.end : place.sentence.end].text else None


def _moving(place: Place) -> str | None:
    """A verb of movement and "to" or "from" lead to the grade (but not "on their return to the 'inadequate' council"), or
    nothing but brackets hold the move: "Kent (inadequate to good)".
    """
    if move := _move_in_brackets(place):
        return move
    if is_attributive(place.reading, place.mark, place.quoted):
        return None
    return moved(place.reading, place.sentence, place.mark)


def _move_in_brackets(place: Place) -> str | None:
    """The part of a grade in a move between brackets: "(inadequate to good)"."""
    doc, mark = place.reading.doc, place.mark
    if mark.start < 2 or mark.end + 1 >= len(doc):
        return None
    near = [
        other
        for group in ("grades", "grades_annual")
        for other in place.reading.spans(group, max(0, mark.start_char - NEAR), mark.end_char + NEAR)
        if other.id_ in GRADES
    ]
    if doc[mark.start - 1].norm_ == "(" and doc[mark.end].norm_ == "to":
        return "left-behind" if any(other.start == mark.end + 1 for other in near) else None
    if doc[mark.start - 1].norm_ == "to":
        from_there = (other for other in near if other.end == mark.start - 1 and other.start)
        return "moved-to" if any(doc[other.start - 1].norm_ == "(" for other in from_there) else None
    return None


def _bracketed(place: Place) -> str | None:
    """A grade alone in brackets behind what it is said of: "safeguarding (good)"."""
    doc, mark = place.reading.doc, place.mark
    start = mark.start - (2 if place.quoted else 1)
    end = mark.end + (1 if place.quoted else 0)
    if start < 1 or end >= len(doc) or doc[start].norm_ != "(" or doc[end].norm_ != ")":
        return None
    named = any(span.id_ != "none" for group in SUBJECTS for span in ending(doc, group, start))
    return "bracketed-grade" if named and mark.id_ in GRADES else None


def _labelled(place: Place) -> str | None:
    """A grade that its area labels: "Leadership: good", "care leavers – outstanding", and in a list "leadership, good; …"."""
    doc, mark = place.reading.doc, place.mark
    start = label_end(doc, mark)
    ahead = mark.end + (1 if place.quoted else 0)
    if mark.id_ not in GRADES or start < 1 or not ends_there(place.reading, ahead):
        return None
    listed = doc[start].norm_ == "," and ";" in (doc[start - 1 : place.sentence.end].text)
    if not (doc[start].norm_ == ":" or is_dash(doc, start) or listed):
        return None
    return "labelled-grade" if any(area.id_ != "none" for area in ending(doc, "areas", start)) else None


def _after_council(place: Place) -> str | None:
    """A grade that the council labels which opens its line: "Wigan: good", "• Bury – inadequate, down from 'good'"."""
    doc, mark = place.reading.doc, place.mark
    start = label_end(doc, mark)
    if mark.id_ not in GRADES or start < 1 or not (doc[start].norm_ == ":" or is_dash(doc, start)):
        return None
    named = ending(doc, "councils", start)
    opens = named and not any(token.is_alpha for token in doc[place.sentence.start : named[0].start])
    return "labelled-council" if opens and ends_there(place.reading, mark.end + place.quoted) else None


def _after_colon(place: Place) -> str | None:
    """A label with a colon, which says what a grade is of even in the company of others: "(leadership: good; adoption: good)"."""
    return _labelled(place) if place.reading.doc[label_end(place.reading.doc, place.mark)].norm_ == ":" else None


RULES: tuple[Callable[[Place], str | None], ...] = (
    _bracketed, _moving, _exchanged, _of_its_own, _governed, _stands, _with_noun, _after_colon, _as_verb, _in_company,
    _labelled, _bare, _apposed, _after_council,
)  # fmt: skip


def speaks_of_services(reading: Reading, sentence: Span) -> bool:
    """Whether the sentence names anything that Ofsted could have graded, or the one who grades, or speaks of being graded."""
    judging = reading.spans("judging", sentence.start_char, sentence.end_char)
    if any(m.text.lower() in GRADING and any(c.norm_ == "they" for c in m.root.children) for m in judging):
        return True
    return any(
        span.id_ != "none"
        for group in ("councils", "bodies", "areas", "generic", "inspectorates", "kinds")
        for span in reading.spans(group, sentence.start_char, sentence.end_char)
    ) or any(m.id_ == "noun" for m in judging)
