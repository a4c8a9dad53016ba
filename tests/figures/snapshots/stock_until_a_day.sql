-- over list_water_points; all months
SELECT count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0
FROM (
SELECT FALSE AS provisional, r."users" AS t0
FROM "list_water_points" AS r
WHERE r."status_on" <= DATE '2016-12-31' AND (r."installed_on" IS NULL OR r."installed_on" >= DATE '2016-12-31')
);
