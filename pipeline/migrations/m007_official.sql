-- The official record, filled by the next refresh of the timeline, and why an event lies outside it.
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
