"""Language, and light or dark."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import CHINESE, ENGLISH, N_, Verbatim, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.theme import HALF, Mode
from officer_app.desktop.screens.settings.card import SettingsCard
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option

_SYSTEM: Final = "system"


class AppearanceCard(SettingsCard):
    """Both take effect at once and are remembered on this laptop."""

    def __init__(self, appearance: Appearance) -> None:
        speech = appearance.speech
        super().__init__(speech, message(N_("Language and look")))
        self._appearance = appearance
        self.language = ChoiceList(speech)
        self.language.show_options((Option(CHINESE, Verbatim("中文")), Option(ENGLISH, Verbatim("English"))))
        self.look = ChoiceList(speech)
        self.look.show_options(
            (
                Option(_SYSTEM, message(N_("As the computer has it"))),
                Option(Mode.LIGHT.value, message(N_("Light"))),
                Option(Mode.DARK.value, message(N_("Dark"))),
            )
        )
        for words, field in (
            (message(N_("Language")), self.language),
            (message(N_("Light or dark")), self.look),
        ):
            self.body.addWidget(Text(speech, words, Kind.MUTED, parent=self))
            self.body.addWidget(field)
            self.body.addSpacing(HALF)
        self._show()
        self.language.committed.connect(appearance.set_language)
        self.look.committed.connect(self._set_look)
        appearance.changed.connect(self._show)

    def _show(self) -> None:
        self.language.show_value(self._appearance.speech.language)
        chosen = self._appearance.chosen_mode()
        self.look.show_value(chosen.value if chosen is not None else _SYSTEM)

    def _set_look(self, key: str) -> None:
        self._appearance.set_mode(None if key == _SYSTEM else Mode(key))
