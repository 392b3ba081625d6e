-- In how many inspections and visits each theme is criticised, by year, of those of which findings are known.
WITH told AS (
    SELECT DISTINCT t.event_id, substr(t.date, 1, 4) AS "year", f.polarity, themes.value AS theme
    FROM timeline t
    JOIN timeline_records USING (event_id)
    JOIN findings f USING (record_id)
    JOIN json_each(f.themes) themes
    WHERE t.date GLOB '[0-9][0-9][0-9][0-9]*'
), sizes AS (
    SELECT "year", count(DISTINCT event_id) AS events FROM told GROUP BY "year"
)
SELECT theme, "year", count(*) AS criticised, events
FROM told
JOIN sizes USING ("year")
WHERE polarity = 'weakness'
GROUP BY theme, "year"
ORDER BY theme, "year"
