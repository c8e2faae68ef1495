"""What a pledge is called in a sentence: what it is, and its mark only where that alone would be two things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message, Sayable
from officer_app.credit.facts.security import Collateral

PLEDGE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "residential": N_("residential property"),
        "shop": N_("shop property"),
        "stall_operating_right": N_("stall operating right"),
        "land_operating_right": N_("land operating right"),
        "vehicle": N_("vehicle"),
        "machinery": N_("machinery"),
        "stock": N_("stock"),
        "livestock": N_("livestock"),
        "deposit": N_("deposit"),
        "receivables": N_("receivables"),
    }
)
_OF: Final = N_("{kind} of {owner}")
_MARKED: Final = N_("{kind} ({mark})")
_PLEDGE: Final = N_("pledge")
_OURS: Final = frozenset({"", "borrower"})


def pledge_named(item: Collateral, among: Iterable[Collateral]) -> Sayable:
    """The kind of a pledge; with its owner, or else its mark, where `among` holds another one of that kind."""
    kind = Message(PLEDGE_LABELS.get(item.type, _PLEDGE) if isinstance(item.type, str) else _PLEDGE)
    alike = [other for other in among if other.type == item.type]
    if len(alike) < 2:
        return kind
    owners = [other.owner.strip() for other in alike]
    owner = item.owner.strip()
    if owner not in _OURS and owners.count(owner) == 1:
        return Message(_OF, {"kind": kind, "owner": owner})
    return Message(_MARKED, {"kind": kind, "mark": item.id or "—"})
