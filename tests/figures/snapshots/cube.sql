SELECT month, place, met, g0, count(*) AS n, CAST(sum(t0) * 1000000 AS HUGEINT)::BIGINT AS s0, count(t0) AS c0, CAST(sum(t1) * 1000000 AS HUGEINT)::BIGINT AS s1, count(t1) AS c1, CAST(sum(t2) * 1000000 AS HUGEINT)::BIGINT AS s2, count(t2) AS c2, CAST(sum(t3) * 1000000 AS HUGEINT)::BIGINT AS s3, count(t3) AS c3, CAST(sum(t4) * 1000000 AS HUGEINT)::BIGINT AS s4, count(t4) AS c4, CAST(sum(t5) * 1000000 AS HUGEINT)::BIGINT AS s5, count(t5) AS c5
FROM (
SELECT date_trunc('month', r._happened) AS month, coalesce(p1.ancestor, r."place") AS place, CAST(CASE WHEN (r."population" = 'REF') THEN 1 ELSE 0 END AS BIGINT) AS met, coalesce(u1."organisation", 'unknown') AS g0, r."sessions" AS t0, r."women" AS t1, r."men" AS t2, r."children" AS t3, r."refugees" AS t4, r."hosts" AS t5
FROM "monthly_return__result" AS r
LEFT JOIN places AS p1 ON p1.code = r."place" AND p1.ancestor_level = 1 AND (p1.valid_from IS NULL OR p1.valid_from <= DATE '2016-11-15') AND (p1.valid_to IS NULL OR p1.valid_to >= DATE '2016-11-15')
JOIN "monthly_return" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."month" IS NOT NULL
)
GROUP BY month, place, met, g0;
