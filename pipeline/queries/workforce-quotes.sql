-- What was said on caseloads, agency staff and turnover
-- Findings on the workforce that speak of caseloads, agency staff, vacancies, turnover or newly qualified workers.
-- :council (council)  only of this one
-- :grade (grade)  only of events with this overall grade
-- :numbers (yes|no) = no  `yes` for those with a figure only
-- :since (date)  only of events from then on
-- :until (date)  only of events up to then
-- @about  what it speaks of
-- @record_id  to look it up: `ofsted-records show RECORD_ID`
WITH subjects (subject, words) AS (
    VALUES ('caseloads', 'caseload* OR workload*'), ('agency staff', 'agency OR locum* OR interim OR "temporary staff"'),
        ('turnover', 'turnover OR churn OR retention OR vacanc*'),
        ('newly qualified', 'nqsw* OR asye OR "newly qualified" OR "newly-qualified"')
),
found AS (
    SELECT s.subject, x.rowid AS id FROM subjects s JOIN findings_fts x ON findings_fts MATCH s.words ORDER BY id, s.subject
)
SELECT
    e.council, e.date, e.overall, group_concat(subject, ', ') AS about, f.polarity, f.text, f.quoted,
    f.attribution, a.publisher, a.published, a.source, a.url, f.record_id
FROM found
JOIN findings f ON f.rowid = found.id
JOIN timeline_records r USING (record_id)
JOIN events e USING (event_id)
JOIN inspections i ON i.record_id = f.record_id
JOIN articles a ON a.article_id = i.article_id
WHERE (:numbers = 'no' OR f.text GLOB '*[0-9]*') AND (:grade IS NULL OR :grade = e.overall)
    AND (:council IS NULL OR :council IN (e.council_id, e.council, e.gss))
    AND (:since IS NULL OR e.date >= substr(:since, 1, length(e.date)))
    AND (:until IS NULL OR substr(e.date, 1, length(:until)) <= :until)
GROUP BY f.rowid
ORDER BY e.moment IS NULL, e.moment DESC, e.council, e.event_id, r.place, f.finding
