"""A picture that is asked for again: by whoever decides, in a question that comes with a returned file or alone.

The question says it in its first words, so that it needs no form of its own and reads the same on paper. The officer
finds it as a frame of the shot list; as any other it wants a picture, or a reason why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from officer_app.base.words import CHINESE, N_, Bilingual, Sayable, message, say
from officer_app.casework.correspondence import Question

# How such a question begins, in any language the program speaks; people type either colon.
_BEGINS: Final = ("补拍：", "补拍:", "Photograph again:", "Photograph again：")
_WORDS: Final = N_("Photograph again: {shot}")
_PREFIX: Final = "asked_"


@dataclass(frozen=True, slots=True)
class Request:
    """One picture asked for: how it stands as a shot, what was asked, by whom."""

    shot: str
    words: str
    asked_by: str

    @property
    def label(self) -> Bilingual:
        """What was asked, in the words it was asked with."""
        return Bilingual(self.words, self.words)


def asking_for(shot: Sayable, language: str = CHINESE) -> str:
    """The question that asks for a picture again; more may be written behind it."""
    return say(message(_WORDS, shot=shot), language)


def requests(questions: Iterable[Question]) -> tuple[Request, ...]:
    """The pictures that are asked for among the questions on a case, each once, oldest first."""
    found: dict[str, Request] = {}
    for one in questions:
        begin = next((begin for begin in _BEGINS if one.words.strip().casefold().startswith(begin.casefold())), None)
        words = one.words.strip()[len(begin) :].strip() if begin is not None else ""
        if words:
            found.setdefault(words, Request(f"{_PREFIX}{one.about}_{one.item}", words, one.asked_by))
    return tuple(found.values())
