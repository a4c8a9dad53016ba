"""The faults of the journal: what a reader asks wrongly, and what verification finds."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("journal")

AS_OF_BROKEN = FAULTS.error(
    "as_of_broken",
    "{value!r} is no moment of the journal.",
    "Write a sequence (1234), a day (2016-12-31) or a day and time (2017-01-08T18:00).",
)
AS_OF_AHEAD = FAULTS.error(
    "as_of_ahead", "The journal ends at {last}; it has no sequence {value}.", "Write {last} or less."
)
HEAD_BROKEN = FAULTS.error(
    "head_broken",
    "{value!r} is no head of a journal.",
    "Write its sequence, a colon and its digest, as `toguna verify` printed it.",
)
ACT_DROPPED = FAULTS.error(
    "act_dropped",
    "After act {before} comes act {sequence}: those between are gone.",
    "Restore the database from a backup, and find out who wrote to it.",
)
ACT_UNLINKED = FAULTS.error(
    "act_unlinked",
    "Act {sequence} does not follow from the act before it.",
    "Restore the database from a backup, and find out who wrote to it.",
)
ACT_EDITED = FAULTS.error(
    "act_edited",
    "Act {sequence} is not what was appended.",
    "Restore the database from a backup, and find out who wrote to it.",
)
ACT_BACKWARD = FAULTS.error(
    "act_backward",
    "Act {sequence} speaks of a time before the act before it.",
    "Restore the database from a backup, and find out who wrote to it.",
)
TRUNCATED = FAULTS.error(
    "truncated",
    "The journal ends at {last}, and the head kept elsewhere is of act {sequence}.",
    "Restore the newest backup, and find out who cut it.",
)
HEAD_DIFFERS = FAULTS.error(
    "head_differs",
    "Act {sequence} has another digest than the head kept elsewhere.",
    "The journal was rewritten: restore it from a backup, and find out who did.",
)
TRIGGER_MISSING = FAULTS.error(
    "trigger_missing",
    "The database no longer refuses changes of acts: the trigger {name} is gone.",
    "Restore the database from a backup, and find out who wrote to it.",
)
CONSUMER_AHEAD = FAULTS.error(
    "consumer_ahead",
    "{name} is said to have dealt with act {sequence}, and the journal ends at {last}.",
    "Restore the database from a backup, and find out who wrote to it.",
)
KEPT_HEAD_DIFFERS = FAULTS.error(
    "kept_head_differs",
    "Act {sequence} is not the one of which {where} kept the digest: the journal was rewritten since.",
    "Keep this folder, its file heads included: it is the proof. Restore a backup to another folder, and find out who did.",
)
KEPT_HEAD_GONE = FAULTS.error(
    "kept_head_gone",
    "Act {sequence}, of which {where} kept the digest, is gone: the journal was cut, or the database is an older one.",
    "Keep this folder, its file heads included: it is the proof. Restore the newest backup to another folder.",
)
HEADS_BROKEN = FAULTS.error(
    "heads_broken",
    "A line in {where} is no head of the journal.",
    "Find out who wrote to it, and compare it with a copy.",
)
