"""What an update gives besides itself: factsheet, dashboard, line sheet, who does what where. Nothing in them is typed again."""

from toguna.publish.products.derived import dashboard, factsheet
from toguna.publish.products.line_sheet import LineSheet, line_sheet
from toguna.publish.products.line_sheet_page import lay_out_line_sheet
from toguna.publish.products.presence import Presence, presences, write_matrix, write_presence

__all__ = [
    "LineSheet",
    "Presence",
    "dashboard",
    "factsheet",
    "lay_out_line_sheet",
    "line_sheet",
    "presences",
    "write_matrix",
    "write_presence",
]
