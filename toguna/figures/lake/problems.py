"""The faults of the lake, of computing and of the cut-off."""

from toguna.kernel import Catalogue

FAULTS = Catalogue("lake")

TABLE_BROKEN = FAULTS.error(
    "table_broken",
    en=("The lake's table {table} cannot be read: {reason}.", "Run toguna verify --rebuild-lake; no record is lost."),
    fr=(
        "La table {table} du lac est illisible : {reason}.",
        "Lancez toguna verify --rebuild-lake ; aucun enregistrement n'est perdu.",
    ),
)
FILE_CHANGED = FAULTS.error(
    "file_changed",
    en=(
        "The lake's file {file} is not the one that was written.",
        "Run toguna verify --rebuild-lake; find out who wrote to the folder.",
    ),
    fr=(
        "Le fichier {file} du lac n'est pas celui qui a été écrit.",
        "Lancez toguna verify --rebuild-lake ; cherchez qui a écrit dans le dossier.",
    ),
)
LAKE_AHEAD = FAULTS.error(
    "lake_ahead",
    en=(
        "The lake has reached act {reached}, and the journal ends at {head} or was another then.",
        "Run toguna verify --rebuild-lake: the database came from a backup.",
    ),
    fr=(
        "Le lac a atteint l'acte {reached}, mais le journal s'arrête à {head} ou était un autre.",
        "Lancez toguna verify --rebuild-lake : la base vient d'une sauvegarde.",
    ),
)
ROWS_DIFFER = FAULTS.error(
    "rows_differ",
    en=(
        "The lake's table {table} holds {found} rows where the records make {expected}.",
        "Run toguna verify --rebuild-lake.",
    ),
    fr=(
        "La table {table} du lac a {found} lignes là où les enregistrements en font {expected}.",
        "Lancez toguna verify --rebuild-lake.",
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
