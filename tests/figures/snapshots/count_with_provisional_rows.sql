-- over monthly_return__result, monthly_return; 2016-10, 2016-11, 2016-12
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, count(*) AS v0
FROM (
SELECT coalesce(p1.ancestor, 'unknown') AS k0, (u1."nil" IS NULL) AS provisional
FROM "monthly_return__result" AS r
LEFT JOIN places AS p1 ON p1.code = r."place" AND p1.ancestor_level = 1 AND (p1.valid_from IS NULL OR p1.valid_from <= DATE '2016-12-31') AND (p1.valid_to IS NULL OR p1.valid_to >= DATE '2016-12-31')
JOIN "monthly_return" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."month" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31'
)
GROUP BY k0
ORDER BY k0;
