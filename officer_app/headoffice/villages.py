"""Which village or quarter an address lies in: fine enough to compare, too coarse to find a door by."""

from __future__ import annotations

import re
from typing import Final

# 村 and 社区 are the smallest places that statistics name; a township or a street office where no village is named.
_VILLAGE: Final = re.compile(r"^.*?(?:村|社区|居委会)")
_TOWN: Final = re.compile(r"^.*?(?:街道办事处|街道|镇|乡|苏木)")
_LONGEST: Final = 60


def village_of(address: str) -> str:
    """The address up to its village, else up to its town; empty where it names neither. Source: GB/T 10114 levels."""
    bare = re.sub(r"\s+", "", address)
    found = _VILLAGE.match(bare) or _TOWN.match(bare)
    return found.group()[:_LONGEST] if found is not None else ""
