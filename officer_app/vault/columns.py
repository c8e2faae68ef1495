"""Column types: each value of a record goes in and comes out exactly as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Dialect, Text, TypeDecorator

from officer_app.base.canonical import Json, encode
from officer_app.base.clock import from_text, to_text

# Far beyond any amount or degree; keeps a hostile exponent from filling the disk.
_MOST_DIGITS: Final = 40


class Exact(TypeDecorator[Decimal]):
    """Money and other exact numbers, as plain decimal text: SQLite's own numbers are binary floats.

    Scale is kept: 100.50 comes back as 100.50. Errors: TypeError for floats, ValueError for NaN, infinity and more
    than 40 digits.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        return None if value is None else exact_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002  as above
        return None if value is None else Decimal(value)


def exact_text(value: Decimal) -> str:
    """A decimal in plain notation, every digit kept."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("not a number")  # noqa: TRY004  the type is right: NaN or infinity
    if max(len(digits) + max(exponent, 0), len(digits), -exponent) > _MOST_DIGITS:
        raise ValueError("too many digits")
    return format(value, "f")


class Moment(TypeDecorator[datetime]):
    """A moment as UTC text to the millisecond; text orders as time does."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  as above
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return None if value is None else to_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  as above
        return None if value is None else from_text(value)


class Named(TypeDecorator[StrEnum]):
    """One of an enumeration, by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """Take the enumeration."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002  as above
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002  as above
        return None if value is None else self.kind(value)


class JsonText(TypeDecorator[Any]):
    """A value as canonical JSON; `out` and `into` turn it from and to what the record holds."""

    impl = Text
    cache_ok = True

    def __init__(self, out: Callable[[Any], Json] = lambda x: x, into: Callable[[Any], object] = lambda x: x) -> None:
        """Take how to write a value as JSON, and how to read it back."""
        super().__init__()
        self.out = out
        self.into = into

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002  as above
        return encode(self.out(value)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002  as above
        return None if value is None else self.into(json.loads(value))
