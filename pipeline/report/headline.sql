-- The numbers that a report begins with.
SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM articles a WHERE EXISTS (SELECT 1 FROM inspections i WHERE i.article_id = a.article_id)) AS telling,
    (SELECT min(published) FROM articles) AS first,
    (SELECT max(published) FROM articles) AS last,
    (SELECT count(*) FROM timeline) AS events,
    (SELECT count(*) FROM timeline WHERE kind IN ('inspection', 'reinspection')) AS full,
    (SELECT count(*) FROM timeline WHERE kind IN ('monitoring_visit', 'focused_visit')) AS visits,
    (SELECT count(DISTINCT council_id) FROM timeline) AS councils,
    (SELECT count(*) FROM findings) AS findings,
    (SELECT count(*) FROM inspections) AS records,
    (SELECT count(*) FROM inspections WHERE review != 'unreviewed') AS reviewed,
    (SELECT max(started) FROM runs) AS run
