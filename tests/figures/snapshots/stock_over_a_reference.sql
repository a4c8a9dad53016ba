-- over visit, list_water_points__newest; all months
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, count(*) AS v0
FROM (
SELECT coalesce(h1."type", 'unknown') AS k0, FALSE AS provisional, (((r."functional" = 'yes') AND (h1."status" <> 'planned')) AND h1."site" IN (SELECT t.code FROM places AS t WHERE t.ancestor IN ('ML07') AND (t.valid_from IS NULL OR t.valid_from <= DATE '2016-12-31') AND (t.valid_to IS NULL OR t.valid_to >= DATE '2016-12-31'))) AS holds
FROM "visit" AS r
LEFT JOIN "list_water_points__newest" AS h1 ON h1._entity = r."point"
WHERE r."visited_on" <= DATE '2016-12-31' AND r."point" IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY r."point" ORDER BY r."visited_on" DESC, r._received_at DESC, r._instance_id DESC, r._row DESC) = 1
)
WHERE holds
GROUP BY k0
ORDER BY k0;
