-- over visit; all months
SELECT count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0
FROM (
SELECT FALSE AS provisional, COALESCE(CAST(r."litres__integer" AS DECIMAL(28,6)), r."litres__decimal") AS t0
FROM "visit" AS r
WHERE r."visited_on" <= DATE '2016-12-31' AND r."visited_on" >= DATE '2016-10-15'
);
