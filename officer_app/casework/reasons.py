"""Why a delivery was put aside, kept so that it can be read later in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from officer_app.base import canonical
from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, Bilingual, Message, Sayable, say

# What the place of an error is in its sentence, where a row keeps no more than code and place.
_NAMED: Final[Mapping[Code, str]] = {Code.DELIVERY_UNREADABLE: "field", Code.CASE_PURGED: "certificate"}


@dataclass(frozen=True, slots=True)
class Reason:
    """What was wrong, what to do about it, and the code and place for whoever helps."""

    code: str
    where: str
    sentence: Sayable
    remedy: Sayable


def kept(fault: Fault) -> str:
    """A fault as the inbox keeps it: its sentences are written out now, for its values are not kept."""
    told: canonical.Json = {
        "code": fault.code.name,
        "where": fault.where,
        "sentence": _in_both(fault.sentence),
        "remedy": _in_both(fault.remedy),
    }
    return canonical.encode(told).decode()


def _in_both(words: Message) -> canonical.Json:
    return {language: say(words, language) for language in (ENGLISH, CHINESE)}


def read(text: str) -> Reason:
    """What `kept` wrote. Rows of earlier versions hold code and place alone: their code still says what to do."""
    try:
        told = canonical.decode(text.encode())
    except ValueError:
        told = None
    if not isinstance(told, Mapping):
        return _of_code(text)
    return Reason(
        str(told.get("code", "")),
        str(told.get("where", "")),
        _bilingual(told.get("sentence")),
        _bilingual(told.get("remedy")),
    )


def _of_code(text: str) -> Reason:
    name, _, where = text.partition(" ")
    code = Code.__members__.get(name, Code.DELIVERY_UNREADABLE)
    values = {_NAMED[code]: where or "—"} if code in _NAMED else {}
    return Reason(name, where, _without_gaps(code.value.sentence, values), _without_gaps(code.value.remedy, values))


def _without_gaps(text: str, values: Mapping[str, str]) -> Message:
    """A sentence whose values are gone says a dash in their place."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    return Message(text, {name: values.get(name) for name in names})


def _bilingual(value: canonical.Json) -> Bilingual:
    texts = value if isinstance(value, Mapping) else {}
    return Bilingual(str(texts.get(ENGLISH, "")), str(texts.get(CHINESE, "")))
