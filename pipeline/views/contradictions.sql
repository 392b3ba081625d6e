-- Each field in which an event differs from its official report, with each record that says so and the place of its words.
SELECT
    t.event_id, t.council_id, c.name AS council, t.kind, t.date, x.field, x.said, x.official, t.official_id,
    i.record_id, a.article_id, a.source, a.title, a.published,
    CASE x.field WHEN 'inspected' THEN i.evidence_inspected_text WHEN 'reported' THEN i.evidence_reported_text ELSE r.evidence_text END
        AS quote,
    CASE x.field WHEN 'inspected' THEN i.evidence_inspected_start WHEN 'reported' THEN i.evidence_reported_start ELSE r.evidence_start END
        AS start,
    CASE x.field WHEN 'inspected' THEN i.evidence_inspected_end WHEN 'reported' THEN i.evidence_reported_end ELSE r.evidence_end END
        AS "end",
    CASE x.field WHEN 'inspected' THEN i.evidence_inspected_field WHEN 'reported' THEN i.evidence_reported_field ELSE r.evidence_field END
        AS quote_field
FROM timeline_contradictions x
JOIN timeline t USING (event_id)
JOIN councils c ON c.id = t.council_id
JOIN timeline_witnesses w ON w.event_id = x.event_id AND w.field = x.field AND w.value = x.said
JOIN inspections i ON i.record_id = w.record_id
JOIN articles a USING (article_id)
LEFT JOIN ratings r ON r.record_id = w.record_id AND r.rating = (
    SELECT min(same.rating) FROM ratings same WHERE same.record_id = w.record_id AND same.area = x.field AND same.grade = x.said
)
ORDER BY c.name, t.date, t.event_id, x.field, a.source, i.record_id
