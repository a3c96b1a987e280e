"""Letters against a real SMTP server on loopback: signing in, encryption, refusals, and a server that dies."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from servanda.dialogue.post.mail import (
    Letter,
    NotSent,
    Receipt,
    Server,
    addresses_of,
    calendar_part,
    message,
    send,
    server,
    word_part,
)
from servanda.errors import RequestError
from tests.properties import examples, given
from tests.strategies import anything

AT = "2026-11-23T09:00:00+00:00"


class Box:
    """Takes letters; refuses some recipients; may die after the first letters."""

    def __init__(self, refuse: tuple[str, ...] = (), answer: str = "250 OK") -> None:
        self.refuse, self.answer = refuse, answer
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        self.users: list[str] = []
        self.sealed: list[bool] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if not self.answer.startswith("250"):
            return self.answer
        self.sealed.append(session.ssl is not None)
        made = message_from_bytes(envelope.content, policy=default)
        assert isinstance(made, EmailMessage)
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), made))
        return "250 OK"

    def auth(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"desk", b"p@ss/word")
        if is_right:
            self.users.append(data.login.decode())
        return AuthResult(success=is_right, handled=False)


@contextmanager
def running(box: Box, **more: Any) -> Iterator[Controller]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def at(controller: Controller, **more: Any) -> Server:
    return Server("127.0.0.1", controller.port, "servanda@example.org", False, **more)


def letter(name: str = "a", *to: str) -> Letter:
    return Letter(name, to or ("owner@example.org",), f"Due soon: {name}", "The ferry is due.\nPlease report.\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's side and the client's side of a certificate that is made here."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256())
    )  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("certificate")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    serves = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serves.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    trusts = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    return serves, trusts


def test_a_letter_arrives_as_it_was_written() -> None:
    box = Box()
    with running(box) as controller:
        feed = calendar_part("due.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        one = Letter(
            "k",
            ("owner@example.org",),
            "대한 ferry: <b>due</b>",
            "It is due – तुरंत.",
            (feed, word_part("e.docx", b"PK")),
        )
        assert list(send([one], at(controller), AT)) == [Receipt(one)]
    sender, to, made = box.taken[0]
    assert (sender, to) == ("servanda@example.org", ["owner@example.org"])
    assert made["Subject"] == "대한 ferry: <b>due</b>"
    assert made["To"] == "owner@example.org"
    assert made["Date"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    body = made.get_body()
    assert body is not None and body.get_content_type() == "text/plain"
    assert body.get_content().strip() == "It is due – तुरंत."
    first, second = list(made.iter_attachments())
    assert (first.get_content_type(), first.get_param("method"), first.get_filename()) == (
        "text/calendar", "PUBLISH", "due.ics",
    )  # fmt: skip
    assert second.get_content() == b"PK"


def test_it_signs_in_over_starttls(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    box = Box()
    serves, trusts = certificate
    more = {"tls_context": serves, "require_starttls": True, "authenticator": box.auth, "auth_required": True}
    with running(box, **more) as controller:
        asked = server(f"smtp://desk:p%40ss%2Fword@127.0.0.1:{controller.port}?from=servanda@example.org")
        assert [one.fault for one in send([letter("a"), letter("b")], asked, AT, trusts)] == [None, None]
        assert box.users == ["desk"] and box.sealed == [True, True]
        wrong = server(f"smtp://desk:guess@127.0.0.1:{controller.port}")
        with pytest.raises(NotSent, match=r"refused the name or password \(535\)") as caught:
            list(send([letter()], wrong, AT, trusts))
        assert "guess" not in str(caught.value)
        with pytest.raises(NotSent, match="certificate that is not trusted"):
            list(send([letter()], asked, AT))
    assert len(box.taken) == 2


def test_a_server_that_is_encrypted_at_once(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    box = Box()
    serves, trusts = certificate
    with running(box, ssl_context=serves) as controller:
        asked = server(f"smtps://127.0.0.1:{controller.port}?from=servanda@example.org")
        assert [one.fault for one in send([letter()], asked, AT, trusts)] == [None]
        with pytest.raises(NotSent):
            list(send([letter()], at(controller), AT, trusts, seconds=2))
    assert len(box.taken) == 1


def test_a_password_is_not_sent_in_clear_to_a_far_server(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box()
    with running(box, authenticator=box.auth, auth_require_tls=False) as controller:
        real = socket.create_connection
        monkeypatch.setattr(
            socket, "create_connection", lambda where, *more, **named: real(("127.0.0.1", where[1]), *more, **named)
        )
        far = Server("mail.example.org", controller.port, "servanda@example.org", False, "desk", "p@ss/word")
        with pytest.raises(NotSent, match="offers no encryption, so the password was not sent"):
            list(send([letter()], far, AT))
        assert box.users == []
        near = at(controller, user="desk", password="p@ss/word")
        assert [one.fault for one in send([letter()], near, AT)] == [None]


def test_one_refused_does_not_keep_the_others() -> None:
    box = Box(refuse=("gone@example.org",))
    with running(box) as controller:
        letters = [letter("a", "gone@example.org"), letter("b"), letter("c", "owner@example.org", "gone@example.org")]
        faults = [one.fault for one in send(letters, at(controller), AT)]
    assert "refused 'Due soon: a' for gone@example.org (550 5.1.1 nobody of that name)" in (faults[0] or "")
    assert faults[1] is None
    assert "took 'Due soon: c' for owner@example.org and refused it for gone@example.org" in (faults[2] or "")
    assert "does not count as sent" in (faults[2] or "")


def test_a_letter_that_is_refused_whole() -> None:
    with running(Box(answer="554 5.7.1 looks like spam")) as controller:
        faults = [one.fault for one in send([letter()], at(controller), AT)]
    assert "refused 'Due soon: a' (554 5.7.1 looks like spam)" in (faults[0] or "")


def test_nobody_answers() -> None:
    with pytest.raises(NotSent, match=r"the mail server 127\.0\.0\.1:\d+ cannot be reached"):
        list(send([letter()], Server("127.0.0.1", free_port(), "servanda@example.org", False), AT))


class Dying:
    """A server of a few words that hangs up, or falls silent, in the middle of the second letter."""

    def __init__(self, silent: bool = False) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.silent, self.end = silent, threading.Event()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self) -> None:
        line, _ = self.listener.accept()
        with line, line.makefile("rb") as said:
            line.sendall(b"220 here\r\n")
            taken = 0
            while word := said.readline():
                if word.upper().startswith(b"DATA"):
                    line.sendall(b"354 go on\r\n")
                    while said.readline() not in (b".\r\n", b""):
                        pass
                    taken += 1
                    if taken == 2:
                        if self.silent:
                            self.end.wait(10)
                        return
                line.sendall(b"250 OK\r\n")

    def stop(self) -> None:
        self.end.set()
        self.thread.join()
        self.listener.close()


@pytest.mark.parametrize("silent", [False, True])
def test_a_server_that_dies_midway(silent: bool) -> None:
    dying = Dying(silent)
    went: list[str] = []
    try:
        with pytest.raises(NotSent, match="ended the connection or fell silent"):
            for receipt in send(
                [letter(name) for name in "abc"], Server("127.0.0.1", dying.port, "a@example.org", False), AT, seconds=1
            ):
                assert receipt.fault is None
                went.append(receipt.letter.key)
    finally:
        dying.stop()
    assert went == ["a"]


@given(anything, anything)
@examples(60)
def test_no_words_become_a_header_or_a_command(subject: str, says: str) -> None:
    made = message(
        Letter("k", ("a@example.org",), f"x{subject}\r\nBcc: evil@example.org", f"{says}\n.\nMAIL FROM:<x>"),
        "s@example.org",
        AT,
    )
    again = message_from_bytes(made.as_bytes(), policy=default)
    assert sorted(again.keys()) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
        ]
    )
    assert again["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.c\r\nBcc: x@y.z",
        "a@b.c, x@y.z",
        "<a@b.c>",
        "nobody",
        "a b@c.d",
        "a@b..c",
        "",
        "a@-b.c",
        "a@b.c\nRCPT TO:<x>",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(RequestError, match="is no mail address"):
        message(letter("a", address), "s@example.org", AT)


def test_a_letter_to_nobody_is_refused() -> None:
    with pytest.raises(RequestError, match="has no recipient"):
        message(Letter("a", (), "s", "t"), "s@example.org", AT)


@pytest.mark.parametrize(
    "said",
    [None, "", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://host:99999",
     "smtp://mail.example.org?from=two%0D%0Alines@x.y", "smtp://ho st"],
)  # fmt: skip
def test_a_server_that_is_none_says_what_to_write(said: str | None) -> None:
    with pytest.raises(RequestError, match="write smtp://user:password@host:587"):
        server(said)


def test_a_server_is_read_whole() -> None:
    assert server("smtps://desk@example.org:pw@mail.example.org".replace("desk@", "desk%40")) == Server(
        "mail.example.org", 465, "desk@example.org", True, "desk@example.org", "pw"
    )
    assert server("smtp://mail.example.org").sender == "servanda@mail.example.org"
    assert "pw" not in repr(server("smtp://desk:pw@mail.example.org"))
    assert addresses_of([("owner ZEM", "a@b.c"), ("owner ZEM", "d@e.f")]) == {"owner ZEM": ("a@b.c", "d@e.f")}
