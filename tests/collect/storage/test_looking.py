"""A look says what taking in would do: also of the rows that it only counts, whatever is stored and whatever else came."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from tests.collect.storage.conftest import OWNER
from toguna.access.api import Actor
from toguna.collect.arrivals import Options, Received
from toguna.collect.core.submissions.values import Ids, Receipt
from toguna.collect.counting_fresh import CountedRows
from toguna.collect.loading import preview, take
from toguna.collect.published import publish_form
from toguna.collect.references import load_reference
from toguna.instance.api import Instance
from toguna.kernel.api import Refused

FORM = """
| survey | | | | |
| | type | name | label | required |
| | date | seen_on | Seen on | |
| | text | code | Code | yes |
| | integer | persons | Persons | |
| | select_multiple help | help | Help | |
| choices | | | |
| | list_name | name | label |
| | help | food | Food |
| | help | cash | Cash |
| settings | | | | |
| | form_id | version | tg:key |
| | visit | 1 | {key} |
"""
COLUMNS = "seen_on,code,persons,help"


def visits(instance: Instance, key: str) -> Instance:
    publish_form(FORM.format(key=key).encode(), OWNER, name="visit.md")
    return instance


def csv_of(name: str, lines: Sequence[str], columns: str = COLUMNS) -> Received:
    return Received(name=name, content="\n".join([columns, *lines]).encode(), actor=OWNER)


def phone(name: str, number: int, answers: str, corrects: str = "") -> Received:
    old = f"<deprecatedID>{corrects}</deprecatedID>" if corrects else ""
    meta = f"<meta><instanceID>uuid:{number}</instanceID>{old}</meta>"
    content = f'<data id="visit" version="1">{answers}{meta}</data>'
    return Received(name=name, content=content.encode(), actor=OWNER)


def outcome(receipt: Receipt) -> dict[str, object]:
    """What became of each; a correction's own id is not known before it is laid over what is stored."""
    told = sorted((one.id, str(one.place), one.what("en")) for one in receipt.problems)
    return {
        "received": sorted(receipt.received),
        "count": len(receipt.received),
        "duplicates": sorted(receipt.duplicates),
        "corrected": sorted(receipt.corrected),
        "refused": receipt.refused,
        "problems": told,
    }


def line(chance: random.Random) -> str:
    day = chance.choice(["2016-12-01", "2016-12-02", "2016-11-30", "01/12/2016", ""])
    helped = chance.choice(["food", "food cash", "", "rain"])
    return f"{day},{chance.choice('ABCDEF')}{chance.randrange(4)},{chance.choice(['1', '2', '1.0', '', 'x'])},{helped}"


@pytest.mark.parametrize("key", ["", "code", "seen_on code"])
def test_a_look_says_what_taking_in_does(instance: Instance, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as a look that counts nothing; and what becomes of each row as in taking in (a look lays rows over stored ones alone)."""
    visits(instance, key)
    chance = random.Random(7)
    for step in range(12):
        received = [
            csv_of(f"{step}-{n}.csv", [line(chance) for _ in range(chance.randrange(1, 9))])
            for n in range(chance.randrange(1, 4))
        ]
        if chance.random() < 0.5:
            answers = f"<seen_on>2016-12-01</seen_on><code>{chance.choice('AB')}1</code>"
            received.insert(chance.randrange(len(received) + 1), phone(f"{step}.xml", step, answers))
        seen = preview(received, OWNER)
        with monkeypatch.context() as one_by_one:
            one_by_one.setattr(CountedRows, "count", lambda self, rows: (rows, 0))
            assert outcome(preview(received, OWNER).receipt) == outcome(seen.receipt), (key, step)
        looked, taken = outcome(seen.receipt), outcome(take(seen))
        for name in ("count", "refused", *(() if key else ("received", "duplicates", "corrected"))):
            assert looked[name] == taken[name], (name, key, step)


def test_rows_that_nothing_touches_are_counted_and_their_ids_drawn_when_asked(instance: Instance) -> None:
    visits(instance, "")
    november = csv_of("november.csv", [f"2016-11-{day:02},A{day},1,food" for day in range(1, 20)])
    december = csv_of("december.csv", [f"2016-12-{day:02},A{day},1,food" for day in range(1, 20)])
    assert isinstance(preview([november], OWNER).receipt.received, Ids)
    taken = take(preview([november], OWNER))
    seen = preview([december], OWNER)
    assert (len(seen.receipt.received), set(seen.receipt.received) & set(taken.received)) == (19, set())
    assert seen.receipt.received == take(seen).received
    assert outcome(preview([november, december], OWNER).receipt)["duplicates"] == sorted(
        [*taken.received, *seen.receipt.received]
    )


def test_the_same_sheet_twice_in_one_look_is_one(instance: Instance) -> None:
    visits(instance, "")
    lines = ["2016-12-01,A1,1,food", "2016-12-01,A1,1,food", "2016-12-02,A2,1,"]
    seen = preview([csv_of("a.csv", lines), csv_of("b.csv", [*lines, "2016-12-03,A3,1,"])], OWNER)
    assert (len(seen.receipt.received), len(seen.receipt.duplicates)) == (4, 3)
    assert outcome(seen.receipt) == outcome(take(seen))


def test_a_row_counted_of_one_file_is_corrected_by_the_next(instance: Instance) -> None:
    visits(instance, "code")
    files = [
        csv_of("a.csv", ["2016-12-01,A1,1,food", "2016-12-01,A2,1,food"]),
        csv_of("b.csv", ["2016-12-01,A1,9,food"]),
    ]
    seen = preview([*files, phone("p.xml", 1, "<code>A2</code><persons>4</persons>")], OWNER)
    assert len(seen.receipt.corrected) == 2
    assert outcome(seen.receipt) == outcome(take(seen))


def test_what_waits_for_a_counted_row_is_taken_in_with_it(instance: Instance) -> None:
    visits(instance, "")
    sheet = csv_of("a.csv", ["2016-12-01,A1,1,food"])
    (drawn,) = preview([sheet], OWNER).receipt.received
    correction = phone("p.xml", 1, "<code>A1</code><persons>4</persons>", corrects=drawn)
    assert take(preview([correction], OWNER)).refused == 1
    seen = preview([sheet], OWNER)
    assert outcome(seen.receipt)["corrected"] == [drawn]
    assert outcome(seen.receipt) == outcome(take(seen))


def test_remarks_on_counted_rows_are_those_of_rows_taken_in(instance: Instance) -> None:
    visits(instance, "")
    lines = [f"2001-0{month}-0{day},A1,1,food" for month in (1, 2) for day in (1, 2, 3)]
    seen = preview([csv_of("late.csv", lines)], OWNER)
    assert [one.details["count"] for one in seen.receipt.problems if one.id == "collect.late"] == [3, 3]
    assert outcome(seen.receipt) == outcome(take(seen))


def test_rows_that_are_only_counted_ask_for_the_right_to_send(instance: Instance) -> None:
    visits(instance, "")
    reader = Actor(name="reader", roles=("reader",))
    with pytest.raises(Refused):
        preview([csv_of("a.csv", ["2016-12-01,A1,1,food"])], reader)


def test_expectations_hold_of_rows_in_a_look(instance: Instance) -> None:
    visits(instance, "")
    rows = [{"id": "few", "form": "visit", "kind": "most", "columns": "persons", "where": "", "expect": "5", "en": "Many.", "fr": "Trop."}]  # fmt: skip
    load_reference("expectations", rows, OWNER)
    sheet = csv_of("a.csv", ["2016-12-01,A1,6,food", "2016-12-01,A2,1,food"])
    assert preview([sheet], OWNER).receipt.refused == 1
    seen = preview([sheet], OWNER, Options(reason=""))
    assert outcome(seen.receipt) == outcome(take(seen))
