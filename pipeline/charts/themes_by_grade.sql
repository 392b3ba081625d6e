-- In how many inspections and visits each theme is criticised, by overall grade, of those of which findings are known.
WITH told AS (
    SELECT DISTINCT t.event_id, t.overall AS "grade", f.polarity, themes.value AS theme
    FROM timeline t
    JOIN timeline_records USING (event_id)
    JOIN findings f USING (record_id)
    JOIN json_each(f.themes) themes
    WHERE t.overall IS NOT NULL
), sizes AS (
    SELECT "grade", count(DISTINCT event_id) AS events FROM told GROUP BY "grade"
)
SELECT theme, "grade", count(*) AS criticised, events
FROM told
JOIN sizes USING ("grade")
WHERE polarity = 'weakness'
GROUP BY theme, "grade"
ORDER BY theme, "grade"
