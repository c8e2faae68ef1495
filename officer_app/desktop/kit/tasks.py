"""One door to the background, and the only home of threads.

Two lanes: the vault's, where work runs one after the other in the order it was handed in, and a free one. Results,
progress and faults arrive in the window's thread. The work itself knows no window: it takes `progress` and
`cancelled` as plain arguments.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor  # noqa: TID251  the home
from enum import Enum
from typing import Final, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, Progress

_log: Final = logging.getLogger(__name__)
_FREE_HANDS: Final = 2
T = TypeVar("T")
Work = Callable[[Progress, Cancelled], T]
OnFault = Callable[[Fault], None]


class Lane(Enum):
    """Where work runs."""

    VAULT = "vault"
    FREE = "free"
    LISTEN = "listen"  # one server that waits for others; what waits there is not work


class Job:
    """Work handed in: it can be asked to stop."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._over = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop between two items; it ends with CANCELLED, unless it was faster."""
        self._stop.set()

    @property
    def is_running(self) -> bool:
        """Until its result has been delivered."""
        return not self._over.is_set()

    def is_cancelled(self) -> bool:
        """What the work polls."""
        return self._stop.is_set()

    def end(self) -> None:
        """The runner's word that everything has been delivered."""
        self._over.set()


class Runner(Protocol):
    """Hands work to the background."""

    def run(
        self,
        lane: Lane,
        work: Work[T],
        done: Callable[[T], None],
        *,
        failed: OnFault | None = None,
        progress: Progress | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Start `work`; `done`, `failed` and `progress` are called in the window's thread.

        Nothing is called after `owner` has been destroyed. Without `failed` a fault goes to the runner's own
        callback; a cancelled job's does not. What is no Fault arrives as UNEXPECTED with its cause.
        """
        ...

    @property
    def is_busy(self) -> bool:
        """Whether anything handed in has not been delivered yet."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether it was shut down; handing work in then is a mistake."""
        ...

    def shutdown(self) -> None:
        """Ask all to stop, let the vault's lane finish, wait for both."""
        ...


class ThreadRunner(QObject):
    """The real one."""

    _wake = Signal()

    def __init__(self, on_fault: OnFault, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_fault = on_fault
        self._over = False
        self._jobs: set[Job] = set()
        self._servers: set[Job] = set()
        self._ready: deque[Callable[[], None]] = deque()
        self._lanes = {
            Lane.VAULT: ThreadPoolExecutor(1, "vault"),
            Lane.FREE: ThreadPoolExecutor(_FREE_HANDS, "free"),
            Lane.LISTEN: ThreadPoolExecutor(1, "listen"),
        }
        self._wake.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Work[T],
        done: Callable[[T], None],
        *,
        failed: OnFault | None = None,
        progress: Progress | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """See Runner."""
        job = Job()
        (self._servers if lane is Lane.LISTEN else self._jobs).add(job)
        steps = _Steps(self._post, progress, owner)

        def in_lane() -> None:
            finish = _outcome(work, steps.tell, job, done, failed, self._on_fault)
            self._post(lambda: self._finish(job, finish, owner))

        self._lanes[lane].submit(in_lane)
        return job

    @property
    def is_busy(self) -> bool:
        """Whether anything handed in has not been delivered yet."""
        return bool(self._jobs)

    @property
    def is_over(self) -> bool:
        """Whether it was shut down."""
        return self._over

    def shutdown(self) -> None:
        """See Runner. What was not delivered yet is dropped: the window is closing."""
        self._over = True
        for job in (*self._jobs, *self._servers):
            job.cancel()
        self._lanes[Lane.LISTEN].shutdown(wait=True, cancel_futures=True)
        self._lanes[Lane.FREE].shutdown(wait=True, cancel_futures=True)
        self._lanes[Lane.VAULT].shutdown(wait=True)
        self._ready.clear()
        self._jobs.clear()
        self._servers.clear()

    def _post(self, action: Callable[[], None]) -> None:
        # Only the wish to be woken crosses the threads; no Python object rides in a queued signal.
        self._ready.append(action)
        self._wake.emit()

    def _finish(self, job: Job, finish: Callable[[], None], owner: QObject | None) -> None:
        self._jobs.discard(job)
        self._servers.discard(job)
        job.end()
        if _lives(owner):
            finish()

    @Slot()
    def _deliver(self) -> None:
        while self._ready:
            self._ready.popleft()()


class ImmediateRunner:
    """For tests and for the tour: everything happens on the spot, in order."""

    def __init__(self, on_fault: OnFault) -> None:
        self._on_fault = on_fault

    def run(
        self,
        lane: Lane,
        work: Work[T],
        done: Callable[[T], None],
        *,
        failed: OnFault | None = None,
        progress: Progress | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """See Runner."""
        job = Job()
        if lane is Lane.LISTEN:
            job.cancel()  # nobody could stop it later: it opens and closes
        finish = _outcome(work, progress or _nobody, job, done, failed, self._on_fault)
        job.end()
        if _lives(owner):
            finish()
        return job

    @property
    def is_busy(self) -> bool:
        """Never: everything is over when `run` comes back."""
        return False

    @property
    def is_over(self) -> bool:
        """Never: there is nothing to shut down."""
        return False

    def shutdown(self) -> None:
        """Nothing is ever left to wait for."""


class _Steps:
    """Progress on its way to the window: the newest step alone, so that a quick loop does not flood it."""

    def __init__(
        self, post: Callable[[Callable[[], None]], None], tell: Progress | None, owner: QObject | None
    ) -> None:
        self._post = post
        self._tell = tell
        self._owner = owner
        self._newest: tuple[int, int] | None = None
        self._guard = threading.Lock()

    def tell(self, done: int, total: int) -> None:
        if self._tell is None:
            return
        with self._guard:
            waiting = self._newest is not None
            self._newest = (done, total)
        if not waiting:
            self._post(self._arrive)

    def _arrive(self) -> None:
        with self._guard:
            step, self._newest = self._newest, None
        if step is not None and self._tell is not None and _lives(self._owner):
            self._tell(*step)


def _outcome(
    work: Work[T],
    progress: Progress,
    job: Job,
    done: Callable[[T], None],
    failed: OnFault | None,
    on_fault: OnFault,
) -> Callable[[], None]:
    """Run the work; give what is to be called in the window's thread."""
    try:
        result = work(progress, job.is_cancelled)
    except Fault as caught:
        fault = caught
    except Exception as error:  # noqa: BLE001  the edge: a bug saves the work and is told, never swallowed
        fault = Fault(Code.UNEXPECTED, what=type(error).__name__)
        fault.__cause__ = error
        # Frames and type, never the exception's own words: they may hold a customer's.
        where = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        _log.error("background work failed: %s in %s", type(error).__name__, where)
    else:
        return lambda: done(result)
    if failed is not None:
        return lambda: failed(fault)
    if fault.code is Code.CANCELLED:
        return lambda: None
    return lambda: on_fault(fault)


def _lives(owner: QObject | None) -> bool:
    return owner is None or bool(shiboken6.isValid(owner))


def _nobody(_done: int, _total: int) -> None:
    """Progress that nobody watches."""
