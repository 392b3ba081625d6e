-- Each event of the timeline with its council and the article that tells of it best (the first that reported it, or else mentions it).
-- `graded` is 1 for a full inspection with an overall grade, `height` that of the grade (see grade_heights).
-- `moment` is the date as a decimal year, to count years by: the middle of the month or year where the date is no finer; null without a year.
SELECT
    t.event_id, t.council_id, c.name AS council, c.gss, c.la_code, a.type, c.region, t.kind, t.framework, t.inspected, t.reported,
    t.date, t.overall, t.kind IN ('inspection', 'reinspection') AND t.overall IS NOT NULL AS graded, h.height,
    CASE WHEN t.date GLOB '[12][0-9][0-9][0-9]*' THEN round(substr(t.date, 1, 4) + CASE
        WHEN substr(t.date, 6, 2) NOT BETWEEN '01' AND '12' THEN 0.5
        WHEN substr(t.date, 9, 2) BETWEEN '01' AND '31' THEN (substr(t.date, 6, 2) - 1) / 12.0 + (substr(t.date, 9, 2) - 1) / 372.0
        ELSE (substr(t.date, 6, 2) - 0.5) / 12 END, 3) END AS moment,
    t.direction, t.articles, t.first_hand, t.disputed, t.verified, t.confidence, r.record_id, s.source, s.publisher, s.title, s.url
FROM timeline t
JOIN councils c ON c.id = t.council_id
LEFT JOIN authorities a ON a.id = t.council_id
LEFT JOIN grade_heights h ON h.grade = t.overall
LEFT JOIN timeline_records r ON r.event_id = t.event_id AND r.place = 1
LEFT JOIN inspections i ON i.record_id = r.record_id
LEFT JOIN articles s ON s.article_id = i.article_id
