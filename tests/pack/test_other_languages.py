"""An operation in Spanish, and one in Arabic, with labels in their own language alone (docs/new-operation.md)."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toguna.cli import main
from toguna.collect.core.forms import read_form
from toguna.pack.consumers import catch_up
from toguna.pack.core.generate import Delivery, Filled, written
from toguna.pack.reading import read_pack

SPANISH = Path(__file__).parent / "costa_verde"
#: What the Arabic operation says otherwise.
ARABIC = {
    "Costa Verde": "الساحل الأخضر",
    "Bahía Norte": "الخليج الشمالي",
    "Sierra del Águila": "جبل النسر",
    "participantes en sesiones de higiene": "مشاركون في جلسات النظافة",
    "personas refugiadas": "لاجئون",
    "Español (es)": "العربية (ar)",
    "name_es": "name_ar",
    "avoid_es": "avoid_ar",
    "{es:": "{ar:",
    "{ es =": "{ ar =",
    '["es"]': '["ar"]',
}
TEXT = """---
product: operational_update
title: Informe operativo
subtitle: Costa Verde, 2020-04
place: XV
covers: 2020-04
language: es
---

# Higiene

- [0](fig:hygiene_participants) participaron, [0](fig:refugees) personas refugiadas.

```table
caption: Higiene
of: hygiene_participants
by: place@1
```
"""


def in_arabic(folder: Path) -> Path:
    """The Spanish pack with its words and its language exchanged."""
    copy = folder / "arabic"
    shutil.copytree(SPANISH, copy)
    for path in (path for path in copy.rglob("*") if path.is_file()):
        path.write_text(exchanged(path.read_text(encoding="utf-8")), encoding="utf-8")
    (copy / "expectations.csv").unlink()
    return copy


def exchanged(text: str) -> str:
    for spanish, arabic in ARABIC.items():
        text = text.replace(spanish, arabic)
    return text


def april(pack: Path, folder: Path, language: str, women: int = 12) -> Path:
    """The partner's return with the form's own labels."""
    schema = read_form(pack / "forms" / "monthly_return.md").schema
    assert schema is not None
    shared = {"activity": "hygiene_session", "men": 5}
    rows = [{**shared, "place": "XV0101", "women": women}, {**shared, "place": "XV02", "women": 1300 % 500}]
    header = {"organisation": "agua_viva", "month": date(2020, 4, 1), "nil": "no"}
    filled = Filled(form="monthly_return", header=header, rows={"result": rows})
    delivery = Delivery(
        received_at=datetime(2020, 5, 2, tzinfo=UTC), name="april", form="monthly_return", filled=(filled,), how="xlsx",
        language=language,
    )  # fmt: skip
    [(name, content)] = written(delivery, schema)
    (folder / name).write_bytes(content)
    return folder / name


def without(pack: Path, path: str, old: str, new: str) -> list[str]:
    """The ids of the pack's faults after a change."""
    text = (pack / path).read_text(encoding="utf-8")
    assert old in text
    (pack / path).write_text(text.replace(old, new), encoding="utf-8")
    _, problems = read_pack(pack)
    (pack / path).write_text(text, encoding="utf-8")
    return [problem.id for problem in problems]


def test_neither_pack_has_a_fault(tmp_path: Path) -> None:
    for folder, language in ((SPANISH, "es"), (in_arabic(tmp_path), "ar")):
        pack, problems = read_pack(folder)
        assert not problems, problems[0].written()
        assert pack is not None
        assert {tuple(place.name) for place in pack.places} == {(language,)}
        assert {tuple(each.label) for each in pack.indicators.values()} == {(language,)}


def test_what_a_spanish_pack_lacks_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(SPANISH, pack)
    assert without(pack, "places.csv", "Puerto Viejo", "")[0] == "instance.cell_blank"
    assert without(pack, "places.csv", "name_es", "name_pt")[:2] == [
        "instance.column_unknown",
        "instance.column_missing",
    ]
    assert without(pack, "organisations.csv", "Agua Viva", "")[0] == "instance.cell_blank"
    indicators = "indicators/costa_verde.yaml"
    # A label in another language is printed instead, and told; no text at all is a fault.
    assert without(pack, indicators, "{es: comidas", "{en: comidas") == ["figures.language_untold"]
    assert "figures.language_missing" in without(pack, indicators, "{es: comidas escolares servidas}", "{}")
    assert without(pack, "places.csv", "name_es", "name_en") == []


def build(home: str, text: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The web page and the words of the Word file."""
    options = ("--home", home, "--language", "es")
    assert main(["update", "refresh", str(text), *options]) == 0
    assert main(["update", "build", str(text), "-o", str(out), *options]) == 0, capsys.readouterr().err
    assert (out / "update.pdf").read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(out / "update.docx") as package:
        words = package.read("word/document.xml").decode()
    return (out / "update.html").read_text(encoding="utf-8"), words


@pytest.mark.slow
def test_a_spanish_operation_goes_from_the_record_to_the_update(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "var")
    assert main(["new", "--pack", str(SPANISH), "--home", home]) == 0
    assert main(["load", str(april(SPANISH, tmp_path, "es", women=501)), "--home", home, "--language", "es"]) == 1
    assert "Más de 500 mujeres en una fila" in capsys.readouterr().err
    assert main(["load", str(april(SPANISH, tmp_path, "es")), "--home", home]) == 0
    catch_up()
    capsys.readouterr()
    asked = ["figures", "hygiene_participants", "--period", "2020-04", "--home", home]
    assert main([*asked, "--language", "es", "--format", "json"]) == 0
    [figure] = json.loads(capsys.readouterr().out)
    assert (figure["value"], figure["label"]) == (322, {"es": "participantes en sesiones de higiene"})
    text = tmp_path / "2020-04.es.md"
    text.write_text(TEXT, encoding="utf-8")
    page, words = build(home, text, tmp_path / "out", capsys)
    for each in (page, words):
        assert "Sierra del Águila" in each
        assert "articipantes en sesiones de higiene" in each
        assert "41.207" in each
        assert "abril de 2020" in each
        assert "Account of the figures" in each
    assert '<html lang="es">' in page
    assert ">Place<" in words and "of:" not in words, "a computed table is a table in Word too"


@pytest.mark.slow
def test_an_arabic_page_runs_from_right_to_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, pack = str(tmp_path / "var"), in_arabic(tmp_path)
    assert main(["new", "--pack", str(pack), "--home", home]) == 0
    assert main(["load", str(april(pack, tmp_path, "ar")), "--home", home]) == 0
    catch_up()
    text = tmp_path / "2020-04.ar.md"
    text.write_text(exchanged(TEXT).replace("language: es", "language: ar"), encoding="utf-8")
    page, words = build(home, text, tmp_path / "out", capsys)
    assert '<html lang="ar" dir="rtl">' in page
    for each in (page, words):
        assert "جبل النسر" in each
        assert "مشاركون في جلسات النظافة" in each
        assert "Account of the figures" in each
