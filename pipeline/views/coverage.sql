-- How many articles each publisher has in the database, by year of publication, and how many give records.
SELECT
    publisher, substr(published, 1, 4) AS year, count(*) AS articles, sum(relevant) AS relevant,
    sum(EXISTS (SELECT 1 FROM inspections i WHERE i.article_id = a.article_id)) AS with_records,
    sum((SELECT count(*) FROM inspections i WHERE i.article_id = a.article_id)) AS records
FROM articles a
GROUP BY publisher, year
ORDER BY publisher, year
