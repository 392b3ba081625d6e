-- Where articles disagree with one another
-- Events on which two articles say different things, each with what it says.
-- :council (council)  only this one
-- :field (inspected|reported|kind|overall|help_and_protection|children_in_care|care_leavers|leadership)  only this one
-- @field  what they disagree about
-- @value  what this article says
-- @agrees  1 where the timeline has that
-- @role  `current` where the article reports the event as news, `previous` where it looks back
SELECT e.council, e.date, e.kind, w.field, w.value, w.agrees, i.role, a.publisher, a.published, a.source, w.record_id
FROM events e
CROSS JOIN json_each(e.disputed) d  -- of few events; witnesses are many
CROSS JOIN timeline_witnesses w ON w.event_id = e.event_id AND w.field = d.value
JOIN inspections i ON i.record_id = w.record_id
JOIN articles a ON a.article_id = i.article_id
WHERE (:council IS NULL OR :council IN (e.council_id, e.council, e.gss)) AND (:field IS NULL OR :field = w.field)
ORDER BY e.council, e.council_id, e.moment, e.event_id, w.field, w.agrees DESC, a.published, w.record_id
