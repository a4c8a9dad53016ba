"""Copies htmx into the package from its maker's archive on the npm registry.

    npm pack htmx.org@4.0.1
    python vendor/htmx/make.py htmx.org-4.0.1.tgz

htmx 4.0.1 is under the Zero-Clause BSD licence (LICENSE). `digests.txt` names the archive and the file; another one is refused.
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
INSIDE = "package/dist/htmx.min.js"
COPY = HERE.parents[1] / "toguna" / "web" / "static" / "htmx.js"


def main(archive: Path) -> None:
    kept = dict(line.split()[::-1] for line in (HERE / "digests.txt").read_text().splitlines())
    _require(archive.read_bytes(), kept["htmx.org-4.0.1.tgz"], archive.name)
    with tarfile.open(archive) as opened:
        member = opened.extractfile(INSIDE)
        if member is None:
            sys.exit(f"{archive.name} has no {INSIDE}.")
        content = member.read()
    _require(content, kept["htmx.js"], INSIDE)
    COPY.write_bytes(content)


def _require(content: bytes, digest: str, name: str) -> None:
    if hashlib.sha256(content).hexdigest() != digest:
        sys.exit(f"{name} is not the file that digests.txt names.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
