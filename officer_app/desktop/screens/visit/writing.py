"""What is done on the page goes into the case: answers, rows, notes, pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from officer_app.base.files import read_limited
from officer_app.base.words import N_, message
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import ToRead
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.evening import EveningPanel
from officer_app.desktop.screens.visit.said import keep_said
from officer_app.evidence.kinds import FILE_PATTERNS, MAX_BYTES


class PageWriter(QObject):
    """Listens to a page, or to what stands in its place.

    `writable()` gives the open case while its newest visit is on the page, else None. `to_read(ToRead)`: the picture
    at a question is to be read, or None where there is none: any of the visit may be chosen then.
    """

    to_read = Signal(object)

    def __init__(
        self, speech: Speech, page: SectionView | EveningPanel, writable: Callable[[], OpenCase | None]
    ) -> None:
        super().__init__(page)
        self._speech = speech
        self._page = page
        self._writable = writable
        page.answered.connect(self._answer)
        page.repeat_added.connect(self._add_repeat)
        page.repeat_removed.connect(self._remove_repeat)
        page.rows_entered.connect(self._enter_rows)
        page.attach_wanted.connect(self._attach)
        page.note_wanted.connect(self._write_note)
        page.note_kept.connect(self._keep_note)
        if isinstance(page, SectionView):
            page.read_wanted.connect(self._read)

    def _answer(self, ref: str, text: str) -> None:
        opened = self._writable()
        if opened is not None:
            keep_said(opened, self._page.said(ref), ref, text)
            opened.answer(ref, text)

    def _add_repeat(self, ref: str) -> None:
        opened = self._writable()
        if opened is not None:
            opened.add_repeat(ref)

    def _remove_repeat(self, ref: str, index: int) -> None:
        opened = self._writable()
        if opened is not None:
            opened.remove_repeat(ref, index)

    def _enter_rows(self, ref: str, count: int, answers: dict[str, str]) -> None:
        opened = self._writable()
        if opened is not None:
            opened.enter_rows(ref, count, answers)

    def _write_note(self, ref: str) -> None:
        if self._writable() is not None:
            self._page.open_note(ref)

    def _keep_note(self, ref: str, words: str, not_seen: bool) -> None:
        opened = self._writable()
        if opened is not None:
            opened.note(ref, words, not_seen=not_seen)

    def _read(self, ref: str) -> None:
        opened = self._writable()
        if opened is None:
            return
        visit = opened.visit.record.id
        at = [one.record for one in opened.findings.photos if one.record.ref == ref and one.record.visit == visit]
        self._page.finish()
        self.to_read.emit(ToRead(at[-1].id) if at else None)

    def _attach(self, ref: str) -> None:
        if self._writable() is None:
            return
        title = self._speech.say(message(N_("Choose a picture")))
        kinds = self._speech.say(message(N_("Pictures")))
        name, _ = QFileDialog.getOpenFileName(self._page, title, "", f"{kinds} ({FILE_PATTERNS})")
        opened = self._writable()
        if name and opened is not None:
            path = Path(name)
            opened.attach(path.name, read_limited(path, MAX_BYTES), ref, ref.rpartition("/")[2])
