"""The faults of an operation pack."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("pack")

NO_PACK = FAULTS.error(
    "none_here", "{path} is no operation pack: it holds no {file}.", "Name the pack's folder, such as operations/mali."
)
FOLDER_TAKEN = FAULTS.error(
    "folder_taken", "The folder {path} is not empty.", "Name one that is empty or not there; nothing was written."
)
FILE_MISSING = FAULTS.error("file_missing", "The pack has no {file}.", "Add it; operations/mali shows one.")
TOML_BROKEN = FAULTS.error(
    "toml_broken", "The file is not TOML: {reason}.", "Mend that line; texts stand in quotes, lists in square brackets."
)
CODE_TWICE = FAULTS.error("code_twice", "{code} stands in line {line} already.", "Give each its own.")
CODE_UNKNOWN = FAULTS.error("code_unknown", "{file} has no {code}{near}.", "Mend the code, or add the row.")
PLAN_KEY_UNKNOWN = FAULTS.error("plan_key_unknown", "The plan knows no {key}.", "Known here: {known}.")
PLAN_KEY_MISSING = FAULTS.error("plan_key_missing", "The plan lacks {key}.", "Write it.")
PLAN_VALUE = FAULTS.error("plan_value", "{key} is {value}.", "Write {wanted}.")
PLAN_PERIOD = FAULTS.error(
    "plan_period", "{key} is {value}, which is no period: {reason}.", "Write it as 2016-12 or 2016-06..2016-12."
)
PLAN_MARGIN = FAULTS.error(
    "plan_margin",
    "The margin of {column} for {period} is {total}, less than the {fixed} of its single months.",
    "Raise it, or lower theirs.",
)
REPLAY_REFUSED = FAULTS.error(
    "replay_refused",
    "{file} of the pack was not taken in: {reason}",
    "Mend plan.toml, sources.csv or the form; nothing was made.",
)
LEDGER_BASIS = FAULTS.error("ledger_basis", "{id} has the basis {basis}.", "Write one of {known}.")
LEDGER_SOURCE = FAULTS.error(
    "ledger_source",
    "{id} is stated from {source}, which is no row of sources.csv{near}.",
    "Add the note there, or mend its id.",
)
LEDGER_REFERENCE = FAULTS.error(
    "ledger_reference",
    "{id} says neither what computes it nor why nothing does.",
    "Write a figure's reference, stated:ab?source=NOTE, or the reason.",
)
NOT_OURS = FAULTS.error(
    "not_ours", "{path} was not made by this demonstration.", "Move it away; it is not overwritten."
)
TABLE_EMPTY = FAULTS.error(
    "table_empty", "The table has no header.", "Write the names of its columns in the first line."
)
FORM_LIST = FAULTS.error(
    "form_list",
    "{form} chooses from {file}, which the pack does not have.",
    "Add the table, or an entities sheet that makes the list.",
)
FORM_TWICE = FAULTS.error("form_twice", "{form} is the form of {other} already.", "Give it another form_id.")
LEDGER_HEDGE = FAULTS.error("ledger_hedge", "{id} has the hedge {hedge}.", "Write one of {known}, or nothing.")
LEDGER_VALUE = FAULTS.error(
    "ledger_value", "{id} has the value {value!r}, which is no number.", "Write what the printed number says in digits."
)
QUESTION_UNUSED = FAULTS.warning(
    "question_unused", "Nothing uses the answers to {name}.", "Declare an indicator of it, or do not ask."
)
OWNER_UNKNOWN = FAULTS.error(
    "owner_unknown", "{id} is owned by {owner}, which is no organisation.", "Write the code of one ({near})."
)
SYSTEM_EMPTY = FAULTS.error("system_empty", "{id} has no form and no table.", "Name where its records are kept.")
SYSTEM_NAMES = FAULTS.error(
    "system_names", "{id} names {name}, which the pack does not have.", "Mend the name ({near})."
)
GUARD_UNKNOWN = FAULTS.error(
    "guard_unknown",
    "{id} relies on {guard}, which is not there.",
    "Name a question, an indicator's key, a check or a rule that is.",
)
FORM_OF_NONE = FAULTS.warning("form_of_none", "{form} belongs to no kind of work.", "Name it in systems.toml.")
WORD_AVOIDED = FAULTS.error("word_avoided", "{label!r} says {word!r}, which the glossary avoids.", "Write {better}.")
LEDGER_PERIOD = FAULTS.error("ledger_period", "The pack's plan closes no period.", "Say which month: --period 2016-12.")
PLAN_PHOTO = FAULTS.error(
    "plan_photo", "The plan sends the photo {file}, which photos/ does not hold.", "Add it, or mend its name."
)
PLAN_FORM = FAULTS.error(
    "plan_form", "The plan fills in {form}, which is no form of the pack.", "Mend the name, or add the form."
)
PLAN_COLUMN = FAULTS.error(
    "plan_column",
    "The plan fills in {form}.{question}, which the form does not ask.",
    "Mend the name, or add the question.",
)
PLAN_DRAW = FAULTS.error("plan_draw", "The plan cannot be drawn: {reason}.", "Mend what it names.")
