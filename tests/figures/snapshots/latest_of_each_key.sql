-- over visit, list_water_points__newest; all months
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0
FROM (
SELECT coalesce(h1."type", 'unknown') AS k0, FALSE AS provisional, COALESCE(CAST(r."litres__integer" AS DECIMAL(28,6)), r."litres__decimal") AS t0
FROM "visit" AS r
LEFT JOIN "list_water_points__newest" AS h1 ON h1._entity = r."point"
WHERE COALESCE(CAST(r."litres__integer" AS DECIMAL(28,6)), r."litres__decimal") IS NOT NULL AND r."visited_on" <= DATE '2016-12-31'
QUALIFY row_number() OVER (PARTITION BY r."point", k0 ORDER BY r."visited_on" DESC, r._received_at DESC, r._instance_id DESC, r._row DESC) = 1
)
GROUP BY k0
ORDER BY k0;
