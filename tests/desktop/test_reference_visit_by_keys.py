"""The reference visit, typed by keys alone: no mouse, and hardly a key more than its facts have signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from officer_app.casework import visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.checklists.view import Question, QuestionType
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.question_row import QuestionRow
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.tour.hands import Hands
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.sections import SectionList
from officer_app.training.institution import Demo
from officer_app.training.seeding import UNBOUND
from officer_app.training.visit_steps import AddRepeat, SetAnswer, Step, visit_steps
from officer_app.training.worked_cases import read_worked_case
from officer_app.trust.certificates import Role
from tests.desktop.test_cases_through_the_window import at_the_window
from tests.support.demo import HandClock, desk_of
from tests.support.keystrokes import text_keys
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_NUMBERS: Final = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL})
_CHOICES: Final = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.ACKNOWLEDGE})
_MOUSE: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel})


class NoMouse(QObject):
    """Counts what a mouse would send."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  Qt's signature
        self.seen += event.type() in _MOUSE and event.spontaneous()
        return False


def as_written(question: Question, text: str) -> str:
    """A fact as briefly as anybody writes it down: 50000 for 50000.00, one sign for a choice, 202508 for a month."""
    if question.type in _CHOICES:
        return "x" * len(text.split())
    if question.type in _NUMBERS:
        return f"{Decimal(text).normalize():f}"
    if question.type is QuestionType.DATE:
        return text.replace("-", "")[:6] if "month-year" in question.appearance else text.replace("-", "")
    if question.type is QuestionType.GEOPOINT:
        return ", ".join(f"{Decimal(part).normalize():f}" for part in text.split()[:2])
    return text


class KeysAlone(Hands):
    """An officer who never touches the mouse: reads where the keyboard is, and takes the shortest way on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.spent: dict[str, int] = {}

    def answer(self, step: SetAnswer) -> None:
        """Go to a question and answer it, with the Enter that goes on."""
        self.go_to(step.ref)
        row = self._row()
        assert row is not None
        before = self.events
        self._enter(row, step.text)
        self._count("answers", before)

    def add(self, ref: str) -> None:
        """One more row of a list: Enter on its button."""
        before = self.events
        while not self._is_add(ref):
            self.press(Qt.Key.Key_Down, _CONTROL)
        self.press(Qt.Key.Key_Return)
        self.settle()
        self._count("rows added", before)

    def go_to(self, ref: str) -> None:
        """Bring the keyboard to a question."""
        before = self.events
        for _ in range(60):
            if self.here() == ref:
                self._count("ways", before)
                return
            self._step(ref)
            self.settle()
        raise AssertionError(f"the keys do not lead to {ref}, but to {self.here()}")

    def here(self) -> str:
        """The question that has the keyboard, or nothing."""
        return self._page().current_ref()

    def _step(self, ref: str) -> None:
        """One key towards a question."""
        sections = self._sections()
        keys, current = sections.keys(), sections.current_key()
        wanted = next(key for key in keys if ref.startswith(f"{key}/"))
        away = keys.index(wanted) - keys.index(current or "")
        if away:
            self.press(Qt.Key.Key_PageDown if away > 0 else Qt.Key.Key_PageUp, _CONTROL)
            return
        stops = [stop for stop in self._page()._items.stops() if not stop.isHidden()]
        at = self._place(stops)
        to = next(place for place, stop in enumerate(stops) if _ref(stop) == ref)
        lacking = [place for place, stop in enumerate(stops) if at < place <= to and _lacks(stop)]
        jumps = len(lacking) if lacking and lacking[-1] == to else 99
        if to > at and jumps < to - at:
            self.press(Qt.Key.Key_Return, _CONTROL)
        else:
            self.press(Qt.Key.Key_Down if to > at else Qt.Key.Key_Up, _CONTROL)

    def _enter(self, row: QuestionRow, text: str) -> None:
        field, question = row.field, row.question
        if isinstance(field, ChoiceList | MultiChoice):
            keys = [option.key for option in field.options()]
            for each in text.split():
                self.type_text(str(keys.index(each) + 1))
        elif isinstance(field, ChoiceCombo):
            self._find(field, text)
        elif question.type is QuestionType.ACKNOWLEDGE:
            self.press(Qt.Key.Key_Space)
        elif question.value != text:
            self.type_text(as_written(question, text))
        several_lines = isinstance(QApplication.focusWidget(), QPlainTextEdit)
        self.press(Qt.Key.Key_Return, _CONTROL if several_lines else Qt.KeyboardModifier.NoModifier)
        self.settle()

    def _find(self, field: ChoiceCombo, text: str) -> None:
        """Letters until the choice stands first in the list that pops up; Enter takes it."""
        from officer_app.base.pinyin import spellings

        label = field.speech.say(next(option.words for option in field.options() if option.key == text))
        for letter in spellings(label)[1]:
            self.type_text(letter)
            if field.offered()[:1] == (text,):
                break
        self.press(Qt.Key.Key_Return)
        # Without a screen the list stays the active window when it has gone; with one the window is, at once.
        self.settle()
        self._wake()

    def _count(self, what: str, before: int) -> None:
        self.spent[what] = self.spent.get(what, 0) + self.events - before

    def _is_add(self, ref: str) -> bool:
        stop = self._page()._stop_here()
        above = stop.parentWidget() if stop is not None else None
        while above is not None and not hasattr(above, "add"):
            above = above.parentWidget()
        return above is not None and stop is above.add and above.ref == ref

    def _place(self, stops: Sequence[QWidget]) -> int:
        here = self._page()._stop_here()
        return stops.index(here) if here in stops else -1

    def _row(self) -> QuestionRow | None:
        return self._page().current_row()

    def _page(self) -> SectionView:
        return next(one for one in self.window.findChildren(SectionView) if one.isVisible())

    def _sections(self) -> SectionList:
        return next(one for one in self.window.findChildren(SectionList) if one.isVisible())


def _ref(stop: QWidget) -> str:
    return stop.question.ref if isinstance(stop, QuestionRow) else ""


def _lacks(stop: QWidget) -> bool:
    return isinstance(stop, QuestionRow) and stop.question.required and not stop.question.value


def test_the_reference_visit(qtbot: QtBot, speech: Speech, demo: Demo, clock: HandClock, shared: Path) -> None:
    """Keys at most 1.2 times the signs of its facts, as briefly as they can be written, and an Enter for each."""
    worked = read_worked_case((shared / "data" / "cases" / "hairdresser.yaml").read_bytes(), "hairdresser.yaml")
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = open_case(desk, NewCase("测试戊"))
        visit = visits.begin_visit(desk, case.id)
        session = visit.session
        steps: tuple[Step, ...] = visit_steps(worked.facts, session.form, desk.clock, UNBOUND)
        with at_the_window(qtbot, desk, speech, case.id) as (_typist, window):
            mouse = NoMouse()
            app = QApplication.instance()
            assert app is not None
            app.installEventFilter(mouse)
            officer = KeysAlone(window)
            officer.settle()
            signs = brief = questions = 0
            for step in steps:
                if isinstance(step, AddRepeat):
                    officer.add(step.ref)
                    continue
                opened = window.work.open_case
                assert opened is not None
                question = opened.session.question(step.ref, "zh_CN")
                questions += 1
                signs += len(step.text)
                brief += len(as_written(question, step.text))
                officer.answer(step)
                held = opened.session.peek(step.ref) or ""
                assert as_written(question, held) == as_written(question, step.text), step
            app.removeEventFilter(mouse)
    told = [step.text for step in steps if isinstance(step, SetAnswer)]
    method = sum(text_keys(text) - len(text) for text in told if re.search("[\u4e00-\u9fff]", text))
    keys = officer.events + method
    print(
        f"{keys} keys ({officer.spent}, {method} more for the input method), {questions} questions, {signs} signs of"
    )
    print(
        f"facts: {keys / (1.2 * signs + questions):.2f} of what is allowed; {keys / (1.2 * brief + questions):.2f} by"
    )
    print(f"the {brief} signs that these facts have at their briefest, a choice one")
    assert mouse.seen == 0
    assert keys <= 1.2 * brief + questions


def test_the_next_section_has_the_keyboard_at_once(
    qtbot: QtBot, speech: Speech, demo: Demo, clock: HandClock
) -> None:
    """Enter on the last answer, a choice that goes with its section too: the very next key is for the next one."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        window = shown(qtbot, VisitWindow(desk, speech))
        window.show_visit(open_case(desk, NewCase("测试己")).id)
        officer = KeysAlone(window)
        officer.settle()
        keys = officer._sections().keys()
        turned = 0
        for key, following in pairwise(keys):
            page = officer._page()
            last = [stop for stop in page._items.stops() if not stop.isHidden()][-1]
            if isinstance(last, QuestionRow) and isinstance(last.field, ChoiceList | MultiChoice):
                page.focus_question(last.question.ref)
                officer.press(Qt.Key.Key_Return)
                turned += officer._sections().current_key() == following
            if officer._sections().current_key() == key:  # the answer has opened more, or it was no choice
                officer.press(Qt.Key.Key_PageDown, _CONTROL)
            here = QApplication.focusWidget()
            assert here is not None, key
            assert page.isAncestorOf(here), (key, here)
            officer.settle()
        assert turned >= 5
        window.close()
