"""The faults of an operation's settings, of an instance folder and of its database."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("instance")

# operation.toml

TOML_BROKEN = FAULTS.error(
    "toml_broken",
    en=("The file is not TOML: {reason}.", "Mend that line; texts stand in quotes, lists in square brackets."),
    fr=(
        "Le fichier n'est pas du TOML : {reason}.",
        "Corrigez cette ligne ; textes entre guillemets, listes entre crochets.",
    ),
)
KEY_UNKNOWN = FAULTS.error(
    "key_unknown",
    en=("There is no {key} in an operation{near}.", "Take it out, or mend its name."),
    fr=("Une opération n'a pas de {key}{near}.", "Supprimez-le, ou corrigez son nom."),
)
KEY_MISSING = FAULTS.error(
    "key_missing",
    en=("The operation lacks {key}.", "Write it, such as {example}"),
    fr=("Il manque {key} à l'opération.", "Écrivez-le, par exemple {example}"),
)
VALUE_WRONG = FAULTS.error(
    "value_wrong",
    en=("{key} is {value}, which is not {wanted}.", "Write it as in: {example}"),
    fr=("{key} vaut {value}, ce qui n'est pas {wanted_fr}.", "Écrivez comme dans : {example}"),
)
THRESHOLD_LOWERED = FAULTS.error(
    "threshold_lowered",
    en=("The threshold of {key} is {value}, below {least}.", "An operation may only raise it; write {least} or more."),
    fr=(
        "Le seuil de {key} est {value}, en dessous de {least}.",
        "On ne peut que le relever ; écrivez {least} ou plus.",
    ),
)
BRACKETS_BROKEN = FAULTS.error(
    "brackets_broken",
    en=(
        "The brackets of {key} do not follow one another: {after} comes after {before}.",
        "Begin each where the last ends, such as 0-4, 5-11, 12+.",
    ),
    fr=(
        "Les tranches de {key} ne se suivent pas : {after} vient après {before}.",
        "Commencez chacune où finit la précédente : 0-4, 5-11, 12+.",
    ),
)

# The instance folder

EXISTS = FAULTS.error(
    "exists",
    en=("There is something at {path} already.", "Choose another folder, or move that one away; nothing was changed."),
    fr=("Il y a déjà quelque chose à {path}.", "Choisissez un autre dossier, ou déplacez celui-là ; rien n'a changé."),
)
NO_INSTANCE = FAULTS.error(
    "none_here",
    en=("There is no instance at {path}.", "Make one with `toguna new --pack PACK`, or name its folder with --home."),
    fr=(
        "Il n'y a pas d'instance à {path}.",
        "Faites-en une avec `toguna new --pack PACK`, ou nommez son dossier avec --home.",
    ),
)
FOLDER_UNUSABLE = FAULTS.error(
    "folder_unusable",
    en=("The folder {path} cannot be used: {reason}.", "Choose a folder that you may write to."),
    fr=("Le dossier {path} est inutilisable : {reason}.", "Choisissez un dossier où vous pouvez écrire."),
)
MODE_OPEN = FAULTS.error(
    "mode_open",
    en=("{path} can be read by others (mode {mode}).", "Run: chmod {wanted} {path}"),
    fr=("{path} est lisible par d'autres (mode {mode}).", "Lancez : chmod {wanted} {path}"),
)
FORMAT_UNKNOWN = FAULTS.error(
    "format_unknown",
    en=(
        "The instance has format {found}, and this Toguna knows up to {known}.",
        "Use the Toguna that made it, or a newer one.",
    ),
    fr=(
        "L'instance est au format {found}, et ce Toguna connaît jusqu'au {known}.",
        "Employez le Toguna qui l'a faite, ou un plus récent.",
    ),
)
FORMAT_OLD = FAULTS.error(
    "format_old",
    en=(
        "The instance has format {found}, and this Toguna works with {known}.",
        "Run `toguna migrate`: it backs the instance up and brings it forward.",
    ),
    fr=(
        "L'instance est au format {found}, et ce Toguna travaille avec {known}.",
        "Lancez `toguna migrate` : il sauvegarde l'instance et la met à niveau.",
    ),
)
CONTENT_MISSING = FAULTS.error(
    "content_missing",
    en=("The content {sha256} is not here.", "Restore the folder files/ from a backup."),
    fr=("Le contenu {sha256} n'est pas là.", "Restaurez le dossier files/ d'une sauvegarde."),
)
CONTENT_CHANGED = FAULTS.error(
    "content_changed",
    en=(
        "{path} no longer holds the bytes it is named after.",
        "Restore it from a backup, and find out who wrote to it.",
    ),
    fr=(
        "{path} ne contient plus les octets dont il porte le nom.",
        "Restaurez-le d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)

CONTENT_NOT_WRITTEN = FAULTS.error(
    "content_not_written",
    en=(
        "The folder files/ could not be written: {reason}. Nothing of this was kept.",
        "Make room on the disk, see that you may write there, then do it again.",
    ),
    fr=(
        "Le dossier files/ n'a pu être écrit : {reason}. Rien de ceci n'a été gardé.",
        "Faites de la place sur le disque, vérifiez vos droits, puis recommencez.",
    ),
)
SETTINGS_BROKEN = FAULTS.error(
    "settings_broken",
    en=("{path} is missing or cannot be read: {reason}.", "Restore it from a backup of the instance folder."),
    fr=("{path} manque ou est illisible : {reason}.", "Restaurez-le d'une sauvegarde du dossier de l'instance."),
)
DATABASE_MISSING = FAULTS.error(
    "database_missing",
    en=("The database {path} is missing.", "Restore the instance folder from a backup."),
    fr=("La base {path} manque.", "Restaurez le dossier de l'instance d'une sauvegarde."),
)

# The database

SETTING_UNSAFE = FAULTS.error(
    "database_unsafe",
    en=("The database has {setting} = {found}; records are safe only with {wanted}.", "{cure}"),
    fr=("La base a {setting} = {found} ; les données ne sont sûres qu'avec {wanted}.", "{cure_fr}"),
)
SCHEMA_OLD = FAULTS.error(
    "schema_old",
    en=(
        "The database was made by an older Toguna: {missing} is not applied.",
        "Run `toguna migrate`: it backs the instance up and brings it forward.",
    ),
    fr=(
        "La base vient d'un Toguna plus ancien : {missing} n'est pas appliqué.",
        "Lancez `toguna migrate` : il sauvegarde l'instance et la met à niveau.",
    ),
)
SCHEMA_NEW = FAULTS.error(
    "schema_new",
    en=("The database was made by a newer Toguna: it has {unknown}.", "Use that newer Toguna."),
    fr=("La base vient d'un Toguna plus récent : elle a {unknown}.", "Employez ce Toguna plus récent."),
)
NO_DATABASE = FAULTS.error(
    "database_unreachable",
    en=("The database cannot be opened: {reason}.", "See that it runs, and that TOGUNA_DATABASE names it."),
    fr=("La base ne peut être ouverte : {reason}.", "Vérifiez qu'elle tourne et que TOGUNA_DATABASE la nomme."),
)
DSN_BROKEN = FAULTS.error(
    "dsn_broken",
    en=("TOGUNA_DATABASE is no PostgreSQL address: {reason}.", "Write postgresql://user@host/database."),
    fr=("TOGUNA_DATABASE n'est pas une adresse PostgreSQL : {reason}.", "Écrivez postgresql://utilisateur@hote/base."),
)
DATABASE_TAKEN = FAULTS.error(
    "database_taken",
    en=("The database holds a schema {schema} already.", "Name an empty database; nothing was changed."),
    fr=("La base contient déjà un schéma {schema}.", "Nommez une base vide ; rien n'a changé."),
)
DATABASE_OF_OTHER = FAULTS.error(
    "database_of_another",
    en=(
        "The database belongs to another instance ({found}) than this folder ({wanted}).",
        "Set TOGUNA_DATABASE to this instance's database.",
    ),
    fr=(
        "La base appartient à une autre instance ({found}) que ce dossier ({wanted}).",
        "Donnez dans TOGUNA_DATABASE la base de cette instance.",
    ),
)
BUSY = FAULTS.error(
    "database_busy",
    en=(
        "Another process has been writing for over {seconds} seconds; nothing of this was written.",
        "Try again when it is done.",
    ),
    fr=(
        "Un autre processus écrit depuis plus de {seconds} secondes ; rien de ceci n'a été écrit.",
        "Recommencez quand il aura fini.",
    ),
)
NOT_WRITTEN = FAULTS.error(
    "database_not_written",
    en=(
        "The database could not be written: {reason}. Nothing of this was kept.",
        "Make room on the disk and see that it is whole, then do it again.",
    ),
    fr=(
        "La base n'a pu être écrite : {reason}. Rien de ceci n'a été gardé.",
        "Faites de la place sur le disque, vérifiez-le, puis recommencez.",
    ),
)
DATABASE_DAMAGED = FAULTS.error(
    "database_damaged",
    en=(
        "The database file is damaged: {reason}.",
        "Keep the damaged file, restore the newest backup to another folder, and check the disk.",
    ),
    fr=(
        "Le fichier de la base est abîmé : {reason}.",
        "Gardez le fichier abîmé, restaurez la dernière sauvegarde ailleurs, et vérifiez le disque.",
    ),
)

# Tables of the pack

TABLE_UNREADABLE = FAULTS.error(
    "table_unreadable",
    en=("The table cannot be read: {reason}.", "Save it as CSV in UTF-8."),
    fr=("La table est illisible : {reason}.", "Enregistrez-la en CSV, UTF-8."),
)
COLUMN_UNKNOWN = FAULTS.error(
    "column_unknown",
    en=("The table has no column {column!r}{near}.", "Take it out, or mend its name."),
    fr=("La table n'a pas de colonne {column!r}{near}.", "Supprimez-la, ou corrigez son nom."),
)
COLUMN_MISSING = FAULTS.error(
    "column_missing",
    en=("The column {column!r} is missing.", "Add it to the header."),
    fr=("La colonne {column!r} manque.", "Ajoutez-la à l'en-tête."),
)
CELL_BLANK = FAULTS.error(
    "cell_blank",
    en=("{column} is blank.", "Fill it in, or delete the row."),
    fr=("{column} est vide.", "Remplissez-le, ou supprimez la ligne."),
)
CELL_NO_DAY = FAULTS.error(
    "cell_no_day",
    en=("{column} holds {value!r}, which is no day.", "Write it as 2016-12-31."),
    fr=("{column} contient {value!r}, qui n'est pas un jour.", "Écrivez-le comme 2016-12-31."),
)
ROW_TOO_LONG = FAULTS.error(
    "row_too_long",
    en=("The row has {found} cells, and the header {most}.", "Put a cell that holds a comma in quotes."),
    fr=("La ligne a {found} cellules, et l'en-tête {most}.", "Mettez entre guillemets une cellule à virgule."),
)
