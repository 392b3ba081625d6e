-- Leadership good, help and protection inadequate
-- Full inspections where one area was good or outstanding and another was not.
-- :high (area) = leadership  the area that was good or outstanding
-- :low (area) = help_and_protection  the area that was not
-- :grade (grade) = inadequate  the grade of that other area
-- :region (region)  only councils of this one
-- @high  grade of the better area
-- @low  grade of the worse one
SELECT e.council, e.region, e.date, e.framework, e.overall, high.grade AS high, low.grade AS low, e.source
FROM events e
JOIN timeline_ratings high ON high.event_id = e.event_id AND high.area = :high AND high.grade IN ('good', 'outstanding')
JOIN timeline_ratings low ON low.event_id = e.event_id AND low.area = :low AND low.grade = :grade
WHERE e.kind IN ('inspection', 'reinspection') AND (:region IS NULL OR :region = e.region)
ORDER BY e.moment IS NULL, e.moment DESC, e.council, e.event_id
