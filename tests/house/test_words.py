"""Names in the field's words (docs/glossary.md), in British spelling."""

import re

import pytest

from tests.house.code import ROOT, functions, modules

#: Names that say nothing, or another word than the glossary's. The second part says what to write.
WRONG_NAMES = {
    r"(Manager|Helper|Utils?|Service)$": "the thing's own name",
    r"beneficiar": "recipient (a role on a list), individual or household",
    r"respons(e|es)$|^responses?_": "submission",
    r"organization": "organisation",
    r"(^|_)kpi|(^|_)metrics?(_|$)": "figure or indicator",
    r"breakdown|dimension": "disaggregation, category",
}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_names_are_the_fields_words(path) -> None:  # type: ignore[no-untyped-def]
    names = {function.name for function in functions(path)} | set(re.findall(r"^class (\w+)", path.read_text(), re.M))
    for name in names:
        for wrong, right in WRONG_NAMES.items():
            assert not re.search(wrong, name), f"{path.name}: {name}: write {right}"
