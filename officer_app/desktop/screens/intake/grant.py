"""What head office grants: role, branch and limit, for a request that came or for somebody enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.permissions import ROLES
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import StoreKind, read_address
from officer_app.headoffice.overview import Enrolled
from officer_app.trust.certificates import Person, Role
from officer_app.trust.enrolment import Request


@dataclass(frozen=True, slots=True)
class Granted:
    """Head office's word; `replaces` is the key that this one takes the place of, `store` the address to go along."""

    role: Role
    branch: str
    limit: Decimal
    replaces: str = ""
    store: str = ""


class _Words(Card):
    """Role, branch and limit; Esc leaves."""

    left = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(State.INFO, parent=parent)
        self.speech = speech
        self._who = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        self.role = ChoiceList(speech)
        self.role.show_options(tuple(Option(role.value, message(word)) for role, word in ROLES.items()))
        self.branch = LineField(speech)
        self.limit = NumberField(speech, NumberKind.MONEY, unit=message(N_("yuan")))
        self.back = Button(speech, message(N_("Back to the list")), Look.QUIET, keys="Esc", parent=self)
        self.body.addWidget(self._who)
        self._limit_row = FieldRow(speech, self.limit)
        for row, name in (
            (FieldRow(speech, self.role), N_("Role")),
            (FieldRow(speech, self.branch), N_("Branch")),
            (self._limit_row, N_("May approve up to")),
        ):
            row.show_words(message(name), required=True)
            self.body.addWidget(row)
        self.role.committed.connect(self._fit)
        self.back.clicked.connect(self.left)

    def begin(self, who: Sayable, role: Role, branch: str, limit: Decimal) -> None:
        """Begin with what was asked for, or with what is."""
        self._who.set_text(who)
        self.role.turn_to(role.value)
        self.branch.turn_to(branch)
        self.limit.turn_to(str(limit) if limit else "")
        self._limit_row.show_error(None)
        self._fit()
        self.branch.setFocus()

    def words(self) -> Granted | None:
        """What stands there, or None when the branch or a manager's limit is missing."""
        for field in (self.role, self.branch, self.limit):
            field.finish()
        branch = self.branch.value().strip()
        self.branch.set_wrong(not branch)
        role = Role(self.role.value() or Role.OFFICER.value)
        limit = Decimal(self.limit.value() or 0) if role is Role.MANAGER else Decimal(0)
        idle = role is Role.MANAGER and not limit
        words = N_("A branch manager needs an amount: with none, no case could be approved.")
        self._limit_row.show_error(message(words) if idle else None)
        if not branch:
            self.branch.setFocus()
        elif idle:
            self.limit.setFocus()
        else:
            return Granted(role, branch, limit)
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def foot(self, *buttons: Button) -> None:
        """The way back on the left, what is done on the right."""
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        nest(self.body, row)

    def _fit(self, _value: str = "") -> None:
        """Officers approve nothing, so nothing is asked."""
        self._limit_row.setVisible(self.role.value() == Role.MANAGER.value)


class Grant(_Words):
    """`granted(Granted)` for an answer file, `shown(Granted)` for an answer as codes on the screen."""

    granted = Signal(object)
    shown = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self.replaces = ChoiceCombo(speech)
        self._replaces_row = FieldRow(speech, self.replaces)
        hint = N_("A new laptop, or a password that was forgotten: the same person, and the old key is withdrawn.")
        self._replaces_row.show_words(message(N_("In place of")), message(hint))
        self.body.addWidget(self._replaces_row)
        self.store = LineField(speech, message(N_("Address of a server; it may stay empty")))
        self._store_row = FieldRow(speech, self.store)
        hint = N_("It goes along in the answer, so that nobody has to type it. Name and password never do.")
        self._store_row.show_words(message(N_("Exchange through")), message(hint))
        self.body.addWidget(self._store_row)
        self.save = Button(speech, message(N_("Save the answer file")), Look.PRIMARY, icon=Icon.SEND)
        self.show_codes = Button(speech, message(N_("Answer on the screen")), icon=Icon.SHOW)
        self.foot(self.show_codes, self.save)
        self.save.clicked.connect(lambda: self._give(self.granted))
        self.show_codes.clicked.connect(lambda: self._give(self.shown))

    def show_request(self, request: Request, people: tuple[Enrolled, ...], store: str = "") -> None:
        """Begin with what was asked for; whoever has the same name comes first to be replaced."""
        self.store.turn_to(store)
        self._store_row.show_error(None)
        # A folder or stick has another path on each laptop: there is nothing to send along.
        self._store_row.setVisible(bool(store))
        ranked = sorted(people, key=lambda one: one.person.name != request.name)
        self.replaces.show_options(tuple(Option(one.person.key_id, Verbatim(_told(one.person))) for one in ranked))
        self.replaces.turn_to("")
        who = message(N_("{name} asks to be enrolled"), name=Verbatim(request.name))
        self.begin(who, request.role, request.branch, Decimal(0))

    def _give(self, signal: SignalInstance) -> None:
        for field in (self.replaces, self.store):
            field.finish()
        told, store = self.words(), self.store.value().strip()
        wrong = _unusable(store)
        self._store_row.show_error(wrong)
        if wrong is not None:
            self.store.setFocus()
        elif told is not None:
            signal.emit(Granted(told.role, told.branch, told.limit, self.replaces.value(), store))


class Change(_Words):
    """`changed(key, Granted, why)`."""

    changed = Signal(str, object, str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self._key = ""
        self.why = LineField(speech, message(N_("A few words; they stand in the journal")))
        row = FieldRow(speech, self.why)
        row.show_words(message(N_("Why")), required=True)
        self.body.addWidget(row)
        self._why_row = row
        hint = N_("The certificate until now no longer counts as soon as the laptops have exchanged.")
        self.body.addWidget(Text(speech, message(hint), Kind.HINT, wrap=True, parent=self))
        self.save = Button(speech, message(N_("Change")), Look.PRIMARY, icon=Icon.CHECK)
        self.foot(self.save)
        self.save.clicked.connect(self._give)

    def show_person(self, person: Person) -> None:
        """Begin with what holds now."""
        self._key = person.key_id
        self.why.turn_to("")
        self._why_row.show_error(None)
        who = message(N_("{name}: role, branch and limit"), name=Verbatim(person.name))
        self.begin(who, person.role, person.branch, person.approval_limit)

    def _give(self) -> None:
        self.why.finish()
        told, why = self.words(), self.why.value().strip()
        self._why_row.show_error(None if why else message(N_("Say why.")))
        if not why:
            self.why.setFocus()
        elif told is not None:
            self.changed.emit(self._key, told, why)


def _unusable(store: str) -> Sayable | None:
    """Why an address cannot go along, or None."""
    try:
        if store and read_address(store).kind is StoreKind.LAN:
            return message(N_("A laptop nearby is no place for good."))
    except Fault as fault:
        return message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy)
    return None


def _told(person: Person) -> str:
    return f"{person.name} · {person.branch} · {person.key_id[:8]}"
