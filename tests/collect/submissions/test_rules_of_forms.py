"""Rules of forms, from the form to what becomes of a row: the cases in which a value, a refusal or a silence was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from tests.collect.submissions.forms import checker_of, schema_of
from toguna.collect.core.forms import read_form
from toguna.collect.core.submissions.check import SYSTEM, CheckedTables
from toguna.collect.core.submissions.xpath.patterns import matches, why_broken
from toguna.collect.core.submissions.xpath.tree import Moment

MOMENT = Moment(now=datetime(2024, 5, 2, 6, tzinfo=UTC), today=date(2024, 5, 2))
HEAD = "| survey | | | | | | | |\n| | type | name | label | required | relevant | constraint | calculation |\n"
TAIL = """| choices | | | |
| | list_name | name | label |
| | hue | red | Red |
| | hue | blue | Blue |
| settings | | |
| | form_id | version |
| | small | 1 |
"""


def form(*questions: str) -> str:
    """`type name; required; relevant; constraint; calculation`, and whatever is absent is blank."""
    lines = []
    for question in questions:
        first, *rest = (part.strip() for part in question.split(";"))
        kind, _, name = first.rpartition(" ") if not first.startswith("end") else (first, "", "")
        label = "" if kind in ("calculate",) or first.startswith("end") else name.title()
        rest += [""] * (4 - len(rest))
        cells = " | ".join(one.replace("|", "\\|") for one in (kind, name, label, *rest))
        lines.append(f"| | {cells} |")
    return HEAD + "\n".join(lines) + "\n" + TAIL


def checked(
    text: str, zone: str = "UTC", rows: dict[str, list[dict[str, str]]] | None = None, **answers: str
) -> CheckedTables:
    """One filled form: its answers, and the rows of its repeats."""
    schema = schema_of(text)
    checker = checker_of(schema)
    checker = replace(checker, reader=replace(checker.reader, time_zone=ZoneInfo(zone)))
    written = {"": _table([answers], schema.table("").by_name, "")}
    for name, own in (rows or {}).items():
        written[name] = _table(own, schema.table(name).by_name, "0")
    return checker.check(written, MOMENT)


def _table(rows: list[dict[str, str]], columns: object, first: str) -> pl.DataFrame:
    names = list(columns)  # type: ignore[call-overload]
    system = {
        "_key": [0] * len(rows),
        "_row": [str(at) if first else "" for at in range(len(rows))],
        "_parent_row": [""] * len(rows),
        "_line": [2] * len(rows),
    }
    values = {name: [row.get(name) for row in rows] for name in names}
    return pl.DataFrame({**system, **values}, schema={**SYSTEM, **dict.fromkeys(names, pl.String)})


def refused(found: CheckedTables) -> list[tuple[str, str]]:
    return list(found.rejects.select("column", "fault").iter_rows())


def warned(text: str) -> list[str]:
    return [problem.what() for problem in read_form(text.encode(), "small.md").problems if "not_checked" in problem.id]


@pytest.mark.parametrize(
    ("kind", "constraint", "value", "taken"),
    [
        ("integer", "pow(., 2) < 100", "50", False),
        ("integer", "pow(., 2) < 100", "5", True),
        ("text", "substr(., string-length(.) - 2) = '12'", "ML0712", True),
        ("text", "substr(., string-length(.) - 2) = '12'", "ML0713", False),
        ("text", "substr(., 2) = '0712' and regex(., '^(?!XX).*')", "ML0712", True),
        ("text", "regex(., '[0-9]{8}')", "123456789", False),
        ("text", "regex(., '[0-9]{8}')", "12345678", True),
        ("decimal", "round(., 2) = 1.01", "1.005", True),
        ("text", "string(number(.)) != 'NaN'", "abc", False),
        ("text", "string(number(.)) != 'NaN'", "12", True),
        ("time", "decimal-time(.) < 0.75", "09:30", True),
        ("time", "decimal-time(.) < 0.75", "19:30", False),
        ("dateTime", ". > date-time('2024-05-02T12:00:00Z')", "2024-05-02T06:00:00Z", False),
        ("dateTime", ". > date-time('2024-05-02T12:00:00Z')", "2024-05-02T13:00:00Z", True),
        ("date", ". > '2024-01-01rubbish'", "2024-05-05", False),
        ("date", ". > '2024-01-01'", "2024-05-05", True),
        ("date", "format-date(., '%b %Y') = 'May 2024'", "2024-05-02", True),
    ],
)
def test_a_constraint_takes_or_refuses(kind: str, constraint: str, value: str, taken: bool) -> None:
    found = checked(form(f"{kind} x; ; ; {constraint}"), x=value)
    assert refused(found) == ([] if taken else [("x", "collect.constraint_broken")])


@pytest.mark.parametrize(("zone", "taken"), [("Africa/Nairobi", True), ("UTC", True), ("America/New_York", False)])
def test_days_begin_in_the_operations_zone(zone: str, taken: bool) -> None:
    value = "2024-05-02T01:00:00" + ("Z" if zone.startswith("America") else "")
    found = checked(form("dateTime x; ; ; date(.) = '2024-05-02'"), zone=zone, x=value)
    assert refused(found) == ([] if taken else [("x", "collect.constraint_broken")])


def test_a_total_of_fractions_is_taken() -> None:
    text = form("decimal a", "decimal b", "decimal total; ; ; . = ${a} + ${b}")
    assert refused(checked(text, a="0.1", b="0.2", total="0.3")) == []
    assert refused(checked(text, a="0.1", b="0.2", total="0.31")) == [("total", "collect.constraint_broken")]


def test_infinity_is_more_than_any_number() -> None:
    text = form("integer x", "integer y; ; ; not(${x} div . > 100)")
    assert refused(checked(text, x="1", y="0")) == [("y", "collect.constraint_broken")]


def test_two_blanks_are_equal() -> None:
    text = form("text x", "text y", "text why; yes; ${x} != ${y}")
    assert refused(checked(text)) == []
    assert refused(checked(text, x="a")) == [("why", "collect.value_missing")]


def test_of_a_blank_select_nothing_is_selected() -> None:
    text = form("select_multiple hue hues", "text why; ; selected(${hues}, '')")
    assert refused(checked(text, why="none")) == []
    assert refused(checked(text, hues="red", why="none")) == [("why", "collect.value_not_relevant")]


def test_calculations_are_worked_out_by_what_they_read() -> None:
    text = form("integer q", "calculate aa; ; ; ; ${bb} + 1", "calculate bb; ; ; ; ${q} * 2", "text z; ; ${aa} = 11")
    found = checked(text, q="5", z="yes")
    assert refused(found) == []
    assert found.tables[""]["aa"].to_list() == ["11"]


def test_calculations_that_read_one_another_are_told_and_hold_nothing() -> None:
    text = form("integer q", "calculate aa; ; ; ; ${bb} + 1", "calculate bb; ; ; ; ${aa} * 2", "text z; ; ${aa} = 11")
    schema_text = [one for one in warned(text) if "reads its own result" in one or "not worked out" in one]
    assert len(schema_text) >= 2
    assert refused(checked(text, q="5", z="yes")) == []


def test_count_counts_rows_and_sum_adds_calculations() -> None:
    repeat = ("begin_repeat kid", "text kid_name", "integer a", "calculate twice; ; ; ; ${a} * 2", "end_repeat")
    text = form(*repeat, "integer n; ; ; . = count(${kid_name})", "integer total; ; ; . = sum(${twice})")
    kids = [{"kid_name": "A", "a": "5"}, {"a": "4"}, {"kid_name": "C"}]
    assert refused(checked(text, rows={"kid": kids}, n="3", total="18")) == []
    wrong = [("n", "collect.constraint_broken"), ("total", "collect.constraint_broken")]
    assert refused(checked(text, rows={"kid": kids}, n="2", total="9")) == wrong


def test_a_row_of_a_repeat_is_read_by_its_index() -> None:
    repeat = ("begin_repeat kid", "text kid_name", "end_repeat")
    text = form(*repeat, "integer i", "text which; ; ; . = indexed-repeat(${kid_name}, ${kid}, ${i})")
    kids = [{"kid_name": "A"}, {"kid_name": "B"}]
    assert refused(checked(text, rows={"kid": kids}, i="2", which="B")) == []
    assert refused(checked(text, rows={"kid": kids}, i="1", which="B")) == [("which", "collect.constraint_broken")]


def test_a_rule_that_reads_what_was_not_worked_out_is_not_held() -> None:
    text = form(
        "integer w",
        "calculate bmi; ; ; ; pulldata('a', 'b', 'c', ${w})",
        "text diet; ; ${bmi} > 30",
        "text note_; yes; ${bmi} < 30",
        "calculate twice; ; ; ; ${bmi} * 2",
        "integer last; ; ; . < ${twice}",
    )
    assert refused(checked(text, w="100", diet="less salt", last="5")) == []
    told = warned(text)
    assert len(told) == 5 and sum("not worked out here" in one for one in told) == 4
    assert refused(checked(text, w="100", bmi="20", diet="x", note_="y", last="5")) == [
        ("diet", "collect.value_not_relevant")
    ]


def test_a_question_whose_relevance_is_not_known_is_not_required() -> None:
    text = form("text x", "text why; yes; instance('l')/root/item[name = ${x}]/kind = 'a'")
    assert refused(checked(text, x="a")) == []
    assert len(warned(text)) == 1


def test_a_pattern_in_an_answer_fails_on_its_row_alone_and_is_told() -> None:
    text = form("text p", "text x; ; ; regex(., ${p})")
    found = checked(text, p="[a-z", x="abc")
    assert refused(found) == []
    assert [problem.id for problem in found.unchecked] == ["collect.rule_not_checked"]
    assert refused(checked(text, p="[a-z]", x="abc")) == [("x", "collect.constraint_broken")]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("pulldata('a', 'b', 'c', .) = 1", "pulldata()"),
        ("uuid() != .", "uuid()"),
        ("random() < 1", "random()"),
        ("count(${kid}[a > 1]) > 0", "predicate"),
        ("${last-saved#x} = .", "last-saved"),
        ("format-date(today(), '%B') != .", "%B"),
        ("1e3 > .", "1e3"),
        ("${kid_name} = .", "each row"),
        ("sum(${place}) > 1", "geopoint"),
        ("regex(., '\\p{IsGreek}+')", "regular expression"),
        ("regex(., '[a-z&&[^b]]+')", "regular expression"),
        ("regex(., '[[:digit:]]+')", "regular expression"),
        ("regex(., '[[ab]c]+')", "regular expression"),
    ],
)
def test_what_is_not_evaluated_is_said_with_its_row(rule: str, reason: str) -> None:
    repeat = ("begin_repeat kid", "text kid_name", "integer a", "geopoint place", "end_repeat")
    read = read_form(form(*repeat, f"text x; ; ; {rule}").encode(), "small.md")
    told = [problem for problem in read.problems if problem.id == "collect.rule_not_checked"]
    assert [(one.place.sheet, one.place.row) for one in told] == [("survey", 7)], [
        one.written() for one in read.problems
    ]
    assert reason in told[0].what() and "n'est pas vérifiée ici" in told[0].what("fr")


def test_a_broken_pattern_is_a_fault_of_the_form() -> None:
    read = read_form(form("text x; ; ; regex(., '[a-z')").encode(), "small.md")
    [fault] = [problem for problem in read.problems if problem.is_error]
    assert (fault.id, fault.place.row) == ("forms.pattern_broken", 2)


@pytest.mark.parametrize("pattern", ["(?P<n>foo)", "{", "a{,2}", "a{x}", "(?(1)a|b)"])
def test_what_only_python_reads_is_a_broken_pattern(pattern: str) -> None:
    read = read_form(form(f"text x; ; ; regex(., '{pattern}')").encode(), "small.md")
    assert [problem.id for problem in read.problems if problem.is_error] == ["forms.pattern_broken"]


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"[^\D]", "2", "٢"), (r"[\D]", "٢", "2"), (r"[\W]", "é", "e"), (r"[\S]", "x", " "), (r"a\z", "a", "b"),
        (r"(?<n>a)b", "ab", "n"), (r"a\hb", "a\u00a0b", "a_b"), (r"\Qa.b\E", "a.b", "axb"), ("[]x]", "]", "["),
        ("[^]x]", "[", "]"), ("a{2,}", "aa", "a"), (r"a\{", "a{", "a"), ("[{]", "{", "a"),
    ],
)  # fmt: skip
def test_patterns_are_javas(pattern: str, good: str, bad: str) -> None:
    assert why_broken(pattern) is None
    assert matches(good, pattern) and not matches(bad, pattern)


def test_the_place_of_a_row_is_that_of_its_own_repeat() -> None:
    repeat = ("begin_repeat kid", "text kid_name", "integer place_; ; ; . = position(..)", "end_repeat")
    kids = [{"kid_name": "A", "place_": "1"}, {"kid_name": "B", "place_": "2"}, {"kid_name": "C", "place_": "2"}]
    assert refused(checked(form(*repeat), rows={"kid": kids})) == [("place_", "collect.constraint_broken")]


def test_in_french_no_reason_is_english() -> None:
    read = read_form(form("text x; ; ; regex(., '\\p{IsGreek}+')", "text y; ; ; regex(., '[a-z')").encode(), "small.md")
    [broken] = [problem for problem in read.problems if problem.is_error]
    assert "erreur au caractère 1" in broken.what("fr") and "character" not in broken.what("fr")
