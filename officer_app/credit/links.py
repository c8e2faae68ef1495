"""Who and what appears in a case: the numbers by which two files can be found to belong together.

A number is put into one form before it is compared, so that "138-0000 1234" and "+86 13800001234" are one phone. The
fact tree is read as it stands, half-done visits included. Source: DOMAIN, rows 28 and 51, d.5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.nodes import FactNode, FactTree


class LinkKind(StrEnum):
    """What can be shared."""

    RESIDENT_ID = "resident_id"
    PHONE = "phone"
    ACCOUNT = "account"
    ADDRESS = "address"
    PLATE = "plate"
    LICENCE = "licence"


KIND_LABELS: Final[Mapping[str, str]] = {
    LinkKind.RESIDENT_ID: N_("Resident ID number"),
    LinkKind.PHONE: N_("Phone"),
    LinkKind.ACCOUNT: N_("Account"),
    LinkKind.ADDRESS: N_("Address"),
    LinkKind.PLATE: N_("Plate"),
    LinkKind.LICENCE: N_("Business licence"),
}
ROLE_LABELS: Final[Mapping[str, str]] = {
    "borrower": N_("Borrower"),
    "spouse": N_("Spouse"),
    "guarantor": N_("Guarantor"),
    "group_member": N_("Member of the group"),
    "vehicle": N_("Owner of a vehicle"),
    "co_borrower": N_("Co-borrower"),
    "actual_user": N_("Actual user of the money"),
    "actual_controller": N_("Actual controller"),
    "introducer": N_("Introducer"),
    "partner": N_("Partner"),
    "relative": N_("Relative"),
    "payee": N_("Payee"),
    "lender_staff": N_("Our own staff"),
}


@dataclass(frozen=True, slots=True)
class Appearance:
    """One number of one person in one role; `person` is that person's own identity number, "" when unknown."""

    kind: LinkKind
    role: str
    number: str
    name: str
    person: str
    path: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Where people and their numbers stand in the facts."""

    place: str
    name: str
    numbers: Mapping[str, LinkKind]
    role: str = ""  # else the fact `role` says it


_PERSON: Final = {"resident_id": LinkKind.RESIDENT_ID, "phone": LinkKind.PHONE}
SOURCES: Final = (
    _Source(
        "borrower",
        "name",
        {
            **_PERSON,
            "bank_account": LinkKind.ACCOUNT,
            "address": LinkKind.ADDRESS,
            "business_licence_uscc": LinkKind.LICENCE,
            "cooperative_uscc": LinkKind.LICENCE,
        },
        "borrower",
    ),
    _Source("household.spouse", "name", _PERSON, "spouse"),
    _Source("guarantors", "name", _PERSON, "guarantor"),
    _Source("joint_group.members", "name", {"resident_id": LinkKind.RESIDENT_ID}, "group_member"),
    _Source("vehicles", "registered_owner", {"plate": LinkKind.PLATE}, "vehicle"),
    _Source("related_persons", "name", {**_PERSON, "account": LinkKind.ACCOUNT, "address": LinkKind.ADDRESS}),
)
_SPACES: Final = re.compile(r"[\s\-.·,，。、()（）#号室]+")
# Shorter than this a number says nothing: "1号" is the address of half a village. Identity numbers are never too
# short to be judged.
_SHORTEST: Final = {
    LinkKind.RESIDENT_ID: 1,
    LinkKind.PHONE: 7,
    LinkKind.ACCOUNT: 8,
    LinkKind.ADDRESS: 6,
    LinkKind.PLATE: 6,
    LinkKind.LICENCE: 1,
}
_PHONE_DIGITS: Final = 11


def plain(kind: LinkKind, text: str) -> str:
    """The number in the one form in which it is compared; "" when it is too short to say anything."""
    bare = _one_width(_SPACES.sub("", _one_width(text)).upper())
    if kind in (LinkKind.PHONE, LinkKind.ACCOUNT):
        bare = "".join(character for character in bare if character.isdigit())
    if kind is LinkKind.PHONE and bare[:-_PHONE_DIGITS] in ("86", "0086"):
        bare = bare[-_PHONE_DIGITS:]
    return bare if len(bare) >= _SHORTEST[kind] else ""


def _one_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def appearances(facts: FactTree) -> tuple[Appearance, ...]:
    """Every person's numbers in a fact tree, in the order of `SOURCES`; each number of a person once."""
    found = (one for source in SOURCES for one in _of_source(facts, source))
    return tuple({(one.kind, one.role, one.number, one.path.rpartition(".")[0]): one for one in found}.values())


def _of_source(facts: FactTree, source: _Source) -> Iterator[Appearance]:
    for path, person in _people(facts, source.place):
        role = source.role or _text(person, "role")
        own = plain(LinkKind.RESIDENT_ID, _text(person, "resident_id"))
        for fact, kind in source.numbers.items():
            number = plain(kind, _text(person, fact))
            if number and role:
                yield Appearance(kind, role, number, _text(person, source.name), own, f"{path}.{fact}")


def _people(facts: FactTree, place: str) -> Iterator[tuple[str, Mapping[str, FactNode]]]:
    node: FactNode = facts
    for step in place.split("."):
        node = node.get(step, "") if isinstance(node, Mapping) else ""
    if isinstance(node, Mapping):
        yield place, node
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for number, item in enumerate(node):
            if isinstance(item, Mapping):
                yield f"{place}[{number}]", item


def _text(person: Mapping[str, FactNode], fact: str) -> str:
    found = person.get(fact, "")
    return found.strip() if isinstance(found, str) else ""
