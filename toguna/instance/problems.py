"""The faults of an operation's settings, of an instance folder and of its database."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("instance")

# operation.toml

TOML_BROKEN = FAULTS.error(
    "toml_broken", "The file is not TOML: {reason}.", "Mend that line; texts stand in quotes, lists in square brackets."
)
KEY_UNKNOWN = FAULTS.error("key_unknown", "There is no {key} in an operation{near}.", "Take it out, or mend its name.")
KEY_MISSING = FAULTS.error("key_missing", "The operation lacks {key}.", "Write it, such as {example}")
VALUE_WRONG = FAULTS.error("value_wrong", "{key} is {value}, which is not {wanted}.", "Write it as in: {example}")
THRESHOLD_LOWERED = FAULTS.error(
    "threshold_lowered",
    "The threshold of {key} is {value}, below {least}.",
    "An operation may only raise it; write {least} or more.",
)
BRACKETS_BROKEN = FAULTS.error(
    "brackets_broken",
    "The brackets of {key} do not follow one another: {after} comes after {before}.",
    "Begin each where the last ends, such as 0-4, 5-11, 12+.",
)

# The instance folder

INSIDE = FAULTS.error(
    "inside_another",
    "{path} lies inside the instance {outer}, whose backups would hold it.",
    "Choose a folder that is in no instance; nothing was changed.",
)
EXISTS = FAULTS.error(
    "exists",
    "There is something at {path} already.",
    "Choose another folder, or move that one away; nothing was changed.",
)
NO_INSTANCE = FAULTS.error(
    "none_here",
    "There is no instance at {path}.",
    "Make one with `toguna new --pack PACK`, or name its folder with --home.",
)
FOLDER_UNUSABLE = FAULTS.error(
    "folder_unusable", "The folder {path} cannot be used: {reason}.", "Choose a folder that you may write to."
)
MODE_OPEN = FAULTS.error("mode_open", "{path} can be read by others (mode {mode}).", "Run: chmod {wanted} {path}")
FORMAT_UNKNOWN = FAULTS.error(
    "format_unknown",
    "The instance has format {found}, and this Toguna knows up to {known}.",
    "Use the Toguna that made it, or a newer one.",
)
FORMAT_OLD = FAULTS.error(
    "format_old",
    "The instance has format {found}, and this Toguna works with {known}.",
    "Run `toguna migrate`: it backs the instance up and brings it forward.",
)
CONTENT_MISSING = FAULTS.error(
    "content_missing", "The content {sha256} is not here.", "Restore the folder files/ from a backup."
)
CONTENT_CHANGED = FAULTS.error(
    "content_changed",
    "{path} no longer holds the bytes it is named after.",
    "Restore it from a backup, and find out who wrote to it.",
)

CONTENT_NOT_WRITTEN = FAULTS.error(
    "content_not_written",
    "The folder files/ could not be written: {reason}. Nothing of this was kept.",
    "Make room on the disk, see that you may write there, then do it again.",
)
SETTINGS_BROKEN = FAULTS.error(
    "settings_broken",
    "{path} is missing or cannot be read: {reason}.",
    "Restore it from a backup of the instance folder.",
)
DATABASE_MISSING = FAULTS.error(
    "database_missing", "The database {path} is missing.", "Restore the instance folder from a backup."
)

# The database

SETTING_UNSAFE = FAULTS.error(
    "database_unsafe", "The database has {setting} = {found}; records are safe only with {wanted}.", "{cure}"
)
SCHEMA_OLD = FAULTS.error(
    "schema_old",
    "The database was made by an older Toguna: {missing} is not applied.",
    "Run `toguna migrate`: it backs the instance up and brings it forward.",
)
SCHEMA_NEW = FAULTS.error(
    "schema_new", "The database was made by a newer Toguna: it has {unknown}.", "Use that newer Toguna."
)
NO_DATABASE = FAULTS.error(
    "database_unreachable",
    "The database cannot be opened: {reason}.",
    "See that it runs, and that TOGUNA_DATABASE names it.",
)
DSN_BROKEN = FAULTS.error(
    "dsn_broken", "TOGUNA_DATABASE is no PostgreSQL address: {reason}.", "Write postgresql://user@host/database."
)
DATABASE_TAKEN = FAULTS.error(
    "database_taken", "The database holds a schema {schema} already.", "Name an empty database; nothing was changed."
)
DATABASE_OF_OTHER = FAULTS.error(
    "database_of_another",
    "The database belongs to another instance ({found}) than this folder ({wanted}).",
    "Set TOGUNA_DATABASE to this instance's database.",
)
BUSY = FAULTS.error(
    "database_busy",
    "Another process has been writing for over {seconds} seconds; nothing of this was written.",
    "Try again when it is done.",
)
NOT_WRITTEN = FAULTS.error(
    "database_not_written",
    "The database could not be written: {reason}. Nothing of this was kept.",
    "Make room on the disk and see that it is whole, then do it again.",
)
DATABASE_DAMAGED = FAULTS.error(
    "database_damaged",
    "The database file is damaged: {reason}.",
    "Keep the damaged file, restore the newest backup to another folder, and check the disk.",
)

# Tables of the pack

TABLE_UNREADABLE = FAULTS.error("table_unreadable", "The table cannot be read: {reason}.", "Save it as CSV in UTF-8.")
COLUMN_UNKNOWN = FAULTS.error(
    "column_unknown", "The table has no column {column!r}{near}.", "Take it out, or mend its name."
)
COLUMN_MISSING = FAULTS.error("column_missing", "The column {column!r} is missing.", "Add it to the header.")
CELL_BLANK = FAULTS.error("cell_blank", "{column} is blank.", "Fill it in, or delete the row.")
CELL_NO_DAY = FAULTS.error("cell_no_day", "{column} holds {value!r}, which is no day.", "Write it as 2016-12-31.")
ROW_TOO_LONG = FAULTS.error(
    "row_too_long", "The row has {found} cells, and the header {most}.", "Put a cell that holds a comma in quotes."
)
