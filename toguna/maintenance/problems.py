"""The faults of backups, of bringing an instance forward, and what the doctor finds."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("maintenance")

# Backups

BACKUP_EXISTS = FAULTS.error(
    "backup_exists", "There is already a file at {path}.", "Choose another name; nothing was written."
)
BACKUP_INSIDE = FAULTS.error(
    "backup_inside",
    "{path} lies inside the instance that is backed up.",
    "Write the backup to another folder, best on another disk.",
)
BACKUP_LINK = FAULTS.error(
    "backup_link", "{name} is a symbolic link, which a backup does not follow.", "Put the file itself there."
)
BACKUP_MOVED = FAULTS.error(
    "backup_moved", "{name} was deleted while the backup was made; nothing was written.", "Run the backup again."
)
BACKUP_UNREADABLE = FAULTS.error(
    "backup_unreadable",
    "{path} is not a backup of Toguna, or cannot be read: {reason}.",
    "Name the file that `toguna backup` wrote.",
)
BACKUP_DAMAGED = FAULTS.error(
    "backup_damaged",
    "The backup is damaged ({reason}); nothing was restored.",
    "Use another copy of it, or an earlier backup.",
)
BACKUP_UNSAFE = FAULTS.error(
    "backup_unsafe",
    "The backup holds {name}, which would be written outside its place; nothing was restored.",
    "Do not use this file: Toguna did not write it.",
)
BACKUP_DIGEST = FAULTS.error(
    "backup_digest",
    "The file has the digest {found}, not the one given.",
    "Use the file of which `toguna backup` printed that digest.",
)
BACKUP_NEWER = FAULTS.error(
    "backup_newer",
    "The backup has layout {found}, and this Toguna knows {known}.",
    "Restore it with the Toguna that made it, or a newer one.",
)
BACKUP_TOO_LARGE = FAULTS.error(
    "backup_too_large",
    "The backup unpacks to {needed} bytes, and the disk has {free} left.",
    "Make room, or restore to another disk.",
)
BACKUP_NO_ROOM = FAULTS.error(
    "backup_no_room",
    "The backup needs up to {needed} bytes in {folder}, and the disk has {free} left.",
    "Make room, or write the backup to another disk; nothing of it was kept.",
)
BACKUP_OTHER_ENGINE = FAULTS.error(
    "backup_other_engine", "The backup is of {found}, and the new instance would be on {wanted}.", "{cure}"
)

# Bringing an instance forward

FORMAT_NEWER = FAULTS.error(
    "format_newer",
    "The instance has format {found}, and this Toguna knows up to {known}.",
    "Use the Toguna that made it, or a newer one.",
)
SCHEMA_NEWER = FAULTS.error(
    "schema_newer", "The database was changed by a newer Toguna: it has {unknown}.", "Use that newer Toguna."
)
OWNER_ONLY = FAULTS.error("owner_only", "Only the instance's owner brings it forward.", "Leave --as out.")
JOURNAL_BROKEN = FAULTS.error(
    "journal_broken",
    counted(
        "The journal does not verify ({count} fault); nothing was changed.",
        "The journal does not verify ({count} faults); nothing was changed.",
    ),
    "Run `toguna verify` with the Toguna that made the instance, or restore a backup.",
)
ATTESTED_MISSING = FAULTS.error(
    "attested_missing",
    "What was attested at migration, {sha256}, is missing.",
    "Restore the folder files/ from a backup.",
)
ATTESTED_DIFFERS = FAULTS.error(
    "attested_differs",
    counted(
        "The table {table} no longer holds the {rows} row that was attested at migration.",
        "The table {table} no longer holds the {rows} rows that were attested at migration.",
        "rows",
    ),
    "Restore the database from a backup, and find out who wrote to it.",
)

# The operation's files in an instance of an older Toguna

PACK_RECORD_MISSING = FAULTS.error(
    "pack_record_missing",
    "The list of the operation's files ({sha256}) is missing.",
    "Restore the folder files/ from a backup.",
)
PACK_FILE_CHANGED = FAULTS.error(
    "pack_file_changed",
    "The operation's file {file} was edited since it was recorded.",
    "Restore it from a backup. If the change is meant, run `toguna migrate --accept-pack`.",
)
PACK_FILE_ADDED = FAULTS.error(
    "pack_file_added",
    "The operation's file {file} was added without being recorded.",
    "Restore it from a backup. If the change is meant, run `toguna migrate --accept-pack`.",
)
PACK_FILE_GONE = FAULTS.error(
    "pack_file_gone",
    "The operation's file {file} is gone.",
    "Restore it from a backup. If the change is meant, run `toguna migrate --accept-pack`.",
)

# What the doctor finds

DISK_LOW = FAULTS.warning("disk_low", "The disk has {megabytes} MB left.", "Make room before you load or build.")
CLOCK_BACK = FAULTS.error(
    "clock_back",
    counted(
        "The clock is {hours} hour behind the last act of the journal.",
        "The clock is {hours} hours behind the last act of the journal.",
        "hours",
    ),
    "Set the clock of this machine.",
)
DOES_NOT_OPEN = FAULTS.error(
    "does_not_open", "The instance does not open: {reason}.", "Run any verb on this machine: it says what to do."
)
NO_INSTANCE_HERE = FAULTS.error(
    "no_instance_here", "There is no instance in this folder: {reason}.", "Name the instance's folder with --home."
)
TOO_OLD_TO_OPEN = FAULTS.error(
    "too_old_to_open", "The instance was made by an older Toguna: {reason}.", "Run `toguna migrate`."
)
TOO_NEW_TO_OPEN = FAULTS.error(
    "too_new_to_open", "The instance was made by a newer Toguna: {reason}.", "Use that newer Toguna."
)
MODES_OPEN = FAULTS.error(
    "modes_open",
    counted("{count} file or folder can be read by others.", "{count} files or folders can be read by others."),
    "Make folders 700 and files 600.",
)
INTEGRITY_LOST = FAULTS.error(
    "integrity_lost",
    counted("The database file is damaged ({count} finding).", "The database file is damaged ({count} findings)."),
    "Restore a backup; keep the damaged file.",
)
MIGRATION_PENDING = FAULTS.warning(
    "migration_pending",
    counted(
        "The instance is of an older Toguna ({count} change to make).",
        "The instance is of an older Toguna ({count} changes to make).",
    ),
    "Run `toguna migrate`.",
)
NO_BACKUP = FAULTS.warning(
    "no_backup", "No backup was ever made of this instance.", "Run `toguna backup FILE`, and keep the file elsewhere."
)
BACKUP_OLD = FAULTS.warning(
    "backup_old",
    counted("The last backup is {days} day old.", "The last backup is {days} days old.", "days"),
    "Run `toguna backup FILE`, and keep the file elsewhere.",
)
NOT_EXAMINED = FAULTS.warning("not_examined", "This could not be looked at: {reason}.", "See the other lines first.")
