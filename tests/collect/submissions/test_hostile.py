"""Bytes bent at random: every reader gives a value or a refusal with a sentence, never another exception (reliability facts, goal 17)."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.collect.forms.test_reading import WATER_POINT
from tests.collect.submissions.forms import GOOD, MOMENT, MONTHLY, NOW, checker_of, filled, schema_of
from tests.collect.submissions.test_sheet import HEADER, ROW, table, workbook
from toguna.collect.core.forms import read_form
from toguna.collect.core.forms.export import export_xlsx
from toguna.collect.core.forms.reading import read_book
from toguna.collect.core.submissions.assemble import check_filled
from toguna.collect.core.submissions.rows import SheetRows
from toguna.collect.core.submissions.sheet import parse_sheet
from toguna.collect.core.submissions.xml import parse_xml
from toguna.kernel.api import Refused

SCHEMA = schema_of(MONTHLY)
CHECKER = checker_of(SCHEMA)
FORMS = {"monthly": [SCHEMA]}

FILLED = filled(GOOD + "<visit><day>2016-12-06</day><needs>food water</needs></visit>")
CSV = table(ROW, ROW)
XLSX = workbook({"m": [HEADER, ROW], "visit": [["_parent", "day"], ["1", "2016-12-07"]]})
FORM = WATER_POINT.encode()
FORM_XLSX = export_xlsx(read_book(FORM, "w.md"))

#: Where, how many bytes go, what comes instead.
BENDS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4)
TEXTS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 12),
        st.sampled_from([b"|", b"<", b">", b"&#0;", b"]]>", b"\n", b'"', b"'", b";", b"${", b")", b"\xff", b"9" * 30]),
    ),
    min_size=1,
    max_size=4,
)


def bent(content: bytes, bends: list[tuple[float, int, bytes]]) -> bytes:
    for where, gone, instead in bends:
        at = int(where * len(content))
        content = content[:at] + instead + content[at + gone :]
    return content


def holds(read: Callable[[bytes], object], content: bytes) -> None:
    try:
        read(content)
    except Refused as refusal:
        for problem in refusal.problems:
            assert problem.written("fr")


def xml(content: bytes) -> None:
    check_filled([parse_xml(content, FORMS, "x.xml")], CHECKER, NOW, MOMENT)


def sheet(content: bytes) -> None:
    read = parse_sheet(content, FORMS, "rows")
    checked = CHECKER.check(read.tables, MOMENT)
    rows = SheetRows(read=read, checked=checked, checker=CHECKER, name="rows", received_at=NOW, moment=MOMENT)
    made = [len(good) + len(refused) for good, refused in rows.portions(100)]
    assert sum(made) == read.tables[""].height


def form(content: bytes) -> None:
    read = read_form(content, "form")
    assert read.is_good or read.problems


@settings(max_examples=60, deadline=None)
@given(BENDS | TEXTS)
def test_filled_forms(bends: list[tuple[float, int, bytes]]) -> None:
    holds(xml, bent(FILLED, bends))


@settings(max_examples=40, deadline=None)
@given(BENDS | TEXTS)
def test_csvs(bends: list[tuple[float, int, bytes]]) -> None:
    holds(sheet, bent(CSV, bends))


@settings(max_examples=40, deadline=None)
@given(BENDS)
def test_workbooks(bends: list[tuple[float, int, bytes]]) -> None:
    holds(sheet, bent(XLSX, bends))


@settings(max_examples=40, deadline=None)
@given(TEXTS)
@example(
    [(0.0, 5, b"|"), (0.798468954911604, 0, b"|")]
)  # a column of entities without a name: pyxform wrote what is no XML
def test_forms_as_markdown(bends: list[tuple[float, int, bytes]]) -> None:
    holds(form, bent(FORM, bends))


@settings(max_examples=25, deadline=None)
@given(BENDS)
def test_forms_as_workbooks(bends: list[tuple[float, int, bytes]]) -> None:
    holds(form, bent(FORM_XLSX, bends))
