"""A case as a line of the first screen."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.numerals import money
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.today import Progress
from officer_app.desktop.kit import case_words
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.vault.records import CaseItem, CaseRecord, CaseState, Delivery

IN_WORK: Final = (
    Column("who", message(N_("Who, where")), stretch=True),
    Column("done", message(N_("How far")), width=150),
    Column("amount", message(N_("Requested → supported")), ColumnKind.MONEY, 164),
    Column("state", message(N_("Where it stands")), width=166),
)
HANDED_OVER: Final = (
    Column("number", message(N_("Case")), width=92),
    Column("who", message(N_("Customer")), stretch=True),
    Column("amount", message(N_("Requested → supported")), ColumnKind.MONEY, 168),
    Column("state", message(N_("Where it stands")), width=132),
    Column("waits", message(N_("Waits for")), width=124),
)
_TONES: Final = {
    CaseState.DRAFT: State.LOOK,
    CaseState.RETURNED: State.LOOK,
    CaseState.APPROVED: State.PASSED,
    CaseState.DISBURSED: State.PASSED,
    CaseState.SUBMITTED: State.INFO,
    CaseState.REVIEWED: State.INFO,
    CaseState.ESCALATED: State.INFO,
}


def in_work_row(case: CaseRecord, progress: Progress | None) -> Row:
    """A draft or a returned case; `progress` is None until it has been looked at."""
    name = f"{case.business} {case.applicant}".strip()
    return Row(
        case.id,
        (
            Cell(Verbatim(name), below=Verbatim(case.address or case.number), strong=True),
            _how_far(case, progress),
            _amounts(case.requested_amount, progress.supported if progress else None),
            _state(case, progress),
        ),
    )


def handed_over_row(item: CaseItem) -> Row:
    """A case that others have now."""
    who = " · ".join(part for part in (item.applicant, item.business) if part)
    return Row(
        item.id,
        (
            Cell(Verbatim(item.number), muted=True),
            Cell(Verbatim(who)),
            _amounts(item.requested_amount, item.supported_amount),
            Cell(message(case_words.STATES[item.state]), state=tone(item.state)),
            Cell(waits_for(item), muted=True),
        ),
    )


def tone(state: CaseState) -> State:
    """How a state looks in a pill."""
    return _TONES.get(state, State.NEUTRAL)


def waits_for(item: CaseItem) -> Sayable:
    """Whose move it is."""
    if item.state is CaseState.SUBMITTED:
        return message(N_("Sending")) if item.delivery is Delivery.QUEUED else message(N_("Branch manager"))
    if item.state in (CaseState.REVIEWED, CaseState.ESCALATED):
        return message(N_("Next level"))
    if item.state is CaseState.APPROVED:
        return message(N_("Payout"))
    return Verbatim("—")


def _how_far(case: CaseRecord, progress: Progress | None) -> Cell:
    if progress is None:
        return Cell(Verbatim("…"), muted=True)
    if progress.begun is None:
        return Cell(message(N_("Not begun")), below=message(N_("Since {at:date}"), at=local_date(case.created)))
    return Cell(
        message(N_("{percent:count}% done"), percent=progress.percent),
        below=message(N_("Since {at:date}"), at=local_date(progress.begun)),
    )


def _amounts(requested: Decimal | None, supported: Decimal | None) -> Cell:
    if requested is None:
        return Cell(Verbatim("—"), muted=True)
    told = money(requested)
    return Cell(Verbatim(f"{told} → {money(supported)}" if supported is not None else told))


def _state(case: CaseRecord, progress: Progress | None) -> Cell:
    if progress is not None and progress.contradictions:
        words: Message = message(N_("Contradictions {count:count}"), count=progress.contradictions)
        return Cell(words, state=State.STOP)
    if case.state is CaseState.RETURNED:
        return Cell(message(N_("Returned")), state=State.LOOK)
    if progress is not None and progress.begun is None:
        return Cell(message(N_("Not started")), state=State.NEUTRAL)
    if progress is not None and not progress.missing:
        return Cell(message(N_("Ready to hand over")), state=State.PASSED)
    return Cell(message(N_("Being investigated")), state=State.LOOK)
