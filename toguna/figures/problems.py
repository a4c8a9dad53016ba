"""The faults of indicators, references and figures."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("figures")

# Expressions

FAULTS.error(
    "expression_empty", "The expression is empty.", "Write a condition such as type = 'borehole', or leave the key out."
)
FAULTS.error(
    "expression_character",
    "{near!r} may not stand in an expression.",
    "Write columns, 'text' in single quotes, numbers, = <> < <= > >= + - * / ( ) , and words of the list.",
)
FAULTS.error(
    "expression_too_long",
    "The expression is too long ({near} characters).",
    "At most 4,000 characters and 400 words; use in (...).",
)
FAULTS.error(
    "expression_too_deep", "Brackets, nots or signs are nested more than {near} deep.", "Take needless brackets out."
)
FAULTS.error(
    "expression_not_read",
    "{near!r} cannot be read as one expression.",
    "Compare columns with values and join with and, or, not.",
)
FAULTS.error(
    "expression_not_allowed",
    "{near!r} is not among what an expression may hold.",
    "Keep to columns, literals, comparisons, and, or, not, in, between, is null, arithmetic and the named functions.",
)
FAULTS.error(
    "expression_wants", "The expression gives {found}, and a {wanted} is needed.", "Write one that gives a {wanted}."
)
FAULTS.error("function_unknown", "There is no function {near}.", "{nearest}")
FAULTS.error(
    "function_arguments", "The function {near} takes {wanted} values, and {found} are given.", "Give it {wanted}."
)
FAULTS.error("function_takes", "The function {near} takes a {wanted}; {found} is {type}.", "Give it a {wanted}.")
FAULTS.error(
    "types_differ",
    "{left} is {left_type} and {right} is {right_type}: they cannot be compared.",
    "Compare numbers with numbers, text with 'text', dates with dates.",
)
FAULTS.error("no_order", "{column} is {type}, which has no order.", "Use = or <> or in (...).")
FAULTS.error(
    "not_a_number", "{near} is {type}, and arithmetic needs numbers.", "Use columns of whole numbers or decimals."
)
FAULTS.error("codes_compared", "{column} may hold several choices at once.", "Write selected({column}, 'choice').")
FAULTS.error("null_compared", "Nothing is ever equal to null.", "Write is null or is not null.")
FAULTS.error("list_of_literals", "{near} stands in a list and is no literal.", "List 'texts', numbers or dates only.")
FAULTS.error("choice_not_offered", "{column} never holds {value!r}.", "{nearest}")
FAULTS.error("date_wrong", "{near!r} is not a day of the calendar.", "Write '2016-12-31'.")
FAULTS.error("number_too_long", "{near} has too many digits.", "At most 15 before the point and 6 after it.")
FAULTS.error(
    "path_wrong",
    "{near!r} is not a column.",
    "Write a column, a path such as holder.population, or ^column of the parent.",
)
FAULTS.error("path_no_parent", "{near} reads above {table}, which stands in no other table.", "Take one ^ away.")
FAULTS.error(
    "path_no_reference",
    "{path}: the column {near} of {table} refers to nothing that can be read.",
    "Only a select_one_from_file over an entity list or a reference table can be followed.",
)
FAULTS.error("column_unknown", "{table} has no column {column}.", "{nearest}")
FAULTS.error(
    "column_elsewhere",
    "{table} cannot give {column}; these can: {able}.",
    "Take the indicator from one of them. {nearest}",
)
FAULTS.error(
    "column_not_readable",
    "{near} cannot be read by an indicator (it was of type: {types}).",
    "Positions, files and columns that changed their kind are not counted; name another column.",
)

# References

FAULTS.error(
    "reference_wrong", "{near!r} is not a figure reference.", "Write indicator, or indicator?key=value&key=value."
)
FAULTS.error(
    "reference_pair",
    "{near!r} is not a key and its value.",
    "Write key=value; several values with commas; letters without accents, digits and _ . : - + only.",
)
FAULTS.error(
    "reference_key_twice", "The key {key} stands twice.", "Write it once; several values are separated by commas."
)
FAULTS.error("reference_one_value", "The key {key} takes one value.", "Write one; for a range of days write a..b.")
FAULTS.error(
    "reference_period",
    "{near!r} is not a period.",
    "Write 2016, 2016-Q4, 2016-12, 2016-12-21, a..b, a.., ..b, ytd or -1.",
)
FAULTS.error("reference_key_unknown", "{indicator} has no key {key}.", "{nearest}")
FAULTS.error(
    "category_elsewhere", "{indicator} cannot be split by {key}; these can: {able}.", "Refer to one of them. {nearest}"
)
FAULTS.error("category_value_unknown", "{key} never takes {value!r}.", "{nearest}")
FAULTS.error(
    "categories_not_crossed",
    "The form of {indicator} never asked {keys} together: they stand in different columns.",
    "Name one of them.",
)
FAULTS.error(
    "owner_hedge",
    "{reference}: the owner of the value says {hedge}, and show={show} says something else.",
    "Leave the hedge out of show: the owner's is printed.",
)
FAULTS.warning(
    "owner_hedge_unknown",
    "{reference}: the source {source} has the hedge {word!r}, which is not known; about is printed.",
    "Write about, over, at-least or nearly in the source's row.",
)
FAULTS.error("indicator_unknown", "There is no indicator {indicator}.", "{nearest}")
FAULTS.error("show_unknown", "show cannot be {value!r}.", "{nearest}")
FAULTS.error(
    "show_twice",
    "show={near} asks for two things at once.",
    "Write one style, one hedge, one digits=N or nearest-5; list and names stand alone.",
)
FAULTS.error(
    "show_list_of_derived",
    "{indicator} is worked out of others and has no list of names.",
    "Refer to the indicator that counts them.",
)

# Definitions

FAULTS.error(
    "yaml_wrong", "This is not YAML: {said}.", "Mend the line; values with ': ' or '#' stand in double quotes."
)
FAULTS.error("yaml_too_long", "The file is longer than 2,000,000 characters.", "Split it.")
FAULTS.error(
    "yaml_too_deep", "The values are nested too deeply.", "No key of an indicator needs more than three levels."
)
FAULTS.error("yaml_alias", "Anchors and aliases (& and *) are not read.", "Write the value out.")
FAULTS.error("yaml_key_twice", "The key {key} stands twice.", "Keep one of them.")
FAULTS.error(
    "indicators_wanted",
    "An indicator is a name with keys below it.",
    "Write name:, and label, unit, basis, kind ... below, indented.",
)
FAULTS.error(
    "indicator_name",
    "{name!r} cannot name an indicator.",
    "Write small letters, digits and _, beginning with a letter.",
)
FAULTS.error("indicator_twice", "{indicator} is declared twice; first in {first}.", "Rename one of them.")
FAULTS.error("key_unknown", "{indicator} cannot have the key {key}.", "{nearest}")
FAULTS.error("key_missing", "{indicator} needs the key {key}.", "Add it.")
FAULTS.error("key_wants", "{indicator}: {key} must be {wanted}.", "Write it so.")
FAULTS.error("value_unknown", "{indicator}: {key} cannot be {value!r}.", "{nearest}")
FAULTS.error("language_missing", "{indicator}: {key} has no text in {language}.", "Add {language}: its text.")
FAULTS.warning(
    "language_untold",
    "{indicator}: {key} has no text in {language}; the text in another language is printed.",
    "Add {language}: its text.",
)
FAULTS.warning("label_missing", "{indicator} has no label; its name is printed.", "Add label: {{en: ..., fr: ...}}.")
FAULTS.error("table_unknown", "{indicator}: there is no form, repeat, entity list or table {table}.", "{nearest}")
FAULTS.error(
    "measure_wrong",
    "{indicator}: {value!r} is not a measure.",
    "Write count, distinct COLUMN, distinct place@LEVEL, sum EXPRESSION, or latest COLUMN by [KEYS].",
)
FAULTS.error("column_type", "{indicator}: {key} names {column}, which is {type}.", "Name a column that is {wanted}.")
FAULTS.error("place_needed", "{indicator}: {column} is not a place.", "Name a select_one_from_file over places.csv.")
FAULTS.error(
    "codes_split",
    "{indicator}: {column} may hold several choices, so that a row would stand in several categories.",
    "Make an indicator for each, with where: selected({column}, 'choice').",
)
FAULTS.error(
    "valid_by",
    "{indicator}: rows of {table} have no versions of their own.",
    "Say what has versions, by: COLUMN, or until: COLUMN.",
)
FAULTS.error(
    "category_name",
    "{indicator}: {name!r} cannot name a category.",
    "Write small letters; period, place, as_of, edition, show, month and region are taken.",
)
FAULTS.error(
    "wide_cell",
    "{indicator}: {column} cannot be a cell of {name}.",
    "Name a column of numbers of the row itself, and its category or null.",
)
FAULTS.error("age_wrong", "{indicator}: {value!r} is not an age.", "Write 0-17, 60+ or 5.")
FAULTS.error(
    "age_needs", "{indicator}: {name} is computed from neither or both of birth and years.", "Give one of them."
)
FAULTS.error(
    "birth_needed",
    "{indicator}: {column} is not declared a date of birth.",
    "Set bind::tg:birth = yes at the question.",
)
FAULTS.error("brackets_unknown", "{indicator}: the operation has no age brackets {brackets}.", "Name one of {known}.")
FAULTS.error(
    "not_money", "{indicator}: {key} is for money, and the unit is {unit}.", "Take it out, or write a currency as unit."
)
FAULTS.error(
    "currency_unnamed",
    "{indicator}: {table} holds amounts of several currencies.",
    "Add currency: and the column that names it.",
)
FAULTS.error(
    "money_counted", "{indicator}: rows are counted, and the unit is {unit}.", "Write measure: sum and the amount."
)
FAULTS.error("of_wrong", "{indicator}: a {kind} is of {wanted} indicators.", "List them: of: [a, b].")
FAULTS.error("of_unknown", "{indicator} is of {of}, which is not declared.", "{nearest}")
FAULTS.error("of_circle", "{indicator} is made of itself: {of}.", "Break the circle.")
FAULTS.error("of_faulty", "{indicator} is of {of}, which has faults of its own.", "Mend {of} first.")
FAULTS.error(
    "where_of_derived",
    "{indicator}: its numerator {of} is itself worked out of others.",
    "Narrow an indicator taken from a table.",
)
FAULTS.error(
    "units_differ",
    "{indicator}: the units differ ({units}).",
    "Use indicators of one unit; turning one into the other is an estimate.",
)
FAULTS.error(
    "change_wrong",
    "{indicator}: a {kind} cannot be of {of}, which is a {of_kind}.",
    "Use an indicator taken from a table, or a sum or difference of such.",
)
FAULTS.error(
    "rate_percent", "{indicator}: a percentage cannot have per or a_day.", "Name another unit, such as cases per 1,000."
)
FAULTS.error(
    "rate_daily",
    "{indicator}: a_day needs a flow, and {of} is a {kind}.",
    "Use a numerator that counts what happened in the period.",
)
FAULTS.error("target_planned", "{indicator}: a target is planned.", "Write basis: planned.")
FAULTS.error("flow_date", "{indicator}: a flow needs the day on which it happened.", "Add date: and a column.")
FAULTS.error(
    "stock_needs",
    "{indicator}: a {kind} holds by interval or by its latest value, one of the two.",
    "Write valid: {{since: COLUMN, until: next}} or measure: latest COLUMN by [KEYS].",
)
FAULTS.error("kind_key", "{indicator}: a {kind} cannot have the key {key}.", "Take it out, or choose another kind.")
FAULTS.error(
    "kind_measure",
    "{indicator}: a {kind} cannot be measured by {measure}.",
    "Write count, distinct or sum; or kind: stock.",
)
FAULTS.error(
    "latest_by_alone", "{indicator}: latest_by is for measure: latest, instead of date.", "Keep one of the two keys."
)
FAULTS.error(
    "persons_missing",
    "{indicator} counts persons and does not say which.",
    "Add persons: attendances, served, newly_served or distinct.",
)
FAULTS.error(
    "persons_unit", "{indicator}: persons is said, and the unit is {unit}.", "Write unit: persons, or take persons out."
)
FAULTS.error(
    "persons_distinct",
    "{indicator}: without an id that all share, the same person may be in two rows.",
    "Write measure: distinct and the id's column, or persons: served.",
)
FAULTS.error(
    "persons_not_distinct",
    "{indicator}: different persons are counted, which are not {persons}.",
    "Write persons: distinct.",
)
FAULTS.error(
    "attendances_reached",
    "{indicator}: attendances are called persons reached; one person may attend twice.",
    "Write participants or attendances in the label.",
)
FAULTS.error("converted", "{indicator}: {unit} are made by multiplying.", "Write basis: estimated, and its method.")
FAULTS.error(
    "wide_needs_sum",
    "{indicator}: {name} is made of columns, and the measure adds none.",
    "Write measure: sum and the columns.",
)
FAULTS.error(
    "wide_plain_sum", "{indicator}: {name} splits a sum that does more than add columns.", "Write sum a + b + c."
)
FAULTS.error(
    "wide_missing", "{indicator}: {name} does not say what {columns} are.", "Name them; null for what was not asked."
)
FAULTS.error(
    "wide_further",
    "{indicator}: {name} names {columns}, which the sum does not add.",
    "Add them to the sum, or take them out.",
)
FAULTS.error("basis_key", "{indicator}: {key} has no meaning for what is {basis}.", "Take it out.")
FAULTS.error(
    "quoted_owner",
    "{indicator} is quoted from nobody.",
    "Take it from a table with a column owner, or name it: source: {{owner: COLUMN}}.",
)
FAULTS.error(
    "estimated_method",
    "{indicator} is estimated, and nobody says how.",
    "Add a column method to its source, or write definition.",
)
FAULTS.error(
    "threshold_lowered",
    "{indicator}: suppress_below {value} lies below the {demanded} that {sensitivity} demands.",
    "Raise it, or take it out.",
)
FAULTS.error(
    "release_wrong",
    "{indicator} is {sensitivity}: it cannot be released.",
    "Only a confidential figure can; take the key out.",
)
FAULTS.error(
    "release_role_unknown", "There is no role {role}: nobody could ever release this.", "Choose one of {known}."
)

# Adding

FAULTS.error("add_ratio", "{indicator} is a share: shares do not add over {axis}.", "Compute the share of the whole.")
FAULTS.error(
    "add_change", "{indicator} is a change: changes are not added over {axis}.", "Compute the change of the whole."
)
FAULTS.error(
    "add_stock", "{indicator} is not a flow: months do not add over {axis}.", "Give the value at the end of the period."
)
FAULTS.error(
    "add_distinct",
    "{indicator} counts each once: one may stand in several parts of {axis}.",
    "Ask for the whole; it is computed.",
)
FAULTS.error(
    "add_latest",
    "{indicator} takes the latest of each key, and {axis} is no key.",
    "Add it to by [...], or ask for the whole.",
)
FAULTS.error(
    "add_served",
    "{indicator} counts persons served in a month: over {axis}, one served twice would be two.",
    "Ask for one month, or count newly served or distinct persons.",
)
FAULTS.error(
    "add_other_columns",
    "{indicator}: {axis} stands in other columns than the total.",
    "Its parts need not make up the total: say so.",
)
FAULTS.error(
    "sum_kinds", "{indicator} adds {kinds} ({axis}).", "Attendances and persons are two things: keep them apart."
)
FAULTS.error(
    "sum_distinct",
    "{indicator} adds distinct persons of several indicators ({axis}): one may be in two of them.",
    "Count them in one indicator, by an id that all share.",
)
FAULTS.error("sum_times", "{indicator} adds {kinds} ({axis}).", "Add flows to flows, stocks to stocks.")

# Showing

FAULTS.error(
    "hedge_untrue",
    "{reference}: {hedge} {printed} is not true of {value} ({condition}).",
    "Show other digits, or another hedge; show={show}.",
)
FAULTS.error(
    "show_percent",
    "{reference} is counted in {unit}, not in per cent.",
    "Take percent out of show={show}, or refer to a share.",
)
FAULTS.error(
    "show_change",
    "{indicator} is a {kind}, and show=change prints a rise or a fall.",
    "Take change out of show, or refer to an indicator of kind change.",
)
FAULTS.error(
    "show_currency", "{reference} is counted in {unit}, which is no currency.", "Take currency out of show={show}."
)
FAULTS.error("show_words", "{reference} is {value}, which is not written in words.", "Take words out of show={show}.")
FAULTS.error(
    "show_list",
    counted(
        "{reference} is {value}, and {listed} name is known.",
        "{reference} is {value}, and {listed} names are known.",
        "listed",
    ),
    "Refer to what counts the names; show={show}.",
)
FAULTS.error("show_nothing", "{reference} is {value} and would print as 0.", "Show more digits than show={show}.")
FAULTS.error(
    "age_not_given",
    "{indicator}: its form asked for ages {cell}, which {value} cuts in two.",
    "Ask for {cell}, or for a range that holds it whole.",
)

# Releasing

FAULTS.error(
    "release_none",
    "{indicator} has no key release: nothing of it can be printed below its threshold.",
    "Leave it withheld.",
)
FAULTS.error(
    "release_scope",
    "{actor} acts for a part of the operation, and {indicator} would be printed for all of it.",
    "Ask somebody in that role whose account has no organisation and no place.",
)
FAULTS.error("release_role", "{indicator} is released by {role}, which {actor} is not.", "Ask somebody in that role.")

FAULTS.warning(
    "period_too_fine",
    "{reference} is reported by {grain}: {period} has no value of its own.",
    "Ask for whole periods of a {grain}.",
)

FAULTS.warning(
    "place_too_fine",
    "{reference} is reported by {level}: {asked} has no value of its own.",
    "Ask for places of that level, or for larger ones.",
)
FAULTS.warning(
    "category_unasked",
    "{reference} was reported without {category}: {asked} has no value of its own.",
    "Ask for the total. The next return can ask for it.",
)
FAULTS.error(
    "month_too_fine",
    "{indicator} is reported by quarter: a month has no value of its own.",
    "Take month out of the split.",
)

# Engines

FAULTS.error(
    "statement_unreadable",
    "A query cannot be written for another engine: {reason}",
    "Report it with the figure's reference; with TOGUNA_ENGINE=duckdb the figure is computed here.",
)
FAULTS.error(
    "statement_not_select",
    "The condition makes more than one query, or another thing than a query.",
    "Correct the indicator's condition.",
)
FAULTS.error(
    "statement_table",
    "A query names the table {table}, which is not one of the lake's.",
    "Correct the indicator's condition: it may name columns of its own tables only.",
)
FAULTS.error(
    "statement_function",
    "A query calls {function}, which figures do not use.",
    "Correct the indicator's condition: docs/indicators.md lists the functions.",
)
FAULTS.error(
    "statement_part",
    "A query holds {function}, which figures do not use.",
    "Correct the indicator's condition: docs/indicators.md lists what it may hold.",
)
FAULTS.error(
    "engine_setting",
    "{value!r} is not an engine ({where}).",
    "Write duckdb, or the address of a Spark Connect server, such as sc://spark.example.org:15002.",
)
FAULTS.error(
    "engine_above",
    "{value!r} is not a number of rows ({where}).",
    "Write a whole number: the other engine answers what reads at least so many rows.",
)
FAULTS.error(
    "engine_is_duckdb",
    "DuckDB already computes the figures here; another engine is needed to compare ({where}).",
    "Write the address of a Spark Connect server, such as sc://spark.example.org:15002.",
)
FAULTS.error(
    "engine_token",
    "The token in TOGUNA_ENGINE_TOKEN cannot be sent.",
    "Write it without spaces and line breaks, in the letters, digits and signs of ASCII.",
)
FAULTS.error(
    "engine_seconds",
    "{value!r} is not a number of seconds ({where}).",
    "Write a whole number from 1 to 86400: how long the other engine may take to answer.",
)
FAULTS.error(
    "engine_tables",
    "{value!r} is not a way to read the lake ({where}).",
    "Write files (lists of Parquet files) or delta (Delta tables at a version).",
)
FAULTS.error(
    "engine_missing",
    "The library for Spark Connect is not installed.",
    "Install it (`pip install 'toguna[spark]'`), or write TOGUNA_ENGINE=duckdb.",
)
FAULTS.error(
    "engine_unreachable",
    "The engine at {address} does not answer: {reason}",
    "Check its address and that it runs, or write TOGUNA_ENGINE=duckdb.",
)
FAULTS.error(
    "engine_replaced",
    "Another engine answers at {address}: it was version {was} and is version {engine}.",
    "Ask again: from now on the new engine answers.",
)
FAULTS.error(
    "engine_lake_unread",
    "The engine at {address} cannot read the lake in {folder} ({table}): {reason}",
    "Let it read the lake's folder, name that folder as the engine sees it (TOGUNA_ENGINE_LAKE), or write TOGUNA_ENGINE=duckdb.",
)
FAULTS.error(
    "engine_lake_incomplete",
    "The engine at {address} does not read {table} as it stands in the lake's folder {folder}: it counts {found} where {expected} is right. No figure "
    "is computed from a part.",
    "Let it read the whole folder, name that folder as the engine sees it (TOGUNA_ENGINE_LAKE), or write TOGUNA_ENGINE=duckdb.",
)
FAULTS.error(
    "engine_differs",
    "The engine {engine} at {address} answers {found} where {expected} is right ({asked}). Nothing is asked of it.",
    "Use another engine or version; docs/scale.md lists those that were tried.",
)
FAULTS.error(
    "engine_figure_differs",
    "{reference} of {edition} is another figure on {engine} than on {own}.",
    "Publish neither until you know which is right: compute it on both, read its trace, and report it.",
)
FAULTS.error(
    "engine_figure_failed",
    "{reference} of {edition} is computed on {own} and not on {engine}.",
    "Ask for the figure with TOGUNA_ENGINE_ABOVE=0: the engine says what stops it.",
)
FAULTS.error(
    "engine_kept_differs",
    "{reference} of {edition} is not what the edition keeps, on {own} and on {engine}; its definition is the same.",
    "Run `toguna verify --all --editions`: it finds what was changed, the edition or the records.",
)
FAULTS.error(
    "engine_nothing_kept",
    "No figure is kept that another engine could compute again.",
    "Issue an edition, and compare again.",
)
FAULTS.error(
    "sample_invalid",
    "{count} is not a number of figures to compare.",
    "Write a whole number from 1, such as --sample 200.",
)
