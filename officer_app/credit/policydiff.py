"""What one policy says otherwise than another: changed keys with old and new value, as they stand in the file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from officer_app.base.errors import Code, Fault
from officer_app.base.toml import read_toml


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that differs: its full path, and both values as text; None where a version lacks the key."""

    path: str
    old: str | None
    new: str | None


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """What differs between two policies' TOML texts, in the order of the new one; keys that went come last.

    Numbers are compared as numbers (1 and 1.0 are the same), lists as wholes. Errors: POLICY_NOT_TOML.
    """
    before, after = values(old), values(new)
    changed = [
        Difference(path, told(before.get(path)), told(value))
        for path, value in after.items()
        if path not in before or before[path] != value
    ]
    gone = [Difference(path, told(value), None) for path, value in before.items() if path not in after]
    return (*changed, *gone)


def values(toml_text: str) -> Mapping[str, object]:
    """Path -> value of every key, as deep as tables go. Errors: POLICY_NOT_TOML."""
    try:
        return dict(_leaves(read_toml(toml_text), ""))
    except tomllib.TOMLDecodeError as error:
        raise Fault(Code.POLICY_NOT_TOML, where=str(error), detail=str(error)) from error


def told(value: object) -> str | None:
    """A value as a person reads it: a text without its quotes, a list with commas, a row as name = value."""
    match value:
        case None:
            return None
        case bool():
            shown = "true" if value else "false"
        case int() | Decimal():
            shown = format(Decimal(value), "f")
        case Mapping():
            shown = "{" + ", ".join(f"{name} = {told(below)}" for name, below in value.items()) + "}"
        case list():
            shown = ", ".join(str(told(below)) for below in value)
        case _:
            shown = str(value)
    return shown


def _leaves(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
