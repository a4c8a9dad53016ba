-- over list_water_points; all months
SELECT k0, count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, count(*) AS v0
FROM (
SELECT coalesce(r."cause", 'unknown') AS k0, FALSE AS provisional, (((r."type" = 'borehole') AND (r."status" = 'delayed')) AND r."site" IN (SELECT t.code FROM places AS t WHERE t.ancestor IN ('ML07') AND (t.valid_from IS NULL OR t.valid_from <= DATE '2016-12-31') AND (t.valid_to IS NULL OR t.valid_to >= DATE '2016-12-31'))) AS holds
FROM "list_water_points" AS r
WHERE r."status_on" <= DATE '2016-12-31' AND r."_entity" IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY r."_entity" ORDER BY r."status_on" DESC, r._version DESC, r._lineage DESC) = 1
)
WHERE holds
GROUP BY k0
ORDER BY k0;
