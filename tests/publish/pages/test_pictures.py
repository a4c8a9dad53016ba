"""Pictures: what is printed, what never leaves, what is refused."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from toguna.kernel.api import Place, Refused
from toguna.publish.pages.pictures import LONGEST, prepare_picture
from toguna.revisions.api import FolderFiles

HERE = Place(file="2016-12.en.md", line=7)


def prepared(path: Path, folder: Path) -> Image.Image:
    picture = prepare_picture(FolderFiles(path.parent), path.name, "A drawing", HERE, folder)
    image = Image.open(folder / picture.file)
    assert (picture.width, picture.height) == image.size
    return image


def test_a_photo_is_shrunk_turned_upright_and_tells_nothing_of_its_camera(tmp_path: Path) -> None:
    image = Image.new("RGB", (3000, 1500), "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825)[1] = "N"  # a place
    image.save(tmp_path / "p.jpg", exif=exif)
    written = prepared(tmp_path / "p.jpg", tmp_path)
    assert written.size == (LONGEST // 2, LONGEST)
    assert not dict(written.getexif())
    assert b"a camera" not in Path(str(written.filename)).read_bytes()  # type: ignore[attr-defined]


def test_a_drawing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "d.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 180"><rect width="9" height="9"/></svg>'
    )
    picture = prepare_picture(FolderFiles(tmp_path), "d.svg", "A drawing", HERE, tmp_path)
    assert (picture.width, picture.height) == (300, 180)


def bomb() -> bytes:
    """A PNG that says it has 10^10 pixels."""
    stream = BytesIO()
    Image.new("L", (1, 1)).save(stream, "PNG")
    content = bytearray(stream.getvalue())
    content[16:24] = (100_000).to_bytes(4, "big") * 2
    return bytes(content)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("none.jpg", None, "picture_missing"),
        ("text.jpg", b"not a picture", "picture_unreadable"),
        ("cut.png", bomb()[:40], "picture_unreadable"),
        ("bomb.png", bomb(), "picture_unreadable"),
        ("script.svg", SVG.format("<script>alert(1)</script>").encode(), "picture_unreadable"),
        ("click.svg", SVG.format('<rect onclick="alert(1)"/>').encode(), "picture_unreadable"),
        ("image.svg", SVG.format('<image xlink:href="file:///etc/passwd"/>').encode(), "picture_unreadable"),
        ("far.svg", SVG.format('<rect fill="url(https://example.org/a)"/>').encode(), "picture_unreadable"),
        ("doctype.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "picture_unreadable"),
        ("broken.svg", b"<svg>", "picture_unreadable"),
    ],
)
def test_what_is_refused_with_its_place(tmp_path: Path, name: str, content: bytes | None, fault: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "out").mkdir()
    with pytest.raises(Refused) as refused:
        prepare_picture(FolderFiles(tmp_path), name, "x", HERE, tmp_path / "out")
    assert [(problem.id, problem.place) for problem in refused.value.problems] == [(f"publish.{fault}", HERE)]
    assert list((tmp_path / "out").iterdir()) == []


def test_a_hundred_megapixels_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    Image.new("1", (10_000, 10_000)).save(tmp_path / "huge.png")
    with pytest.raises(Refused, match="too large"):
        prepare_picture(FolderFiles(tmp_path), "huge.png", "x", HERE, tmp_path)
