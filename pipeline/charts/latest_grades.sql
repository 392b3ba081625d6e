-- The latest known grade of each council in each judgement area, by full inspections; one without a year counts as oldest.
SELECT council_id, council, region, area, grade, date
FROM (
    SELECT e.*, r.area, r.grade, row_number() OVER (
        PARTITION BY council_id, area ORDER BY moment IS NULL, moment DESC, first_hand DESC, event_id
    ) AS place
    FROM events e
    JOIN timeline_ratings r USING (event_id)
    WHERE e.kind IN ('inspection', 'reinspection')
)
WHERE place = 1
ORDER BY council, area
