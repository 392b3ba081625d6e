-- All tables of the record contract, version 1, with search over titles, bodies and findings.
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
    "evidence_council_start" INTEGER, "evidence_council_end" INTEGER, "evidence_council_text" TEXT, "evidence_council_field" TEXT, "evidence_council_inferred" INTEGER,
    "evidence_inspected_start" INTEGER, "evidence_inspected_end" INTEGER, "evidence_inspected_text" TEXT, "evidence_inspected_field" TEXT, "evidence_inspected_inferred" INTEGER,
    "evidence_reported_start" INTEGER, "evidence_reported_end" INTEGER, "evidence_reported_text" TEXT, "evidence_reported_field" TEXT, "evidence_reported_inferred" INTEGER,
    "evidence_kind_start" INTEGER, "evidence_kind_end" INTEGER, "evidence_kind_text" TEXT, "evidence_kind_field" TEXT, "evidence_kind_inferred" INTEGER,
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
    "evidence_start" INTEGER, "evidence_end" INTEGER, "evidence_text" TEXT, "evidence_field" TEXT, "evidence_inferred" INTEGER,
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
    "evidence_start" INTEGER, "evidence_end" INTEGER, "evidence_text" TEXT, "evidence_field" TEXT, "evidence_inferred" INTEGER,
    PRIMARY KEY (record_id, finding)
);
CREATE TABLE descriptions (
    "table" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY ("table", "column")
);
CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "title", "body",
    tokenize='porter unicode61',
    content="articles"
);
CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" BEGIN
  INSERT INTO "articles_fts" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;
CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "body") VALUES('delete', old.rowid, old."title", old."body");
END;
CREATE TRIGGER "articles_au" AFTER UPDATE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "body") VALUES('delete', old.rowid, old."title", old."body");
  INSERT INTO "articles_fts" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;
CREATE VIRTUAL TABLE "findings_fts" USING FTS5 (
    "text",
    tokenize='porter unicode61',
    content="findings"
);
CREATE TRIGGER "findings_ai" AFTER INSERT ON "findings" BEGIN
  INSERT INTO "findings_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "findings_ad" AFTER DELETE ON "findings" BEGIN
  INSERT INTO "findings_fts" ("findings_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;
CREATE TRIGGER "findings_au" AFTER UPDATE ON "findings" BEGIN
  INSERT INTO "findings_fts" ("findings_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "findings_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
