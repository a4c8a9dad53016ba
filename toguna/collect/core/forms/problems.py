"""The faults of forms: of the file, of the survey sheet, of expressions, of choices, of settings and entities, of a new version."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("forms")

# The file
CANNOT_OPEN = FAULTS.error(
    "cannot_open", "The file cannot be opened: {reason}.", "Mind its path, and that you may read it."
)
UNREADABLE = FAULTS.error(
    "unreadable",
    "The file is damaged and cannot be read ({reason}).",
    "Open it in a spreadsheet and save it again as .xlsx.",
)
NOT_A_WORKBOOK = FAULTS.error(
    "not_a_workbook", "The file is neither .xlsx, .xls nor Markdown tables.", "Give an XLSForm in one of the three."
)
TOO_LARGE = FAULTS.error(
    "too_large",
    "The file holds {size} MB; no sheet of a form may hold more than {most} MB.",
    "Remove what is not part of the form.",
)
TOO_MANY_CELLS = FAULTS.error(
    "too_many_cells",
    "The sheet has more than {rows} rows or {columns} columns.",
    "Move long lists to a file and use select_one_from_file.",
)
NOT_TEXT = FAULTS.error(
    "not_text", "The file is not UTF-8 text (byte {byte}).", "Save it as UTF-8 text, or give the .xlsx."
)
WEB_PAGE = FAULTS.error(
    "web_page",
    "The file is a web page (HTML), not a workbook.",
    "Open it in Excel or LibreOffice and save it as .xlsx.",
)
PASSWORD = FAULTS.error(
    "password", "The workbook is protected by a password.", "Remove the password in Excel and save it again."
)
ROW_NOT_CLOSED = FAULTS.error(
    "row_not_closed", "This table row does not begin and end with |: {row}", "Add the missing |."
)
CELL_ERROR = FAULTS.error(
    "cell_error", "The cell holds the error {error}.", "Correct its formula, or write the text itself."
)
FORMULA_WITHOUT_VALUE = FAULTS.error(
    "formula_without_value",
    "The cell is a formula, and the file does not hold its result.",
    "Open the file in Excel or LibreOffice and save it, or write the text itself.",
)
CELLS_MERGED = FAULTS.warning(
    "cells_merged",
    "The cells {cells} are merged: only the first holds {value!r}, the others are blank.",
    "Unmerge them, and write the value in each cell that needs it.",
)
NO_SURVEY = FAULTS.error(
    "survey_missing",
    "There is no sheet survey with questions (found: {found}).",
    "Name the sheet of questions survey; its header has type, name and label.",
)
SHEET_MISSPELT = FAULTS.warning(
    "sheet_unused", "The sheet {sheet!r} is not used.", "Did you mean {nearest!r}? Begin its name with _ if not."
)
HEADER_TWICE = FAULTS.error("header_twice", "The columns {first!r} and {second!r} mean the same.", "Keep one of them.")
HEADER_MISSING = FAULTS.error("header_missing", "The sheet has no column {column!r}.", "Add it to the header row.")
HEADER_MISSPELT = FAULTS.warning("header_unused", "The column {column!r} is not used.", "Did you mean {nearest!r}?")

# The survey sheet
TYPE_MISSING = FAULTS.error(
    "type_missing", "The row has no type.", "Write a question type, such as text or integer, or empty the row."
)
TYPE_UNKNOWN = FAULTS.error("type_unknown", "There is no question type {type!r}.", "Write {nearest}.")
LOOP = FAULTS.error(
    "loop", "The loop names no choice list.", "Write begin_loop over and the name of a list: {nearest}."
)
NAME_MISSING = FAULTS.error(
    "name_missing", "The row of type {type!r} has no name.", "Write a name of letters, digits and _."
)
NAME_INVALID = FAULTS.error(
    "name_invalid",
    "{name!r} cannot be a name: names begin with a letter or _ and go on with letters, digits, _, - or a point.",
    "Write {nearest}.",
)
NAME_RESERVED = FAULTS.error("name_reserved", "The name {name!r} is reserved.", "Choose another, such as {nearest}.")
NAME_TWICE = FAULTS.error(
    "name_twice",
    "The name {name!r} stands already in row {row}, in the same group.",
    "Give one of the two another name.",
)
#: No longer reported: such names are two columns (`name_capitals`).
NAME_CASE = FAULTS.error(
    "name_case",
    "{name!r} differs from {other!r} in row {row} only by capitals; a database takes them for one.",
    "Give one of the two another name.",
)
NAME_CAPITALS = FAULTS.warning(
    "name_capitals",
    "{name!r} differs from {other!r} in row {row} only by capitals; databases take them for one, so its column is {column}.",
    "Give one of the two another name.",
)
REPEAT_TWICE = FAULTS.error(
    "repeat_name_twice",
    "The repeat {name!r} has the name of another repeat, in row {row}.",
    "A repeat is a table: give each its own name.",
)
REPEAT_IS_FORM = FAULTS.error(
    "repeat_named_as_form",
    "A repeat cannot be named {name!r}, the name of the form's own node.",
    "Give the repeat another name.",
)
NOT_CLOSED = FAULTS.error(
    "not_closed",
    "The {kind} {name!r} is begun and never ended.",
    "Add a row of type end_{kind} after its last question.",
)
NOT_OPEN = FAULTS.error(
    "not_open",
    "This end_{kind} ends nothing that is open here.",
    "Remove it, or begin a {kind} above; blocks end in the reverse order of their beginning.",
)
LABEL_MISSING = FAULTS.warning(
    "label_missing", "The question {name!r} has no label.", "Write what the enumerator reads."
)
TRANSLATION_MISSING = FAULTS.warning(
    "translation_missing",
    counted("{count} row is not written in {language}: {rows}.", "{count} rows are not written in {language}: {rows}."),
    "Fill this column.",
)
COUNT_NOT_NUMBER = FAULTS.error(
    "repeat_count_not_number",
    "{value!r} is no number of repetitions.",
    "Write a whole number or an expression such as ${{size}}.",
)

LABEL_NEEDED = FAULTS.error(
    "label_needed",
    "The question {name!r} has no label and no hint, so that nobody could see what it asks.",
    "Write what the enumerator reads.",
)
PARAMETERS_BROKEN = FAULTS.error(
    "parameters_broken",
    "The parameters {value!r} cannot be read.",
    "Write key=value, with a blank between two: start=1 end=10.",
)
PARAMETER_UNKNOWN = FAULTS.error(
    "parameter_unknown", "Questions of type {type} take no parameter {key!r}.", "Write one of: {known}."
)
PARAMETER_VALUE = FAULTS.error("parameter_value", "The parameter {key} is {value!r}.", "Write {wanted}.")
PARAMETER_MISSING = FAULTS.error(
    "parameter_missing", "The parameter {key} does nothing without {needed}.", "Write {needed} beside it, or remove it."
)
AUDIT_NAME = FAULTS.error("audit_name", "The audit has a name of its own.", "Leave the name blank, or write audit.")
INSTANCE_TWICE = FAULTS.error(
    "instance_twice",
    "{file} and {other} (row {row}) have one name, and the form can hold only one source of that name.",
    "Rename one of the two.",
)

# Expressions
REFERENCE_UNKNOWN = FAULTS.error("reference_unknown", "${{{name}}} is no question of this form.", "{nearest}")
REFERENCE_AMBIGUOUS = FAULTS.error(
    "reference_ambiguous",
    "${{{name}}} may be any of rows {rows}.",
    "Give the question that is meant a name of its own.",
)
EXPRESSION_BROKEN = FAULTS.error(
    "expression_broken",
    "{expression!r} is not an XPath expression: {reason}.",
    "Correct it; see docs/forms.md, Expressions.",
)
FUNCTION_UNKNOWN = FAULTS.error("function_unknown", "There is no function {name}() in forms.", "{nearest}")
FUNCTION_ARGUMENTS = FAULTS.error(
    "function_arguments",
    counted(
        "{name}() is given {given} argument and takes {takes}.",
        "{name}() is given {given} arguments and takes {takes}.",
        "given",
    ),
    "Mind the commas and brackets of {expression!r}.",
)
PATTERN_BROKEN = FAULTS.error(
    "pattern_broken",
    "The regular expression {pattern!r} is broken: {reason}.",
    "Correct it. Phones stop at it with an error.",
)
CALCULATION_MISSING = FAULTS.error(
    "calculation_missing",
    "The calculation {name!r} calculates nothing.",
    "Write an expression in the column calculation.",
)

# Choices
LIST_MISSING = FAULTS.error("choice_list_missing", "There is no choice list {list!r}.", "{nearest}")
LIST_UNUSED = FAULTS.warning(
    "choice_list_unused", "No question uses the choice list {list!r}.", "Remove it, or use it."
)
CHOICE_NAMELESS = FAULTS.error(
    "choice_nameless", "A choice of the list {list!r} has no name.", "Fill name, or empty the row."
)
CHOICE_NO_LIST = FAULTS.warning(
    "choice_without_list",
    "The choice {name!r} belongs to no list and is not used.",
    "Fill list_name, or empty the row.",
)
CHOICE_TWICE = FAULTS.error(
    "choice_twice",
    "The list {list!r} has {name!r} already, in row {row}.",
    "Rename one, or set allow_choice_duplicates to yes where a choice_filter tells them apart.",
)
CHOICE_SPACE = FAULTS.error(
    "choice_name_space",
    "The choice {name!r} has a space in its name, and {list!r} is a list of which several may be chosen.",
    "Write {nearest}.",
)
FILE_EXTENSION = FAULTS.error(
    "file_extension",
    "{file!r} is no file that a select can read.",
    "Name a .csv, .geojson or .xml file, such as places.csv.",
)

# Our own columns
SENSITIVITY_UNKNOWN = FAULTS.error("sensitivity_unknown", "There is no sensitivity {word!r}.", "Write {nearest}.")
SEALING_MISSING = FAULTS.error(
    "strictly_confidential",
    "The question {name!r} is strictly_confidential: its answers must be sealed for recipients' keys, and sealing is not built yet.",
    "Leave the question out of this form until it is; do not lower its sensitivity to pass.",
)
TG_UNKNOWN = FAULTS.error("tg_column_unknown", "There is no column {column!r}.", "Write {nearest}.")
YES_OR_NO = FAULTS.error("yes_or_no", "{word!r} is neither yes nor no.", "Write yes or no.")
BIRTH_NOT_DATE = FAULTS.error(
    "birth_not_date", "{name!r} is marked as a date of birth and is no date.", "Make it a date, or remove tg:birth."
)
LAKE_CLOSED = FAULTS.error(
    "lake_closed",
    "The text {name!r} is {sensitivity} and cannot enter the lake.",
    "Remove tg:lake, or declare it internal if it names nobody.",
)

# Settings
DATE_UNKNOWN = FAULTS.error(
    "date_setting_unknown", "tg:date names {name!r}, which is no date question outside repeats.", "{nearest}"
)
FORM_ID_MISSING = FAULTS.warning(
    "form_id_missing",
    "The settings give no form_id; the file's name is taken: {form_id}.",
    "Write form_id in the sheet settings.",
)
FORM_ID_INVALID = FAULTS.error(
    "form_id_invalid",
    "The form_id {form_id!r} cannot name a form: at most 100 characters, none of them a line break, a slash or a control character.",
    "Write another, such as {nearest}.",
)
FORM_SLUG_TAKEN = FAULTS.error(
    "form_slug_taken",
    "The form_ids {new!r} and {old!r} are both written {slug} where a name must be plain.",
    "Give the new form another form_id.",
)
VERSION_MISSING = FAULTS.warning(
    "version_missing",
    "The settings give no version.",
    "Write one, such as 2016-12-01, and change it whenever the form changes.",
)
LANGUAGE_UNKNOWN = FAULTS.error(
    "default_language_unknown", "The default_language {language!r} is no language of the labels.", "Write {nearest}."
)
LANGUAGE_MISSING = FAULTS.warning(
    "default_language_missing",
    "The form has several languages and no default_language.",
    "Write {nearest} in the sheet settings.",
)

# Entities
ENTITY_LIST_INVALID = FAULTS.error(
    "entity_list_invalid",
    "{name!r} cannot name an entity list.",
    "Write letters, digits and _, no point and no leading __, such as {nearest}.",
)
ENTITY_LIST_TWICE = FAULTS.error(
    "entity_list_twice", "The entity list {name!r} is declared already, in row {row}.", "Keep one line for each list."
)
ENTITY_LABEL_MISSING = FAULTS.error(
    "entity_label_missing",
    "The list {name!r} creates entities and has no label.",
    "Write an expression in label, or entity_id if it only updates.",
)
ENTITY_ID_MISSING = FAULTS.error(
    "entity_id_missing",
    "The list {name!r} has update_if and no entity_id.",
    "Write in entity_id which entity is updated.",
)
ENTITY_UPDATE_MISSING = FAULTS.error(
    "entity_update_if_missing",
    "The list {name!r} has create_if and entity_id and no update_if.",
    "Write when an entity is updated, or remove entity_id.",
)
SAVETO_NO_LIST = FAULTS.error(
    "save_to_no_list", "save_to {property!r} belongs to no entity list of the sheet entities.", "{nearest}"
)
SAVETO_INVALID = FAULTS.error(
    "save_to_invalid",
    "{property!r} cannot be a property: name, label and names that begin with __ are reserved.",
    "Write a name such as {nearest}.",
)
SAVETO_TWICE = FAULTS.error(
    "save_to_twice",
    "The property {property!r} is saved to already, in row {row} (capitals do not count).",
    "Keep one of the two.",
)

# pyxform
PYXFORM_REFUSES = FAULTS.error(
    "pyxform_refuses", "pyxform refuses the form: {message}", "Change what it names, and check again."
)
PYXFORM_FAILED = FAULTS.error(
    "pyxform_failed",
    "pyxform stumbles over the form ({reason}).",
    "Remove the newest rows until it passes; the last one removed is at fault.",
)
PYXFORM_WARNS = FAULTS.warning(
    "pyxform_warns", "pyxform remarks: {message}", "The form works; see https://xlsform.org."
)

# A new version
OTHER_FORM = FAULTS.error(
    "other_form", "This is the form {new!r}, no version of {old!r}.", "Publish it under its own form_id."
)
VERSION_TAKEN = FAULTS.error(
    "version_taken",
    "Version {version!r} is published already and asks other things.",
    "Write a new version in the sheet settings.",
)
SENSITIVITY_LOWERED = FAULTS.error(
    "sensitivity_lowered",
    "{name!r} was {old} and would be {new}.",
    "Write {old}, or have a named person record the lowering.",
)
TYPE_CHANGED = FAULTS.warning(
    "type_changed",
    "{name!r} was {old} and is now {new}: both are kept, as two columns.",
    "Give the question a new name if it asks something else.",
)
QUESTION_GONE = FAULTS.warning(
    "question_gone", "{name!r} is no longer asked; what was answered is kept.", "Check the indicators that read it."
)
QUESTION_MOVED = FAULTS.warning(
    "question_moved",
    "{name!r} moved from the table {old!r} to {new!r}.",
    "Indicators read each table by itself: check them.",
)
CHOICE_GONE = FAULTS.warning(
    "choice_gone",
    "The choices {names} are no longer in {list!r}; answers that hold them are kept.",
    "Check the indicators that name them.",
)

# Templates
LIST_TOO_LONG = FAULTS.error(
    "list_too_long",
    "The list {list!r} has {size} lines; a sheet holds {most}.",
    "Give the template the places of one region only.",
)
