-- Each inspection of each council, by date, with its grades spelt out; one told by several articles has one row.
-- Publisher, title and role are those of the article that the event is named after; strengths and weaknesses are counted
-- in the article that tells most of them, as several articles tell the same ones.
WITH told AS (
    SELECT
        record_id, sum(polarity = 'strength') AS strengths, sum(polarity = 'weakness') AS weaknesses
    FROM findings
    GROUP BY record_id
)
SELECT
    c.id AS council_id, c.name AS council, c.gss, t.date, t.kind, t.framework, i.role, t.overall,
    (
        SELECT group_concat(area || ': ' || grade, '; ')
        FROM (SELECT area, grade FROM timeline_ratings r WHERE r.event_id = t.event_id AND area != 'overall' ORDER BY r.rowid)
    ) AS other_grades,
    t.direction,
    (
        SELECT coalesce(max(strengths), 0) FROM timeline_records r JOIN told USING (record_id) WHERE r.event_id = t.event_id
    ) AS strengths,
    (
        SELECT coalesce(max(weaknesses), 0) FROM timeline_records r JOIN told USING (record_id) WHERE r.event_id = t.event_id
    ) AS weaknesses,
    t.articles, t.first_hand, t.disputed, a.publisher, a.title, t.confidence, n.record_id, i.article_id, t.event_id
FROM timeline t
JOIN councils c ON c.id = t.council_id
JOIN timeline_records n ON n.event_id = t.event_id AND n.place = 1
JOIN inspections i ON i.record_id = n.record_id
JOIN articles a USING (article_id)
ORDER BY c.name, coalesce(t.date, 'X'), t.event_id
