-- One row per inspection, made of records; triggers note the councils whose rows have to be made anew.
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
CREATE TRIGGER timeline_inspections_INSERT_NEW AFTER INSERT ON inspections BEGIN
    INSERT OR IGNORE INTO timeline_stale VALUES (NEW.council_id);
END;
CREATE TRIGGER timeline_inspections_DELETE_OLD AFTER DELETE ON inspections BEGIN
    INSERT OR IGNORE INTO timeline_stale VALUES (OLD.council_id);
END;
CREATE TRIGGER timeline_inspections_UPDATE_OLD AFTER UPDATE ON inspections BEGIN
    INSERT OR IGNORE INTO timeline_stale VALUES (OLD.council_id);
END;
CREATE TRIGGER timeline_inspections_UPDATE_NEW AFTER UPDATE ON inspections BEGIN
    INSERT OR IGNORE INTO timeline_stale VALUES (NEW.council_id);
END;
CREATE TRIGGER timeline_ratings_INSERT_NEW AFTER INSERT ON ratings BEGIN
    INSERT OR IGNORE INTO timeline_stale SELECT council_id FROM inspections WHERE record_id = NEW.record_id;
END;
CREATE TRIGGER timeline_ratings_DELETE_OLD AFTER DELETE ON ratings BEGIN
    INSERT OR IGNORE INTO timeline_stale SELECT council_id FROM inspections WHERE record_id = OLD.record_id;
END;
CREATE TRIGGER timeline_ratings_UPDATE_OLD AFTER UPDATE ON ratings BEGIN
    INSERT OR IGNORE INTO timeline_stale SELECT council_id FROM inspections WHERE record_id = OLD.record_id;
END;
CREATE TRIGGER timeline_ratings_UPDATE_NEW AFTER UPDATE ON ratings BEGIN
    INSERT OR IGNORE INTO timeline_stale SELECT council_id FROM inspections WHERE record_id = NEW.record_id;
END;
