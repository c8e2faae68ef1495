"""A new case: who, what business, how much. What stands here is kept in the vault until it becomes a case."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Sayable, message
from officer_app.casework.cases import NewCase, check_identity, open_case, others_of_person
from officer_app.casework.keeping import keep_unfinished, unfinished
from officer_app.credit.identity import Identity, reason_sentence
from officer_app.desktop.kit.nesting import lay_out, nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.new_case.person import PersonCard
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text, rule
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.text_field import LineField
from officer_app.vault.records import CaseItem, CaseRecord

_UNFINISHED: Final = "new_case"
_WIDEST: Final = 720
_ID_LENGTH: Final = 18
_LABELS: Final[dict[str, tuple[Sayable, Sayable | None]]] = {
    "applicant": (message(N_("Name")), message(N_("As on the ID card"))),
    "resident_id": (message(N_("ID number")), None),
    "phone": (message(N_("Phone")), None),
    "business": (message(N_("Name of the business")), message(N_("As on the sign"))),
    "trade": (message(N_("Trade")), message(N_("What it sells or makes"))),
    "address": (message(N_("Address of the business")), None),
    "product": (message(N_("Loan product")), None),
    "amount": (message(N_("Amount asked for")), None),
    "term": (message(N_("Term")), None),
    "purpose": (message(N_("Purpose of the loan")), message(N_("In the customer's words"))),
}
_PERSON: Final = ("applicant", "resident_id", "phone")
_BUSINESS: Final = ("business", "trade", "address")
_REQUEST: Final = ("product", "amount", "term", "purpose")


class NewCaseScreen(Screen):
    """Enter leads through the fields; Ctrl+Enter opens the case and its visit."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._opening = False
        self.fields: dict[str, Field] = {}
        self.rows: dict[str, FieldRow] = {}
        speech = work.speech
        self.person = PersonCard(speech)
        begin = message(N_("Open the case and begin the visit"))
        self.go_on = Button(speech, begin, Look.PRIMARY, keys="Ctrl+Return")
        self.discard = Button(speech, message(N_("Empty the form")), Look.QUIET)
        self._make_fields()
        self._arrange()
        self.go_on.clicked.connect(self._create)
        self.discard.clicked.connect(self._empty)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._create)
        self.person.chosen.connect(self._open_other)

    # --- Screen ---------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        return Head(message(N_("New case")), message(N_("Only the name is needed now; the rest can wait.")))

    def entered(self, what: object) -> None:  # noqa: ARG002  nothing is handed over
        desk = self._work.desk
        self._work.run(lambda _p, _c: unfinished(desk, _UNFINISHED), self._restore, owner=self)
        QTimer.singleShot(0, self, self.fields["applicant"].setFocus)

    def finish(self) -> None:
        for field in self.fields.values():
            field.finish()
        self._keep()

    # --- what is typed --------------------------------------------------------------------------------------------

    def _restore(self, kept: dict[str, str]) -> None:
        if any(field.value() for field in self.fields.values()):
            return
        for key, text in kept.items():
            if key in self.fields:
                self.fields[key].show_value(text)
        self._judge_identity(self.fields["resident_id"].value())

    def _values(self) -> dict[str, str]:
        return {key: field.value().strip() for key, field in self.fields.items()}

    def _keep(self) -> None:
        if self._opening:
            return
        desk, values = self._work.desk, self._values()
        self._work.run(lambda _p, _c: keep_unfinished(desk, _UNFINISHED, values), _nothing)

    def _empty(self) -> None:
        for key, field in self.fields.items():
            field.turn_to("")
            self.rows[key].show_error(None)
        self.person.show_unknown()
        self._keep()
        self.fields["applicant"].setFocus()

    # --- the ID number --------------------------------------------------------------------------------------------

    def _identity_typed(self) -> None:
        line = self.fields["resident_id"]
        text = line.line.text() if isinstance(line, LineField) else ""
        if len(text.strip()) >= _ID_LENGTH or not text.strip():
            self._judge_identity(text)
        else:
            self.rows["resident_id"].show_error(None)
            self.person.show_unknown()

    def _judge_identity(self, text: str) -> None:
        row = self.rows["resident_id"]
        if not text.strip():
            row.show_error(None)
            self.person.show_unknown()
            return
        found = check_identity(self._work.desk, text)
        row.show_error(_wrong(found))
        if not found.valid:
            self.person.show_wrong()
            return
        self.person.show_identity(found, local_date(self._work.desk.clock.now()))
        desk, number = self._work.desk, found.normalised
        self._work.run(lambda _p, _c: others_of_person(desk, number), self._show_others, owner=self)

    def _show_others(self, others: tuple[CaseItem, ...]) -> None:
        self.person.show_others(others)

    def _open_other(self, case: str) -> None:
        self.finish()
        self.go.emit(Place.CASES.value, case)

    # --- making the case ------------------------------------------------------------------------------------------

    def _create(self) -> None:
        if self._opening:
            return
        for field in self.fields.values():
            field.finish()
        if any(row.error() for row in self.rows.values()):
            self._to_first_error()
            return
        values = self._values()
        new = NewCase(
            applicant=values["applicant"],
            resident_id=values["resident_id"],
            phone=values["phone"],
            business=values["business"],
            trade=values["trade"],
            address=values["address"],
            product=values["product"],
            requested_amount=Decimal(values["amount"]) if values["amount"] else None,
            term_months=int(values["term"]) if values["term"] else None,
            purpose=values["purpose"],
        )
        desk = self._work.desk
        self._opening = True
        self.go_on.setEnabled(False)

        def make(_progress: object, _cancelled: object) -> CaseRecord:
            record = open_case(desk, new)
            keep_unfinished(desk, _UNFINISHED, {})
            return record

        self._work.run(make, self._made, failed=self._refused, owner=self)

    def _made(self, record: CaseRecord) -> None:
        for key, field in self.fields.items():
            field.turn_to("")
            self.rows[key].show_error(None)
        self.person.show_unknown()
        self._opening = False
        self.go_on.setEnabled(True)
        self._work.changed.emit()
        self._work.open(record.id, partial(self.go.emit, Place.VISIT.value, None))

    def _refused(self, fault: Fault) -> None:
        self._opening = False
        self.go_on.setEnabled(True)
        key = _AT.get(fault.code)
        if key is None:
            self.faulted.emit(fault)
            return
        self.rows[key].show_error(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        self.fields[key].setFocus()

    def _to_first_error(self) -> None:
        key = next(key for key, row in self.rows.items() if row.error())
        self.fields[key].setFocus()

    # --- building -------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        speech = self._work.speech
        for key, (label, hint) in _LABELS.items():
            if key == "amount":
                field: Field = NumberField(speech, NumberKind.MONEY, unit=message(N_("yuan")))
            elif key == "term":
                field = NumberField(speech, NumberKind.INTEGER, unit=message(N_("months")))
            else:
                field = LineField(speech, hint)
            row = FieldRow(speech, field)
            row.show_words(label, None, required=key == "applicant")
            field.committed.connect(lambda _text: self._keep())
            self.fields[key], self.rows[key] = field, row
        keys = list(_LABELS)
        for key, following in pairwise(keys):
            self.rows[key].left.connect(self.fields[following].setFocus)
        self.rows[keys[-1]].left.connect(self.go_on.setFocus)
        identity = self.fields["resident_id"]
        identity.edited.connect(self._identity_typed)
        identity.committed.connect(self._judge_identity)
        self.fields["applicant"].edited.connect(partial(self.rows["applicant"].show_error, None))

    def _arrange(self) -> None:
        page = QWidget()
        page.setProperty("clear", True)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        outer.setSpacing(2 * SPACE)
        column = QVBoxLayout()
        column.setSpacing(2 * SPACE)
        for title, keys in (
            (message(N_("The customer")), _PERSON),
            (message(N_("The business")), _BUSINESS),
            (message(N_("What is asked for")), _REQUEST),
        ):
            column.addWidget(self._group(title, keys))
        column.addStretch(1)
        holder = QWidget(page)
        lay_out(holder, column)
        column.setContentsMargins(0, 0, 0, 0)
        holder.setMaximumWidth(_WIDEST)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addWidget(holder, 1)
        side = QVBoxLayout()
        side.addWidget(self.person)
        side.addStretch(1)
        nest(outer, side, 0)
        outer.addStretch(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        foot.addWidget(self.go_on)
        foot.addStretch(1)
        foot.addWidget(self.discard)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(rule())
        nest(whole, foot)

    def _group(self, title: Sayable, keys: tuple[str, ...]) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(Text(self._work.speech, title, Kind.SECTION, parent=block))
        card = Card(parent=block)
        for key in keys:
            card.body.addWidget(self.rows[key])
        column.addWidget(card)
        return block


# Under which field a refusal belongs.
_AT: Final = {Code.NAME_NEEDED: "applicant", Code.IDENTITY_INVALID: "resident_id", Code.AMOUNT_INVALID: "amount"}


def _wrong(found: Identity) -> Sayable | None:
    if found.valid or found.reason is None:
        return None
    return message(N_("This cannot be right: {why}."), why=reason_sentence(found.reason))


def _nothing(_none: None) -> None:
    """It is kept; there is nothing to show for it."""
