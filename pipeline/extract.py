"""Article -> mentions and records: the inner path of one article, from annotation to checked records."""

from extractors.council import councils
from extractors.date import dates
from extractors.findings import findings
from extractors.kind import kinds
from extractors.rating import ratings
from extractors.reading import Reading
from pipeline.annotate import annotate
from pipeline.assemble import assemble
from pipeline.extraction import Extraction
from pipeline.relevance import can_hold_record
from pipeline.validate import validate
from schemas.article import Article
from schemas.mention import Mention

EXTRACTORS = (councils, dates, ratings, kinds, findings)


def extract(article: Article) -> Extraction:
    """Everything that the article says of inspections; nothing, and no parsing, where it can't hold a record."""
    return read_out(annotate(article)) if can_hold_record(article) else Extraction(article)


def read_out(reading: Reading) -> Extraction:
    """Everything that an annotated article says of inspections."""
    return interpret(reading, [mention for extractor in EXTRACTORS for mention in extractor(reading)])


def interpret(reading: Reading, mentions: list[Mention]) -> Extraction:
    """The records that mentions make."""
    mentions = sorted(mentions, key=lambda m: (m.start, m.end, m.kind, m.id))
    article = reading.article
    events = assemble(reading, mentions)
    records = validate(article, events, [m for m in mentions if m.kind == "delivery_body"])
    reasons = {event.record_id: tuple(event.reasons) for event in events if event.record_id}
    return Extraction(
        article.model_copy(update={"relevant": bool(records)}), tuple(mentions), tuple(records), reasons, parsed=True
    )
