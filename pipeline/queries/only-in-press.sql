-- Inspections that only articles tell of
-- Full inspections that should be in the official record, by council and date, and are not.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- @first_hand  articles that report it as news; where there are none, an article that looks back may have the year wrong
SELECT council, region, date, kind, framework, overall, articles, first_hand, confidence, source
FROM events
WHERE verified = 'unlisted' AND (:council IS NULL OR :council IN (council_id, council, gss)) AND (:region IS NULL OR :region = region)
ORDER BY first_hand DESC, moment DESC, council, event_id
