"""Enrolling people and withdrawing their keys: head office's word on who may do what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId, new_id
from officer_app.headoffice.desk import Desk
from officer_app.trust.certificates import Role, read_person
from officer_app.trust.enrolment import answer, grant, read_request


def enrol(
    desk: Desk,
    request: bytes,
    *,
    role: Role,
    branch: str,
    approval_limit: Decimal,
    clock: Clock,
    person: UserId | None = None,
) -> bytes:
    """The answer to a request: a certificate with head office's own words on role, branch and limit.

    `person` is the id of somebody enrolled before, so that a second key is not a second pair of eyes. The same
    request again gets the certificate it got. Errors: REQUEST_UNREADABLE, LIMIT_UNFIT, DESK_CANNOT_ISSUE.
    """
    wanted = read_request(request)
    _check_limit(role, approval_limit)
    now = clock.now()
    certificate = grant(
        wanted,
        person_id=person or UserId(new_id()),
        role=role,
        branch=branch,
        approval_limit=approval_limit,
        root_keys=desk.issuing(),
        root_pem=desk.root_pem,
        at=now,
    )
    earlier = _issued(desk, certificate)
    if earlier is None:
        desk.keep_roster(replace(desk.roster, certificates=(*desk.roster.certificates, certificate)), now)
    return answer(earlier or certificate, desk.root_pem, *desk.signed_roster())


def revoke(desk: Desk, key_id: str, *, clock: Clock) -> None:
    """Withdraw a key for good. Errors: PERSON_UNKNOWN."""
    if key_id not in {read_person(pem).key_id for pem in desk.roster.certificates}:
        raise Fault(Code.PERSON_UNKNOWN, key=key_id[:64])
    if key_id not in desk.roster.revoked:
        now = clock.now()
        desk.keep_roster(replace(desk.roster, revoked={**desk.roster.revoked, key_id: now}), now)


def _check_limit(role: Role, limit: Decimal) -> None:
    if not limit.is_finite() or limit < 0 or (role is Role.OFFICER and limit):
        raise Fault(Code.LIMIT_UNFIT, limit=str(limit))


def _issued(desk: Desk, certificate: bytes) -> bytes | None:
    """The certificate this key already has with the same words."""
    new = read_person(certificate)
    for pem in desk.roster.certificates:
        old = read_person(pem)
        same = (old.key_id, old.role, old.branch, old.approval_limit, old.name)
        if same == (new.key_id, new.role, new.branch, new.approval_limit, new.name) and old.valid_to > new.valid_from:
            return pem
    return None
