-- What each magazine reported, and how fast
-- Articles by publisher and year, the events that they report as news, and the days from report to article.
-- :publisher (publisher)  only this one
-- @year  of the article; empty where it has no date
-- @with_records  articles that tell of an inspection
-- @events  events reported as news
-- @inadequate  of these, full inspections with the overall grade inadequate
-- @timed  articles and events where both the day of the report and that of the article are known
-- @median_days  from report to article, of these; half of them were faster
WITH news AS (
    SELECT DISTINCT a.article_id, a.publisher, substr(a.published, 1, 4) AS year, e.event_id, e.graded AND e.height = 1 AS inadequate,
        CASE WHEN e.reported GLOB '[12]???-??-??' AND a.published GLOB '[12]???-??-??*'
            THEN CAST(julianday(substr(a.published, 1, 10)) - julianday(e.reported) AS INTEGER) END AS days
    FROM inspections i JOIN articles a USING (article_id) JOIN timeline_records r USING (record_id) JOIN events e USING (event_id)
    WHERE i.role = 'current'
),
ranked AS (
    SELECT publisher, year, days, row_number() OVER (PARTITION BY publisher, year ORDER BY days) AS place,
        count(*) OVER (PARTITION BY publisher, year) AS timed
    FROM news WHERE days IS NOT NULL
),
medians AS (
    SELECT publisher, year, timed, avg(days) FILTER (WHERE place IN ((timed + 1) / 2, timed / 2 + 1)) AS median_days,
        max(days) AS most_days
    FROM ranked GROUP BY publisher, year
),
events_of AS (
    SELECT publisher, year, count(DISTINCT event_id) AS events, count(DISTINCT event_id) FILTER (WHERE inadequate) AS inadequate
    FROM news GROUP BY publisher, year
)
SELECT
    c.publisher, c.year, c.articles, c.with_records, coalesce(events, 0) AS events, coalesce(inadequate, 0) AS inadequate,
    coalesce(timed, 0) AS timed, median_days, most_days
FROM coverage c
LEFT JOIN events_of e ON e.publisher = c.publisher AND e.year IS c.year
LEFT JOIN medians m ON m.publisher = c.publisher AND m.year IS c.year
WHERE :publisher IS NULL OR :publisher = c.publisher
ORDER BY c.publisher, c.year
