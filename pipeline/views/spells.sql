-- Each dated full inspection with an overall grade, and the next one of the same council; `next_*` are null for the latest.
SELECT
    council_id, council, region, type, event_id, framework, date, moment, overall, height,
    lead(event_id) OVER step AS next_event_id, lead(framework) OVER step AS next_framework, lead(date) OVER step AS next_date,
    lead(moment) OVER step AS next_moment, lead(overall) OVER step AS next_overall, lead(height) OVER step AS next_height
FROM events
WHERE graded AND moment IS NOT NULL
WINDOW step AS (PARTITION BY council_id ORDER BY moment, date, event_id)
