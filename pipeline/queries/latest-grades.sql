-- The latest grades of each council
-- The latest full inspection with grades: overall and by area, when inspected, when published, under which framework.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :framework (framework)  only where the latest inspection was under this one
-- :grade (grade)  only with this overall grade
-- @date  the date to sort by: of the report, else of the inspection, else of the article; empty where no article dates it
-- @overall  empty where articles name the grades of areas only
-- @other_grades  grades of areas that only older frameworks judged
-- @disputed  fields on which articles disagree, as a JSON list
-- @verified  what the official record says of it
-- @source  the article that tells of it best
WITH told AS (
    SELECT *, row_number() OVER (
        PARTITION BY council_id ORDER BY moment IS NULL, graded AND event_id NOT IN (SELECT event_id FROM spells), moment DESC, event_id
    ) AS place
    FROM events
    WHERE kind IN ('inspection', 'reinspection') AND event_id IN (SELECT event_id FROM timeline_ratings)
)
SELECT
    council, gss, region, date, framework, inspected, reported, overall,
    max(r.grade) FILTER (WHERE r.area = 'help_and_protection') AS help_and_protection,
    max(r.grade) FILTER (WHERE r.area = 'children_in_care') AS children_in_care,
    max(r.grade) FILTER (WHERE r.area = 'care_leavers') AS care_leavers,
    max(r.grade) FILTER (WHERE r.area = 'leadership') AS leadership,
    group_concat(r.area || ': ' || r.grade, '; ') FILTER (
        WHERE r.area NOT IN ('overall', 'help_and_protection', 'children_in_care', 'care_leavers', 'leadership')
    ) AS other_grades,
    told.disputed, verified, source
FROM told
JOIN (SELECT * FROM timeline_ratings ORDER BY event_id, area) r USING (event_id)
WHERE place = 1 AND (:council IS NULL OR :council IN (council_id, council, gss)) AND (:region IS NULL OR :region = region)
    AND (:framework IS NULL OR :framework = framework) AND (:grade IS NULL OR :grade = overall)
GROUP BY event_id
ORDER BY council, council_id
