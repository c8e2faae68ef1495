"""The way to a server whose certificate an authority of the institution's own has issued.

The library that speaks S3 and WebDAV believes the authorities that the system knows, and can be told of no other. So
it speaks to a door on this machine, in the event loop of the store that asks, and everything goes on from there over
TLS: to a server whose certificate the given authority has issued, for the very name in the address, or to nobody.
WebDAV servers hear the name of the address as the host; S3 signs the host that it sees, which is this door.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from pathlib import Path
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.exchange.addresses import Address, StoreKind

_CHUNK: Final = 65_536
_LARGEST: Final = 100_000
_OUT_OF_DATE: Final = frozenset({9, 10})  # OpenSSL: not yet valid, has expired
_HOST: Final = re.compile(rb"(?<=\r\nhost: )[^\r\n]*", re.IGNORECASE)
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


def trusting(authority: str) -> ssl.SSLContext:
    """What believes this authority (one certificate or several, PEM) and no other. Errors: STORE_AUTHORITY."""
    if not authority.strip():  # which would believe whomever the system believes
        raise Fault(Code.STORE_AUTHORITY)
    try:
        return ssl.create_default_context(cadata=authority)
    except (ssl.SSLError, ValueError) as error:
        raise Fault(Code.STORE_AUTHORITY) from error


def authority_in(path: Path) -> str:
    """The authority's certificate in a file. Errors: STORE_AUTHORITY, FILE_MISSING, FILE_TOO_LARGE."""
    try:
        text = read_limited(path, _LARGEST).decode("ascii")
    except UnicodeDecodeError as error:
        raise Fault(Code.STORE_AUTHORITY) from error
    trusting(text)
    return text


class Relay:
    """A door on this machine to one server; `refused` is why the server behind it was not believed."""

    def __init__(self, address: Address, authority: str) -> None:
        """Nothing is opened yet. Errors: STORE_AUTHORITY."""
        self._address = address
        self._context = trusting(authority)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.refused: Fault | None = None

    async def endpoint(self) -> str:
        """Where the library speaks to."""
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Let nobody in any more, and end what is still open."""
        if self._server is not None:
            self._server.close()
        for writer in self._open:
            writer.transport.abort()
        # The loop ends a connection in its next round, and TLS in the one after.
        for _ in range(3):
            await asyncio.sleep(0)

    async def _carry(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        """One connection there and back, until either side ends it."""
        self._open.add(near_out)
        host = self._address.host.strip("[]")
        try:
            far, far_out = await asyncio.open_connection(host, self._address.port, ssl=self._context)
        except ssl.SSLCertVerificationError as error:
            past = error.verify_code in _OUT_OF_DATE
            code = Code.STORE_CERTIFICATE_DAY if past else Code.STORE_CERTIFICATE
            self.refused = Fault(code, where=self._address.text, host=self._address.host)
            self._end(near_out)
            return
        except OSError:
            self._end(near_out)  # as if nobody had answered: it is tried again
            return
        self._open.add(far_out)
        back = asyncio.create_task(_pour(far, near_out))
        try:
            if self._address.kind is StoreKind.WEBDAV:
                await self._named(near, far_out)
            await _pour(near, far_out)
            await back
        finally:
            back.cancel()
            self._end(near_out, far_out)

    def _end(self, *writers: asyncio.StreamWriter) -> None:
        for writer in writers:
            writer.transport.abort()
            self._open.discard(writer)

    async def _named(self, near: asyncio.StreamReader, far_out: asyncio.StreamWriter) -> None:
        """Each request with the address's own host; one whose length is not told goes on as it is, and all after."""
        host = f"{self._address.host}:{self._address.port}".encode("ascii")
        while True:
            try:
                head = await near.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                return
            far_out.write(_HOST.sub(host, head, count=1))
            length = _LENGTH.search(head)
            left = int(length[1]) if length else 0
            while left and (data := await near.read(min(left, _CHUNK))):
                left -= len(data)
                far_out.write(data)
                await far_out.drain()
            if b"\r\ntransfer-encoding:" in head.lower():
                return


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(_CHUNK):
            into.write(data)
            await into.drain()
    into.close()
