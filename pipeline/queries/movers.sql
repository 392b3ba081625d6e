-- Councils that moved up or down
-- Each change of overall grade from one full inspection to the next that articles tell of, and the years between them.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :direction (up|down)  only this way
-- :steps (number) = 1  at least so many grades
-- :before (grade)  only from this grade: `inadequate` for those that got out of it
-- :since (date)  only moves from then on
-- :until (date)  only moves up to then
-- @before  the grade that it had
-- @after  the grade that it came to
-- @steps  grades between the two, 1 to 3
-- @years  from the one inspection to the next
-- @source  the article that tells best of the second
SELECT
    s.council, s.region, s.date AS before_date, s.overall AS before, next_date AS after_date, next_overall AS after,
    CASE WHEN next_height > s.height THEN 'up' ELSE 'down' END AS direction, abs(next_height - s.height) AS steps,
    round(next_moment - s.moment, 1) AS years, e.source
FROM spells s
JOIN events e ON e.event_id = next_event_id
WHERE next_height != s.height AND abs(next_height - s.height) >= :steps
    AND (:direction IS NULL OR :direction = CASE WHEN next_height > s.height THEN 'up' ELSE 'down' END)
    AND (:before IS NULL OR :before = s.overall)
    AND (:council IS NULL OR :council IN (s.council_id, s.council, s.gss)) AND (:region IS NULL OR :region = s.region)
    AND (:since IS NULL OR next_date >= substr(:since, 1, length(next_date)))
    AND (:until IS NULL OR substr(next_date, 1, length(:until)) <= :until)
ORDER BY next_moment DESC, s.council, s.council_id
