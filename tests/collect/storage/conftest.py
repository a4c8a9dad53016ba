"""An instance with the form of the tests published, and what fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from tests.collect.submissions.forms import KEYED, MOMENT, MONTHLY, NOW, checker_of, filled, schema_of
from toguna.access.api import acting
from toguna.collect.core.submissions.assemble import check_filled
from toguna.collect.core.submissions.values import Checked, Receipt, Refusal
from toguna.collect.core.submissions.xml import parse_xml
from toguna.collect.published import publish_form
from toguna.collect.receiving import receive
from toguna.instance.api import Instance

OWNER = acting(None)
SCHEMA = schema_of(MONTHLY)
CHECKER = checker_of(SCHEMA)
KEYED_FORM = KEYED.replace("| monthly | 2016 |", "| keyed | 2016 |")
KEYED_SCHEMA = schema_of(KEYED_FORM)
KEYED_CHECKER = checker_of(KEYED_SCHEMA)


def answers(women: int = 3, place: str = "ML07", day: str = "2016-12-05", more: str = "") -> str:
    return (
        f"<report_date>{day}</report_date><place>{place}</place><activity>wash</activity>"
        f"<women>{women}</women><men>4</men>{more}"
    )


def xml(instance_id: str, women: int = 3, corrects: str = "", form: str = "monthly", **other: str) -> bytes:
    """A filled form as a phone sends it."""
    meta = f"<orx:deprecatedID>{corrects}</orx:deprecatedID>" if corrects else ""
    return filled(answers(women, **other), instance_id, meta).replace(b'id="monthly"', f'id="{form}"'.encode())


def checked(*raws: bytes, at: datetime = NOW) -> tuple[tuple[Checked, ...], tuple[Refusal, ...]]:
    """All good or refused, in the order of the bytes."""
    good: list[Checked] = []
    refused: list[Refusal] = []
    for raw in raws:
        is_keyed = b'id="keyed"' in raw
        one = parse_xml(raw, {"monthly": [SCHEMA], "keyed": [KEYED_SCHEMA]}, "x.xml")
        found = check_filled([one], KEYED_CHECKER if is_keyed else CHECKER, at, MOMENT)
        good += found.good
        refused += found.refused
    return tuple(good), tuple(refused)


Receive = Callable[..., Receipt]


@pytest.fixture
def published(instance: Instance) -> Instance:
    publish_form(MONTHLY.encode(), OWNER, name="monthly.md")
    publish_form(KEYED_FORM.encode(), OWNER, name="keyed.md")
    return instance


def take(*raws: bytes, at: datetime = NOW, **options: bool) -> Receipt:
    """Receive these bytes as one batch."""
    good, refused = checked(*raws, at=at)
    return receive(good, refused, OWNER, **options)


def ids(problems: Sequence[object]) -> list[str]:
    """What was found, without the remark that these records of 2016 come late (test_remarks asks that)."""
    found = [problem.id for problem in problems]  # type: ignore[attr-defined]
    return [name for name in found if name != "collect.late"]
