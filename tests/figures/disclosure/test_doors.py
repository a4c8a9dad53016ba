"""Every door that prints, over one sensitive table: nothing outside the publication plan stands in any byte that leaves."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from tests.figures.disclosure.office import Office
from toguna.cli import main
from toguna.figures.planned import planned_figures
from toguna.kernel.api import parse_period
from toguna.kernel.core import clock

pytestmark = pytest.mark.slow

#: So long that no font and no picture has them by chance.
CELLS = {
    ("theft", "ML06"): 402_197,
    ("extortion", "ML06"): 743_381,
    ("extortion", "ML07"): 913_742,
    ("theft", "ML07"): 3,
}
TOTAL = sum(CELLS.values())
PRIVATE = {
    *(n for n in CELLS.values() if n > 3),
    *(sum(n for cell, n in CELLS.items() if own in cell) for own in ("theft", "extortion", "ML06", "ML07")),
}
WORDS = """```key-figures
- [0](fig:protection_incidents) protection incidents recorded by AMSS
- [0](fig:protection_incidents?place=ML06) protection incidents in Timbuktu
```

- AMSS recorded [0](fig:protection_incidents) incidents in the country, [0](fig:protection_incidents?place=ML07) of them in Gao and [0](fig:extortion_incidents) of extortion, [0](fig:extortion_share?show=digits=3,percent) of all.

```chart
of: protection_incidents
by: place@1
title: Incidents by region
```

"""
LEDGER = """id,basis,printed,value,hedge,reference,reason
total,reported,2059323,2059323,,protection_incidents,
gao,reported,1,1,,protection_incidents?place=ML07,
extortion,reported,1,1,,extortion_incidents,
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A closed month of which the protection officer lets the total be printed and nothing else."""
    found = Office(tmp_path, files={"ledger.csv": LEDGER})
    counted = [{"incident_type": kind, "region": region, "incidents": n} for (kind, region), n in CELLS.items()]
    found.receive(date(2016, 11, 1), counted, datetime(2016, 12, 2, 9, tzinfo=UTC))
    found.close("2016-11", datetime(2016, 12, 8, 18, tzinfo=UTC))
    every = {one.reference for one in planned_figures(parse_period("2016-11"))}
    assert "protection_incidents" in every and len(every) > 3
    with clock.at(datetime(2016, 12, 8, 19, tzinfo=UTC)):
        taken = [word for one in sorted(every - {"protection_incidents"}) for word in ("--without", one)]
        found.run("publication", "2016-11", *taken)
    return found


def readings(content: bytes, name: str) -> Iterator[bytes]:
    """The bytes, those of what is packed into them, and the words of a PDF, each without what parts the thousands."""
    yield content
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for member in packed.namelist():
                yield from readings(packed.read(member), member)
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(content)
        yield "\n".join(page.get_textpage().get_text_range() for page in document).encode()
        for number in range(document.count_attachments()):
            yield bytes(document.get_attachment(number).get_data())


def written(number: int) -> list[bytes]:
    parted = f"{number:,}"
    return [one.encode() for one in (str(number), *(parted.replace(",", gap) for gap in (",", " ", "\u202f", "\u00a0", "&#8239;", "&nbsp;", ".")))]  # fmt: skip


def require_silent(content: bytes, name: str) -> None:
    for reading in readings(content, name):
        assert not [n for n in PRIVATE for one in written(n) if one in reading], name


def test_no_door_prints_what_is_outside_the_plan(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text, out = office.write("2016-11", WORDS), tmp_path / "out"
    require_silent(text.read_bytes(), "refreshed text")
    barred = {one["id"] for one in office.findings(text, capsys) if one["weight"] == "barred"}
    assert barred and barred <= {"publish.check.outside_plan", "publish.check.withheld_derivable"}
    require_silent(repr(office.findings(text, capsys)).encode(), "findings")
    office.run("update", "build", str(text), "-o", str(out))
    office.run("update", "products", str(text), "-o", str(out))
    made = sorted(file for file in out.rglob("*") if file.is_file())
    assert {file.suffix for file in made} == {".pdf", ".html", ".docx", ".csv", ".xlsx"}
    for file in made:
        require_silent(file.read_bytes(), file.name)
    assert any(one in file.read_bytes() for file in made for one in written(TOTAL)), "what the plan has is printed"
    for by in ((), ("--by", "region"), ("--by", "incident_type"), ("--by", "month"), ("--by", "region,incident_type")):
        for kind in ("table", "csv", "json"):
            capsys.readouterr()
            asked = (
                "protection_incidents",
                "extortion_incidents",
                "extortion_share",
                "protection_incidents?place=ML07",
            )
            office.run(
                "figures", *(asked if not by else asked[:1]), "--period", "2016-11", "--public", "--format", kind, *by
            )
            told = capsys.readouterr()
            require_silent((told.out + told.err).encode(), f"figures {by}")
    for words in (("publication", "2016-11"), ("release",), ("ledger", "--period", "2016-11")):
        capsys.readouterr()
        main([*words, "--home", str(office.home)])
        told = capsys.readouterr().out
        require_silent(told.encode(), words[0])
    assert told.count("withheld") > 1 and str(TOTAL) in told.replace(",", ""), "the ledger was computed"


def test_what_is_not_in_the_plan_is_not_issued_and_not_exported(office: Office, tmp_path: Path) -> None:
    text = office.write("2016-11", "- AMSS recorded [0](fig:protection_incidents?place=ML06) protection incidents in Timbuktu in November.")  # fmt: skip
    office.issue(text, datetime(2016, 12, 9, 9, tzinfo=UTC), status=2)
    assert not list((office.home / "editions").glob("operational*")) if (office.home / "editions").exists() else True
    text = office.write("2016-11", "- AMSS recorded [0](fig:protection_incidents) protection incidents in the country in November.")  # fmt: skip
    office.issue(text, datetime(2016, 12, 9, 10, tzinfo=UTC))
    office.run("published", "export", str(tmp_path / "web"))
    files = [file for file in (tmp_path / "web").rglob("*") if file.is_file()]
    assert files
    for file in files:
        require_silent(file.read_bytes(), file.name)
    assert any(
        one in reading for file in files for reading in readings(file.read_bytes(), file.name) for one in written(TOTAL)
    )
