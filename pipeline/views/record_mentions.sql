-- Which mentions support which record: those that stand where the record's evidence stands.
SELECT DISTINCT e.record_id, m.article_id, m.mention, m.kind, m.rule
FROM evidence e
JOIN mentions m ON m.article_id = e.article_id AND m.start = e.start AND m."end" = e."end" AND m.field = e.field
ORDER BY e.record_id, m.mention
