"""The faults of intake: arrivals, mappings, what a file says that nobody can decide alone."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("intake")

# Arrivals

ARRIVAL_UNKNOWN = FAULTS.error(
    "arrival_unknown", 'There is no arrival "{arrival}".', "List the arrivals and use an id from the list."
)
ARRIVAL_EMPTY = FAULTS.error("arrival_empty", "The file {file} is empty.", "Ask the sender for the file again.")
ARRIVAL_TOO_LARGE = FAULTS.error(
    "arrival_too_large",
    "The file {file} has more than {most} MB.",
    "Ask for a smaller file, or split it by month or region.",
)
ARRIVAL_CLOSED = FAULTS.error(
    "arrival_closed", "Arrival {arrival} is {state} already.", "Add the corrected file as a new arrival."
)
ARRIVAL_ENDED = FAULTS.error(
    "arrival_untold",
    "The content of arrival {arrival} is missing or was changed on the disk.",
    "Restore the instance's files from a backup.",
)
FORM_NEEDED = FAULTS.error(
    "form_needed", "{file}: no published form fits its columns well enough.", "Name the form: one of {forms}."
)
NO_TABLE = FAULTS.error(
    "no_table",
    "{file} has no table that can be read.",
    "Check that the file has a row of column names above its rows; a letter or a report is kept as a narrative.",
)
SHEET_UNKNOWN = FAULTS.error("sheet_unknown", '{file} has no sheet "{sheet}".', "Use one of its sheets: {sheets}.")
ORGANISATION_NEEDED = FAULTS.error(
    "organisation_needed", "Nobody knows which organisation sent {file}.", "Name the organisation."
)

# Mappings

MAPPING_NEEDED = FAULTS.error(
    "mapping_needed",
    "No mapping is kept for the columns of {file}: {unresolved}.",
    "Map its columns first, or keep what is proposed.",
)
MAPPING_UNREADABLE = FAULTS.error(
    "mapping_unreadable",
    "The mapping is not valid TOML: {reason}.",
    "Correct the line, or make the mapping again from the file.",
)
MAPPING_KEY_UNKNOWN = FAULTS.error("mapping_key_unknown", 'A mapping has no key "{key}".', "Use one of: {known}.")
MAPPING_VALUE = FAULTS.error(
    "mapping_value", 'The mapping\'s {key} cannot be "{value}".', "See docs/intake.md for what it may hold."
)
MAPPING_QUESTION_UNKNOWN = FAULTS.error(
    "mapping_question_unknown",
    'The form {form} has no question "{question}"{near}.',
    "Write the question's name; a question of a repeat as repeat.question.",
)
MAPPING_COLUMN_UNKNOWN = FAULTS.error(
    "mapping_column_unknown", 'The file has no column "{column}"{near}.', "Write the header as the proposal shows it."
)
MAPPING_QUESTION_TWICE = FAULTS.error(
    "mapping_question_twice",
    'Two columns are mapped to the question "{question}": {columns}.',
    "Keep one of them, or tell them apart with [question=value].",
)
MAPPING_NESTED = FAULTS.error(
    "mapping_nested",
    'The repeat "{table}" stands inside another repeat: one sheet cannot fill it.',
    "Use the form's own template for such rows.",
)
WORD_LIST_UNKNOWN = FAULTS.error(
    "word_list_unknown", 'The form {form} chooses from no list "{list}".', "Use one of: {lists}."
)
WORD_CODE_UNKNOWN = FAULTS.error(
    "word_code_unknown", 'The list {list} has no code "{code}"{near}.', "Write a code of the list."
)

# What a file says

PERIOD_NEEDED = FAULTS.error(
    "period_needed", "The file does not say which month it reports.", "Name the period, such as 2016-12."
)
TOTAL_DIFFERS = FAULTS.warning(
    "total_differs",
    "The total of {column} is {printed}; its rows add up to {summed}.",
    "Ask the sender which is right before you take the rows in.",
)
QUESTION_OPEN = FAULTS.error(
    "question_open",
    '"{text}" can be read as {options}.',
    "Say which in the mapping; it is then known for the next files.",
)
READ_AS = FAULTS.warning(
    "read_as", '"{text}" was read as {value}.', "If this is wrong, correct the cell or the mapping."
)
ROWS_ASIDE = FAULTS.warning(
    "rows_aside",
    counted(
        "{count} row is no data and was set aside: {rows}.", "{count} rows are no data and were set aside: {rows}."
    ),
    "If one of them is data, fill in its other columns.",
)
COLUMNS_KEPT = FAULTS.warning(
    "columns_kept",
    "No question takes these columns: {columns}.",
    "They stay in the file, which is kept; map them if a question should take them.",
)
ROWS_GONE = FAULTS.warning(
    "rows_gone",
    counted(
        "{count} row of the earlier file is not in this one.", "{count} rows of the earlier file are not in this one."
    ),
    "It still counts. If it was wrong, review it or correct it to zero.",
)
TWO_CHANNELS = FAULTS.error(
    "two_channels",
    "The same fact came by {channel} on {on} with other values ({columns}).",
    "Ask the partner which is right. Then take this file in as the newer one, or as further facts, or set it aside.",
)
SHEETS_LEFT = FAULTS.warning(
    "sheets_left",
    "The file has other sheets with a table, which were not read: {sheets}.",
    "Choose a sheet, or add the file again for the other one.",
)
SAME_FACT = FAULTS.warning(
    "same_fact",
    counted(
        "{count} row tells what another file of the organisation has told already (row {rows}).",
        "{count} rows tell what another file of the organisation has told already (rows {rows}).",
    ),
    "It is counted once, with two sources. Nothing is to be done.",
)

# What goes back, and what is expected

NOTHING_WRONG = FAULTS.error("nothing_wrong", "Nothing is wrong in arrival {arrival}.", "Take it in.")
RETURN_FORM_NEEDED = FAULTS.error(
    "return_form_needed",
    "It is not clear by which form partners report a month.",
    "Name one of: {forms}. A form of returns has the key (tg:key) organisation and month.",
)

# Mail, narratives, exports of other systems

NO_LETTER = FAULTS.error(
    "no_letter", "This is no mail that can be read.", "Save the mail as .eml or .msg and try again."
)
NO_MAILBOX = FAULTS.error(
    "no_mailbox",
    "The mailbox {where} cannot be read: {reason}.",
    "Check the address, the account, the password and the certificate.",
)
SENDER_UNKNOWN = FAULTS.warning(
    "sender_unknown",
    "Nobody has said for which organisation {sender} writes.",
    "Add the address, or its @domain, to mappings/senders.toml of the pack, and fetch again.",
)
NO_NARRATIVE = FAULTS.error(
    "no_narrative", "Arrival {arrival} is a table, not a narrative.", "Map and preview it as a table."
)
NO_PCODES = FAULTS.error(
    "no_pcodes",
    "The table has no column of p-codes (admin1Pcode, ADM1_PCODE).",
    "Use a file of administrative boundaries or population with p-codes.",
)
