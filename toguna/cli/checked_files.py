"""What `toguna check` writes: the page, copies with comments, the file of ignored findings. Each whole, or the file as it was."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from toguna.check.problems import HTML_NOT_WRITTEN, HTML_OVER_DOCUMENT, reasons
from toguna.kernel.api import Place, Refused


def require_other_file(out: Path, sources: Sequence[Path]) -> None:
    """Refuses to write over one of the documents."""
    for source in sources:
        with contextlib.suppress(OSError):
            if out.exists() and out.samefile(source):
                raise Refused(HTML_OVER_DOCUMENT.at(Place(file=str(out))))


def copy_name(document: Path) -> Path:
    """`update.checked.docx` beside `update.docx`; with a number where that is taken, so that nothing is written over."""
    names = (f"{document.stem}.checked{f'-{at}' if at > 1 else ''}{document.suffix}" for at in count(1))
    return next(path for name in names if not (path := document.with_name(name)).exists())


def write_whole(out: Path, content: bytes) -> None:
    """Refuses what the system does; then the file is as it was."""
    try:
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(out)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refused(HTML_NOT_WRITTEN.at(Place(file=str(out)), **reasons(error))) from error
