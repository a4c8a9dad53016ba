"""Mails made into arrivals: from a folder, and from a real IMAP server over TLS. Nothing is sent, nothing is marked as read."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.intake.conftest import OWNER, table
from tests.revised import revise
from toguna.cli.command import main
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.intake.core.letters import address_of, read_letter
from toguna.intake.mail import fetch, letters_in_folder, letters_over_imap, organisation_of_sender
from toguna.kernel.api import Refused

FILE = table("Jour de distribution;Lieu;Kit;Femmes", "2016-12-01;Gao;school;3")
SENDERS = '[senders]\n"@amss.example" = "amss"\n"moussa@mail.example" = "stopsahel"\n'


def mail(
    sender: str = "Awa <awa@amss.example>", *files: tuple[str, bytes], text: str = "Bonjour, voici notre rapport."
) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "returns@unhcr.example"
    message["Subject"] = "Rapport de décembre"
    message["Message-ID"] = "<1@amss.example>"
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def test_attachments_become_arrivals_and_the_answer_is_a_draft(home: Instance, tmp_path: Path) -> None:
    revise({"mappings/senders.toml": SENDERS})
    (tmp_path / "1.eml").write_bytes(
        mail("Awa <AWA@amss.example>", ("retour.csv", FILE), ("logo.png", b"\x89PNG"), ("récit.txt", b"Ok."))
    )
    (tmp_path / "2.eml").write_bytes(mail("inconnu@mail.example", ("retour.csv", FILE)))
    (tmp_path / "3.eml").write_bytes(b"\x00\x01 no mail")
    (tmp_path / "4.eml").write_bytes(mail("awa@amss.example", ("autre nom.csv", FILE)))
    found = list(fetch(letters_in_folder(tmp_path), OWNER, "fr"))
    assert [(one.organisation, len(one.arrivals), one.fault) for one in found] == [
        ("amss", 2, ""), ("", 0, "intake.sender_unknown"), ("", 0, "intake.no_letter"), ("amss", 1, ""),
    ]  # fmt: skip
    assert [(one.name, one.channel, one.kind, one.sender) for one in intake.arrivals(OWNER)] == [
        ("récit.txt", "mail", "narrative", "awa@amss.example"), ("retour.csv", "mail", "table", "awa@amss.example"),
    ]  # fmt: skip
    draft = message_from_bytes(found[0].draft, policy=policy.default)
    assert (draft["To"], draft["X-Unsent"], draft["In-Reply-To"]) == ("awa@amss.example", "1", "<1@amss.example>")
    assert "Nous avons reçu\u00a0: retour.csv, récit.txt." in draft.get_content()
    assert "déjà venu\u00a0: retour.csv" in message_from_bytes(found[3].draft, policy=policy.default).get_content()


def test_the_command_tells_what_was_left(home: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    revise({"mappings/senders.toml": SENDERS})
    (tmp_path / "1.eml").write_bytes(mail("moussa@mail.example", ("retour.csv", FILE)))
    (tmp_path / "2.eml").write_bytes(mail("x@y.example"))
    words = ["mail", "fetch", "--folder", str(tmp_path), "--drafts", str(tmp_path / "drafts"), "--home", str(home.home)]
    assert main(words) == 1
    assert "2 mails read, 1 left in the mailbox." in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["001_stopsahel.eml"]
    assert main(["mail", "fetch", "--folder", str(tmp_path / "none"), "--home", str(home.home)]) == 2


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Awa <AWA@amss.example>", "awa@amss.example"),
        ("awa@amss.example", "awa@amss.example"),
        ('"x@amss.example" <thief@other.example>', "thief@other.example"),
        ("Awa", ""),
        ("a b@c d", ""),
        ("", ""),
    ],
)
def test_the_sender_is_the_address_and_not_the_name(written: str, address: str) -> None:
    assert address_of(written) == address


def test_a_domain_is_the_whole_domain() -> None:
    senders = {"@amss.example": "amss"}
    assert organisation_of_sender("a@amss.example", senders) == "amss"
    assert organisation_of_sender("a@sub.amss.example", senders) == ""
    assert organisation_of_sender("a@notamss.example", senders) == ""
    assert organisation_of_sender("", {"": "amss", "@": "amss"}) == ""


def test_a_mail_attached_to_a_mail_is_opened_and_hostile_names_are_plain(home: Instance) -> None:
    inner = mail("x@y.example", ("../../etc/passwd\u202exslx.csv", FILE))
    letter = read_letter(mail("awa@amss.example", ("Fwd.eml", inner)), "1.eml")
    assert [one.content for one in letter.attachments] == [FILE]
    one = intake.arrive(letter.attachments[0].content, letter.attachments[0].name, OWNER, organisation="amss")
    assert "/" not in one.name and "\u202e" not in one.name


def test_a_page_is_its_words() -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("<style>p{}</style><p>Bonjour</p><script>alert(1)</script>", subtype="html")
    assert read_letter(bytes(message), "1.eml").text == "Bonjour"


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, b"", b"no header\n\nbody"])
def test_what_is_no_mail_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_letter(content, "1.msg")
    assert [problem.id for problem in refused.value.problems] == ["intake.no_letter"]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, certificate: Path) -> None:
    """Until the server lets somebody in: its parts start one after the other."""
    context = ssl.create_default_context(cafile=str(certificate))
    for _ in range(100):
        try:
            with imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as server:
                server.login("returns", "secret")
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.2)
    raise RuntimeError("Dovecot did not start")


@pytest.fixture
def dovecot(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A real IMAP server on the loopback device, with a certificate of its own; its port and the certificate."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(program).exists() or shutil.which("openssl") is None or os.getuid() != 0:
        pytest.skip("Dovecot and openssl are not here, or this is not root: apt-get install dovecot-imapd")
    port, base = _free_port(), Path("/tmp") / f"dovecot{os.getpid()}"
    base.mkdir(mode=0o755)
    mails = base / "mail"
    mails.mkdir()
    certificate, key = base / "cert.pem", base / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    (base / "users").write_text("returns:{PLAIN}secret\n")
    shutil.chown(mails, "nobody", "nogroup")
    base.chmod(0o755)
    (base / "users").chmod(0o644)
    (base / "dovecot.conf").write_text(
        f"""
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{mails}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  args = {base}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={mails}
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
    )
    server = subprocess.Popen([program, "-F", "-c", str(base / "dovecot.conf")], stderr=subprocess.PIPE)
    try:
        _wait_for(port, certificate)
        yield port, certificate
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(base)


@pytest.mark.slow
def test_a_real_mailbox_is_read_over_tls_and_left_as_it_was(home: Instance, dovecot: tuple[int, Path]) -> None:
    port, certificate = dovecot
    revise({"mappings/senders.toml": SENDERS})
    context = ssl.create_default_context(cafile=str(certificate))
    with imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as server:
        server.login("returns", "secret")
        server.append("INBOX", "", "", mail("awa@amss.example", ("retour.csv", FILE)))
        server.append("INBOX", "", "", mail("inconnu@mail.example", ("retour.csv", FILE)))
    for known in (False, True):
        letters = letters_over_imap("localhost", "returns", "secret", port=port, cafile=str(certificate))
        found = list(fetch(letters, OWNER, "fr"))
        assert [(one.organisation, [each.known for each in one.arrivals], one.fault) for one in found] == [
            ("amss", [known], ""), ("", [], "intake.sender_unknown"),
        ]  # fmt: skip
    with imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as server:
        server.login("returns", "secret")
        server.select("INBOX", readonly=True)
        assert server.search(None, "UNSEEN")[1] == [b"1 2"]
    for host, password, ca in (
        ("localhost", "wrong", str(certificate)),
        ("localhost", "secret", None),
        ("127.0.0.1", "secret", str(certificate)),
    ):
        with pytest.raises(Refused) as refused:
            list(letters_over_imap(host, "returns", password, port=port, cafile=ca))
        assert [problem.id for problem in refused.value.problems] == ["intake.no_mailbox"]
