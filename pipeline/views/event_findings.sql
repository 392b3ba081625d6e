-- Each finding on each of its themes, with the event that it is of.
SELECT
    r.event_id, t.value AS theme, f.polarity, f.text, f.quoted, f.attribution, f.record_id, r.place, f.finding
FROM findings f
JOIN timeline_records r USING (record_id)
JOIN json_each(f.themes) t
