-- How many times councils were found inadequate
-- Full inspections whose overall grade was inadequate: visits, and yearly ratings, do not count.
-- :council (council)  only this one
-- :region (region)  only councils of this one
-- :times (number) = 1  only those found so at least so many times
-- @times  inspections with a year
-- @dates  their dates
-- @undated  inspections of which no article tells the year: any of them may be one of those with a date
SELECT
    council, region, sum(moment IS NOT NULL) AS times,
    group_concat(date, ', ') FILTER (WHERE moment IS NOT NULL) AS dates, sum(moment IS NULL) AS undated
FROM (
    SELECT council_id, council, gss, region, moment, date FROM spells WHERE overall = 'inadequate'
    UNION ALL
    SELECT council_id, council, gss, region, moment, date FROM events WHERE graded AND overall = 'inadequate' AND moment IS NULL
    ORDER BY council_id, moment
)
WHERE (:council IS NULL OR :council IN (council_id, council, gss)) AND (:region IS NULL OR :region = region)
GROUP BY council_id
HAVING max(1, sum(moment IS NOT NULL)) >= :times
ORDER BY times DESC, council, council_id
