-- Each of Ofsted's reports in the official record, with its grades, and how many events and articles tell of it.
SELECT
    o.official_id, o.council_id, coalesce(c.name, o.council_id) AS council, o.framework, o.kind,
    o.inspection_start, o.inspection_end, o.report_published,
    max(CASE o.area WHEN 'overall' THEN o.grade END) AS overall,
    group_concat(CASE WHEN o.area != 'overall' THEN o.area || ': ' || o.grade END, '; ') AS other_grades,
    (SELECT count(*) FROM timeline t WHERE t.official_id = o.official_id) AS events,
    (
        SELECT count(DISTINCT i.article_id)
        FROM timeline t JOIN timeline_records USING (event_id) JOIN inspections i USING (record_id)
        WHERE t.official_id = o.official_id
    ) AS articles
FROM official o
LEFT JOIN councils c ON c.id = o.council_id
GROUP BY o.official_id
