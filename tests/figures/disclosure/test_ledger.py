"""What editions have printed stays known: the next draft is audited together with it."""

from __future__ import annotations

import pytest

from tests.figures.disclosure.table_in_memory import INDICATORS, MemoryRecords, printed, row
from tests.figures.disclosure.test_joint_audit import NOVEMBER
from toguna.figures.core.disclosure.cures import cheapest_cure, rounded
from toguna.figures.core.disclosure.joint_audit import JointAudit
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.disclosure_ledger import keep, printed_before
from toguna.instance.api import Instance


def test_a_row_of_the_ledger_is_the_figure_as_it_was_printed(instance: Instance) -> None:
    """A reader of the ledger has what a reader of the edition has: bounds, places, lists, the act, an open start."""
    prints = [
        printed("incidents?place=ML06,ML07&kind=theft", 108, at=7),
        printed("incidents", (100, 110), at=7),
        printed("regions", 2, at=7, listed=("ML06", "ML07")),
        printed("incidents?period=..2016-11", 12, at=7),
    ]
    keep("update-1", prints, INDICATORS)
    keep("update-2", prints[:1], INDICATORS)
    known = printed_before()
    assert [one.edition for one in known] == ["update-1"] * 4, (
        "the same figure is one constraint, however often printed"
    )
    assert [vars(one) | {"edition": ""} for one in known] == [vars(one) for one in prints]


THEN = MemoryRecords(
    rows={
        7: [row("ML06", "theft", 60, month=NOVEMBER), row("ML07", "injury", 48, month=NOVEMBER)],
        9: [
            row("ML06", "theft", 60, month=NOVEMBER),
            row("ML07", "injury", 48, month=NOVEMBER),
            row("ML06", "theft", 4),
        ],
    }
)


def threshold(one: object) -> int:
    return 5


def test_the_cheapest_cure_rounds_then_widens_then_drops() -> None:
    november = printed("incidents?period=2016-01..2016-11", 108, at=7, edition="november")
    december = printed("incidents?period=2016-01..2016-12", 112, at=9)

    def is_safe(prints: list[PrintedFigure]) -> bool:
        return not JointAudit(prints, INDICATORS, threshold, THEN).leaks()

    assert not is_safe([november, december])
    cure = cheapest_cure([november, december], is_safe, lambda one: None)  # type: ignore[arg-type]
    assert cure is not None and (cure.change, cure.figure, cure.digits) == ("round", december, -1)
    assert is_safe([november, rounded(december, -1)])
    small = printed("incidents", 4, at=9)
    cure = cheapest_cure([small], is_safe, lambda one: None)  # type: ignore[arg-type]
    assert cure is not None and cure.change == "drop", "what rounds to nothing cannot be rounded"


@pytest.mark.parametrize(("value", "bounds"), [(112, (105, 115)), (108, (105, 115)), (95, (95, 105))])
def test_what_a_reader_knows_of_a_rounded_figure(value: int, bounds: tuple[int, int]) -> None:
    once = rounded(printed("incidents", value), -1)
    assert (once.low, once.high) == bounds
