"""One bounded TLS server on the local network: few connections, small heads, bodies up to a limit, one answer each.

It knows no content: a handler answers requests. Every request must name this very server as its host, so that a page
from elsewhere, or a name that somebody points here, gets nothing (DNS rebinding). Whoever calls `serve` lends it the
thread; it ends when `cancelled` says so, and leaves no connection behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeAlias

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled

_HEAD: Final = 16_384
_CONNECTIONS: Final = 12
_HEAD_SECONDS: Final = 10.0
_SLOWEST: Final = 50_000  # bytes a second: whoever sends slower than this on a local network is let go
_POLL: Final = 0.05
_DISCARDED: Final = 100_000_000
_LINGER_SECONDS: Final = 1.0
_GONE: Final = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ssl.SSLError)


@dataclass(frozen=True, slots=True)
class Request:
    """One request; names of headers in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; nothing of it may be kept by a browser or shown inside another page."""

    status: HTTPStatus
    body: bytes = field(repr=False, default=b"")
    media_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
# Asked with the head alone, before any body is read: how long the body may be, or an answer at once.
Admit: TypeAlias = "Callable[[Request], int | Response]"


@dataclass(frozen=True, slots=True)
class Service:
    """What runs on the server."""

    admit: Admit
    handle: Handler


def serve(
    address: str,
    context: ssl.SSLContext,
    service: Service,
    *,
    listening: Callable[[int], None],
    cancelled: Cancelled,
    port: int = 0,
) -> None:
    """Serve at an IP address until `cancelled`; `listening` is told the port. Blocks.

    Errors: LAN_ADDRESS when nothing can listen there.
    """
    asyncio.run(_Server(address, service).run(context, port, listening, cancelled))


class _Server:
    def __init__(self, address: str, service: Service) -> None:
        self._address = address
        self._service = service
        self._host = ""
        self._open: set[asyncio.Task[None]] = set()

    async def run(
        self, context: ssl.SSLContext, port: int, listening: Callable[[int], None], cancelled: Cancelled
    ) -> None:
        # A phone that does not trust the certificate breaks off in the middle: that is its right and no news.
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        try:
            server = await asyncio.start_server(
                self._met,
                self._address,
                port,
                ssl=context,
                limit=_HEAD,
                ssl_handshake_timeout=_HEAD_SECONDS,
                ssl_shutdown_timeout=1.0,
            )
        except OSError as error:
            raise Fault(Code.LAN_ADDRESS, where=self._address, address=self._address) from error
        bound = int(server.sockets[0].getsockname()[1])
        shown = f"[{self._address}]" if ":" in self._address else self._address
        self._host = f"{shown}:{bound}"
        async with server:
            listening(bound)
            while not cancelled():  # noqa: ASYNC110  the wish to stop comes from another thread, as a question
                await asyncio.sleep(_POLL)
            server.close()
            for task in tuple(self._open):
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._open) >= _CONNECTIONS:
            writer.close()
            return
        self._open.add(task)
        try:
            with contextlib.suppress(*_GONE):
                response, whole = await self._answer(reader)
                await _send(writer, response)
                if not whole:
                    await _let_finish(reader)
        finally:
            self._open.discard(task)
            writer.close()
            with contextlib.suppress(*_GONE, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1.0)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[Response, bool]:
        """The answer, and whether the request was read to its end."""
        try:
            async with asyncio.timeout(_HEAD_SECONDS):
                head = _parsed(await reader.readuntil(b"\r\n\r\n"))
        except asyncio.LimitOverrunError:
            return Response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE), False
        if head is None:
            return Response(HTTPStatus.BAD_REQUEST), False
        length = _length(head)
        if length is None:
            return Response(HTTPStatus.LENGTH_REQUIRED), False
        limit = self._stranger(head) or self._service.admit(head)
        if isinstance(limit, Response):
            return limit, length == 0
        if length > limit:
            return Response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE), False
        async with asyncio.timeout(_HEAD_SECONDS + length / _SLOWEST):
            body = await reader.readexactly(length)
        return await self._service.handle(Request(head.method, head.path, head.headers, body)), True

    def _stranger(self, head: Request) -> Response | None:
        """The answer to whoever means another host, or comes from another page."""
        if head.headers.get("host") != self._host:
            return Response(HTTPStatus.MISDIRECTED_REQUEST)
        if head.headers.get("origin", f"https://{self._host}") != f"https://{self._host}":
            return Response(HTTPStatus.FORBIDDEN)
        return None


def _parsed(head: bytes) -> Request | None:
    """Method, path and headers; None for what is no HTTP/1.1, or names a header twice."""
    try:
        first, *lines = head.decode("ascii").removesuffix("\r\n\r\n").split("\r\n")
        method, path, version = first.split(" ")
    except ValueError:
        return None
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or name.lower() in headers:
            return None
        headers[name.lower()] = value.strip()
    if version not in ("HTTP/1.1", "HTTP/1.0") or not path.startswith("/") or "transfer-encoding" in headers:
        return None
    return Request(method, path, headers)


def _length(head: Request) -> int | None:
    """How long the body is; nothing is said of it only where there is none."""
    told = head.headers.get("content-length")
    if told is None:
        return 0 if head.method in ("GET", "HEAD") else None
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 12 else None


async def _let_finish(reader: asyncio.StreamReader) -> None:
    """Throw away what still comes of a body that was refused, for a while: a sender cut off reads no answer."""
    left = _DISCARDED
    while left > 0:
        async with asyncio.timeout(_LINGER_SECONDS):
            part = await reader.read(_HEAD)
        if not part:
            return
        left -= len(part)


async def _send(writer: asyncio.StreamWriter, response: Response) -> None:
    lines = [
        f"HTTP/1.1 {response.status.value} {response.status.phrase}",
        f"Content-Type: {response.media_type}",
        f"Content-Length: {len(response.body)}",
        "Connection: close",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        *(f"{name}: {value}" for name, value in response.headers),
    ]
    writer.write("\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + response.body)
    async with asyncio.timeout(_HEAD_SECONDS + len(response.body) / _SLOWEST):
        await writer.drain()
