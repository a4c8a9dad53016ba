"""The opened instance folder: settings, database, files by content. Nothing is stored or imported before `configure`."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.instance.core.operation import REVIEW_STATES, Bracket, Late, Operation, Rate, Texts
    from toguna.instance.core.reading import parse_operation
    from toguna.instance.opening import Instance, building, close_modes, current, make_instance, open_instance
    from toguna.instance.processes import process_runs
    from toguna.instance.settings import configure
    from toguna.instance.store.database import writing
    from toguna.instance.store.files import FileStore, flush_file, flush_folder, replace_durably

__all__ = [
    "REVIEW_STATES",
    "Bracket",
    "FileStore",
    "Instance",
    "Late",
    "Operation",
    "Rate",
    "Texts",
    "building",
    "close_modes",
    "configure",
    "current",
    "flush_file",
    "flush_folder",
    "make_instance",
    "open_instance",
    "parse_operation",
    "process_runs",
    "replace_durably",
    "writing",
]

__getattr__ = door(__name__, __file__)
