"""The form that the tests of submissions fill in, and the lists it reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from toguna.collect.core.forms import read_form
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.check import Checker
from toguna.collect.core.submissions.lookup import lookup
from toguna.collect.core.submissions.reading import Reader
from toguna.collect.core.submissions.rules import compile_rules
from toguna.collect.core.submissions.xpath.tree import Moment

MONTHLY = """
| survey | | | | | | | | |
| | type | name | label::English (en) | label::French (fr) | required | relevant | constraint | calculation |
| | date | report_date | Report date | Date du rapport | yes | | . <= today() | |
| | select_one_from_file places.csv | place | Place | Lieu | yes | | | |
| | select_one activity | activity | Activity | Activité | yes | | | |
| | integer | women | Women | Femmes | | | . >= 0 | |
| | integer | men | Men | Hommes | | | . >= 0 | |
| | decimal | amount | Amount | Montant | | ${activity} = 'cash' | . < 100000 | |
| | calculate | total | | | | | | ${women} + ${men} |
| | select_one yesno | done | Done | Fait | | | | |
| | dateTime | seen_at | Seen at | Vu à | | | | |
| | geopoint | point | Point | Point | | | | |
| | begin_repeat | visit | Visit | Visite | | | | |
| | date | day | Day | Jour | yes | | . >= ${report_date} | |
| | select_multiple need | needs | Needs | Besoins | | | | |
| | end_repeat | | | | | | | |
| choices | | | | | | | | |
| | list_name | name | label::English (en) | label::French (fr) | | | | |
| | activity | cash | Cash | Espèces | | | | |
| | activity | wash | Water and sanitation | Eau et assainissement | | | | |
| | need | food | Food | Vivres | | | | |
| | need | water | Water | Eau | | | | |
| | yesno | yes | Yes | Oui | | | | |
| | yesno | no | No | Non | | | | |
| settings | | | | | | | | |
| | form_id | version | default_language | | | | | |
| | monthly | 2016 | English (en) | | | | | |
"""

KEYED = MONTHLY.replace("default_language | |", "default_language | tg:key |").replace(
    "English (en) | | | | | |\n", "English (en) | report_date place | | | | |\n"
)
LAST_YEAR = (
    MONTHLY.replace("| monthly | 2016 |", "| monthly | 2015 |")
    .replace("| | integer | men | Men | Hommes", "| | integer | males | Males | Masculins")
    .replace("${men}", "${males}")
)

NOW = datetime(2016, 12, 31, 18, tzinfo=UTC)
MOMENT = Moment(now=NOW, today=date(2016, 12, 31))
PLACES = lookup([("ML07", ["Gao"]), ("ML05", ["Mopti"]), ("ML06", ["Timbuktu", "Tombouctou"])])


def schema_of(text: str) -> Schema:
    read = read_form(text.encode(), "monthly.md")
    assert read.schema is not None, [problem.written() for problem in read.problems]
    return read.schema


def checker_of(schema: Schema) -> Checker:
    choices = {
        name: lookup((choice.name, choice.label.values()) for choice in own) for name, own in schema.choices.items()
    }
    reader = Reader(time_zone=ZoneInfo("Africa/Bamako"), choices=choices, references={"places": PLACES})
    return Checker(schema=schema, rules=compile_rules(schema), reader=reader)


def filled(values: str, instance_id: str = "uuid:1", meta: str = "") -> bytes:
    """A filled form of `MONTHLY`, as a phone sends it."""
    return (
        '<?xml version="1.0"?><data xmlns:orx="http://openrosa.org/xforms" id="monthly" version="2016">'
        f"{values}<orx:meta><orx:instanceID>{instance_id}</orx:instanceID>{meta}</orx:meta></data>"
    ).encode()


GOOD = "<report_date>2016-12-05</report_date><place>ML07</place><activity>wash</activity><women>3</women><men>4</men>"
