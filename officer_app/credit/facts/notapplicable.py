"""Why a check does not apply here, in the officer's words: evidence that the manager can look at."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.fields import text
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable(Node):
    """One reason for each check that some businesses cannot have: no meter, nobody to compare with, no lease."""

    utilities: str = text(N_("Why there are no bills"))
    peers: str = text(N_("Why there are no peers to ask"))
    rent: str = text(N_("Why no rent is paid"))
    lease: str = text(N_("Why there is no lease"))
