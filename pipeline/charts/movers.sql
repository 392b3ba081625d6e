-- Full inspections by which a council's overall grade went up or down against the one before, the latest first.
-- `adequate` (until 2012) and `requires_improvement` (since 2013) hold the same place on their scales: 2 of 4.
WITH graded AS (
    SELECT
        council_id, date, overall AS grade, event_id,
        CASE overall WHEN 'outstanding' THEN 4 WHEN 'good' THEN 3 WHEN 'inadequate' THEN 1 ELSE 2 END AS height
    FROM timeline
    WHERE kind IN ('inspection', 'reinspection') AND overall IS NOT NULL AND date GLOB '[0-9][0-9][0-9][0-9]*'
), steps AS (
    SELECT *, lag(grade) OVER step AS from_grade, lag(date) OVER step AS from_date, lag(height) OVER step AS from_height
    FROM graded
    WINDOW step AS (PARTITION BY council_id ORDER BY date, event_id)
)
SELECT
    s.council_id, c.name AS council, s.from_date, s.from_grade, s.date AS to_date, s.grade AS to_grade,
    CASE WHEN s.height > s.from_height THEN 'up' ELSE 'down' END AS direction,
    s.from_height, s.height AS to_height, s.event_id
FROM steps s
JOIN councils c ON c.id = s.council_id
WHERE s.height != s.from_height
ORDER BY s.date DESC, c.name
