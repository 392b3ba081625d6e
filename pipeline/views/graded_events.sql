-- Each overall grade of each council, once a date; `2016` is left out where the same grade is known for `2016-05`.
-- `adequate` (until 2012) and `requires_improvement` (since 2013) hold the same place on their scales: `height` 2 of 4.
SELECT
    i.council_id, i.date, r.grade, min(i.record_id) AS record_id,
    CASE r.grade WHEN 'outstanding' THEN 4 WHEN 'good' THEN 3 WHEN 'inadequate' THEN 1 ELSE 2 END AS height
FROM inspections i
JOIN ratings r USING (record_id)
WHERE r.area = 'overall' AND i.date NOT LIKE 'X%' AND NOT EXISTS (
    SELECT 1
    FROM inspections finer
    JOIN ratings same USING (record_id)
    WHERE finer.council_id = i.council_id AND same.area = 'overall' AND same.grade = r.grade AND finer.date LIKE i.date || '-%'
)
GROUP BY i.council_id, i.date, r.grade
