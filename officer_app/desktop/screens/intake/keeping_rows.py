"""What head office keeps, and what was deleted, as rows; and what a person should know first."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from officer_app.base.clock import local_date, local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.credit.retention import CLASSES, RecordClass
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, Row
from officer_app.headoffice.keeping import Keeping
from officer_app.headoffice.retention import Certificate, KeptCase

COLUMNS: Final = (
    Column("case", message(N_("Case")), width=128),
    Column("kind", message(N_("Class of record")), width=218),
    Column("due", message(N_("Period ends")), width=170),
    Column("standing", message(N_("State")), width=150),
    Column("why", message(N_("Why")), stretch=True),
)
DELETED_COLUMNS: Final = (
    Column("case", message(N_("Case")), width=128),
    Column("kind", message(N_("Class of record")), width=170),
    Column("at", message(N_("Deleted")), width=170),
    Column("where", message(N_("Where")), width=150),
    Column("proof", message(N_("Number of the certificate")), stretch=True),
)
_FORWARD: Final = N_(
    "The laptops bear witness to {witnessed:date} and a month more; head office's clock says {now:date}. Periods are "
    "judged by {day:date} until newer files come in."
)


class Which(StrEnum):
    """What is shown; nothing chosen is all that is kept."""

    DUE = "due"
    HELD = "held"
    RUNNING = "running"
    DELETED = "deleted"


WHICH: Final = {
    Which.DUE: N_("May be deleted"),
    Which.HELD: N_("Held"),
    Which.RUNNING: N_("Kept"),
    Which.DELETED: N_("Deleted, with proof"),
}


def shown(found: Keeping, which: str, branch: str) -> tuple[KeptCase, ...]:
    """The cases that the filters leave; none where the deleted ones are looked at."""
    wanted = {
        Which.DUE: lambda one: one.may_go,
        Which.HELD: lambda one: one.held,
        Which.RUNNING: lambda one: not one.may_go and not one.held,
        Which.DELETED: lambda _one: False,
    }
    test = wanted.get(Which(which), bool) if which else bool
    return tuple(one for one in found.cases if test(one) and branch in {"", one.branch})


def summary(found: Keeping) -> Message:
    """How many of how many may go, by which day and policy."""
    return message(
        N_("{due:count} of {all:count} ended cases may be deleted, judged by {day:date} and policy {version}."),
        due=sum(one.may_go for one in found.cases),
        all=sum(one.due_on is not None for one in found.cases),
        day=found.judge.day,
        version=Verbatim(found.judge.policy.policy.version),
    )


def remark(found: Keeping) -> Sayable | None:
    """That head office's clock is ahead of what the laptops bear witness to, or that a store owes something."""
    judge = found.judge
    if judge.trusted.witnessed is not None and judge.day < local_date(judge.now):
        told = {"witnessed": local_date(judge.trusted.witnessed), "now": local_date(judge.now), "day": judge.day}
        return message(_FORWARD, **told)
    if found.owed:
        words = N_("{count:count} deleted deliveries are still to be looked for in the stores: delete once more.")
        return message(words, count=found.owed)
    return None


def case_rows(cases: tuple[KeptCase, ...]) -> tuple[Row, ...]:
    """What may go first, then by the day on which it will."""
    return tuple(_row(one) for one in sorted(cases, key=lambda one: not one.may_go))


def deleted_rows(found: tuple[Certificate, ...]) -> tuple[Row, ...]:
    """Certificates, the newest first; nothing in them is about a borrower."""
    return tuple(
        Row(
            one.record_id,
            (
                Cell(Verbatim(one.case_number), strong=True),
                Cell(message(CLASSES[RecordClass(one.record_class)])),
                Cell(message("{at:moment}", at=local_time(one.at))),
                _where(one),
                Cell(Verbatim(one.record_id), muted=True),
            ),
        )
        for one in found
    )


def _where(one: Certificate) -> Cell:
    if one.office:
        return Cell(message(N_("Head office")), below=Verbatim(one.ordered_by or one.by))
    return Cell(message(N_("Laptop")), below=Verbatim(one.by))


def _row(one: KeptCase) -> Row:
    state, word = _standing(one)
    reason = _why(one)
    kind = message(CLASSES[RecordClass(one.record_class)]) if one.record_class else message(N_("No period yet"))
    return Row(
        one.case_id,
        (
            Cell(Verbatim(one.number), below=Verbatim(one.branch), strong=True),
            Cell(kind),
            _due(one),
            Cell(message(word), state=state),
            Cell(reason, tip=reason, muted=not (one.held or one.may_go)),
        ),
    )


def _standing(one: KeptCase) -> tuple[State, str]:
    if one.held:
        return State.STOP, N_("Held")
    if one.may_go:
        return State.PASSED, N_("May be deleted")
    return (State.CANNOT_TELL, N_("Not confirmed")) if one.unconfirmed else (State.INFO, N_("Kept"))


def _why(one: KeptCase) -> Sayable:
    if one.hold is not None:
        said = one.hold
        return message(N_("{by}, {at:date}: {words}"), by=said.by, at=local_date(said.at), words=said.words)
    if one.may_go:
        return message(N_("Its period has ended, and nothing holds it."))
    if one.unconfirmed:
        return message(N_("Due by head office's clock alone: the laptops do not bear witness to that day yet."))
    return message(N_("Its period runs until that day."))


def _due(one: KeptCase) -> Cell:
    if one.due_on is None or one.counted_from is None:
        return Cell(Verbatim("—"), muted=True)
    below = message(N_("counted from {day:date}"), day=one.counted_from)
    return Cell(message("{day:date}", day=one.due_on), below=below)
