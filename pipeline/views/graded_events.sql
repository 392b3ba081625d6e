-- Each inspection of each council that gave an overall grade and has a date, once; annual ratings (until 2011) are none.
-- `adequate` (until 2012) and `requires_improvement` (since 2013) hold the same place on their scales: `height` 2 of 4.
SELECT
    t.council_id, t.date, t.overall AS grade, n.record_id, t.event_id,
    CASE t.overall WHEN 'outstanding' THEN 4 WHEN 'good' THEN 3 WHEN 'inadequate' THEN 1 ELSE 2 END AS height
FROM timeline t
JOIN timeline_records n ON n.event_id = t.event_id AND n.place = 1
WHERE t.overall IS NOT NULL AND t.kind != 'annual_assessment' AND t.date NOT LIKE 'X%'
