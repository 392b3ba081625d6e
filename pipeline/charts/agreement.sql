-- Events of the timeline by what the official record says of them.
SELECT verified, count(*) AS events FROM timeline WHERE verified IS NOT NULL GROUP BY verified ORDER BY verified
