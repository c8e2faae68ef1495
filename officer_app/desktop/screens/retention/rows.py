"""Cases on their way to deletion, and certificates, as rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from officer_app.base.clock import local_date, local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.retention import Item, Overview, Standing
from officer_app.credit.retention import CLASSES, RecordClass
from officer_app.desktop.kit.case_words import STATES
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, Row
from officer_app.vault.records import DeletionRecord

_OLD_WORD: Final = timedelta(days=31)
_STANDINGS: Final = {
    Standing.OPEN: (State.NEUTRAL, N_("Not ended yet")),
    Standing.HELD: (State.STOP, N_("Held")),
    Standing.RUNNING: (State.INFO, N_("Kept")),
    Standing.UNCONFIRMED: (State.CANNOT_TELL, N_("Ask head office")),
    Standing.UNSENT: (State.LOOK, N_("Waiting to be sent")),
    Standing.NO_RECEIPT: (State.LOOK, N_("No receipt yet")),
    Standing.DUE: (State.PASSED, N_("May be deleted")),
}
_WHY: Final = {
    Standing.OPEN: N_("Nobody has ended it: its period has not begun."),
    Standing.RUNNING: N_("Its period runs until that day."),
    Standing.UNCONFIRMED: N_("Due by this laptop's clock alone. Exchange once: head office's time decides."),
    Standing.UNSENT: N_("Something about it waits to be sent. Exchange first."),
    Standing.DUE: N_("Its period has ended, and head office has everything."),
}
_MOST_SHOWN: Final = 5
_OLD: Final = N_("Head office's newest word is of {at:moment}. Exchange once, so that the periods can count on.")
_COPY: Final = N_(
    "{path}: made before the last deletion, and still holds what was deleted. Back up there once more, or destroy it."
)
COLUMNS: Final = (
    Column("case", message(N_("Case")), width=130),
    Column("kind", message(N_("Class of record")), width=196),
    Column("due", message(N_("Period ends")), width=184),
    Column("standing", message(N_("State")), width=150),
    Column("why", message(N_("Why")), stretch=True),
)
DELETED_COLUMNS: Final = (
    Column("case", message(N_("Case")), width=150),
    Column("kind", message(N_("Class of record")), width=220),
    Column("at", message(N_("Deleted")), width=180),
    Column("proof", message(N_("Number of the certificate")), stretch=True),
)


def item_rows(overview: Overview) -> tuple[Row, ...]:
    """What may be deleted first, then by the day on which it will be."""
    ordered = sorted(overview.items, key=lambda one: one.standing is not Standing.DUE)
    return tuple(_row(one) for one in ordered)


def deleted_rows(deleted: tuple[DeletionRecord, ...]) -> tuple[Row, ...]:
    """Certificates, the newest first; nothing in them is about a person."""
    return tuple(
        Row(
            one.id,
            (
                Cell(Verbatim(one.number), strong=True),
                Cell(message(CLASSES[RecordClass(one.record_class)])),
                Cell(message("{at:moment}", at=local_time(one.at))),
                Cell(Verbatim(one.id), muted=True),
            ),
        )
        for one in deleted
    )


def why(item: Item) -> Sayable:
    """Why it cannot go yet, or that it can."""
    if item.standing is Standing.HELD and item.hold is not None:
        said = item.hold
        return message(N_("{by}, {at:date}: {words}"), by=said.by, at=local_date(said.at), words=said.words)
    if item.standing is Standing.NO_RECEIPT:
        return message(N_("Head office has not confirmed {count:count} of its records."), count=item.missing)
    return message(_WHY[item.standing])


def summary(overview: Overview) -> Message:
    """How many of how many may go, and by whose time."""
    return message(
        N_("{due:count} of {all:count} cases may be deleted, by head office's time of {at:moment}."),
        due=len(overview.due),
        all=len(overview.items),
        at=local_time(overview.confirmed),
    )


def remarks(overview: Overview) -> tuple[Message, ...]:
    """What a person should know first: an old word of head office, copies that still hold what was deleted."""
    copies = (message(_COPY, path=Verbatim(place.path)) for place in overview.copies[:_MOST_SHOWN])
    if overview.laptop - overview.confirmed <= _OLD_WORD:
        return tuple(copies)
    return (message(_OLD, at=local_time(overview.confirmed)), *copies)


def _row(item: Item) -> Row:
    state, word = _STANDINGS[item.standing]
    reason = why(item)
    return Row(
        item.case,
        (
            Cell(Verbatim(item.number), below=Verbatim(item.applicant), strong=True),
            Cell(_kind(item), below=message(STATES[item.state])),
            _due(item),
            Cell(message(word), state=state),
            Cell(reason, tip=reason, muted=item.standing is Standing.RUNNING),
        ),
    )


def _kind(item: Item) -> Message:
    return message(CLASSES[item.kind]) if item.kind is not None else message(N_("No period yet"))


def _due(item: Item) -> Cell:
    if item.due is None or item.counted_from is None:
        return Cell(Verbatim("—"), muted=True)
    return Cell(
        message("{day:date}", day=item.due), below=message(N_("counted from {day:date}"), day=item.counted_from)
    )
