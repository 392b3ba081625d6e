-- Inspections that no article tells of
-- Official reports since the single framework to which no event of the timeline was matched.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :grade (grade)  only with this overall grade
-- :since (date)  only reports from then on
-- :until (date)  only reports up to then
-- @other_grades  those of areas
SELECT a.name AS council, a.region, framework, inspection_start, inspection_end, report_published, overall, other_grades
FROM official_reports o
LEFT JOIN authorities a ON a.id = o.council_id
WHERE events = 0 AND (:council IS NULL OR :council IN (a.id, a.name, a.gss)) AND (:region IS NULL OR :region = a.region)
    AND (:grade IS NULL OR :grade = overall) AND (:since IS NULL OR report_published >= :since)
    AND (:until IS NULL OR substr(report_published, 1, length(:until)) <= :until)
ORDER BY report_published DESC, council
