-- The history of a council
-- Every event by date: inspections with their grades, visits, reviews. Those of its predecessors are shown apart, below its own.
-- :council (council)  only this one, and its predecessors; without it all councils, each by itself
-- :since (date)  only events from then on
-- :until (date)  only events up to then
-- @whose  `own`, or `predecessor`
-- @date  empty, or beginning with XXXX, where no article tells the year
-- @articles  how many tell of it
-- @disputed  fields on which they disagree, as a JSON list
-- @source  the article that tells of it best
WITH RECURSIVE line (id, whose) AS (
    SELECT id, 'own' FROM councils WHERE :council IS NULL OR :council IN (id, name, gss)
    UNION
    SELECT id, 'own' FROM authorities WHERE :council IN (id, name, gss)
    UNION
    SELECT p.value, 'predecessor'
    FROM line JOIN authorities USING (id) JOIN json_each(predecessors) p
    WHERE :council IS NOT NULL
)
SELECT
    council, whose, date, kind, framework, overall,
    (
        SELECT group_concat(area || ': ' || grade, '; ')
        FROM (SELECT * FROM timeline_ratings r WHERE r.event_id = e.event_id AND r.area != 'overall' ORDER BY area)
    ) AS other_grades,
    direction, articles, disputed, verified, source
FROM line
JOIN events e ON e.council_id = line.id
WHERE (:since IS NULL OR date >= substr(:since, 1, length(date))) AND (:until IS NULL OR substr(date, 1, length(:until)) <= :until)
ORDER BY whose, council, council_id, moment IS NULL, moment, date, event_id
