-- How often each theme is praised and criticised, by the overall grade of the event (null for ungraded visits).
WITH overall AS (
    SELECT record_id, min(grade) AS grade FROM ratings WHERE area = 'overall' GROUP BY record_id
)
SELECT
    t.value AS theme, o.grade, sum(f.polarity = 'strength') AS strengths, sum(f.polarity = 'weakness') AS weaknesses,
    count(DISTINCT i.council_id) AS councils
FROM findings f
JOIN json_each(f.themes) t
JOIN inspections i USING (record_id)
LEFT JOIN overall o USING (record_id)
GROUP BY theme, o.grade
ORDER BY theme, o.grade
