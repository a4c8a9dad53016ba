"""Tables that the tests of meaning share: every kind of table, of column and of reference."""

from toguna.figures.core.tables import GivenSources, SourceColumn, SourceTable, Stored, column

YES_NO = frozenset({"yes", "no"})


def _table(
    name: str, kind: str, *columns: SourceColumn, parent: str | None = None, key: str | None = None
) -> SourceTable:
    lake = {"entities": f"list_{name}", "reference": f"ref_{name}"}.get(kind, name.replace("/", "__"))
    return SourceTable(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        lake=lake,
        columns={one.name: one for one in columns},
        parent=parent,
        key=key,
    )


MONTHLY_RETURN = _table(
    "monthly_return",
    "form",
    column("organisation", "select_one", reference="organisations"),
    column("month", "date"),
    column("nil", "select_one", choices=YES_NO),
    column("narrative", "text"),
)
RESULT = _table(
    "monthly_return/result",
    "repeat",
    column("activity", "select_one", choices=frozenset({"hygiene_session", "birth_certificate", "school_kit"})),
    column("place", "select_one", reference="places"),
    column("population", "select_one", choices=frozenset({"REF", "IDP", "HST", "RET"})),
    column("sessions", "integer"),
    column("women", "integer"),
    column("men", "integer"),
    column("girls", "integer"),
    column("boys", "integer"),
    column("children", "integer"),
    column("refugees", "integer"),
    column("hosts", "integer"),
    column("households", "integer"),
    column("amount", "decimal"),
    column("currency", "select_one", choices=frozenset({"XOF", "USD"})),
    column("none", "select_one", choices=YES_NO),
    column("themes", "select_multiple", choices=frozenset({"health", "water", "rights"})),
    column("photo", "attachment"),
    parent="monthly_return",
)
PERSON = _table(
    "repatriation/person",
    "repeat",
    column("person", "text", sensitivity="confidential"),
    column("sex", "select_one", choices=frozenset({"f", "m"}), sensitivity="confidential"),
    column("birth_month", "date", birth=True, sensitivity="confidential"),
    column("boarded", "select_one", choices=YES_NO),
    parent="repatriation",
)
REPATRIATION = _table(
    "repatriation",
    "form",
    column("movement", "text"),
    column("departed_on", "date"),
    column("origin", "select_one", reference="places"),
    column("country", "select_one", choices=frozenset({"CIV", "TGO"})),
)
WATER_POINTS = _table(
    "water_points",
    "entities",
    column("type", "select_one", choices=frozenset({"borehole", "handwashing"})),
    column("status", "select_one", choices=frozenset({"planned", "delayed", "installed"})),
    column("cause", "select_one", choices=frozenset({"equipment", "access"})),
    column("status_on", "date"),
    column("installed_on", "date"),
    column("site", "select_one", reference="places"),
    column("users", "integer"),
)
VISIT = _table(
    "visit",
    "form",
    column("point", "select_one", reference="water_points"),
    column("visited_on", "date"),
    column("functional", "select_one", choices=YES_NO),
    SourceColumn(
        name="litres",
        stored=(Stored(name="litres__integer", type="integer"), Stored(name="litres__decimal", type="decimal")),
    ),
    SourceColumn(
        name="odd", stored=(Stored(name="odd__integer", type="integer"), Stored(name="odd__text", type="text"))
    ),
    column("seen_at", "datetime"),
    column("urgent", "boolean"),
)
SOURCE_REGISTER = _table(
    "source_register",
    "form",
    column("source", "text", sensitivity="public"),
    column("owner", "text", sensitivity="public"),
    column("title", "text", sensitivity="public"),
    column("page", "text", sensitivity="public"),
    column("item", "text", sensitivity="public"),
    column("as_of", "date", sensitivity="public"),
    column("place", "select_one", reference="places", sensitivity="public"),
    column("value", "decimal", sensitivity="public"),
    column("low", "decimal", sensitivity="public"),
    column("high", "decimal", sensitivity="public"),
    column("method", "select_one", choices=frozenset({"register", "estimate"}), sensitivity="public"),
    column("stale_after", "date", sensitivity="public"),
)
INCIDENTS = _table(
    "incident_table/incident",
    "repeat",
    column("incident_type", "select_one", choices=frozenset({"theft", "extortion"}), sensitivity="confidential"),
    column("region", "select_one", reference="places", sensitivity="confidential"),
    column("incidents", "integer", sensitivity="confidential"),
    parent="incident_table",
)
INCIDENT_TABLE = _table("incident_table", "form", column("month", "date"), column("nil", "select_one", choices=YES_NO))
AGREEMENTS = _table(
    "agreements",
    "reference",
    column("agreement", "text"),
    column("organisation", "text", reference="organisations"),
    column("sector", "text"),
    column("starts", "date"),
    column("ends", "date"),
    column("place", "text", reference="places"),
    key="agreement",
)
TARGETS = _table(
    "targets",
    "reference",
    column("id", "text"),
    column("indicator", "text"),
    column("value", "decimal"),
    column("starts", "date"),
    column("ends", "date"),
    key="id",
)
ORGANISATIONS = _table("organisations", "reference", column("code", "text"), column("kind", "text"), key="code")

SOURCES = GivenSources(
    tables={
        table.name: table
        for table in (
            MONTHLY_RETURN,
            RESULT,
            REPATRIATION,
            PERSON,
            WATER_POINTS,
            VISIT,
            SOURCE_REGISTER,
            INCIDENTS,
            INCIDENT_TABLE,
            AGREEMENTS,
            TARGETS,
            ORGANISATIONS,
        )
    }
)
