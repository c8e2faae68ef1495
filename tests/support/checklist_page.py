"""A checklist on the screen with a real session behind it: what a presenter does, in a few lines."""

from __future__ import annotations

import random
from datetime import date
from functools import cache

from pytestqt.qtbot import QtBot

from officer_app.base.clock import SystemClock
from officer_app.checklists.compile import compile_form
from officer_app.checklists.form import Form, read_form
from officer_app.checklists.session import FormSession
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.noting import Noted
from officer_app.desktop.questions.question_row import QuestionRow
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.widgets.fields import Field
from tests.support.windows import in_window


@cache
def _compiled(markdown: str) -> Form:
    return read_form(compile_form(markdown.encode(), "sample.md", {}).xml)


class ChecklistPage:
    """A form written as a small table, shown and answered."""

    def __init__(self, qtbot: QtBot, speech: Speech, markdown: str, *, height: int = 700) -> None:
        self.session = FormSession(_compiled(markdown), SystemClock(), random.Random(1))  # noqa: S311  the form's random(), not a secret
        self.speech = speech
        self.answers: list[tuple[str, str]] = []
        self.around_noted: dict[str, Noted] = {}
        around = Surroundings(date(2026, 10, 8), lambda _path: False, noted=self.around_noted.get)
        self.view = SectionView(speech, around)
        self.section = self.session.sections(speech.language)[0].ref
        in_window(qtbot, self.view, 700, height)
        self.view.answered.connect(self._answer)
        self.view.repeat_added.connect(lambda ref: self._changed(self.session.add_repeat(ref)))
        self.view.repeat_removed.connect(lambda ref, index: self._changed(self.session.remove_repeat(ref, index)))
        self.view.rows_entered.connect(
            lambda ref, count, answers: self._changed(self.session.enter([ref] * count, answers))
        )
        self.refresh()

    def refresh(self) -> None:
        self.view.show_section(self.session.section(self.section, self.speech.language))

    def row(self, name: str) -> QuestionRow:
        """The row of the question with this name."""
        return next(row for row in self.view.rows() if row.question.name == name)

    def field(self, name: str) -> Field:
        field = self.row(name).field
        assert field is not None
        return field

    def shown(self) -> list[str]:
        """The names of the questions that can be seen."""
        return [row.question.name for row in self.view.rows() if not row.isHidden()]

    def _answer(self, ref: str, text: str) -> None:
        self.answers.append((ref, text))
        self._changed(self.session.set(ref, text))

    def _changed(self, _changes: object) -> None:
        self.refresh()
