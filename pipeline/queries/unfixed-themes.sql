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
    FROM events WHERE moment IS NOT NULL AND event_id IN (SELECT event_id FROM event_findings)
        AND (:council IS NULL OR :council IN (council_id, council, gss))
),
weak AS (
    SELECT event_id, theme, text, row_number() OVER (PARTITION BY event_id, theme ORDER BY place, finding) AS number
    FROM event_findings WHERE polarity = 'weakness' AND event_id IN (SELECT event_id FROM told)
)
SELECT
    t.council, w.theme, t.date, t.kind, n.date AS again, n.kind AS kind_again, w.text AS words, x.text AS words_again
FROM told t
JOIN weak w ON w.event_id = t.event_id AND w.number = 1
JOIN weak x ON x.event_id = t.next_id AND x.theme = w.theme AND x.number = 1
JOIN events n ON n.event_id = t.next_id
WHERE (:theme IS NULL OR :theme = w.theme)
    AND (:region IS NULL OR :region = t.region) AND (:since IS NULL OR n.date >= substr(:since, 1, length(n.date)))
    AND (:until IS NULL OR substr(n.date, 1, length(:until)) <= :until)
ORDER BY t.council, t.council_id, t.moment, t.event_id, w.theme
