-- Grades by height, 1 to 4. `adequate` (until 2012) and `requires_improvement` (since 2013) hold the same place on their scales.
SELECT column1 AS grade, column2 AS height
FROM (VALUES ('outstanding', 4), ('good', 3), ('requires_improvement', 2), ('adequate', 2), ('inadequate', 1))
