"""Files of the queue as rows, and the orders that a heading can ask for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from officer_app.base.clock import local_time
from officer_app.base.errors import Code
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.review import Waiting
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.vault.records import CaseState

BARRED: Final = {
    Code.FOUR_EYES: N_("Your own file: somebody else decides"),
    Code.NOT_ENROLLED: N_("You have no certificate yet"),
    Code.CASE_IN_CONFLICT: N_("Two versions came: compare them in Exchange first"),
    Code.RELATED_TO_CASE: N_("Your name is in the file: pass it on"),
    Code.BELOW_TIER: N_("Passed on beyond your limit"),
}
# The same, as short as a column is wide; the whole stands in the banner and the tooltip.
_SHORT: Final = {
    Code.FOUR_EYES: N_("Your own file"),
    Code.NOT_ENROLLED: N_("No certificate"),
    Code.CASE_IN_CONFLICT: N_("Two versions"),
    Code.RELATED_TO_CASE: N_("Names you"),
    Code.BELOW_TIER: N_("Above your limit"),
}
COLUMNS: Final = (
    Column("who", message(N_("Customer")), stretch=True),
    Column("asked", message(N_("Asked for")), ColumnKind.MONEY, 104),
    Column("supported", message(N_("Can be supported")), ColumnKind.MONEY, 120),
    Column("grade", message(N_("Grade")), width=64),
    Column("risk", message(N_("What does not fit")), width=176),
    Column("officer", message(N_("Handed over")), width=168),
    Column("state", message(N_("State")), width=172),
)
_NOTHING: Final = Decimal(-1)
_DECIDE: Final = message(N_("To be decided"))


def row_of(one: Waiting, to_be_done: Message = _DECIDE) -> Row:
    """One file, with what is to be done about it; own ones are grey, and say why."""
    case, barred = one.case, one.barred is not None
    number = message(N_("Case {number}, version {version:count}"), number=case.number, version=one.version)
    handed = message("{at:moment}", at=local_time(one.since))
    risk_state, risk = _risk(one)
    return Row(
        str(one.dossier),
        (
            Cell(Verbatim(case.applicant), below=number, strong=not barred, muted=barred),
            Cell(number=one.requested, muted=barred),
            Cell(number=case.supported_amount, strong=not barred, muted=barred),
            Cell(Verbatim(case.grade), muted=barred),
            Cell(risk, state=risk_state, tip=_all_of(one)),
            Cell(Verbatim(one.submitted_by), below=handed, muted=barred),
            Cell(
                _standing(one, to_be_done),
                state=State.NEUTRAL if barred else State.INFO,
                tip=message(BARRED[one.barred]) if one.barred is not None else None,
            ),
        ),
    )


def _standing(one: Waiting, to_be_done: Message) -> Message:
    if one.barred is not None:
        return message(_SHORT[one.barred])
    if one.case.state is CaseState.EXPIRED:
        return message(N_("Approval ended"))
    if one.case.state is CaseState.ESCALATED:
        return message(N_("Passed on to you"))
    return to_be_done


def _risk(one: Waiting) -> tuple[State, Message]:
    if one.hard:
        return State.STOP, message(N_("{count:count} refusing flags"), count=one.hard)
    if one.unexplained:
        return State.STOP, message(N_("{count:count} unexplained"), count=one.unexplained)
    if one.flags:
        return State.LOOK, message(N_("{count:count} red flags"), count=one.flags)
    return State.PASSED, message(N_("everything fits"))


def _all_of(one: Waiting) -> Sayable:
    return message(
        N_("{unexplained:count} contradictions stand unexplained; {flags:count} red flags, {hard:count} refuse"),
        unexplained=one.unexplained,
        flags=one.flags,
        hard=one.hard,
    )


ORDERS: Final[dict[str, Callable[[Waiting], object]]] = {
    "who": lambda one: one.case.applicant,
    "asked": lambda one: -one.requested,
    "supported": lambda one: -(one.case.supported_amount if one.case.supported_amount is not None else _NOTHING),
    "grade": lambda one: one.case.grade,
    "risk": lambda one: (-one.hard, -one.unexplained, -one.flags),
    "officer": lambda one: one.since,
    "state": lambda one: one.barred is not None,
}
