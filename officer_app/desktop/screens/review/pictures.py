"""The pictures of one file, read in the background one after the other and kept while the file is open."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.review import ReviewedPhoto, picture
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip

_STATES: Final = {
    "stop": State.STOP,
    "look_closer": State.LOOK,
    "cannot_tell": State.CANNOT_TELL,
    "pass": State.PASSED,
}
_ORDER: Final = (State.STOP, State.LOOK, State.CANNOT_TELL, State.PASSED)


class Pictures(QObject):
    """`came(part)` when a picture can be shown; `refused(part, Fault)` when it cannot."""

    came = Signal(str)
    refused = Signal(str, object)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._photos: dict[str, ReviewedPhoto] = {}
        self._images: dict[str, QImage] = {}
        self._jobs: dict[str, Job] = {}

    def turn_to(self, photos: tuple[ReviewedPhoto, ...], first: tuple[ReviewedPhoto, ...]) -> None:
        """The pictures of another file; `first` are read at once, the others when they are asked for."""
        for job in self._jobs.values():
            job.cancel()
        self._photos = {photo.part: photo for photo in photos}
        self._images, self._jobs = {}, {}
        for photo in first:
            self.want(photo.part)

    def image(self, part: str) -> QImage | None:
        """The picture, or None while it is not read."""
        return self._images.get(part)

    def want(self, part: str) -> None:
        """Read a picture, unless it was read or is on its way."""
        photo, desk = self._photos.get(part), self._work.desk
        if photo is None or part in self._images or part in self._jobs:
            return
        self._jobs[part] = self._work.run(
            lambda _progress, cancelled: picture(desk, photo, cancelled),
            partial(self._take, photo),
            failed=partial(self._fail, photo),
            owner=self,
            lane=Lane.FREE,
        )

    def _take(self, photo: ReviewedPhoto, data: bytes) -> None:
        if self._photos.get(photo.part) is not photo:
            return
        image = QImage.fromData(data)
        if image.isNull():
            self._fail(photo, Fault(Code.PHOTO_BROKEN, where=photo.part, file=photo.part))
            return
        self._images[photo.part] = image
        self.came.emit(photo.part)

    def _fail(self, photo: ReviewedPhoto, fault: Fault) -> None:
        if self._photos.get(photo.part) is photo and fault.code is not Code.CANCELLED:
            self.refused.emit(photo.part, fault)


def chips_of(photo: ReviewedPhoto) -> tuple[Chip, ...]:
    """What the rules say of a picture, the worst first."""
    found = [Chip(_STATES.get(verdict, State.CANNOT_TELL), sentence) for _, verdict, sentence in photo.findings]
    return tuple(sorted(found, key=lambda chip: _ORDER.index(chip.state)))


def raised(photo: ReviewedPhoto) -> tuple[Chip, ...]:
    """What speaks against a picture."""
    return tuple(chip for chip in chips_of(photo) if chip.state in (State.STOP, State.LOOK))


def tag_of(photo: ReviewedPhoto) -> Sayable | None:
    """When and how far from the premises, as the camera claims."""
    taken = _taken(photo)
    if taken is not None and photo.metres is not None:
        return message(N_("{at:time} · {far:metres}"), at=taken, far=photo.metres)
    if taken is not None:
        return message(N_("{at:time}"), at=taken)
    return message(N_("{value:metres}"), value=photo.metres) if photo.metres is not None else None


def caption_of(photo: ReviewedPhoto) -> Message:
    """A picture's name with what the camera claims."""
    taken = _taken(photo)
    if taken is None:
        return message(N_("{shot} · the camera tells no time"), shot=photo.shot)
    if photo.metres is None:
        return message(N_("{shot} · {at:moment}"), shot=photo.shot, at=taken)
    return message(N_("{shot} · {at:moment} · {far:metres}"), shot=photo.shot, at=taken, far=photo.metres)


def _taken(photo: ReviewedPhoto) -> datetime | None:
    """The camera's own wall clock; a text that is no time counts as none."""
    try:
        return datetime.fromisoformat(photo.taken_at) if photo.taken_at else None
    except ValueError:
        return None
