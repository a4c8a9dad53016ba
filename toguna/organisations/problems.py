"""The faults of a table of organisations."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("organisations")

UNKNOWN = FAULTS.error("unknown", "There is no organisation {value!r}{near}.", "Write a code of organisations.csv.")
CODE_BROKEN = FAULTS.error(
    "code_broken", "{value!r} is no code.", "Use small letters, digits, - and _, beginning with a letter."
)
DATES_CROSSED = FAULTS.error(
    "dates_crossed", "{code} ends on {end}, before it begins on {start}.", "Mend valid_from or valid_to."
)
CODE_TWICE = FAULTS.error(
    "code_twice",
    "The code {code} has two rows that hold on the same day.",
    "Keep one, or end the earlier row before the later begins.",
)
