"""`toguna check --serve`: who is answered, what is refused, and the page in a browser."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.house.code import ROOT
from toguna.check.server import MOST, DropServer

CHROMIUM = shutil.which("chromium")
WRONG = b"At Mopti <b>187</b> persons (87 men, 28 women, 78 children) took part.\n"


@pytest.fixture(scope="module")
def server() -> Iterator[DropServer]:
    with DropServer(0) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(
    server: DropServer, method: str, path: str = "/", body: bytes = b"", **headers: str
) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}


def form(content: bytes, name: str = "update.txt") -> tuple[bytes, dict[str, str]]:
    head = f'--xyz\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--xyz--\r\n", {"Content_Type": "multipart/form-data; boundary=xyz"}


def test_a_document_is_checked_and_escaped(server: DropServer) -> None:
    body, headers = form(WRONG, "C:\\mine\\<i>update.txt")
    status, page, _ = ask(server, "POST", "/?language=fr", body, **headers)
    assert status == 200
    assert "font 193" in page and "&lt;b&gt;" in page and "<b>" not in page
    assert "&lt;i&gt;update.txt" in page and "mine" not in page


def test_the_page_is_shut_to_everything_else(server: DropServer) -> None:
    status, page, headers = ask(server, "GET")
    assert status == 200 and "<script" not in page and "http://" not in page and "https://" not in page
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "form-action 'self'" in policy
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
    assert ask(server, "HEAD")[:2] == (200, "")


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"Host": "evil.example"}, 421),
        ("POST", {"Host": "evil.example:8765"}, 421),
        ("GET", {"Host": ""}, 421),
        ("POST", {"Origin": "http://evil.example"}, 403),
        ("POST", {"Origin": "null"}, 403),
        ("PUT", {}, 501),
    ],
)
def test_who_is_not_answered(server: DropServer, method: str, headers: dict[str, str], status: int) -> None:
    body, kind = form(WRONG)
    found, page, _ = ask(server, method, "/", body, **{**kind, **headers})
    assert found == status and "187" not in page


def test_this_computers_own_names_are_answered(server: DropServer) -> None:
    for name in ("localhost", "127.0.0.1"):
        own = f"{name}:{server.server_port}"
        body, kind = form(WRONG)
        assert ask(server, "POST", "/", body, **kind, Host=own, Origin=f"http://{own}")[0] == 200
    assert ask(server, "GET", "/other")[0] == 404


def test_refusals_are_sentences(server: DropServer) -> None:
    body, kind = form(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png")
    status, page, _ = ask(server, "POST", "/?language=fr", body, **kind)
    assert status == 422 and 'role="alert"' in page and "une image" in page
    assert ask(server, "POST", "/", b"document=x", Content_Type="application/x-www-form-urlencoded")[0] == 422
    assert ask(server, "POST", "/", b"", Content_Length="-1")[0] == 411
    for broken in (b"", b"--xyz", b"--xyz\r\n\r\n--xyz--", b"\r\n--xyz" * 1_000):
        assert ask(server, "POST", "/", broken, **kind)[0] == 422


def test_a_document_beyond_the_limit(server: DropServer) -> None:
    body, kind = form(b" " * (MOST * 1_000_000 + 100_000))
    status, page, _ = ask(server, "POST", "/", body, **kind)
    assert status == 413 and f"{MOST} MB" in page


def test_the_servers_language(server: DropServer) -> None:
    assert '<html lang="fr">' in ask(server, "GET", "/", Accept_Language="fr-ML,fr;q=0.9")[1]
    assert '<html lang="en">' in ask(server, "GET", "/?language=en", Accept_Language="fr")[1]


@pytest.mark.slow
def test_the_verb_says_where_to_look_and_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "toguna", "check", "--serve", "--port", "0", "--language", "fr"]
    process = subprocess.Popen(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = int(line.rpartition("http://127.0.0.1:")[2].partition("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        body, kind = form(WRONG)
        connection.request("POST", "/", body, {name.replace("_", "-"): value for name, value in kind.items()})
        assert "193" in connection.getresponse().read().decode()
    finally:
        process.terminate()
        process.wait(60)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=180_000)
        yield opened
        opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_drops_a_document(
    server: DropServer, browser: Browser, tmp_path: Path, width: int, scripts: bool
) -> None:
    (tmp_path / "update.txt").write_bytes(WRONG)
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(120_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.address)
    page.get_by_label("Déposez un document ici").set_input_files(str(tmp_path / "update.txt"))
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_text("font 193").first.wait_for()
    assert page.get_by_role("button", name="Vérifier").is_visible()
    assert all(url.startswith(server.address) for url in asked)
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        context_free = Axe().run(page)
        assert context_free.violations_count == 0, context_free.generate_report()
    page.get_by_role("link", name="English").click()
    page.get_by_text("Drop a document here").wait_for()
    context.close()
