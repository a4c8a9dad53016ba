-- over monthly_return__result, monthly_return; 2016-10, 2016-11, 2016-12
SELECT count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0, sum(t1) AS s1, count(t1) AS c1
FROM (
SELECT FALSE AS provisional, r."refugees" AS t0, r."hosts" AS t1
FROM "monthly_return__result" AS r
JOIN "monthly_return" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."month" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31'
);
