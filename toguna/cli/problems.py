"""The faults that only the command can find."""

from toguna.kernel.api import Catalogue

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

CHECK_STOPPED = FAULTS.error(
    "check_stopped",
    en=(
        "The check of {check} stopped: {reason}.",
        "What it compares is damaged or missing: see the other faults, then restore a backup to another folder.",
    ),
    fr=(
        "La vérification de {check} s'est arrêtée : {reason}.",
        "Ce qu'elle compare est abîmé ou manque : voyez les autres fautes, puis restaurez une sauvegarde ailleurs.",
    ),
)

PERIOD_BROKEN = FAULTS.error(
    "period_broken",
    en=("{text!r} is no period.", "Write 2016, 2016-Q4, 2016-12, 2016-12-21, or a range such as 2016-09..2016-12."),
    fr=(
        "{text!r} n'est pas une période.",
        "Écrivez 2016, 2016-Q4, 2016-12, 2016-12-21, ou un intervalle comme 2016-09..2016-12.",
    ),
)

INSTANT_BROKEN = FAULTS.error(
    "instant_broken",
    en=("{text!r} is no day and time.", "Write such as 2017-01-08T18:00."),
    fr=("{text!r} n'est pas un jour avec l'heure.", "Écrivez par exemple 2017-01-08T18:00."),
)

EDITION_DIFFERS = FAULTS.error(
    "edition_differs",
    en=("{edition}, made again, differs: {difference}.", "Keep the issued files; find out what changed beneath them."),
    fr=(
        "{edition}, refaite, diffère : {difference}.",
        "Gardez les fichiers publiés ; cherchez ce qui a changé dessous.",
    ),
)

BEHIND = FAULTS.warning(
    "behind",
    en=(
        "{consumer} could not be brought up to date: {reason}",
        "Figures are as of the last act that was reached. Correct the cause and run `toguna work`.",
    ),
    fr=(
        "{consumer} n'a pas pu être mis à jour : {reason_fr}",
        "Les chiffres sont ceux du dernier acte atteint. Corrigez la cause et lancez `toguna work`.",
    ),
)

READ_ONLY = FAULTS.warning(
    "read_only",
    en=(
        "The instance folder cannot be written. Figures are as of act {sequence}, which the lake has reached; {later} acts came later.",
        "To bring it up to date, copy the folder to a disk that you may write to.",
    ),
    fr=(
        "Le dossier de l'instance n'est pas inscriptible. Chiffres à l'acte {sequence}, atteint par le lac ; {later} actes après.",
        "Pour le mettre à jour, copiez le dossier sur un disque où vous pouvez écrire.",
    ),
)

BUSY_ELSEWHERE = FAULTS.warning(
    "busy_elsewhere",
    en=(
        "Another process is bringing {consumer} up to date.",
        "Figures are as of the last act that was reached. Run `toguna work` to see how far it is.",
    ),
    fr=(
        "Un autre processus met {consumer} à jour.",
        "Les chiffres sont ceux du dernier acte atteint. Lancez `toguna work` pour voir où il en est.",
    ),
)
