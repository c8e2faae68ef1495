"""The words under which a loan file is found, and the words that somebody types, brought to one shape.

An index of whole words knows no Chinese: characters are therefore indexed one by one and asked for as a phrase.
Ends of numbers are indexed backwards, so that an end is a beginning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from officer_app.base.pinyin import spellings

# One ideograph, or a run of other letters and digits.
_UNIT: Final = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]|[^\W_㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_IDENTITY: Final = re.compile(r"\d{17}[\dx]")
_TAIL: Final = re.compile(r"\d+x?")
_LETTERS: Final = re.compile(r"[a-z]+")
# Beyond this a name is a company's: its parts are searched by characters.
_NAME_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The columns of the search index for one file."""

    names: str
    business: str
    letters: str
    numbers: str
    tails: str


def index(applicant: str, business: str, number: str, phone: str, resident_id: str) -> Words:
    """What to index of one file."""
    phone_digits, identity = plain_number(phone), plain_number(resident_id)
    return Words(
        names=" ".join(units(applicant)),
        business=" ".join(units(business)),
        letters=" ".join((*_letters(applicant), *_letters(business))),
        numbers=" ".join((*units(number), phone_digits)),
        tails=" ".join((phone_digits[::-1], identity[::-1])),
    )


def units(text: str) -> list[str]:
    """Ideographs one by one, other words whole, in lower case and compatible form."""
    return _UNIT.findall(unicodedata.normalize("NFKC", text).lower())


def plain_number(text: str) -> str:
    """A phone or identity number without what people put between digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def identity_in(text: str) -> str | None:
    """The whole identity number in what was typed, if there is one."""
    found = _IDENTITY.search(plain_number(text))
    return found.group() if found else None


def expression(text: str) -> str | None:
    """The question to the index: every word must be found. None when nothing searchable was typed."""
    asked = [_word(units(word)) for word in text.split()]
    parts = [part for part in asked if part]
    return " AND ".join(f"({part})" for part in parts) if parts else None


def _word(parts: list[str]) -> str:
    if not parts:
        return ""
    phrase = _quoted(" ".join(parts)) + ("*" if _open_ended(parts[-1]) else "")
    asked = [f"{{names business numbers}} : {phrase}"]
    joined = "".join(parts)
    if _TAIL.fullmatch(joined):
        asked.append(f"tails : {_quoted(joined[::-1])}*")
    if _LETTERS.fullmatch(joined):
        asked.append(f"letters : {_quoted(joined)}*")
    return " OR ".join(asked)


def _open_ended(unit: str) -> bool:
    """May more letters follow? An ideograph is whole."""
    return unit.isascii()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _letters(name: str) -> list[str]:
    """Pinyin and initials, from the first character on and, for people's names, from each later one."""
    starts = range(len(name)) if len(name) <= _NAME_LENGTH else range(1)
    found = {spelling for start in starts for spelling in spellings(name[start:]) if spelling}
    return sorted(found)
