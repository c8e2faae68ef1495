"""Every fact that a form may bind and a rule may read: path, kind, unit, label. Made from the facts' declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from officer_app.base.words import Message
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.fields import Absence, FactKind
from officer_app.credit.nodes import Node, plan

_PLACE: Final = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact of the vocabulary; lists are written `liabilities[]`, their members `liabilities[].balance`.

    `key` (lists alone): the members by which an entry is known again on another visit.
    """

    path: str
    kind: FactKind
    unit: str
    label: str
    choices: tuple[str, ...]
    required: bool
    key: tuple[str, ...] = ()


def _specs(of: type[Node], prefix: str) -> Iterator[FactSpec]:
    for name, declared in plan(of):
        path = f"{prefix}{name}[]" if declared.many else prefix + name
        required = declared.absence is Absence.REQUIRED
        yield FactSpec(path, declared.kind, declared.unit, declared.label, declared.choices, required, declared.key)
        if declared.of is not None:
            yield from _specs(cast("type[Node]", declared.of), f"{path}.")


_ALL: Final = {spec.path: spec for spec in _specs(CaseFacts, "")}
VOCABULARY: Final[Mapping[str, FactSpec]] = MappingProxyType(
    {path: spec for path, spec in _ALL.items() if spec.kind is not FactKind.GROUP}
)


def spec_of(path: str) -> FactSpec | None:
    """The declaration behind a path: concrete (`liabilities[3].balance`) or general (`liabilities[].balance`)."""
    general = _PLACE.sub("[]", path)
    return _ALL.get(general) or _ALL.get(f"{general}[]")


def label_of(path: str) -> Message:
    """What a person calls the fact or group at a path. Errors: KeyError for a path that no fact has."""
    spec = spec_of(path)
    if spec is None:
        raise KeyError(path)
    return Message(spec.label)
