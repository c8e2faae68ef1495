"""Words for people: marks message ids, translates them, formats what stands in them.

English is the source. Catalogues are one `.po` per package in `resources/locale/<language>/`, merged on first
use. The language is always an argument; nothing here remembers one. `xx` is the pseudo-language of the tests:
every text from a catalogue comes out in brackets, so that a text which is not stands out.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from officer_app.base.paths import resource_folder

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

Language: TypeAlias = str
ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"
PSEUDO: Final = "xx"
LANGUAGES: Final = (CHINESE, ENGLISH)


def N_(message_id: str) -> str:  # noqa: N802  the customary gettext mark
    """Mark an English text for the catalogues; gives it back unchanged."""
    return message_id


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be said later in some language: a message id and the values it names.

    Values are formatted by what stands behind the colon in the text: `{x:money}` 55,350 or 55,350.50 ·
    `{x:percent}` 12.5 % · `{x:points}` 2.88 · `{x:ratio}` 1.73 · `{x:count}` 12 · `{x:date}` 8 Oct 2026 ·
    `{x:time}` 10:42 · `{x:moment}` date and time · `{x:month}` · `{x:metres}` 320 m · without one, as it is. A
    value may be a Message itself, or a tuple of Messages, which is joined with the language's comma.
    """

    text: str
    values: Mapping[str, Parameter] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Equal messages hash alike; the values are few."""
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


Parameter: TypeAlias = "str | int | Decimal | date | datetime | Sayable | tuple[Sayable, ...] | None"


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that is nobody's to translate: a name, a note, a file name. Said as it is in every language."""

    text: str


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that was written or said in both languages before: a form's label, a sentence kept on file."""

    english: str
    chinese: str


Sayable: TypeAlias = "Message | Verbatim | Bilingual"


def message(text: str, **values: Parameter) -> Message:
    """A Message with its values; `text` must be marked with N_ where it is written."""
    return Message(text, values)


def say(what: Sayable, language: Language) -> str:
    """The text of a message in a language.

    A message whose id is missing from the language's catalogue comes out in English; a test keeps the
    catalogues complete.
    """
    if isinstance(what, Verbatim):
        return what.text
    if isinstance(what, Bilingual):
        return (what.chinese or what.english) if language == CHINESE else (what.english or what.chinese)
    text = translate(what.text, language)
    if not what.values:
        return text
    return _Formatter(language).vformat(text, (), what.values)


def translate(message_id: str, language: Language) -> str:
    """The catalogue's text for a message id, unformatted."""
    if language == ENGLISH or not message_id:
        return message_id
    if language == PSEUDO:
        return _pseudo(message_id)
    return _catalogue(language).get(message_id, message_id)


def join(parts: tuple[Sayable, ...], language: Language) -> str:
    """Several texts in one line, with the comma of the language."""
    comma = "、" if language == CHINESE else ", "
    return comma.join(say(part, language) for part in parts)


class _Formatter(string.Formatter):
    """str.format with the domain's own format names, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, (Message, Verbatim, Bilingual)):
            return say(value, self._language)
        if isinstance(value, tuple):
            return join(value, self._language)
        if value is None:
            return "—"
        if format_spec:
            # With the first number that is said: the sign-in sheet says none.
            from officer_app.base import numerals

            if format_spec in numerals.FORMATS:
                return numerals.show(value, format_spec, self._language)
        return format(value, format_spec)


@cache
def _catalogue(language: Language) -> Mapping[str, str]:
    merged: dict[str, str] = {}
    folder = resource_folder() / "locale" / language
    for source in sorted(folder.glob("*.po")) or sorted(folder.glob("*.mo")):
        merged |= _read(source)
    return merged


def _read(source: Path) -> dict[str, str]:
    """One catalogue, from its compiled twin when that is not older, else from the source itself."""
    compiled = source.with_suffix(".mo")
    if source.suffix == ".mo" or (compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            entries = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001  no public way to list entries
        return {str(key): str(value) for key, value in entries.items() if key and isinstance(key, str)}
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def _pseudo(message_id: str) -> str:
    """The text in brackets, a third longer, its fields untouched: shows what no catalogue gave."""
    return f"⟦{message_id}{'·' * (len(message_id) // 3)}⟧"
