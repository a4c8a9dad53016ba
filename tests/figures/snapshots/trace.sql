SELECT *
FROM (
SELECT FALSE AS provisional, r."women" AS t0, r."men" AS t1, r."children" AS t2, u1."month" AS _day, r._lineage AS _lineage, r._row AS _row, r._instance_id AS _instance_id, r._version AS _version, r._happened AS _happened, r._received_at AS _received_at, r._state AS _state
FROM "monthly_return__result" AS r
JOIN "monthly_return" AS u1 ON u1._lineage = r._lineage AND u1._instance_id = r._instance_id AND u1._row = r._parent_row
WHERE u1."month" BETWEEN DATE '2016-10-01' AND DATE '2016-12-31'
)
ORDER BY _lineage, _row;
