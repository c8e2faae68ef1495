"""The list of contradictions, with at most one editor open in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.ids import PhotoId
from officer_app.base.words import Sayable
from officer_app.casework.findings import Standing
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.checks.dispute import DisputeCard, Matter
from officer_app.desktop.screens.checks.editor import EXPLAINED, Draft, ExitEditor, Proofs
from officer_app.vault.records import LieTold


class DisputeList(QWidget):
    """`kept(key, way, words, proofs, lie)` when an exit is taken, `reopened(key)`, `question_wanted(ref)`.

    `editing(key)` when an editor opens, with "" when it closes.

    A card is made anew when its matter changed; what was being typed in it goes on in the new one.
    """

    kept = Signal(str, str, str, object, object)
    reopened = Signal(str)
    question_wanted = Signal(str)
    editing = Signal(str)

    def __init__(self, speech: Speech, picture: Callable[[PhotoId], QImage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._picture = picture
        self._photos: tuple[tuple[PhotoId, Sayable], ...] = ()
        self._cards: dict[str, DisputeCard] = {}
        self._key, self._way, self._draft = "", "", Draft()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE + HALF)

    def show_matters(self, matters: tuple[Matter, ...], photos: tuple[tuple[PhotoId, Sayable], ...]) -> None:
        """Show these, and the pictures to pick proofs from."""
        self._photos = photos
        self._remember()
        former, self._cards = self._cards, {}
        for matter in matters:
            card = former.pop(matter.one.key, None)
            if card is None or card.matter != matter:
                _drop(card)
                card = self._card(matter)
            self._cards[matter.one.key] = card
        for left in former.values():
            _drop(left)
        for place, card in enumerate(self._cards.values()):
            self._column.insertWidget(place, card)
        self._open_again()
        self.setVisible(bool(matters))

    def forget(self) -> None:
        """Another case: what was being typed belonged to the former."""
        self._key, self._way, self._draft = "", "", Draft()
        self.show_matters((), ())

    def cards(self) -> tuple[DisputeCard, ...]:
        """All cards, as they are listed."""
        return tuple(self._cards.values())

    def card(self, key: str) -> DisputeCard | None:
        """The card of a contradiction."""
        return self._cards.get(key)

    def waiting(self) -> DisputeCard | None:
        """The first that must still be settled."""
        return next((card for card in self._cards.values() if card.matter.one.standing is Standing.OPEN), None)

    def editor(self) -> ExitEditor | None:
        """The editor that is open."""
        card = self._cards.get(self._key)
        return card.editor if card is not None else None

    def edit(self, key: str, way: str) -> None:
        """Open the editor of an exit; asked for the one that is open, close it."""
        former = self.editor()
        if former is not None and (self._key, self._way) == (key, way):
            self.close_editor()
            return
        draft = former.draft() if former is not None and self._key == key else Draft()
        if former is not None:
            self._cards[self._key].close_editor()
        self._key, self._way, self._draft = key, way, draft
        self._open_again()
        opened = self.editor()
        if opened is not None:
            opened.setFocus()

    def close_editor(self) -> None:
        """Close it; the keyboard goes back to its exit."""
        card, way = self._cards.get(self._key), self._way
        self._key, self._way, self._draft = "", "", Draft()
        if card is None:
            return
        card.close_editor()
        self.editing.emit("")
        if way in card.exits:
            card.exits[way].setFocus()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _card(self, matter: Matter) -> DisputeCard:
        card, key = DisputeCard(self._speech, matter, self), matter.one.key
        card.exit_chosen.connect(partial(self.edit, key))
        card.reopened.connect(partial(self._reopen, key))
        card.question_wanted.connect(self.question_wanted)
        return card

    def _remember(self) -> None:
        editor = self.editor()
        if editor is not None:
            self._draft = editor.draft()

    def _open_again(self) -> None:
        """The editor that was open, in a card that may be a new one."""
        card = self._cards.get(self._key)
        if card is None or self._way not in card.exits:
            self._key, self._way, self._draft = "", "", Draft()
            return
        if card.editor is not None:
            return
        editor = ExitEditor(self._speech, self._way, card.matter.one.apart, card)
        if self._way == EXPLAINED:
            editor.pictures.show_pictures(self._photos, self._picture)
        editor.show_draft(self._draft)
        editor.kept.connect(self._keep)
        editor.closed.connect(self.close_editor)
        card.open_editor(editor)
        self.editing.emit(self._key)

    def _keep(self, words: str, proofs: Proofs, lie: LieTold | None) -> None:
        key, way = self._key, self._way
        self.close_editor()
        self.kept.emit(key, way, words, proofs, lie)
        QTimer.singleShot(0, self, partial(self._stand_at, key))

    def _reopen(self, key: str) -> None:
        self.reopened.emit(key)
        QTimer.singleShot(0, self, partial(self._stand_at, key))

    def _stand_at(self, key: str) -> None:
        """The card was made anew: the keyboard goes on in it."""
        card = self._cards.get(key)
        if card is not None and self.isVisible():
            card.first_stop().setFocus()


def _drop(card: DisputeCard | None) -> None:
    if card is not None:
        card.hide()
        card.deleteLater()
