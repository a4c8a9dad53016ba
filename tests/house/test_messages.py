"""The catalogues hold every sentence of the code and a French one for each; a language without a catalogue reads English."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from tests.house.code import forms_of
from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import DOMAINS, counted, message, translatable, translated
from tools import messages

#: Details that are large, a limit, or no number.
LIMITS = {
    "most",
    "least",
    "seconds",
    "size",
    "parts",
    "needed",
    "wanted",
    "near",
    "columns",
    "newest",
    "id",
    "key",
    "name",
    "actor",
}


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


def test_the_tool_puts_no_break_spaces() -> None:
    assert messages.spaced("« a » : `x : y` à 5 % ?") == "«\u00a0a\u00a0»\u00a0: `x : y` à 5\u00a0%\u00a0?"
    assert messages.spaced(("a ; b", "usage : ")) == ("a\u00a0; b", "usage\u00a0: ")
    assert messages.spaced("%(prog)s 12 %(other)s") == "%(prog)s 12 %(other)s"


def counted_pairs() -> list[tuple[str, str, str]]:
    return [
        (domain, *sentence)
        for domain, sentences in messages.by_domain().items()
        for sentence in sorted(sentences, key=str)
        if isinstance(sentence, tuple)
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("domain", "one", "many"), counted_pairs())
def test_one_is_printed_as_one_and_two_as_two(domain: str, one: str, many: str, language: str) -> None:
    """English: only 1 is singular; French: 0 and 1 are."""
    none, single, several = forms_of(counted(one, many), language, domain)
    assert none == (single if language == "fr" else several)
    nouns = {word for word in re.findall(r"\w+", several) if word not in re.findall(r"\w+", single)}
    for noun in nouns:
        assert not re.search(rf"\}} {noun}\b", single), f"1 {noun}: {single!r}"
    assert "(s)" not in single + several


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_sentence_that_counts_has_two_forms(domain: str) -> None:
    """No "(s)", and no plural noun after a number that may be one. Limits (at most so many) are never one."""
    plurals = {word for _, one, many in counted_pairs() for word in set(re.findall(r"\w+s\b", many)) - set(one.split())}
    plurals -= {"as"}
    assert len(plurals) > 15
    for entry in messages.merged("fr", domain, messages.by_domain()[domain]):
        if entry.id and isinstance(entry.id, str):
            assert "(s)" not in entry.id + entry.string, f"{domain}: {entry.id!r}"
            for detail, noun in re.findall(r"\{(\w+)(?::,)?\} (?:more |other )?(\w+)", entry.id):
                limited = detail in LIMITS or noun not in plurals or "{most}" in entry.id or "more than" in entry.id
                assert limited, f"{domain}: {entry.id!r} needs `counted`"


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
