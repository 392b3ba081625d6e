-- Each value of each record with the words that it was read from; offsets count in code points of `field`.
WITH quotes AS (
    SELECT record_id, article_id, 1 AS place, 0 AS part, 'council' AS what, council_id AS value,
        evidence_council_text AS quote, evidence_council_start AS start, evidence_council_end AS "end",
        evidence_council_field AS field, evidence_council_inferred AS inferred
    FROM inspections
    UNION ALL
    SELECT record_id, article_id, 2, 0, 'kind', kind, evidence_kind_text, evidence_kind_start, evidence_kind_end,
        evidence_kind_field, evidence_kind_inferred
    FROM inspections
    UNION ALL
    SELECT record_id, article_id, 3, 0, 'inspected', inspected, evidence_inspected_text, evidence_inspected_start,
        evidence_inspected_end, evidence_inspected_field, evidence_inspected_inferred
    FROM inspections
    UNION ALL
    SELECT record_id, article_id, 4, 0, 'reported', reported, evidence_reported_text, evidence_reported_start,
        evidence_reported_end, evidence_reported_field, evidence_reported_inferred
    FROM inspections
    UNION ALL
    SELECT record_id, article_id, 5, rating, 'rating', area || ': ' || grade, evidence_text, evidence_start, evidence_end,
        evidence_field, evidence_inferred
    FROM ratings JOIN inspections USING (record_id)
    UNION ALL
    SELECT record_id, article_id, 6, finding, 'finding', polarity || ': ' || (SELECT group_concat(value, ', ') FROM json_each(themes)),
        evidence_text, evidence_start, evidence_end, evidence_field, evidence_inferred
    FROM findings JOIN inspections USING (record_id)
)
SELECT record_id, what, value, quote, start, "end", field, inferred, article_id
FROM quotes
WHERE value IS NOT NULL
ORDER BY record_id, place, part
