-- Runs, and which of them and which program gave each input its row; older rows name no run and are read again.
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
