"""Words that lead somewhere: a fact to its question, a line to its place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.casework.fact_places import FactPlace
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.flow import FlowLayout

PHOTOS: Final = "photos"


class FactLinks(QWidget):
    """A quiet button for each fact; `wanted(ref)` when one is pressed, with PHOTOS for what pictures tell."""

    wanted = Signal(str)

    def __init__(self, speech: Speech, places: tuple[FactPlace, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, HALF)
        self.buttons: list[Button] = []
        for place in places:
            of_photos = place.path.startswith(PHOTOS)
            leads = place.ref or (PHOTOS if of_photos else "")
            icon = Icon.PHOTO if of_photos else Icon.EDIT
            button = Button(speech, place.label, Look.QUIET, icon=icon, parent=self)
            button.setEnabled(bool(leads))
            button.clicked.connect(lambda _on=False, ref=leads: self.wanted.emit(ref))
            flow.addWidget(button)
            self.buttons.append(button)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setVisible(bool(places))
