"""Which cases may be named to whom."""

from __future__ import annotations

from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.trust.certificates import Role
from officer_app.vault.records import CaseRecord


@allowed(*EVERYONE)
def reaches(desk: Desk, case: CaseRecord) -> bool:
    """Whether a case may be named here: an officer knows the own ones, those who review know all."""
    return case.officer == desk.user.id or desk.roles != {Role.OFFICER}
