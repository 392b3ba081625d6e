-- Each record with its grades spelt out, and the article that tells it; one inspection told by two articles has two rows.
SELECT
    c.id AS council_id, c.name AS council, i.date, i.kind, i.role,
    (SELECT r.grade FROM ratings r WHERE r.record_id = i.record_id AND r.area = 'overall' ORDER BY r.rating LIMIT 1) AS overall,
    (
        SELECT group_concat(area || ': ' || grade, '; ')
        FROM (SELECT r.area, r.grade FROM ratings r WHERE r.record_id = i.record_id AND r.area != 'overall' ORDER BY r.rating)
    ) AS other_grades,
    (SELECT count(*) FROM findings f WHERE f.record_id = i.record_id AND f.polarity = 'strength') AS strengths,
    (SELECT count(*) FROM findings f WHERE f.record_id = i.record_id AND f.polarity = 'weakness') AS weaknesses,
    a.publisher, a.title, i.confidence, i.record_id, i.article_id, t.event_id
FROM inspections i
JOIN articles a USING (article_id)
JOIN councils c ON c.id = i.council_id
LEFT JOIN timeline_records t USING (record_id)
ORDER BY c.name, coalesce(i.date, 'X'), i.role, i.record_id
