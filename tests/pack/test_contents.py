"""The page that leads to what the demonstration built."""

from pathlib import Path

from lxml import html

from toguna.pack.demo import contents


def test_every_built_file_is_linked_once_and_nothing_else(tmp_path: Path) -> None:
    for name in ("2016-12/update.pdf", "2016-12/fr/update.pdf", "2016-11/update.html", "2016-12/fr/3w.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / ".demonstration").write_text("mark")
    page = html.fromstring(contents(tmp_path).encode())
    links = page.xpath("//a/@href")
    assert sorted(links) == ["2016-11/update.html", "2016-12/fr/3w.csv", "2016-12/fr/update.pdf", "2016-12/update.pdf"]
    assert page.xpath("//section[@lang='fr']/h2/text()") == ["2016-12 · Français"]
