"""The tables, as a list of steps: a database of any age opens by taking the steps that it has not taken yet.

A step that has been released is history and is never edited; a change of the tables is a new step below the last.
Columns carry the names of the schema fields; nested spans are flattened (`evidence_start`), lists of words are JSON.
"""

from collections.abc import Iterator

from sqlite_utils import Database, Migrations

migrations = Migrations("ofsted-records")

SPAN = '"{0}_start" INTEGER, "{0}_end" INTEGER, "{0}_text" TEXT, "{0}_field" TEXT, "{0}_inferred" INTEGER'

INPUTS = """
CREATE TABLE inputs (
    source TEXT PRIMARY KEY,
    "key" TEXT NOT NULL
);
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY,
    source TEXT NOT NULL UNIQUE REFERENCES inputs(source) ON DELETE CASCADE,
    publisher TEXT NOT NULL,
    layout TEXT NOT NULL,
    url TEXT,
    title TEXT,
    standfirst TEXT,
    published TEXT,
    published_source TEXT,
    modified TEXT,
    captions TEXT NOT NULL,
    authors TEXT NOT NULL,
    section TEXT,
    tags TEXT NOT NULL,
    body TEXT NOT NULL,
    truncated INTEGER NOT NULL,
    relevant INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX articles_published ON articles(published);
CREATE TABLE duplicates (
    source TEXT PRIMARY KEY REFERENCES inputs(source) ON DELETE CASCADE,
    article_id TEXT NOT NULL REFERENCES articles(article_id),
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    copy TEXT NOT NULL
);
CREATE INDEX duplicates_article_id ON duplicates(article_id);
CREATE TABLE rejects (
    source TEXT PRIMARY KEY REFERENCES inputs(source) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    sha256 TEXT
);
CREATE INDEX rejects_reason ON rejects(reason);
CREATE TABLE fingerprints (
    source TEXT NOT NULL REFERENCES inputs(source) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    of INTEGER NOT NULL,
    PRIMARY KEY (source, hash)
) WITHOUT ROWID;
CREATE INDEX fingerprints_hash ON fingerprints(hash, source, of);
"""

RECORDS = f"""
CREATE TABLE councils (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    gss TEXT,
    la_code TEXT,
    region TEXT
);
CREATE TABLE mentions (
    article_id TEXT NOT NULL REFERENCES articles(article_id) ON DELETE CASCADE,
    mention INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    "values" TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    field TEXT NOT NULL,
    voice TEXT,
    quoted INTEGER NOT NULL,
    rule TEXT NOT NULL,
    cues TEXT NOT NULL,
    PRIMARY KEY (article_id, mention)
);
CREATE INDEX mentions_place ON mentions(article_id, start, "end");
CREATE INDEX mentions_kind ON mentions(kind, id);
CREATE TABLE inspections (
    record_id TEXT PRIMARY KEY,
    schema_version TEXT NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles(article_id) ON DELETE CASCADE,
    council_id TEXT NOT NULL REFERENCES councils(id),
    delivery_body TEXT,
    inspectorate TEXT NOT NULL,
    kind TEXT NOT NULL,
    framework TEXT,
    role TEXT NOT NULL,
    inspected TEXT,
    reported TEXT,
    date TEXT,
    date_basis TEXT,
    direction TEXT,
    {SPAN.format("evidence_council")},
    {SPAN.format("evidence_inspected")},
    {SPAN.format("evidence_reported")},
    {SPAN.format("evidence_kind")},
    confidence REAL NOT NULL,
    review TEXT NOT NULL,
    extractor_version TEXT NOT NULL
);
CREATE INDEX inspections_article_id ON inspections(article_id);
CREATE INDEX inspections_council_id ON inspections(council_id, date);
CREATE TABLE ratings (
    record_id TEXT NOT NULL REFERENCES inspections(record_id) ON DELETE CASCADE,
    rating INTEGER NOT NULL,
    area TEXT NOT NULL,
    grade TEXT NOT NULL,
    verbatim TEXT NOT NULL,
    scale TEXT NOT NULL,
    {SPAN.format("evidence")},
    PRIMARY KEY (record_id, rating)
);
CREATE INDEX ratings_area ON ratings(area, grade);
CREATE TABLE findings (
    record_id TEXT NOT NULL REFERENCES inspections(record_id) ON DELETE CASCADE,
    finding INTEGER NOT NULL,
    polarity TEXT NOT NULL,
    themes TEXT NOT NULL,
    text TEXT NOT NULL,
    attribution TEXT NOT NULL,
    quoted INTEGER NOT NULL,
    {SPAN.format("evidence")},
    PRIMARY KEY (record_id, finding)
);
"""

DESCRIPTIONS = """
CREATE TABLE descriptions (
    "table" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY ("table", "column")
);
"""


REASONS = """
CREATE TABLE reasons (
    record_id TEXT NOT NULL REFERENCES inspections(record_id) ON DELETE CASCADE,
    reason INTEGER NOT NULL,
    of_start INTEGER NOT NULL,
    of_end INTEGER NOT NULL,
    what TEXT NOT NULL,
    value TEXT,
    how TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    text TEXT,
    PRIMARY KEY (record_id, reason)
);
CREATE INDEX reasons_how ON reasons(what, how);
"""

RUNS = """
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,
    status TEXT NOT NULL,
    version TEXT NOT NULL,
    options TEXT NOT NULL,
    inputs INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    rejects INTEGER NOT NULL DEFAULT 0,
    gained INTEGER NOT NULL DEFAULT 0,
    lost INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    seconds TEXT NOT NULL DEFAULT '{}',
    error TEXT
);
ALTER TABLE inputs ADD COLUMN run INTEGER REFERENCES runs(run);
ALTER TABLE inputs ADD COLUMN "by" TEXT NOT NULL DEFAULT '';
CREATE INDEX inputs_run ON inputs(run);
"""

FINGERPRINTS = """
DROP TABLE fingerprints;
CREATE TABLE fingerprints (
    hash INTEGER NOT NULL,
    source TEXT NOT NULL REFERENCES inputs(source) ON DELETE CASCADE,
    PRIMARY KEY (hash, source)
) WITHOUT ROWID;
CREATE INDEX fingerprints_source ON fingerprints(source);
"""

TIMELINE = """
CREATE TABLE timeline (
    event_id TEXT PRIMARY KEY,
    council_id TEXT NOT NULL,
    delivery_body TEXT,
    inspectorate TEXT NOT NULL,
    kind TEXT NOT NULL,
    framework TEXT,
    inspected TEXT,
    reported TEXT,
    date TEXT,
    date_basis TEXT,
    overall TEXT,
    direction TEXT,
    records INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    first_hand INTEGER NOT NULL,
    disputed TEXT NOT NULL,
    confidence REAL NOT NULL,
    verified TEXT,
    official_id TEXT,
    suggested TEXT
);
CREATE INDEX timeline_council_id ON timeline(council_id, date);
CREATE TABLE timeline_ratings (
    event_id TEXT NOT NULL REFERENCES timeline(event_id) ON DELETE CASCADE,
    area TEXT NOT NULL,
    grade TEXT NOT NULL,
    records INTEGER NOT NULL,
    disputed INTEGER NOT NULL,
    PRIMARY KEY (event_id, area)
);
CREATE TABLE timeline_records (
    record_id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES timeline(event_id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    how TEXT NOT NULL
);
CREATE INDEX timeline_records_event_id ON timeline_records(event_id, place);
CREATE TABLE timeline_witnesses (
    event_id TEXT NOT NULL REFERENCES timeline(event_id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    record_id TEXT NOT NULL,
    agrees INTEGER NOT NULL,
    PRIMARY KEY (event_id, field, record_id)
);
CREATE TABLE timeline_apart (
    event_id TEXT NOT NULL REFERENCES timeline(event_id) ON DELETE CASCADE,
    other_id TEXT NOT NULL REFERENCES timeline(event_id) ON DELETE CASCADE,
    why TEXT NOT NULL,
    PRIMARY KEY (event_id, other_id)
);
CREATE INDEX timeline_apart_other_id ON timeline_apart(other_id);
CREATE TABLE timeline_contradictions (
    event_id TEXT NOT NULL REFERENCES timeline(event_id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    said TEXT NOT NULL,
    official TEXT NOT NULL,
    PRIMARY KEY (event_id, field)
);
CREATE TABLE timeline_rules (
    digest TEXT NOT NULL
);
CREATE TABLE timeline_stale (
    council_id TEXT PRIMARY KEY
);
INSERT INTO timeline_stale SELECT DISTINCT council_id FROM inspections;
"""
STALE = """
CREATE TRIGGER timeline_{table}_{event}_{row} AFTER {event} ON {table} BEGIN
    INSERT OR IGNORE INTO timeline_stale {councils};
END;
"""
STALE_COUNCILS = {
    "inspections": "VALUES ({row}.council_id)",
    "ratings": "SELECT council_id FROM inspections WHERE record_id = {row}.record_id",
}
STALE_ROWS = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}
OFFICIAL = """
CREATE TABLE official (
    official_id TEXT NOT NULL,
    council_id TEXT NOT NULL,
    framework TEXT,
    kind TEXT NOT NULL,
    inspection_start TEXT NOT NULL,
    inspection_end TEXT NOT NULL,
    report_published TEXT NOT NULL,
    area TEXT NOT NULL,
    grade TEXT NOT NULL,
    PRIMARY KEY (official_id, area)
);
CREATE INDEX official_council_id ON official(council_id, inspection_start);
ALTER TABLE timeline ADD COLUMN outside TEXT;
CREATE INDEX timeline_official_id ON timeline(official_id);
DELETE FROM timeline_rules;
"""
AUTHORITIES = """
CREATE TABLE authorities (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    gss TEXT,
    la_code TEXT,
    type TEXT NOT NULL,
    region TEXT,
    start_date TEXT,
    end_date TEXT,
    predecessors TEXT NOT NULL,
    successors TEXT NOT NULL
);
"""

REVIEWS = """
CREATE TABLE reviews (
    review_id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    decision TEXT NOT NULL,
    note TEXT,
    reviewer TEXT NOT NULL,
    decided TEXT NOT NULL,
    drawn TEXT,
    withdrawn TEXT,
    withdrawn_by TEXT,
    applied INTEGER NOT NULL,
    outdated TEXT,
    made_on TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT,
    publisher TEXT NOT NULL,
    digest TEXT NOT NULL,
    quote TEXT,
    passages TEXT NOT NULL,
    was TEXT,
    says TEXT
);
CREATE INDEX reviews_article_id ON reviews(article_id);
CREATE INDEX reviews_record_id ON reviews(record_id);
CREATE INDEX reviews_made_on ON reviews(made_on);
CREATE INDEX reviews_source ON reviews(source);
CREATE INDEX reviews_url ON reviews(url);
CREATE INDEX reviews_outdated ON reviews(publisher, outdated, quote);
CREATE TABLE extracted (
    article_id TEXT PRIMARY KEY REFERENCES articles(article_id) ON DELETE CASCADE,
    inspections TEXT NOT NULL,
    reasons TEXT NOT NULL
);
"""

PAGES = """
CREATE INDEX articles_coverage ON articles(publisher, published, relevant, article_id);
CREATE INDEX inspections_newest ON inspections(CASE WHEN date < 'X' THEN date ELSE '' END, record_id);
CREATE INDEX inspections_least_sure ON inspections(confidence, record_id);
"""


@migrations()
def m001_initial(db: Database) -> None:
    """All tables of the record contract, version 1, with search over titles, bodies and findings."""
    db.executescript(INPUTS + RECORDS + DESCRIPTIONS)
    db.table("articles").enable_fts(["title", "body"], create_triggers=True, tokenize="porter unicode61")
    db.table("findings").enable_fts(["text"], create_triggers=True, tokenize="porter unicode61")


@migrations()
def m002_reasons(db: Database) -> None:
    """Why each statement was put on its record; records of older programs have no reasons until they are read again."""
    db.executescript(REASONS)


@migrations()
def m003_runs(db: Database) -> None:
    """Runs, and which of them and which program gave each input its row; older rows name no run and are read again."""
    db.executescript(RUNS)


@migrations()
def m004_fingerprints(db: Database) -> None:
    """Bands of signatures in place of openings; `pipeline.place.mark` gives them to articles stored before."""
    db.executescript(FINGERPRINTS)


@migrations()
def m005_timeline(db: Database) -> None:
    """One row per inspection, made of records; triggers note the councils whose rows have to be made anew."""
    db.executescript(TIMELINE + "".join(_stale_triggers()))


def _stale_triggers() -> Iterator[str]:
    """A trigger for each way in which records and their grades change."""
    for table, councils in STALE_COUNCILS.items():
        for event, rows in STALE_ROWS.items():
            for row in rows:
                yield STALE.format(table=table, event=event, row=row, councils=councils.format(row=row))


@migrations()
def m006_reviews(db: Database) -> None:
    """What people decided, which outlives articles, and what had been extracted from the articles that they decided on."""
    db.executescript(REVIEWS)


@migrations()
def m007_official(db: Database) -> None:
    """The official record, filled by the next refresh of the timeline, and why an event lies outside it."""
    db.executescript(OFFICIAL)


@migrations()
def m008_authorities(db: Database) -> None:
    """The councils of `councils.csv`, which is refreshed like the descriptions: type, span of life, predecessors."""
    db.executescript(AUTHORITIES)


@migrations()
def m009_pages(db: Database) -> None:
    """Ways to what pages show of a large database: counts by publisher and year, findings and records in order."""
    db.executescript(PAGES)
