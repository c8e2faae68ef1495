"""The phone page's server: one phone, pictures alone, within limits, nothing for anybody else."""

from __future__ import annotations

import json
import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.base.clock import SystemClock
from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder
from officer_app.exchange import lan, phone
from officer_app.exchange.phone import MOST, PER_MINUTE, Offered, PhoneFrame
from officer_app.trust.sessionkeys import session_key
from tests.support.phone_server import ADDRESS, Running, running

PICTURE = (resource_folder() / "demo" / "fruit_front.jpg").read_bytes()


class Visit:
    """Takes every picture in, or refuses it with a fault."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.fault: Fault | None = None

    def offer(self, offered: Offered) -> None:
        self.got.append(offered.data)
        if self.fault is not None:
            offered.fault = self.fault
        else:
            offered.taken = True


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def server(visit: Visit) -> Iterator[Running]:
    with running(visit.offer) as found:
        yield found


def test_pictures_come_byte_for_byte(server: Running, visit: Visit) -> None:
    cookie = server.enter()
    assert server.camera.has_phone
    assert server.send(PICTURE, cookie) == (200, {"taken": 1})
    assert server.send(PICTURE[:-2] + b"\xff\xd9", cookie) == (200, {"taken": 2})
    assert visit.got[0] == PICTURE


def test_the_token_is_good_once(server: Running) -> None:
    cookie = server.enter()
    status, headers, body = server.ask("GET", server.camera.path, accept_language="en")
    assert status == 410
    assert "set-cookie" not in headers
    assert "This code was used already." in body.decode()
    assert server.ask("GET", server.camera.path, cookie=cookie)[0] == 303, "the same phone may go back and come again"
    assert server.ask("GET", "/v/" + "x" * 22)[0] == 410


def test_a_token_that_lay_about_is_refused(server: Running) -> None:
    server.seconds.at = phone.TOKEN_SECONDS + 1
    status, _, body = server.ask("GET", server.camera.path, accept_language="zh-CN,zh;q=0.9")
    assert status == 410
    assert "这个二维码超过 10 分钟" in body.decode()


@pytest.mark.parametrize("cookie", ["", "__Host-visit=", "__Host-visit=" + "x" * 32, "other=1"])
def test_without_the_cookie_there_is_nothing(server: Running, visit: Visit, cookie: str) -> None:
    server.enter()
    assert server.ask("GET", "/camera", cookie=cookie)[0] == 403
    status, told = server.send(PICTURE, cookie)
    assert (status, told["code"]) == (403, "PHONE_UNKNOWN")
    assert visit.got == []


def test_other_hosts_and_other_pages_are_refused(server: Running, visit: Visit) -> None:
    cookie = server.enter()
    for host in ("localhost", f"localhost:{server.port}", "evil.example", ADDRESS, f"{ADDRESS}:{server.port + 1}"):
        assert server.ask("GET", "/camera", cookie=cookie, host=host)[0] == 421
        assert server.ask("POST", "/picture", PICTURE, cookie=cookie, host=host)[0] == 421
    assert server.send(PICTURE, cookie, Origin="https://evil.example")[0] == 403
    assert server.send(PICTURE, cookie, Origin="null")[0] == 403
    assert visit.got == []
    assert server.send(PICTURE, cookie, Origin=f"https://{server.host}")[0] == 200


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ", b"GIF89a" + bytes(40), b"PK\x03\x04", b"<html>", b"", b"MZ", PICTURE[::-1]]
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(server: Running, visit: Visit, data: bytes) -> None:
    status, told = server.send(data, server.enter(), Content_Type="image/jpeg")
    assert (status, told["code"]) == (415, "PHOTO_KIND")
    assert set(told["words"]) == {"zh-CN", "en"}  # type: ignore[arg-type]  # a table of texts
    assert visit.got == []


def test_what_the_visit_refuses_is_told_and_does_not_count(server: Running, visit: Visit) -> None:
    cookie = server.enter()
    visit.fault = Fault(Code.PHOTO_BROKEN, file="1.jpg")
    status, told = server.send(PICTURE, cookie)
    assert (status, told["code"]) == (422, "PHOTO_BROKEN")
    visit.fault = None
    assert server.send(PICTURE, cookie) == (200, {"taken": 1})


def test_size_is_refused_before_the_body_is_read(server: Running, visit: Visit) -> None:
    cookie = server.enter()
    head = f"POST /picture HTTP/1.1\r\nHost: {server.host}\r\nCookie: {cookie}\r\n"
    assert server.raw(f"{head}Content-Length: {phone.LARGEST + 1}\r\n\r\n".encode()).startswith(b"HTTP/1.1 413")
    assert visit.got == []


def test_pace_and_number_have_limits(server: Running, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = server.enter()
    for _ in range(PER_MINUTE):
        assert server.send(PICTURE[:400], cookie)[0] == 200
    assert server.send(PICTURE[:400], cookie)[1]["code"] == "PHONE_TOO_FAST"
    server.seconds.at += 61
    monkeypatch.setattr(phone, "MOST", PER_MINUTE)
    assert server.send(PICTURE[:400], cookie)[1]["code"] == "PHONE_ENOUGH"
    assert len(visit.got) == PER_MINUTE < MOST


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / SPDY/3\r\nHost: x\r\n\r\n",
        b"POST /picture HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_gets_an_error_and_the_server_goes_on(server: Running, data: bytes) -> None:
    assert server.raw(data).split(b" ")[1] in {b"400", b"421", b"431"}
    server.enter()


def test_only_what_is_named_is_there_and_nothing_may_be_kept(server: Running) -> None:
    cookie = server.enter()
    for method, path in (("GET", "/"), ("GET", "/favicon.ico"), ("DELETE", "/picture"), ("GET", "/picture")):
        assert server.ask(method, path, cookie=cookie)[0] in {404, 411}
    status, headers, body = server.ask("GET", "/camera", cookie=cookie)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert b'capture="environment"' in body
    assert server.camera.token.encode() not in body


def test_the_key_is_the_sessions_own_and_never_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first, second = (session_key(ADDRESS, SystemClock().now()) for _ in range(2))
    assert first.fingerprint != second.fingerprint
    assert len(first.spoken) == 95
    assert list(tmp_path.rglob("*")) == []


def test_the_fingerprint_is_what_a_browser_shows(server: Running) -> None:
    pem = ssl.get_server_certificate((ADDRESS, server.port))
    import hashlib

    assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest() == server.key.fingerprint


def test_an_address_that_is_not_here_says_so() -> None:
    key = session_key(ADDRESS, SystemClock().now())
    with pytest.raises(Fault) as caught:
        lan.serve("192.0.2.1", key.context, lan.Service(lambda _: 0, None), listening=print, cancelled=lambda: True)  # type: ignore[arg-type]  # never asked
    assert caught.value.code is Code.LAN_ADDRESS


def test_the_shots_are_for_the_one_phone_and_a_picture_for_another_is_refused_unread(
    server: Running, visit: Visit
) -> None:
    words = {"en": "Front", "zh-CN": "店面正面"}
    server.camera.frames = (PhoneFrame("aa", words, words, words, needed=True, taken=2),)
    status, _, body = server.ask("GET", "/frames")
    assert (status, b"Front" in body) == (403, False)
    cookie = server.enter()
    status, _, body = server.ask("GET", "/frames", cookie=cookie)
    (frame,) = json.loads(body)["frames"]
    assert (status, frame["key"], frame["words"], frame["needed"], frame["taken"]) == (200, "aa", words, True, 2)
    status, told = server.send(PICTURE, cookie, X_Frame="zz")
    assert (status, told["code"]) == (409, "PHONE_FRAME")
    assert visit.got == []
    assert server.send(PICTURE, cookie, X_Frame="aa")[0] == 200
