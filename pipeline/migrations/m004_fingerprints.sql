-- Bands of signatures in place of openings; `pipeline.place.mark` gives them to articles stored before.
DROP TABLE fingerprints;
CREATE TABLE fingerprints (
    hash INTEGER NOT NULL,
    source TEXT NOT NULL REFERENCES inputs(source) ON DELETE CASCADE,
    PRIMARY KEY (hash, source)
) WITHOUT ROWID;
CREATE INDEX fingerprints_source ON fingerprints(source);
