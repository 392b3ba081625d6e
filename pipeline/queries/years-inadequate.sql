-- How long councils stayed inadequate
-- Each time from a first inadequate inspection to the next full one that was better, and the monitoring visits between.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :at (date)  as things stood then; by default when the newest article appeared
-- @since  date of the first inadequate inspection
-- @until  date of the inspection that was better, or last day of a council that was abolished; empty where articles tell of neither
-- @after  the grade that it came to, or `abolished`
-- @years  from the one to the other, or to `at`
-- @inspections  full inspections in that time that found it inadequate
-- @monitoring_visits  those between, as far as articles tell of them
-- @longest_gap  years that passed without a full inspection that articles tell of: above five one is likely to be missing
WITH now AS (
    SELECT day, 2000 + (julianday(day) - julianday('2000-01-01')) / 365.25 AS moment
    FROM (SELECT coalesce(:at || substr('0000-12-31', length(:at) + 1), (SELECT max(published) FROM articles)) AS day)
),
ends AS (
    SELECT id, CASE WHEN end_date < day THEN end_date END AS abolished,
        CASE WHEN end_date < day THEN 2000 + (julianday(end_date) - julianday('2000-01-01')) / 365.25 ELSE now.moment END AS last
    FROM authorities, now
),
steps AS (
    SELECT s.*, abolished, last, lag(height) OVER (PARTITION BY council_id ORDER BY moment, event_id) AS height_before
    FROM spells s JOIN ends ON id = council_id WHERE moment <= last
),
runs AS (
    SELECT *, next_height > 1 AND next_moment <= last AS better,
        sum(coalesce(height_before, 0) != 1) OVER (PARTITION BY council_id ORDER BY moment, event_id) AS run
    FROM steps WHERE height = 1
),
times AS (
    SELECT council_id, council, gss, region, min(moment) AS start, min(date) AS since, count(*) AS inspections,
        coalesce(max(next_moment) FILTER (WHERE better), last) AS finish,
        coalesce(max(next_date) FILTER (WHERE better), abolished) AS until,
        coalesce(max(next_overall) FILTER (WHERE better), CASE WHEN abolished IS NOT NULL THEN 'abolished' END) AS after,
        max(min(coalesce(next_moment, last), last) - moment) AS longest_gap
    FROM runs GROUP BY council_id, run
)
SELECT
    council, region, since, until, after, round(finish - start, 1) AS years, inspections,
    (
        SELECT count(*) FROM events v
        WHERE v.council_id = t.council_id AND v.kind = 'monitoring_visit' AND v.moment BETWEEN start AND finish
    ) AS monitoring_visits,
    round(longest_gap, 1) AS longest_gap
FROM times t
WHERE (:council IS NULL OR :council IN (council_id, council, gss)) AND (:region IS NULL OR :region = region)
ORDER BY years DESC, council, since
