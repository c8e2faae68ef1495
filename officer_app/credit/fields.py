"""How a fact is declared: one field of a dataclass carries its kind, unit, label, range and what absence means.

The vocabulary, the reader and the list of what is still missing are all made from these declarations, so that a
new fact is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Final

MARK: Final = "fact"
# A trillion yuan a month is a slip of the finger; the bound also keeps every product of facts printable.
_TOO_MUCH: Final = Decimal(10) ** 12


class FactKind(StrEnum):
    """What a fact holds, by the type names of the worked cases."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    INT = "int"
    YES_NO = "yes/no"
    CHOICE = "choice"
    LABEL = "label"
    MONTH = "month"
    DATE = "date"
    LIST = "list"
    GROUP = "group"  # a map of further facts; not a fact itself


class Absence(Enum):
    """What it means when a fact is not there."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Declared:
    """The declaration of one field."""

    kind: FactKind
    unit: str = ""
    label: str = ""
    absence: Absence = Absence.REQUIRED
    default: str | None = None
    choices: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    most: Decimal = _TOO_MUCH
    of: type | None = None
    many: bool = False
    key: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """One value that simply is not there when nobody has said it."""
        return not self.many and self.of is None and self.default is None


def _declare(declared: Declared) -> Any:
    return field(metadata=_marked(declared))


def _marked(declared: Declared) -> Mapping[str, Declared]:
    return {MARK: declared}


def _absence(*, optional: bool, default: str | None) -> Absence:
    return Absence.OPTIONAL if optional or default is not None else Absence.REQUIRED


def money(
    label: str, *, unit: str = "money", default: str | None = None, optional: bool = False, signed: bool = False
) -> Any:
    """An amount in the one currency of the case; negative only where `signed`."""
    least = -_TOO_MUCH if signed else Decimal(0)
    absence = _absence(optional=optional, default=default)
    return _declare(Declared(FactKind.MONEY, unit, label, absence, default, least=least))


def percent(label: str, *, unit: str = "percent", default: str | None = None, optional: bool = False) -> Any:
    """A share in per cent: 12.5 is 12.5 %."""
    return _declare(Declared(FactKind.PERCENT, unit, label, _absence(optional=optional, default=default), default))


def number(
    label: str,
    *,
    unit: str = "number",
    default: str | None = None,
    optional: bool = False,
    span: tuple[int, int] | None = None,
) -> Any:
    """A plain number, inside `span` where one is given."""
    least, most = (Decimal(0), _TOO_MUCH) if span is None else (Decimal(span[0]), Decimal(span[1]))
    absence = _absence(optional=optional, default=default)
    return _declare(Declared(FactKind.NUMBER, unit, label, absence, default, least=least, most=most))


def whole(
    label: str, *, unit: str = "count", optional: bool = False, least: int = 0, most: int = 1_000_000_000
) -> Any:
    """A whole number."""
    absence = _absence(optional=optional, default=None)
    return _declare(
        Declared(FactKind.INT, unit, label, absence, least=Decimal(least), most=Decimal(most)),
    )


def yes_no(label: str, *, default: str | None = None, optional: bool = False) -> Any:
    """Yes or no."""
    return _declare(Declared(FactKind.YES_NO, "", label, _absence(optional=optional, default=default), default))


def choice(label: str, *choices: str, default: str | None = None, optional: bool = False) -> Any:
    """One word out of a few."""
    absence = _absence(optional=optional, default=default)
    return _declare(Declared(FactKind.CHOICE, "", label, absence, default, choices))


def text(label: str, *, required: bool = False) -> Any:
    """Free text; `required` where something is named by it."""
    return _declare(Declared(FactKind.LABEL, "", label, Absence.REQUIRED if required else Absence.OPTIONAL))


def month(label: str) -> Any:
    """A calendar month, YYYY-MM."""
    return _declare(Declared(FactKind.MONTH, "", label, Absence.OPTIONAL))


def day(label: str) -> Any:
    """A calendar day, YYYY-MM-DD."""
    return _declare(Declared(FactKind.DATE, "", label, Absence.OPTIONAL))


def group(of: type, label: str, *, optional: bool = False) -> Any:
    """A map of further facts; an optional one is None when absent, the others are there with all facts missing."""
    return _declare(Declared(FactKind.GROUP, "", label, Absence.OPTIONAL if optional else Absence.REQUIRED, of=of))


def listing(of: type, label: str, *, absence: Absence = Absence.REQUIRED, key: tuple[str, ...] = ()) -> Any:
    """A list of maps. Absent: missing when required, None when optional, an empty list when EMPTY.

    `key` names the members by which an entry is known again on another visit: entries with equal keys are one thing.
    Without a key a list is taken whole from the latest visit that answers it.
    """
    return _declare(Declared(FactKind.LIST, "", label, absence, of=of, many=True, key=key))


def values(kind: FactKind, label: str, *, unit: str = "", absence: Absence = Absence.REQUIRED) -> Any:
    """A list of plain values."""
    return _declare(Declared(kind, unit, label, absence, many=True))
