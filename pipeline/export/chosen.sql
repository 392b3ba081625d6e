-- What a dataset holds, each in its order (`nth`): the records that the filters let through, and what belongs to them.
-- A parameter that is null filters nothing; lists are JSON. Without filters `:everything` is true: then articles
-- without a record belong to the dataset, too, and so do rejects, which no filter can match.

CREATE TEMP TABLE chosen_records (nth INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE);
INSERT INTO temp.chosen_records (record_id)
SELECT record_id
FROM record_order JOIN inspections USING (record_id) JOIN articles USING (article_id)
WHERE (:councils IS NULL OR council_id IN (SELECT value FROM json_each(:councils)))
    AND (:dates IS NULL OR date IN (SELECT value FROM json_each(:dates)))
    AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
    AND (:publishers IS NULL OR publisher IN (SELECT value FROM json_each(:publishers)))
    AND (:confidence IS NULL OR confidence >= :confidence)
    AND (NOT :reviewed OR review IN ('accepted', 'corrected'))
    AND (:records IS NULL OR record_id IN (SELECT value FROM json_each(:records)))
ORDER BY place;

CREATE TEMP TABLE chosen_articles (nth INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE);
INSERT INTO temp.chosen_articles (article_id)
SELECT article_id
FROM articles
WHERE :everything OR article_id IN (SELECT article_id FROM temp.chosen_records JOIN inspections USING (record_id))
ORDER BY source;

CREATE TEMP TABLE chosen_councils (nth INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
INSERT INTO temp.chosen_councils (id)
SELECT DISTINCT council_id FROM temp.chosen_records JOIN inspections USING (record_id) ORDER BY council_id;

CREATE TEMP TABLE chosen_events (nth INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE);
INSERT INTO temp.chosen_events (event_id)
SELECT event_id
FROM timeline
WHERE event_id IN (SELECT event_id FROM temp.chosen_records JOIN timeline_records USING (record_id))
ORDER BY council_id, coalesce(date, 'X'), event_id;

CREATE TEMP TABLE chosen_rejects (nth INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE);
INSERT INTO temp.chosen_rejects (source) SELECT source FROM rejects WHERE :everything ORDER BY source;
