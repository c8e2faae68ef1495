"""A row's field as it is exported: masked, spoken, in the institution's time; shared by workbook and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeAlias

from officer_app.base.clock import local_time
from officer_app.base.masking import mask_identity, mask_phone
from officer_app.base.words import Bilingual, Language, Message, Verbatim, message, say
from officer_app.workbooks.codes import CODE_LABELS
from officer_app.workbooks.columns import Column, Kind, Row
from officer_app.workbooks.rows import PersonRow

Value: TypeAlias = "str | int | Decimal | date | datetime | None"

# XML 1.0 has no place for these; Excel calls a file that holds them damaged.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 32_767  # of an Excel cell


def mask_name(name: str) -> str:
    """The first character of a name, stars for the rest: 张**."""
    return name[:1] + "*" * max(0, len(name) - 1)


_MASKS: Final[Mapping[str, Callable[[str], str]]] = {
    "name": mask_name,
    "identity": mask_identity,
    "phone": mask_phone,
}


def value_of(row: Row, column: Column, language: Language, *, shown: bool, worded: bool) -> Value:
    """What stands in a cell; `shown` says that identities may be, `worded` that codes are said in words."""
    value = getattr(row, column.key)
    if isinstance(row, PersonRow) and not shown and column.key in _MASKS:
        value = _MASKS[column.key](str(value))
    if worded and column.kind is Kind.CODE and value in CODE_LABELS:
        value = message(CODE_LABELS[value])
    match value:
        case None | int() | Decimal():
            return value
        case datetime():
            return local_time(value).replace(tzinfo=None, microsecond=0)
        case date():
            return value
        case tuple():
            return plain(" ".join(str(part) for part in value))
        case str():
            return plain(value)
        case Message() | Verbatim() | Bilingual():
            return plain(say(value, language))
        case _:
            raise TypeError(column.key)


def plain(text: str) -> str:
    """Text that a cell can hold: no unseen signs, at most what Excel takes, then an ellipsis."""
    clean = _UNSEEN.sub("", text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
