"""The policy: every number and every choice of rule that an institution sets, versioned, read strictly.

Its schema is assembled from the keys that the rules declare, so no number can be in the policy that nothing reads,
and none can be read that is not there.
"""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Final, TypeVar, cast

from officer_app.base.errors import Code, Fault
from officer_app.base.toml import read_toml
from officer_app.credit.keys import Key, Wrong, day_key, text_key, whole_key

V = TypeVar("V")
D = TypeVar("D")

NAME: Final = text_key("name")
VERSION: Final = text_key("version")
EFFECTIVE_FROM: Final = day_key("effective_from")
SCHEMA_VERSION: Final = whole_key("schema_version", "count")

_SCHEMA: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of an institution's policy. `policy[KEY]` gives the typed value of a declared key."""

    values: Mapping[str, object]

    def __getitem__(self, key: Key[V]) -> V:
        """The value of a key; reading made sure that it is there and of the key's type."""
        return cast("V", self.values[key.path])

    def get(self, key: Key[V], otherwise: D) -> V | D:
        """The value of an optional key; `otherwise` in a policy that is older than the key."""
        return self[key] if key.path in self.values else otherwise

    @property
    def name(self) -> str:
        """What people call it."""
        return self[NAME]

    @property
    def version(self) -> str:
        """Its version, as the institution numbers them."""
        return self[VERSION]

    @property
    def effective_from(self) -> date | None:
        """First day on which it holds."""
        return cast("date | None", self.values.get(EFFECTIVE_FROM.path))


def read_policy(toml_text: str) -> Policy:
    """A policy from its TOML text.

    Errors: POLICY_NOT_TOML, POLICY_KEY_MISSING, POLICY_KEY_UNKNOWN, POLICY_VALUE_WRONG, POLICY_TOO_NEW; `where` is
    the key.
    """
    try:
        tree = read_toml(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise Fault(Code.POLICY_NOT_TOML, where=str(error), detail=str(error)) from error
    return policy_from_tree(tree)


def policy_from_tree(tree: Mapping[str, object]) -> Policy:
    """A policy from nested tables whose leaves are numbers or texts. Errors: as `read_policy`."""
    keys = {key.path: key for key in schema()}
    found = dict(_leaves(tree, "", frozenset(keys)))
    _refuse(Code.POLICY_KEY_UNKNOWN, [path for path in found if path not in keys])
    _refuse(Code.POLICY_KEY_MISSING, [path for path, key in keys.items() if path not in found and not key.optional])
    policy = Policy(MappingProxyType({path: _value(keys[path], value) for path, value in found.items()}))
    if policy[SCHEMA_VERSION] != _SCHEMA:
        raise Fault(Code.POLICY_TOO_NEW, where=SCHEMA_VERSION.path, found=policy[SCHEMA_VERSION], known=_SCHEMA)
    return policy


def _refuse(code: Code, paths: list[str]) -> None:
    if paths:
        raise Fault(code, where=", ".join(paths), keys=", ".join(paths))


def _leaves(tree: Mapping[str, object], prefix: str, keys: frozenset[str]) -> Iterator[tuple[str, object]]:
    """Paths and values down to the declared keys; a key may hold a table of its own."""
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if path not in keys and isinstance(value, Mapping) and any(key.startswith(f"{path}.") for key in keys):
            yield from _leaves(value, f"{path}.", keys)
        else:
            yield path, value


def _value(key: Key[object], value: object) -> object:
    try:
        return key.read(value)
    except Wrong as wrong:
        place = key.path + wrong.place
        raise Fault(Code.POLICY_VALUE_WRONG, where=place, key=place, needed=wrong.needed) from wrong


@cache
def schema() -> tuple[Key[object], ...]:
    """Every key that some module of this package declares, by path."""
    found: dict[str, Key[object]] = {}
    for module in _modules():
        for thing in vars(module).values():
            if isinstance(thing, Key):
                found.setdefault(thing.path, thing)
    return tuple(found[path] for path in sorted(found))


def _modules() -> Iterator[ModuleType]:
    package = importlib.import_module(__package__ or "officer_app.credit")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(module.name)
