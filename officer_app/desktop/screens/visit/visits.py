"""The visits of a case over its checklist: which one is shown, and how a further one begins."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Sayable, message
from officer_app.casework.revisits import Plan, Wish, why_words
from officer_app.casework.visits import Visit
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question, RepeatBlock, Section
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL, HALF, SPACE, set_look
from officer_app.desktop.screens.visit.titled import titled
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_tabs import Tab
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import ElidedText, Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.text_field import LineField

KEYS: Final = "F8"
_WIDEST: Final = 720
_DONE: Final = N_("Visit {number:count}, {on:date}, done")
_OPEN: Final = N_("Visit {number:count}, {on:date}")


class VisitStrip(QWidget):
    """A chip for each visit once there are two: the newest is worked on, those before it can be read.

    `turning()` while what is being typed still belongs to the visit shown, `turned()` when another one is wanted.
    """

    turning = Signal()
    turned = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._past: Visit | None = None
        self._visits: tuple[Visit, ...] = ()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(HALF)
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._told = ElidedText(speech, kind=Kind.HINT, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, HALF, 2 * SPACE, HALF)
        row.setSpacing(2 * SPACE)
        nest(row, self._chips)
        row.addWidget(self._told, 1)
        self.hide()

    @property
    def past(self) -> Visit | None:
        """The earlier visit that is being read, or None while the newest one is worked on."""
        return self._past

    def show_case(self, opened: OpenCase | None) -> None:
        """Another case is open, or another visit of it: begin with the newest."""
        self._past = None
        self._visits = (*opened.visit.earlier, opened.visit) if opened is not None else ()
        clear(self._chips)
        self._buttons = [self._chip(number, visit) for number, visit in enumerate(self._visits, start=1)]
        for chip in self._buttons:
            self._chips.addWidget(chip)
        self.setVisible(len(self._visits) > 1)
        self._tell()

    def session(self, opened: OpenCase) -> FormSession:
        """The checklist that is shown."""
        return self._past.session if self._past is not None else opened.session

    def section(self, opened: OpenCase, ref: str, language: str) -> Section:
        """A section of it; one of an earlier visit can be read and not be changed."""
        section = self.session(opened).section(ref, language)
        return section if self._past is None else _closed(section)

    def show_newest(self) -> None:
        """Back to the visit that is worked on."""
        if self._past is not None:
            self._turn_to(self._visits[-1])

    def _chip(self, number: int, visit: Visit) -> QPushButton:
        newest = visit is self._visits[-1]
        chip = Tab(self)
        chip.setCheckable(True)
        chip.setMinimumHeight(CONTROL)
        set_look(chip, look="tab")
        on = local_date(visit.record.started)
        self._speech.put(chip, message(_OPEN if newest else _DONE, number=number, on=on))
        if why := why_words(visit.record):
            self._speech.tip(chip, message("{things}", things=why))
        chip.setChecked(newest)
        chip.clicked.connect(partial(self._turn_to, visit))
        self._group.addButton(chip)
        return chip

    def _turn_to(self, visit: Visit, _checked: bool = False) -> None:
        past = None if visit is self._visits[-1] else visit
        self._buttons[self._visits.index(visit)].setChecked(True)
        if past is not self._past:
            self.turning.emit()
            self._past = past
            self._tell()
            self.turned.emit()

    def _tell(self) -> None:
        if self._past is not None:
            self._told.set_text(message(N_("To be read only. The newest visit is the one to work in.")))
        elif len(self._visits) > 1:
            self._told.set_text(message(N_("What stays empty here stands as it was told before; pictures are new.")))


class BeginPanel(QWidget):
    """Why a further visit is due, with which checklist and with whom it is made. `begun(Wish)`, `closed()`."""

    begun = Signal(object)
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._plan: Plan | None = None
        self._title = Text(speech, kind=Kind.HEAD, wrap=True, parent=self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._reasons = QVBoxLayout()
        self.checklist = ChoiceList(speech, stacked=True)
        self.second_officer = LineField(speech)
        self.note = LineField(speech, message(N_("What is to be seen or asked again")))
        self._rows = {
            "checklist": FieldRow(speech, self.checklist, self),
            "second_officer": FieldRow(speech, self.second_officer, self),
            "note": FieldRow(speech, self.note, self),
        }
        self.begin = Button(speech, message(N_("Begin this visit")), Look.PRIMARY, keys="Ctrl+Return", parent=self)
        self._name_rows()
        self._arrange()
        self.note.left.connect(self.begin.setFocus)
        self.second_officer.left.connect(self.note.setFocus)
        self.begin.clicked.connect(self._begin)
        self._close.clicked.connect(self.closed)
        for keys, action in (("Esc", self.closed.emit), ("Ctrl+Return", self._begin), ("Ctrl+Enter", self._begin)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.setFocusProxy(self.second_officer)

    def show_plan(self, plan: Plan, checklist: str = "") -> None:
        """Offer the next visit; `checklist` where only that one asks what is still open."""
        self._plan = plan
        self._title.set_text(message(N_("Visit {number:count}: begin it here"), number=plan.number))
        clear(self._reasons)
        for reason in plan.reasons:
            self._add_reason(reason.words, Kind.BODY)
        only = next((one for one in plan.checklists if one.name == checklist), None)
        if only is not None:
            words = N_("What is still open is asked by the checklist “{title}” alone. What was told stays as it is.")
            self._add_reason(message(words, title=only.title), Kind.BODY)
        elif not plan.reasons:
            nobody = message(N_("Neither lane nor path of approval asks for it. Say below why you go there again."))
            self._add_reason(nobody, Kind.MUTED)
        self.checklist.show_options(tuple(Option(one.name, one.title) for one in plan.checklists))
        first = plan.checklists[0].name if plan.checklists else ""
        self.checklist.turn_to(only.name if only is not None else first)
        self._rows["checklist"].setVisible(len(plan.checklists) > 1)
        for field in (self.second_officer, self.note):
            field.turn_to("")
        self._rows["note"].show_error(None)

    def _add_reason(self, words: Sayable, kind: Kind) -> None:
        self._reasons.addWidget(Text(self._speech, words, kind, wrap=True, parent=self))

    def _begin(self) -> None:
        plan = self._plan
        for field in (self.second_officer, self.note):
            field.finish()
        if plan is None:
            return
        if not plan.reasons and not self.note.value().strip():
            self._rows["note"].show_error(message(N_("Say in a few words why: the memo names it.")))
            self.note.setFocus()
            return
        self.begun.emit(Wish(self.checklist.value(), self.second_officer.value(), self.note.value()))

    def _name_rows(self) -> None:
        self._rows["checklist"].show_words(message(N_("Checklist")))
        with_whom = message(N_("With whom")), message(N_("The second officer, where two have to go"))
        self._rows["second_officer"].show_words(*with_whom)
        self._rows["note"].show_words(message(N_("Why you go again")))

    def _arrange(self) -> None:
        inner = titled(self, self._title, self._close)
        self._reasons.setSpacing(HALF)
        nest(inner, self._reasons)
        for row in self._rows.values():
            row.setMaximumWidth(_WIDEST)
            inner.addWidget(row)
        blank = message(
            N_(
                "It begins blank: what is asked again must be answered again. "
                "The visit before it ends and can only be read from then on."
            )
        )
        inner.addWidget(Text(self._speech, blank, Kind.MUTED, wrap=True, parent=self))
        inner.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)


def _closed(section: Section) -> Section:
    return replace(section, items=tuple(_closed_item(item) for item in section.items))


def _closed_item(item: Item) -> Item:
    if isinstance(item, Block):
        return replace(item, questions=tuple(_read_only(question) for question in item.questions))
    return _closed_list(item)


def _closed_list(block: RepeatBlock) -> RepeatBlock:
    instances = tuple(replace(one, items=tuple(_closed_item(item) for item in one.items)) for one in block.instances)
    return replace(block, fixed=True, instances=instances)


def _read_only(question: Question) -> Question:
    return replace(question, readonly=True, required=False, violation=None)
