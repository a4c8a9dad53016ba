"""The faults that only the command can find."""

from toguna.kernel import Catalogue

FAULTS = Catalogue("cli")

TABLE_UNTOLD = FAULTS.error(
    "table_untold",
    en=(
        "The table of {table} is not the one that the journal tells of.",
        "Load it again, and find out who wrote to the database.",
    ),
    fr=(
        "La table {table} n'est pas celle dont parle le journal.",
        "Rechargez-la, et cherchez qui a écrit dans la base.",
    ),
)
