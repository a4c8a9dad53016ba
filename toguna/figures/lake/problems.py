"""The faults of the lake, of computing and of the cut-off."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("lake")

TABLE_BROKEN = FAULTS.error(
    "table_broken",
    "The lake's table {table} cannot be read: {reason}.",
    "Delete the instance's folder lake; the next figures make it anew from the records.",
)
FILE_CHANGED = FAULTS.error(
    "file_changed",
    "The lake's file {file} is not the one that was written.",
    "Find out who wrote to it, and delete the instance's folder lake: it is made anew from the records.",
)
LAKE_MISSING = FAULTS.error(
    "lake_missing",
    "The lake is missing, in whole or in part ({table}): no figure can be computed.",
    "Run `toguna work`: it makes the lake anew from the records.",
)
LAKE_AHEAD = FAULTS.error(
    "lake_ahead",
    "The lake has reached act {reached}, and the journal ends at {head} or was another then.",
    "The journal was rewritten, or the database is an older one. Keep a copy of the folder; then `toguna work` makes the lake anew.",
)
ROWS_DIFFER = FAULTS.error(
    "rows_differ",
    counted(
        "The lake's table {table} holds {found} row where the records make {expected}.",
        "The lake's table {table} holds {found} rows where the records make {expected}.",
        "found",
    ),
    "Delete the instance's folder lake; it is made anew.",
)
STATEMENT_REFUSED = FAULTS.error(
    "statement_refused",
    "The condition makes more than one query, or another thing than a query.",
    "Mend the indicator's condition.",
)
QUERY_FAILED = FAULTS.error(
    "query_failed",
    "The figure {reference} could not be computed: {reason}",
    "Mend the indicator's expression, or narrow its period.",
)
PLACE_UNKNOWN = FAULTS.error(
    "place_unknown", "{word!r} is no place on {day}{near}.", "Write the p-code or slug of a place of the register."
)
SPLIT_UNKNOWN = FAULTS.error(
    "split_unknown",
    "{indicator} cannot be split by {by!r}.",
    "Split it by one of {known}, by month, by region or by place@LEVEL.",
)
SPLIT_PLACELESS = FAULTS.error(
    "split_placeless",
    "{indicator} has no place by which it could be split.",
    "Give the indicator its place, or leave this split out.",
)
SPLIT_MONTHLESS = FAULTS.error(
    "split_monthless",
    "{indicator} is not a flow: its months do not make up its period.",
    "Ask it for each month's end instead.",
)
CUT_OFF_UNTOLD = FAULTS.error(
    "cut_off_untold",
    "The cut-off of {period} is not the one that act {act} tells of.",
    "Restore the database from a backup, and find out who wrote to it.",
)
PLAN_UNTOLD = FAULTS.error(
    "plan_untold",
    "The publication plan of {period} is not the one that act {act} tells of.",
    "Restore the database from a backup, and find out who wrote to it.",
)
PRINTED_UNTOLD = FAULTS.error(
    "printed_untold",
    "What the disclosure ledger says of {edition} is not what its act tells of.",
    "Restore the database from a backup, and find out who wrote to it.",
)
TRIGGER_GONE = FAULTS.error(
    "trigger_gone",
    "The database no longer refuses changes of {table}: the trigger {name} is gone.",
    "Restore the database from a backup, and find out who wrote to it.",
)
EDITION_UNKNOWN = FAULTS.error(
    "edition_unknown", "There is no edition {edition!r}.", "Name an edition that was issued, or write as_of."
)
NOT_CONVERTIBLE = FAULTS.error(
    "not_convertible",
    "{reference} counts amounts in {currency}, which are not stated in {unit}.",
    "Write convert: record_date or period_end in the indicator and the rate in operation.toml, or narrow where.",
)
CUT_OFF_AHEAD = FAULTS.error(
    "cut_off_ahead", "The cut-off of {period} lies ahead ({at}).", "Wait for it, or name an earlier instant with --at."
)
CUT_OFF_EARLY = FAULTS.error(
    "cut_off_early", "{at} comes before the end of {period}.", "Close a period after its last day."
)
REASON_BROKEN = FAULTS.error(
    "reason_broken",
    "{reason!r} is no code of a reason.",
    "Write one word without blanks, such as complaint or audit-2016-12.",
)
NOT_IN_PLAN = FAULTS.error(
    "not_in_plan",
    "No publication plan of {period} has {references}.",
    "List what may be printed with `toguna publication {period}`.",
)
PLAN_OPEN = FAULTS.error(
    "plan_open",
    "{period} has no publication plan: it is not closed.",
    "Close it with `toguna cutoff {period}`: the plan is made then, and what the texts of the period print is chosen first.",
)
PLAN_NOT_NEEDED = FAULTS.error(
    "plan_not_needed",
    "{reference} is of no table whose small numbers are protected.",
    "Print it: no plan is needed.",
)
PLAN_UNPRINTABLE = FAULTS.error(
    "plan_unprintable",
    "{reference} may not be published, whatever else is.",
    "Ask for a total over more places, categories or months.",
)
PLAN_GIVES_AWAY = FAULTS.error(
    "plan_gives_away",
    "{references} cannot be added to the publication plan of {period}: together with what readers have ({others}) a protected number could be worked out.",
    "Round it (show=about,digits=-1), ask for a larger total, or leave it out.",
)
LAKE_BEHIND = FAULTS.error(
    "lake_behind",
    "The lake has reached act {reached}, and the cut-off of {period} is act {sequence}: no publication plan can be made.",
    "Another process is bringing the lake up to date. Close the period again when it is done.",
)
STILL_KNOWN = FAULTS.error(
    "still_known",
    "{references} can be worked out from what the plan keeps: {period}.",
    "Take out the total as well, or another part of it.",
)
REASON_NEEDED = FAULTS.warning(
    "reason_needed",
    "Confidential answers are left out of the trace of {reference}.",
    "Say why you read them with --reason CODE.",
)
