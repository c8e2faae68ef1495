"""The language of the window: words are said now, and said again when the language changes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QObject, Signal

from officer_app.base import words
from officer_app.base.words import CHINESE, Bilingual, Language, Sayable, Verbatim

# Which property tells that a visible text is nobody's to translate.
_MARKS = {
    "setText": "verbatim",
    "setPlaceholderText": "verbatim_hint",
    "setToolTip": "verbatim_tip",
    "setWindowTitle": "verbatim_title",
}
_KEPT: Final = "spoken"


def is_given(what: Sayable | None) -> bool:
    """Whether a text was given by people and is nobody's here to translate."""
    return isinstance(what, Verbatim | Bilingual)


class Speech(QObject):
    """Says messages in the window's language."""

    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language

    @property
    def language(self) -> Language:
        """The language spoken now."""
        return self._language

    def set_language(self, language: Language) -> None:
        """Speak another language from now on: everything put with `put` is said again at once."""
        if language != self._language:
            self._language = language
            self.changed.emit()

    def say(self, what: Sayable) -> str:
        """The text of a message, now."""
        return words.say(what, self._language)

    def locale(self) -> QLocale:
        """Qt's idea of the language, for its own calendars and input methods."""
        return QLocale("zh_CN" if self._language == CHINESE else "en_GB")

    def put(self, thing: QObject, what: Sayable, setter: str = "setText") -> None:
        """Say it on a widget now and again on every change of language; replaces what was put before."""
        # Kept on the widget: asking Qt for its children would wrap parts of Qt's own that come and go unseen.
        spoken: _Spoken | None = vars(thing).get(_KEPT)
        if spoken is None:
            spoken = vars(thing)[_KEPT] = _Spoken(thing, self)
        spoken.put(setter, what)

    def tip(self, thing: QObject, what: Sayable) -> None:
        """A tooltip."""
        self.put(thing, what, "setToolTip")

    def name(self, thing: QObject, what: Sayable) -> None:
        """What a screen reader calls the widget."""
        self.put(thing, what, "setAccessibleName")


class _Spoken(QObject):
    """The texts of one widget, by their setters; a child of it, so that both end together."""

    def __init__(self, thing: QObject, speech: Speech) -> None:
        super().__init__(thing)
        self._speech = speech
        self._texts: dict[str, Sayable] = {}
        speech.changed.connect(self._say_all)

    def put(self, setter: str, what: Sayable) -> None:
        if self._texts.get(setter) != what:
            self._texts[setter] = what
            self._say(setter)

    def _say_all(self) -> None:
        for setter in self._texts:
            self._say(setter)

    def _say(self, setter: str) -> None:
        thing = self.parent()
        if thing is None:
            return
        what = self._texts[setter]
        mark = _MARKS.get(setter)
        if mark is not None:
            thing.setProperty(mark, is_given(what))
        getattr(thing, setter)(self._speech.say(what))
