"""The demo institution: founded for real, with real keys, in a folder that may be thrown away.

Officer, manager and head office have a data folder each, as on three laptops, and a folder between them for exchange;
nothing reaches the other but through it. The passphrase is written beside them: it guards nothing of anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from officer_app.base.clock import Clock
from officer_app.base.files import write_whole
from officer_app.base.paths import forms_folder
from officer_app.casework import delivery, enrolment
from officer_app.casework.desk import Desk, seat, sign_in
from officer_app.casework.packs import DEFAULT_POLICY, SHIPPED_FORMS
from officer_app.checklists.compile import compile_form
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.headoffice.desk import Desk as Office
from officer_app.headoffice.enrolling import enrol
from officer_app.headoffice.founding import found, publish_first
from officer_app.trust.certificates import Role
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.store import NewUser, Vault

NAME: Final = "青石县惠农小额贷款公司（样例）"
BRANCH: Final = "城关网点"
PASSPHRASE: Final = "qingshi-demo-2026"  # noqa: S105  throw-away, written beside what it opens
_NOTE: Final = "demo.json"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone of the demo: whose folder, how they sign in, what they may approve (yuan)."""

    login: str
    name: str
    role: Role
    limit: Decimal


PEOPLE: Final = (
    DemoPerson("lihui", "李慧", Role.OFFICER, Decimal(0)),
    DemoPerson("chenguodong", "陈国栋", Role.MANAGER, Decimal(200_000)),
    DemoPerson("zhouwen", "周雯", Role.HEAD_OFFICE, Decimal(0)),
)


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo lies and who is in it."""

    folder: Path

    def person(self, role: Role) -> DemoPerson:
        """The one with a role."""
        return next(person for person in PEOPLE if person.role is role)

    def data(self, role: Role) -> Path:
        """The data folder of one of them."""
        return self.folder / self.person(role).login

    @property
    def head_office(self) -> Path:
        """Head office's own folder."""
        return self.folder / "headoffice"

    @property
    def warehouse(self) -> str:
        """The address of head office's database."""
        return f"sqlite:///{self.folder / 'warehouse.db'}"

    @property
    def store(self) -> str:
        """The folder between them, as an exchange address."""
        return str(self.folder / "exchange")

    def sign_in(self, role: Role, clock: Clock) -> Desk:
        """The desk of one of them."""
        return sign_in(self.data(role), self.person(role).login, PASSPHRASE, clock)


def is_founded(folder: Path) -> bool:
    """Whether a demo was founded here to the end."""
    return (folder / _NOTE).is_file()


def found_demo(folder: Path, clock: Clock, *, furnish: Callable[[Demo, Clock], None] | None = None) -> Demo:
    """Found the institution, enrol its people, hand out policy and checklist; `furnish` puts cases in."""
    demo = Demo(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exchange").mkdir(exist_ok=True)
    office = found(
        demo.head_office,
        NAME,
        PASSPHRASE,
        clock=clock,
        policy=_policy(),
        forms={name: _checklist(name) for name in SHIPPED_FORMS},
    )
    for person in PEOPLE:
        _settle(demo, office, person, clock)
    publish_first(office, demo.store, clock=clock)
    for person in PEOPLE:
        with_desk(demo, person.role, clock, lambda desk: delivery.sync(desk, demo.store))
    if furnish is not None:
        furnish(demo, clock)
    write_whole(folder / _NOTE, json.dumps({"passphrase": PASSPHRASE}).encode())
    return demo


def with_desk(demo: Demo, role: Role, clock: Clock, work: Callable[[Desk], object]) -> None:
    """Sign in, do something, sign out."""
    desk = demo.sign_in(role, clock)
    try:
        work(desk)
    finally:
        desk.close()


def _settle(demo: Demo, office: Office, person: DemoPerson, clock: Clock) -> None:
    newcomer = NewUser(person.login, person.name, frozenset({person.role.value}))
    vault = Vault.create(demo.data(person.role), newcomer, PASSPHRASE, clock, recovery_code=new_recovery_code())
    desk = seat(vault, clock)
    try:
        asked = enrolment.request(desk, branch=BRANCH, role=person.role)
        answer = enrol(office, asked, role=person.role, branch=BRANCH, approval_limit=person.limit, clock=clock)
        enrolment.accept(desk, answer)
    finally:
        desk.close()


def _policy() -> bytes:
    return (forms_folder() / "policy.toml").read_bytes()


def _checklist(name: str) -> bytes:
    source = forms_folder() / f"{name}.md"
    return compile_form(source.read_bytes(), source.name, VOCABULARY).xml


__all__ = ["DEFAULT_POLICY", "Demo", "DemoPerson", "found_demo", "is_founded"]
