"""What is looked for in the pictures of the open case while the officer works: visit codes, and earlier places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled
from officer_app.casework import codes, placeagain
from officer_app.casework.desk import Desk
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.reuse import Compared
from officer_app.desktop.kit.tasks import Lane, Runner
from officer_app.vault.records import PhotoRecord

_Seen: TypeAlias = tuple[tuple[str, ...], tuple[Compared, ...]]


class PhotoSearch(QObject):
    """One picture after the other; `done()` when all were searched, `faulted(Fault)` for one that cannot be read."""

    done = Signal()
    faulted = Signal(object)

    def __init__(
        self, desk: Desk, runner: Runner, pictures: Callable[[], Sequence[JudgedPhoto]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._pictures = pictures
        self._searched: set[tuple[str, str, str]] = set()
        self._at_work = False

    def begin(self) -> None:
        """Search what was not searched yet, on from where an earlier sitting broke off."""
        if not self._at_work and not self._runner.is_over:
            self._next()

    def _next(self) -> bool:
        """Begin with the next picture; False when none waits."""
        waiting = (
            one
            for one in self._pictures()
            if ((one.code is None and one.record.source) or placeagain.waits(one.findings))
            and (one.record.id, one.record.ref, one.record.shot) not in self._searched
        )
        photo = next(waiting, None)
        self._at_work = photo is not None
        if photo is not None:
            self._search(photo.record, of_code=photo.code is None)
        return photo is not None

    def _search(self, record: PhotoRecord, *, of_code: bool) -> None:
        desk = self._desk
        self._searched.add((record.id, record.ref, record.shot))
        earlier = placeagain.earlier_of(record, [one.record for one in self._pictures()])

        def search(_progress: object, cancelled: Cancelled) -> _Seen:
            found = codes.search_code(desk, record, cancelled) if of_code else ()
            return found, placeagain.hold_against(desk, record, earlier, cancelled)

        def keep(seen: _Seen) -> None:
            def write(_progress: object, _cancelled: object) -> None:
                codes.keep_codes(desk, record, seen[0])
                placeagain.keep_held(desk, record, seen[1])

            self._runner.run(Lane.VAULT, write, self._kept, failed=self._failed, owner=self)

        self._runner.run(Lane.FREE, search, keep, failed=self._failed, owner=self)

    def _kept(self, _nothing: None) -> None:
        if not self._next():  # judged anew once, when all were searched
            self.done.emit()

    def _failed(self, fault: Fault) -> None:
        self._at_work = False
        if fault.code is not Code.CANCELLED:
            self.faulted.emit(fault)
