-- Articles of each publisher by year of publication, and how many of them give records.
SELECT publisher, coalesce(year, 'no date') AS year, articles, with_records FROM coverage ORDER BY publisher, year
