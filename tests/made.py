"""Made up for the tests: articles, and a fake cleaner and a fake extractor that read a toy form of article."""

import hashlib
import re
from contextlib import contextmanager

from click.testing import CliRunner, Result

from pipeline import store
from pipeline.cli import main
from pipeline.engines import attempt
from pipeline.extraction import Extraction
from pipeline.job import Job, Outcome
from pipeline.read import Document, raw_article
from schemas.article import Article, RawArticle
from schemas.inspection import ArticleRef, Council, Evidence, Finding, Inspection, Rating
from schemas.mention import Mention
from schemas.reject import Rejected

GRADES = re.compile(r"(Hartlepool|Rutland|Havering) was rated (good|inadequate|outstanding) in (\d{4}-\d\d)")
FINDING = re.compile(r"Inspectors praised [^.]+")
GSS = {"Hartlepool": "E06000001", "Rutland": "E06000017", "Havering": "E09000016"}


def article(body, *, source="a.txt", publisher="cypnow", **fields):
    words = " ".join(re.findall(r"\w+", body.casefold()))
    article_id = hashlib.sha256(f"{publisher} {words}".encode()).hexdigest()[:16]
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    fields = {"layout": "toy", "sha256": sha256, **fields}
    return Article(article_id=article_id, source=source, publisher=publisher, body=body, **fields)


def clean(raw: RawArticle) -> Article:
    """The first line is the headline; `communitycare:` before it names the publisher; `no story` is rejected."""
    title, _, body = raw.content.partition("\n")
    if not body.strip():
        raise Rejected("no-body", "a headline and nothing else; expected a story")
    publisher, found, rest = title.partition(": ")
    publisher, title = (publisher, rest) if found else ("cypnow", title)
    return article(
        body.strip(), source=raw.source, publisher=publisher, title=title, url=raw.url, tags=("ofsted",),
        published=raw.published, truncated="Register now" in body,
    ).model_copy(update={"sha256": raw.sha256})  # fmt: skip


def mention(article, kind, id, match, group=0, **fields):
    text = match[group]
    return Mention(
        kind=kind, id=id, start=match.start(group), end=match.end(group), text=text, rule=f"toy-{kind}", **fields
    )


def extract(article: Article) -> Extraction:
    """A record for every `Hartlepool was rated good in 2016-05`, and its findings for every `Inspectors praised …`."""
    if "breaks the schema" in article.body:
        raise Rejected("bad-record", "a record that the schema does not allow")
    mentions, inspections = [], []
    findings = [mention(article, "finding", "strength", found) for found in FINDING.finditer(article.body)]
    for number, match in enumerate(GRADES.finditer(article.body)):
        council = mention(article, "council", match[1].lower(), match, 1)
        rating = mention(article, "rating", match[2], match, 2, values=("overall",), cues=("rated",))
        date = mention(article, "date", match[3], match, 3)
        record_id = f"{article.article_id}-{number}"
        mentions += [council, rating, date]
        inspections.append(
            Inspection(
                record_id=record_id,
                article=ArticleRef(**{name: getattr(article, name) for name in ArticleRef.model_fields}),
                council=Council(id=match[1].lower(), name=match[1], gss=GSS[match[1]], la_code=None, region="East"),
                kind="inspection", role="previous" if number else "current", reported=match[3], date=match[3],
                date_basis="reported", framework="SIF",
                ratings=(
                    Rating(area="overall", grade=match[2], verbatim=match[2], scale="sif", evidence=rating.span()),
                ),
                findings=() if number else tuple(
                    Finding(polarity="strength", themes=("practice", "voice"), text=each.text, attribution="inspectors",
                            quoted=False, evidence=each.span())
                    for each in findings
                ),
                evidence=Evidence(council=council.span(), reported=date.span(inferred=True)),
                confidence=0.75, extractor_version="0",
            )
        )  # fmt: skip
    relevant = article.model_copy(update={"relevant": bool(inspections)})
    return Extraction(
        relevant, tuple(mentions + findings), tuple(inspections), parsed=bool(GRADES.search(article.body))
    )


def work(job: Job) -> Outcome:
    """The whole path of a toy article, as `pipeline.work` goes it."""
    article = None
    try:
        article = clean(raw_article(job.work)) if isinstance(job.work, Document) else job.work
        extraction = extract(article)
        return Outcome("extract" if extraction.parsed else "sieve", article, extraction)
    except Rejected as found:
        return Outcome("extract" if article else "clean", article, rejected=found)


class Inline:
    """An engine that works where it stands, so that a test can change what `clean` and `extract` do."""

    width = 1

    def submit(self, batch):
        return lambda: attempt("made:work", batch)


@contextmanager
def engine(*given):
    """In place of `pipeline.engines.local`."""
    yield Inline()


def unsieved(article: Article) -> Extraction:
    """What is read of an article whether or not the sieve lets it through: a sentence of our own may name no inspectorate."""
    from pipeline.annotate import annotate  # noqa: PLC0415 - the workers of most tests need no spaCy
    from pipeline.extract import read_out  # noqa: PLC0415

    return read_out(annotate(article))


def paragraph(*words: str) -> str:
    """A paragraph of thirty words that no other set of seed words gives."""
    seed = "-".join(words)
    rest = [hashlib.sha256(f"{seed}{number}".encode()).hexdigest()[:6] for number in range(30)]
    return " ".join([*words, *rest]).capitalize() + "."


def story(name: str, paragraphs: int = 6, lead: str = "") -> str:
    """A body of so many long paragraphs, the same for the same name; a shorter one is the beginning of a longer one."""
    return "\n\n".join([*([lead] if lead else []), *(paragraph(name, str(number)) for number in range(paragraphs))])


def called(*args, **given) -> Result:
    """A command of the program, run in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False, **given)


def articles(db) -> list[Article]:
    """Every article that is stored, by source."""
    rows = db.query("SELECT article_id FROM articles ORDER BY source")
    return [store.article(db, row["article_id"]) for row in rows]


def tables(db) -> dict[str, list[tuple]]:
    """All rows of all tables, in order of their values, without times of day and which run did what."""
    shadow = re.compile(r"_fts_|_sqlite_migrations|sqlite_|^runs$")
    names = [name for name in db.table_names() if not shadow.search(name)]
    columns = {name: [column.name for column in db.table(name).columns if column.name != "run"] for name in names}
    quoted = {name: ", ".join(f"[{column}]" for column in columns[name]) for name in names}
    return {name: sorted(db.execute(f"SELECT {quoted[name]} FROM [{name}]").fetchall(), key=repr) for name in names}
