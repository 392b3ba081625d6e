"""Discourse: whom a stretch of text speaks of, when it says "the council", "it", "both authorities" or nothing at all."""

from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Span

from extractors.authorities import existed
from extractors.lexicon import ending, starting
from extractors.reading import ROW, Block, Reading
from extractors.segment import clause_at, clauses, is_glue
from schemas.mention import Mention

ASIDE_GAP = 3  # tokens that may stand between "helped by" and the name
CLOSE = 3  # tokens from a grade to the council that it stands before
# Dependencies that lead from a name up to the phrase that it is part of.
INSIDE = ("poss", "compound", "nmod", "amod", "appos", "conj")
SUBJECTS = ("nsubj", "nsubjpass")
SITED = ("in", "at", "for", "over")  # prepositions of a place that a sentence may open with
LEAD_GAP = 25  # tokens from an opening participle to the name that it describes


@dataclass(frozen=True)
class Group:
    """Councils named in one list, by token positions; `aside` if the words make them bystanders.

    `added`: joined to the list before by "together with"; `governed`: the object of a preposition.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    aside: bool
    added: bool = False
    governed: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The councils, in order."""
        return tuple(dict.fromkeys(mention.id for mention in self.mentions))


@dataclass(frozen=True)
class Scene:
    """One sentence with the councils that it names."""

    reading: Reading
    sentence: Span
    groups: tuple[Group, ...]

    @cached_property
    def parts(self) -> list[Span]:
        """Clauses of the sentence."""
        return clauses(self.reading, self.sentence)

    @cached_property
    def block(self) -> Block:
        """The block that the sentence stands in."""
        return self.reading.block(self.sentence.start_char)

    @cached_property
    def is_of_now(self) -> bool:
        """Whether the main verb stands in the present or in the perfect."""
        verb = self.sentence.root
        return any(
            token.tag_ in ("VBZ", "VBP") for token in (verb, *(t for t in verb.lefts if t.dep_ in ("aux", "auxpass")))
        )

    def clause(self, index: int) -> Span:
        """The clause that holds a token."""
        return clause_at(self.parts, index)

    def token(self, offset: int) -> int:
        """The token at a character offset."""
        span = self.reading.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span.start if span is not None else self.sentence.start

    def named(self, index: int) -> Group | None:
        """The councils that a statement at a token is about, where the sentence names them.

        The last list before it in its own clause; else, where the clause has no subject of its own, the last before it in the
        sentence; else one that follows closely (an opening participle, a standing grade before its council).
        """
        clause = self.clause(index)
        groups = [group for group in self.groups if not group.aside or self._is_antecedent(group, clause, index)]
        free = [group for group in groups if not self._is_embedded(group, index)]
        if any(group.end <= index for group in free):  # not "inspectors who saw Kent rated it good"
            groups = free
        before = [group for group in groups if group.end <= index and not group.added]
        inside = [group for group in before if group.start >= clause.start]
        if aside := self._within(index):
            return aside
        after = [group for group in groups if group.start > index and not group.added]
        if inside:
            return self._with_added(inside[-1])
        near = self.reading.doc[index : after[0].start] if after else ()
        joined = bool(before) and any(token.norm_ in (",", "and") for token in near)  # "Derby, rated good, and Luton"
        if after and not joined and len(near) <= CLOSE and after[0].start < clause.end:
            return after[0]
        if before:
            return self._with_added(before[-1])
        if any(token.dep_ in SUBJECTS for token in self.reading.doc[clause.start : index]):
            return None  # "Leaders at the city council were rated inadequate, and Kent …"
        opening = clause.start == self.sentence.start
        after = [g for g in after if not any(t.norm_ == ";" for t in self.reading.doc[index : g.start])]
        leads = [
            g for g in after if not g.governed and g.start - index <= LEAD_GAP and (g.start < clause.end or opening)
        ]
        return leads[0] if leads else None

    def _within(self, index: int) -> Group | None:
        """The council of a list that a statement inside it follows: "Derby, rated good, and Luton, rated inadequate, were …"."""
        around = next((group for group in self.groups if group.start < index < group.end), None)
        place = self.reading.doc[index].idx
        before = [mention for mention in around.mentions if mention.end <= place] if around else []
        if around is None or not before or len(before) == len(around.mentions):
            return None
        start, end = self.token(before[-1].start), self.token(before[-1].end - 1) + 1
        return replace(around, start=start, end=end, mentions=(before[-1],))

    def is_present(self, statement: Mention) -> bool:
        """Whether a verb in the present tense stands before a statement in its clause, or is it ("requires improvement")."""
        start = self.token(statement.start)
        told = statement.rule == "verb-requires" and "quoted" not in statement.cues
        return any(token.tag_ in ("VBZ", "VBP") for token in self.reading.doc[self.clause(start).start : start + told])

    def is_subject(self, group: Group) -> bool:
        """Whether the main verb is said of the group, or of something that is the group's ("Kent's leaders have …")."""
        token = self.reading.doc[group.start : group.end].root
        while token.dep_ in INSIDE and token.head != token:
            token = token.head
        return token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"

    def is_in_subject(self, group: Group) -> bool:
        """Whether the group, itself or behind a preposition, is in the subject of a verb ("leaders at Kent Council have …")."""
        token = self.reading.doc[group.start : group.end].root
        while token.dep_ in (*INSIDE, "prep", "pobj") and token.head != token:
            token = token.head
        return token.dep_ in SUBJECTS

    def is_fronted(self, group: Group) -> bool:
        """Whether a group says where, before the subject of the main verb: "A mile or two away in Medway, services are …"."""
        subjects = [child for child in self.sentence.root.lefts if child.dep_ in SUBJECTS]
        sited = group.governed and self.reading.doc[group.start - 1].norm_ in SITED
        return sited and bool(subjects) and group.end <= subjects[0].left_edge.i

    def is_led_in(self, group: Group) -> bool:
        """Whether the sentence only opens with the group, to come to another: "Before Wakefield came Kirklees"."""
        first = self.sentence[0]
        others = (other for other in self.groups if other.start > group.end)
        return group.start == first.i + 1 and first.pos_ in ("ADP", "SCONJ") and any(map(self.is_subject, others))

    def _is_embedded(self, group: Group, index: int) -> bool:
        """Whether a relative clause that the statement stands outside of holds the group.

        "Leeds, which has lent Kirklees a director, moved up": what moved up is not Kirklees.
        """
        root = self.reading.doc[group.start : group.end].root
        return any(
            token.dep_ == "relcl" and not token.left_edge.i <= index <= token.right_edge.i
            for token in (root, *root.ancestors)
        )

    def _is_antecedent(self, group: Group, clause: Span, index: int) -> bool:
        """Whether a relative clause or an apposition hangs on the group ("next-door Knowsley, which was downgraded"), or a
        grade stands right before it.
        """
        doc = self.reading.doc
        if index < group.start <= index + CLOSE and all(token.is_punct for token in doc[index + 1 : group.start]):
            return True  # "a director in 'good' Northumberland"
        following = doc[group.end : group.end + 2]
        if [token.norm_ for token in following] == [",", "itself"]:
            return True
        if (
            following.text.startswith(",")
            and following[-1].tag_ == "VBN"
            and group.end <= clause.start <= group.end + 1
        ):
            return True
        if self._is_described(group, index) or self._is_subject_at(group, index):
            return True
        hanging = [token for token in doc[group.start : group.end].root.children if token.dep_ in ("appos", "acl")]
        if any(group.end <= index and token.left_edge.i <= index <= token.right_edge.i for token in hanging):
            return True
        return 0 <= clause.start - group.end <= 1 and clause[0].norm_ in ("which", "whose", "where", "who")

    def _is_subject_at(self, group: Group, index: int) -> bool:
        """Whether a statement stands behind the verb whose subject the group is, or is added to: "Its neighbour Bury is …"."""
        token = self.reading.doc[group.start : group.end].root
        while token.dep_ in ("appos", "compound", "nmod") and token.head != token:
            token = token.head
        verb = token.head
        return token.dep_ in SUBJECTS and group.end <= verb.i <= index <= verb.right_edge.i

    def _is_described(self, group: Group, index: int) -> bool:
        """Whether a statement stands in words that say what the group is: "help from Leeds, an authority rated good"."""
        doc = self.reading.doc
        words = [
            m
            for m in starting(doc, "generic", group.end + 1)
            if m.id_ in ("indefinite", "description") and m.end <= index
        ]
        return any(doc[group.end].norm_ == "," and "," not in doc[m.end : index].text for m in words)

    def _with_added(self, group: Group) -> Group:
        """The group with those that "together with" adds to it."""
        added = tuple(m for other in self.groups if other.added and other.start > group.start for m in other.mentions)
        return replace(group, mentions=group.mentions + added)

    def says(self, lexicon: str, id: str, index: int) -> bool:
        """Whether the clause of a token holds a span of this entry before or around it."""
        clause = self.clause(index)
        return any(span.id_ == id for span in self.reading.spans(lexicon, clause.start_char, clause.end_char))


def column_of(scene: Scene, mention: Mention) -> int:
    """The number of the cell of a table row that a mention stands in."""
    return scene.reading.article.body[scene.block.start : mention.start].count(ROW)


def scenes(reading: Reading, councils: list[Mention]) -> list[Scene]:
    """The sentences of the body with the councils that each names."""
    found = []
    for sentence in reading.sentences:
        inside = [m for m in councils if sentence.start_char <= m.start and m.end <= sentence.end_char]
        found.append(Scene(reading, sentence, tuple(_groups(reading, sentence, inside))))
    return found


def _groups(reading: Reading, sentence: Span, mentions: list[Mention]) -> list[Group]:
    """The lists of councils in one sentence; lists joined by "together with" are one."""
    doc = reading.doc
    runs: list[tuple[int, int, list[Mention]]] = []
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        if runs and (span.start < runs[-1][1] or _joins(reading, sentence, runs[-1], span)):
            runs[-1] = (runs[-1][0], span.end, [*runs[-1][2], mention])
        else:
            runs.append((span.start, span.end, [mention]))
    return [
        Group(
            start,
            end,
            tuple(members),
            (_aside(reading, sentence, start) or _helps(reading, end)) and not _is_gone(reading, members),
            bool(index) and _added(reading, start),
            _governed(reading, start),
        )
        for index, (start, end, members) in enumerate(runs)
    ]


def _is_gone(reading: Reading, mentions: list[Mention]) -> bool:
    """Whether none of the councils existed any more when the article appeared, so that "the former Cumbria" is what it was."""
    published = reading.article.published
    return published is not None and not any(existed(id, published) for m in mentions for id in m.values or (m.id,))


def _helps(reading: Reading, end: int) -> bool:
    """Whether the words behind a list say that its councils came to help: "Plymouth Council was brought in to run services"."""
    doc = reading.doc
    ends = [end, *(mark.end for mark in starting(doc, "council_traps", end))]
    return any(mark.id_ == "helper" for mark in starting(doc, "roles", *ends))


def _added(reading: Reading, start: int) -> bool:
    """Whether "together with" stands right before a list."""
    return any(m.id_ == "together" for m in ending(reading.doc, "roles", start, start - 1))


def _governed(reading: Reading, start: int) -> bool:
    """Whether a list is the object of a preposition."""
    before = [token for token in reading.doc[max(0, start - 2) : start] if token.pos_ != "DET"]
    return bool(before) and before[-1].pos_ == "ADP"


def _joins(reading: Reading, sentence: Span, run: tuple[int, int, list[Mention]], span: Span) -> bool:
    """Whether a name goes on with a list; behind the comma that ends an aside, a subject begins: "Unlike Wigan, Bury was …"."""
    comma = span.start - run[1] == 1 and reading.doc[run[1]].norm_ == ","
    goes_on = reading.doc[span.end : span.end + 1].text in (",", "and", "&")
    if comma and not goes_on and run[0] - sentence.start <= ASIDE_GAP and _aside(reading, sentence, run[0]):
        return False
    return _joined(reading, run[1], span.start)


def _joined(reading: Reading, end: int, start: int) -> bool:
    """Whether two names belong to one list: joined by glue, over a short aside in commas, or by "together with"."""
    gap = reading.doc[end:start]
    if len(gap) <= 4 and is_glue(reading, end, start) and any(t.norm_ in (",", "and", "&", "or") for t in gap):
        return not any(token.norm_ in ("'s", "'", "in", "for", "of", "to") for token in gap[:1])
    text = gap.text
    plain = not any(token.pos_ in ("VERB", "AUX") for token in gap)
    return text.startswith(",") and text.endswith((", and", ",")) and len(gap) <= 9 and plain


def _aside(reading: Reading, sentence: Span, start: int) -> bool:
    """Whether words just before the name make its council a bystander: but "social work in Bury" is no "he works in Bury"."""
    return any(
        (mark.id_ == "aside" or (mark.id_ == "employed" and mark[0].pos_ == "VERB"))
        and 0 <= start - mark.end <= ASIDE_GAP
        and not any(
            token.norm_ == "," for token in reading.doc[mark.end + 1 : start]
        )  # "Like Leeds, Bury was rated good"
        for mark in reading.spans("roles", sentence.start_char, reading.doc[start].idx)
    )
