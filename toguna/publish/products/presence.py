"""Who does what where: the agreements in force, by organisation, sector and region, as a file of HAPI's columns with HXL tags and as a table.

Presence says nothing of reach: no number of persons stands here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

from toguna.kernel.api import Language, Period
from toguna.organisations.api import Organisation
from toguna.places.api import Tree

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
                    organisation=organisation.acronym or organisation.name[language],
                    organisation_name=organisation.name[language],
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


def write_matrix(found: Sequence[Presence]) -> bytes:
    """The table as .xlsx: regions down, sectors across, organisations in the cells."""
    places = list(dict.fromkeys((one.place, one.place_name) for one in found))
    sectors = sorted({one.sector for one in found})
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("3W")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 1, sectors, bold)
        sheet.set_column(0, len(sectors), 18)
        for at, (place, name) in enumerate(places, 1):
            sheet.write(at, 0, name, bold)
            for across, sector in enumerate(sectors, 1):
                present = [one.organisation for one in found if (one.place, one.sector) == (place, sector)]
                sheet.write(at, across, ", ".join(present), wrapped)
    return stream.getvalue()
