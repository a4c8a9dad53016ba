"""Golden pictures: pages as they were looked at and agreed, at 60 dots an inch and 16 greys.

The picture of a page is compared with the golden one after both are softened by a pixel, in tiles of 8.5 mm. The tile that differs most, by the mean of
its pixels, may differ by `MOST` of 255. Measured on the December update: the loss of greys alone gives up to 8, a block moved by 1.3 mm 37 to 55, a
block that is gone 57 to 118, edges drawn by another rasteriser (pdfium) 22 to 27, which is why poppler alone draws them. ``TOGUNA_WRITE=1`` writes
the golden pictures anew: look at them before you commit them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

FOLDER = Path(__file__).parent / "golden"
PDFTOPPM = shutil.which("pdftoppm")
DOTS, GREYS, TILE = 60, 16, 20
MOST = 20.0


def picture_of(pdf: bytes, page: int, folder: Path) -> Image.Image:
    """One page in grey, as poppler draws it."""
    assert PDFTOPPM is not None
    (folder / "page.pdf").write_bytes(pdf)
    command = [PDFTOPPM, "-r", str(DOTS), "-gray", "-png", "-f", str(page + 1), "-l", str(page + 1), "-singlefile"]
    subprocess.run([*command, "page.pdf", "page"], cwd=folder, check=True, capture_output=True)
    with Image.open(folder / "page.png") as image:
        return image.convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of a pixel, of 255, in the tile where it is largest. Both have the same size."""
    soft = [np.asarray(image.filter(ImageFilter.GaussianBlur(1)), dtype=int) for image in (one, other)]
    apart = np.abs(soft[0] - soft[1])
    rows, columns = (side // TILE for side in apart.shape)
    tiles = apart[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE)
    return float(tiles.mean(axis=(1, 3)).max())


def unlike_golden(pdf: bytes, page: int, name: str, folder: Path) -> str:
    """What is wrong with the page, in words; nothing where it is like its golden picture. Writes the picture where that is asked for."""
    drawn, golden = picture_of(pdf, page, folder), FOLDER / f"{name}.png"
    if os.environ.get("TOGUNA_WRITE"):
        FOLDER.mkdir(exist_ok=True)
        drawn.quantize(GREYS).save(golden, optimize=True)
    with Image.open(golden) as read:
        agreed = read.convert("L")
    if agreed.size != drawn.size:
        return f"{name}: {drawn.size} pixels, agreed were {agreed.size}"
    most = difference(agreed, drawn)
    return (
        ""
        if most <= MOST
        else f"{name} differs by {most:.0f} of 255. Look at it; if it is right, run with TOGUNA_WRITE=1."
    )
