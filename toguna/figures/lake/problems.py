"""The faults of the lake, of computing and of the cut-off."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("lake")

TABLE_BROKEN = FAULTS.error(
    "table_broken",
    en=(
        "The lake's table {table} cannot be read: {reason}.",
        "Delete the instance's folder lake; the next figures make it anew from the records.",
    ),
    fr=(
        "La table {table} du lac est illisible : {reason}.",
        "Supprimez le dossier lake de l'instance ; les prochains chiffres le refont.",
    ),
)
FILE_CHANGED = FAULTS.error(
    "file_changed",
    en=(
        "The lake's file {file} is not the one that was written.",
        "Find out who wrote to it, and delete the instance's folder lake: it is made anew from the records.",
    ),
    fr=(
        "Le fichier {file} du lac n'est pas celui qui a été écrit.",
        "Cherchez qui l'a écrit, et supprimez le dossier lake de l'instance : il est refait.",
    ),
)
LAKE_MISSING = FAULTS.error(
    "lake_missing",
    en=(
        "The lake is missing, in whole or in part ({table}): no figure can be computed.",
        "Run `toguna work`: it makes the lake anew from the records.",
    ),
    fr=(
        "Le lac manque, en tout ou en partie ({table}) : aucun chiffre ne peut être calculé.",
        "Lancez `toguna work` : il refait le lac à partir des données.",
    ),
)
LAKE_AHEAD = FAULTS.error(
    "lake_ahead",
    en=(
        "The lake has reached act {reached}, and the journal ends at {head} or was another then.",
        "The journal was rewritten, or the database is an older one. Keep a copy of the folder; then `toguna work` makes the lake anew.",
    ),
    fr=(
        "Le lac a atteint l'acte {reached}, mais le journal s'arrête à {head} ou était un autre.",
        "Le journal a été réécrit, ou la base est plus ancienne. Gardez une copie du dossier ; puis `toguna work` refait le lac.",
    ),
)
ROWS_DIFFER = FAULTS.error(
    "rows_differ",
    en=(
        "The lake's table {table} holds {found} rows where the records make {expected}.",
        "Delete the instance's folder lake; it is made anew.",
    ),
    fr=(
        "La table {table} du lac a {found} lignes là où les enregistrements en font {expected}.",
        "Supprimez le dossier lake de l'instance ; il est refait.",
    ),
)
STATEMENT_REFUSED = FAULTS.error(
    "statement_refused",
    en=("The condition makes more than one query, or another thing than a query.", "Mend the indicator's condition."),
    fr=(
        "La condition fait plus d'une requête, ou autre chose qu'une requête.",
        "Corrigez la condition de l'indicateur.",
    ),
)
QUERY_FAILED = FAULTS.error(
    "query_failed",
    en=(
        "The figure {reference} could not be computed: {reason}",
        "Mend the indicator's expression, or narrow its period.",
    ),
    fr=(
        "Le chiffre {reference} n'a pas pu être calculé : {reason}",
        "Corrigez l'expression de l'indicateur, ou réduisez la période.",
    ),
)
PLACE_UNKNOWN = FAULTS.error(
    "place_unknown",
    en=("{word!r} is no place on {day}{near}.", "Write the p-code or slug of a place of the register."),
    fr=("{word!r} n'est pas un lieu au {day}{near}.", "Écrivez le p-code ou le slug d'un lieu du registre."),
)
SPLIT_UNKNOWN = FAULTS.error(
    "split_unknown",
    en=(
        "{indicator} cannot be split by {by!r}.",
        "Split it by one of {known}, by month, by region or by place@LEVEL.",
    ),
    fr=(
        "{indicator} ne peut pas être ventilé par {by!r}.",
        "Ventilez par {known}, par month (mois), par region ou par place@NIVEAU.",
    ),
)
SPLIT_PLACELESS = FAULTS.error(
    "split_placeless",
    en=(
        "{indicator} has no place by which it could be split.",
        "Give the indicator its place, or leave this split out.",
    ),
    fr=(
        "{indicator} n'a pas de lieu par lequel ventiler.",
        "Donnez son lieu à l'indicateur, ou retirez cette ventilation.",
    ),
)
SPLIT_MONTHLESS = FAULTS.error(
    "split_monthless",
    en=(
        "{indicator} is not a flow: its months do not make up its period.",
        "Ask it for each month's end instead.",
    ),
    fr=(
        "{indicator} n'est pas un flux : ses mois ne composent pas sa période.",
        "Demandez-le plutôt à chaque fin de mois.",
    ),
)
CUT_OFF_UNTOLD = FAULTS.error(
    "cut_off_untold",
    en=(
        "The cut-off of {period} is not the one that act {act} tells of.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "La date d'arrêté de {period} n'est pas celle dont parle l'acte {act}.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
EDITION_UNKNOWN = FAULTS.error(
    "edition_unknown",
    en=("There is no edition {edition!r}.", "Name an edition that was issued, or write as_of."),
    fr=("Il n'y a pas d'édition {edition!r}.", "Nommez une édition publiée, ou écrivez as_of."),
)
NOT_CONVERTIBLE = FAULTS.error(
    "not_convertible",
    en=(
        "{reference} counts amounts in {currency}, which are not stated in {unit}.",
        "Write convert: record_date or period_end in the indicator and the rate in operation.toml, or narrow where.",
    ),
    fr=(
        "{reference} compte des montants en {currency}, non exprimés en {unit}.",
        "Écrivez convert: record_date ou period_end et le taux dans operation.toml, ou restreignez where.",
    ),
)
CUT_OFF_AHEAD = FAULTS.error(
    "cut_off_ahead",
    en=("The cut-off of {period} lies ahead ({at}).", "Wait for it, or name an earlier instant with --at."),
    fr=("La date d'arrêté de {period} est à venir ({at}).", "Attendez-la, ou donnez un instant passé avec --at."),
)
CUT_OFF_EARLY = FAULTS.error(
    "cut_off_early",
    en=("{at} comes before the end of {period}.", "Close a period after its last day."),
    fr=("{at} précède la fin de {period}.", "Arrêtez une période après son dernier jour."),
)
REASON_NEEDED = FAULTS.warning(
    "reason_needed",
    en=("Confidential answers are left out of the trace of {reference}.", "Say why you read them with --reason CODE."),
    fr=(
        "La trace de {reference} omet les réponses confidentielles.",
        "Dites pourquoi vous les lisez avec --reason CODE.",
    ),
)
