"""The catalogues hold every sentence of the code and a French one for each; a language without a catalogue reads English."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import DOMAINS, counted, message, translatable, translated
from tools import messages


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogues_are_what_the_code_makes_of_them(domain: str) -> None:
    catalogue = messages.merged("fr", domain, messages.by_domain()[domain])
    assert not messages.missing(catalogue), "write the French of these into the .po, then run `make messages`"
    path = messages.po_path("fr", domain)
    assert (path.read_bytes(), path.with_suffix(".mo").read_bytes()) == messages.written(catalogue), (
        "run `make messages`"
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_needs_the_same_details(domain: str) -> None:
    for entry in messages.merged("fr", domain, messages.by_domain()[domain]):
        if entry.id:
            texts = [*([entry.id] if isinstance(entry.id, str) else entry.id), *messages._forms(entry.string)]
            details = {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in texts}
            assert len(details) == 1, f"{domain}: {entry.id!r} and its translation name other details"


@pytest.mark.parametrize("domain", DOMAINS)
def test_french_has_no_break_space_before_its_signs(domain: str) -> None:
    for entry in messages.merged("fr", domain, messages.by_domain()[domain]):
        for text in messages._forms(entry.string) if entry.id else []:
            plain = re.sub(r"`[^`]*`", "", text)
            assert not re.search(r" [:;?!»](?:\s|$)| %(?:\s|$)|« ", plain), f"{domain}: {text!r}"


def test_an_operation_in_another_language_reads_english() -> None:
    fault = Catalogue("collect", domain="toguna").error("x", "{value!r} is not a whole number.", "Do.")
    assert fault.at(value="a").what("es") == "'a' is not a whole number."  # type: ignore[arg-type]
    assert translated("lake", "ar") == "lake"


def test_a_detail_may_be_a_sentence_and_a_number_chooses_the_form() -> None:
    inner = message("lake")
    assert message("{count} of {named} changed.", count=1, named=inner).written("en") == "1 of lake changed."
    rows = counted("{count} row", "{count} rows")
    assert [message(rows, count=number).written("en") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    with pytest.raises(TypeError):
        message(rows, count="two").written("en")


def test_what_is_marked_is_found_in_the_code() -> None:
    source = 'x = translatable("A." "B.")\nF.error("id", "What.", "Cure.")\ny = counted("{n} a", "{n} b", "n")\nlog.error("id")'
    assert list(messages.sentences(source)) == ["A.B.", "What.", "Cure.", ("{n} a", "{n} b")]
    assert translatable("A.") == "A."
