"""A line with its verdict: what it is, what is said of it, how it stands."""

from __future__ import annotations

from officer_app.base.words import Sayable, message
from officer_app.credit.figures import Missing, Truth
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Row


def line(path: str, label: str, says: Sayable, verdict: Cell) -> Row:
    """A row of words; `path` is the fact to ask again."""
    return Row(path, (Cell(message(label)), Cell(says, tip=says), verdict))


def pill(state: State, words: str) -> Cell:
    """A state with its own word."""
    return Cell(message(words), state=state)


def yes_no(truth: Truth, kept: str, not_kept: str, *, broken: State = State.STOP) -> Cell:
    """A pill by a truth; what nobody has said cannot be told."""
    if isinstance(truth, Missing):
        return Cell(state=State.CANNOT_TELL)
    return pill(State.PASSED, kept) if truth else pill(broken, not_kept)
