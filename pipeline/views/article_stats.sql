-- What articles gave, by publisher, layout and month of publication: how many have a title, a date, a byline, a body of normal length (500 to 20,000 characters) and a record. An empty month holds those without a date.
SELECT
    publisher, layout, coalesce(substr(published, 1, 7), '') AS month, count(*) AS articles,
    sum(title IS NOT NULL) AS titles, sum(published IS NOT NULL) AS dates, sum(authors != '[]') AS bylines,
    sum(length(body) BETWEEN 500 AND 20000) AS bodies,
    sum(EXISTS (SELECT 1 FROM inspections i WHERE i.article_id = a.article_id)) AS records
FROM articles a
GROUP BY publisher, layout, month
ORDER BY publisher, layout, month
