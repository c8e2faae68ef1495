"""Lists of names in the policy: words to look for, registers to search."""

from __future__ import annotations

from collections.abc import Sequence

from officer_app.base.words import N_, Message
from officer_app.credit.keys import Key, Wrong


def names_key(path: str, *choices: str) -> Key[tuple[str, ...]]:
    """A list of names out of `choices`, or of any words where none are given; may be left out."""

    def read(value: object) -> tuple[str, ...]:
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise Wrong(Message(N_("a list of names")))
        return tuple(_name(name, place, choices) for place, name in enumerate(value))

    return Key(path, "list of names", "|".join(choices), read, optional=True)


def _name(value: object, place: int, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(Message(N_("a text")), f"[{place}]")
    if choices and value not in choices:
        raise Wrong(Message(N_("one of: {choices}"), {"choices": ", ".join(choices)}), f"[{place}]")
    return value
