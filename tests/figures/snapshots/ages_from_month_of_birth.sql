-- over repatriation__person, repatriation; 2016-10, 2016-11, 2016-12
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, count(*) AS v0
FROM (
SELECT CASE WHEN (CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) BETWEEN 0 AND 4 THEN '0-4' WHEN (CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) BETWEEN 5 AND 11 THEN '5-11' WHEN (CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) BETWEEN 12 AND 17 THEN '12-17' WHEN (CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) BETWEEN 18 AND 59 THEN '18-59' WHEN (CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) >= 60 THEN '60+' ELSE 'unknown' END AS k0, FALSE AS provisional
FROM "repatriation__person" AS r
JOIN "repatriation" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."departed_on" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31' AND ((CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) BETWEEN 0 AND 17 OR (CASE WHEN date_diff('month', r."birth_month", u1."departed_on") >= 0 THEN date_diff('month', r."birth_month", u1."departed_on") // 12 END) IS NULL)
)
GROUP BY k0
ORDER BY k0;
