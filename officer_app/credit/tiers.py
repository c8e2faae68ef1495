"""The levels of approval, lowest first, and what they are called. Source: DOMAIN e 14."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_

TIERS: Final = ("branch_manager", "reviewer", "committee")
TIER_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "branch_manager": N_("Branch manager"),
        "reviewer": N_("Reviewer"),
        "committee": N_("Credit committee"),
    }
)
