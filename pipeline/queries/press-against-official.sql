-- Where articles and the official record disagree
-- Each field of an inspection that articles tell otherwise than Ofsted's own report, with their words.
-- :council (council)  only this one
-- :field (inspected|reported|overall|help_and_protection|children_in_care|care_leavers|leadership|adoption)  only this one
-- @said  what the article says
-- @official  what the report says
-- @quote  the words of the article
-- @record_id  to look it up: `ofsted-records show RECORD_ID`
SELECT council, date, kind, field, said, official, quote, source, record_id
FROM contradictions
WHERE (:council IS NULL OR council_id = :council OR council = :council) AND (:field IS NULL OR :field = field)
ORDER BY council, council_id, date, event_id, field, source, record_id
