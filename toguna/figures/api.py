"""The room `figures`: figures by reference, tables of them, their traces, and the cut-offs of texts. See README.md beside this file."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.figures.compute import figures, indicators, shown, table
    from toguna.figures.context import Computed, Context, FigureTable
    from toguna.figures.core.figure import Figure, figure_as_json
    from toguna.figures.cutoff import Cutoff, LateRow, cutoff, cutoff_of, late_rows
    from toguna.figures.opened import indicator_faults, sync
    from toguna.figures.trace import Trace, trace, trace_as_json
    from toguna.figures.verifying import verify

__all__ = [
    "Computed",
    "Context",
    "Cutoff",
    "Figure",
    "FigureTable",
    "LateRow",
    "Trace",
    "cutoff",
    "cutoff_of",
    "figure_as_json",
    "figures",
    "indicator_faults",
    "indicators",
    "late_rows",
    "shown",
    "sync",
    "table",
    "trace",
    "trace_as_json",
    "verify",
]

__getattr__ = door(__name__, __file__)
