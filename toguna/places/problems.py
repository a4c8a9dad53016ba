"""The faults of a table of places, and of a place that is asked for."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("places")

UNKNOWN = FAULTS.error("unknown", "There is no place {value!r}{near}.", "Write a p-code or slug of places.csv.")
NOT_THEN = FAULTS.error(
    "not_then",
    "{name} ({value}) was no place on {day}; it is one {when}.",
    "Choose another period, or the place it was part of.",
)
CODE_BROKEN = FAULTS.error(
    "code_broken", "{value!r} is no {what}.", "Use letters, digits, - and _ only; a slug is in small letters."
)
LEVEL_BROKEN = FAULTS.error("level_broken", "The level {value!r} is none.", "Write 0 (country), 1, 2, 3, or 4 (site).")
PARENT_UNKNOWN = FAULTS.error(
    "parent_unknown",
    "{code} lies in {parent!r}, which is no place of the table{near}.",
    "Write the p-code of a place of the table.",
)
PARENT_MISSING = FAULTS.error(
    "parent_missing", "{code} has level {level} and no parent.", "Only level 0 has none; write its parent's p-code."
)
PARENT_LEVEL = FAULTS.error(
    "parent_level",
    "{code} (level {level}) lies in {parent} (level {parent_level}).",
    "A place lies in one of a smaller level number.",
)
PARENT_NOT_THEN = FAULTS.error(
    "parent_not_then",
    "{code} lies in {parent} on {day}, when {parent} is no place.",
    "Split the row at that day, or mend the dates.",
)
DATES_CROSSED = FAULTS.error(
    "dates_crossed", "{code} ends on {end}, before it begins on {start}.", "Mend valid_from or valid_to."
)
DATES_OVERLAP = FAULTS.error(
    "dates_overlap", "{code} has two rows that hold on {day}.", "End the earlier row the day before the later begins."
)
SLUG_TWICE = FAULTS.error(
    "slug_twice", "The slug {slug!r} is that of {other} too.", "Give each place a slug of its own."
)
POINT_BROKEN = FAULTS.error(
    "point_broken",
    "{lat!r}, {lon!r} is no position.",
    "Write degrees with a point, such as 16.27 and -0.04; or leave both blank.",
)
CHANGED = FAULTS.error(
    "changed",
    "The places kept are not those of the table that was loaded.",
    "Load the table again, and find out who wrote to the database.",
)
