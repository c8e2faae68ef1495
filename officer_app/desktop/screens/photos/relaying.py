"""Layers on their way: the picture is made beside the window, the row is written in the vault's lane.

The newest wish counts: one that comes while a picture is being made takes its place, one that comes while the row
is written follows it. A picture that is left meanwhile is kept all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import PhotoId
from officer_app.casework.photolayers import keep_layers, layers_of, shown_with
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.workplace import Workplace
from officer_app.evidence.derived import Shown
from officer_app.evidence.layers import Layer
from officer_app.vault.records import PhotoRecord


@dataclass(slots=True, eq=False)
class _Wish:
    """What shall lie over one picture; `writing` once the vault has it."""

    layers: tuple[Layer, ...]
    job: Job | None = None
    writing: bool = False


class Relaying(QObject):
    """`begun()` when a picture is made, `over(photo)` when it was kept, refused or stopped, `refused(fault)`."""

    begun = Signal()
    over = Signal(str)
    refused = Signal(object)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._wishes: dict[PhotoId, _Wish] = {}

    def layers_of(self, record: PhotoRecord) -> tuple[Layer, ...]:
        """What lies over a picture, or will in a moment."""
        wish = self._wishes.get(record.id)
        return wish.layers if wish is not None else layers_of(record)

    def is_busy(self, photo: PhotoId) -> bool:
        """Whether what is shown of it is not yet what was wished."""
        return photo in self._wishes

    def lay(self, opened: OpenCase, record: PhotoRecord, layers: tuple[Layer, ...]) -> None:
        """Show a picture so from now on."""
        before = self._wishes.get(record.id)
        wish = self._wishes[record.id] = _Wish(layers)
        self.begun.emit()
        if before is not None and before.writing:
            return  # what is being written comes back first, and goes on with this one
        if before is not None and before.job is not None:
            before.job.cancel()
        self._make(opened, record, wish)

    def stop(self, photo: PhotoId) -> None:
        """Leave a picture as it is, if the new one is not being written yet."""
        wish = self._wishes.get(photo)
        if wish is not None and wish.job is not None and not wish.writing:
            wish.job.cancel()

    def _make(self, opened: OpenCase, record: PhotoRecord, wish: _Wish) -> None:
        desk = self._work.desk
        wish.job = self._work.run(
            lambda _progress, cancelled: shown_with(desk, record, wish.layers, cancelled),
            lambda shown: self._keep(opened, record, wish, shown),
            failed=lambda fault: self._failed(record.id, wish, fault),
            owner=self,
            lane=Lane.FREE,
        )

    def _keep(self, opened: OpenCase, record: PhotoRecord, wish: _Wish, shown: Shown) -> None:
        if self._wishes.get(record.id) is not wish:
            return  # a newer one is being made
        desk, wish.writing = self._work.desk, True

        def kept(changed: PhotoRecord) -> None:
            opened.relayered(changed)
            self._go_on(opened, changed, wish)

        def failed(fault: Fault) -> None:
            self.refused.emit(fault)
            self._go_on(opened, record, wish)

        self._work.run(
            lambda _progress, _cancelled: keep_layers(desk, record.id, wish.layers, shown),
            kept,
            failed=failed,
            owner=self,
        )

    def _go_on(self, opened: OpenCase, record: PhotoRecord, done: _Wish) -> None:
        newer = self._wishes[record.id]
        if newer is done:
            del self._wishes[record.id]
            self.over.emit(record.id)
        else:
            self._make(opened, record, newer)

    def _failed(self, photo: PhotoId, wish: _Wish, fault: Fault) -> None:
        if self._wishes.get(photo) is not wish:
            return
        del self._wishes[photo]
        if fault.code is not Code.CANCELLED:
            self.refused.emit(fault)
        self.over.emit(photo)
