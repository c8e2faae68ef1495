"""Numbers as officers enter them: sums are reckoned, what people say is converted, amounts are read back in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from officer_app.base.english_numerals import yuan_in_english
from officer_app.base.numerals import amount_in_words, money
from officer_app.base.spoken.converting import DAY_CHOICES, DAYS_PER_MONTH, Converted, Side, Target, into
from officer_app.base.spoken.reading import Amount, amount_of
from officer_app.base.words import CHINESE, N_, Language, Sayable, Verbatim, message
from officer_app.desktop.kit import capture_words
from officer_app.desktop.kit.arithmetic import grouped, is_plain_number, plain, reckon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import ElidedText, Text
from officer_app.desktop.widgets.labels import Kind as TextKind

_WIDTH: Final = 208
# Below this the figure is read at a glance; from here on a wrong zero costs money.
_WORTH_READING: Final = 1000


class Kind(Enum):
    """What the number is."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Flow:
    """What is asked for: the unit, and which end of a range is the careful one."""

    target: Target
    side: Side


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed as it was said, and how it was read."""

    words: str
    amount: Amount
    converted: Converted
    value: Decimal

    def read(self) -> Sayable | None:
        """The reading as a sentence."""
        return capture_words.read_as(self.amount, self.converted, plain(self.value))


class NumberField(Field):
    """A number. The sum or the words that were typed come back when one returns to the field.

    With a `flow`, what people say is converted to its unit (350/天 in a monthly question is 10,500), and Ctrl+D turns
    the days of the month that it was reckoned with.
    """

    def __init__(
        self,
        speech: Speech,
        kind: Kind = Kind.DECIMAL,
        *,
        unit: Sayable | None = None,
        flow: Flow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(speech, parent)
        self._kind = kind
        self._flow = flow
        self._days = DAYS_PER_MONTH
        self._last_said: Said | None = None
        self._typed = ""
        self.line = QLineEdit(self)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFixedWidth(_WIDTH)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._unit = Text(speech, unit, TextKind.MUTED, parent=self)
        self._unit.setVisible(unit is not None)
        self._echo = ElidedText(speech, None, TextKind.HINT, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.line)
        row.addWidget(self._unit)
        row.addWidget(self._echo, 1)
        row.addStretch(0)
        self.line.textEdited.connect(self._edited)
        speech.changed.connect(self._read_back)
        self.adopt(self.line)

    def echo(self) -> str:
        """What stands beside the field: the result of the sum, the amount in words."""
        return self._echo.text()

    def display(self, stored: str) -> None:
        self._typed = ""
        self.line.setText(stored if self.line.hasFocus() else grouped(stored))
        self._read_back()

    def read(self) -> tuple[str | None, Sayable | None]:
        text = self.line.text().strip()
        if not text:
            return "", None
        self._last_said = self._spoken(text)
        value = self._last_said.value if self._last_said is not None else reckon(text)
        if value is None:
            return None, message(N_("This is no number. Type digits or a sum, such as 12*30+500."))
        if self._kind is Kind.INTEGER and value != value.to_integral_value():
            return None, message(N_("A whole number is needed here."))
        return plain(_exact(value)), None

    def settled(self) -> None:
        text = self.line.text()
        if text.strip() and (reckon(text) is not None or self._spoken(text) is not None):
            self._typed = self.line.text() if not is_plain_number(self.line.text()) else ""
            self.line.setText(grouped(self.value()))
            self._read_back()

    def said(self, stored: str) -> Said | None:
        """What was said for the answer, when it was not typed as a number."""
        found = self._last_said
        return found if found is not None and plain(found.value) == stored else None

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.FocusIn and self._typed:
            self.line.setText(self._typed)
            self._read_back()
        if watched is self.line and isinstance(event, QKeyEvent) and self._turns_days(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._turn_days()
            return True
        return super().eventFilter(watched, event)

    def _turns_days(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_D or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        said = self._spoken(self.line.text())
        return said is not None and said.converted.days is not None

    def _turn_days(self) -> None:
        self._days = DAY_CHOICES[(DAY_CHOICES.index(self._days) + 1) % len(DAY_CHOICES)]
        self._edited()

    def _spoken(self, text: str) -> Said | None:
        """What people say, in the unit that is asked for; None for plain numbers and sums, and for other things."""
        if self._flow is None or not text.strip() or reckon(text) is not None:
            return None
        amount = amount_of(text)
        converted = into(amount, self._flow.target, self._days) if amount is not None else None
        if amount is None or converted is None:
            return None
        return Said(text.strip(), amount, converted, _exact(converted.proposed(self._flow.side)))

    def _edited(self) -> None:
        self._read_back()
        self.touch()

    def _read_back(self) -> None:
        text = self._typed or self.line.text()
        said = self._spoken(text)
        if said is not None:
            self._echo.set_text(said.read())
            return
        value = reckon(text) if text.strip() else None
        if value is None:
            self._echo.set_text(None)
            return
        parts = self._parts(_exact(value), is_sum=not is_plain_number(text))
        self._echo.set_text(Verbatim(parts) if parts else None)

    def _parts(self, value: Decimal, *, is_sum: bool) -> str:
        """The result where there was a sum, the words where a zero too many would cost money."""
        told = [f"= {money(value) if self._kind is Kind.MONEY else grouped(plain(value))}"] if is_sum else []
        if self._kind is Kind.MONEY and abs(value) >= _WORTH_READING:
            told.append(read_back(value, self.speech.language))
        return " · ".join(part for part in told if part)


def read_back(value: Decimal, language: Language) -> str:
    """An amount in words, as people check it: 壹拾贰万元整, 120 thousand yuan."""
    if language == CHINESE:
        return amount_in_words(value, CHINESE).removeprefix("人民币")
    return yuan_in_english(value)


def _exact(value: Decimal) -> Decimal:
    """Long division is cut where money and measures end: at six decimals, and said so by the echo."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        return value.quantize(Decimal("0.000001"))
    return value
