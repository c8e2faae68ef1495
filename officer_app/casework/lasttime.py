"""As last time: what an earlier file of the same person holds and may stand in this one, when the officer takes it.

Nothing is filled in by itself. What may stand is said by the checklist (`bind::again`); what is asked again must be
asked again. An answer taken keeps where and when it was confirmed, also when it had been taken over then already.
Source: DOMAIN e.14.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.ids import RecordId, new_id
from officer_app.casework.captures import Source, source_of
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings
from officer_app.casework.lane_checks import demanded
from officer_app.casework.owed import together
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import ASKED_AT_OPENING, Visit, session_of
from officer_app.checklists.session import FormSession
from officer_app.credit.facts.borrower import PastLoan
from officer_app.credit.lanes import Lane, lane_in_sight
from officer_app.credit.reading import read_facts
from officer_app.trust.certificates import Role
from officer_app.vault import answers, cases
from officer_app.vault.captures import of_visit
from officer_app.vault.records import CaptureRecord, CaptureState, CaseRecord, CaseState, Origin
from officer_app.vault.transactions import Reading

_LENT: Final = frozenset({CaseState.APPROVED, CaseState.DISBURSED, CaseState.CLOSED})
_HANDED_IN: Final = frozenset({CaseState.SUBMITTED, CaseState.REVIEWED, CaseState.ESCALATED})
_NUMBER: Final = re.compile(r"\[\d+\]")
_ROW: Final = re.compile(r"^(.*)\[(\d+)\]/")


@dataclass(frozen=True, slots=True)
class LastTime:
    """The newest earlier file of the same person: its answers, and those that were taken over then already.

    `lent`: money was paid out on it.
    """

    source: Source
    session: FormSession
    loans: tuple[PastLoan, ...]
    older: Mapping[tuple[str, str], Source]
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand in one section: lists to lengthen, and the answers by ref."""

    adds: tuple[str, ...]
    answers: Mapping[str, str]


@allowed(Role.OFFICER)
def last_time(desk: Desk, case: CaseRecord) -> LastTime | None:
    """The own file to take from: the latest one that was lent on, else the latest handed in; None without one."""
    if not case.resident_id:
        return None
    with desk.vault.reading() as tx:
        found = _newest(tx, case)
        if found is None:
            return None
        records = answers.visits(tx, found.id)
        stored = [answers.all(tx, one.id) for one in records]
        lines = [line for one in records for line in of_visit(tx, one.id)]
    if not records:
        return None
    visits = [Visit(one, session_of(desk, one, held)) for one, held in zip(records, stored, strict=True)]
    same = [one for one in visits if one.record.form == visits[-1].record.form]
    session = together(desk, same) if len(same) > 1 else same[0].session
    loans = read_facts(session.facts()).borrower.history_loans
    source = Source(found.number, local_date(visits[-1].record.started))
    older = {(line.ref, line.value): known for line in lines if (known := source_of(line)) is not None}
    return LastTime(source, session, loans, older, found.state in _LENT)


def _newest(tx: Reading, case: CaseRecord) -> CaseRecord | None:
    files = [cases.get(tx, one.id) for one in cases.same_person(tx, case.resident_id)]
    own = [
        one
        for one in files
        if one.id != case.id
        and one.origin is Origin.OWN
        and one.officer == case.officer
        and one.created < case.created
        and one.state in _LENT | _HANDED_IN
    ]
    return max(own, key=lambda one: (one.state in _LENT, one.created), default=None)


def lane_ahead(findings: Findings, before: LastTime | None) -> Lane | None:
    """The lane in sight, when it limits the questions and an earlier file is there to take from."""
    if before is None:
        return None
    lane = lane_in_sight(findings.facts, findings.assessment.policy, before.loans)
    return lane if lane is not None and lane.questions is not None else None


def loan_to_note(findings: Findings, before: LastTime | None) -> bool:
    """Whether the loan of the earlier file is noted nowhere yet: until it is, nobody is a repeat client here.

    A second loan is the case: the first file could not know the loan that was lent on it.
    """
    if before is None or not before.lent or lane_ahead(findings, before) is not None:
        return False
    return not findings.facts.borrower.history_loans and not any(one.closed_on is not None for one in before.loans)


def offer(session: FormSession, before: LastTime, section: str) -> Offer:
    """What may be taken in a section: never over an answer, and in no list that somebody has begun."""
    told = before.session.told()
    may = [ref for ref in told if ref.startswith(f"{section}/") and session.may_stand(ref)]
    here = session.told()
    begun = tuple(f"{each}[" for each in _lists(may) if any(ref.startswith(f"{each}[") for ref in here))
    wanted = [ref for ref in may if _is_free(session, before.session, ref, begun)]
    adds = [each for each, rows in _lists(wanted).items() for _ in range(rows - session.count(each))]
    return Offer(tuple(adds), {ref: told[ref] for ref in wanted})


def _lists(refs: Iterable[str]) -> dict[str, int]:
    """The lists that some refs lead into, with their highest row."""
    found: dict[str, int] = {}
    for ref in refs:
        row = _ROW.match(ref)
        if row is not None:
            found[row[1]] = max(found.get(row[1], 0), int(row[2]))
    return found


def _is_free(session: FormSession, before: FormSession, ref: str, begun: tuple[str, ...]) -> bool:
    """Whether nobody answered it here, and it is still the question it was.

    In a list that somebody began nobody can tell which row is which; rows that the form sets may have changed places.
    """
    row, here = _ROW.match(ref), session.peek(ref)
    fixed = row is not None and session.is_fixed(row[1])
    if here is None:
        return not fixed and row is not None and not ref.startswith(begun)
    if here or (not fixed and ref.startswith(begun)):
        return False
    old, new = before.question(ref, "zh_CN"), session.question(ref, "zh_CN")
    names = {choice.name for choice in new.choices}
    return (old.label, old.type) == (new.label, new.type) and (not names or set(old.value.split()) <= names)


def taken(desk: Desk, visit: Visit, before: LastTime, some: Offer) -> tuple[CaptureRecord, ...]:
    """The lines that tell from where each answer was taken; one that was taken over then already keeps its day."""
    now = desk.clock.now()
    return tuple(
        CaptureRecord(
            id=RecordId(new_id()),
            visit=visit.record.id,
            officer=desk.user.id,
            at=now,
            words="",
            state=CaptureState.FILED,
            ref=ref,
            value=value,
            read_as=before.older.get((ref, value), before.source).to_json(),
            settled=now,
        )
        for ref, value in some.answers.items()
    )


def standing(visit: Visit) -> Mapping[str, Source]:
    """The answers of a visit that stand as they were last time, each with its source."""
    return {
        line.ref: source
        for line in visit.captures.values()
        if line.state is CaptureState.FILED
        and (source := source_of(line)) is not None
        and visit.session.peek(line.ref) == line.value
    }


def own_questions(visit: Visit, findings: Findings, lane: Lane) -> tuple[str, ...]:
    """What the officer answers himself in a lane; a question of a list counts once for all its rows.

    That is whatever must be answered, and where the lane's checks still lack facts. Not counted: pictures and
    positions, and what is asked when a case is opened.
    """
    checks = demanded(visit.session, replace(findings, lane=lane))
    asked = (*visit.session.musts(), *(one.ref for one in checks if one.ref))
    apart = standing(visit).keys() | _at_the_opening(visit.session)
    return tuple(dict.fromkeys(_NUMBER.sub("", ref) for ref in asked if ref not in apart))


def _at_the_opening(session: FormSession) -> set[str]:
    """Questions that the case's own line answers, while they have an answer."""
    return {one.ref for one in session.bound_answers() if one.path in ASKED_AT_OPENING}
