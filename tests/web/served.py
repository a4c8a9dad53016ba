"""A server that runs over an instance, a browser before it, and what is looked at on every page."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.house.code import ROOT
from toguna.instance.api import Instance

CHROMIUM = shutil.which("chromium")
LONG = 240_000


@dataclass(frozen=True, kw_only=True)
class Served:
    """A server that runs, and the link of each account."""

    address: str
    links: dict[str, str]


@contextmanager
def serving(home: Instance) -> Iterator[Served]:
    """The server of a demonstration, until the block ends."""
    connections.close_all()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "toguna", "serve", "--home", str(home.home), "--port", str(port), "--demonstration"]
    kept = {name: os.environ[name] for name in ("PATH", "TOGUNA_DATABASE") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), "TOGUNA_LANG": "en"}
    log = home.home.with_name("server.log")
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, *command], stdout=out, stderr=subprocess.STDOUT, env=environment)
        try:
            address = f"http://localhost:{port}"
            _wait_for(f"{address}/healthz", process)
            yield Served(
                address=address, links=dict(re.findall(r"^  (\S+) .*(http\S+)$", log.read_text(), re.MULTILINE))
            )
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, "the server has ended"
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Opened after the instance and closed before it: while it is open, this thread has a loop, in which Django reads no database."""
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=180_000)
        yield opened
        opened.close()


def look(page: Page, shots: Path) -> None:
    """Nothing that axe finds, nothing wider than the window; a picture of it is kept."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url  # type: ignore[index]
    page.screenshot(path=shots / f"{len(list(shots.glob('*.png')))}.png", full_page=True)


def watched(browser: Browser, served: Served, width: int, locale: str, scheme: str) -> tuple[Page, list[str]]:
    """A page of that width, and what went wrong in it: complaints of the console, errors, requests to another server."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(LONG)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(served.address) else wrong.append(asked.url))
    return page, wrong
