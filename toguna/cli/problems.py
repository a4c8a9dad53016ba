"""The faults that only the command can find."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("cli")

TABLE_UNTOLD = FAULTS.error(
    "table_untold",
    "The table of {table} is not the one that the journal tells of.",
    "Load it again, and find out who wrote to the database.",
)

CHECK_STOPPED = FAULTS.error(
    "check_stopped",
    "The check of {check} stopped: {reason}.",
    "What it compares is damaged or missing: see the other faults, then restore a backup to another folder.",
)

PASSWORD_MISSING = FAULTS.error(
    "password_missing",
    "The address must be HOST or HOST:PORT, and the password must stand in {variable}.",
    "Set the variable for this command; a password on the command line can be seen by others.",
)

PERIOD_BROKEN = FAULTS.error(
    "period_broken",
    "{text!r} is no period.",
    "Write 2016, 2016-Q4, 2016-12, 2016-12-21, or a range such as 2016-09..2016-12.",
)

INSTANT_BROKEN = FAULTS.error("instant_broken", "{text!r} is no day and time.", "Write such as 2017-01-08T18:00.")

SAMPLE_ALONE = FAULTS.error(
    "sample_alone",
    "--sample says how many figures another engine computes, and no engine is named.",
    "Add --engine sc://HOST:PORT.",
)
EDITION_DIFFERS = FAULTS.error(
    "edition_differs",
    "{edition}, made again, differs: {difference}.",
    "Keep the issued files; find out what changed beneath them.",
)

BEHIND = FAULTS.warning(
    "behind",
    "{consumer} could not be brought up to date: {reason}",
    "Figures are as of the last act that was reached. Correct the cause and run `toguna work`.",
)

READ_ONLY = FAULTS.warning(
    "read_only",
    counted(
        "The instance folder cannot be written. Figures are as of act {sequence}, which the lake has reached; {later} act came later.",
        "The instance folder cannot be written. Figures are as of act {sequence}, which the lake has reached; {later} acts came later.",
        "later",
    ),
    "To bring it up to date, copy the folder to a disk that you may write to.",
)

BUSY_ELSEWHERE = FAULTS.warning(
    "busy_elsewhere",
    "Another process is bringing {consumer} up to date.",
    "Figures are as of the last act that was reached. Run `toguna work` to see how far it is.",
)
