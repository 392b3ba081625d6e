-- Full inspections by which a council's overall grade went up or down against the one before, the latest first.
SELECT
    council_id, council, date AS from_date, overall AS from_grade, height AS from_height,
    next_date AS to_date, next_overall AS to_grade, next_height AS to_height, next_event_id AS event_id,
    CASE WHEN next_height > height THEN 'up' ELSE 'down' END AS direction
FROM spells
WHERE next_height != height
ORDER BY next_moment DESC, council, council_id
