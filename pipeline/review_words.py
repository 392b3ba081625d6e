"""The words that a decision was made on, found again in a text that has changed: by their sentence, not by their place."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter

from pipeline.why import sentence
from schemas.article import Article
from schemas.base import Record
from schemas.inspection import ArticleRef, Inspection
from schemas.mention import Span

SPANS = TypeAdapter(tuple[Span, ...])
ENOUGH = 4  # words that mean the same wherever they stand; fewer must stand in the sentence that they stood in
BESIDES = ("record_id", "schema_version", "article", "confidence", "review", "extractor_version")


def digest(article: Article) -> str:
    """A name for the text that spans point into: the same while title and body are."""
    return hashlib.sha256(f"{article.title}\0{article.body}".encode()).hexdigest()


def reference(article: Article) -> ArticleRef:
    """What a record says of its article."""
    return ArticleRef(**{field: getattr(article, field) for field in ArticleRef.model_fields})


def said(record: Inspection) -> dict[str, Any]:
    """What a record says and by which words, whoever read it: two records that say the same are equal in this."""
    return record.model_dump(exclude=set(BESIDES))


def spans(record: Inspection) -> Iterator[Span]:
    """Every span of a record."""
    evidence = record.evidence
    yield from filter(None, (evidence.council, evidence.kind, evidence.inspected, evidence.reported))
    yield from (rating.evidence for rating in record.ratings)
    yield from (finding.evidence for finding in record.findings)


def passages(article: Article, records: Sequence[Inspection]) -> tuple[Span, ...]:
    """The sentences of an article that the evidence of records stands in, in order of place."""
    found = set()
    for span in (span for record in records for span in spans(record)):
        text = words(article, span.field)
        start, end = sentence(text, span.start, span.end)
        found.add(Span(start=start, end=end, text=text[start:end], field=span.field))
    return tuple(sorted(found, key=lambda span: (span.field, span.start, span.end)))


def words(article: Article, field: str) -> str:
    """The text of the field of an article that spans point into."""
    return article.body if field == "body" else article.title or ""


def moved(record: Inspection, article: Article, known: Sequence[Span]) -> Inspection | None:
    """A record with its spans where their words stand now; None where some are not there any more."""
    council = record.evidence.council

    def move(value: Any) -> Any:
        if isinstance(value, Span):
            found = place(value, article, known, anywhere=value == council)
            if found is None:
                raise LookupError
            return found
        if isinstance(value, tuple):
            return tuple(map(move, value))
        if isinstance(value, Record):
            return value.model_copy(update={name: move(getattr(value, name)) for name in type(value).model_fields})
        return value

    try:
        parts = {name: move(getattr(record, name)) for name in ("evidence", "ratings", "findings")}
    except LookupError:
        return None
    return record.model_copy(update={**parts, "article": reference(article)})


def place(span: Span, article: Article, known: Sequence[Span], *, anywhere: bool = False) -> Span | None:
    """Where the words of a span stand in a text now.

    In the sentence that they stood in (one of the `known` passages), else where as many words stand only once; a
    council's name, which means the same `anywhere`, where it stands nearest to its old place.
    """
    text = words(article, span.field)
    for home in known:
        if home.field == span.field and home.start <= span.start and span.end <= home.end:
            start = nearest(text, home.text, home.start)
            if start is not None:
                return _at(span, start + span.start - home.start)
    several = len(span.text.split()) >= ENOUGH and text.count(span.text) == 1
    start = nearest(text, span.text, span.start) if anywhere or several else None
    return None if start is None else _at(span, start)


def _at(span: Span, start: int) -> Span:
    """The same words at another place."""
    return span.model_copy(update={"start": start, "end": start + len(span.text)})


def nearest(text: str, wanted: str, near: int) -> int | None:
    """Where some words stand in a text, closest to a place.

    >>> nearest("good, and good again", "good", 9), nearest("good", "inadequate", 0)
    (10, None)
    """
    found, start = [], text.find(wanted)
    while start >= 0 and wanted:
        found.append(start)
        start = text.find(wanted, start + 1)
    return min(found, key=lambda each: abs(each - near), default=None)
