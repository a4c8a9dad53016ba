"""The faults of the journal: what a reader asks wrongly, and what verification finds."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("journal")

AS_OF_BROKEN = FAULTS.error(
    "as_of_broken",
    en=(
        "{value!r} is no moment of the journal.",
        "Write a sequence (1234), a day (2016-12-31) or a day and time (2017-01-08T18:00).",
    ),
    fr=(
        "{value!r} n'est pas un moment du journal.",
        "Écrivez une séquence (1234), un jour (2016-12-31) ou un jour et une heure (2017-01-08T18:00).",
    ),
)
AS_OF_AHEAD = FAULTS.error(
    "as_of_ahead",
    en=("The journal ends at {last}; it has no sequence {value}.", "Write {last} or less."),
    fr=("Le journal finit à {last} ; il n'a pas de séquence {value}.", "Écrivez {last} ou moins."),
)
HEAD_BROKEN = FAULTS.error(
    "head_broken",
    en=(
        "{value!r} is no head of a journal.",
        "Write its sequence, a colon and its digest, as `toguna verify` printed it.",
    ),
    fr=(
        "{value!r} n'est pas une tête de journal.",
        "Écrivez sa séquence, deux-points et son empreinte, comme `toguna verify` l'a imprimée.",
    ),
)
ACT_DROPPED = FAULTS.error(
    "act_dropped",
    en=(
        "After act {before} comes act {sequence}: those between are gone.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Après l'acte {before} vient l'acte {sequence} : il en manque entre eux.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
ACT_UNLINKED = FAULTS.error(
    "act_unlinked",
    en=(
        "Act {sequence} does not follow from the act before it.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "L'acte {sequence} ne découle pas de celui d'avant.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
ACT_EDITED = FAULTS.error(
    "act_edited",
    en=(
        "Act {sequence} is not what was appended.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "L'acte {sequence} n'est pas ce qui avait été inscrit.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
ACT_BACKWARD = FAULTS.error(
    "act_backward",
    en=(
        "Act {sequence} speaks of a time before the act before it.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "L'acte {sequence} parle d'un temps antérieur à l'acte d'avant.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
TRUNCATED = FAULTS.error(
    "truncated",
    en=(
        "The journal ends at {last}, and the head kept elsewhere is of act {sequence}.",
        "Restore the newest backup, and find out who cut it.",
    ),
    fr=(
        "Le journal finit à {last}, et la tête gardée ailleurs est de l'acte {sequence}.",
        "Restaurez la dernière sauvegarde, et cherchez qui l'a coupé.",
    ),
)
HEAD_DIFFERS = FAULTS.error(
    "head_differs",
    en=(
        "Act {sequence} has another digest than the head kept elsewhere.",
        "The journal was rewritten: restore it from a backup, and find out who did.",
    ),
    fr=(
        "L'acte {sequence} a une autre empreinte que la tête gardée ailleurs.",
        "Le journal a été réécrit : restaurez une sauvegarde, et cherchez qui.",
    ),
)
TRIGGER_MISSING = FAULTS.error(
    "trigger_missing",
    en=(
        "The database no longer refuses changes of acts: the trigger {name} is gone.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "La base ne refuse plus qu'on change des actes : le déclencheur {name} a disparu.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
KEPT_HEAD_DIFFERS = FAULTS.error(
    "kept_head_differs",
    en=(
        "Act {sequence} is not the one of which {where} kept the digest: the journal was rewritten since.",
        "Keep this folder, its file heads included: it is the proof. Restore a backup to another folder, and find out who did.",
    ),
    fr=(
        "L'acte {sequence} n'est pas celui dont {where} a gardé l'empreinte : le journal a été réécrit depuis.",
        "Gardez ce dossier avec son fichier heads : c'est la preuve. Restaurez une sauvegarde ailleurs, et cherchez qui.",
    ),
)
KEPT_HEAD_GONE = FAULTS.error(
    "kept_head_gone",
    en=(
        "Act {sequence}, of which {where} kept the digest, is gone: the journal was cut, or the database is an older one.",
        "Keep this folder, its file heads included: it is the proof. Restore the newest backup to another folder.",
    ),
    fr=(
        "L'acte {sequence}, dont {where} a gardé l'empreinte, a disparu : journal coupé, ou base plus ancienne.",
        "Gardez ce dossier avec son fichier heads : c'est la preuve. Restaurez la dernière sauvegarde ailleurs.",
    ),
)
HEADS_BROKEN = FAULTS.error(
    "heads_broken",
    en=(
        "A line in {where} is no head of the journal.",
        "Find out who wrote to it, and compare it with a copy.",
    ),
    fr=(
        "Une ligne de {where} n'est pas une tête de journal.",
        "Cherchez qui y a écrit, et comparez avec une copie.",
    ),
)
