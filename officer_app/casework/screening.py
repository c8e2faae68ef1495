"""What is looked up about the people of a case: their numbers, head office's lists, other cases on this laptop.

The answer becomes facts like the place of a picture does, so that it is frozen, signed and judged with everything
else. Other people's names are masked: a link says which case to ask about, not who lives there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from officer_app.base.clock import local_date
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.base.masking import mask_name
from officer_app.casework.cases import OPEN_STATES
from officer_app.casework.desk import Desk
from officer_app.casework.merging import overlay
from officer_app.casework.packs import PEOPLE, PEOPLE_LIST
from officer_app.casework.permissions import WORKING, allowed
from officer_app.credit.identity import inspect_identity
from officer_app.credit.links import Appearance, LinkKind, appearances
from officer_app.credit.nodes import FactNode, FactTree
from officer_app.dossier import people
from officer_app.trust.boxes import keyed_hash
from officer_app.vault import cases, links, packs
from officer_app.vault.records import CaseRecord, CaseState, LinkedCase, Origin, PersonLinkRecord
from officer_app.vault.transactions import Reading, Writing

# Cases in which money is still wanted or owed.
LIVE: Final = OPEN_STATES | {
    CaseState.SUBMITTED,
    CaseState.REVIEWED,
    CaseState.ESCALATED,
    CaseState.APPROVED,
    CaseState.DISBURSED,
}
_JUDGED: Final = frozenset({LinkKind.RESIDENT_ID, LinkKind.LICENCE})
_MOST_LINKS: Final = 60
# Circles longer than this are no circle that anybody drew; the second bound keeps a crowded village quick.
_LONGEST_RING: Final = 6
_MOST_PEOPLE: Final = 300
_Way: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  # people by hash, their names, the cases


@allowed(*WORKING)
def looked_up(desk: Desk, case_id: CaseId, told: FactTree) -> FactTree:
    """The facts with everything that was looked up; an own open case is remembered for the others to find.

    Errors: RECORD_MISSING.
    """
    with desk.vault.reading() as tx:
        case = cases.get(tx, case_id)
        found = appearances(_with_record(told, case))
        listed = people_in_force(desk, tx)
        here = _records(tx, case_id, found)
        screening: dict[str, FactNode] = {
            "numbers": tuple(_numbers(found, local_date(desk.clock.now()))),
            "hits": tuple(_hits(found, listed, local_date(desk.clock.now()))),
            "links": tuple(_links(tx, case_id, found, here)),
            "rings": tuple(_rings(tx, found)),
        }
        known = {_content(link) for link in links.of_case(tx, case_id)}
    if case.origin is Origin.OWN and case.state in OPEN_STATES and known != {_content(link) for link in here}:
        with desk.vault.writing() as writing:
            links.put(writing, case_id, here)
    return overlay(told, {"screening": screening})


def remember(tx: Writing, case_id: CaseId, told: FactTree) -> None:
    """Keep who appears in a dossier that arrived."""
    links.put(tx, case_id, _records(tx, case_id, appearances(told)))


def _with_record(told: FactTree, case: CaseRecord) -> FactTree:
    """What was said when the case was opened stands in until the visit asks."""
    opened = {"name": case.applicant, "resident_id": case.resident_id, "phone": case.phone, "address": case.address}
    return overlay({"borrower": {name: text for name, text in opened.items() if text}}, told)


def _records(tx: Reading, case_id: CaseId, found: Sequence[Appearance]) -> tuple[PersonLinkRecord, ...]:
    return tuple(
        PersonLinkRecord(
            RecordId(new_id()), case_id, one.kind, one.role, _hash(tx, one.kind, one.number),
            _hash(tx, LinkKind.RESIDENT_ID, one.person), one.name, one.path,
        )
        for one in found
    )  # fmt: skip


def _hash(tx: Reading, kind: str, number: str) -> str:
    return tx.search_hash(f"{kind}:{number}") if number else ""


def _content(link: PersonLinkRecord) -> tuple[str, ...]:
    return link.kind, link.role, link.number_hash, link.person_hash, link.name, link.path


# --- the numbers themselves --------------------------------------------------------------------------------------


def _numbers(found: Iterable[Appearance], on: date) -> Iterator[Mapping[str, FactNode]]:
    for one in found:
        if one.kind in _JUDGED:
            judged = inspect_identity(one.number, on)
            yield {"of": one.path, "reason": judged.reason or "", "notice": judged.notice or ""}


# --- head office's lists -----------------------------------------------------------------------------------------


def people_in_force(desk: Desk, tx: Reading) -> people.PeopleList | None:
    """Head office's lists from their first day on, read once for each digest; None before there are any."""
    pack = packs.begun(tx, PEOPLE, PEOPLE_LIST, local_date(desk.clock.now()))
    if pack is None:
        return None
    if desk.people is None or desk.people[0] != pack.digest:
        desk.people = (pack.digest, people.parse(pack.body))
    return desk.people[1]


def _hits(
    found: Iterable[Appearance], listed: people.PeopleList | None, on: date
) -> Iterator[Mapping[str, FactNode]]:
    if listed is None:
        return
    for one in found:
        number = keyed_hash(listed.key, f"{one.kind}:{one.number}")
        for entry in listed.by_hash.get(number, ()):
            if entry.holds_on(on):
                yield {
                    "of": one.path,
                    "role": one.role,
                    "list": entry.list,
                    "reason": entry.reason,
                    "since": entry.since.isoformat() if entry.since else "",
                    "until": entry.until.isoformat() if entry.until else "",
                }


# --- other cases -------------------------------------------------------------------------------------------------


def _links(
    tx: Reading, case_id: CaseId, found: Sequence[Appearance], here: Sequence[PersonLinkRecord]
) -> Iterator[Mapping[str, FactNode]]:
    others: dict[str, list[LinkedCase]] = {}
    for other in links.elsewhere(tx, case_id, {link.number_hash for link in here}):
        others.setdefault(other.link.number_hash, []).append(other)
    household = {link.person_hash for link in here if link.person_hash}
    told = 0
    for one, link in zip(found, here, strict=True):
        for other in others.get(link.number_hash, ()):
            if _one_home(link, other, household) or told >= _MOST_LINKS:
                continue
            told += 1
            yield _link(one, link, other)


def _one_home(link: PersonLinkRecord, other: LinkedCase, household: set[str]) -> bool:
    """One's own address in an earlier case, or the spouse's: people of one household live at one address."""
    return link.kind == LinkKind.ADDRESS and other.link.person_hash in household


def _link(one: Appearance, link: PersonLinkRecord, other: LinkedCase) -> Mapping[str, FactNode]:
    there = other.link
    amount = other.requested_amount
    return {
        "of": one.path,
        "kind": one.kind,
        "role": one.role,
        "other_role": there.role,
        "other_case": other.number,
        "other_person": mask_name(there.name or other.applicant),
        "other_live": _yes(other.state in LIVE),
        "other_amount": "" if amount is None else str(amount),
        "same_person": _same(link.person_hash, there.person_hash),
        "same_name": _same(_bare(one.name), _bare(there.name)),
    }


def _same(here: str, there: str) -> str:
    return _yes(here == there) if here and there else ""


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


def _bare(name: str) -> str:
    return "".join(name.split()).upper()


# --- circles of guarantees ---------------------------------------------------------------------------------------


def _rings(tx: Reading, found: Sequence[Appearance]) -> Iterator[Mapping[str, FactNode]]:
    """Ways from this case's guarantors, through those who guarantee for them, back to the borrower."""
    borrower = next((one for one in found if one.role == "borrower" and one.person), None)
    if borrower is None:
        return
    home = _hash(tx, LinkKind.RESIDENT_ID, borrower.person)
    seen: set[str] = {home}
    ways: list[_Way] = [
        ((_hash(tx, LinkKind.RESIDENT_ID, one.person),), (one.name,), ())
        for one in found
        if one.role in ("guarantor", "group_member") and one.person and one.person != borrower.person
        and one.kind is LinkKind.RESIDENT_ID
    ]  # fmt: skip
    while ways and len(seen) < _MOST_PEOPLE:
        yield from (_ring(borrower.name, names, numbers) for _, names, numbers in _closed(tx, ways, home))
        ways = [way for way in _longer(tx, ways, seen) if len(way[0]) < _LONGEST_RING]


def _closed(tx: Reading, ways: Iterable[_Way], home: str) -> Iterator[_Way]:
    for people_, names, numbers in ways:
        for person, _, number in links.guarantors_of(tx, people_[-1]):
            if person == home:
                yield people_, names, (*numbers, number)
                break


def _longer(tx: Reading, ways: Iterable[_Way], seen: set[str]) -> Iterator[_Way]:
    for people_, names, numbers in ways:
        if people_[-1] in seen:
            continue
        seen.add(people_[-1])
        for person, name, number in links.guarantors_of(tx, people_[-1]):
            if person not in seen:
                yield (*people_, person), (*names, name), (*numbers, number)


def _ring(borrower: str, names: Sequence[str], numbers: Sequence[str]) -> Mapping[str, FactNode]:
    masked = tuple(mask_name(name) for name in (borrower, *names, borrower))
    return {"persons": masked, "cases": tuple(dict.fromkeys(numbers))}
