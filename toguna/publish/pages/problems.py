"""The faults of an operation's look: its accent, mark and typeface; of pictures that may not be shown; of pages that do not hold what they should."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("publish.look")

LOOK_COLOUR = FAULTS.error(
    "accent_not_a_colour", "The accent {accent!r} is not a colour.", 'Write it as in `accent = "#0B4F8C"`.'
)
LOOK_CONTRAST = FAULTS.error(
    "accent_too_light",
    "The accent {accent} has a contrast of {ratio} on white; text needs {least}.",
    "Choose a darker colour.",
)
LOOK_MARK = FAULTS.error(
    "mark_unreadable",
    "The mark {mark!r} is not an SVG file of the pack's theme folder, or it does more than draw.",
    "Put a plain SVG file into theme/ and name it in [look].",
)
LOOK_FACE = FAULTS.error(
    "typeface_without_files",
    "The typeface {text!r} has no file in theme/fonts.",
    "Put its .otf or .ttf files there, or take `text` out of [look].",
)
