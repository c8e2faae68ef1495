"""The phone page's server on loopback, in a thread of the test's own; pictures are settled by the test."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from officer_app.base.clock import SystemClock
from officer_app.desktop.screens.photos.phone_page import PhonePage
from officer_app.exchange import lan
from officer_app.exchange.phone import Offered, PhoneCamera
from officer_app.trust.sessionkeys import SessionKey, session_key

ADDRESS = "127.0.0.1"


class Seconds:
    """Elapsed time that the test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.at


@dataclass
class Running:
    """A server at work."""

    camera: PhoneCamera
    port: int
    key: SessionKey
    seconds: Seconds

    @property
    def host(self) -> str:
        """Address and port."""
        return f"{ADDRESS}:{self.port}"

    @property
    def url(self) -> str:
        """What the QR code says."""
        return f"https://{self.host}{self.camera.path}"

    def raw(self, data: bytes) -> bytes:
        """Send bytes, read the answer to its end."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with (
            socket.create_connection((ADDRESS, self.port), timeout=20) as plain,
            context.wrap_socket(plain) as line,
        ):
            line.sendall(data)
            parts = []
            while part := line.recv(65_536):
                parts.append(part)
        return b"".join(parts)

    def ask(
        self, method: str, path: str, body: bytes = b"", *, cookie: str = "", host: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or self.host}"]
        lines += [f"Content-Length: {len(body)}"] if method == "POST" else []
        lines += [f"Cookie: {cookie}"] if cookie else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        answer = self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head, _, rest = answer.partition(b"\r\n\r\n")
        first, *others = head.decode().split("\r\n")
        found = {name.lower(): value for name, _, value in (line.partition(": ") for line in others)}
        return int(first.split()[1]), found, rest

    def enter(self) -> str:
        """Call the token as a first phone; the cookie."""
        status, headers, _ = self.ask("GET", self.camera.path)
        assert (status, headers["location"]) == (303, "/camera")
        return headers["set-cookie"].partition(";")[0]

    def send(self, picture: bytes, cookie: str, **headers: str) -> tuple[int, dict[str, object]]:
        """Send a picture; status and what was told."""
        status, _, body = self.ask("POST", "/picture", picture, cookie=cookie, **headers)
        return status, json.loads(body) if body else {}


@contextmanager
def running(offer: Callable[[Offered], None], language: str = "zh_CN") -> Iterator[Running]:
    """Serve until the test is over; the server must end by itself when it is asked to."""
    seconds = Seconds()
    camera = PhoneCamera(PhonePage(language), offer, seconds)
    key = session_key(ADDRESS, SystemClock().now())
    ports: list[int] = []
    up, stop = threading.Event(), threading.Event()

    def listening(port: int) -> None:
        ports.append(port)
        up.set()

    thread = threading.Thread(  # noqa: TID251  the lane that a window would lend
        target=lambda: lan.serve(ADDRESS, key.context, camera.service(), listening=listening, cancelled=stop.is_set)
    )
    thread.start()
    try:
        assert up.wait(20)
        yield Running(camera, ports[0], key, seconds)
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()
