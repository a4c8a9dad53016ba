"""The public door of the room `revisions`."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.revisions.core.tree import Comparison, compare
    from toguna.revisions.folders import FolderFiles, read_folder, write_folder
    from toguna.revisions.recording import (
        FileChange,
        Revision,
        RevisionFiles,
        at,
        head,
        history,
        in_force,
        keep_tree,
        read,
        reading,
        record,
        revision,
        settle,
    )
    from toguna.revisions.verifying import verify

__all__ = [
    "Comparison",
    "FileChange",
    "FolderFiles",
    "Revision",
    "RevisionFiles",
    "at",
    "compare",
    "head",
    "history",
    "in_force",
    "keep_tree",
    "read",
    "read_folder",
    "reading",
    "record",
    "revision",
    "settle",
    "verify",
    "write_folder",
]

__getattr__ = door(__name__, __file__)
