"""The two conclusions side by side: can they pay, will they pay; a sentence each, and every reason."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import Answer, Conclusion
from officer_app.credit.conclusions import ANSWER_LABELS
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State

CAN_PAY: Final = message(N_("Can they pay?"))
WILL_PAY: Final = message(N_("Will they pay?"))

_STATES: Final = {
    Answer.YES: State.PASSED,
    Answer.WITH_CONDITIONS: State.LOOK,
    Answer.NO: State.STOP,
    Answer.CANNOT_TELL: State.CANNOT_TELL,
}
_MOST: Final = 4


class ConclusionCard(Card):
    """One question with its answer."""

    def __init__(self, speech: Speech, question: Message, parent: QWidget | None = None) -> None:
        super().__init__(State.CANNOT_TELL, parent=parent)
        self._speech = speech
        self._pill = Pill(speech, State.CANNOT_TELL, parent=self)
        self._sentence = Text(speech, None, wrap=True, parent=self)
        self._reasons = tuple(Text(speech, None, Kind.SMALL, wrap=True, parent=self) for _ in range(_MOST + 1))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(Text(speech, question, Kind.SECTION, parent=self))
        row.addWidget(self._pill)
        row.addStretch(1)
        nest(self.body, row)
        self.body.addWidget(self._sentence)
        for text in self._reasons:
            self.body.addWidget(text)
        self.body.addStretch(1)

    def show_conclusion(self, it: Conclusion) -> None:
        """The answer, its sentence, and the reasons; many are counted, the flags below name them all."""
        state = _STATES[it.answer]
        self.set_tone(state)
        self._pill.show_state(state, message(ANSWER_LABELS[it.answer]))
        self._sentence.set_text(it.sentence)
        shown: list[Sayable | None] = [message(N_("· {reason}"), reason=one) for one in it.reasons[:_MOST]]
        if len(it.reasons) > _MOST:
            shown.append(message(N_("· and {more:count} more among the flags"), more=len(it.reasons) - _MOST))
        for place, text in enumerate(self._reasons):
            text.set_text(shown[place] if place < len(shown) else None)
