"""What a finding says, in English and French: one entry a kind of disagreement."""

from toguna.kernel.api import Catalogue

FINDINGS = Catalogue("finding", domain="check")

PARTS_AND_TOTAL = FINDINGS.error(
    "parts_and_total",
    "The parts ({parts}) add up to {expected}; the total says {found}.",
    "Correct the total or the part that is wrong.",
)
PARTS_ABOVE_WHOLE = FINDINGS.error(
    "parts_above_whole",
    "What is said to be part of {found} ({parts}) comes to {expected}, more than the whole.",
    "Correct the whole or the parts; if the groups overlap, say so.",
)
PERCENT_OF = FINDINGS.error(
    "percent_of_base",
    "{part} of {base} is {expected}%; the text says {found}%.",
    "Correct the percentage, or the figure that it is taken from.",
)
PERCENT_CHANGE = FINDINGS.error(
    "percent_change",
    "From {base} to {part} is a change of {expected}%; the text says {found}%.",
    "Correct the percentage or the two figures.",
)
CHANGE_DIRECTION = FINDINGS.error(
    "change_direction",
    "From {base} to {part} is not the {found} that the text says.",
    "Correct the word or the two figures.",
)
SHARES = FINDINGS.error(
    "shares_and_hundred",
    "The shares ({parts}) add up to {expected}%, not {found}%.",
    "Correct the share that is wrong.",
)
NO_SHARE = FINDINGS.error(
    "percent_without_base",
    "{part} is given as {found}%; the shares beside it are of {base}, of which it would be {expected}%.",
    "Correct the percentage or the figure.",
)
WORDS_AND_DIGITS = FINDINGS.error(
    "words_and_digits", "The words say {expected}, the digits beside them {found}.", "Make them the same."
)
TWO_VALUES = FINDINGS.error(
    "two_values",
    "The same figure seems to stand here as {found} and elsewhere in the document as {expected}.",
    "Use one value in both places, or say what makes them differ (date, scope, source).",
)
HEDGE_DROPPED = FINDINGS.error(
    "hedge_dropped",
    "The figure is given as exact here ({found}) and as an estimate elsewhere ({expected}).",
    "Use the same qualifier in both places.",
)
TWO_LISTS = FINDINGS.error(
    "two_lists",
    "The figure {value} goes with {found} here and with {expected} elsewhere.",
    "Give the same list in both places.",
)
ROW_TOTAL = FINDINGS.error(
    "row_total",
    "The row {row} adds up to {expected}; its total says {found}.",
    "Correct the total or the cell that is wrong.",
)
COLUMN_TOTAL = FINDINGS.error(
    "column_total",
    "The rows above {row} add up to {expected} in the column {column}; the total says {found}.",
    "Correct the total or the cell that is wrong.",
)
ROWS_BELOW = FINDINGS.error(
    "rows_below",
    "The rows below {row} add up to {expected} in the column {column}; {row} says {found}.",
    "Correct the total or the cell that is wrong.",
)
ROW_RELATION = FINDINGS.error(
    "row_relation",
    "In the other columns {row} is {rule}; in the column {column} that would be {expected}, and {found} is printed.",
    "Correct the cell that is wrong.",
)
TABLE_RATE = FINDINGS.error(
    "table_rate",
    "In the row {row}, {part} of {base} is {expected}%; the cell says {found}%.",
    "Correct the percentage or the cell that it is taken from.",
)
RATIO = FINDINGS.error(
    "ratio",
    "Beside it there are {rule} to one; {base} would make {expected}, and {found} is printed.",
    "Correct one of the two figures, or say why the ratio differs.",
)
LIST_LENGTH = FINDINGS.error(
    "list_length", "The text announces {found} and names {expected}.", "Correct the number or complete the list."
)
PERIOD_ABOVE_CUMULATIVE = FINDINGS.error(
    "period_above_cumulative",
    "{found} in the period is more than {expected} since the beginning.",
    "Correct one of the two figures.",
)
NO_SUCH_DAY = FINDINGS.error("no_such_day", "{found} is not in the calendar.", "Correct the date.")
WRONG_WEEKDAY = FINDINGS.error(
    "wrong_weekday", "{date} was a {expected}, not a {found}.", "Correct the day or the date."
)
AVERAGE = FINDINGS.error(
    "average",
    "{whole} over {over} is an average of {expected}; the text says {found}.",
    "Correct the average or one of the two figures.",
)
BEHIND_THE_PERIOD = FINDINGS.error(
    "behind_the_period",
    "{found} lies behind the period, which ends on {expected}.",
    "Correct the date, or say that it is ahead.",
)
MOVED = FINDINGS.error("moved", "The figure was {expected}, it is {found} now.", "Check that the change is meant.")
FELL = FINDINGS.error(
    "fell",
    "The figure is counted since a given day or to date, so it cannot fall: it was {expected}, it is {found} now.",
    "Correct the figure, or say why the earlier one was wrong.",
)
UNCHANGED = FINDINGS.error(
    "unchanged",
    "The figure is {found} as in the earlier document, under another date.",
    "Check that it was counted anew.",
)
OUTGREW = FINDINGS.error(
    "outgrew",
    "The parts grew by {expected} since the earlier document, their total by {found} only.",
    "Correct the total or its parts.",
)
