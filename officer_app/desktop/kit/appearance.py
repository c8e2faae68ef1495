"""How the window looks and speaks, and that it is remembered."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication

from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, Language
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode

_LANGUAGE: Final = "language"
_LOOK: Final = "look"


class Appearance(QObject):
    """Language and light or dark of the running window. `changed` after either."""

    changed = Signal()

    def __init__(self, app: QApplication, preferences: Preferences, *, bundled_fonts: bool = False) -> None:
        super().__init__()
        self._app = app
        self._bundled = bundled_fonts
        self.preferences = preferences
        self.speech = Speech(_language(preferences))
        self._mode = self.chosen_mode() or theme.system_mode()
        theme.apply(app, self._mode, bundled_fonts=bundled_fonts)

    @property
    def mode(self) -> Mode:
        """Light or dark, as shown now."""
        return self._mode

    def chosen_mode(self) -> Mode | None:
        """What was chosen, or None: as the computer has it."""
        kept = self.preferences.text(_LOOK)
        return next((mode for mode in Mode if mode.value == kept), None)

    def set_mode(self, chosen: Mode | None) -> None:
        """Light, dark, or as the computer has it."""
        self.preferences.put(_LOOK, chosen.value if chosen is not None else None)
        self._mode = chosen or theme.system_mode()
        theme.apply(self._app, self._mode, bundled_fonts=self._bundled)
        self.changed.emit()

    def set_language(self, language: Language) -> None:
        """Speak it from now on, and at the next start."""
        self.preferences.put(_LANGUAGE, language)
        self.speech.set_language(language)
        self.changed.emit()

    def other_language(self) -> None:
        """The other of the two."""
        self.set_language(ENGLISH if self.speech.language == CHINESE else CHINESE)


def _language(preferences: Preferences) -> Language:
    kept = preferences.text(_LANGUAGE)
    if kept in LANGUAGES:
        return kept
    return CHINESE if QLocale.system().language() == QLocale.Language.Chinese else ENGLISH
