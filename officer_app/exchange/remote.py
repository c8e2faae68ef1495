"""A store behind a network: tried again with back-off, several objects at a time while the line is good.

The event loop lives in the lane that calls; nothing here starts a thread. How many objects are under way at once
grows from one while each takes less than a second, shrinks while they take longer, and falls back to one with the
first trouble: after a cut at most what the line carries in a second is sent again, on a bad line one object. A try
may take a minute and the time its bytes need at 8 kB/s. What was put is looked for; on a good line to a server whose
answer means that it keeps the whole, only at the beginning.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Final, Protocol, TypeVar

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, never
from officer_app.exchange.layout import (
    LARGEST_OBJECT,
    check_name,
    check_piece,
    counter_of,
    is_device,
    is_object,
    is_whole,
)
from officer_app.exchange.stores import UNKNOWN, Found, Sealed, Told

T = TypeVar("T")

PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
_PATIENCE: Final = 60.0
# Somebody sits before it and waits to hear whether the address is right: two tries, of a quarter of a minute each.
_QUICK_PAUSES: Final = 1
_QUICK_PATIENCE: Final = 15.0
_SLOWEST: Final = 8_000
_BRISK: Final = 1.0
# After so many in a row that were as expected, the next ones are not looked for; one odd one, and all are again.
_IN_A_ROW: Final = 16
_LOOK: Final = 0.1


class Again(Exception):  # noqa: N818  not an error yet: the line failed, and may not the next time
    """The line failed or the server was busy; nothing is known about what it did.

    `last` is what to tell when no further try mends it; without it the server does not answer.
    """

    def __init__(self, last: Fault | None = None) -> None:
        super().__init__()
        self.last = last


@dataclass(frozen=True, slots=True)
class Stat:
    """What a server tells of an object; `md5` (hexadecimal) where it tells that for nothing."""

    size: int
    md5: str = ""


class Transport(Protocol):
    """One server, spoken to once: no retry, no time limit. Raises `Again`, or a Fault that no second try mends."""

    @property
    def widest(self) -> int:
        """How many objects may be under way at once on a good line."""
        ...

    @property
    def answers_when_kept(self) -> bool:
        """Whether an answered write is the server's word that the whole object is kept, as S3 promises."""
        ...

    async def stat(self, name: str) -> Stat | None:
        """None when there is nothing under the name."""
        ...

    async def read(self, name: str, size: int) -> bytes | None:
        """The first so many bytes, None when there is nothing; `Again` or fewer when there are fewer."""
        ...

    async def write(self, name: str, data: bytes) -> None:
        """Whole or, after trouble, perhaps in part under the same name; what was there is written over."""
        ...

    async def remove(self, name: str) -> None:
        """No longer there, whether it was or not."""
        ...

    async def names(self, folder: str) -> list[str]:
        """The last steps of the names below a folder, in any order; none when it is not there."""
        ...

    async def close(self) -> None:
        """Let the connection go, as far as it is there."""
        ...


class RemoteStore:
    """The contract of `Store` over one transport."""

    def __init__(
        self, transport: Transport, label: str, cancelled: Cancelled = never, *, quick: bool = False
    ) -> None:
        """`quick`: told at once when nobody answers, instead of bearing with a bad line."""
        self._quick = quick
        self._transport = transport
        self._label = label
        self._cancelled = cancelled
        self._runner = asyncio.Runner()
        # Tasks that a library leaves behind on a cut line end with errors nobody waits for: no news.
        self._runner.get_loop().set_exception_handler(lambda _loop, _context: None)
        self._width = 1
        self._shown_in_a_row = 0

    @property
    def width(self) -> int:
        """As `Store.width`."""
        return self._width

    def put(self, name: str, data: bytes) -> bool:
        """As `Store.put`."""
        check_name(name)
        return self._run(self._put(name, data), self._cancelled)

    def put_all(self, objects: Iterable[Sealed], told: Told, cancelled: Cancelled = never) -> None:
        """As `Store.put_all`."""
        self._run(self._put_all(objects, told), lambda: cancelled() or self._cancelled())

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        (found,) = self.get_all([name])
        if isinstance(found, Fault):
            raise found
        return found

    def get_all(self, names: Sequence[str], sizes: Mapping[str, int] = UNKNOWN) -> list[Found]:
        """As `Store.get_all`."""
        for name in names:
            check_name(name)
        return self._run(self._get_all(names, sizes), self._cancelled)

    def remove(self, name: str) -> bool:
        """As `Store.remove`."""
        check_piece(name)
        return self._run(self._remove(name), self._cancelled)

    def size(self, name: str) -> int | None:
        """As `Store.size`."""
        check_name(name)
        found = self._run(self._tried(lambda: self._transport.stat(name)), self._cancelled)
        return None if found is None else found.size

    def devices(self) -> tuple[str, ...]:
        """As `Store.devices`."""
        names = self._run(self._tried(lambda: self._transport.names("i")), self._cancelled)
        return tuple(sorted(name for name in names if is_device(name)))

    def counters(self, device: str) -> tuple[int, ...]:
        """As `Store.counters`."""
        if not is_device(device):
            raise Fault(Code.STORE_NAME, name=device[:100])
        names = self._run(self._tried(lambda: self._transport.names(f"i/{device}")), self._cancelled)
        found = (counter_of(name) for name in names)
        return tuple(sorted(counter for counter in found if counter is not None))

    def close(self) -> None:
        """As `Store.close`."""
        try:
            self._runner.run(self._transport.close())
        finally:
            self._runner.close()

    # --- one object ------------------------------------------------------------------------------------------------

    async def _put(self, name: str, data: bytes, *, absent: bool = False) -> bool:
        """Put until the store shows it; whether it was not there before.

        `absent`: it was looked for a moment ago, and need not be before the first try.
        """
        is_new = await self._written(name, data, absent=absent)
        if is_new:
            await self._shown(name, data)
        return is_new

    async def _written(self, name: str, data: bytes, *, absent: bool) -> bool:
        """Write until the server answers. A lost reply is a success once size and digest agree."""
        began: list[bool] = []

        async def once() -> bool:
            if (began or not absent) and await self._has(name, data):
                return bool(began)
            began.append(True)
            await self._transport.write(name, data)
            return True

        return await self._tried(once, len(data))

    async def _shown(self, name: str, data: bytes) -> None:
        """Look whether the store has what it took, and write it again until it does.

        Not where an answer is the server's word, and it was true so many times in a row: head office's receipt is the
        proof that counts, and what has none can be sent again.
        """
        if self._transport.answers_when_kept and self._shown_in_a_row >= _IN_A_ROW:
            return
        looked: list[bool] = []

        async def once() -> None:
            if looked and not await self._has(name, data):
                await self._transport.write(name, data)
            looked.append(True)
            shown = await self._transport.stat(name)
            if shown is None or shown.size != len(data):
                raise Again

        await self._tried(once, len(data))
        self._shown_in_a_row += 1

    async def _has(self, name: str, data: bytes) -> bool:
        """Whether the very bytes are there; a part of them, left by a cut, is written over.

        A piece is named by its bytes, so other bytes under its name are damage; an index is not, so other bytes
        under its name are another delivery, and stay. Errors: STORE_CONFLICT.
        """
        there = await self._transport.stat(name)
        if there is None:
            return False
        if is_object(name):
            return there.size == len(data) and there.md5 in {"", md5(data, usedforsecurity=False).hexdigest()}
        if there.size > len(data):
            raise Fault(Code.STORE_CONFLICT, where=name, name=name)
        found = await self._transport.read(name, there.size)
        if found is None:
            raise Again
        if found == data:
            return True
        if not data.startswith(found):
            raise Fault(Code.STORE_CONFLICT, where=name, name=name)
        return False

    async def _remove(self, name: str) -> bool:
        """Removed once the store no longer shows it; a lost reply is a success."""
        began: list[bool] = []

        async def once() -> bool:
            if await self._transport.stat(name) is None:
                return bool(began)
            began.append(True)
            await self._transport.remove(name)
            if await self._transport.stat(name) is not None:
                raise Again
            return True

        return await self._tried(once)

    async def _get(self, name: str, told: int) -> Found:
        """`told`: the size that its sender tells, believed once; nought where nobody does."""
        believed = [told] if told else []

        async def once() -> Found:
            if believed:
                return await self._transport.read(name, believed.pop())
            there = await self._transport.stat(name)
            if there is None:
                return None
            if there.size > LARGEST_OBJECT:
                return Fault(Code.OBJECT_TOO_LARGE, where=name, name=name)
            return await self._transport.read(name, there.size)

        found = await self._tried(once, LARGEST_OBJECT)
        if isinstance(found, bytes) and not is_whole(name, found):
            # Damaged on the line, perhaps, or larger than its sender says: once more, whatever size it has.
            believed.clear()
            found = await self._tried(once, LARGEST_OBJECT)
            if isinstance(found, bytes) and not is_whole(name, found):
                return Fault(Code.OBJECT_CHANGED, where=name, name=name)
        return found

    # --- several ---------------------------------------------------------------------------------------------------

    async def _put_all(self, objects: Iterable[Sealed], told: Told) -> None:
        under_way: set[asyncio.Task[None]] = set()
        pieces: list[asyncio.Task[None]] = []
        new_in_a_row = [0]

        async def one(item: Sealed, first: Sequence[asyncio.Task[None]]) -> None:
            # What a cut left stands at the beginning: after so many that were not there, no piece is looked for.
            # An index always is, since another delivery might stand under its name; it waits for its pieces anyway.
            looked = not is_object(item.name) or new_in_a_row[0] < _IN_A_ROW
            there = looked and await self._tried(lambda: self._has(item.name, item.data))
            new_in_a_row[0] = 0 if there else new_in_a_row[0] + 1
            await asyncio.gather(*first)
            told(item.name, False if there else await self._put(item.name, item.data, absent=True))

        try:
            for item in objects:
                check_name(item.name)
                under_way = await _with_room(under_way, self._width)
                is_index = not is_object(item.name)
                # Indexes do not wait for each other: a reader asks for one number after the other anyway.
                task = asyncio.create_task(one(item, pieces if is_index else ()))
                pieces = [] if is_index else [*pieces, task]
                under_way.add(task)
            await _with_room(under_way, 1)
        finally:
            await _ended(under_way)

    async def _get_all(self, names: Sequence[str], sizes: Mapping[str, int]) -> list[Found]:
        tasks: list[asyncio.Task[Found]] = []
        try:
            under_way: set[asyncio.Task[Found]] = set()
            for name in names:
                under_way = await _with_room(under_way, self._width)
                tasks.append(asyncio.create_task(self._get(name, sizes.get(name, 0))))
                under_way.add(tasks[-1])
            return [await task for task in tasks]
        finally:
            await _ended(tasks)

    # --- patience --------------------------------------------------------------------------------------------------

    async def _tried(self, once: Callable[[], Awaitable[T]], size: int = 0) -> T:
        """Errors: STORE_UNREACHED after the last try; faults of the transport at once."""
        loop = asyncio.get_running_loop()
        pauses = PAUSES[:_QUICK_PAUSES] if self._quick else PAUSES
        patience = _QUICK_PATIENCE if self._quick else _PATIENCE + size / _SLOWEST
        for pause in (*pauses, None):
            began = loop.time()
            try:
                async with asyncio.timeout(patience):
                    found = await once()
            except (Again, TimeoutError) as error:
                self._width, self._shown_in_a_row = 1, 0
                if pause is None and isinstance(error, Again) and error.last is not None:
                    raise error.last from error
                if pause is None:
                    raise Fault(Code.STORE_UNREACHED, where=self._label, store=self._label) from error
                await asyncio.sleep(pause * (0.5 + random.random() / 2))  # noqa: S311  spreads many laptops
            else:
                brisk = loop.time() - began < _BRISK
                self._width = min(self._width * 2, self._transport.widest) if brisk else max(self._width // 2, 1)
                return found
        raise AssertionError

    def _run(self, work: Coroutine[Any, Any, T], cancelled: Cancelled) -> T:
        # Not as the value of the runner's own task: it writes that out in full, megabytes of it, to set a signal.
        found: list[T] = []

        async def watched() -> None:
            found.append(await _watched(work, cancelled))

        self._runner.run(watched())
        return found[0]


async def _watched(work: Coroutine[Any, Any, T], cancelled: Cancelled) -> T:
    """The work's value, unless somebody stops it: a slow server must not hold a person up. Errors: CANCELLED."""
    task = asyncio.create_task(work)
    try:
        while not task.done():
            if cancelled():
                raise Fault(Code.CANCELLED)
            await asyncio.wait({task}, timeout=_LOOK)
        return task.result()
    finally:
        await _ended([task])


async def _with_room(under_way: set[asyncio.Task[T]], width: int) -> set[asyncio.Task[T]]:
    """Wait until fewer than `width` go on; the first that failed ends all."""
    while len(under_way) >= width:
        done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    return under_way


async def _ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    left = [task for task in tasks if not task.done()]
    for task in left:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
