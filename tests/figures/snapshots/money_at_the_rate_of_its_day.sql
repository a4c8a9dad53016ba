-- over monthly_return__result, monthly_return; 2016-10, 2016-11, 2016-12
SELECT currency, rate_day, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0
FROM (
SELECT r."currency" AS currency, CASE WHEN u1."month" >= DATE '2016-12-01' THEN DATE '2016-12-01' WHEN u1."month" >= DATE '2016-10-01' THEN DATE '2016-10-01' END AS rate_day, FALSE AS provisional, r."amount" AS t0
FROM "monthly_return__result" AS r
JOIN "monthly_return" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."month" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31'
)
GROUP BY currency, rate_day
ORDER BY currency, rate_day;
