-- over source_register; all months
SELECT count(*) AS n, count(*) FILTER (WHERE provisional) AS provisional, sum(t0) AS s0, count(t0) AS c0
FROM (
SELECT FALSE AS provisional, r."value" AS t0
FROM "source_register" AS r
WHERE r."value" IS NOT NULL AND r."as_of" <= DATE '2016-12-31' AND (r."item" = 'idp_returnees') AND coalesce(r."source", 'unknown') IN ('cmp-2016-10')
QUALIFY row_number() OVER (PARTITION BY r."place" ORDER BY r."as_of" DESC, r._received_at DESC, r._instance_id DESC, r._row DESC) = 1
);
