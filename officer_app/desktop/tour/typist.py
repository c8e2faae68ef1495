"""Fills a checklist as an officer does: finds the question on the screen, brings the keyboard there, answers.

The typist reads the screen as eyes would (which questions stand there, what they hold) and acts by input events
alone. Enter has mostly led to the right field already; otherwise a click does, or Tab where a click would choose.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from officer_app.desktop.questions.acknowledge import AcknowledgeField
from officer_app.desktop.questions.pictures import PictureField
from officer_app.desktop.questions.places import PlaceField
from officer_app.desktop.questions.question_row import QuestionRow
from officer_app.desktop.questions.repeats import RepeatTable
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.tour.hands import Hands, OutOfReachError
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.sections import SectionList

_INDEX: Final = re.compile(r"\[(\d+)\]")
_MOST_TABS: Final = 200
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class Typist(Hands):
    """An officer at a window that shows a checklist.

    Refs are those of the checklist, `/data/debts/debt[2]/balance`; texts are as they are stored: a choice's name,
    a date as 2026-10-08, a place as "36.19 117.08 0 0". Every step raises OutOfReachError naming the question when
    a person could not have made it, or when the window did not take what was typed.
    """

    def answer(self, ref: str, text: str) -> None:
        """Answer a question and go on with Enter; an empty text takes the answer back."""
        row = self.question(ref)
        if row.field is None or not row.can_be_typed_in:
            raise OutOfReachError(ref, "nothing can be typed there")
        if row.question.value == text:
            return
        self._reach(row)
        self.enter(row.field, text)
        self._must_hold(ref, text)

    def enter(self, field: Field, text: str) -> None:
        """Give an answer in the field that has the keyboard, on whatever screen it stands, and go on with Enter."""
        match field:
            case ChoiceList():
                self._choose(field, text)
            case MultiChoice():
                self._tick(field, set(text.split()))
            case AcknowledgeField():
                self.press(Qt.Key.Key_Space)
            case PictureField():
                raise OutOfReachError(_label(field), "pictures are attached, not typed")
            case ChoiceCombo():
                self._find(field, text)
            case PlaceField():
                self.replace(", ".join(text.split()[:2]))
            case _:
                self.replace(text)
        if text or not isinstance(field, ChoiceList):
            self.go_on()

    def go_on(self) -> None:
        """Enter, as the field that has the keyboard understands it."""
        several_lines = isinstance(QApplication.focusWidget(), QPlainTextEdit)
        self.press(Qt.Key.Key_Return, _CONTROL if several_lines else Qt.KeyboardModifier.NoModifier)

    def add_instance(self, ref: str) -> None:
        """One more row of a list, by its button: Enter where Enter has led to it, else a click."""
        self.go_to(ref)
        repeat = self._repeat(ref)
        if repeat is None:
            raise OutOfReachError(ref, "no such list stands on the page")
        before = repeat.current
        if repeat.add.hasFocus():
            self.press(Qt.Key.Key_Return)
        else:
            self.click(repeat.add)
        self.settle()
        if repeat.current == before:
            raise OutOfReachError(ref, "no row was added")

    def remove_instance(self, ref: str) -> None:
        """Take out the row `/data/debts/debt[2]`, by its button."""
        repeat = self._turned_to(ref)
        if repeat is None:
            raise OutOfReachError(ref, "no such row stands on the page")
        self.click(repeat.remove)
        self.settle()

    def go_to(self, ref: str) -> None:
        """Bring the section and the rows of lists to the screen in which a question stands."""
        self._open_section(ref)
        for found in _INDEX.finditer(ref):
            self._turned_to(ref[: found.end()])

    def question(self, ref: str) -> QuestionRow:
        """The question on the screen, after going there. Errors: OutOfReachError."""
        self.go_to(ref)
        row = self._row(ref)
        if row is None:
            raise OutOfReachError(ref, f"it does not stand on the page of {self.section()}")
        return row

    def section(self) -> str:
        """The section that is open, or nothing."""
        sections = self._sections()
        return sections.current_key() or "" if sections is not None else ""

    # --- getting there ---------------------------------------------------------------------------------------------

    def _open_section(self, ref: str) -> None:
        sections = self._sections()
        if sections is None:
            raise OutOfReachError(ref, "no checklist is open in the window")
        keys = sections.keys()
        wanted = next((key for key in keys if ref == key or ref.startswith(f"{key}/")), None)
        current = sections.current_key()
        if wanted is None or current is None:
            raise OutOfReachError(ref, "no section of the checklist holds it")
        steps = keys.index(wanted) - keys.index(current)
        if steps:
            self.press(Qt.Key.Key_PageDown if steps > 0 else Qt.Key.Key_PageUp, _CONTROL, abs(steps))
            self.settle()
        if sections.current_key() != wanted:
            raise OutOfReachError(ref, f"the keys do not lead to section {wanted}")

    def _turned_to(self, ref: str) -> RepeatTable | None:
        """The list with this row open; None where all rows stand under each other."""
        found = _INDEX.search(ref, ref.rindex("["))
        repeat = self._repeat(ref[: ref.rindex("[")])
        if repeat is None or found is None:
            return None
        steps = int(found[1]) - repeat.current
        if steps:
            self._step_in_table(repeat, steps, ref)
        return repeat

    def _step_in_table(self, repeat: RepeatTable, steps: int, ref: str) -> None:
        table = repeat.table
        if not table.isVisible():
            raise OutOfReachError(ref, f"the list has {repeat.current} rows")
        here = table.visualRect(table.currentIndex()).center()
        self.scroll_to(table)
        self.click(table.viewport(), QPoint(here))
        self.press(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up, times=abs(steps))
        self.settle()

    def _reach(self, row: QuestionRow) -> None:
        """Bring the keyboard to a question."""
        if _has_keyboard(row):
            return
        self.settle()
        editor = _editor(row)
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            self.click(editor)
        else:
            self._walk_to(row)
        if not _has_keyboard(row):
            raise OutOfReachError(row.question.ref, "the keyboard does not come to it")

    def _walk_to(self, row: QuestionRow) -> None:
        """By Tab, towards it: a click on a row of choices would choose."""
        page = self._page()
        for _ in range(_MOST_TABS):
            if page is None or _has_keyboard(row):
                return
            here = self.focused()
            above = page.isAncestorOf(here) and _height(page, here) > _height(page, row)
            self.press(Qt.Key.Key_Backtab if above else Qt.Key.Key_Tab)

    # --- answering -------------------------------------------------------------------------------------------------

    def _choose(self, field: ChoiceList, text: str) -> None:
        """Its digit; the digit of what is chosen takes it back."""
        self._press_digit(field, text or field.value())

    def _find(self, field: ChoiceCombo, text: str) -> None:
        """Type its words; the list that pops up takes the first Enter."""
        found = next((option for option in field.options() if option.key == text), None)
        if text and found is None:
            raise OutOfReachError(_label(field), f"{text!r} is not in its list")
        self.replace(field.speech.say(found.words) if found is not None else "")
        if QApplication.activePopupWidget() is not None:
            alone = field.offered() == (text,)
            self.press(Qt.Key.Key_Return if alone else Qt.Key.Key_Escape)

    def _tick(self, field: MultiChoice, wanted: set[str]) -> None:
        for key in sorted(wanted ^ set(field.value().split())):
            self._press_digit(field, key)

    def _press_digit(self, field: ChoiceList | MultiChoice, key: str) -> None:
        keys = [option.key for option in field.options()]
        if key not in keys:
            raise OutOfReachError(_label(field), f"{key!r} is not among its choices")
        if keys.index(key) >= 9:
            raise OutOfReachError(_label(field), f"{key!r} has no digit")
        self.type_text(str(keys.index(key) + 1))

    def _must_hold(self, ref: str, text: str) -> None:
        row = self._row(ref)
        if row is None:
            return
        held = row.question.value
        if not _same(held, text):
            raise OutOfReachError(ref, f"it was given {text!r} and holds {held!r}. {row.error()}")

    # --- what the eyes see -----------------------------------------------------------------------------------------

    def _sections(self) -> SectionList | None:
        return next((one for one in self.window.findChildren(SectionList) if one.isVisible()), None)

    def _page(self) -> SectionView | None:
        return next((one for one in self.window.findChildren(SectionView) if one.isVisible()), None)

    def _row(self, ref: str) -> QuestionRow | None:
        page = self._page()
        rows = page.rows() if page is not None else []
        return next((row for row in rows if row.question.ref == ref and row.isVisible()), None)

    def _repeat(self, ref: str) -> RepeatTable | None:
        page = self._page()
        repeats = page.findChildren(RepeatTable) if page is not None else []
        return next((one for one in repeats if one.ref == ref and one.isVisible()), None)


def _editor(row: QuestionRow) -> QWidget:
    """The widget that is typed into: where focus given to the row ends."""
    widget: QWidget = row
    while (proxy := widget.focusProxy()) is not None:
        widget = proxy
    return widget


def _has_keyboard(row: QuestionRow) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is row or row.isAncestorOf(focus))


def _height(page: SectionView, widget: QWidget) -> int:
    return widget.mapTo(page.viewport(), QPoint(0, 0)).y()


def _label(field: Field) -> str:
    return (field.focusProxy() or field).accessibleName() or type(field).__name__


def _same(held: str, text: str) -> bool:
    """Whether what is held is what was given: numbers by value, places too, choices whatever their order."""
    if held == text or set(held.split()) == set(text.split()):
        return True
    try:
        return [Decimal(part) for part in held.split()] == [Decimal(part) for part in text.split()]
    except InvalidOperation:
        return False
