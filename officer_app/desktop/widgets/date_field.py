"""Dates are typed: 2026-10-08, 20261008, 10-8, 10月8日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import ElidedText, Kind

_WIDTH: Final = 208
_WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def read_date(text: str, today: date) -> date | None:
    """The date that someone typed; without a year, this year's. None when there is no such day."""
    flat = unicodedata.normalize("NFKC", text).strip()
    parts = [int(part) for part in re.split(r"[-./年月日\s]+", flat) if part.isdecimal()]
    if flat.isdecimal() and len(flat) == 8:
        parts = [int(flat[:4]), int(flat[4:6]), int(flat[6:])]
    elif flat.isdecimal() and len(flat) == 4:
        parts = [int(flat[:2]), int(flat[2:])]
    if re.sub(r"[-./年月日\s\d]", "", flat) or len(parts) not in (2, 3):
        return None
    return _day(parts, today)


def read_month(text: str, today: date) -> date | None:
    """The first day of the month that someone typed: 2026-11, 2026年11月, 202611, 11."""
    flat = unicodedata.normalize("NFKC", text).strip()
    parts = [int(part) for part in re.split(r"[-./年月日\s]+", flat) if part.isdecimal()]
    if flat.isdecimal() and len(flat) == 6:
        parts = [int(flat[:4]), int(flat[4:])]
    if re.sub(r"[-./年月日\s\d]", "", flat) or not 1 <= len(parts) <= 3:
        return None
    year, month = (today.year, parts[0]) if len(parts) == 1 else (parts[0], parts[1])
    return date(year, month, 1) if 1 <= month <= 12 and 1 <= year <= 9999 else None


def _day(parts: list[int], today: date) -> date | None:
    if len(parts) == 2:
        # 2026-10 is a month, 10-8 a day of this year.
        parts = [parts[0], parts[1], 1] if parts[0] > 31 else [today.year, *parts]
    try:
        return date(*parts)
    except ValueError:
        return None


class DateField(Field):
    """A day, stored as 2026-10-08, with its weekday beside it; with `months` a month, stored as its first day."""

    def __init__(self, speech: Speech, today: date, *, months: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self._today = today
        self._months = months
        self.line = QLineEdit(self)
        self.line.setFixedWidth(_WIDTH)
        hint = message(N_("Year-month")) if months else message(N_("Year-month-day"))
        speech.put(self.line, hint, "setPlaceholderText")
        self._echo = ElidedText(speech, None, Kind.HINT, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.line)
        row.addWidget(self._echo, 1)
        row.addStretch(0)
        self.line.textEdited.connect(self._edited)
        self.adopt(self.line)

    def echo(self) -> str:
        """What stands beside the field."""
        return self._echo.text()

    def display(self, stored: str) -> None:
        self.line.setText(stored[:7] if self._months else stored)
        self._read_back()

    def read(self) -> tuple[str | None, Sayable | None]:
        text = self.line.text().strip()
        if not text:
            return "", None
        day = self._read(text)
        if day is None and self._months:
            return None, message(N_("There is no such month. Type year and month, such as 2026-11."))
        if day is None:
            return None, message(N_("There is no such day. Type year, month and day, such as 2026-10-08."))
        return day.isoformat(), None

    def settled(self) -> None:
        day = self._read(self.line.text())
        if day is not None:
            self.line.setText(day.isoformat()[:7] if self._months else day.isoformat())
        self._read_back()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def _edited(self) -> None:
        self._read_back()
        self.touch()

    def _read_back(self) -> None:
        day = self._read(self.line.text())
        told = None if day is None else message("{month:month}", month=day) if self._months else _told(day)
        self._echo.set_text(told)

    def _read(self, text: str) -> date | None:
        return read_month(text, self._today) if self._months else read_date(text, self._today)


def _told(day: date) -> Message:
    return message(N_("{weekday}, {day:date}"), weekday=Message(_WEEKDAYS[day.weekday()]), day=day)
