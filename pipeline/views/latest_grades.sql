-- The latest known grade of each council in each judgement area, from all events of the timeline.
-- An event without a date, or without a year, counts as older than any that has one. The words are those of the first
-- record of the event that gives the grade.
SELECT council_id, council, gss, region, area, grade, verbatim, date, framework, role, confidence, record_id, article_id, event_id
FROM (
    SELECT
        c.id AS council_id, c.name AS council, c.gss, c.region,
        g.area, g.grade, r.verbatim, t.date, t.framework, i.role, t.confidence, i.record_id, i.article_id, t.event_id,
        row_number() OVER (
            PARTITION BY c.id, g.area
            ORDER BY coalesce(t.date, 'X') LIKE 'X%', t.date DESC, t.first_hand = 0, t.event_id, n.place, r.rating
        ) AS place
    FROM timeline_ratings g
    JOIN timeline t USING (event_id)
    JOIN councils c ON c.id = t.council_id
    JOIN timeline_records n ON n.event_id = t.event_id
    JOIN ratings r ON r.record_id = n.record_id AND r.area = g.area AND r.grade = g.grade
    JOIN inspections i ON i.record_id = n.record_id
)
WHERE place = 1
ORDER BY council, area
