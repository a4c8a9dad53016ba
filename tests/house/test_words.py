"""Names in the field's words (docs/glossary.md), British spelling, and nothing of the machine it was written on."""

import re
import subprocess

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

#: What betrays a machine, a registry or a tool. Patterns are written so that this file does not match itself.
TRACES = ["/wor[k]/", "/opt/pyp[i]", r"pypi\.or[g]/simple", "clau[d]e", "anthropi[c]"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_names_are_the_fields_words(path) -> None:  # type: ignore[no-untyped-def]
    names = {function.name for function in functions(path)} | set(re.findall(r"^class (\w+)", path.read_text(), re.M))
    for name in names:
        for wrong, right in WRONG_NAMES.items():
            assert not re.search(wrong, name), f"{path.name}: {name}: write {right}"


def test_nothing_tells_of_the_machine_it_was_written_on() -> None:
    for pattern in TRACES:
        found = subprocess.run(
            ["git", "grep", "-I", "-i", "-n", "-E", pattern, "--", ".", ":!requirements.lock", ":!LICENSE"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert found.returncode == 1, f"take this out:\n{found.stdout[:2000]}"
