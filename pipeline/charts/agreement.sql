-- Events of the timeline by what the official record says of them, and how many of its inspections an event tells of.
SELECT
    verified, count(*) AS events,
    (SELECT count(DISTINCT official_id) FROM official WHERE kind != 'other') AS official,
    (
        SELECT count(DISTINCT official_id) FROM official
        WHERE kind != 'other' AND official_id IN (SELECT official_id FROM timeline)
    ) AS covered
FROM timeline
WHERE verified IS NOT NULL
GROUP BY verified
ORDER BY verified
