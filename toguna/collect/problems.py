"""The faults of submissions, published forms and reference tables."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("collect")

# Values

NOT_WHOLE = FAULTS.error(
    "value_not_whole", "{value!r} is not a whole number.", "Write digits only, such as 1234; a thing is counted whole."
)
NOT_A_NUMBER = FAULTS.error(
    "value_not_a_number", "{value!r} is not a number, or could be two.", "Write 1234.5 or 1 234,5; never 1,234 alone."
)
NOT_A_DATE = FAULTS.error(
    "value_not_a_date", "{value!r} is not a day of the calendar.", "Write 2016-12-31 or 31/12/2016."
)
NOT_A_MOMENT = FAULTS.error(
    "value_not_a_moment", "{value!r} is not a date and time.", "Write 2016-12-31T14:05 or 31/12/2016 14:05."
)
NOT_A_TIME = FAULTS.error("value_not_a_time", "{value!r} is not a time of day.", "Write 14:05.")
NOT_A_BOOLEAN = FAULTS.error("value_not_yes_or_no", "{value!r} is neither yes nor no.", "Write yes or no (oui or non).")
NOT_A_POINT = FAULTS.error(
    "value_not_a_point", "{value!r} is not a position.", "Write latitude, a blank and longitude, such as 16.27 -0.04."
)
NOT_A_FILE_NAME = FAULTS.error(
    "value_not_a_file_name", "{value!r} is not a file name.", "Write the file's name alone, without folders."
)
TEXT_TOO_LONG = FAULTS.error("value_too_long", "The text is longer than 65,536 bytes.", "Send long texts as a file.")
CHOICE_UNKNOWN = FAULTS.error(
    "choice_unknown",
    "{value!r} is not in the list of {column}{near}.",
    "Choose from the list; write its code or its label.",
)
REQUIRED = FAULTS.error("value_missing", "{column} is blank.", "It must be filled in{zero}.")
CELL_ERROR = FAULTS.error(
    "cell_error", "{column} holds the error {value}.", "Correct the formula, or write the value itself."
)
FORMULA_WITHOUT_VALUE = FAULTS.error(
    "formula_without_value",
    "{column} is a formula, and the file does not hold its result.",
    "Open the file in Excel or LibreOffice and save it, or write the value itself.",
)
CELL_MERGED = FAULTS.error(
    "cell_merged",
    "{column} is merged with another cell, and only the first of them holds the value.",
    "Unmerge the cells, and write the value in each row.",
)
NOT_RELEVANT = FAULTS.error(
    "value_not_relevant",
    "{column} holds {value!r}, and is not asked given the other answers.",
    "Empty it, or mend the other answers.",
)
CONSTRAINT_BROKEN = FAULTS.error("constraint_broken", "{value!r} is not allowed in {column}: {near}", "Mend the value.")
RULE_NOT_CHECKED = FAULTS.warning(
    "rule_not_checked",
    "The rule {rule!r} is not checked here: Toguna does not evaluate {reason}.",
    "Phones still check it. Rows of a spreadsheet are taken in without it.",
)

# Submissions as XML

XML_DOCTYPE = FAULTS.error(
    "xml_doctype", "The file declares a DOCTYPE.", "A filled form has none; send it as the form's client wrote it."
)
XML_BROKEN = FAULTS.error("xml_broken", "The XML is broken or cut off: {reason}.", "Send the file again, whole.")
XML_TOO_LARGE = FAULTS.error(
    "xml_too_large",
    "The file has {size} bytes; a filled form may have {most}.",
    "Send photos and texts as files beside it.",
)
XML_TOO_DEEP = FAULTS.error(
    "xml_too_deep",
    "The XML is nested deeper than {most} levels.",
    "No form is; send the file as the form's client wrote it.",
)
XML_NODE_UNKNOWN = FAULTS.warning(
    "xml_node_unknown",
    "{node} is no question of the form; its value is kept with the raw file alone.",
    "Check the form's version.",
)
FORM_UNKNOWN = FAULTS.error(
    "form_unknown", "No form {form!r} is published{near}.", "Publish it first, or mend the form's id."
)
FORM_VERSION_UNKNOWN = FAULTS.error(
    "form_version_unknown",
    "Form {form!r} has no version {version!r}.",
    "Fill in its present template (toguna forms template {form}), or publish that version.",
)
ENTITY_BROKEN = FAULTS.warning(
    "entity_broken", "The entity of list {list!r} has no good {what}: {value!r}.", "Mend the form's entity declaration."
)

# What became of a submission

CONTENT_CONFLICT = FAULTS.error(
    "content_conflict",
    "Submission {instance_id} is here with other content; this one is kept in quarantine.",
    "Send a correction: a new instanceID, with this one as deprecatedID.",
)
OUT_OF_SCOPE = FAULTS.error(
    "out_of_scope",
    "It belongs to another organisation or another place than those that {name} acts for.",
    "Mend the organisation or place, or let somebody send it who acts for them.",
)
CONTENT_OLD = FAULTS.warning(
    "content_superseded",
    "{instance_id} came before and {newest} has corrected it since; nothing changed.",
    "To go back to it, send it with a new instanceID and {newest} as deprecatedID.",
)
INSTANCE_ID_BROKEN = FAULTS.error(
    "instance_id_broken",
    "{value!r} cannot be an instanceID.",
    "Write at most 255 printable characters, such as uuid:1f0c...",
)
KEY_HELD = FAULTS.error(
    "key_held",
    "It corrects {deprecated_id}, and has the key of another submission, {holder}.",
    "Mend the key, or reject one of the two and correct the other.",
)
DEPRECATED_UNKNOWN = FAULTS.error(
    "deprecated_unknown",
    "It corrects {deprecated_id}, which has not come; it is kept in quarantine.",
    "Load the original, then this again.",
)
DEPRECATED_OLD = FAULTS.error(
    "deprecated_superseded",
    "It corrects {deprecated_id}, which {newest} has superseded.",
    "Correct the newest version.",
)
DEPRECATED_OTHER_FORM = FAULTS.error(
    "deprecated_of_other_form",
    "It corrects {deprecated_id}, a submission of form {form!r}.",
    "Correct it with its own form.",
)
INSTANCE_UNKNOWN = FAULTS.error(
    "instance_unknown", "There is no submission {instance_id!r}.", "Copy its instanceID from a trace or an export."
)
REVIEW_OF_OLD = FAULTS.error(
    "review_of_superseded", "{instance_id} has been corrected by {newest}.", "Review the newest version."
)
STATE_UNKNOWN = FAULTS.error("state_unknown", "{state!r} is no review state.", "Choose one of {states}.")
REASON_NAMELESS = FAULTS.error(
    "reason_nameless",
    "The reason {reason!r} was given by nobody: the instance's owner has no name.",
    "Load the file as an account that may review submissions: --as NAME.",
)
REASON_UNKNOWN = FAULTS.error(
    "reason_unknown", "{reason!r} is no reason of this operation.", "Choose one of {reasons}; put words in the comment."
)

# Files

NOTHING_TO_LOAD = FAULTS.error("nothing_to_load", "There is nothing at {path}.", "Name a file, or a folder with files.")
FILE_KIND_UNKNOWN = FAULTS.error(
    "file_kind_unknown",
    "The file is neither XML, CSV nor a spreadsheet.",
    "Send a filled form as XML, or the form's template as .xlsx or .csv.",
)
FILE_UNREADABLE = FAULTS.error(
    "file_unreadable", "The file cannot be read: {reason}.", "Open it, save it again, and send that."
)
FILE_PASSWORD = FAULTS.error(
    "file_password", "The workbook is protected by a password.", "Remove the password in Excel and save it again."
)
WEB_PAGE = FAULTS.error(
    "web_page",
    "The file is a web page (HTML), whatever its name says.",
    "Open it in Excel or LibreOffice and save it as .xlsx.",
)
SPREADSHEET_2003 = FAULTS.error(
    "spreadsheet_2003",
    "The file is a workbook in the XML of Excel 2003.",
    "Open it in Excel or LibreOffice and save it as .xlsx.",
)
XML_ENCRYPTED = FAULTS.error(
    "xml_encrypted",
    "The submission is encrypted: this file is only its envelope.",
    "Decrypt it with the form's private key (ODK Central or Briefcase), and load the decrypted file.",
)
TAGS_LEFT_OUT = FAULTS.warning("tags_left_out", "The row holds HXL tags and was left out.", "Nothing needs to be done.")
COLUMNS_BESIDE = FAULTS.warning(
    "columns_beside",
    "These columns come from the system that exported the sheet and are kept with the file only: {columns}.",
    "Nothing needs to be done.",
)
SHEET_TOO_LARGE = FAULTS.error(
    "sheet_too_large",
    "{what} is {found}; {most} is the most.",
    "Split the file; delete empty columns and rows at the end.",
)
SHEET_OF_NO_FORM = FAULTS.error(
    "sheet_of_no_form",
    "The columns are those of no published form{near}.",
    "Fill in the form's template: toguna forms template FORM.",
)
COLUMN_UNKNOWN = FAULTS.error(
    "column_unknown", "The form has no question {column!r}{near}.", "Use the template's headers, or delete the column."
)
COLUMN_TWICE = FAULTS.error("column_twice", "{column!r} stands twice.", "Keep one of the two columns.")
NOT_LOADED = FAULTS.error(
    "not_loaded",
    counted(
        "Nothing was taken in, because all or none was asked and {count} was refused.",
        "Nothing was taken in, because all or none was asked and {count} were refused.",
    ),
    "Mend them and load again.",
)
KEY_TWICE = FAULTS.error(
    "key_twice",
    "Another row of the sheet has the same key ({value}) and other content.",
    "Keep one row for each {columns}.",
)
PARENT_UNKNOWN = FAULTS.error(
    "parent_row_unknown",
    "The row belongs to {value!r}, and the form's sheet has no such row.",
    "Write the number of the row it belongs to.",
)

# Publishing

VERSION_TAKEN = FAULTS.error(
    "version_taken",
    "Form {form!r} version {version!r} is published with other content.",
    "Give the changed form a new version.",
)
STRICTLY_CONFIDENTIAL = FAULTS.error(
    "strictly_confidential",
    "Form {form!r} asks what is strictly confidential ({question}), and Toguna cannot yet seal it for its recipients.",
    "Keep such data in the system made for it; let the partner send monthly totals.",
)
DISK_NOT_ATTESTED = FAULTS.error(
    "disk_not_attested",
    "Form {form!r} asks what is confidential ({question}), and nobody has attested that the disk is encrypted.",
    "Encrypt the disk and write encrypted_disk = true in operation.toml, or declare the question's sensitivity.",
)

# Reference tables

REFERENCE_COLUMNS = FAULTS.error(
    "reference_columns", "The table {table} lacks the column {column!r}.", "Its columns are: {columns}."
)
REFERENCE_TWICE = FAULTS.error("reference_twice", "The id {value!r} stands twice.", "Give each row an id of its own.")
REFERENCE_NAMELESS = FAULTS.error(
    "reference_key_blank", "The row has no {column}.", "Fill it in; the first column tells rows apart."
)
REFERENCE_VALUE = FAULTS.error("reference_value", "{value!r} is no good {what}.", "{cure}")
REFERENCE_SUPERSEDES = FAULTS.error(
    "reference_supersedes",
    "It supersedes {value!r}, which is no row of the table.",
    "Name the id of the row that it replaces.",
)

# Stored content

RAW_CHANGED = FAULTS.error(
    "raw_changed",
    "The bytes kept of {instance_id} are not those the journal tells of.",
    "Restore the file {file} from a backup.",
)
RAW_MISSING = FAULTS.error(
    "raw_missing",
    "The journal tells of {instance_id}, and its bytes are not here.",
    "Restore the database and files from a backup.",
)
ROW_CHANGED = FAULTS.error(
    "submission_changed",
    "What the database says of {instance_id} (its dates, whose it is, what it corrects, its files, what it does to entities) is not what was received.",
    "Restore the database from a backup, and find out who wrote to it.",
)
REFUSAL_UNTOLD = FAULTS.error(
    "refusal_untold",
    "What is kept of {name}, which was refused, is not what the journal tells, or is missing.",
    "Restore the database from a backup, and find out who wrote to it.",
)
REVIEW_UNTOLD = FAULTS.error(
    "review_untold",
    "A review of {instance_id} is stored otherwise than the journal tells, or is missing.",
    "Restore the database from a backup, and find out who wrote to it.",
)
FORM_UNTOLD = FAULTS.error(
    "form_untold",
    "A version of the form {form} is not the one that was published, or its files are missing.",
    "Restore the database and the folder files/ from a backup.",
)
REFERENCE_UNTOLD = FAULTS.error(
    "reference_untold",
    "The rows of the reference table {table} are not those that the journal tells of.",
    "Restore the database from a backup, and find out who wrote to it.",
)
STATE_UNTOLD = FAULTS.error(
    "state_untold",
    "{instance_id} is stored as {state}, and the journal tells another state.",
    "Find out who wrote to the database.",
)
UNTOLD = FAULTS.error(
    "submission_untold",
    "{instance_id} is stored, and the journal tells nothing of it.",
    "Find out who wrote to the database.",
)

# Corrections

ROWS_AMBIGUOUS = FAULTS.error(
    "rows_ambiguous",
    "Nobody can say which stored rows of {table} ({key}) these rows correct: {held} and the file have different numbers of them.",
    "Send all rows of this key as they should be and load with --replace, or name a row key in the form (setting tg:rows).",
)
ROWS_OF_OTHER_VERSION = FAULTS.error(
    "rows_of_other_version",
    "Rows that the file does not have were given in version {version} of the form, with answers that this version does not ask: "
    "{columns}.",
    "Send the correction on that version's template, or load all rows with --replace.",
)
MERGE_UNSOUND = FAULTS.error(
    "merge_unsound",
    counted(
        "The file corrects {held}; together with the {count} row that it does not change, the answers break the form's rules.",
        "The file corrects {held}; together with the {count} rows that it does not change, the answers break the form's rules.",
    ),
    "Add the rows that must change to the file. To remove the rows that the file does not have, load with --replace.",
)
ROWS_STAY = FAULTS.warning(
    "rows_stay",
    counted(
        "{count} row of {held} is not in the file. It stays as it is.",
        "{count} rows of {held} are not in the file. They stay as they are.",
    ),
    "To remove them, load with --replace.",
)
ROWS_REMOVED = FAULTS.warning(
    "rows_removed",
    counted(
        "{count} row of {held} is not in the file and is removed (--replace): {keys}.",
        "{count} rows of {held} are not in the file and are removed (--replace): {keys}.",
    ),
    "Check that they should no longer count.",
)
ANSWERS_EMPTIED = FAULTS.warning(
    "answers_emptied",
    "The file leaves answers blank that {held} has: {columns} (row {key}).",
    "If the answer still holds, write it in the file and load again.",
)
PREVIEW_OUTDATED = FAULTS.error(
    "preview_outdated",
    "What the files would change is no longer what the preview showed: somebody stored something since.",
    "Look at the preview again and confirm it.",
)
ROW_KEY_UNKNOWN = FAULTS.error(
    "row_key_unknown",
    "{word!r} is not a question of a repeat.",
    "Write the repeat, a colon and its questions: result: activity place.",
)

# Expectations

NUMBER_TOO_LARGE = FAULTS.error(
    "value_too_large",
    "{value!r} is larger than any number that a spreadsheet keeps exactly (9,007,199,254,740,992).",
    "Write the number that was counted.",
)
QUESTIONED = FAULTS.error(
    "questioned",
    "{message} ({question}: {value!r})",
    "Correct it. If it is right, load the file with --reason and one of the operation's reasons.",
)
QUESTION_ANSWERED = FAULTS.warning(
    "question_answered",
    "{message} ({question}: {value!r}) Taken in with the reason {reason}.",
    "The journal keeps who gave the reason.",
)
EXPECTATION_BROKEN = FAULTS.error(
    "expectation_broken",
    "The expectation {id!r} cannot be used: {what} is unknown or not valid.",
    "Correct the row. Columns: id, form, kind (rule, listed, most, once), columns, where, expect, en, fr.",
)
OVERTAKEN = FAULTS.error(
    "overtaken", "Other loads stored changes of the same submissions at the same time.", "Load the file again."
)

# Remarks on good submissions

LATE = FAULTS.warning(
    "late",
    counted(
        "{count} submission speaks of {month} and comes after its cut-off.",
        "{count} submissions speak of {month} and come after its cut-off.",
    ),
    "They are taken in. Tell whoever drafts the update.",
)
PERIOD_CLOSED = FAULTS.warning(
    "period_closed",
    counted(
        "{count} submission speaks of {period}, which was closed as of {on}.",
        "{count} submissions speak of {period}, which was closed as of {on}.",
    ),
    "They are taken in and count as late: toguna cutoff {period} --late lists them.",
)
OUTSIDE_AGREEMENT_PLACE = FAULTS.warning(
    "outside_agreement_place",
    counted(
        "{count} submission of {organisation} speaks of {code}, and no agreement of {organisation} covers that place.",
        "{count} submissions of {organisation} speak of {code}, and no agreement of {organisation} covers that place.",
    ),
    "Correct the place, or add the agreement to agreements.csv.",
)
OUTSIDE_AGREEMENT_ACTIVITY = FAULTS.warning(
    "outside_agreement_activity",
    counted(
        "{count} row of {organisation} reports {activity}, and no agreement of {organisation} is of its sector ({sector}).",
        "{count} rows of {organisation} report {activity}, and no agreement of {organisation} is of its sector ({sector}).",
    ),
    "Correct the activity, or add the agreement to agreements.csv.",
)
