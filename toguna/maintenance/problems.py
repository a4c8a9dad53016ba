"""The faults of backups, of bringing an instance forward, and what the doctor finds."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("maintenance")

# Backups

BACKUP_EXISTS = FAULTS.error(
    "backup_exists",
    en=("There is already a file at {path}.", "Choose another name; nothing was written."),
    fr=("Il y a déjà un fichier à {path}.", "Choisissez un autre nom ; rien n'a été écrit."),
)
BACKUP_INSIDE = FAULTS.error(
    "backup_inside",
    en=(
        "{path} lies inside the instance that is backed up.",
        "Write the backup to another folder, best on another disk.",
    ),
    fr=(
        "{path} est dans l'instance à sauvegarder.",
        "Écrivez la sauvegarde dans un autre dossier, de préférence sur un autre disque.",
    ),
)
BACKUP_LINK = FAULTS.error(
    "backup_link",
    en=("{name} is a symbolic link, which a backup does not follow.", "Put the file itself there."),
    fr=("{name} est un lien symbolique, qu'une sauvegarde ne suit pas.", "Mettez-y le fichier lui-même."),
)
BACKUP_MOVED = FAULTS.error(
    "backup_moved",
    en=("{name} was deleted while the backup was made; nothing was written.", "Run the backup again."),
    fr=("{name} a été supprimé pendant la sauvegarde ; rien n'a été écrit.", "Relancez la sauvegarde."),
)
BACKUP_UNREADABLE = FAULTS.error(
    "backup_unreadable",
    en=("{path} is not a backup of Toguna, or cannot be read: {reason}.", "Name the file that `toguna backup` wrote."),
    fr=(
        "{path} n'est pas une sauvegarde de Toguna, ou est illisible : {reason}.",
        "Nommez le fichier que `toguna backup` a écrit.",
    ),
)
BACKUP_DAMAGED = FAULTS.error(
    "backup_damaged",
    en=("The backup is damaged ({reason}); nothing was restored.", "Use another copy of it, or an earlier backup."),
    fr=(
        "La sauvegarde est abîmée ({reason}) ; rien n'a été restauré.",
        "Prenez-en une autre copie, ou une sauvegarde plus ancienne.",
    ),
)
BACKUP_UNSAFE = FAULTS.error(
    "backup_unsafe",
    en=(
        "The backup holds {name}, which would be written outside its place; nothing was restored.",
        "Do not use this file: Toguna did not write it.",
    ),
    fr=(
        "La sauvegarde contient {name}, qui serait écrit hors de sa place ; rien n'a été restauré.",
        "N'utilisez pas ce fichier : Toguna ne l'a pas écrit.",
    ),
)
BACKUP_DIGEST = FAULTS.error(
    "backup_digest",
    en=(
        "The file has the digest {found}, not the one given.",
        "Use the file of which `toguna backup` printed that digest.",
    ),
    fr=(
        "Le fichier a l'empreinte {found}, pas celle qui est donnée.",
        "Prenez le fichier dont `toguna backup` a imprimé cette empreinte.",
    ),
)
BACKUP_NEWER = FAULTS.error(
    "backup_newer",
    en=(
        "The backup has layout {found}, and this Toguna knows {known}.",
        "Restore it with the Toguna that made it, or a newer one.",
    ),
    fr=(
        "La sauvegarde a la structure {found}, et ce Toguna connaît {known}.",
        "Restaurez-la avec le Toguna qui l'a faite, ou un plus récent.",
    ),
)
BACKUP_TOO_LARGE = FAULTS.error(
    "backup_too_large",
    en=(
        "The backup unpacks to {needed} bytes, and the disk has {free} left.",
        "Make room, or restore to another disk.",
    ),
    fr=(
        "La sauvegarde occupe {needed} octets une fois ouverte, et le disque en a {free}.",
        "Faites de la place, ou restaurez sur un autre disque.",
    ),
)
BACKUP_OTHER_ENGINE = FAULTS.error(
    "backup_other_engine",
    en=("The backup is of {found}, and the new instance would be on {wanted}.", "{cure}"),
    fr=("La sauvegarde est de {found}, et la nouvelle instance serait sur {wanted}.", "{cure_fr}"),
)

# Bringing an instance forward

FORMAT_NEWER = FAULTS.error(
    "format_newer",
    en=(
        "The instance has format {found}, and this Toguna knows up to {known}.",
        "Use the Toguna that made it, or a newer one.",
    ),
    fr=(
        "L'instance est au format {found}, et ce Toguna connaît jusqu'au {known}.",
        "Employez le Toguna qui l'a faite, ou un plus récent.",
    ),
)
SCHEMA_NEWER = FAULTS.error(
    "schema_newer",
    en=("The database was changed by a newer Toguna: it has {unknown}.", "Use that newer Toguna."),
    fr=("La base a été changée par un Toguna plus récent : elle a {unknown}.", "Employez ce Toguna plus récent."),
)
OWNER_ONLY = FAULTS.error(
    "owner_only",
    en=("Only the instance's owner brings it forward.", "Leave --as out."),
    fr=("Seul le propriétaire de l'instance la met à niveau.", "N'écrivez pas --as."),
)
JOURNAL_BROKEN = FAULTS.error(
    "journal_broken",
    en=(
        "The journal does not verify ({count} faults); nothing was changed.",
        "Run `toguna verify` with the Toguna that made the instance, or restore a backup.",
    ),
    fr=(
        "Le journal ne se vérifie pas ({count} fautes) ; rien n'a changé.",
        "Lancez `toguna verify` avec le Toguna qui a fait l'instance, ou restaurez une sauvegarde.",
    ),
)
ATTESTED_MISSING = FAULTS.error(
    "attested_missing",
    en=("What was attested at migration, {sha256}, is missing.", "Restore the folder files/ from a backup."),
    fr=("Ce qui a été attesté à la mise à niveau, {sha256}, manque.", "Restaurez le dossier files/ d'une sauvegarde."),
)
ATTESTED_DIFFERS = FAULTS.error(
    "attested_differs",
    en=(
        "The table {table} no longer holds the {rows} rows that were attested at migration.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "La table {table} ne contient plus les {rows} lignes attestées à la mise à niveau.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)

# The operation's files

PACK_UNRECORDED = FAULTS.error(
    "pack_unrecorded",
    en=(
        "Nothing says which files the operation's pack had: an older Toguna made this instance.",
        "Compare operation.toml and the folder pack with the pack, then run `toguna verify --accept-pack`.",
    ),
    fr=(
        "Rien ne dit quels fichiers avait l'opération : un Toguna plus ancien a fait cette instance.",
        "Comparez operation.toml et le dossier pack avec le pack, puis lancez `toguna verify --accept-pack`.",
    ),
)
PACK_RECORD_MISSING = FAULTS.error(
    "pack_record_missing",
    en=(
        "The list of the operation's files ({sha256}) is missing.",
        "Restore the folder files/ from a backup.",
    ),
    fr=(
        "La liste des fichiers de l'opération ({sha256}) manque.",
        "Restaurez le dossier files/ d'une sauvegarde.",
    ),
)
PACK_FILE_CHANGED = FAULTS.error(
    "pack_file_changed",
    en=(
        "The operation's file {file} was edited since it was recorded.",
        "Restore it from a backup. If the change is meant, run `toguna verify --accept-pack`: it records who accepted it.",
    ),
    fr=(
        "Le fichier {file} de l'opération a été modifié depuis qu'il a été noté.",
        "Restaurez-le d'une sauvegarde. Si c'est voulu, lancez `toguna verify --accept-pack` : il note qui l'accepte.",
    ),
)
PACK_FILE_ADDED = FAULTS.error(
    "pack_file_added",
    en=(
        "The operation's file {file} was added without being recorded.",
        "Restore it from a backup. If the change is meant, run `toguna verify --accept-pack`: it records who accepted it.",
    ),
    fr=(
        "Le fichier {file} de l'opération a été ajouté sans être noté.",
        "Restaurez-le d'une sauvegarde. Si c'est voulu, lancez `toguna verify --accept-pack` : il note qui l'accepte.",
    ),
)
PACK_FILE_GONE = FAULTS.error(
    "pack_file_gone",
    en=(
        "The operation's file {file} is gone.",
        "Restore it from a backup. If the change is meant, run `toguna verify --accept-pack`: it records who accepted it.",
    ),
    fr=(
        "Le fichier {file} de l'opération a disparu.",
        "Restaurez-le d'une sauvegarde. Si c'est voulu, lancez `toguna verify --accept-pack` : il note qui l'accepte.",
    ),
)

# What the doctor finds

DISK_LOW = FAULTS.warning(
    "disk_low",
    en=("The disk has {megabytes} MB left.", "Make room before you load or build."),
    fr=("Le disque a encore {megabytes} Mo.", "Faites de la place avant de charger ou de produire."),
)
CLOCK_BACK = FAULTS.error(
    "clock_back",
    en=("The clock is {hours} hours behind the last act of the journal.", "Set the clock of this machine."),
    fr=("L'horloge retarde de {hours} heures sur le dernier acte du journal.", "Réglez l'horloge de cette machine."),
)
DOES_NOT_OPEN = FAULTS.error(
    "does_not_open",
    en=("The instance does not open: {reason}.", "Run any verb on this machine: it says what to do."),
    fr=("L'instance ne s'ouvre pas : {reason}.", "Lancez un verbe sur cette machine : il dit quoi faire."),
)
MODES_OPEN = FAULTS.error(
    "modes_open",
    en=("{count} files or folders can be read by others.", "Make folders 700 and files 600."),
    fr=("{count} fichiers ou dossiers sont lisibles par d'autres.", "Mettez les dossiers à 700 et les fichiers à 600."),
)
INTEGRITY_LOST = FAULTS.error(
    "integrity_lost",
    en=("The database file is damaged ({count} findings).", "Restore a backup; keep the damaged file."),
    fr=("Le fichier de la base est abîmé ({count} constats).", "Restaurez une sauvegarde ; gardez le fichier abîmé."),
)
MIGRATION_PENDING = FAULTS.warning(
    "migration_pending",
    en=("The instance is of an older Toguna ({count} changes to make).", "Run `toguna migrate`."),
    fr=("L'instance vient d'un Toguna plus ancien ({count} changements à faire).", "Lancez `toguna migrate`."),
)
NO_BACKUP = FAULTS.warning(
    "no_backup",
    en=("No backup was ever made of this instance.", "Run `toguna backup FILE`, and keep the file elsewhere."),
    fr=("Aucune sauvegarde n'a été faite de cette instance.", "Lancez `toguna backup FICHIER`, et gardez-le ailleurs."),
)
BACKUP_OLD = FAULTS.warning(
    "backup_old",
    en=("The last backup is {days} days old.", "Run `toguna backup FILE`, and keep the file elsewhere."),
    fr=("La dernière sauvegarde a {days} jours.", "Lancez `toguna backup FICHIER`, et gardez-le ailleurs."),
)
NOT_EXAMINED = FAULTS.warning(
    "not_examined",
    en=("This could not be looked at: {reason}.", "See the other lines first."),
    fr=("Ceci n'a pu être examiné : {reason}.", "Voyez d'abord les autres lignes."),
)
