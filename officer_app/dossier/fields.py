"""Reads the fields of a signed record from a stranger's bytes: strict in type, size and form, and nothing extra."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

from officer_app.base.canonical import Json, decode
from officer_app.base.clock import from_text, to_text
from officer_app.base.errors import Code, Fault

LONGEST_TEXT: Final = 20_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?", re.ASCII)

T = TypeVar("T")


class Fields:
    """One JSON object; each field is taken once, and `done` refuses what is left over."""

    __slots__ = ("_above", "_code", "_number", "_told")

    def __init__(self, told: Json, code: Code, above: Fields | None = None, number: str = "") -> None:
        """Take the object, the code to refuse it with, the object that it stands in and its place there.

        A place is written out only when something is refused there: there are hundreds of them in a dossier.
        """
        self._code = code
        self._above = above
        self._number = number
        self._told: dict[str, Json] = {}
        # What JSON gave is a dict; to ask first whether it is one is quicker than to ask for any mapping.
        if not isinstance(told, dict | Mapping):
            raise self._refused("")
        self._told = dict(told)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """A text of at most so many characters."""
        value = self._told.pop(name, None)
        if not isinstance(value, str) or len(value) > longest:
            raise self._refused(name)
        return value

    def integer(self, name: str, least: int, most: int) -> int:
        """A whole number between two bounds."""
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._refused(name)
        return value

    def truth(self, name: str) -> bool:
        """True or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            raise self._refused(name)
        return value

    def digest(self, name: str) -> str:
        """A SHA-256 as 64 lower-case hexadecimal digits."""
        return self._matching(name, _DIGEST)

    def id(self, name: str) -> str:
        """One of our identifiers: 32 lower-case hexadecimal digits."""
        return self._matching(name, _ID)

    def decimal(self, name: str) -> Decimal:
        """A finite decimal, written as `decimal_text` writes it."""
        return Decimal(self._matching(name, _DECIMAL))

    def moment(self, name: str) -> datetime:
        """A moment, written as `base.clock.to_text` writes it."""
        text = self.text(name, 40)
        try:
            moment = from_text(text)
        except ValueError as error:
            raise self._refused(name) from error
        if to_text(moment) != text:
            raise self._refused(name)
        return moment

    def day(self, name: str) -> date:
        """A day, written as ISO 8601 writes it: 2026-10-08."""
        text = self._matching(name, _DAY)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self._refused(name) from error

    def one_of(self, name: str, make: Callable[[str], T]) -> T:
        """A member of an enumeration."""
        try:
            return make(self.text(name, 100))
        except ValueError as error:
            raise self._refused(name) from error

    def inner(self, name: str) -> Fields:
        """An object inside this one."""
        return Fields(self._take(name), self._code, self, name)

    def maybe(self, name: str, read: Callable[[str], T]) -> T | None:
        """A field that may be null."""
        if self._told.get(name, "") is None:
            self._take(name)
            return None
        return read(name)

    def each(self, name: str, most: int) -> tuple[Fields, ...]:
        """A list of objects."""
        return tuple(
            Fields(entry, self._code, self, f"{name}[{number}]")
            for number, entry in enumerate(self._list(name, most))
        )

    def texts(self, name: str, most: int, longest: int = LONGEST_TEXT) -> tuple[str, ...]:
        """A list of texts."""
        found = self._list(name, most)
        if not all(isinstance(entry, str) and len(entry) <= longest for entry in found):
            raise self._refused(name)
        return tuple(str(entry) for entry in found)

    def whole(self, names: frozenset[str]) -> Mapping[str, Json]:
        """The object as it is, if it has these fields and no other."""
        if set(self._told) != names:
            raise self._refused("")
        told, self._told = self._told, {}
        return told

    def done(self) -> None:
        """Refuse any field that nobody asked for: an unknown word in a signed record is not passed over."""
        if self._told:
            raise self._refused(min(self._told)[:60])

    def refused(self, name: str) -> Fault:
        """The refusal of one field, for rules of the caller's own."""
        return self._refused(name)

    def _matching(self, name: str, form: re.Pattern[str]) -> str:
        text = self.text(name, 64)
        if form.fullmatch(text) is None:
            raise self._refused(name)
        return text

    def _list(self, name: str, most: int) -> list[Json]:
        value = self._take(name)
        if not isinstance(value, list) or len(value) > most:
            raise self._refused(name)
        return value

    def _take(self, name: str) -> Json:
        if name not in self._told:
            raise self._refused(name)
        return self._told.pop(name)

    def place(self, name: str) -> str:
        """Where a field of this object stands in the whole, as a refusal tells it."""
        where = self._above.place(self._number) if self._above is not None else ""
        return f"{where}.{name}" if where else name

    def _refused(self, name: str) -> Fault:
        place = self.place(name)
        return Fault(self._code, where=place, field=place)


def open_record(data: bytes, schema: str, limit: int, code: Code) -> Fields:
    """The fields of canonical JSON whose `schema` is the one wanted, say "firsthand/dossier/1".

    Errors: `code`; DOSSIER_TOO_NEW when the same kind of record has a higher number.
    """
    return open_versions(data, schema, (), limit, code)[1]


def open_versions(data: bytes, schema: str, older: tuple[str, ...], limit: int, code: Code) -> tuple[str, Fields]:
    """The same for a record that older programs wrote otherwise: which schema it has, and its fields."""
    if len(data) > limit:
        raise Fault(code, where="size", field="size")
    try:
        told = decode(data)
    except ValueError as error:
        raise Fault(code, where="json", field="json") from error
    fields = Fields(told, code)
    found = fields.text("schema", 60)
    if found not in (schema, *older):
        kind, _, number = schema.rpartition("/")
        other, _, higher = found.rpartition("/")
        if other == kind and higher.isascii() and higher.isdigit() and int(higher) > int(number):
            raise Fault(Code.DOSSIER_TOO_NEW)
        raise fields.refused("schema")
    return found, fields


def decimal_text(value: Decimal) -> str:
    """A decimal as signed records write it: plain digits, no exponent, no minus before nought."""
    return format(value or abs(value), "f")


def maybe_decimal(value: Decimal | None) -> str | None:
    """The same for what may be missing."""
    return None if value is None else decimal_text(value)
