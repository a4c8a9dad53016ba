"""A partner's file by browser: dropped, mapped, a word learnt, the good rows taken in; another partner does not learn that it is there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.intake.conftest import OWNER, home
from tests.intake.test_arrivals import LAST_YEAR
from toguna.access.api import add_account
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.journal.api import acts

__all__ = ["home"]


@pytest.fixture
def dropped(home: Instance, browser_of: Callable[[str], Client]) -> tuple[Client, str]:
    """The browser of a partner who has dropped last year's file, and the address of its page."""
    client = browser_of("awa")
    response = client.post("/arrivals", {"files": SimpleUploadedFile("retour.xlsx", LAST_YEAR), "organisation": "amss"})
    assert response.status_code == 302
    return client, response["Location"]


def test_a_file_is_mapped_looked_at_and_taken_in(dropped: tuple[Client, str]) -> None:
    client, address = dropped
    page = client.get(address).content.decode()
    assert "proposed: check each line" in page and 'value="take"' not in page
    columns = dict(re.findall(r'<select name="(column-\d+)".*?<option value="([\w.]*)" selected>', page))
    assert set(columns.values()) == {"given_on", "place", "kit", "women", "men"}
    every = re.findall(r'<select name="(column-\d+)"', page)
    mapping = {name: columns.get(name, "") for name in every}
    assert client.post(address, {"action": "map", **mapping}).status_code == 302
    page = client.get(address).content.decode()
    assert "kept for this organisation" in page and "Take 2 good rows in" in page and "Tombouktou" in page
    word = {"action": "word", "list": "places", "text": "Tombouktou", "code": "ML06"}
    assert client.post(address, word).status_code == 302
    assert "Take 3 good rows in" in client.get(address).content.decode()
    assert client.post(address, {"action": "take"}).status_code == 302
    page = client.get(address).content.decode()
    assert "taken in" in page and 'value="take"' not in page and 'value="discard"' not in page
    kinds = [(act.kind, act.actor) for act in acts(kinds=("arrival.received", "mapping.kept", "arrival.taken"))]
    assert kinds == [(kind, "awa") for kind in ("arrival.received", "mapping.kept", "mapping.kept", "arrival.taken")]
    assert all(act.detail["attested"] == "yes" for act in acts(kinds=("arrival.taken",)))
    assert client.post(address, {"action": "take"}).status_code == 422, "taken once"


def test_nothing_is_taken_in_before_somebody_has_said_what_columns_mean(dropped: tuple[Client, str]) -> None:
    client, address = dropped
    response = client.post(address, {"action": "take"})
    assert response.status_code == 422 and "intake.mapping_needed" in response.content.decode()
    assert list(acts(kinds=("arrival.taken", "submission.received"))) == []


def test_of_another_partners_file_it_is_not_said_that_it_is_there(
    dropped: tuple[Client, str], browser_of: Callable[[str], Client]
) -> None:
    _, address = dropped
    other = browser_of("moussa")
    nobodys = other.get("/arrivals/a00000000000")
    for response in (other.get(address), other.get(f"{address}/file"), other.post(address, {"action": "take"})):
        assert response.status_code == nobodys.status_code == 404
        assert "amss" not in response.content.decode() and "retour" not in response.content.decode()
    assert "retour.xlsx" not in other.get("/arrivals").content.decode()
    drop = {"files": SimpleUploadedFile("x.xlsx", LAST_YEAR), "organisation": "amss"}
    assert other.post("/arrivals", drop).status_code == 403


def test_wrong_rows_go_back_and_the_corrected_file_is_known(dropped: tuple[Client, str]) -> None:
    client, address = dropped
    assert client.get(f"{address}/back").status_code == 404, "nothing was sent back"
    columns = dict(
        re.findall(r'<select name="(column-\d+)".*?<option value="([\w.]*)" selected>', _page(client, address))
    )
    every = re.findall(r'<select name="(column-\d+)"', _page(client, address))
    assert "rows back" not in _page(client, address), "not before the columns are kept"
    client.post(address, {"action": "map", **{name: columns.get(name, "") for name in every}})
    client.post(address, {"action": "take"})
    page = _page(client, address)
    assert "back to be corrected" in page and 'value="take"' not in page
    assert client.post(address, {"action": "send_back", "language": "xx"}).status_code == 400
    sent = {"action": "send_back", "language": "fr", "note": "À <vendredi>."}
    assert client.post(address, sent).status_code == 302
    page = _page(client, address)
    assert 'lang="fr">retour.xlsx' in page and "À &lt;vendredi&gt;." in page and f'href="{address}/back"' in page
    response = client.get(f"{address}/back")
    assert response["Content-Disposition"] == 'attachment; filename="retour.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    [cell] = [cell for row in book["Déc"].iter_rows() for cell in row if cell.value == "Tombouktou"]
    assert "Tombouktou" in cell.comment.text
    [total] = [cell for row in book["Déc"].iter_rows() for cell in row if cell.value == 39]
    assert total.comment is not None, "the total of the men does not add up"
    cell.value, total.value = "Tombouctou", 38
    corrected = io.BytesIO()
    book.save(corrected)
    drop = {"files": SimpleUploadedFile("retour.xlsx", corrected.getvalue()), "organisation": "amss"}
    again = client.post("/arrivals", drop)["Location"]
    assert again != address
    page = _page(client, again)
    assert "kept for this organisation" in page and "back to be corrected" not in page
    assert client.post(again, {"action": "take"}).status_code == 302
    kinds = [act.kind for act in acts(kinds=("arrival.taken", "arrival.sent_back", "submission.received"))]
    assert kinds.count("arrival.taken") == 2 and kinds.count("arrival.sent_back") == 1
    assert client.post(again, {"action": "send_back"}).status_code == 422, "nothing is wrong in it"


def test_what_went_back_is_not_another_partners(
    dropped: tuple[Client, str], browser_of: Callable[[str], Client]
) -> None:
    client, address = dropped
    assert client.post(address, {"action": "send_back"}).status_code == 302
    assert client.get(f"{address}/back").status_code == 200
    other = browser_of("moussa")
    assert other.get(f"{address}/back").status_code == 404
    assert other.post(address, {"action": "send_back"}).status_code == 404


def _page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def test_a_file_is_saved_and_never_opened_in_place(dropped: tuple[Client, str]) -> None:
    client, address = dropped
    response = client.get(f"{address}/file")
    assert response["Content-Disposition"] == 'attachment; filename="retour.xlsx"'
    assert response["Content-Type"] == "application/octet-stream" and response.content == LAST_YEAR


def test_a_page_looks_and_changes_nothing(dropped: tuple[Client, str]) -> None:
    client, address = dropped
    before = len(list(acts()))
    for path in (address, f"{address}?form_id=kits", f"{address}/file", "/arrivals"):
        assert client.get(path).status_code == 200
    assert len(list(acts())) == before


def test_who_may_only_send_sees_no_buttons_to_decide(home: Instance, browser_of: Callable[[str], Client]) -> None:
    add_account("phone", ["enumerator"], OWNER, organisation="amss")
    one = intake.arrive(LAST_YEAR, "retour.xlsx", OWNER, organisation="amss")
    client = browser_of("phone")
    page = client.get(f"/arrivals/{one.id}").content.decode()
    assert 'value="take"' not in page and 'value="discard"' not in page and "Keep these columns" not in page
    for action in ("map", "take", "send_back", "discard"):
        assert client.post(f"/arrivals/{one.id}", {"action": action, "reason": "other"}).status_code in (403, 422)
    assert intake.arrival(one.id, OWNER).state == "received"


def test_what_cannot_be_meant_is_refused(dropped: tuple[Client, str]) -> None:
    client, address = dropped
    assert client.post("/arrivals", {"organisation": "amss"}).status_code == 422
    assert client.post(address, {"action": "delete"}).status_code == 400
    assert client.get(f"{address}?form_id=none-such").status_code in (200, 422)
    empty = client.post("/arrivals", {"files": SimpleUploadedFile("x.xlsx", b""), "organisation": "amss"})
    assert empty.status_code == 422
