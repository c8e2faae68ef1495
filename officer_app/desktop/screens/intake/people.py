"""Who is enrolled, and enrolling: a request file in, an answer file out."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Verbatim, message
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice.enrolling import APPROVERS
from officer_app.headoffice.overview import Enrolled, Standing
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Request

_TABLE: Final = 180
_STANDINGS: Final = {
    Standing.HOLDS: (State.PASSED, N_("holds")),
    Standing.EXPIRED: (State.LOOK, N_("expired")),
    Standing.REVOKED: (State.STOP, N_("withdrawn")),
    Standing.LEAVING: (State.LOOK, N_("withdrawn soon")),
}
COLUMNS: Final = (
    Column("name", message(N_("Name")), stretch=True),
    Column("role", message(N_("Role")), width=140),
    Column("branch", message(N_("Branch")), width=160),
    Column("limit", message(N_("May approve up to")), ColumnKind.MONEY, 140),
    Column("until", message(N_("Valid until")), width=130),
    Column("state", message(N_("Certificate")), width=120),
)


class People(QWidget):
    """`wanted()` asks for a request file; `granted(role, branch, limit)` when head office has decided on it."""

    wanted = Signal()
    granted = Signal(object, str, object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.table = DataTable(speech)
        self.enrol = Button(speech, message(N_("Enrol from a request file")), icon=Icon.PERSON)
        self.form = Grant(speech)
        self.form.granted.connect(self.granted)
        self.form.hide()
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("People")))
        self.enrol.clicked.connect(self.wanted)
        self._ask = QWidget()
        row = QHBoxLayout(self._ask)
        row.setContentsMargins(0, 0, 0, 0)
        hint = message(N_("Somebody new makes a request under Settings on the own laptop and sends you the file."))
        row.addWidget(Text(speech, hint, Kind.HINT, wrap=True), 1)
        row.addWidget(self.enrol)
        page = Page(self)
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.setSpacing(SPACE + HALF)
        page.body.addWidget(self._ask)
        page.body.addWidget(self.form)
        page.body.addWidget(self.table, 1)
        self.table.setMinimumHeight(_TABLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def show_people(self, people: tuple[Enrolled, ...]) -> None:
        """Everybody who was ever enrolled."""
        self.table.show_rows(tuple(_row(place, one) for place, one in enumerate(people)))

    def show_request(self, request: Request | None) -> None:
        """Somebody's wish, to be decided; None when it was."""
        self.form.setVisible(request is not None)
        self._ask.setVisible(request is None)
        if request is not None:
            self.form.show_request(request)


class Grant(Card):
    """What is granted is head office's word: role, branch and limit, begun with what was asked for."""

    granted = Signal(object, str, object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(State.INFO, parent=parent)
        self._who = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        self.role = ChoiceList(speech)
        self.role.show_options(tuple(Option(role.value, message(word)) for role, word in ROLES.items()))
        self.branch = LineField(speech)
        self.limit = NumberField(speech, NumberKind.MONEY, unit=message(N_("yuan")))
        self.save = Button(speech, message(N_("Save the answer file")), Look.PRIMARY, icon=Icon.SEND)
        self.body.addWidget(self._who)
        self._limit_row = FieldRow(speech, self.limit)
        for row, name in (
            (FieldRow(speech, self.role), N_("Role")),
            (FieldRow(speech, self.branch), N_("Branch")),
            (self._limit_row, N_("May approve up to")),
        ):
            row.show_words(message(name), required=True)
            self.body.addWidget(row)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        nest(self.body, foot)
        self.role.committed.connect(self._fit)
        self.save.clicked.connect(self._grant)

    def show_request(self, request: Request) -> None:
        """Begin with what was asked for."""
        self._who.set_text(message(N_("{name} asks to be enrolled"), name=Verbatim(request.name)))
        self.role.turn_to(request.role.value)
        self.branch.turn_to(request.branch)
        self.limit.turn_to("0")
        self._fit()
        self.branch.setFocus()

    def _fit(self, _value: str = "") -> None:
        """Officers approve nothing, so nothing is asked."""
        self._limit_row.setVisible(self.role.value() == Role.MANAGER.value)

    def _grant(self) -> None:
        for field in (self.role, self.branch, self.limit):
            field.finish()
        branch = self.branch.value().strip()
        self.branch.set_wrong(not branch)
        if not branch:
            self.branch.setFocus()
            return
        role = Role(self.role.value() or Role.OFFICER.value)
        limit = Decimal(self.limit.value() or 0) if role is Role.MANAGER else Decimal(0)
        self.granted.emit(role, branch, limit)


def _row(place: int, one: Enrolled) -> Row:
    person = one.person
    state, word = _STANDINGS[one.standing]
    approves = person.role in APPROVERS
    return Row(
        str(place),
        (
            Cell(Verbatim(person.name), strong=True),
            Cell(message(ROLES[person.role])),
            Cell(Verbatim(person.branch)),
            Cell(number=person.approval_limit if approves and person.approval_limit else None),
            Cell(message("{on:date}", on=local_date(person.valid_to))),
            Cell(message(word), state=state),
        ),
    )
