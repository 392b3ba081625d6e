-- Themes criticised and praised most
-- In how many events each theme is criticised and praised, by grade, framework, year, kind or region.
-- :by (grade|framework|year|kind|region|all) = all  what to count by
-- :theme (theme)  only this one
-- :council (council)  only events of this one
-- :since (date)  only events from then on
-- :until (date)  only events up to then
-- @part  the grade, framework …; empty for events without
-- @events  events of that part with a finding on any theme
-- @criticised  events where the theme is criticised: once each, however many articles and findings say so
-- @share  the same in per cent of `events`
-- @praised  events where the theme is praised; both may be so
-- @councils  councils where it is criticised
WITH parts_of AS MATERIALIZED (
    SELECT event_id, council_id,
        CASE :by WHEN 'grade' THEN overall WHEN 'framework' THEN framework WHEN 'year' THEN CAST(moment AS INTEGER)
            WHEN 'kind' THEN kind WHEN 'region' THEN region ELSE 'all' END AS part
    FROM events
    WHERE (:council IS NULL OR :council IN (council_id, council, gss))
        AND (:since IS NULL OR date >= substr(:since, 1, length(date)))
        AND (:until IS NULL OR substr(date, 1, length(:until)) <= :until)
),
told AS MATERIALIZED (
    SELECT DISTINCT event_id, council_id, part, theme, polarity FROM parts_of JOIN event_findings USING (event_id)
),
parts AS (
    SELECT part, count(DISTINCT event_id) AS events FROM told GROUP BY part
)
SELECT
    told.part, theme, events, count(DISTINCT event_id) FILTER (WHERE polarity = 'weakness') AS criticised,
    CAST(round(100.0 * count(DISTINCT event_id) FILTER (WHERE polarity = 'weakness') / events) AS INTEGER) AS share,
    count(DISTINCT event_id) FILTER (WHERE polarity = 'strength') AS praised,
    count(DISTINCT council_id) FILTER (WHERE polarity = 'weakness') AS councils
FROM told JOIN parts ON parts.part IS told.part
WHERE (:theme IS NULL OR :theme = theme)
GROUP BY told.part, theme
ORDER BY told.part IS NULL, told.part, criticised DESC, theme
