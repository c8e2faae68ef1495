"""How a section and its case stand, in the few words that the visit has for it."""

from __future__ import annotations

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, message
from officer_app.checklists.view import Counts
from officer_app.credit.fields import FactKind
from officer_app.credit.vocabulary import spec_of
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.widgets.sections import SectionRow
from officer_app.desktop.widgets.states import State


def section_row(ref: str, label: Sayable, counts: Counts) -> SectionRow:
    """A section in the list: done, begun, or not touched."""
    if counts.violations or counts.missing:
        state = State.LOOK if counts.answered else State.CANNOT_TELL
    else:
        state = State.PASSED if counts.answered or not counts.total else State.CANNOT_TELL
    return SectionRow(ref, label, state, counts.answered, counts.total)


def saved(opened: OpenCase) -> Sayable | None:
    """Whether everything typed is on the disk, and since when."""
    if not opened.is_saved:
        return message(N_("Saving …"))
    if opened.saved_at is None:
        return None
    return message(N_("Saved {at:time}"), at=local_time(opened.saved_at))


def is_money(path: str) -> bool:
    """Whether a fact is an amount of money."""
    spec = spec_of(path)
    return spec is not None and spec.kind is FactKind.MONEY
