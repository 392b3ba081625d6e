-- The share of councils that are good or outstanding
-- Councils by their latest overall grade at a date, those that existed then: all, and by region, type or framework.
-- :at (date)  the date; by default when the newest article appeared
-- :by (region|type|framework) = region  what to count by; the framework is that of the latest inspection
-- @known  councils whose grade an article tells
-- @good_or_outstanding  how many of these
-- @share  the same in per cent of `known`
-- @unknown  councils of which no article tells a grade with a year
WITH now AS (
    SELECT day, 2000 + (julianday(day) - julianday('2000-01-01')) / 365.25 AS moment
    FROM (SELECT :at || substr('0000-12-31', length(:at) + 1) AS day WHERE :at IS NOT NULL
          UNION ALL SELECT max(published) FROM articles WHERE :at IS NULL)
),
latest AS (
    SELECT s.*, row_number() OVER (PARTITION BY council_id ORDER BY s.moment DESC, event_id DESC) AS place
    FROM spells s, now WHERE s.moment <= now.moment
),
held AS (
    SELECT l.overall, l.height,
        CASE :by WHEN 'type' THEN a.type WHEN 'framework' THEN coalesce(l.framework, '') ELSE a.region END AS part
    FROM now, authorities a
    LEFT JOIN latest l ON l.council_id = a.id AND place = 1
    WHERE coalesce(a.start_date, '') <= day AND coalesce(a.end_date, '9') >= day
),
counted AS (
    SELECT 0 AS whole, * FROM held UNION ALL SELECT 1, overall, height, 'all' FROM held
)
SELECT
    part AS councils, count(height) AS known, coalesce(sum(height >= 3), 0) AS good_or_outstanding,
    CAST(round(100.0 * sum(height >= 3) / count(height)) AS INTEGER) AS share, sum(height IS 4) AS outstanding, sum(height IS 3) AS good,
    sum(height IS 2) AS requires_improvement, sum(height IS 1) AS inadequate, sum(height IS NULL) AS unknown
FROM counted
GROUP BY whole, part
ORDER BY whole, part
