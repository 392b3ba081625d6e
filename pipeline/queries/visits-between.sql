-- Visits between inspections
-- Visits to each council between one full inspection and the next, or since the latest.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :grade (grade)  only after an inspection with this overall grade
-- @overall  the grade of the inspection that they followed
-- @until  date of the next full inspection; empty where there was none yet
-- @other_visits  joint inspections (JTAI) and inspections of services for special needs (SEND)
-- @last_visit  date of the last of all these
SELECT
    s.council, s.region, s.overall, s.date AS since, next_date AS until,
    count(v.event_id) FILTER (WHERE v.kind = 'monitoring_visit') AS monitoring_visits,
    count(v.event_id) FILTER (WHERE v.kind = 'focused_visit') AS focused_visits,
    count(v.event_id) FILTER (WHERE v.kind IN ('jtai', 'send')) AS other_visits,
    max(v.date) AS last_visit
FROM spells s
LEFT JOIN events v
    ON v.council_id = s.council_id AND v.kind IN ('monitoring_visit', 'focused_visit', 'jtai', 'send')
    AND v.moment >= s.moment AND (next_moment IS NULL OR v.moment < next_moment)
WHERE (:council IS NULL OR :council IN (s.council_id, s.council, s.gss))
    AND (:region IS NULL OR :region = s.region) AND (:grade IS NULL OR :grade = s.overall)
GROUP BY s.event_id
ORDER BY s.council, s.council_id, s.moment
