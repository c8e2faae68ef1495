"""Pictures of the open case: taken in from everywhere, filed to their shots, looked at, held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.ids import PhotoId
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework import codes, shots
from officer_app.casework.comparing import Opposite, lay, opposite, time_line
from officer_app.casework.photos import JudgedPhoto, thumbnail, view
from officer_app.credit.photolimits import code_rule
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, ToRead, Workplace
from officer_app.desktop.screens.photos import cards, sheetpage
from officer_app.desktop.screens.photos.codecard import CodeCard
from officer_app.desktop.screens.photos.compare import CompareSheet
from officer_app.desktop.screens.photos.details import COMPARED, PhotoDetails
from officer_app.desktop.screens.photos.frames import STATES, sheet_of, tray_of
from officer_app.desktop.screens.photos.importing import Coming, Importer
from officer_app.desktop.screens.photos.links import links_of
from officer_app.desktop.screens.photos.places import Places
from officer_app.desktop.screens.photos.reading import ReadingSheet
from officer_app.desktop.screens.photos.retouch import Retouch
from officer_app.desktop.screens.photos.sheetpage import SheetPage
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.labels import rule
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.evidence.findings import Verdict
from officer_app.evidence.kinds import FILE_PATTERNS
from officer_app.evidence.sources import Source
from officer_app.evidence.visitcode import code_of

if TYPE_CHECKING:
    from officer_app.desktop.screens.photos.phone import PhoneSheet
    from officer_app.desktop.screens.photos.webcam import CameraSheet

_DETAILS_WIDTH: Final = 344  # a picture's own name fits in without a break
_SHEET, _LARGE, _COMPARE, _PLACES = range(4)
_BEFORE_VISIT: Final = timedelta(hours=1)  # a camera's clock lags, and the street is taken before one sits down
_LEFT: Final = "photos:left"
_NO_CARD: Final = N_(
    "No camera or card is plugged in. Connect the phone by cable and allow the transfer of pictures."
)


class PhotosScreen(Screen):
    """One picture dropped goes to the marked empty frame; several, or from elsewhere, wait in the tray."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._pictures: dict[str, QImage] = {}
        self._frames: tuple[shots.Frame, ...] = ()
        self._shown = ""
        self._looking: Job | None = None
        self._phone: PhoneSheet | None = None
        self._webcam: CameraSheet | None = None
        self.card: CodeCard | None = None
        speech = work.speech
        self._tabs = CaseTabs(speech)
        self.page = SheetPage(speech)
        self.importer = Importer(work)
        self._viewer = PhotoViewer(speech)
        self._details = PhotoDetails(speech)
        self.compare = CompareSheet(speech)
        self.places = Places(work)
        self._add = Button(speech, message(N_("Add pictures")), Look.PRIMARY, icon=Icon.CAMERA, keys="Ctrl+O")
        self._back = Button(speech, message(N_("Back to the sheet")), keys="Esc")
        self.retouch = Retouch(work, self._viewer, self._back)
        self.reading = ReadingSheet(work)
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
        opened = self._work.open_case
        if opened is not None:
            opened.search_pictures()
        if isinstance(what, str) and what in self.page.sheet.keys() and self._photo(what) is None:  # noqa: SIM118
            self._close_viewer()
            self.page.sheet.turn_to(what)
            self.page.sheet.setFocus()
        elif isinstance(what, ToRead):
            self._open(what.photo)
            self._read()
        elif isinstance(what, str) and what:
            self._open(what)
        else:
            self._close_viewer()

    # --- the sheet -----------------------------------------------------------------------------------------------

    def _attached_to_case(self) -> None:
        opened = self._work.open_case
        self._pictures.clear()
        self.reading.leave()
        self._shown = ""
        self._close_sources()
        self.importer.forget()
        if opened is not None:
            opened.findings_changed.connect(self._show_frames)
            opened.notes_changed.connect(self._show_frames)

    def _show_frames(self) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        findings = opened.findings
        self._frames = shots.frames(opened.visit, findings)
        if self._phone is not None:
            self._phone.offer_frames(self._frames)
        loose = [
            photo
            for photo in shots.loose(findings, self._frames)
            if photo.record.visit in (opened.visit.record.id, None)
        ]
        self.page.show_all(
            sheet_of(self._frames, findings.photos, self._thumb), tray_of(loose, self._thumb), self._summary()
        )
        self.page.show_reasons({frame.ref: frame.reason for frame in self._frames if not frame.photos})
        every = codes.by_place(findings.photos, code_rule(findings.assessment.policy))
        places = [one for one in every if one.visit == opened.visit.record.id]
        self.page.show_codes(tuple(Chip(STATES[one.verdict], one.sentence) for one in places))

    def _summary(self) -> Message:
        photos = self._work.open_case.findings.photos if self._work.open_case is not None else ()
        wanted = sum(1 for frame in self._frames if frame.lacking)
        doubtful = sum(1 for photo in photos if photo.verdict in (Verdict.LOOK_CLOSER, Verdict.STOP))
        words = N_(
            "{have:count} pictures, {wanted:count} required shots missing, {doubtful:count} to look at. "
            "Drop files here: one goes to the marked frame, several wait to be filed."
        )
        return message(words, have=len(photos), wanted=wanted, doubtful=doubtful)

    def _thumb(self, photo: JudgedPhoto) -> QImage:
        key = str(photo.record.thumb or photo.record.original)  # another one once something was laid over it
        if key not in self._pictures:
            self._pictures[key] = QImage.fromData(thumbnail(self._work.desk, photo.record))
        return self._pictures[key]

    # --- filing --------------------------------------------------------------------------------------------------

    def _file(self, photo: str, key: str) -> None:
        opened, judged = self._work.open_case, self._photo(photo)
        frame = next((frame for frame in self._frames if frame.ref == key), None)
        if opened is not None and judged is not None and frame is not None:
            opened.put_photo(judged.record, *shots.filed_as(frame))

    def _unfile(self, key: str) -> None:
        opened, judged = self._work.open_case, self._photo(key)
        if opened is not None and judged is not None:
            opened.put_photo(judged.record, "", "")
            self._close_viewer()

    def _reason(self, ref: str, words: str) -> None:
        if self._work.open_case is not None:
            self._work.open_case.note(ref, words, not_seen=True)

    # --- taking in -------------------------------------------------------------------------------------------------

    def _dropped(self, paths: list[Path]) -> None:
        """One file goes to the marked empty frame, or the next one; several and folders wait in the tray."""
        if len(paths) == 1 and paths[0].is_file():
            self._take_one(paths[0], Source.DROP)
            return
        for folder in (path for path in paths if path.is_dir()):
            self._take_folder(folder, Source.DROP)
        self.importer.take(Coming(path.name, Source.DROP, path) for path in paths if not path.is_dir())

    def _take_one(self, file: Path, source: Source) -> None:
        empty = [frame for frame in self._frames if not frame.photos]
        marked = self.page.sheet.current_key()
        empty.sort(key=lambda frame: frame.ref != marked)
        ref, shot = shots.filed_as(empty[0] if empty else None)
        self.importer.take((Coming(file.name, source, file, ref=ref, shot=shot),))

    def _take_folder(self, folder: Path, source: Source, *, of_visit: bool = False) -> None:
        opened = self._work.open_case
        since = opened.visit.record.started - _BEFORE_VISIT if opened is not None and of_visit else None
        self._work.run(
            lambda _progress, cancelled: cards.pictures_in(folder, since, cancelled),
            lambda found: self._offer(found, source),
            owner=self,
            lane=Lane.FREE,
        )

    def _offer(self, found: Iterable[Path], source: Source) -> None:
        files = tuple(found)
        if not files:
            self.told.emit(News("photos:none", State.INFO, message(N_("There are no pictures of this visit there."))))
            return
        self.importer.take(Coming(file.name, source, file) for file in files)
        self.page.begin()

    def _way(self, which: str) -> None:
        match which:
            case sheetpage.FOLDER:
                folder = choose_folder(self, self._work.speech, message(N_("Folder with the pictures")))
                if folder is not None:
                    self._take_folder(folder, Source.FOLDER)
            case sheetpage.CARD:
                self._take_card()
            case sheetpage.PASTE:
                self._paste()
            case sheetpage.CAMERA:
                self._open_webcam()
            case sheetpage.PHONE:
                self._open_phone()
            case sheetpage.CODE:
                self._show_code()
            case sheetpage.PLACES:
                self.places.open()

    def _take_card(self) -> None:
        """Every card and camera that is plugged in: what was taken since the visit began."""
        self._work.run(
            lambda _progress, _cancelled: cards.cards(cards.mounted()), self._found_cards, owner=self, lane=Lane.FREE
        )

    def _found_cards(self, found: tuple[cards.Card, ...]) -> None:
        if not found:
            words = N_(
                "No camera or card is plugged in. Connect the phone by cable and allow the transfer of pictures."
            )
            self.told.emit(News("photos:none", State.INFO, message(words)))
            return
        self.taken_back.emit("photos:none")
        for card in found:
            self._take_folder(card.folder, Source.CARD, of_visit=True)

    def _paste(self) -> None:
        """Files that were copied, or a picture that was."""
        mime = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []
        if files:
            self.importer.take(Coming(file.name, Source.CLIPBOARD, file) for file in files if file.is_file())
        elif mime.hasImage():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QGuiApplication.clipboard().image().save(buffer, "PNG")  # type: ignore[call-overload]  # as in webcam
            name = f"clipboard_{self._work.desk.clock.now():%H%M%S}.png"
            self.importer.take((Coming(name, Source.CLIPBOARD, data=bytes(buffer.data().data())),))
        else:
            self.told.emit(News("photos:none", State.INFO, message(N_("Nothing that was copied is a picture."))))

    def _choose(self) -> None:
        speech = self._work.speech
        title, kinds = speech.say(message(N_("Choose pictures"))), speech.say(message(N_("Pictures")))
        names, _ = QFileDialog.getOpenFileNames(self, title, "", f"{kinds} ({FILE_PATTERNS})")
        if len(names) == 1:
            self._take_one(Path(names[0]), Source.FILE)
        else:
            self.importer.take(Coming(Path(name).name, Source.FILE, Path(name)) for name in names)

    def _tell_progress(self, done: int, total: int) -> None:
        if total > 1:
            self.page.progress.start(message(N_("Taking pictures in")))
            self.page.progress.tick(done, total)

    def _all_in(self) -> None:
        self.page.progress.finish()
        self.taken_back.emit(_LEFT)

    def _stopped(self, left: int) -> None:
        self.page.progress.finish()
        words = message(N_("Stopped: {left:count} pictures are not taken in yet."), left=left)
        self.told.emit(News(_LEFT, State.LOOK, words, action=message(N_("Go on"))))

    # --- live sources ----------------------------------------------------------------------------------------------

    def _open_phone(self) -> None:
        from officer_app.desktop.screens.photos.phone import PhoneSheet

        if self._phone is None:
            self._phone = PhoneSheet(self._work)
            self._phone.came.connect(lambda coming: self.importer.take((coming,)))
            self._phone.closed.connect(self._close_viewer)
            self._stack.addWidget(self._phone)
        self._stack.setCurrentWidget(self._phone)
        self._phone.setFocus()
        self._phone.offer_frames(self._frames)
        self._phone.open_page()

    def _open_webcam(self) -> None:
        from officer_app.desktop.screens.photos.webcam import CameraSheet

        if self._webcam is None:
            self._webcam = CameraSheet(self._work.speech)
            self._webcam.taken.connect(self._snapped)
            self._webcam.closed.connect(self._close_viewer)
            self._stack.addWidget(self._webcam)
        self._stack.setCurrentWidget(self._webcam)
        self._webcam.setFocus()
        self._webcam.open_camera()

    def _snapped(self, data: bytes) -> None:
        name = f"camera_{self._work.desk.clock.now():%H%M%S}.jpg"
        self.importer.take((Coming(name, Source.CAMERA, data=data),))

    def _close_sources(self) -> None:
        """The visit is another: nothing live may go on."""
        if self._phone is not None:
            self._phone.shut(quietly=True)
        if self._webcam is not None:
            self._webcam.shut()

    def _show_code(self) -> None:
        opened = self._work.open_case
        if opened is None or self.card is not None:
            return
        self.card = CodeCard(self._work.speech, code_of(opened.visit.record.id))
        self.card.closed.connect(self._code_away)
        self.card.showFullScreen()

    def _code_away(self) -> None:
        self.card = None

    # --- one picture ---------------------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        photo = self._photo(key)
        opened = self._work.open_case
        if photo is None or opened is None:
            return
        self._show_large(opened, photo)
        self._stack.setCurrentIndex(_LARGE)
        self._viewer.setFocus()

    def _show_large(self, opened: OpenCase, photo: JudgedPhoto) -> None:
        self._shown = str(photo.record.id)
        title = next((frame.label for frame in self._frames if photo.record.id in frame.photos), None)
        tags = tuple(
            Chip(STATES[finding.verdict], finding.sentence)
            for finding in photo.findings
            if finding.verdict in (Verdict.STOP, Verdict.LOOK_CLOSER)
        )
        picture = QImage.fromData(view(self._work.desk, photo.record))
        self._viewer.show_photo(picture, title or Verbatim(photo.record.file_name), tags)
        self._details.show_photo(photo, links_of(opened, photo, self._frames), editable=may_change(opened))
        self.retouch.show_photo(opened, photo.record)

    def _relaid(self, photo: str) -> None:
        """What is shown of a picture became another; the keyboard stays where it is."""
        judged, opened = self._photo(photo), self._work.open_case
        if photo == self._shown and judged is not None and opened is not None:
            self._show_large(opened, judged)

    def _photo(self, key: str) -> JudgedPhoto | None:
        opened = self._work.open_case
        if opened is None:
            return None
        frame = next((frame for frame in self._frames if frame.ref == key), None)
        wanted = str(frame.photos[0]) if frame is not None and frame.photos else key
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
        self.retouch.leave()
        self._stack.setCurrentIndex(_SHEET)
        self.page.begin()

    # --- two pictures ----------------------------------------------------------------------------------------------

    def _compare_first(self) -> None:
        photo = self._photo(self._shown)
        if photo is not None:
            other = next(
                (one.other_photo for one in photo.findings if one.code in COMPARED and one.other_photo), None
            )
            if other is not None:
                self._compare(other)

    def _compare(self, other: str) -> None:
        photo, desk = self._photo(self._shown), self._work.desk
        if photo is None:
            return
        record = photo.record
        self._work.run(
            lambda _progress, _cancelled: opposite(desk, record.id, PhotoId(other)),
            lambda found: self._show_pair(photo, found),
            owner=self,
        )

    def _show_pair(self, photo: JudgedPhoto, found: Opposite) -> None:
        desk, record, theirs = self._work.desk, photo.record, found.record
        first = QImage.fromData(view(desk, record))
        ours = Verbatim(record.file_name)
        if theirs is None:
            self.compare.show_pair(first, None, (ours, message(N_("Another officer's case"))), ())
        else:
            where = message(N_("{file} · this case")) if found.same_case else message(N_("{file} · {case}"))
            title = message(where.text, file=theirs.file_name, case=found.case)
            second = QImage.fromData(view(desk, theirs))
            self.compare.show_pair(first, second, (ours, title), time_line(record, theirs))
            self._looking = self._work.run(
                lambda _progress, cancelled: lay(desk, record, theirs, cancelled),
                self.compare.show_laid,
                owner=self,
                lane=Lane.FREE,
            )
        self._stack.setCurrentIndex(_COMPARE)
        self.compare.setFocus()

    # --- the map -------------------------------------------------------------------------------------------------

    def _show_places(self) -> None:
        self._stack.setCurrentIndex(_PLACES)
        self.places.sheet.begin()

    def _open_from_map(self, photo: str) -> None:
        """A picture of this case, large; one of another case is looked at where that case is open."""
        if self._photo(photo) is not None:
            self._open(photo)
            return
        words = message(N_("That picture is in another case: open the case to look at it."))
        self.told.emit(News("photos:none", State.INFO, words))

    def _leave_compare(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._stack.setCurrentIndex(_LARGE)
        self._viewer.setFocus()

    # --- texts in a picture ----------------------------------------------------------------------------------------

    def _read(self) -> None:
        photo, opened = self._photo(self._shown), self._work.open_case
        if photo is not None and opened is not None and not self.retouch.is_marking:
            self._stack.setCurrentWidget(self.reading)
            self.reading.setFocus()
            self.reading.read_photo(opened, photo)

    def _leave_reading(self) -> None:
        """Back to the picture, whose findings may be others by now."""
        photo, opened = self._photo(self._shown), self._work.open_case
        if photo is None or opened is None:
            self._close_viewer()
            return
        self._show_large(opened, photo)
        self._stack.setCurrentIndex(_LARGE)
        self._viewer.setFocus()

    # --- building ------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._work.case_opened.connect(self._attached_to_case)
        self._tabs.chosen.connect(lambda key: self.go.emit(key, None))
        for sheet in (self.page.sheet, self.page.tray):
            sheet.opened.connect(self._open)
            sheet.wanted.connect(lambda _key: self._choose())
            sheet.dropped.connect(self._dropped)
        self.page.way.connect(self._way)
        self.page.filed.connect(self._file)
        self.page.put_back.connect(self._unfile)
        self.page.reason.connect(self._reason)
        self.page.progress.cancelled.connect(self.importer.stop)
        self.importer.moved.connect(self._tell_progress)
        self.importer.over.connect(self._all_in)
        self.importer.stopped.connect(self._stopped)
        self.importer.refused.connect(self._refused)
        self._viewer.closed.connect(self._close_viewer)
        self._viewer.turned.connect(self._turn)
        self._details.withdrawn.connect(self._withdraw)
        self._details.unfiled.connect(lambda: self._unfile(self._shown))
        self._details.compare.connect(self._compare)
        self._details.leads.connect(self.go)
        self._details.read_wanted.connect(self._read)
        self.reading.closed.connect(self._leave_reading)
        self.compare.closed.connect(self._leave_compare)
        self.places.shown.connect(self._show_places)
        self.places.sheet.closed.connect(self._close_viewer)
        self.places.sheet.opened.connect(self._open_from_map)
        self._back.clicked.connect(self._close_viewer)
        self.retouch.changed.connect(self._relaid)
        self.retouch.refused.connect(self._refused)
        self._add.clicked.connect(self._choose)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose)
        QShortcut(QKeySequence("C"), self._viewer, context=Qt.ShortcutContext.WidgetShortcut).activated.connect(
            self._compare_first
        )
        QShortcut(QKeySequence("T"), self._viewer, context=Qt.ShortcutContext.WidgetShortcut).activated.connect(
            self._read
        )
        for key, _words, _icon, keys in sheetpage.WAYS:
            QShortcut(QKeySequence(keys), self).activated.connect(lambda key=key: self._way(key))
        self._attached_to_case()

    def _refused(self, fault: Fault) -> None:
        self.faulted.emit(fault)

    def acted(self, key: str) -> None:
        """The button of a banner was pressed."""
        if key == _LEFT:
            self.taken_back.emit(_LEFT)
            self.importer.go_on()

    def _arrange(self) -> None:
        large = QWidget()
        row = QHBoxLayout(large)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 0, 2 * SPACE)
        row.setSpacing(2 * SPACE)
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(self._viewer, 1)
        left.addWidget(self.retouch)
        nest(row, left, 1)
        row.addWidget(rule(column=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(_DETAILS_WIDTH)
        scroll.setWidget(self._details)
        row.addWidget(scroll)
        for page in (self.page, large, self.compare, self.places.sheet, self.reading):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
