"""An office with one sensitive table, made from a pack of its own by the command: what it received, closed, checked and issued."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toguna.cli import main
from toguna.collect.core.forms import read_form
from toguna.kernel.core import clock
from toguna.pack.core.generate import Delivery, Filled, written

MALI = Path(__file__).parents[3] / "operations" / "mali"
REGIONS = {"ML05": "mopti", "ML06": "timbuktu", "ML07": "gao", "ML08": "kidal", "ML10": "menaka"}
OPERATION = """
[operation]
id = "office"
name = {en = "Office", fr = "Bureau"}
languages = ["en", "fr"]
time_zone = "Africa/Bamako"
place = "ML"
demonstration = true
currency = "XOF"
[cut_off]
day = 8
time = "18:00"
"""
PLACES = "pcode,slug,name_en,name_fr,level,kind,parent,valid_from,valid_to,aliases,lat,lon\nML,mali,Mali,Mali,0,country,,,,,,\n"
ORGANISATIONS = """code,name_en,name_fr,acronym,kind,aliases,valid_from,valid_to
amss,Malian Association for the Survival of the Sahel,Association malienne pour la survie du Sahel,AMSS,ngo,,,
"""
_COMMON = """
  unit: {unit}
  basis: reported
  kind: flow
  from: incident_table/incident_count
  measure: {measure}
  date: "^month"
  place: region
  disaggregate: {{incident_type: incident_type, organisation: ^organisation}}
"""
INDICATORS = (
    "protection_incidents:\n  label: {en: protection incidents, fr: incidents de protection}"
    + _COMMON.format(unit="incidents", measure="sum incidents")
    + "extortion_incidents:\n  label: {en: incidents of extortion, fr: incidents d'extorsion}"
    + _COMMON.format(unit="incidents", measure="sum incidents")
    + "  where: \"incident_type = 'extortion'\"\n"
    + "incident_regions:\n  label: {en: regions with incidents, fr: régions ayant connu des incidents}"
    + _COMMON.format(unit="places", measure='"distinct place@1"')
    + "extortion_share:\n  label: {en: share of extortion, fr: part de l'extorsion}\n  unit: percent\n  basis: reported\n"
    + "  kind: ratio\n  of: [extortion_incidents, protection_incidents]\n"
)
FRONT = """---
product: operational_update
title: Operational update
subtitle: Mali, {month}
place: ML
covers: {covers}
language: {language}
languages: [{languages}]
---

# Protection

"""


@dataclass
class Office:
    """The folder of an office, its instance and its texts."""

    folder: Path
    #: Further files of its pack.
    files: Mapping[str, str] = field(default_factory=dict)
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.folder / "home"
        pack = self.folder / "pack"
        (pack / "forms").mkdir(parents=True)
        (pack / "indicators").mkdir()
        (pack / "updates").mkdir()
        (pack / "operation.toml").write_text(OPERATION)
        rows = "".join(
            f"{code},{slug},{slug.title()},{slug.title()},1,region,ML,,,,,\n" for code, slug in REGIONS.items()
        )
        (pack / "places.csv").write_text(PLACES + rows)
        (pack / "organisations.csv").write_text(ORGANISATIONS)
        (pack / "indicators" / "protection.yaml").write_text(INDICATORS)
        shutil.copyfile(MALI / "forms" / "incident_table.md", pack / "forms" / "incident_table.md")
        for name, words in self.files.items():
            (pack / name).write_text(words, encoding="utf-8")
        with clock.at(datetime(2016, 11, 1, 8, tzinfo=UTC)):
            self.run("new", "--pack", str(pack))

    def run(self, *words: str, status: int = 0) -> None:
        assert main([*words, "--home", str(self.home)]) == status, words

    def receive(self, month: date, rows: Sequence[Mapping[str, object]], at: datetime) -> None:
        """The monitoring partner's table of a month, loaded and followed up."""
        schema = read_form(self.folder / "pack" / "forms" / "incident_table.md").schema
        assert schema is not None
        header = {"organisation": "amss", "month": month, "monitors": 12, "cercles": 9, "typology": "2016", "nil": "no"}
        filled = Filled(form="incident_table", header=header, rows={"incident_count": tuple(rows)})
        delivery = Delivery(received_at=at, name=f"incidents-{month}", form="incident_table", filled=(filled,), how="xlsx", language="en")  # fmt: skip
        for name, content in written(delivery, schema):
            (self.folder / name).write_bytes(content)
            with clock.at(at):
                self.run("load", str(self.folder / name))
                self.run("work")

    def close(self, period: str, at: datetime) -> None:
        with clock.at(at):
            self.run("cutoff", period, "--at", at.isoformat())

    def plan(self, period: str, reference: str, at: datetime, status: int = 0) -> None:
        """The protection officer adds a figure to the plan."""
        with clock.at(at):
            self.run("publication", period, "--with", reference, status=status)

    def write(self, covers: str, words: str, language: str = "en", languages: str = "en") -> Path:
        """A text of one section, with its numbers brought up to date."""
        month = date.fromisoformat(f"{covers}-01").strftime("%B %Y")
        path = self.folder / "pack" / "updates" / f"{covers}.{language}.md"
        front = FRONT.format(month=month, covers=covers, language=language, languages=languages)
        path.write_text(front + words + "\n", encoding="utf-8")
        self.run("update", "refresh", str(path))
        return path

    def findings(self, path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
        capsys.readouterr()
        main(["update", "check", str(path), "--format", "json", "--home", str(self.home)])
        found = json.loads(capsys.readouterr().out)
        assert isinstance(found, list)
        return found

    def clear(self, path: Path) -> None:
        letter = self.folder / "letter.eml"
        letter.write_text("I agree.")
        common = ["--by", "Representative", "--letter", str(letter)]
        text = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(text, start=1):
            if line.startswith("- "):
                self.run("update", "clear", str(path), "--line", str(number), "--topic", "protection", *common)
        self.run("update", "clear", str(path), *common)

    def issue(self, path: Path, at: datetime, *how: str, status: int = 0) -> None:
        with clock.at(at):
            self.run("update", "put", str(path))
            self.clear(path)
            self.run("update", "issue", path.name.removesuffix(".md"), *how, status=status)
