"""What the questions report, whatever sheet or repeat they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from officer_app.checklists.view import RepeatBlock
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.kinds import Surroundings

# A fixed list (the same questions for each of so many) is shown whole up to this length.
LISTED: Final = 30


def shown_whole(block: RepeatBlock) -> bool:
    """Whether a repeat stands there with all its questions, rather than as a table with one instance open."""
    return block.fixed and len(block.instances) <= LISTED


class RepeatView(QWidget):
    """What shows a repeat."""

    def show_block(self, block: RepeatBlock) -> None:
        """Show what has become of the repeat."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Where Enter can lead to, in order."""
        raise NotImplementedError

    def open_at(self, ref: str) -> bool:  # noqa: ARG002  a list that stands there whole has nothing to turn to
        """Open the entry that holds a question; True when the keyboard is in its cell of a table already."""
        return False


MakeRepeat = Callable[["Reports", RepeatBlock, QWidget], RepeatView]


class Reports(QObject):
    """One place where all rows of a page say what was done to them."""

    answered = Signal(str, str)
    repeat_added = Signal(str)
    repeat_removed = Signal(str, int)
    # How many entries more, and answers by ref, theirs too: one change.
    rows_entered = Signal(str, int, object)
    attach_wanted = Signal(str)
    note_wanted = Signal(str)
    # Ref, words, whether they say why it was not seen.
    note_kept = Signal(str, str, bool)
    # Lists are shown as tables from now on, or one entry at a time.
    tables_turned = Signal()
    # Another instance of a repeat was opened.
    turned = Signal()
    # A row asks for the one after it; a sheet asks for the keyboard for one of its own.
    left = Signal(object)
    focus_wanted = Signal(object)

    def __init__(self, speech: Speech, around: Surroundings, make_repeat: MakeRepeat, parent: QObject) -> None:
        super().__init__(parent)
        self.make_repeat = make_repeat
        self.speech = speech
        self.around = around
        # Told after a check: from then on missing answers are told under their fields.
        self.strict = False
        # Whether lists stand there as tables to type into.
        self.as_tables = False

    def turn_tables(self) -> None:
        """Lists as tables, or one entry at a time."""
        self.as_tables = not self.as_tables
        self.tables_turned.emit()
