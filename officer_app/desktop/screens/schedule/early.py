"""What paying early would take, on a day that is typed: the whole loan, or a part and the rest laid out anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Sayable, message
from officer_app.credit.loanplans import LoanPlan
from officer_app.credit.loans.early import Keep, prepayment, settlement
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Role
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceCombo
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.side_by_side import SideBySide

_KEEPS: Final = {
    Keep.TERM: N_("the last day stays, the instalment becomes lower"),
    Keep.INSTALMENT: N_("the instalment stays, the loan ends sooner"),
}


class EarlyPayment(Card):
    """Every payment before the day is taken as made."""

    def __init__(self, speech: Speech, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._plan: LoanPlan | None = None
        self.day = DateField(speech, today, parent=self)
        self.amount = NumberField(speech, NumberKind.MONEY, parent=self)
        self.keep = ChoiceCombo(speech, self)
        self.keep.show_options(tuple(Option(keep.value, message(words)) for keep, words in _KEEPS.items()))
        self.keep.turn_to(Keep.TERM.value)
        self.quote = Text(speech, None, Kind.STRONG, wrap=True, parent=self)
        self.after = Text(speech, None, Kind.SMALL, wrap=True, parent=self)
        self.body.addWidget(Text(speech, message(N_("Paying back early")), Kind.SECTION, parent=self))
        self.body.addWidget(
            SideBySide(
                _row(speech, self.day, N_("On")),
                _row(speech, self.amount, N_("Principal paid back early"), N_("Blank: the whole loan.")),
                two_from=560,
                parent=self,
            )
        )
        self._keep_row = _row(speech, self.keep, N_("Then"))
        self.body.addWidget(self._keep_row)
        self.body.addWidget(self.quote)
        self.body.addWidget(self.after)
        for field in (self.day, self.amount, self.keep):
            field.committed.connect(self.tell)

    def show_plan(self, plan: LoanPlan) -> None:
        """Another plan; the day typed is kept while it lies in the term, else it is the middle of it."""
        self._plan = plan
        day = _day(self.day)
        if day is None or not plan.start <= day < plan.terms.dates[-1]:
            self.day.turn_to(plan.terms.dates[len(plan.rows) // 2].isoformat())
        self.tell()

    def tell(self) -> None:
        """Say what it takes, or why it cannot be said."""
        plan, day, amount = self._plan, _day(self.day), self.amount.value()
        self._keep_row.setVisible(bool(amount))
        if plan is None or day is None:
            self._say(message(N_("Type the day.")), None)
            return
        try:
            self._say(*(_part(plan, day, Decimal(amount), Keep(self.keep.value())) if amount else _whole(plan, day)))
        except Fault as fault:
            self._say(fault.sentence, None, wrong=True)

    def finish(self) -> None:
        """Keep what is being typed."""
        for field in (self.day, self.amount, self.keep):
            field.finish()

    def _say(self, quote: Sayable, after: Sayable | None, *, wrong: bool = False) -> None:
        self.quote.set_text(quote)
        self.quote.set_tone(Role.STOP if wrong else None)
        self.after.set_text(after)


def _fee(plan: LoanPlan, day: date) -> Decimal:
    """The most that the product takes of what comes early, so many months after the payout."""
    months = sum(1 for due in plan.terms.dates[1:] if due <= day)
    return plan.product.early_fee_after(months) if plan.product is not None else Decimal(0)


def _whole(plan: LoanPlan, day: date) -> tuple[Sayable, Sayable]:
    fee = _fee(plan, day)
    quote = settlement(plan.terms, day, fee, fee)
    return (
        message(
            N_(
                "All settled for {whole:money}: principal {principal:money}, interest {interest:money} for the days "
                "used, fee {fee:money}."
            ),
            whole=quote.whole,
            principal=quote.principal,
            interest=quote.interest,
            fee=quote.fee,
        ),
        message(
            N_("{rows:count} payments are made before; {saved:money} of interest is saved."),
            rows=quote.rows_paid,
            saved=quote.saved,
        ),
    )


def _part(plan: LoanPlan, day: date, amount: Decimal, keep: Keep) -> tuple[Sayable, Sayable]:
    fee = _fee(plan, day)
    found = prepayment(plan.terms, day, amount, keep, fee, fee)
    before = sum((row.interest for row in plan.rows), Decimal(0))
    later = sum((row.interest for row in (*found.paid, *found.rows)), found.interest)
    return (
        message(
            N_(
                "{whole:money} on that day: principal {principal:money}, its interest {interest:money}, "
                "fee {fee:money}."
            ),
            whole=found.whole,
            principal=found.principal,
            interest=found.interest,
            fee=found.fee,
        ),
        message(
            N_(
                "Then {rows:count} payments from {first:money} on, the last on {end:date}; {saved:money} of interest "
                "is saved."
            ),
            rows=len(found.rows),
            first=found.rows[0].payment,
            end=found.rows[-1].due,
            saved=before - later,
        ),
    )


def _row(speech: Speech, field: DateField | NumberField | ChoiceCombo, label: str, hint: str = "") -> FieldRow:
    row = FieldRow(speech, field)
    row.show_words(message(label), message(hint) if hint else None)
    row.stack()
    return row


def _day(field: DateField) -> date | None:
    text = field.value()
    return date.fromisoformat(text) if text else None
