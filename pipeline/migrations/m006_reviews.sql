-- What people decided, which outlives articles, and what had been extracted from the articles that they decided on.
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
