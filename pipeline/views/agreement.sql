-- Each event of the timeline beside the official report that it was matched to, and what that says of it.
-- `differences` names each field that differs; `outside` says why the record can't speak of an event.
SELECT
    t.event_id, t.council_id, c.name AS council, t.kind, t.framework, t.date, t.date_basis, t.overall,
    t.verified, t.outside,
    (
        SELECT group_concat(x.field || ': ' || x.said || ', officially ' || x.official, '; ')
        FROM timeline_contradictions x WHERE x.event_id = t.event_id
    ) AS differences,
    t.suggested, t.official_id,
    (SELECT min(o.inspection_start || '/' || o.inspection_end) FROM official o WHERE o.official_id = t.official_id)
        AS official_inspected,
    (SELECT min(o.report_published) FROM official o WHERE o.official_id = t.official_id) AS official_reported,
    (SELECT o.grade FROM official o WHERE o.official_id = t.official_id AND o.area = 'overall') AS official_overall,
    t.articles, t.first_hand
FROM timeline t
JOIN councils c ON c.id = t.council_id
ORDER BY c.name, coalesce(t.date, 'X'), t.event_id
