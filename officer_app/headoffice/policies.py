"""The institution's policies: every version that was published, and publishing the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from officer_app.base.clock import Clock, local_date
from officer_app.base.errors import Code, Fault
from officer_app.credit.policy import Policy, read_policy
from officer_app.dossier.records import PackKind
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.publishing import keep_pack, kept_packs

NAME = "default"


class Standing(Enum):
    """Where a version stands on a day."""

    COMING = "coming"
    IN_FORCE = "in_force"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A published policy: number of its pack, its text, and what it says of itself."""

    number: int
    text: str
    sha256: str
    policy: Policy
    made_at: datetime
    standing: Standing


def versions(desk: Desk, today: date) -> tuple[PolicyVersion, ...]:
    """Every policy that was published, the newest first. Errors: DESK_BROKEN, and those of `read_policy`."""
    found: list[PolicyVersion] = []
    in_force = False
    for pack in sorted(kept_packs(desk, PackKind.POLICY, NAME), key=lambda one: -one.note.version):
        text = pack.content.decode()
        policy = read_policy(text)
        begun = policy.effective_from is None or policy.effective_from <= today
        standing = Standing.COMING if not begun else Standing.PAST if in_force else Standing.IN_FORCE
        in_force = in_force or begun
        found.append(PolicyVersion(pack.note.version, text, pack.note.sha256, policy, pack.note.made_at, standing))
    return tuple(found)


def publish_policy(desk: Desk, text: str, clock: Clock) -> int:
    """Check a policy, sign it and keep it as the next version; gives the number. It is sent with the next publishing.

    The newest one again is the same version.

    Errors: those of `read_policy`; POLICY_NOT_LATER when version number or first day is not above the newest one's.
    """
    now = clock.now()
    policy = read_policy(text)
    before = versions(desk, local_date(now))
    if before and before[0].text == text:
        return before[0].number
    if before:
        _must_follow(policy, before[0].policy)
    return keep_pack(desk, PackKind.POLICY, NAME, text.encode(), now)


def _must_follow(new: Policy, old: Policy) -> None:
    first, begun = new.effective_from, old.effective_from
    later = begun is None or (first is not None and first > begun)
    if not later or _rank(new.version) <= _rank(old.version):
        raise Fault(
            Code.POLICY_NOT_LATER,
            version=new.version,
            first=first.isoformat() if first is not None else "—",
            here=old.version,
            begun=begun.isoformat() if begun is not None else "—",
        )


def _rank(version: str) -> tuple[tuple[int, int, str], ...]:
    """How versions are ordered: digits as numbers, so that 2026.10 comes after 2026.9."""
    return tuple(_ranked(part) for part in re.findall(r"\d+|[^\d.]+", version))


def _ranked(part: str) -> tuple[int, int, str]:
    return (1, int(part), "") if part.isdigit() else (0, 0, part)


def following(version: str) -> str:
    """The version number that comes after: its last number one higher."""
    numbers = list(re.finditer(r"\d+", version))
    if not numbers:
        return f"{version}.1"
    last = numbers[-1]
    return f"{version[: last.start()]}{int(last.group()) + 1}{version[last.end() :]}"
