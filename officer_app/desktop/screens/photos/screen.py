"""Pictures of the open case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.files import read_limited
from officer_app.base.words import N_, Verbatim, message
from officer_app.casework.photos import JudgedPhoto, thumbnail, view
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.photos.details import PhotoDetails
from officer_app.desktop.screens.photos.frames import STATES, Shot, frames_of, shots_of
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.labels import Kind, Text, rule
from officer_app.desktop.widgets.photos import ContactSheet
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.evidence.findings import Verdict
from officer_app.evidence.kinds import FILE_PATTERNS, MAX_BYTES
from officer_app.vault.records import PhotoRecord

_DETAILS_WIDTH = 300


class PhotosScreen(Screen):
    """Drop pictures on the sheet: the marked empty frame takes the first, the next empty frames the others."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._pictures: dict[str, QImage] = {}
        self._shots: tuple[Shot, ...] = ()
        self._shown = ""
        self._busy = 0
        self._total = 0
        speech = work.speech
        self._tabs = CaseTabs(speech)
        self._sheet = ContactSheet(speech)
        self._viewer = PhotoViewer(speech)
        self._details = PhotoDetails(speech)
        self._hint = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self._add = Button(speech, message(N_("Add pictures")), Look.PRIMARY, icon=Icon.CAMERA, keys="Ctrl+O")
        self._back = Button(speech, message(N_("Back to the sheet")), keys="Esc")
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    # --- Screen ------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        opened = self._work.open_case
        if opened is None:
            return Head(message(N_("Photos")))
        return Head(case_words.title_of(opened.case), case_words.subtitle_of(opened.case), actions=(self._add,))

    def entered(self, what: object) -> None:
        self._tabs.show_tabs(case_words.CASE_TABS, Place.PHOTOS)
        self._show_frames()
        if isinstance(what, str) and what:
            self._open(what)
        else:
            self._close_viewer()

    # --- the sheet -----------------------------------------------------------------------------------------------

    def _attached_to_case(self) -> None:
        opened = self._work.open_case
        self._pictures.clear()
        self._shown = ""
        if opened is not None:
            opened.findings_changed.connect(self._show_frames)

    def _show_frames(self) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        self._shots = shots_of(opened.session)
        photos = opened.findings.photos
        self._sheet.show_frames(frames_of(self._shots, photos, self._thumb))
        wanted = sum(1 for shot in self._shots if shot.required and not shot.photo)
        doubtful = sum(1 for photo in photos if photo.verdict in (Verdict.LOOK_CLOSER, Verdict.STOP))
        self._hint.set_text(
            message(
                N_(
                    "{have:count} pictures, {wanted:count} required shots missing, {doubtful:count} to look at. "
                    "Drop files here: the marked frame takes the first."
                ),
                have=len(photos),
                wanted=wanted,
                doubtful=doubtful,
            )
        )

    def _thumb(self, photo: JudgedPhoto) -> QImage:
        key = str(photo.record.id)
        if key not in self._pictures:
            self._pictures[key] = QImage.fromData(thumbnail(self._work.desk, photo.record))
        return self._pictures[key]

    def _places(self) -> list[Shot | None]:
        """Where files go: the marked empty frame first, then the other empty ones; None belongs to no question."""
        empty = [shot for shot in self._shots if not shot.photo]
        marked = self._sheet.current_key()
        empty.sort(key=lambda shot: shot.ref != marked)
        return list(empty)

    def _take(self, files: list[Path]) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        places = self._places()
        for file in files:
            shot = places.pop(0) if places else None
            try:
                data = read_limited(file, MAX_BYTES)
            except Fault as fault:
                self.faulted.emit(fault)
                continue
            ref = shot.ref if shot is not None else ""
            self._began()
            opened.attach(file.name, data, ref, ref.rpartition("/")[2], done=self._done, failed=self._failed)

    def _began(self) -> None:
        self._busy += 1
        self._total += 1
        self._tell_progress()

    def _done(self, _photo: PhotoRecord) -> None:
        self._busy -= 1
        self._tell_progress()

    def _failed(self, fault: Fault) -> None:
        self._busy -= 1
        self._tell_progress()
        self.faulted.emit(fault)

    def _tell_progress(self) -> None:
        if self._busy == 0:
            self._total = 0
            self.taken_back.emit("photos:progress")
            return
        self.told.emit(
            News(
                "photos:progress",
                State.INFO,
                message(
                    N_("Taking pictures in: {done:count} of {all:count}"),
                    done=self._total - self._busy,
                    all=self._total,
                ),
                closable=False,
            )
        )

    def _choose(self) -> None:
        speech = self._work.speech
        title, kinds = speech.say(message(N_("Choose pictures"))), speech.say(message(N_("Pictures")))
        names, _ = QFileDialog.getOpenFileNames(self, title, "", f"{kinds} ({FILE_PATTERNS})")
        self._take([Path(name) for name in names])

    # --- one picture ---------------------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        photo = self._photo(key)
        opened = self._work.open_case
        if photo is None or opened is None:
            return
        self._shown = str(photo.record.id)
        title = next((shot.label for shot in self._shots if shot.photo == self._shown), None)
        tags = tuple(
            Chip(STATES[finding.verdict], finding.sentence)
            for finding in photo.findings
            if finding.verdict in (Verdict.STOP, Verdict.LOOK_CLOSER)
        )
        picture = QImage.fromData(view(self._work.desk, photo.record))
        self._viewer.show_photo(picture, title or Verbatim(photo.record.file_name), tags)
        self._details.show_photo(photo, editable=True)
        self._stack.setCurrentIndex(1)
        self._viewer.setFocus()

    def _photo(self, key: str) -> JudgedPhoto | None:
        opened = self._work.open_case
        if opened is None:
            return None
        wanted = next((shot.photo for shot in self._shots if shot.ref == key), key)
        return next((photo for photo in opened.findings.photos if str(photo.record.id) == wanted), None)

    def _turn(self, by: int) -> None:
        opened = self._work.open_case
        keys = [str(photo.record.id) for photo in opened.findings.photos] if opened is not None else []
        if self._shown in keys:
            self._open(keys[(keys.index(self._shown) + by) % len(keys)])

    def _withdraw(self, reason: str) -> None:
        photo, opened = self._photo(self._shown), self._work.open_case
        if photo is not None and opened is not None:
            opened.withdraw(photo.record.id, reason)
            self._close_viewer()

    def _close_viewer(self) -> None:
        self._shown = ""
        self._stack.setCurrentIndex(0)
        self._sheet.setFocus()

    # --- building ------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._work.case_opened.connect(self._attached_to_case)
        self._tabs.chosen.connect(lambda key: self.go.emit(key, None))
        self._sheet.opened.connect(self._open)
        self._sheet.wanted.connect(lambda _key: self._choose())
        self._sheet.dropped.connect(self._take)
        self._viewer.closed.connect(self._close_viewer)
        self._viewer.turned.connect(self._turn)
        self._details.withdrawn.connect(self._withdraw)
        self._back.clicked.connect(self._close_viewer)
        self._add.clicked.connect(self._choose)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose)
        self._attached_to_case()

    def _arrange(self) -> None:
        sheet = QWidget()
        page = QVBoxLayout(sheet)
        page.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        page.setSpacing(SPACE)
        page.addWidget(self._hint)
        page.addWidget(self._sheet, 1)
        large = QWidget()
        row = QHBoxLayout(large)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 0, 2 * SPACE)
        row.setSpacing(2 * SPACE)
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(self._viewer, 1)
        left.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        nest(row, left, 1)
        row.addWidget(rule(column=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(_DETAILS_WIDTH)
        scroll.setWidget(self._details)
        row.addWidget(scroll)
        self._stack.addWidget(sheet)
        self._stack.addWidget(large)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
