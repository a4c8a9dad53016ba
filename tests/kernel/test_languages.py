"""Words by language, of a language that nobody wrote."""

import pytest

from toguna.kernel.core.languages import ByLanguage


def test_a_language_that_is_not_there_reads_english_and_else_the_first() -> None:
    words = ByLanguage({"fr": "lieu", "en": "place"})
    assert (words["fr"], words["es"], words.get("ar", "-")) == ("lieu", "place", "place")
    assert ByLanguage({"es": "lugar"})["fr"] == "lugar"


def test_an_empty_table_has_no_word_and_takes_the_default() -> None:
    with pytest.raises(KeyError):
        ByLanguage({})["es"]
    assert ByLanguage({}).get("es", "-") == "-"
