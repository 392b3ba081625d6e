-- Ungraded visits to each council between one graded inspection and the next (or until now: `until` is null).
-- Several articles on one visit count once.
WITH spells AS (
    SELECT
        council_id, event_id, grade, date AS since,
        lead(date) OVER (PARTITION BY council_id ORDER BY date, event_id) AS until
    FROM graded_events
)
SELECT
    c.id AS council_id, c.name AS council, s.grade, s.since, s.until,
    count(v.event_id) AS visits, min(v.date) AS first_visit, max(v.date) AS last_visit, s.event_id
FROM spells s
JOIN councils c ON c.id = s.council_id
LEFT JOIN timeline v
    ON v.council_id = s.council_id
    AND v.kind IN ('monitoring_visit', 'focused_visit')
    AND v.date NOT LIKE 'X%' AND v.date > s.since AND (s.until IS NULL OR v.date <= s.until)
GROUP BY s.event_id
ORDER BY c.name, s.since
