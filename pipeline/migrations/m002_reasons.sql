-- Why each statement was put on its record; records of older programs have no reasons until they are read again.
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
