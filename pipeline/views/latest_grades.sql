-- The latest known grade of each council in each judgement area, from current and previous events.
-- An event without a date, or without a year, counts as older than any that has one.
SELECT council_id, council, gss, region, area, grade, verbatim, date, framework, role, confidence, record_id, article_id
FROM (
    SELECT
        c.id AS council_id, c.name AS council, c.gss, c.region,
        r.area, r.grade, r.verbatim, i.date, i.framework, i.role, i.confidence, i.record_id, i.article_id,
        row_number() OVER (
            PARTITION BY c.id, r.area
            ORDER BY coalesce(i.date, 'X') LIKE 'X%', i.date DESC, i.role, i.confidence DESC, i.record_id, r.rating
        ) AS place
    FROM ratings r
    JOIN inspections i USING (record_id)
    JOIN councils c ON c.id = i.council_id
)
WHERE place = 1
ORDER BY council, area
