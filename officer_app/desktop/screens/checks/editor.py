"""What an exit asks for: words, and for an explanation the pictures that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.ids import PhotoId
from officer_app.base.words import N_, message
from officer_app.casework.findings import is_proven
from officer_app.credit.wordsaid import says_something
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.checks.lie import LieFields
from officer_app.desktop.screens.checks.pictures import PicturePicker
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField, TextArea
from officer_app.vault.records import LieTold

EXPLAINED: Final = "explained"
CORRECTED: Final = "corrected"
UNEXPLAINED: Final = "unexplained"

_DOES: Final = {
    EXPLAINED: N_("Both sides are true, and this is why. The explanation and its pictures are printed in the memo."),
    CORRECTED: N_(
        "One side was wrong. Say why, then put the answer right: this closes by itself as soon as the answers agree. "
        "What was found first stays on file."
    ),
    UNEXPLAINED: N_("There is no explanation. It goes to the top of page one as it is. This is allowed and honest."),
}
_ASKS: Final = {
    EXPLAINED: N_("What explains it, and what did you see that proves it?"),
    CORRECTED: N_("Which side was wrong, and how do you know?"),
    UNEXPLAINED: N_("What did the customer say when asked?"),
}
_KEEP: Final = {
    EXPLAINED: N_("Keep the explanation"),
    CORRECTED: N_("Keep, then correct"),
    UNEXPLAINED: N_("Let it stand"),
}
_EMPTY_LIE: Final = N_("Write down both: what was said, and what is true.")
_EMPTY: Final = N_("Say it in a sentence: it is read by whoever decides.")
_NEEDS: Final = N_(
    "{amount:money} yuan are apart here, so a sentence alone is not enough: pick a picture, name the paper that you "
    "saw, or write who else says so."
)
_UNPROVEN: Final = N_("What proves it? Pick a picture, or name a paper or a person.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and picked so far; `lied` is ticked, whether or not its two sentences are there yet."""

    words: str = ""
    photos: tuple[str, ...] = ()
    lied: bool = False
    said: str = ""
    found: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What stands beside an explanation: pictures, and in words a paper that was seen or who else says so."""

    photos: tuple[PhotoId, ...] = ()
    words: str = ""


class ExitEditor(QWidget):
    """Opens in the card, not above it. Ctrl+Enter keeps, Esc closes.

    `kept(words, proofs, lie)`; lie is None or what was said knowingly wrong. `apart` is the money that is apart, in
    yuan, where an explanation needs proof.
    """

    kept = Signal(str, object, object)
    closed = Signal()

    def __init__(self, speech: Speech, way: str, apart: Decimal | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = way
        self._apart = apart if way == EXPLAINED else None
        self.area = TextArea(speech, message(_ASKS[way]), rows=2 if way == EXPLAINED else 3, parent=self)
        speech.name(self.area.text, message(_ASKS[way]))
        self.pictures = PicturePicker(speech, self)
        self._proof = Text(speech, message(N_("Pictures that prove it")), Kind.SECTION, parent=self)
        paper = message(N_("Paper seen, or who else says so (name and phone)"))
        self.proof = LineField(speech, paper, self)
        speech.name(self.proof.line, paper)
        self.lie = LieFields(speech, self)
        self._error = Text(speech, None, Kind.ERROR, wrap=True, parent=self)
        self._error.hide()
        self._keep = Button(speech, message(_KEEP[way]), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._cancel = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._arrange(speech)
        self._keep.clicked.connect(self.keep)
        self._cancel.clicked.connect(self.closed)
        self.area.left.connect(self.keep)
        self.area.edited.connect(self._forgive)
        self.proof.edited.connect(self._forgive)
        self.proof.left.connect(self.keep)
        self.pictures.changed.connect(self._forgive)
        self.lie.edited.connect(self._forgive)
        self.lie.left.connect(self.keep)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.closed)
        self.setFocusProxy(self.area)

    def draft(self) -> Draft:
        """What would be kept now."""
        lie = self.lie
        return Draft(
            self.area.text.toPlainText(),
            self.pictures.picked(),
            lie.ticked(),
            lie.said.line.text(),
            lie.found.line.text(),
            self.proof.line.text(),
        )

    def show_draft(self, draft: Draft) -> None:
        """Go on with what was typed before."""
        self.area.text.setPlainText(draft.words)
        self.pictures.pick(draft.photos)
        self.proof.line.setText(draft.proof)
        self.lie.show_draft(draft.said, draft.found, ticked=draft.lied)

    def keep(self) -> None:
        """Hand it over, when there is something to hand over."""
        draft = self.draft()
        if not (says_something(draft.words) if self.way == EXPLAINED else draft.words.strip()):
            self._error.set_text(message(_EMPTY))
            self.area.setFocus()
            return
        if draft.lied and not (draft.said.strip() and draft.found.strip()):
            self._error.set_text(message(_EMPTY_LIE))
            (self.lie.found if draft.said.strip() else self.lie.said).setFocus()
            return
        if self._apart is not None and not is_proven(draft.photos, draft.proof):
            self._error.set_text(message(_UNPROVEN))
            self.proof.setFocus()
            return
        lie = LieTold(draft.said.strip(), draft.found.strip()) if draft.lied else None
        proofs = Proofs(tuple(PhotoId(photo) for photo in draft.photos), draft.proof.strip())
        self.kept.emit(draft.words.strip(), proofs, lie)

    def error(self) -> str:
        """What is wrong, or nothing."""
        return "" if self._error.isHidden() else self._error.text()

    def _forgive(self) -> None:
        self._error.set_text(None)

    def _arrange(self, speech: Speech) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, HALF, 0, 0)
        column.setSpacing(SPACE)
        does = message(_DOES[self.way]) if self._apart is None else message(_NEEDS, amount=self._apart)
        column.addWidget(Text(speech, does, Kind.SMALL, wrap=True, parent=self))
        column.addWidget(self.area)
        column.addWidget(self.lie)
        column.addWidget(self._proof)
        column.addWidget(self.pictures)
        column.addWidget(self.proof)
        column.addWidget(self._error)
        nest(column, buttons)
        self.lie.setVisible(self.way != EXPLAINED)
        self._proof.setVisible(self.way == EXPLAINED)
        self.pictures.setVisible(self.way == EXPLAINED)
        self.proof.setVisible(self.way == EXPLAINED)
