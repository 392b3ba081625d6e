-- Full inspections with an overall grade, by year and grade.
SELECT substr(date, 1, 4) AS year, overall AS grade, count(*) AS inspections
FROM timeline
WHERE kind IN ('inspection', 'reinspection') AND overall IS NOT NULL AND date GLOB '[0-9][0-9][0-9][0-9]*'
GROUP BY year, grade
ORDER BY year, grade
