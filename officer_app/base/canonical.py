"""Canonical JSON (RFC 8785): one meaning, one sequence of bytes, one digest.

Decimals travel as strings; floats are refused, since two programs would write them differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

from officer_app.base.errors import Code, Fault

Json: TypeAlias = "str | int | bool | None | Mapping[str, Json] | Sequence[Json]"


def encode(value: Json) -> bytes:
    """The canonical bytes of a value. Errors: NOT_CANONICAL for floats, huge integers and other types."""
    _refuse_floats(value)
    try:
        return bytes(rfc8785.dumps(value))
    except rfc8785.CanonicalizationError as error:
        raise Fault(Code.NOT_CANONICAL, what=type(error).__name__) from error


def decode(data: bytes) -> Json:
    """The value of JSON bytes, which must be canonical. Errors: ValueError when they are not."""
    try:
        value: Json = json.loads(data, parse_float=_refuse_number, parse_constant=_refuse_number)
        faithful = encode(value) == data
    except (ValueError, RecursionError, Fault) as error:
        raise ValueError("not canonical") from error
    if not faithful:
        raise ValueError("not canonical")
    return value


def digest(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


def _refuse_number(text: str) -> Json:
    raise ValueError(text)


def _refuse_floats(value: Json) -> None:
    if isinstance(value, float):
        raise Fault(Code.NOT_CANONICAL, what="float")
    if isinstance(value, Mapping):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            _refuse_floats(part)
