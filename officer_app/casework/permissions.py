"""Who may do what. Each use case names its roles where it is defined; this module asks and keeps the list.

The vault's roles only open doors on this laptop. What counts for others (submit, decide) is asked of the
certificate as well, since no row in a database grants anything that head office did not sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_
from officer_app.trust.certificates import Role

if TYPE_CHECKING:
    from officer_app.casework.desk import Desk

_P = ParamSpec("_P")
_R = TypeVar("_R")

EVERYONE: Final = frozenset(Role)
# An auditor reads, and keeps the own laptop in order; whatever makes a difference to a case is left to others.
WORKING: Final = EVERYONE - {Role.AUDITOR}
# What the roles are called; a second officer goes along, signs beside the officer and hands nothing over.
ROLES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.OFFICER: N_("Loan officer"),
        Role.SECOND_OFFICER: N_("Accompanying officer"),
        Role.MANAGER: N_("Branch manager"),
        Role.REVIEWER: N_("Reviewer"),
        Role.HEAD_OFFICE: N_("Head office"),
        Role.AUDITOR: N_("Auditor"),
    }
)
_use_cases: dict[str, frozenset[Role]] = {}


def allowed(
    *roles: Role,
) -> Callable[[Callable[Concatenate[Desk, _P], _R]], Callable[Concatenate[Desk, _P], _R]]:
    """Mark a use case with the roles that may do it. Errors, when called by another: NOT_ALLOWED."""

    def mark(use_case: Callable[Concatenate[Desk, _P], _R]) -> Callable[Concatenate[Desk, _P], _R]:
        _use_cases[f"{use_case.__module__.rpartition('.')[2]}.{use_case.__name__}"] = frozenset(roles)

        @wraps(use_case)
        def asked(desk: Desk, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
            if not desk.roles & frozenset(roles):
                raise Fault(Code.NOT_ALLOWED, where=use_case.__name__)
            return use_case(desk, *args, **kwargs)

        return asked

    return mark


def use_cases() -> Mapping[str, frozenset[Role]]:
    """Every marked use case of the modules loaded so far, with its roles."""
    return MappingProxyType(_use_cases)
