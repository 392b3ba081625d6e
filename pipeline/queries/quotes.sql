-- What was said on a theme
-- Every finding word by word, with its source, to be quoted and checked.
-- :theme (theme)  only on this one
-- :grade (grade)  only of events with this overall grade
-- :polarity (strength|weakness)  only praise, or only criticism
-- :words (words)  only with these words, in any form: `caseload` finds caseloads, too
-- :council (council)  only of this one
-- :since (date)  only of events from then on
-- :until (date)  only of events up to then
-- @themes  as a JSON list
-- @quoted  1 where the article has the words in quotation marks
-- @attribution  who says so
-- @record_id  to look it up: `ofsted-records show RECORD_ID`
WITH e AS MATERIALIZED (
    SELECT event_id, council, date, overall, moment FROM events
    WHERE (:grade IS NULL OR :grade = overall) AND (:council IS NULL OR :council IN (council_id, council, gss))
        AND (:since IS NULL OR date >= substr(:since, 1, length(date)))
        AND (:until IS NULL OR substr(date, 1, length(:until)) <= :until)
)
SELECT
    e.council, e.date, e.overall, f.polarity, f.themes, f.text, f.quoted, f.attribution, a.publisher, a.published, a.source,
    a.url, f.record_id
FROM e
JOIN timeline_records r USING (event_id)
JOIN findings f USING (record_id)
JOIN inspections i USING (record_id)
JOIN articles a USING (article_id)
WHERE (:theme IS NULL OR EXISTS (SELECT 1 FROM json_each(f.themes) WHERE value = :theme))
    AND (:polarity IS NULL OR :polarity = f.polarity)
    AND (:words IS NULL OR f.rowid IN (SELECT rowid FROM findings_fts WHERE findings_fts MATCH :words))
ORDER BY e.moment IS NULL, e.moment DESC, e.council, e.event_id, r.place, f.finding
