"""Which tiles the sheet shows: the shot list with what was taken for each, and the tray of what is not filed yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QImage

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import shots
from officer_app.casework.photos import JudgedPhoto
from officer_app.desktop.widgets.photos import CAPS, Frame
from officer_app.desktop.widgets.states import State
from officer_app.evidence.findings import Verdict

STATES = {
    Verdict.PASS: State.PASSED,
    Verdict.CANNOT_TELL: State.CANNOT_TELL,
    Verdict.LOOK_CLOSER: State.LOOK,
    Verdict.STOP: State.STOP,
}
Picture = Callable[[JudgedPhoto], QImage]


def sheet_of(listed: tuple[shots.Frame, ...], photos: Iterable[JudgedPhoto], picture: Picture) -> tuple[Frame, ...]:
    """The tiles of the shot list, by ref; second and further pictures of one shot by their own id."""
    by_id = {photo.record.id: photo for photo in photos}
    found = []
    for place, frame in enumerate(listed):
        cap = CAPS[place] if place < len(CAPS) else ""
        taken = [by_id[photo] for photo in frame.photos if photo in by_id]
        if not taken:
            found.append(_empty(frame, cap))
        for number, photo in enumerate(taken, start=1):
            key = frame.ref if number == 1 else str(photo.record.id)
            title = (
                frame.label if number == 1 else message(N_("{shot} {number:count}"), shot=frame.label, number=number)
            )
            note = time_and_place(photo)
            found.append(Frame(key, title, picture(photo), STATES[photo.verdict], note, frame.required, cap))
    return tuple(found)


def tray_of(photos: Iterable[JudgedPhoto], picture: Picture) -> tuple[Frame, ...]:
    """The tiles of pictures that stand in no frame, by their id."""
    return tuple(
        Frame(
            str(photo.record.id),
            Verbatim(photo.record.file_name),
            picture(photo),
            STATES[photo.verdict],
            time_and_place(photo),
        )
        for photo in photos
    )


def _empty(frame: shots.Frame, cap: str) -> Frame:
    note: Sayable = frame.hint
    if frame.reason:
        note = message(N_("None, because {why}"), why=Verbatim(frame.reason))
    elif frame.before:
        note = message(N_("There is one from an earlier visit"))
    settled = frame.required and not frame.lacking
    return Frame(frame.ref, frame.label, note=note, required=frame.required, cap=cap, excused=settled)


def time_and_place(photo: JudgedPhoto) -> Sayable:
    """When and how far from the door, as far as the picture tells."""
    taken, metres = photo.record.taken, photo.metres
    if taken is not None and metres is not None:
        return message(N_("{at:time}, {away:metres} away"), at=local_time(taken), away=metres)
    if taken is not None:
        return message(N_("{at:time}, no place"), at=local_time(taken))
    if metres is not None:
        return message(N_("No time, {away:metres} away"), away=metres)
    return message(N_("No time, no place"))
