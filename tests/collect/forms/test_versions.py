"""A new version never breaks what the old one asked."""

from tests.collect.submissions.forms import LAST_YEAR, MONTHLY, schema_of
from toguna.collect.core.forms.versions import compare_versions, unite

OLD, NEW = schema_of(LAST_YEAR), schema_of(MONTHLY)
RETYPED = schema_of(MONTHLY.replace("| integer | women |", "| decimal | women |").replace("| 2016 |", "| 2017 |"))


def ids(old, new) -> list[str]:  # type: ignore[no-untyped-def]
    return [problem.id for problem in compare_versions(old, new, "monthly.md")]


def test_what_is_gone_or_asked_otherwise_is_told_and_breaks_nothing() -> None:
    assert ids(OLD, NEW) == ["forms.question_gone"]
    assert ids(NEW, RETYPED) == ["forms.type_changed"]
    fewer = schema_of(MONTHLY.replace("| | need | water | Water | Eau | | | | |\n", "").replace("| 2016 |", "| 2017 |"))
    assert ids(NEW, fewer) == ["forms.choice_gone"]
    assert ids(NEW, NEW) == []


def test_one_version_has_one_content_and_another_form_is_no_version() -> None:
    assert ids(NEW, schema_of(MONTHLY.replace("| Women |", "| Ladies |"))) == ["forms.version_taken"]
    assert ids(NEW, schema_of(MONTHLY.replace("| monthly |", "| weekly |"))) == ["forms.other_form"]


def test_a_sensitivity_is_not_lowered_by_a_new_version() -> None:
    lowered = schema_of(
        MONTHLY.replace("| calculation |", "| calculation | bind::tg:sensitivity |")
        .replace(
            "| integer | women | Women | Femmes | | | . >= 0 | |",
            "| integer | women | Women | Femmes | | | . >= 0 | | public |",
        )
        .replace("| 2016 |", "| 2017 |")
    )
    [problem] = compare_versions(NEW, lowered)
    assert problem.id == "forms.sensitivity_lowered"
    assert unite([NEW, lowered]).table().columns[3].column.sensitivity == "confidential"


def test_the_union_has_a_column_for_each_name_and_type() -> None:
    union = unite([OLD, NEW, RETYPED])
    columns = {column.physical: column.type for column in union.table().columns}
    assert (columns["women"], columns["women__decimal"]) == ("integer", "decimal")
    assert {"males", "men"} <= set(columns)
    assert union.table().physical["women", "decimal"] == "women__decimal"
    assert union.table("visit").parent == ""
