-- What inspectors said before a council rose or fell
-- Themes of the findings from one full inspection up to the next, where the grade moved, beside those where it did not.
-- :direction (up|down) = down  which way the grade moved
-- :after (grade)  only moves to this grade: with `down`, `inadequate` for those that fell so far
-- :polarity (strength|weakness) = weakness  criticism, or praise
-- @moved  times between two inspections with findings after which the grade moved so
-- @said_before_move  of these, times when the theme was criticised (or praised)
-- @share_before_move  the same in per cent
-- @stayed  times with findings after which it did not move so, though it could have
-- @share_before_stay  in how many per cent of these the theme was criticised (or praised)
WITH said AS (
    SELECT s.event_id AS spell, f.theme, f.polarity,
        CASE :direction WHEN 'up' THEN next_height > s.height ELSE next_height < s.height END
            AND (:after IS NULL OR :after = next_overall) AS moved
    FROM spells s
    JOIN events e ON e.council_id = s.council_id AND e.moment >= s.moment AND e.moment < next_moment
    JOIN event_findings f ON f.event_id = e.event_id
    WHERE next_height IS NOT NULL AND s.height != CASE :direction WHEN 'up' THEN 4 ELSE 1 END  -- it could move so
),
totals AS (
    SELECT count(DISTINCT spell) FILTER (WHERE moved) AS moved, count(DISTINCT spell) FILTER (WHERE NOT moved) AS stayed FROM said
)
SELECT
    theme, t.moved, count(DISTINCT spell) FILTER (WHERE said.moved) AS said_before_move,
    CAST(round(100.0 * count(DISTINCT spell) FILTER (WHERE said.moved) / t.moved) AS INTEGER) AS share_before_move, t.stayed,
    CAST(round(100.0 * count(DISTINCT spell) FILTER (WHERE NOT said.moved) / t.stayed) AS INTEGER) AS share_before_stay
FROM said, totals t
WHERE polarity = :polarity
GROUP BY theme
ORDER BY said_before_move DESC, theme
