"""The post: letters by SMTP. A letter counts as sent once the server took it; nobody's words become a header."""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from servanda.dialogue.papers.phrases import flat
from servanda.errors import RequestError, ServandaError

SECONDS = 20
CLOSING = 421  # by the standard: the server goes away
SHAPE = "write smtp://user:password@host:587?from=name@host, or smtps:// for a server that is encrypted at once"
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_LOCAL = ("localhost", "127.0.0.1", "::1")
_HERE = "[127.0.0.1]"  # said to the server for our name: a look-up of our own takes long where there is no network


class NotSent(ServandaError):
    """The mail server did not take a letter: says which, why, and what did go."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and who writes. `is_sealed` is one that is encrypted from the first word (smtps)."""

    host: str
    port: int
    sender: str
    is_sealed: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Host and port, without the password."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a letter."""

    name: str
    media: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is sent. `key` makes its id, so that the same letter twice is known as one."""

    key: str
    to: tuple[str, ...]
    subject: str
    says: str
    enclosed: tuple[Enclosed, ...] = ()


def server(address: str | None) -> Server:
    """The server of an address; raises RequestError with what to write."""
    if not address:
        raise RequestError(f"no mail server is set; in SERVANDA_SMTP {SHAPE}")
    try:
        parts = urlsplit(address)
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
        host, user, password = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError as fault:
        raise RequestError(f"SERVANDA_SMTP is no address of a mail server; {SHAPE}") from fault
    if parts.scheme not in ("smtp", "smtps") or not re.fullmatch(r"[A-Za-z0-9.:-]+", host):
        raise RequestError(f"SERVANDA_SMTP is no address of a mail server; {SHAPE}")
    given = parse_qs(parts.query).get("from", [""])[0]
    sender = given or (user if "@" in user else f"servanda@{host}" if not _is_number(host) else "servanda@localhost")
    if not _MAILBOX.fullmatch(sender):
        raise RequestError(f"SERVANDA_SMTP says that '{_shown(sender)}' writes, which is no mail address; {SHAPE}")
    return Server(host, port, sender, parts.scheme == "smtps", user, password)


def _is_number(host: str) -> bool:
    return ":" in host or not re.search(r"[A-Za-z]", host)


def _shown(words: str) -> str:
    return flat(words)[:120]


def message(letter: Letter, sender: str, at: str) -> EmailMessage:
    """The letter as a message; `at` is the moment of sending (ISO 8601)."""
    if not letter.to:
        raise RequestError(f"'{_shown(letter.subject)}' has no recipient; give a mail address")
    for one in letter.to:
        if not _MAILBOX.fullmatch(one) or ".." in one:
            raise RequestError(f"'{_shown(one)}' is no mail address; write name@host, one address each")
    made = EmailMessage(policy=SMTP)
    made["From"] = Address("Servanda", addr_spec=sender)
    made["To"] = tuple(Address(addr_spec=one) for one in letter.to)
    made["Subject"] = _shown(letter.subject) or "Servanda"
    made["Date"] = format_datetime(datetime.fromisoformat(at))
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:40]
    made["Message-ID"] = f"<{digest}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.says)
    for file in letter.enclosed:
        kind, _, sort = file.media.partition(";")[0].partition("/")
        made.add_attachment(file.body, maintype=kind, subtype=sort, filename=_shown(file.name).replace("/", "-"))
        for name, value in re.findall(r";\s*([a-z]+)=([A-Za-z0-9-]+)", file.media):
            list(made.iter_attachments())[-1].set_param(name, value)
    return made


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server said to a letter: it took it for everybody, or `fault` says for whom not and why."""

    letter: Letter
    fault: str | None = None


def send(
    letters: Iterable[Letter], to: Server, at: str, context: ssl.SSLContext | None = None, seconds: float = SECONDS
) -> Iterator[Receipt]:
    """Send the letters in order over one line, with a receipt for each as soon as the server answered.

    A letter that is refused does not keep the others from going. Raises NotSent where the line cannot be had or breaks;
    what has a receipt without a fault is sent.
    """
    with _sentences(to), _open(to, context or ssl.create_default_context(), seconds) as line:
        for letter in letters:
            yield Receipt(letter, _sent(line, letter, to, at))


def _sent(line: smtplib.SMTP, letter: Letter, to: Server, at: str) -> str | None:
    """Send one letter; why not, where it was refused."""
    made = message(letter, to.sender, at)
    subject = f"'{_shown(letter.subject)}'"
    try:
        refused = line.send_message(made, to.sender, list(letter.to))
    except smtplib.SMTPRecipientsRefused as fault:
        return f"the mail server {to.shown} refused {subject} for {_each(fault.recipients)}; mend the address"
    except smtplib.SMTPSenderRefused:
        raise
    except smtplib.SMTPResponseException as fault:
        if fault.smtp_code == CLOSING:
            raise
        said = f"{fault.smtp_code} {_shown(_text(fault.smtp_error))}"
        return f"the mail server {to.shown} refused {subject} ({said}); try again later"
    if not refused:
        return None
    took = ", ".join(one for one in letter.to if one not in refused)
    return (
        f"the mail server {to.shown} took {subject} for {took} and refused it for {_each(refused)}; it does not count "
        "as sent: mend the address and send it again"
    )


def _each(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{_shown(name)} ({code} {_shown(_text(said))})" for name, (code, said) in refused.items())


@contextmanager
def _open(to: Server, context: ssl.SSLContext, seconds: float) -> Iterator[smtplib.SMTP]:
    """A line to the server: encrypted where it can be, signed in where a name is given."""
    line: smtplib.SMTP
    if to.is_sealed:
        line = smtplib.SMTP_SSL(to.host, to.port, _HERE, timeout=seconds, context=context)
    else:
        line = smtplib.SMTP(to.host, to.port, _HERE, timeout=seconds)
    try:
        line.ehlo()
        is_safe = to.is_sealed
        if not is_safe and line.has_extn("starttls"):
            line.starttls(context=context)
            line.ehlo()
            is_safe = True
        if to.user:
            if not is_safe and to.host not in _LOCAL:
                raise NotSent(
                    f"the mail server {to.shown} offers no encryption, so the password was not sent; "
                    "use smtps://, or leave name and password out"
                )
            line.login(to.user, to.password)
        yield line
        with suppress(smtplib.SMTPException, OSError):  # every letter has its receipt by then
            line.quit()
    finally:
        line.close()


@contextmanager
def _sentences(to: Server) -> Iterator[None]:
    """Every fault of the line as one sentence."""
    try:
        yield
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise NotSent(f"the mail server {to.shown} {_why(fault)}; what had no receipt did not count as sent") from fault


def _why(fault: Exception) -> str:
    """What went wrong, and what to do."""
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return f"refused the name or password ({fault.smtp_code}); look at SERVANDA_SMTP"
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return "does not do what is asked (sign in, or letters of every script); leave name and password out"
    if isinstance(fault, smtplib.SMTPSenderRefused):
        return (
            f"refused the sender ({fault.smtp_code} {_shown(_text(fault.smtp_error))}); say from=... in SERVANDA_SMTP"
        )
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"ended it ({fault.smtp_code} {_shown(_text(fault.smtp_error))}); try again later"
    if isinstance(fault, smtplib.SMTPServerDisconnected):
        return "ended the connection or fell silent; try again later"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"shows a certificate that is not trusted ({_shown(fault.verify_message)}); have it mended"
    if isinstance(fault, ssl.SSLError):
        return "could not agree on encryption; look at the port and at smtp:// or smtps://"
    if isinstance(fault, TimeoutError):
        return "does not answer in time; look at host and port, or try again later"
    if isinstance(fault, OSError):
        return f"cannot be reached ({fault.strerror or 'no such host'}); look at host and port"
    return f"failed ({_shown(str(fault))}); try again later"


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def calendar_part(name: str, feed: bytes) -> Enclosed:
    """A calendar feed as a part of a letter."""
    return Enclosed(name, "text/calendar; method=PUBLISH; charset=utf-8", feed)


def word_part(name: str, body: bytes) -> Enclosed:
    """A Word file as a part of a letter."""
    return Enclosed(name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", body)


def addresses_of(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Mail addresses by recipient ("owner ZEM"), from pairs of the two."""
    found: dict[str, tuple[str, ...]] = {}
    for name, address in pairs:
        found[name] = (*found.get(name, ()), address)
    return found
