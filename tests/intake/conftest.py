"""An instance with two forms, places and two partners; and partners' files as they write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

import openpyxl
import pytest

from toguna.access.api import acting, add_account
from toguna.collect.published import publish_form
from toguna.instance.api import Instance, writing
from toguna.journal.api import NewAct, append
from toguna.kernel.core import clock
from toguna.organisations.api import load_organisations, organisations_digest
from toguna.places.api import load_places

NOW = datetime(2017, 1, 4, 9, tzinfo=UTC)
OWNER = acting(None)

PLACES = """pcode,slug,name_en,name_fr,level,kind,parent,valid_from,valid_to,aliases,lat,lon
ML,mali,Mali,Mali,0,country,,,,,,
ML07,gao,Gao,Gao,1,region,ML,,,,,
ML08,kidal,Kidal,Kidal,1,region,ML,,,,,
ML05,mopti,Mopti,Mopti,1,region,ML,,,,,
ML09,menaka,Ménaka,Ménaka,1,region,ML,,,,,
ML06,timbuktu,Timbuktu,Tombouctou,1,region,ML,,,Toumbouctou,,
"""
ORGANISATIONS = """code,name_en,name_fr,acronym,kind,aliases,valid_from,valid_to
amss,AMSS,AMSS,AMSS,ngo,,,
stopsahel,Stop-Sahel,Stop-Sahel,,ngo,,,
"""
KITS = """# Kits

| survey | | | | | | |
| | type | name | label::English (en) | label::Français (fr) | required | constraint |
| | select_one_from_file organisations.csv | organisation | Organisation | Organisation | yes | |
| | date | given_on | Day | Jour de distribution | yes | |
| | select_one_from_file places.csv | place | Place | Commune / Lieu | yes | |
| | select_one kit | kit | Kit | Type de kit | yes | |
| | integer | women | Women | Femmes | | . >= 0 |
| | integer | men | Men | Hommes | | . >= 0 |
| | decimal | amount | Amount | Montant | | |
| | text | remarks | Remarks | Observations | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::Français (fr) |
| | kit | school | School kit | Kit scolaire |
| | kit | hygiene | Hygiene kit | Kit d'hygiène |
| settings | | | | | |
| | form_id | form_title | version | tg:date | tg:alias |
| | kits | Kits | 2016.1 | given_on | women: dames, bénéficiaires femmes; place: localité |
"""
RETURN = """# Monthly return

| survey | | | | | | | |
| | type | name | label::English (en) | label::Français (fr) | required | constraint | bind::tg:sensitivity |
| | select_one_from_file organisations.csv | organisation | Organisation | Organisation | yes | | internal |
| | date | month | First day of the month | Premier jour du mois | yes | format-date(., '%d') = '01' | internal |
| | select_one yes_no | nil | Nothing to report | Rien à signaler | yes | | internal |
| | begin_repeat | result | Results | Résultats | | | |
| | select_one activity | activity | Activity | Activité | yes | | internal |
| | select_one_from_file places.csv | place | Place | Lieu | yes | | internal |
| | select_one population | population | Population group | Groupe de population | yes | | internal |
| | integer | women | Women | Femmes | | . >= 0 | internal |
| | integer | men | Men | Hommes | | . >= 0 | internal |
| | end_repeat | | | | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::Français (fr) |
| | yes_no | yes | Yes | Oui |
| | yes_no | no | No | Non |
| | activity | hygiene | Hygiene session | Séance d'hygiène |
| | activity | school | School support | Appui à l'école |
| | population | REF | Refugees | Réfugiés |
| | population | HST | Host community | Communauté hôte |
| settings | | | | | |
| | form_id | form_title | version | tg:date | tg:key |
| | monthly | Monthly return | 2016.1 | month | organisation month |
"""


@pytest.fixture
def home(instance: Instance) -> Instance:
    """The clock stands in January 2017, when December is reported."""
    with clock.at(NOW):
        with writing():
            load_organisations(list(csv.DictReader(io.StringIO(ORGANISATIONS))))
            told = NewAct(
                kind="organisations.replaced", subject="organisations", detail={"digest": organisations_digest()}
            )
            append([told], OWNER.name)
        load_places(list(csv.DictReader(io.StringIO(PLACES))))
        publish_form(KITS.encode(), OWNER, name="kits.md")
        publish_form(RETURN.encode(), OWNER, name="monthly.md")
        add_account("awa", ["data_manager"], OWNER, organisation="amss")
        add_account("moussa", ["data_manager"], OWNER, organisation="stopsahel")
        yield instance


def workbook(
    *rows: Sequence[object], title: str = "Feuil1", merged: Sequence[str] = (), first: str = "", fill: bool = False
) -> bytes:
    """An .xlsx with these rows; `first`: the name of a sheet that stands before it; `fill`: the first row is coloured."""
    book = openpyxl.Workbook()
    sheet = book.active
    if first:
        sheet.title = first
        sheet.append(["Lisez-moi"])
        sheet = book.create_sheet()
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    if fill:
        for cell in sheet[1]:
            cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FFD966")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def table(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)
