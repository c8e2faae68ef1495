"""Who this laptop is for head office: enrolled by two small files that travel by any way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import enrolment
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.dialogs import open_file, save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.settings.card import Lines, SettingsCard
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.screen_codes import CodeReader, CodeSeries
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.trust.certificates import Role, fingerprint

_LARGEST: Final = 64_000_000
_SOON: Final = timedelta(days=60)
_CODE: Final = 232
_ONCE: Final = N_("The request goes to head office, the answer comes back: by mail, chat or stick.")
_AGAIN: Final = N_(
    "Only when head office asks for it: a new certificate, by the same two files. Until then this one holds."
)
# What follows once the answer is loaded, by what one does.
_AFTER: Final = {
    Role.OFFICER: N_("3. Exchange once: policy and checklists come. Then begin with Ctrl+N."),
    Role.SECOND_OFFICER: N_("3. Exchange once. You sign on the laptop of the officer you go along with."),
    Role.MANAGER: N_("3. Exchange once: files that officers hand over wait under Decide."),
    Role.REVIEWER: N_("3. Exchange once: files wait under Decide; your opinion goes to whoever decides."),
    Role.HEAD_OFFICE: N_("3. Open head office's folder under Intake."),
    Role.AUDITOR: N_("3. Exchange once: policy and people come; what you look at is logged."),
}


class EnrolmentCard(SettingsCard):
    """The certificate as it is, the request to be saved, the answer to be loaded. `enrolled()` after the answer."""

    enrolled = Signal()

    def __init__(self, work: Workplace) -> None:
        speech = work.speech
        super().__init__(speech, message(N_("Enrolment")))
        self._work = work
        self._pill = Pill(speech, State.CANNOT_TELL, None, self)
        self._hint = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self._lines = Lines(speech, self)
        self._steps = tuple(Text(speech, None, wrap=True, parent=self) for _ in range(3))
        self._form = QWidget(self)
        self.branch = LineField(speech, message(N_("As head office calls it")))
        self.role = ChoiceList(speech)
        self.role.show_options(tuple(Option(role.value, message(words)) for role, words in ROLES.items()))
        self.request = Button(speech, message(N_("Save the request file")), icon=Icon.SEND)
        self.answer = Button(speech, message(N_("Load the answer file")), icon=Icon.RECEIVE)
        self.show_codes = Button(speech, message(N_("Show it as codes")), icon=Icon.SHOW)
        self.codes, self.reader = CodeSeries(work, side=_CODE), CodeReader(work)
        self._arrange()
        self.show_codes.clicked.connect(self.show_request)
        self.reader.whole.connect(self.take_answer)
        self.request.clicked.connect(self._ask_where)
        self.answer.clicked.connect(self._ask_which)

    def refresh(self) -> None:
        """Show what holds now."""
        desk = self._work.desk
        identity, institution = desk.identity, desk.institution
        self.codes.end()
        self.codes.hide()
        self.reader.setVisible(identity is None)
        self._hint.set_text(message(_ONCE if identity is None else _AGAIN))
        if identity is None or institution is None:
            self._pill.show_state(State.STOP, message(N_("Not enrolled yet")))
            self._lines.show_lines(())
            self._show_steps()
            self._form.show()
            self.role.show_value(next(iter(sorted(role.value for role in desk.roles)), ""))
            self.request.set_look(Look.PRIMARY)
            return
        person = identity.person
        for step in self._steps:
            step.hide()
        left = person.valid_to - desk.clock.now()
        over = left < timedelta(0)
        if over:
            self._pill.show_state(State.STOP, message(N_("Certificate expired")))
        elif left < _SOON:
            words = message(
                N_("Certificate ends on {on:date}: head office renews it"), on=local_date(person.valid_to)
            )
            self._pill.show_state(State.LOOK, words)
        else:
            self._pill.show_state(State.PASSED, message(N_("Enrolled")))
        lines: list[tuple[Sayable, Sayable]] = [
            (message(N_("Institution")), Verbatim(institution.name)),
            (message(N_("Branch")), Verbatim(person.branch)),
            (
                message(N_("Holder")),
                message(N_("{name}, {role}"), name=Verbatim(person.name), role=message(ROLES[person.role])),
            ),
            (
                message(N_("Certificate")),
                message(
                    N_("{since:date} to {until:date}"),
                    since=local_date(person.valid_from),
                    until=local_date(person.valid_to),
                ),
            ),
            (message(N_("Root fingerprint")), Verbatim(_spaced(fingerprint(identity.root)))),
        ]
        if person.approval_limit:
            limit = message(N_("{x:money} yuan"), x=person.approval_limit)
            lines.insert(3, (message(N_("May approve up to")), limit))
        self._lines.show_lines(tuple(lines))
        self._form.setVisible(over)
        self.request.set_look(Look.PLAIN)

    def _show_steps(self) -> None:
        """The first run, step by step, to its end for this role."""
        role = next(iter(sorted(self._work.desk.roles)), Role.OFFICER)
        steps = (
            N_("1. Save the request file and send it to head office. Your keys are made here and never leave."),
            N_("2. Load the answer file that comes back, and read the fingerprint to head office by voice."),
            _AFTER[role],
        )
        for text, words in zip(self._steps, steps, strict=True):
            text.set_text(message(words))
            text.show()

    # --- the two files --------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        branch = self._branch()
        if branch is None:
            return
        file = save_file(self, self.speech, message(N_("Save the request file")), "request.pem")
        if file is not None:
            self.save_request(file, branch)

    def _branch(self) -> str | None:
        """The branch to ask for, or None when it must be typed first."""
        self.branch.finish()
        branch = self.branch.value().strip()
        missing = not self._form.isHidden() and not branch
        self.branch.set_wrong(missing)
        if missing:
            self.branch.setFocus()
            return None
        person = self._work.desk.identity
        return branch or (person.person.branch if person is not None else "")

    def save_request(self, file: Path, branch: str) -> None:
        """Make the request and put it there."""
        desk = self._work.desk
        role = Role(self.role.value() or next(iter(desk.roles)).value)

        def make(_progress: object, _cancelled: object) -> None:
            write_whole(file, enrolment.request(desk, branch=branch, role=role))

        self._work.run(make, lambda _nothing: self._saved(file), failed=self.faulted.emit, owner=self)

    def _saved(self, file: Path) -> None:
        words = message(N_("The request is in {file}."), file=Verbatim(file.name))
        detail = message(N_("Bring it to head office; load the answer here. Your keys never leave this laptop."))
        self.told.emit(News("enrolment", State.INFO, words, detail))

    def _ask_which(self) -> None:
        file = open_file(self, self.speech, message(N_("Load the answer file")))
        if file is not None:
            self.load_answer(file)

    def load_answer(self, file: Path) -> None:
        """Take head office's answer."""
        desk = self._work.desk

        def take(_progress: object, _cancelled: object) -> str:
            return enrolment.accept(desk, read_limited(file, _LARGEST))

        self._work.run(take, self._taken, failed=self._refused, owner=self, lane=Lane.VAULT)

    # --- the same by codes ----------------------------------------------------------------------------------------

    def show_request(self) -> None:
        """Make the request and show it as codes."""
        branch = self._branch()
        if branch is None:
            return
        desk, role = self._work.desk, Role(self.role.value() or next(iter(self._work.desk.roles)).value)

        def make(_progress: object, _cancelled: object) -> bytes:
            return enrolment.request(desk, branch=branch, role=role)

        self._work.run(make, self._show_codes, failed=self.faulted.emit, owner=self)

    def _show_codes(self, request: bytes) -> None:
        self.codes.show_file(request)
        self.codes.show()
        self.codes.setFocus()

    def take_answer(self, data: bytes) -> None:
        """Take head office's answer, as it was read off a screen."""
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: enrolment.accept(desk, data), self._taken, failed=self._refused, owner=self
        )

    def _taken(self, mark: str) -> None:
        self.refresh()
        words = message(N_("This laptop is enrolled."))
        detail = message(
            N_("Read this fingerprint to head office by voice, once: {mark}"), mark=Verbatim(_spaced(mark))
        )
        self.told.emit(News("enrolment", State.PASSED, words, detail))
        self.enrolled.emit()

    def _refused(self, fault: Fault) -> None:
        if fault.code is not Code.CANCELLED:
            self.faulted.emit(fault)

    def _arrange(self) -> None:
        speech = self.speech
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(HALF)
        form.addWidget(Text(speech, message(N_("Branch")), Kind.MUTED, parent=self._form))
        form.addWidget(self.branch)
        form.addWidget(Text(speech, message(N_("What you do")), Kind.MUTED, parent=self._form))
        form.addWidget(self.role)
        # In a widget of its own: the layout keeps its items itself, so it cannot be nested.
        acts = QWidget(self)
        row = FlowLayout(acts)
        for button in (self.request, self.answer, self.show_codes):
            row.addWidget(button)
        self.body.addWidget(self._pill)
        self.body.addWidget(self._lines)
        for step in self._steps:
            self.body.addWidget(step)
        self.body.addWidget(self._form)
        self.body.addWidget(acts)
        self.body.addWidget(self.codes)
        self.body.addWidget(self.reader)
        self.codes.hide()
        self.body.addWidget(self._hint)


def _spaced(mark: str) -> str:
    """A fingerprint in groups of four, so that two people can compare it by voice."""
    plain = mark.replace(":", "").replace(" ", "").lower()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
