"""The pictures of open cases looked at again beside the work, when head office's lists have grown.

One picture is one job of the vault's lane, so that an answer never waits for more than one. Stopped, or cut short by
signing out, it begins anew the next time the person signs in or exchanges.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Verbatim, message
from officer_app.casework import relooking
from officer_app.casework.relooking import SeenElsewhere
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State
from officer_app.vault.records import PhotoRecord

if TYPE_CHECKING:
    from officer_app.desktop.app.shell import Shell
    from officer_app.desktop.kit.tasks import Job

_SEEN: Final = "photos:elsewhere:"


class LookingAgain(QObject):
    """Begins by itself when a pass is due; one at a time."""

    def __init__(self, work: Workplace, shell: Shell) -> None:
        super().__init__(work)
        self._work = work
        self._shell = shell
        self._job: Job | None = None
        self._waiting: deque[PhotoRecord] = deque()
        self._found: list[PhotoRecord] = []
        self._total = 0
        self._asking = False
        self._stopped = False
        work.changed.connect(self.begin)
        shell.progress.cancelled.connect(self._stop)
        shell.banners.acted.connect(self._acted)

    def begin(self) -> None:
        """Ask whether one is due, unless one is under way or was stopped in this sitting."""
        if self._asking or self._stopped or self._work.runner.is_over:
            return
        desk, self._asking = self._work.desk, True
        self._work.run(lambda _progress, _cancelled: relooking.due(desk), self._go, failed=self._failed, owner=self)

    def _go(self, waiting: tuple[PhotoRecord, ...]) -> None:
        if not waiting:
            self._asking = False
            return
        self._waiting, self._found, self._total = deque(waiting), [], len(waiting)
        self._shell.progress.start(message(N_("Comparing the pictures of open cases with head office's new lists")))
        self._next()

    def _next(self) -> None:
        desk = self._work.desk
        if self._stopped:
            self._rest()  # the pass has not come to its end: it is due again
            return
        if not self._waiting:
            found = tuple(self._found)
            self._work.run(
                lambda _progress, _cancelled: relooking.over(desk, found), self._over, failed=self._failed, owner=self
            )
            return
        record = self._waiting.popleft()
        self._shell.progress.tick(self._total - len(self._waiting) - 1, self._total)

        def looked(elsewhere: bool) -> None:
            if elsewhere:
                self._found.append(record)
            self._next()

        self._job = self._work.run(
            lambda _progress, cancelled: relooking.look(desk, record, cancelled),
            looked,
            failed=self._failed,
            owner=self,
        )

    def _over(self, seen: tuple[SeenElsewhere, ...]) -> None:
        self._rest()
        for one in seen:
            words = message(
                N_("{count:count} pictures of {case} were seen elsewhere."),
                count=one.photos,
                case=Verbatim(f"{one.case.number} {one.case.business or one.case.applicant}"),
            )
            detail = message(N_("Head office's list of photos has grown. Open the case and look at them."))
            open_it = message(N_("Look at the pictures"))
            self._shell.tell(News(f"{_SEEN}{one.case.id}", State.LOOK, words, detail, open_it))
            opened = self._work.open_case
            if opened is not None and opened.case_id == one.case.id:
                opened.refresh()
        if seen:
            self._work.changed.emit()

    def _acted(self, key: str) -> None:
        if key.startswith(_SEEN):
            case = CaseId(key.removeprefix(_SEEN))
            self._shell.banners.take_back(key)
            self._work.open(case, lambda: self._shell.go(Place.PHOTOS.value))

    def _stop(self) -> None:
        """The person does not want it now: nothing more in this sitting."""
        self._waiting.clear()
        self._stopped = True
        if self._job is not None:
            self._job.cancel()

    def _failed(self, fault: Fault) -> None:
        self._rest()
        if fault.code is not Code.CANCELLED:
            self._work.faulted.emit(fault)

    def _rest(self) -> None:
        self._asking, self._job = False, None
        self._waiting.clear()
        self._shell.progress.finish()
