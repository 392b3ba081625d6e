-- The latest known grade of each council in each judgement area, by full inspections; one without a year counts as oldest.
SELECT council_id, council, region, area, grade, date
FROM (
    SELECT
        c.id AS council_id, c.name AS council, c.region, r.area, r.grade, t.date,
        row_number() OVER (
            PARTITION BY c.id, r.area ORDER BY coalesce(t.date, 'X') LIKE 'X%', t.date DESC, t.event_id
        ) AS place
    FROM timeline t
    JOIN timeline_ratings r USING (event_id)
    JOIN councils c ON c.id = t.council_id
    WHERE t.kind IN ('inspection', 'reinspection')
)
WHERE place = 1
ORDER BY council, area
