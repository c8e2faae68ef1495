"""Papers and watermarks read in the picture that is shown: suggestions, taken one by one, each on a key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.kept_readings import OnPaper
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.readings import (
    OWNERS,
    PAPERS,
    Owner,
    Reading,
    Standing,
    Suggestion,
    opened_by,
    owners_asked,
    read_texts,
    suggestions,
)
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.photos.reading_rows import BACK, REPLACE, TAKE, Act, ReadingRow, Shown, crop_of
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.states import State
from officer_app.evidence.reading.papers import PaperKind
from officer_app.evidence.reading.watermark import Watermark
from officer_app.evidence.verdicts import FindingCode, Verdict

_WATERMARK: Final = "watermark"
_READING: Final = message(N_("Reading the picture …"))
_NONE: Final = message(
    N_("Cannot tell: no identity card, no business licence and no watermark was read in this picture.")
)
_FOUND: Final = message(N_("Nothing is filled in until you press its key; look at each piece of the picture first."))
_HOW: Final = message(N_("↑ ↓ go from row to row. What was cut away or blurred is not read."))
_STATES: Final = {
    Standing.FREE: (State.NEUTRAL, message(N_("Not answered yet"))),
    Standing.SAME: (State.PASSED, message(N_("Matches"))),
    Standing.DIFFERS: (State.LOOK, message(N_("Does not match"))),
    Standing.MAY_DIFFER: (State.CANNOT_TELL, message(N_("Differs, and may"))),
    Standing.CLOSED: (State.NEUTRAL, message(N_("In a closed part"))),
    Standing.FITS: (State.PASSED, message(N_("Fits the number"))),
    Standing.UNASKED: (State.NEUTRAL, message(N_("Not asked here"))),
    Standing.KEPT: (State.NEUTRAL, message(N_("Not confirmed yet"))),
    Standing.WRONG: (State.STOP, message(N_("Does not hold"))),
}
_CONFIRMED: Final = message(N_("Confirmed"))
_KEPT: Final = message(N_("Does not match: kept"))
_SETTLED: Final = frozenset({Standing.SAME, Standing.KEPT})
_TAKE_BACK: Final = Act(BACK, message(N_("Take back")))
_TAKE_PAPERS: Final = Act(REPLACE, message(N_("Take what the paper says")))
_ACTS: Final[dict[Standing, tuple[Act, ...]]] = {
    Standing.FREE: (Act(TAKE, message(N_("Take it"))),),
    Standing.DIFFERS: (Act(TAKE, message(N_("Keep the difference"))), _TAKE_PAPERS),
    Standing.MAY_DIFFER: (_TAKE_PAPERS,),
    Standing.KEPT: (Act(TAKE, message(N_("It says so"))),),
}
_WORST: Final = {
    Verdict.STOP: (State.STOP, message(N_("Does not match"))),
    Verdict.LOOK_CLOSER: (State.LOOK, message(N_("Does not match"))),
    Verdict.CANNOT_TELL: (State.CANNOT_TELL, message(N_("Cannot tell"))),
    Verdict.PASS: (State.PASSED, message(N_("Matches"))),
}
_OF_WATERMARK: Final = frozenset({FindingCode.WATERMARK_TIME, FindingCode.WATERMARK_PLACE})


class ReadingSheet(QWidget):
    """In place of the picture while it is read. Esc stops the reading, then goes back: `closed()`."""

    closed = Signal()

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._opened: OpenCase | None = None
        self._photo: JudgedPhoto | None = None
        self._reading: Reading | None = None
        self._picture = QImage()
        self._suggested: dict[str, Suggestion] = {}
        self._job: Job | None = None
        speech = work.speech
        self.title = Text(speech, kind=Kind.HEAD, wrap=True, parent=self)
        self.back = Button(speech, message(N_("Back to the picture")), keys="Esc", parent=self)
        self.told = Text(speech, kind=Kind.BODY, wrap=True, parent=self)
        self.whose_title = Text(speech, message(N_("Whose card is it?")), Kind.HINT, parent=self)
        self.whose = ChoiceList(speech, parent=self)
        self.progress = ProgressStrip(speech, delay_ms=0, parent=self)
        self.rows: list[ReadingRow] = []
        self._place = 0
        self._page = Page(self)
        self._column = self._page.body
        self._arrange()
        self.back.clicked.connect(self.shut)
        self.progress.cancelled.connect(self.shut)
        self.whose.committed.connect(lambda _owner: self._show_rows())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read_photo(self, opened: OpenCase, photo: JudgedPhoto) -> None:
        """Read this picture beside the window, and show what was found."""
        self._stop()
        if self._opened is not opened:
            opened.findings_changed.connect(self._again)
            opened.answered.connect(lambda _changes: self._again())
        self._opened, self._photo, self._reading = opened, photo, None
        desk, record = self._work.desk, photo.record
        self.title.set_text(Verbatim(record.file_name))
        self.told.set_text(None)
        self._clear()
        self.progress.start(_READING)
        self._job = self._work.run(
            lambda _progress, cancelled: read_texts(desk, record, cancelled),
            self._read,
            failed=self._failed,
            owner=self,
            lane=Lane.FREE,
        )

    @property
    def is_reading(self) -> bool:
        """Whether it is under way."""
        return self._job is not None and self._reading is None and not self.progress.isHidden()

    def shut(self) -> None:
        """Stop what is under way, and go back to the picture."""
        self._stop()
        self._photo = None
        self.closed.emit()

    def leave(self) -> None:
        """Another case is open: forget what was read."""
        self._stop()
        self._photo = self._reading = None
        self._clear()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self.progress.finish()

    def _failed(self, fault: Fault) -> None:
        self.progress.finish()
        if fault.code is not Code.CANCELLED:
            self.told.set_text(message("{told} {remedy}", told=fault.sentence, remedy=fault.remedy))
            self.setFocus()

    def _read(self, reading: Reading) -> None:
        self.progress.finish()
        if self._photo is None or self._opened is None or reading.photo != self._photo.record.id:
            return
        self._reading = reading
        self._picture = QImage.fromData(reading.picture)
        owners = owners_asked(self._opened.session)
        self.whose.show_options([Option(owner.value, OWNERS[owner]) for owner in owners])
        self.whose.turn_to(owners[0].value)
        front = any(paper.kind is PaperKind.ID_FRONT for paper in reading.papers)
        for part in (self.whose, self.whose_title):
            part.setVisible(front and len(owners) > 1)
        self.told.set_text(_NONE if reading.is_empty else _FOUND)
        if not reading.is_empty:
            self.title.set_text(_what(reading))
        self._place = 0
        self.setFocus()
        self._show_rows()

    # --- rows ------------------------------------------------------------------------------------------------------

    def _again(self) -> None:
        """An answer or what was kept became another; the keyboard stays in its row."""
        if self._photo is not None and self._reading is not None and self._opened is self._work.open_case:
            self._show_rows()

    def _show_rows(self) -> None:
        opened, photo, reading = self._opened, self._photo, self._reading
        if opened is None or photo is None or reading is None:
            return
        now = next((one for one in opened.findings.photos if one.record.id == photo.record.id), photo)
        on = local_date(opened.visit.record.started)
        owner, kept = Owner(self.whose.value() or Owner.BORROWER.value), now.readings
        found = suggestions(opened.session, reading, owner, on, self._work.speech.language, kept)
        self._suggested = {f"{place}": one for place, one in enumerate(found)}
        shown = [self._of_paper(key, one) for key, one in self._suggested.items()]
        if reading.watermark is not None:
            shown.append(self._of_watermark(reading.watermark, now))
        self._fill(shown)

    def _fill(self, shown: list[Shown]) -> None:
        """Make the rows anew where something changed; the keyboard stays in its row, or where it was elsewhere."""
        if [row.shown for row in self.rows] == shown:
            return
        elsewhere, place = self.whose.isAncestorOf(QApplication.focusWidget() or self), self._place
        self._clear()
        for one in shown:
            row = ReadingRow(self._work.speech, one, self._page)
            row.acted.connect(self._act)
            row.stepped.connect(self._step)
            row.entered.connect(self._entered)
            self._column.addWidget(row)
            row.show()
            self.rows.append(row)
        self._column.addStretch(1)
        if not elsewhere:
            self._stand_on(place)

    def _stand_on(self, place: int) -> None:
        if self.rows and self.isVisible():
            self.rows[min(max(place, 0), len(self.rows) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, by: int) -> None:
        self._stand_on(self._place + by)

    def _entered(self, key: str) -> None:
        self._place = next((place for place, row in enumerate(self.rows) if row.shown.key == key), self._place)

    def _clear(self) -> None:
        self.rows = []
        clear(self._column)

    def _of_paper(self, key: str, one: Suggestion) -> Shown:
        state, word = _STATES[one.standing]
        if one.confirmed and one.standing is Standing.DIFFERS:
            word = _KEPT
        elif one.confirmed and one.standing in _SETTLED:
            state, word = State.PASSED, _CONFIRMED
        said = message(N_("In the checklist: {said}"), said=one.said) if one.said is not None else None
        if one.opening is not None:
            said = message(N_("Asked once this is answered: {question}"), question=one.opening.question)
        acts = tuple(self._acts(one)) if self._may() else ()
        crop = crop_of(self._picture, one.lines, one.quarters)
        return Shown(key, one.label, (one.shown,), crop, state, word, said, one.problem, acts)

    def _acts(self, one: Suggestion) -> Iterator[Act]:
        opened = self._opened
        if one.standing is Standing.CLOSED and one.opening is not None and opened is not None:
            if opened_by(opened.session, one.opening) is not None:
                words = N_("Open “{choice}”")
                yield Act(TAKE, message(words, choice=one.opening.choice or one.opening.question))
            return
        for act in _ACTS.get(one.standing, ()):
            if not (one.confirmed and act.keys == TAKE):
                yield act
        if one.confirmed:
            yield _TAKE_BACK

    def _of_watermark(self, told: Watermark, photo: JudgedPhoto) -> Shown:
        found = [one for one in photo.findings if one.code in _OF_WATERMARK]
        kept = photo.readings.watermark is not None
        state, word = (State.NEUTRAL, message(N_("Not confirmed yet")))
        if kept and found:
            order = list(_WORST)
            state, word = _WORST[min((one.verdict for one in found), key=order.index)]
        act = _TAKE_BACK if kept else Act(TAKE, message(N_("It says so")))
        said = message(N_("Once confirmed, it is compared with the visit, the picture's tags and the premises."))
        judged = _joined([one.sentence for one in found]) if kept and found else said
        return Shown(
            _WATERMARK,
            message(N_("Watermark of a camera app")),
            tuple(_claims(told)),
            crop_of(self._picture, told.lines, 0),
            state,
            word,
            judged,
            None,
            (act,) if self._may() else (),
        )

    def _may(self) -> bool:
        return self._opened is not None and may_change(self._opened)

    # --- acts ------------------------------------------------------------------------------------------------------

    def _act(self, key: str, keys: str) -> None:
        opened, photo, reading = self._opened, self._photo, self._reading
        if opened is None or photo is None or reading is None:
            return
        identity = photo.record.id
        if key == _WATERMARK:
            if keys == BACK:
                opened.let_go_reading(identity)
            elif reading.watermark is not None:
                opened.keep_watermark(identity, reading.watermark)
            return
        one = self._suggested[key]
        if keys == BACK:
            opened.let_go_reading(identity, one.fact)
        elif one.standing is Standing.CLOSED:
            self._open_part(opened, one)
        else:
            if keys == REPLACE or one.standing is Standing.FREE:
                opened.answer(one.ref, one.value)
            opened.keep_paper(identity, OnPaper(one.fact, one.value))

    def _open_part(self, opened: OpenCase, one: Suggestion) -> None:
        answer = opened_by(opened.session, one.opening) if one.opening is not None else None
        if one.opening is not None and answer is not None:
            opened.answer(one.opening.ref, answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._stand_on(self._place)
        else:
            super().keyPressEvent(event)

    # --- building --------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        speech = self._work.speech
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        whose = QHBoxLayout()
        whose.setSpacing(SPACE)
        whose.addWidget(self.whose_title)
        whose.addWidget(self.whose, 1)
        self._column.setContentsMargins(0, 0, SPACE, 0)
        self._column.setSpacing(SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        nest(column, head)
        column.addWidget(self.progress)
        column.addWidget(self.told)
        nest(column, whose)
        column.addWidget(self._page, 1)
        column.addWidget(Text(speech, _HOW, Kind.HINT, wrap=True, parent=self))


def _what(reading: Reading) -> Sayable:
    found = [PAPERS[paper.kind] for paper in reading.papers]
    if reading.watermark is not None:
        found.append(message(N_("watermark of a camera app")))
    return _joined(found)


def _joined(some: list[Sayable]) -> Sayable:
    told = some[0]
    for one in some[1:]:
        told = message(N_("{one}; {other}"), one=told, other=one)
    return told


def _claims(told: Watermark) -> Iterator[Sayable]:
    if told.day is not None:
        hour = f" {told.hour:%H:%M}" if told.hour is not None else ""
        yield Verbatim(f"{told.day.isoformat()}{hour}")
    elif told.hour is not None:
        yield Verbatim(f"{told.hour:%H:%M}")
    if told.lat is not None and told.lon is not None:
        yield Verbatim(f"{told.lat:f}, {told.lon:f}")
    if told.place:
        yield Verbatim(told.place)
