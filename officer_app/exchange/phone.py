"""The phone as camera: one page for one phone, which hands its pictures straight into the visit.

The address carries a token that is good once: the first phone to call it gets a cookie, and every later call of the
token is refused. Nothing but pictures is taken, within limits of size, number and pace. A picture is held in memory
alone until the visit has it; the phone hears "taken in" only after that. The page asks which shots the visit wants,
and names the one that a picture is for; the laptop alone knows what stands behind such a name.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Final, Protocol

from officer_app.base.errors import Code, Fault
from officer_app.evidence.kinds import recognise
from officer_app.exchange.lan import Request, Response, Service

TOKEN_SECONDS: Final = 600.0
LARGEST: Final = 30_000_000
MOST: Final = 120
PER_MINUTE: Final = 30
_WAIT_SECONDS: Final = 120.0
_POLL: Final = 0.03
_COOKIE: Final = "__Host-visit"
_TOKEN_PATH: Final = "/v/"  # noqa: S105  a path, no secret
_PAGE: Final = "/camera"
_PICTURE: Final = "/picture"
_FRAMES: Final = "/frames"
_FRAME: Final = "x-frame"


@dataclass(frozen=True, slots=True)
class PhoneFrame:
    """A shot that the visit wants: a name for it that says nothing, words by language, how many pictures it has.

    `group` is where one stands to take it.
    """

    key: str
    words: Mapping[str, str]
    hint: Mapping[str, str]
    group: Mapping[str, str]
    needed: bool
    taken: int = 0


@dataclass(slots=True)
class Offered:
    """A picture that came, waiting for the visit to take it: set `fault` or `taken`, from any thread.

    `frame` is the name of the shot it is for, empty where the phone chose none.
    """

    data: bytes = field(repr=False)
    number: int
    frame: str = ""
    taken: bool = False
    fault: Fault | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the visit has answered."""
        return self.taken or self.fault is not None


class Page(Protocol):
    """The words and the looks of what the phone shows."""

    def camera(self, nonce: str, languages: str) -> str:
        """The page that takes pictures; its script and style bear `nonce`; `languages` is what the phone asks for."""
        ...

    def refusal(self, fault: Fault, nonce: str, languages: str) -> str:
        """A page that says why not."""
        ...

    def sentences(self, fault: Fault) -> Mapping[str, str]:
        """The same by language, for the page's script to show."""
        ...


class PhoneCamera:
    """One session: token, cookie, limits. `offer` is called in the server's thread for each picture.

    `frames` may be set from any thread: it is replaced as a whole.
    """

    def __init__(self, page: Page, offer: Callable[[Offered], None], elapsed: Callable[[], float]) -> None:
        self.token = secrets.token_urlsafe(16)
        self.frames: Sequence[PhoneFrame] = ()
        self._page = page
        self._offer = offer
        self._elapsed = elapsed
        self._made = elapsed()
        self._cookie = ""
        self._times: list[float] = []
        self._taken = 0
        self._busy = False

    @property
    def path(self) -> str:
        """Where the phone begins."""
        return f"{_TOKEN_PATH}{self.token}"

    @property
    def has_phone(self) -> bool:
        """Whether a phone has come."""
        return bool(self._cookie)

    def service(self) -> Service:
        """What the server runs."""
        return Service(self._admit, self._handle)

    # --- before the body is read ---------------------------------------------------------------------------------

    def _admit(self, head: Request) -> int | Response:
        if head.method == "POST" and head.path == _PICTURE:
            fault = self._barred(head)
            return LARGEST if fault is None else self._refused(fault)
        return 0

    def _barred(self, head: Request) -> Fault | None:
        if not self._is_ours(head):
            return Fault(Code.PHONE_UNKNOWN)
        if not self._is_wanted(head.headers.get(_FRAME, "")):
            return Fault(Code.PHONE_FRAME)
        if self._taken >= MOST:
            return Fault(Code.PHONE_ENOUGH, limit=MOST)
        now = self._elapsed()
        self._times = [at for at in self._times if now - at < 60]
        if self._busy or len(self._times) >= PER_MINUTE:
            return Fault(Code.PHONE_TOO_FAST, limit=PER_MINUTE)
        length = head.headers.get("content-length", "")
        if length.isdecimal() and int(length) > LARGEST:
            return Fault(Code.FILE_TOO_LARGE, file="", limit_mb=LARGEST // 1_000_000)
        return None

    # --- answers ---------------------------------------------------------------------------------------------------

    async def _handle(self, request: Request) -> Response:
        if request.method == "GET" and request.path.startswith(_TOKEN_PATH):
            return self._enter(request)
        if request.method == "GET" and request.path == _PAGE:
            return self._show(request)
        if request.method == "GET" and request.path == _FRAMES:
            return self._wanted(request)
        if request.method == "POST" and request.path == _PICTURE:
            return await self._take(request)
        return Response(HTTPStatus.NOT_FOUND)

    def _enter(self, request: Request) -> Response:
        """The first call of the token makes the phone the one phone."""
        told = request.path.removeprefix(_TOKEN_PATH)
        right = hmac.compare_digest(told.encode(), self.token.encode())
        if right and self._is_ours(request):
            return Response(HTTPStatus.SEE_OTHER, headers=(("Location", _PAGE),))
        if not right or self._cookie:
            return self._says_no(request, Fault(Code.PHONE_TOKEN_USED))
        if self._elapsed() - self._made > TOKEN_SECONDS:
            return self._says_no(request, Fault(Code.PHONE_TOKEN_OLD, minutes=int(TOKEN_SECONDS // 60)))
        self._cookie = secrets.token_urlsafe(24)
        kept = f"{_COOKIE}={self._cookie}; Path=/; Secure; HttpOnly; SameSite=Strict"
        return Response(HTTPStatus.SEE_OTHER, headers=(("Location", _PAGE), ("Set-Cookie", kept)))

    def _show(self, request: Request) -> Response:
        if not self._is_ours(request):
            return self._says_no(request, Fault(Code.PHONE_UNKNOWN))
        nonce = secrets.token_urlsafe(12)
        text = self._page.camera(nonce, request.headers.get("accept-language", ""))
        return _html(HTTPStatus.OK, text, nonce)

    async def _take(self, request: Request) -> Response:
        fault = self._barred(request)
        if fault is not None:
            return self._refused(fault)
        self._times.append(self._elapsed())
        try:
            recognise(request.body, f"#{self._taken + 1}")
        except Fault as found:
            return self._refused(found)
        self._busy = True
        try:
            return await self._handed_over(request.body, request.headers.get(_FRAME, ""))
        finally:
            self._busy = False

    def _wanted(self, request: Request) -> Response:
        """The shots of the visit as they stand now."""
        if not self._is_ours(request):
            return self._refused(Fault(Code.PHONE_UNKNOWN))
        return _json(HTTPStatus.OK, {"frames": [asdict(frame) for frame in self.frames]})

    def _is_wanted(self, frame: str) -> bool:
        return not frame or any(one.key == frame for one in self.frames)

    async def _handed_over(self, data: bytes, frame: str) -> Response:
        offered = Offered(data, self._taken + 1, frame)
        self._offer(offered)
        begun = self._elapsed()
        while not offered.is_settled:
            if self._elapsed() - begun > _WAIT_SECONDS:
                return self._refused(Fault(Code.PHONE_WAITED, number=offered.number))
            await asyncio.sleep(_POLL)
        if offered.fault is not None:
            return self._refused(offered.fault)
        self._taken += 1
        return _json(HTTPStatus.OK, {"taken": self._taken})

    def _is_ours(self, request: Request) -> bool:
        cookies = dict(
            part.strip().partition("=")[::2] for part in request.headers.get("cookie", "").split(";") if "=" in part
        )
        return bool(self._cookie) and hmac.compare_digest(cookies.get(_COOKIE, "").encode(), self._cookie.encode())

    def _refused(self, fault: Fault) -> Response:
        status = _STATUS.get(fault.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _json(status, {"code": fault.code.name, "words": dict(self._page.sentences(fault))})

    def _says_no(self, request: Request, fault: Fault) -> Response:
        nonce = secrets.token_urlsafe(12)
        text = self._page.refusal(fault, nonce, request.headers.get("accept-language", ""))
        return _html(_STATUS[fault.code], text, nonce)


_STATUS: Final = {
    Code.PHONE_UNKNOWN: HTTPStatus.FORBIDDEN,
    Code.PHONE_TOKEN_USED: HTTPStatus.GONE,
    Code.PHONE_TOKEN_OLD: HTTPStatus.GONE,
    Code.PHONE_ENOUGH: HTTPStatus.TOO_MANY_REQUESTS,
    Code.PHONE_TOO_FAST: HTTPStatus.TOO_MANY_REQUESTS,
    Code.FILE_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.PHONE_FRAME: HTTPStatus.CONFLICT,
    Code.PHOTO_KIND: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


def _html(status: HTTPStatus, text: str, nonce: str) -> Response:
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src blob:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    return Response(status, text.encode(), "text/html; charset=utf-8", (("Content-Security-Policy", policy),))


def _json(status: HTTPStatus, told: Mapping[str, object]) -> Response:
    return Response(status, json.dumps(told, ensure_ascii=False).encode(), "application/json; charset=utf-8")
