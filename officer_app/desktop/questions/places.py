"""A place on the map, typed or pasted: 36.1952, 117.0881."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.fields import Field

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def read_place(text: str) -> str | None:
    """Latitude, longitude, altitude and accuracy as XForms stores them; None when it is no place on earth."""
    flat = unicodedata.normalize("NFKC", text)
    numbers = _NUMBER.findall(flat)
    left = _NUMBER.sub("", flat)
    if not 2 <= len(numbers) <= 4 or re.sub(r"[\s,;°、]", "", left):
        return None
    if abs(Decimal(numbers[0])) > 90 or abs(Decimal(numbers[1])) > 180:
        return None
    return " ".join([*numbers, "0", "0"][:4])


class PlaceField(Field):
    """Latitude and longitude in degrees; the photo intake fills it when a phone knew."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self.line = QLineEdit(self)
        speech.put(self.line, message(N_("Latitude, longitude")), "setPlaceholderText")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.line.textEdited.connect(self.touch)
        self.adopt(self.line)

    def display(self, stored: str) -> None:
        self.line.setText(", ".join(stored.split()[:2]))

    def read(self) -> tuple[str | None, Sayable | None]:
        text = self.line.text().strip()
        if not text:
            return "", None
        if text == ", ".join(self.value().split()[:2]):
            return self.value(), None
        place = read_place(text)
        if place is None:
            return None, message(N_("This is no place. Type latitude and longitude, such as 36.1952, 117.0881."))
        return place, None

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
