-- The order of records in every export: by article, current events first, council, date (unknown ones last).
SELECT
    i.record_id,
    row_number() OVER (ORDER BY a.source, i.role, c.name, coalesce(i.date, 'X'), i.record_id) AS place
FROM inspections i
JOIN articles a USING (article_id)
JOIN councils c ON c.id = i.council_id
