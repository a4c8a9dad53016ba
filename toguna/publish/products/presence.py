"""Who does what where: the agreements in force, by organisation, sector and region, as a file of HAPI's columns with HXL tags and as a table.

Presence says nothing of reach: no number of persons stands here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from toguna.kernel.api import Language, Period
from toguna.kernel.core.languages import ByLanguage
from toguna.kernel.core.library import library
from toguna.kernel.core.messages import translatable, translated
from toguna.organisations.api import Organisation
from toguna.places.api import Tree
from toguna.publish.pages.look import LIGHT

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = library("xlsxwriter")

_REGION = translatable("Region")
#: A column of the workbook is at most so many characters wide; longer cells wrap.
_WIDEST = 32
#: HAPI operational presence (OCHA), each with its HXL 1.1 tag.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("location_code", "#country+code"),
    ("admin1_code", "#adm1+code+v_pcode"),
    ("admin1_name", "#adm1+name"),
    ("org_acronym", "#org+acronym"),
    ("org_name", "#org+name"),
    ("org_type_description", "#org+type"),
    ("sector_code", "#sector+code"),
    ("reference_period_start", "#date+start"),
    ("reference_period_end", "#date+end"),
)


@dataclass(frozen=True, kw_only=True, order=True)
class Presence:
    """One organisation at work in one sector and one place; the place is the country where the agreement names no region."""

    place: str
    place_name: str
    sector: str
    organisation: str
    organisation_name: str
    kind: str
    starts: date
    ends: date


def presences(
    agreements: Sequence[Mapping[str, str]],
    organisations: Mapping[str, Organisation],
    tree: Tree,
    period: Period,
    language: Language,
) -> tuple[Presence, ...]:
    """Agreements signed or continuing that are in force in the period; selected is not signed."""
    found = []
    for row in agreements:
        starts, ends = date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"])
        in_force = row["selection"] in ("signed", "continuing") and starts <= period.end and ends >= period.start
        organisation = organisations.get(row["organisation"])
        if in_force and organisation is not None:
            place = tree.at_level(row["place"], 1) or row["place"]
            found.append(
                Presence(
                    place=place,
                    place_name=tree.name(place, language),
                    sector=row["sector"],
                    organisation=organisation.acronym or ByLanguage(organisation.name)[language],
                    organisation_name=ByLanguage(organisation.name)[language],
                    kind=organisation.kind,
                    starts=max(starts, period.start),
                    ends=min(ends, period.end),
                )
            )
    return tuple(sorted(set(found)))


def write_presence(found: Sequence[Presence], country: str) -> str:
    """The CSV file: a plain header, a row of HXL tags, one line a presence."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(zip(*COLUMNS, strict=True))
    for one in found:
        region = one.place if one.place != country else ""
        writer.writerow(
            [
                country,
                region,
                one.place_name if region else "",
                one.organisation,
                one.organisation_name,
                one.kind,
                one.sector,
                one.starts.isoformat(),
                one.ends.isoformat(),
            ]
        )
    return stream.getvalue()


def write_matrix(found: Sequence[Presence], country: str, language: Language) -> bytes:
    """The workbook: a sheet with regions down, sectors across and organisations in the cells, and a sheet with the columns of the CSV file.

    Header rows stay in sight and can be filtered; beneath the second one stands the row of HXL tags.
    """
    accent, slate, rule = LIGHT["blue"], LIGHT["slate"], LIGHT["rule"]
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "3W", "created": max((one.ends for one in found), default=date(2000, 1, 1))})
        formats = {
            "head": book.add_format(
                {"bold": True, "font_color": accent, "bottom": 1, "bottom_color": rule, "valign": "vcenter"}
            ),
            "tag": book.add_format({"font_size": 8, "font_color": slate}),
            "name": book.add_format({"bold": True, "valign": "top"}),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _matrix(book.add_worksheet("3W"), found, language, formats)
        _listed(book.add_worksheet("HXL"), found, country, formats)
    return stream.getvalue()


def _matrix(sheet: Any, found: Sequence[Presence], language: Language, formats: Mapping[str, Any]) -> None:
    places = list(dict.fromkeys((one.place, one.place_name) for one in found))
    sectors = sorted({one.sector for one in found})
    rows = [[translated(_REGION, language), *sectors]]
    for place, name in places:
        present = [[one.organisation for one in found if (one.place, one.sector) == (place, each)] for each in sectors]
        rows.append([name, *(", ".join(each) for each in present)])
    sheet.write_row(0, 0, rows[0], formats["head"])
    for at, (name, *cells) in enumerate(rows[1:], 1):
        sheet.write(at, 0, name, formats["name"])
        for across, cell in enumerate(cells, 1):
            if cell:
                sheet.write(at, across, cell, formats["cell"])
    _furnish(sheet, rows, frozen=(1, 1))


def _listed(sheet: Any, found: Sequence[Presence], country: str, formats: Mapping[str, Any]) -> None:
    rows = list(csv.reader(StringIO(write_presence(found, country))))
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row, formats["head"] if at == 0 else formats["tag"] if at == 1 else formats["cell"])
    _furnish(sheet, rows, frozen=(2, 0))


def _furnish(sheet: Any, rows: Sequence[Sequence[str]], frozen: tuple[int, int]) -> None:
    """The head in sight and filterable, columns as wide as their words, one page wide in print with the head on each."""
    sheet.freeze_panes(*frozen)
    sheet.autofilter(frozen[0] - 1, 0, max(len(rows) - 1, frozen[0]), len(rows[0]) - 1)
    for at in range(len(rows[0])):
        longest = max(len(part) for row in rows for part in row[at].split(", "))
        sheet.set_column(at, at, min(max(longest + 3, 10), _WIDEST))
    sheet.set_row(0, 20)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, frozen[0] - 1)
