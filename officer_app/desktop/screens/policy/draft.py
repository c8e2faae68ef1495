"""The policy that is being written: its text, what is wrong with it, and how it differs from the one before."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from officer_app.base.errors import Fault
from officer_app.base.toml import read_toml
from officer_app.base.words import N_, Sayable, message
from officer_app.credit.keys import Key, Wrong
from officer_app.credit.policy import Policy, read_policy, schema
from officer_app.credit.policydiff import Difference, differences
from officer_app.credit.policylabels import group_of
from officer_app.credit.policytext import entries, literal_of, removed, replaced

_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Item:
    """One value to fill in: its path, the key that reads it, what the file says beside it, and the value as TOML.

    `literal` is "" for a key that the policy does not have (yet).
    """

    path: str
    key: Key[object] | None
    comment: str
    literal: str

    @property
    def required(self) -> bool:
        """Whether the policy cannot be without it."""
        return self.key is not None and not self.key.optional

    @property
    def is_number(self) -> bool:
        """Whether it is filled in as a number."""
        if self.key is not None and self.key.path == self.path:
            return self.key.type in ("decimal", "whole")
        return bool(_NUMBER.fullmatch(self.literal))


class Draft:
    """Text that is always TOML; whether it is a policy, `problem` and `fault` say."""

    def __init__(self, base: str, text: str | None = None) -> None:
        self.base = base
        self.text = text if text is not None else base
        self._lacking: set[str] = set()

    def items(self, group: str) -> tuple[Item, ...]:
        """What a group holds, in the order of the file; keys that the policy lacks come last."""
        there = entries(self.text)
        found = [
            Item(one.path, key_of(one.path), one.comment, self.text[one.start : one.end])
            for one in there
            if group_of(one.path) == group
        ]
        known = {item.key.path for item in found if item.key is not None}
        comments = {one.path: one.comment for one in entries(self.base)}
        more = [
            Item(key.path, key, comments.get(key.path, ""), "")
            for key in schema()
            if group_of(key.path) == group and key.path not in known
        ]
        return (*found, *more)

    def put(self, path: str, literal: str) -> None:
        """Another value; an empty one takes an optional key out and leaves a required one as lacking.

        Errors: POLICY_NOT_TOML.
        """
        self._lacking.discard(path)
        if literal:
            self.text = replaced(self.text, path, literal)
        elif (key := key_of(path)) is not None and key.optional:
            self.text = removed(self.text, path)
        else:
            self._lacking.add(path)

    def problem(self, path: str) -> Sayable | None:
        """What is wrong with one value, or nothing."""
        if path in self._lacking:
            return message(N_("This must not be empty."))
        key = key_of(path)
        value = _value(self.text, key.path) if key is not None else None
        if key is None or value is None:
            return None
        try:
            key.read(value)
        except Wrong as wrong:
            place = key.path + wrong.place
            if not (place.startswith(path) or path.startswith(place)):
                return None
            below = place.removeprefix(path)
            if below:
                return message(N_("{place}: needed is {what}."), place=below.lstrip("."), what=wrong.needed)
            return message(N_("Needed is {what}."), what=wrong.needed)
        return None

    def problems(self, group: str) -> int:
        """How many values of a group are wrong."""
        return sum(self.problem(item.path) is not None for item in self.items(group))

    def fault(self) -> Fault | None:
        """Why this is no policy, or nothing."""
        try:
            self.policy()
        except Fault as fault:
            return fault
        return None

    def policy(self) -> Policy:
        """The policy. Errors: those of `read_policy`."""
        return read_policy(self.text)

    @property
    def lacking(self) -> bool:
        """Whether a value was emptied that must be there."""
        return bool(self._lacking)

    def differences(self) -> tuple[Difference, ...]:
        """What is otherwise than in the version it began with."""
        return differences(self.base, self.text)


def key_of(path: str) -> Key[object] | None:
    """The declared key that reads a path, or the table that it stands in."""
    keys = _keys()
    while path:
        if path in keys:
            return keys[path]
        path = path.rpartition(".")[0]
    return None


@cache
def _keys() -> Mapping[str, Key[object]]:
    return {key.path: key for key in schema()}


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def listed(codes: tuple[str, ...]) -> str:
    """A list of codes as TOML, one a line."""
    if not codes:
        return "[]"
    return "[\n" + "".join(f"  {quoted(code)},\n" for code in codes) + "]"


def unquoted(literal: str) -> object:
    """What a TOML value means; a broken one means itself."""
    try:
        return read_toml(f"value = {literal}")["value"]
    except tomllib.TOMLDecodeError:
        return literal


@lru_cache(maxsize=2)
def _read(text: str) -> Mapping[str, object]:
    # Every value of every group is looked at after each change: the text is read once for all of them.
    return read_toml(text)


def _value(text: str, path: str) -> object | None:
    node: object = _read(text)
    for name in path.split("."):
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


__all__ = ["Draft", "Item", "key_of", "listed", "literal_of", "quoted", "unquoted"]
