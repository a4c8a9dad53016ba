-- over monthly_return__result, monthly_return; 2016-10, 2016-11, 2016-12
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0
FROM (
SELECT strftime(u1."month", '%Y-%m') AS k0, FALSE AS provisional, r."sessions" AS t0
FROM "monthly_return__result" AS r
JOIN "monthly_return" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."month" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31' AND coalesce(u1."organisation", 'unknown') IN ('AMSS')
)
GROUP BY k0
ORDER BY k0;
