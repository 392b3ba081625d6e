-- Areas that drag the overall grade down
-- How often each area was graded below, as or above the overall grade of its inspection.
-- :framework (framework)  only inspections under this one
-- :region (region)  only councils of this one
-- :since (date)  only inspections from then on
-- :until (date)  only inspections up to then
-- @inspections  full inspections of which articles tell both grades
-- @lowest_alone  of these, those where every other area that articles tell of was graded higher
-- @share_below  `below` in per cent of `inspections`
WITH graded AS (
    SELECT e.event_id, r.area, h.height, e.height AS overall,
        min(h.height) OVER (PARTITION BY e.event_id) AS lowest,
        count(*) OVER (PARTITION BY e.event_id, h.height) AS sharing, count(*) OVER (PARTITION BY e.event_id) AS areas
    FROM events e JOIN timeline_ratings r USING (event_id) JOIN grade_heights h USING (grade)
    WHERE e.graded AND r.area != 'overall' AND (:framework IS NULL OR :framework = e.framework)
        AND (:region IS NULL OR :region = e.region) AND (:since IS NULL OR e.date >= substr(:since, 1, length(e.date)))
        AND (:until IS NULL OR substr(e.date, 1, length(:until)) <= :until)
)
SELECT
    area, count(*) AS inspections, sum(height < overall) AS below, sum(height = overall) AS same, sum(height > overall) AS above,
    sum(height = lowest AND sharing = 1 AND areas > 1) AS lowest_alone, 
    CAST(round(100.0 * sum(height < overall) / count(*)) AS INTEGER) AS share_below
FROM graded
GROUP BY area
ORDER BY share_below DESC, area
