"""A record and what a person gives -> the record as it should be, checked as strictly as one that was extracted.

Every value that is new needs words of the article: its own, or those that were selected for the correction as a whole, or
else the words that the old value had, which are then marked as what it is inferred from.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.events import Event
from pipeline.frameworks import SCALES, framework_of
from pipeline.review_check import NEEDED, check_date, checked, council_of
from pipeline.review_values import GivenFinding, GivenRating, ReviewError, Values, Words
from pipeline.review_words import nearest, reference, words
from pipeline.version import version
from schemas.article import Article
from schemas.inspection import Council, Evidence, Finding, Framework, Inspection, Rating, Scale
from schemas.mention import Mention, Span

PLAIN = ("kind", "role", "inspected", "reported", "framework", "inspectorate", "delivery_body", "direction")
TOLD = ("council", "kind", "inspected", "reported")  # fields whose words are kept under `evidence`


def corrected(article: Article, record: Inspection, values: Values, selected: Words | None = None) -> Inspection:
    """A record with the values that a person gives in the place of its own; raises ReviewError."""
    chosen = span_of(article, selected, "the selected words") if selected else None
    for name in NEEDED:
        if name in values.given and getattr(values, name) is None:
            raise ReviewError(f"{name}: can't be empty")
    for name in ("inspected", "reported"):
        check_date(name, getattr(values, name))
    fields = {name: getattr(values, name) for name in PLAIN if name in values.given}
    if values.council:
        fields["council"] = council_of(values.council)
    fields["evidence"] = _evidence(article, record, fields, values, chosen)
    if "ratings" in values.given:
        fields["ratings"] = _ratings(article, record, values.ratings, chosen)
        if _overall(fields["ratings"]) != _overall(record.ratings):
            fields.setdefault("direction", None)  # it was told of another grade
    if "findings" in values.given:
        findings = [_finding(article, number, each, chosen) for number, each in enumerate(values.findings, 1)]
        fields["findings"] = tuple(sorted(findings, key=lambda finding: finding.evidence.start))
    made = record.model_copy(update=fields)
    made = made.model_copy(update=_sorting_date(article, made, values))
    if "framework" not in values.given and record.framework == _framework(article, record):
        made = made.model_copy(update={"framework": _framework(article, made)})  # it was inferred, and follows the date
    return checked(article, made.model_copy(update={"ratings": _rescaled(record, made, values)}))


def added(article: Article, values: Values, selected: Words) -> Inspection:
    """A record that was missing, told by the selected words; raises ReviewError."""
    missing = [name for name in ("council", "kind", "role") if getattr(values, name) is None]
    if missing:
        raise ReviewError(f"{', '.join(missing)}: needed for a new record")
    chosen = span_of(article, selected, "the selected words")
    base = Inspection.model_validate(
        {
            "record_id": "", "article": reference(article), "council": council_of(values.council or ""),
            "kind": values.kind, "role": values.role, "evidence": Evidence(council=chosen, kind=chosen),
            "confidence": 1.0, "extractor_version": version(),
        }
    )  # fmt: skip
    return corrected(article, base, values, selected)


def _evidence(
    article: Article, record: Inspection, fields: dict[str, Any], values: Values, chosen: Span | None
) -> Evidence:
    """The words of council, kind and dates after a correction."""
    found: dict[str, Span | None] = {name: getattr(record.evidence, name) for name in TOLD}
    for name in TOLD:
        own = getattr(values.evidence, name)
        if own:
            found[name] = span_of(article, own, f"evidence of {name}")
        elif name in fields and fields[name] is None:
            found[name] = None
        elif name in fields and _plain(fields[name]) != _plain(getattr(record, name, None)):
            found[name] = chosen or _inferred(found[name])
            if found[name] is None and name != "kind":  # a kind may follow from all that is said
                raise ReviewError(f"{name}: {_plain(fields[name])} needs words of the article: give its evidence")
    return Evidence(**found)


def _plain(value: Any) -> Any:
    """A council by its id; any other value as it is."""
    return value.id if isinstance(value, Council) else value


def _inferred(span: Span | None) -> Span | None:
    """The words of an older value, from which a new one is inferred."""
    return span.model_copy(update={"inferred": True}) if span else None


def span_of(article: Article, given: Words, what: str) -> Span:
    """A stretch that a person gives as a span of the article; raises ReviewError where it is none."""
    text = words(article, given.field)
    if given.start is None or given.end is None:
        wanted = (given.text or "").strip()
        count = text.count(wanted) if wanted else 0
        start = nearest(text, wanted, 0)
        if start is None or count != 1:
            said = f"{wanted!r} stands {count} times" if count else f"{wanted!r} does not stand"
            raise ReviewError(f"{what}: {said} in the {given.field}; expected words that stand there once, or a place")
        return Span(start=start, end=start + len(wanted), text=wanted, field=given.field, inferred=given.inferred)
    if not 0 <= given.start < given.end <= len(text):
        raise ReviewError(
            f"{what}: {given.start}-{given.end} is no stretch of the {given.field}, of {len(text)} letters"
        )
    found = text[given.start : given.end]
    if given.text is not None and given.text != found:
        raise ReviewError(
            f"{what}: at {given.start}-{given.end} stands {found!r}, not {given.text!r}; look at it again"
        )
    return Span(start=given.start, end=given.end, text=found, field=given.field, inferred=given.inferred)


def _framework(article: Article, record: Inspection) -> Framework | None:
    """The framework that the extractor infers for a record from its kind and dates; none where nothing is graded."""
    event = Event(record.council.id, record.role, record.kind)
    event.inspected, event.reported = (
        Mention(kind="date", id=date, start=0, end=0, text=date, rule="review") if date else None
        for date in (record.inspected, record.reported)
    )
    return framework_of(event, article.published) if record.ratings else None


def _rescaled(record: Inspection, made: Inspection, values: Values) -> tuple[Rating, ...]:
    """The grades on the scale of kind and framework, unless a person gives another; those that were there keep theirs."""
    given = {rating.area: rating.scale for rating in values.ratings}
    same = (record.framework, record.kind) == (made.framework, made.kind)
    old = {rating.area: rating.scale for rating in record.ratings} if same else {}
    usual: Scale = "annual" if made.kind == "annual_assessment" else SCALES[made.framework]
    return tuple(
        rating.model_copy(update={"scale": given.get(rating.area) or old.get(rating.area) or usual})
        for rating in made.ratings
    )


def _ratings(
    article: Article, record: Inspection, given: Sequence[GivenRating], chosen: Span | None
) -> tuple[Rating, ...]:
    """The grades that a person leaves; one that is as it was keeps its words."""
    old = {rating.area: rating for rating in record.ratings}
    found = []
    for number, each in enumerate(given, 1):
        was, what = old.get(each.area), f"rating {number} ({each.area})"
        if each.evidence:
            span: Span | None = span_of(article, each.evidence, what)
        elif was and was.grade == each.grade:
            span = was.evidence
        else:
            span = chosen or _inferred(was.evidence if was else None)
        if span is None:
            raise ReviewError(f"{what}: {each.grade} needs words of the article: give its evidence")
        rating = Rating(
            area=each.area,
            grade=each.grade,
            verbatim=each.verbatim or span.text,
            scale="ilacs",  # settled with the framework
            evidence=span,
        )
        found.append(rating)
    return tuple(found)


def _finding(article: Article, number: int, given: GivenFinding, chosen: Span | None) -> Finding:
    """One finding that a person leaves."""
    own = given.evidence or (Words(text=given.text) if given.text else None)
    span = span_of(article, own, f"finding {number}") if own else chosen
    if span is None:
        raise ReviewError(f"finding {number}: needs words of the article: give its evidence")
    if given.text is not None and given.text != span.text:
        raise ReviewError(f"finding {number}: its text is {given.text!r}, but its evidence {span.text!r}")
    return Finding(
        polarity=given.polarity, themes=given.themes, text=span.text, attribution=given.attribution, quoted=given.quoted,
        evidence=span,
    )  # fmt: skip


def _overall(ratings: Sequence[Rating]) -> str | None:
    """The overall grade."""
    return next((rating.grade for rating in ratings if rating.area == "overall"), None)


def _sorting_date(article: Article, record: Inspection, values: Values) -> dict[str, Any]:
    """The one date to sort by, and what it is: the report's, the fieldwork's, or of news the article's."""
    told = {"reported": record.reported, "inspected": record.inspected}
    if record.role == "current":
        told["article"] = article.published
    known = {basis: date for basis, date in told.items() if date}
    if "date" in values.given:
        known = {basis: date for basis, date in known.items() if date == values.date}
        if values.date is not None and not known:
            options = ", ".join(f"{date} ({basis})" for basis, date in told.items() if date) or "none: give `reported`"
            raise ReviewError(f"date: {values.date!r} is no date of this record; expected one of {options}")
    basis = next(iter(known), None)
    return {"date": known[basis] if basis else None, "date_basis": basis}
