"""Pieces of the page: a titled table, a titled drawing, a row of figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import Sayable, message
from officer_app.credit.assessment import Unit
from officer_app.credit.figures import Missing, Ratio, known
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.plot import MakeDrawing, PlotCanvas
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.table import Column, Row
from officer_app.memos.quantities import quantity, waits_for

_WHOLE: Final = Decimal(1)


class Block(QWidget):
    """A heading and a small table under it; Enter on a row calls `wanted` with `place:key`."""

    def __init__(
        self,
        speech: Speech,
        title: Sayable,
        columns: tuple[Column, ...],
        wanted: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = Statement(speech, columns)
        self.table.opened.connect(wanted)
        speech.name(self.table, title)
        self.note = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addWidget(Text(speech, title, Kind.SECTION, wrap=True, parent=self))
        column.addWidget(self.table)
        column.addWidget(self.note)
        column.addStretch(1)

    def show_rows(self, rows: tuple[Row, ...], note: Sayable | None = None) -> None:
        """Show these; a remark stands under them. Without rows there is the remark alone."""
        self.table.setVisible(bool(rows))
        # Several rows may lead to one fact; their keys differ by their place.
        self.table.show_rows(tuple(replace(row, key=f"{place}:{row.key}") for place, row in enumerate(rows)))
        self.note.set_text(note)


class Sketch(Card):
    """A drawing under its own title."""

    def __init__(self, speech: Speech, title: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.canvas = PlotCanvas(speech)
        self._note = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self._note.hide()
        self.body.addWidget(Text(speech, title, Kind.SECTION, wrap=True, parent=self))
        self.body.addWidget(self.canvas)
        self.body.addWidget(self._note)
        self.body.addStretch(1)

    def show_plot(self, make: MakeDrawing, waits: Sayable | None = None) -> None:
        """Draw it, and say what it waits for while something is missing."""
        self.canvas.show_plot(make)
        self._note.set_text(waits)


class Headline(QWidget):
    """One great figure: what it is above, what belongs to it below."""

    def __init__(self, speech: Speech, title: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = Text(speech, message("—"), Kind.NUMBER, parent=self)
        self._beside = Text(speech, None, Kind.MUTED, wrap=True, parent=self)
        self._under = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self._speech = speech
        for text in (self._beside, self._under):
            text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Text(speech, title, Kind.SECTION, parent=self))
        row = QHBoxLayout()
        row.addWidget(self._number)
        row.addStretch(1)
        nest(column, row)
        column.addWidget(self._beside)
        column.addWidget(self._under)
        column.addStretch(1)

    def show_figure(
        self,
        number: Sayable,
        beside: Sayable | None = None,
        under: Sayable | None = None,
        *,
        tip: Sayable | None = None,
        tone: Role | None = None,
    ) -> None:
        """The figure, the line that belongs to it, a smaller line, and where it comes from."""
        self._number.set_text(number)
        self._number.set_tone(tone)
        self._beside.set_text(beside)
        self._under.set_text(under)
        self._speech.tip(self._number, tip if tip is not None else number)


def figure_cell(value: Ratio, unit: Unit, tip: Sayable | None = None, *, strong: bool = False) -> Cell:
    """A figure as it is copied, shown in its unit; one that is missing says what it waits for."""
    number = known(value)
    if number is None:
        waits = waits_for(value.paths) if isinstance(value, Missing) else tip
        return Cell(quantity(value, unit), muted=True, tip=waits)
    shown = number.quantize(_WHOLE) if unit is Unit.MONEY else number
    return Cell(quantity(shown, unit), number, strong=strong, tip=tip)


def money_cell(value: Ratio, tip: Sayable | None = None, *, strong: bool = False) -> Cell:
    """An amount in whole yuan; the exact one is copied."""
    return figure_cell(value, Unit.MONEY, tip, strong=strong)


def first_path(value: Ratio, otherwise: str = "") -> str:
    """The fact that a missing figure waits for."""
    return value.paths[0] if isinstance(value, Missing) and value.paths else otherwise
