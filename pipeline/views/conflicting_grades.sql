-- Grades on which two articles differ: the same council, kind of inspection, date and area, and not the same grade.
SELECT i.record_id, r.area, r.grade, p.grade AS other_grade, o.record_id AS other_record_id
FROM inspections i
JOIN inspections o ON o.council_id = i.council_id AND o.kind = i.kind AND o.date = i.date AND o.article_id != i.article_id
JOIN ratings r ON r.record_id = i.record_id
JOIN ratings p ON p.record_id = o.record_id AND p.area = r.area AND p.grade != r.grade
ORDER BY i.record_id, r.area, p.grade, o.record_id
