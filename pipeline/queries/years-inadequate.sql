-- How long councils stayed inadequate
-- Each time from a first inadequate inspection to the next full one that was better, and the monitoring visits between.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :at (date)  as things stood then; by default when the newest article appeared
-- @since  date of the first inadequate inspection
-- @until  date of the inspection that was better; empty where articles tell of none yet
-- @after  the grade that it came to
-- @years  from the one to the other, or to `at`
-- @inspections  full inspections in that time that found it inadequate
-- @monitoring_visits  those between, as far as articles tell of them
-- @longest_gap  years that passed without a full inspection that articles tell of: above five one is likely to be missing
WITH now AS (
    SELECT 2000 + (julianday(day) - julianday('2000-01-01')) / 365.25 AS moment
    FROM (SELECT :at || substr('0000-12-31', length(:at) + 1) AS day WHERE :at IS NOT NULL
          UNION ALL SELECT max(published) FROM articles WHERE :at IS NULL)
),
steps AS (
    SELECT *, lag(height) OVER (PARTITION BY council_id ORDER BY moment, event_id) AS height_before FROM spells
),
runs AS (
    SELECT *, sum(coalesce(height_before, 0) != 1) OVER (PARTITION BY council_id ORDER BY moment, event_id) AS run
    FROM steps WHERE height = 1 AND moment <= (SELECT moment FROM now)
),
times AS (
    SELECT council_id, council, gss, region, min(runs.moment) AS start, min(date) AS since, count(*) AS inspections,
        round(max(min(coalesce(next_moment, 9999), now.moment) - runs.moment), 1) AS longest_gap,
        max(next_moment) FILTER (WHERE next_height > 1 AND next_moment <= now.moment) AS finish,
        max(next_date) FILTER (WHERE next_height > 1 AND next_moment <= now.moment) AS until,
        max(next_overall) FILTER (WHERE next_height > 1 AND next_moment <= now.moment) AS after
    FROM runs, now GROUP BY council_id, run
)
SELECT
    council, region, since, until, after, round(coalesce(finish, now.moment) - start, 1) AS years, inspections,
    (
        SELECT count(*) FROM events v
        WHERE v.council_id = t.council_id AND v.kind = 'monitoring_visit' AND v.moment >= start
            AND v.moment <= coalesce(finish, now.moment)
    ) AS monitoring_visits,
    longest_gap
FROM times t, now
WHERE (:council IS NULL OR :council IN (council_id, council, gss))
    AND (:region IS NULL OR :region = region)
ORDER BY years DESC, council, since
