-- Councils without a full inspection for years
-- Councils whose latest full inspection that articles tell of is so many years old, and the visits since.
-- :years (number) = 3  at least so many
-- :at (date)  as things stood then; by default when the newest article appeared
-- :region (region)  only councils of this one
-- @last_inspection  empty where articles tell of none: these come last
-- @years  since then
-- @visits  visits of all kinds since then that articles tell of
-- @last_visit  date of the last of them
WITH now AS (
    SELECT day, 2000 + (julianday(day) - julianday('2000-01-01')) / 365.25 AS moment
    FROM (SELECT :at || substr('0000-12-31', length(:at) + 1) AS day WHERE :at IS NOT NULL
          UNION ALL SELECT max(published) FROM articles WHERE :at IS NULL)
),
told AS (
    SELECT e.*, row_number() OVER (PARTITION BY council_id ORDER BY e.moment DESC, date DESC, event_id) AS place
    FROM events e, now
    WHERE kind IN ('inspection', 'reinspection') AND e.moment <= now.moment
)
SELECT
    a.name AS council, a.region, e.date AS last_inspection, e.overall, round(now.moment - e.moment, 1) AS years,
    count(v.event_id) AS visits, max(v.date) AS last_visit
FROM now, authorities a
LEFT JOIN told e ON e.council_id = a.id AND place = 1
LEFT JOIN events v
    ON v.council_id = a.id AND v.kind IN ('monitoring_visit', 'focused_visit', 'jtai', 'send')
    AND v.moment <= now.moment AND v.moment >= coalesce(e.moment, 0)
WHERE coalesce(a.start_date, '') <= day AND coalesce(a.end_date, '9') >= day
    AND coalesce(now.moment - e.moment, :years) >= :years AND (:region IS NULL OR :region = a.region)
GROUP BY a.id
ORDER BY e.moment IS NULL, e.moment, a.name
