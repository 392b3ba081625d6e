-- Each dated full inspection with an overall grade, and the next one of the same council; `next_*` are null for the latest.
-- Of two that are closer than any two in the official record (a year since the single framework of 2013, three months before), one was read or told wrongly: only the one that more articles report first-hand, or tell of, is here.
WITH inspected AS (
    SELECT *, row_number() OVER (ORDER BY first_hand DESC, articles DESC, confidence DESC, event_id) AS place
    FROM events WHERE graded AND moment IS NOT NULL
)
SELECT
    council_id, council, gss, region, type, event_id, framework, date, moment, overall, height,
    lead(event_id) OVER step AS next_event_id, lead(date) OVER step AS next_date, lead(moment) OVER step AS next_moment,
    lead(overall) OVER step AS next_overall, lead(height) OVER step AS next_height
FROM inspected i
WHERE NOT EXISTS (
    SELECT 1 FROM inspected better
    WHERE better.council_id = i.council_id AND better.place < i.place
        AND abs(better.moment - i.moment) < CASE WHEN min(better.moment, i.moment) >= 2013.8 THEN 1 ELSE 0.25 END
)
WINDOW step AS (PARTITION BY council_id ORDER BY moment, event_id)
