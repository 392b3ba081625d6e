-- Themes criticised again
-- Themes criticised at one event of a council, and again at the next one that articles give findings of.
-- :council (council)  only this one
-- :theme (theme)  only this one
-- :region (region)  only councils of this one
-- :since (date)  only where it was criticised again from then on
-- :until (date)  only where it was criticised again up to then
-- @date  when it was criticised
-- @again  when it was criticised the next time
-- @words  what was said first
-- @words_again  what was said then
WITH told AS (
    SELECT *, lead(event_id) OVER (PARTITION BY council_id ORDER BY moment, date, event_id) AS next_id
    FROM events e WHERE moment IS NOT NULL AND EXISTS (SELECT 1 FROM event_findings f WHERE f.event_id = e.event_id)
        AND (:council IS NULL OR :council IN (council_id, council, gss))
),
weak AS MATERIALIZED (
    SELECT event_id, theme, record_id, finding, min(place * 1000000 + finding)  -- what is bare is that of the first one
    FROM event_findings WHERE polarity = 'weakness' AND event_id IN (SELECT event_id FROM told) GROUP BY event_id, theme
)
SELECT
    t.council, w.theme, t.date, t.kind, n.date AS again, n.kind AS kind_again, first.text AS words, then_.text AS words_again
FROM told t
JOIN weak w ON w.event_id = t.event_id
JOIN weak x ON x.event_id = t.next_id AND x.theme = w.theme
JOIN findings first ON first.record_id = w.record_id AND first.finding = w.finding
JOIN findings then_ ON then_.record_id = x.record_id AND then_.finding = x.finding
JOIN events n ON n.event_id = t.next_id
WHERE (:theme IS NULL OR :theme = w.theme)
    AND (:region IS NULL OR :region = t.region) AND (:since IS NULL OR n.date >= substr(:since, 1, length(n.date)))
    AND (:until IS NULL OR substr(n.date, 1, length(:until)) <= :until)
ORDER BY t.council, t.council_id, t.moment, t.event_id, w.theme
