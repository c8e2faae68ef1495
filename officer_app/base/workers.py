"""Child processes that read what strangers wrote: bounded in memory, processor time and patience.

A picture or a paper that crashes its reader takes the child with it, never the program. One child is kept warm
and is started again after a death or a limit. Functions travel by name, so they must stand at the top of a module.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import pickle  # what comes back passes a reader that builds our frozen values and nothing else
import queue
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final, Self, TypeAlias, TypeVar, cast

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, check, never
from officer_app.base.words import Parameter

R = TypeVar("R")

_START_SECONDS: Final = 60.0  # a cold disk needs seconds for the first import
_SLICE: Final = 0.05  # how often a waiting caller asks whether to stop
_LEAVE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Begun:
    """The function's module is imported: patience is counted from here."""


@dataclass(frozen=True, slots=True)
class _Done:
    value: object


@dataclass(frozen=True, slots=True)
class _Refused:
    code: str
    where: str
    parameters: dict[str, Parameter]


@dataclass(frozen=True, slots=True)
class _OverLimit:
    """Memory ran out in there."""


@dataclass(frozen=True, slots=True)
class _Broke:
    kind: str
    trace: str


_Reply: TypeAlias = "_Begun | _Done | _Refused | _OverLimit | _Broke"


class _Gone(Exception):  # noqa: N818  never leaves this module
    """The child does not answer any more."""


class Worker:
    """One warm child process. Callers from several threads take turns; nothing starts before the first call."""

    def __init__(self, *, memory_mb: int = 2048) -> None:
        """Take the address space the child may use. Not enforced on Windows yet: there patience alone bounds it."""
        self._memory_mb = memory_mb
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._turn: queue.SimpleQueue[None] = queue.SimpleQueue()  # one token: who holds it talks to the child
        self._turn.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The child's process number while it lives."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def call(
        self,
        function: Callable[..., R],
        *args: object,
        seconds: float = 30.0,
        what: str = "",
        cancelled: Cancelled = never,
    ) -> R:
        """What `function(*args)` gives, worked out in the child; blocks the caller.

        `seconds` bounds both the wait and the processor time; `what` names the thing in the error. Errors:
        WORKER_LIMIT after a death or a limit, CANCELLED, a Fault from inside as it was, UNEXPECTED for a bug.
        """
        request = pickle.dumps((function, args, seconds, self._memory_mb))
        while True:  # a turn may be long: whoever waits for it may still be called off
            check(cancelled)
            with contextlib.suppress(queue.Empty):
                self._turn.get(timeout=_SLICE)
                break
        try:
            return cast("R", self._ask(request, seconds, what, cancelled))
        finally:
            self._turn.put(None)

    def close(self) -> None:
        """End the child and wait for its end. The next call starts another."""
        self._turn.get()
        try:
            self._stop(kindly=True)
        finally:
            self._turn.put(None)

    def _ask(self, request: bytes, seconds: float, what: str, cancelled: Cancelled) -> object:
        try:
            line, reply = self._begin(request, cancelled)
            if isinstance(reply, _Begun):
                reply = _receive(line, seconds, cancelled)
        except _Gone:
            self._stop(kindly=False)
            raise Fault(Code.WORKER_LIMIT, where=what, what=what) from None
        except BaseException:
            self._stop(kindly=False)  # the answer to this call must never meet the next one
            raise
        if isinstance(reply, _OverLimit):
            self._stop(kindly=False)  # memory once exhausted comes back in pieces
        return _unwrap(reply, what)

    def _begin(self, request: bytes, cancelled: Cancelled) -> tuple[Connection, _Reply]:
        """Hand the request over and wait until it is begun.

        A warm child may have died since the last call: before it says that it begins it has done nothing, so
        that a fresh one may be asked instead.
        """
        if self.pid is not None and self._line is not None:
            with contextlib.suppress(_Gone, OSError):
                self._line.send_bytes(request)
                return self._line, _receive(self._line, _START_SECONDS, cancelled)
        line = self._start()
        try:
            line.send_bytes(request)
        except OSError as error:
            raise _Gone from error
        return line, _receive(line, _START_SECONDS, cancelled)

    def _start(self) -> Connection:
        self._stop(kindly=False)
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="firsthand-reader", daemon=True)
        try:
            process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._process, self._line = process, ours
        return ours

    def _stop(self, *, kindly: bool) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if line is not None:
            line.close()  # an idle child leaves when its line ends
        if process is None:
            return
        if kindly:
            process.join(_LEAVE_SECONDS)
        if process.is_alive():
            process.kill()
        process.join()
        process.close()


def _receive(line: Connection, seconds: float, cancelled: Cancelled) -> _Reply:
    """The next reply within so many seconds. Errors: _Gone, CANCELLED."""
    until = time.monotonic() + seconds
    try:
        while not line.poll(max(0.0, min(_SLICE, until - time.monotonic()))):
            check(cancelled)
            if time.monotonic() >= until:
                raise _Gone
        reply = _Careful(io.BytesIO(line.recv_bytes())).load()
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise _Gone from error
    if not isinstance(reply, (_Begun, _Done, _Refused, _OverLimit, _Broke)):
        raise _Gone
    return reply


def _unwrap(reply: _Reply, what: str) -> object:
    match reply:
        case _Done(value):
            return value
        case _Refused(code, where, parameters):
            raise Fault(Code[code], where=where, **parameters)
        case _Broke(kind, trace):
            fault = Fault(Code.UNEXPECTED, where=what, what=kind)
            fault.add_note(trace)
            raise fault
        case _:
            raise Fault(Code.WORKER_LIMIT, where=what, what=what)


_VALUES: Final = {
    ("datetime", "datetime"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("builtins", "bytearray"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
}


class _Careful(pickle.Unpickler):
    """Builds plain values and our own frozen ones: a child turned by a hostile file cannot name a function here."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _VALUES:
            return super().find_class(module, name)
        if module.startswith("officer_app.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (issubclass(found, Enum) or hasattr(found, "__dataclass_fields__")):
                return found
        raise pickle.UnpicklingError(name)


# --- in the child ----------------------------------------------------------------------------------


def _serve(line: Connection) -> None:
    """Answer requests until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread of numpy's library reserves address space
    with contextlib.suppress(EOFError, OSError):
        while True:
            request = line.recv_bytes()
            line.send_bytes(_answer(line, request))


def _answer(line: Connection, request: bytes) -> bytes:
    try:
        function, args, seconds, memory_mb = pickle.loads(request)  # noqa: S301  written by the parent
        _limit(seconds, memory_mb)
        line.send(_Begun())
        return pickle.dumps(_Done(function(*args)))
    except Fault as fault:
        return pickle.dumps(_Refused(fault.code.name, fault.where, fault.parameters))
    except MemoryError:
        return pickle.dumps(_OverLimit())
    except Exception as error:  # noqa: BLE001  handed to the parent with its trace
        return pickle.dumps(_Broke(type(error).__name__, traceback.format_exc()))


def _limit(seconds: float, memory_mb: int) -> None:
    """Bound address space and processor time from here on, where the system can."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 2
    _lower(resource.RLIMIT_CPU, until)
    _lower(resource.RLIMIT_AS, memory_mb * 1_048_576)
    _lower(resource.RLIMIT_CORE, 0)  # a crash must not leave a client's photo on the disk


def _lower(which: int, wanted: int) -> None:
    import resource

    _, hard = resource.getrlimit(which)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):  # macOS refuses some of them
        resource.setrlimit(which, (soft, hard))
