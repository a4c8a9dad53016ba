-- over repatriation__person, repatriation; 2016-10, 2016-11, 2016-12
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, count(DISTINCT t0) AS v0
FROM (
SELECT coalesce(r."sex", 'unknown') AS k0, FALSE AS provisional, r."person" AS t0
FROM "repatriation__person" AS r
JOIN "repatriation" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."departed_on" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31' AND ((r."boarded" = 'yes') OR (r."boarded" IS NULL))
)
GROUP BY k0
ORDER BY k0;
