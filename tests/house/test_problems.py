"""Every fault speaks English and French, says what is wrong and what to do, and needs the same details in both."""

import string
from importlib import import_module

import pytest

from tests.house.code import HOUSE, ROOT, forms_of
from toguna.kernel.api import LANGUAGES, Catalogue, Fault

CATALOGUES = sorted(
    str(path.relative_to(ROOT).with_suffix("")).replace("/", ".") for path in HOUSE.rglob("problems.py")
)


def faults_of(name: str) -> dict[str, Fault]:
    """A module's own faults by id; the kernel's `problems` declares none."""
    values = vars(import_module(name)).values()
    return {fault.id: fault for value in values if isinstance(value, Catalogue) for fault in value.values()}


def fields(sentence: str) -> set[str]:
    """Details it needs."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", CATALOGUES)
def test_faults_are_whole_sentences_in_both_languages(name: str) -> None:
    for fault in faults_of(name).values():
        for language in LANGUAGES:
            for sentence in (
                form for one in (fault.what, fault.cure) for form in forms_of(one, language, fault.domain)
            ):
                assert sentence.strip(), f"{fault.id} says nothing in {language}"
                assert sentence.rstrip()[-1] in ".?!)»\"'}", (
                    f"{fault.id} ({language}) is no whole sentence: {sentence!r}"
                )
        for sentence in (fault.what, fault.cure):
            named = {
                frozenset(fields(form)) for language in LANGUAGES for form in forms_of(sentence, language, fault.domain)
            }
            assert len(named) == 1, f"{fault.id}: its forms and languages name other details: {named}"


def test_ids_are_unique_over_all_rooms() -> None:
    seen: dict[str, str] = {}
    for name in CATALOGUES:
        for fault in faults_of(name):
            assert seen.setdefault(fault, name) == name, f"{fault} is declared in {seen[fault]} and in {name}"
    assert len(seen) > 100
