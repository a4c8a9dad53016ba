"""A partner's words beside its return: each number equal, different, or without a row; what could lead to a person is hidden."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import pytest

from tests.intake.conftest import OWNER
from tests.intake.test_expected import monthly
from toguna.access.api import acting, add_account
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.intake.core.narrative import ReturnRow, compared, without_persons
from toguna.kernel.api import Refused

ROWS = [
    ReturnRow(names=frozenset({"seance d hygiene", "gao"}), numbers={"women": Decimal(30), "men": Decimal(12)}),
    ReturnRow(names=frozenset({"appui a l ecole", "tombouctou"}), numbers={"women": Decimal(5), "men": Decimal(6)}),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("À Gao, une séance d'hygiène a réuni 42 personnes, dont 30 femmes.", [("42", "equal"), ("30", "equal")]),
        ("À Gao, 45 personnes ont participé.", [("45", "differs")]),
        ("Au total, 53 personnes ont été touchées.", [("53", "equal")]),
        ("Nous avons visité 7 villages.", [("7", "no_row")]),
        ("À Tombouctou, 11 élèves. À Gao, 12 hommes.", [("11", "equal"), ("12", "equal")]),
        ("En 2016, 80 % des personnes.", []),
    ],
)
def test_each_number_of_a_text_is_compared(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.written, one.agreement) for one in compared([text], ROWS, "fr")] == found


def test_a_difference_says_what_the_return_says() -> None:
    (one,) = compared(["À Gao, 45 personnes ont participé."], ROWS, "fr")
    assert one.said == (Decimal(12), Decimal(30), Decimal(42))


@pytest.mark.parametrize(
    "text",
    [
        "Appeler le +223 76 12 34 56 demain.",
        "Le dossier 123-16C04567 est ouvert.",
        "Mme Fatou Diallo a témoigné.",
        "Écrire à fatou.diallo@example.org.",
    ],
)
def test_what_could_lead_to_a_person_is_hidden(text: str) -> None:
    hidden = without_persons(text)
    assert "▇▇▇" in hidden
    assert not any(part in hidden for part in ("76 12", "16C04567", "Diallo", "diallo"))


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_word_narrative_stands_beside_the_return(home: Instance) -> None:
    add_account("protection", ["protection_officer"], OWNER)
    add_account("bureau", ["information_manager"], OWNER)
    monthly("amss", "2016-12", "hygiene;Gao;REF;30;12", "school;Tombouctou;HST;5;6")
    content = word_file(
        "À Gao, une séance d'hygiène a réuni 42 personnes.", "À Tombouctou, 15 élèves. Mme Fatou Diallo, 76 12 34 56."
    )
    one = intake.arrive(content, "récit.docx", OWNER, organisation="amss", period="2016-12")
    assert one.kind == "narrative"
    seen = intake.read_narrative(one.id, acting("bureau"))
    assert [(number.written, number.agreement) for number in seen.numbers][:2] == [("42", "equal"), ("15", "differs")]
    assert len(seen.returns) == 1
    assert (seen.is_hidden, "Diallo" in " ".join(seen.texts)) == (True, False)
    protection = intake.read_narrative(one.id, acting("protection"))
    assert (protection.is_hidden, "Fatou Diallo" in " ".join(protection.texts)) == (False, True)


def test_a_table_is_no_narrative(home: Instance) -> None:
    one = intake.arrive(b"a;b\n1;2", "x.csv", OWNER, organisation="amss")
    with pytest.raises(Refused) as refused:
        intake.read_narrative(one.id, OWNER)
    assert [problem.id for problem in refused.value.problems] == ["intake.no_narrative"]
