"""Two laptops and no store: one lends a folder over the local network for minutes, the other exchanges through it.

What the lender shows is `lan://IP:PORT/CODE`. The code has 16 letters: eight are the token that lets one in, eight
begin the digest of the session's certificate, by which the guest knows that it speaks to this laptop. Everything that
goes over the line is sealed and signed besides; the code keeps strangers from filling the folder.

    GET /size/NAME   GET /object/NAME   PUT /object/NAME   GET /names/i[/DEVICE]     Authorization: Bearer TOKEN
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hmac
import re
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.exchange.addresses import Address
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.lan import Request, Response, Service
from officer_app.exchange.layout import LARGEST_OBJECT
from officer_app.exchange.remote import Again, Stat
from officer_app.trust.sessionkeys import SessionKey, session_key

LASTS: Final = 900.0
_HALF: Final = 8
_CODE: Final = re.compile(r"[A-Z2-7]{16}", re.ASCII)
_MOST_BYTES: Final = 4_000_000_000
_MOST_NAMES: Final = 1_000_000
_LINE: Final = 16_384


@dataclass(frozen=True, slots=True)
class Lending:
    """What a lender serves: the TLS key of the session, the service, and the code for the guest."""

    key: SessionKey
    service: Service
    code: str

    def address(self, host: str, port: int) -> str:
        """What the guest types, or reads from the code on the screen."""
        shown = f"[{host}]" if ":" in host else host
        return f"lan://{shown}:{port}/{in_groups(self.code)}"


def lending(folder: Path, host: str, now: datetime) -> Lending:
    """Everything for one session over a folder that is there. Errors: STORE_GONE."""
    key = session_key(host, now)
    token = base64.b32encode(secrets.token_bytes(5)).decode()
    keeper = _Keeper(FolderStore(folder), token)
    return Lending(key, Service(keeper.admit, keeper.handle), token + _pin(key.fingerprint))


def in_groups(code: str) -> str:
    """A code as people read it out: four letters at a time."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(text: str) -> str:
    """A code as it was typed, however it was grouped. Errors: STORE_ADDRESS."""
    code = re.sub(r"[\s-]", "", text).upper()
    if _CODE.fullmatch(code) is None:
        raise Fault(Code.STORE_ADDRESS, part="code")
    return code


def _pin(fingerprint: str) -> str:
    return base64.b32encode(bytes.fromhex(fingerprint)[:5]).decode()


class _Keeper:
    """The lender's side: sealed objects in and out of one folder, for whoever has the token."""

    def __init__(self, store: FolderStore, token: str) -> None:
        self._store = store
        self._expected = f"Bearer {token}"
        self._taken = 0

    def admit(self, request: Request) -> int | Response:
        """How long a body may be; a stranger gets nothing, however often, and does not end it for the guest.

        A million guesses a session find one of 2^40 tokens with a chance of one to a million; what they would open is
        a folder of sealed objects.
        """
        told = request.headers.get("authorization", "")
        if not hmac.compare_digest(told.encode(), self._expected.encode()):
            return Response(HTTPStatus.FORBIDDEN)
        if request.method == "PUT":
            return LARGEST_OBJECT if self._taken < _MOST_BYTES else Response(HTTPStatus.INSUFFICIENT_STORAGE)
        return 0

    async def handle(self, request: Request) -> Response:
        """Answer one request; a name that is none of the exchange's never becomes a path."""
        _, verb, *rest = request.path.split("/")
        try:
            return self._answer(request, verb, "/".join(rest))
        except Fault as fault:
            if fault.code is Code.DISK_FULL:
                return Response(HTTPStatus.INSUFFICIENT_STORAGE)
            if fault.code is Code.STORE_CONFLICT:
                return Response(HTTPStatus.CONFLICT)
            return Response(
                HTTPStatus.BAD_REQUEST if fault.code is Code.STORE_NAME else HTTPStatus.SERVICE_UNAVAILABLE
            )

    def _answer(self, request: Request, verb: str, name: str) -> Response:
        match request.method, verb:
            case "PUT", "object":
                self._taken += len(request.body)
                self._store.put(name, request.body)
                return Response(HTTPStatus.OK)
            case "GET", "object":
                data = self._store.get(name)
                return Response(HTTPStatus.NOT_FOUND) if data is None else Response(HTTPStatus.OK, data)
            case "GET", "size":
                size = self._store.size(name)
                return Response(HTTPStatus.NOT_FOUND) if size is None else Response(HTTPStatus.OK, b"%d" % size)
            case "GET", "names":
                return Response(HTTPStatus.OK, "\n".join(self._names(name)).encode())
            case _:
                return Response(HTTPStatus.NOT_FOUND)

    def _names(self, folder: str) -> list[str]:
        if folder == "i":
            return list(self._store.devices())
        return [f"{counter:012d}" for counter in self._store.counters(folder.removeprefix("i/"))]


class LanTransport:
    """The guest's side, as a transport of `remote`: one connection for each request, on a line that is near."""

    widest = 4
    answers_when_kept = False

    def __init__(self, address: Address) -> None:
        code = read_code(address.path)
        self._address = address
        self._token, self._expected = code[:_HALF], code[_HALF:]
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        # No authority knows a laptop: its certificate is compared with the code instead, below.
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE

    async def stat(self, name: str) -> Stat | None:
        """As `Transport.stat`."""
        status, body = await self._ask("GET", f"/size/{name}", most=20)
        if status == HTTPStatus.NOT_FOUND:
            return None
        if status != HTTPStatus.OK or not body.isdigit():
            raise Again
        return Stat(int(body))

    async def read(self, name: str, size: int) -> bytes | None:
        """As `Transport.read`."""
        status, body = await self._ask("GET", f"/object/{name}", most=size)
        if status == HTTPStatus.NOT_FOUND:
            return None
        if status != HTTPStatus.OK:
            raise Again
        return body

    async def write(self, name: str, data: bytes) -> None:
        """As `Transport.write`."""
        status, _ = await self._ask("PUT", f"/object/{name}", data)
        if status != HTTPStatus.OK:
            raise Again

    async def remove(self, name: str) -> None:
        """As `Transport.remove`; nothing is removed on somebody else's laptop. Errors: STORE_REFUSED."""
        raise Fault(Code.STORE_REFUSED, where=name, store=self._address.host)

    async def names(self, folder: str) -> list[str]:
        """As `Transport.names`."""
        status, body = await self._ask("GET", f"/names/{folder}", most=20 * _MOST_NAMES)
        if status != HTTPStatus.OK:
            raise Again
        return body.decode("ascii", errors="replace").split()

    async def close(self) -> None:
        """Nothing is held."""

    async def _ask(self, method: str, path: str, body: bytes = b"", most: int = 0) -> tuple[int, bytes]:
        host, port = self._address.host.strip("[]"), self._address.port
        with self._told_apart():
            reader, writer = await asyncio.open_connection(
                host, port, ssl=self._context, limit=_LINE, ssl_shutdown_timeout=1.0
            )
            try:
                self._check_peer(writer)
                head = (
                    f"{method} {path} HTTP/1.1\r\nHost: {self._address.host}:{port}\r\n"
                    f"Authorization: Bearer {self._token}\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                writer.write(head.encode("ascii") + body)
                await writer.drain()
                return await self._answer(reader, most)
            finally:
                writer.close()
                with contextlib.suppress(OSError, TimeoutError):
                    await writer.wait_closed()

    def _check_peer(self, writer: asyncio.StreamWriter) -> None:
        """Errors: STORE_HOST_CHANGED when it is another than the laptop whose code this is."""
        shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True) or b""
        if not hmac.compare_digest(_pin(digest(shown)), self._expected):
            raise Fault(Code.STORE_HOST_CHANGED, where=self._address.host, host=self._address.host)

    async def _answer(self, reader: asyncio.StreamReader, most: int) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        lengths = [line.partition(":")[2] for line in head[1:] if line.lower().startswith("content-length:")]
        length = int(lengths[0])
        match status:
            case HTTPStatus.FORBIDDEN | HTTPStatus.MISDIRECTED_REQUEST:
                raise Fault(Code.STORE_REFUSED, where=self._address.host, store=self._address.host)
            case HTTPStatus.INSUFFICIENT_STORAGE:
                raise Fault(Code.STORE_FULL, where=self._address.host, store=self._address.host)
            case HTTPStatus.OK if length > most:
                raise Again
        return status, await reader.readexactly(min(length, most))

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """Whatever the line or the other side did wrong: to be tried again."""
        gone = (OSError, EOFError, asyncio.LimitOverrunError, ValueError, IndexError)
        try:
            yield
        except gone as error:
            raise Again from error
