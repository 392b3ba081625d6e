-- Councils whose overall grade went up or down from one graded event to the next.
WITH steps AS (
    SELECT
        *,
        lag(date) OVER step AS from_date, lag(grade) OVER step AS from_grade, lag(height) OVER step AS from_height,
        lag(record_id) OVER step AS from_record_id, lag(event_id) OVER step AS from_event_id
    FROM graded_events
    WINDOW step AS (PARTITION BY council_id ORDER BY date, event_id)
)
SELECT
    c.id AS council_id, c.name AS council, c.region, from_date, from_grade, s.date AS to_date, s.grade AS to_grade,
    CASE WHEN s.height > from_height THEN 'up' ELSE 'down' END AS direction,
    abs(s.height - from_height) AS steps, from_record_id, s.record_id AS to_record_id,
    from_event_id, s.event_id AS to_event_id
FROM steps s
JOIN councils c ON c.id = s.council_id
WHERE s.height != from_height
ORDER BY s.date, c.name
