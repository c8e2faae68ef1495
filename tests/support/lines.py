"""A bad line on loopback: between a client and a server it limits bandwidth, waits, cuts or swallows what passes."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field

_FOR_EVER = 3600.0
_TIME = re.compile(rb"(x-amz-date: )\d{8}T\d{6}Z", re.IGNORECASE)


@dataclass
class Line:
    """What the line does, and what it has done: `up` bytes went to the server, `cut` connections were cut.

    `rate`: bytes a second. `delay`: seconds for each read. A connection is cut once it has carried `cut_after` bytes
    up, the first `cuts` times. The first `eat_reply` replies are lost with their connection; a `hole` swallows all.
    `told_time` takes the place of the time that a request to S3 is made at.
    """

    target: int
    rate: int | None = None
    delay: float = 0.0
    cut_after: int | None = None
    cuts: int = 0
    hole: bool = False
    eat_reply: int = 0
    told_time: bytes = b""
    port: int = 0
    cut: int = 0
    up: int = 0
    _server: asyncio.Server | None = field(default=None, repr=False)

    async def open(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Let nobody in any more."""
        if self._server is not None:
            self._server.close()

    async def _carry(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        try:
            far, far_out = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            near_out.close()
            return
        both = (near_out, far_out)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._upwards(near, far_out, both), self._downwards(far, near_out, both))

    async def _upwards(
        self, source: asyncio.StreamReader, into: asyncio.StreamWriter, both: tuple[asyncio.StreamWriter, ...]
    ) -> None:
        carried = 0
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await self._slowly(source):
                carried += len(data)
                self.up += len(data)
                if self.cut_after is not None and carried > self.cut_after and self.cut < self.cuts:
                    self.cut += 1
                    _abort(both)
                    return
                into.write(_TIME.sub(rb"\g<1>" + self.told_time, data) if self.told_time else data)
                await into.drain()
        into.close()

    async def _downwards(
        self, source: asyncio.StreamReader, into: asyncio.StreamWriter, both: tuple[asyncio.StreamWriter, ...]
    ) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await self._slowly(source):
                if self.eat_reply > 0:
                    self.eat_reply -= 1
                    _abort(both)
                    return
                into.write(data)
                await into.drain()
        into.close()

    async def _slowly(self, source: asyncio.StreamReader) -> bytes:
        data = await source.read(16_384 if self.rate else 65_536)
        if data and self.hole:
            await asyncio.sleep(_FOR_EVER)
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.rate:
            await asyncio.sleep(len(data) / self.rate)
        return data


def _abort(both: tuple[asyncio.StreamWriter, ...]) -> None:
    for writer in both:
        writer.transport.abort()
