"""A stranger's JSON object, read strictly: known keys, known types, bounded sizes.

A missing key and null are the same; numbers and decimal texts are accepted. Errors everywhere: LOAN_TERMS, where: the
key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message, message

SIZE_LIMIT: Final = 1_000_000  # bytes
MOST_ROWS: Final = 1_200
MOST: Final = Decimal(10) ** 15
_DIGITS_MOST: Final = 40


def refused(field: str, why: Message) -> Fault:
    """The terms do not hold, here and for this reason."""
    return Fault(Code.LOAN_TERMS, where=field, field=field, why=why)


def one_of(choices: tuple[str, ...]) -> Message:
    """What may stand there."""
    return message(N_("one of: {choices}"), choices=", ".join(choices))


def told_object(data: bytes) -> Mapping[str, object]:
    """The one JSON object in some bytes, its numbers as decimals."""
    if len(data) > SIZE_LIMIT:
        raise refused("{}", message(N_("it is larger than {most} bytes"), most=SIZE_LIMIT))
    try:
        told = json.loads(data, parse_float=number_of, parse_int=number_of, parse_constant=number_of)
    except (ValueError, RecursionError):
        raise refused("{}", message(N_("it is not JSON"))) from None
    if not isinstance(told, dict):
        raise refused("{}", message(N_("one JSON object is expected")))
    return told


def number_of(text: str) -> Decimal:
    """A number with as many digits as an amount can have. Errors: ValueError."""
    if len(text) > _DIGITS_MOST:
        raise ValueError(text[:_DIGITS_MOST])
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS_MOST:
        raise ValueError(text)
    return value


class Told:
    """One JSON object, its keys known."""

    def __init__(self, told: Mapping[str, object], known: frozenset[str], before: str = "") -> None:
        """Take an object; `before` is where it stands. Errors: LOAN_TERMS for a key nobody knows."""
        odd = sorted(key for key in told if key not in known)
        if odd:
            raise refused(f"{before}{odd[0]}"[:80], message(N_("nobody knows this key")))
        self._told = told
        self._before = before

    def text(self, key: str, otherwise: str) -> str:
        """A text, or what it is otherwise."""
        value = self._told.get(key)
        if value is None:
            return otherwise
        if not isinstance(value, str):
            raise self._refused(key, message(N_("a text is expected")))
        return value

    def some(self, key: str) -> list[object] | None:
        """A list with something in it, or None."""
        value = self._told.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not 0 < len(value) <= MOST_ROWS:
            raise self._refused(key, message(N_("a list of at most {most} entries is expected"), most=MOST_ROWS))
        return value

    def amount(self, key: str, least: Decimal = Decimal(0)) -> Decimal | None:
        """A number from `least` on, or None."""
        value = self._told.get(key)
        return None if value is None else self._amount(key, value, least)

    def needed_amount(self, key: str, least: Decimal) -> Decimal:
        """A number that must be there."""
        value = self.amount(key, least)
        if value is None:
            raise self._refused(key, message(N_("it is missing")))
        return value

    def multiple(self, key: str) -> Decimal | None:
        """A number above nothing, or None."""
        value = self.amount(key)
        if value is not None and not value:
            raise self._refused(key, message(N_("it must be more than nothing")))
        return value

    def amounts(self, key: str) -> tuple[Decimal, ...]:
        """Numbers from nothing on."""
        return tuple(self._amount(f"{key}[{n}]", one, Decimal(0)) for n, one in enumerate(self.some(key) or ()))

    def count(self, key: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or None."""
        value = self.amount(key)
        if value is None:
            return None
        if value != value.to_integral_value() or not least <= value <= most:
            raise self._refused(key, message(N_("a whole number from {least} to {most}"), least=least, most=most))
        return int(value)

    def count_or(self, key: str, otherwise: int, least: int, most: int) -> int:
        """A whole number within bounds, or what it is otherwise."""
        value = self.count(key, least, most)
        return otherwise if value is None else value

    def day(self, key: str) -> date | None:
        """A date, or None."""
        value = self._told.get(key)
        return None if value is None else self._day(key, value)

    def needed_day(self, key: str) -> date:
        """A date that must be there."""
        value = self.day(key)
        if value is None:
            raise self._refused(key, message(N_("it is missing")))
        return value

    def days(self, key: str) -> tuple[date, ...]:
        """Dates."""
        return tuple(self._day(f"{key}[{n}]", one) for n, one in enumerate(self.some(key) or ()))

    def inside(self, key: str, known: frozenset[str]) -> tuple[Told, ...]:
        """The objects of a list."""
        found = []
        for place, entry in enumerate(self.some(key) or ()):
            if not isinstance(entry, Mapping):
                raise self._refused(f"{key}[{place}]", message(N_("one JSON object is expected")))
            found.append(Told(entry, known, f"{self._before}{key}[{place}]."))
        return tuple(found)

    def shares(self, key: str) -> Mapping[int, Decimal]:
        """Weights by calendar month: {"9": 60, "10": 40}."""
        value = self._told.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not value:
            raise self._refused(key, message(N_("weights by calendar month are expected")))
        months = {str(month) for month in range(1, 13)}
        odd = sorted(str(month) for month in value if month not in months)
        if odd:
            raise self._refused(f"{key}.{odd[0]}"[:80], message(N_("a month from 1 to 12 is expected")))
        return {int(month): self._amount(f"{key}.{month}", weight, Decimal(0)) for month, weight in value.items()}

    def _day(self, key: str, value: object) -> date:
        try:
            if isinstance(value, str) and len(value) == len("2026-01-31"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self._refused(key, message(N_("a date such as 2026-01-31 is expected")))

    def _amount(self, key: str, value: object, least: Decimal) -> Decimal:
        try:
            number = value if isinstance(value, Decimal) else number_of(value) if isinstance(value, str) else None
        except ValueError:
            number = None
        if number is None:
            raise self._refused(key, message(N_("a number is expected")))
        if not least <= number <= MOST:
            raise self._refused(key, message(N_("it is out of bounds")))
        return number

    def _refused(self, key: str, why: Message) -> Fault:
        return refused(f"{self._before}{key}", why)
