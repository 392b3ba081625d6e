-- The other sources of each article kept, as a JSON list.
SELECT
    article_id,
    (
        SELECT json_group_array(source)
        FROM (SELECT d.source FROM duplicates d WHERE d.article_id = a.article_id ORDER BY d.source)
    ) AS duplicates
FROM articles a
