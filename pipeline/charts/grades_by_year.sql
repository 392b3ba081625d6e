-- Full inspections with an overall grade, by year and grade.
SELECT CAST(CAST(moment AS INTEGER) AS TEXT) AS year, overall AS grade, count(*) AS inspections
FROM events
WHERE graded AND moment IS NOT NULL
GROUP BY year, grade
ORDER BY year, grade
