"""The language of the window: words are said now, and said again when the language changes."""

from __future__ import annotations

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
        for child in thing.children():
            if isinstance(child, _Spoken) and child.setter == setter:
                child.say_instead(what)
                return
        _Spoken(thing, self, setter, what)

    def tip(self, thing: QObject, what: Sayable) -> None:
        """A tooltip."""
        self.put(thing, what, "setToolTip")

    def name(self, thing: QObject, what: Sayable) -> None:
        """What a screen reader calls the widget."""
        self.put(thing, what, "setAccessibleName")


class _Spoken(QObject):
    """One text on one widget; a child of it, so that both end together."""

    def __init__(self, thing: QObject, speech: Speech, setter: str, what: Sayable) -> None:
        super().__init__(thing)
        self.setter = setter
        self._speech = speech
        self._what = what
        speech.changed.connect(self._say)
        self._say()

    def say_instead(self, what: Sayable) -> None:
        if what != self._what:
            self._what = what
            self._say()

    def _say(self) -> None:
        thing = self.parent()
        if thing is None:
            return
        mark = _MARKS.get(self.setter)
        if mark is not None:
            thing.setProperty(mark, is_given(self._what))
        getattr(thing, self.setter)(self._speech.say(self._what))
