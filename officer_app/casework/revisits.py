"""Going there once more: why a further visit is due, and how it is begun. Source: DOMAIN e.2, e.14."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import packs
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import Visit, begin_visit
from officer_app.credit.flagkinds import PROVEN_LIE
from officer_app.credit.lanes import LANE_LABELS
from officer_app.dossier.records import parse_decision
from officer_app.trust.certificates import Role
from officer_app.vault import cases, decisions
from officer_app.vault import packs as kept
from officer_app.vault.records import CaseState, VisitRecord

_NUMBER: Final = re.compile(r"\[\d+\]")
# Who goes again asks again, blind: that checklist is offered first, the whole visit next.
_ORDER: Final[Mapping[str, int]] = MappingProxyType({packs.SECOND_VISIT: 0, packs.BUSINESS_VISIT: 1})
# Where the gap "so many visits are needed" leads, in the place of a question's ref.
ANOTHER_VISIT: Final = "another_visit"


class Why(StrEnum):
    """What calls for a further visit."""

    LANE = "lane"
    PATH = "path"
    LIE = "lie"
    RETURNED = "returned"


WHY_LABELS: Final[Mapping[Why, str]] = MappingProxyType(
    {
        Why.LANE: N_("asked for by the lane"),
        Why.PATH: N_("asked for by the approval path"),
        Why.LIE: N_("a lie was proven"),
        Why.RETURNED: N_("returned with questions"),
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that calls for a further visit, as a sentence."""

    why: Why
    words: Sayable


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist that a visit may follow: its name and the title that head office gave it."""

    name: str
    title: Sayable


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known before a further visit begins: which one it is, why it is due, which checklists there are."""

    number: int
    reasons: tuple[Reason, ...]
    checklists: tuple[Checklist, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a further visit is to begin; `note` is the officer's own word on why."""

    checklist: str = packs.BUSINESS_VISIT
    second_officer: str = ""
    note: str = ""


def visits_needed(findings: Findings) -> int:
    """How many visits the case's lane and its path of approval ask for, at least one."""
    lane = findings.lane.visits if findings.lane is not None else 1
    return max(lane, 2 if findings.path.second_visit else 1)


@allowed(Role.OFFICER)
def plan(desk: Desk, case_id: CaseId, findings: Findings) -> Plan:
    """What to show before a further visit begins. Errors: RECORD_MISSING."""
    with desk.vault.reading() as tx:
        case = cases.get(tx, case_id)
        decided = decisions.of_case(tx, case_id) if case.state is CaseState.RETURNED else ()
        found = kept.all_newest(tx, packs.FORM)
    asked = parse_decision(decided[-1].record).questions if decided else ()
    lists = tuple(Checklist(pack.name, packs.form_of(pack).titles) for pack in found)
    first = sorted(lists, key=lambda one: (_ORDER.get(one.name, len(_ORDER)), one.name))
    return Plan(findings.visits + 1, (*_of_findings(findings), *_returned(asked)), tuple(first))


@allowed(Role.OFFICER)
def begin(desk: Desk, case_id: CaseId, findings: Findings, wish: Wish) -> Visit:
    """Begin a further visit of a case; the one before it can only be read from then on.

    Errors: PACK_MISSING, CASE_NOT_OPEN, NOT_ALLOWED.
    """
    whys = dict.fromkeys(reason.why for reason in plan(desk, case_id, findings).reasons)
    purpose = " ".join(whys) + (f"\n{wish.note.strip()}" if wish.note.strip() else "")
    return begin_visit(desk, case_id, form_name=wish.checklist, purpose=purpose, second_officer=wish.second_officer)


def asked_by(visit: Visit, ref: str) -> str:
    """The checklist that alone asks a question where the newest visit's does not: "" where it does, or none does.

    What the first visit left open is still owed after a blind one, whose checklist has no place for it.
    """
    if _asks(visit, ref):
        return ""
    return next((one.record.form for one in reversed(visit.earlier) if _asks(one, ref)), "")


def _asks(visit: Visit, ref: str) -> bool:
    plain = _NUMBER.sub("", ref)
    return any(node.path == plain for node in visit.session.form.root.down())


def why_words(record: VisitRecord) -> tuple[Sayable, ...]:
    """Why a further visit was made, as it was said when it began; nothing for one that was begun without a word."""
    codes, _, note = record.purpose.partition("\n")
    known = [Why(code) for code in codes.split() if code in set(Why)]
    words = note if known or not codes.strip() else record.purpose
    return (*(message(WHY_LABELS[why]) for why in known), *([Verbatim(words)] if words.strip() else []))


def _of_findings(findings: Findings) -> Iterator[Reason]:
    lane = findings.lane
    if lane is not None and lane.visits > 1:
        told = message(
            N_("The lane “{lane}” asks for {visits:count} visits"),
            lane=message(LANE_LABELS[lane.name]),
            visits=lane.visits,
        )
        yield Reason(Why.LANE, told)
    proven = [flag.sentence for flag in findings.assessment.flags if flag.code == PROVEN_LIE.code]
    yield from (Reason(Why.PATH, why) for why in findings.path.second_visit if why not in proven)
    yield from (Reason(Why.LIE, sentence) for sentence in proven)


def _returned(questions: tuple[str, ...]) -> Iterator[Reason]:
    for question in questions:
        yield Reason(Why.RETURNED, message(N_("Returned with the question: {question}"), question=question))
