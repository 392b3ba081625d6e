-- The councils of `councils.csv`, which is refreshed like the descriptions: type, span of life, predecessors.
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
