"""The keys of the window, and which versions of everything are at work."""

from __future__ import annotations

import platform
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QWidget

from officer_app import __version__
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.today import packs_in_use
from officer_app.desktop.kit.shortcuts import Shortcuts
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.settings.card import Lines, SettingsCard
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import KeyCap, Text
from officer_app.vault.records import PackRecord

# Keys that belong to one screen or to every field, so no window binds them.
ELSEWHERE: Final[tuple[tuple[str, Message], ...]] = (
    ("F1", message(N_("Help, and back again"))),
    ("Shift+F1", message(N_("Where the figure under the keyboard comes from"))),
    ("Esc", message(N_("Close"))),
    ("Return", message(N_("Next question"))),
    ("Ctrl+Return", message(N_("Next question that must be answered"))),
    ("Ctrl+Down", message(N_("The question below, without answering"))),
    ("Ctrl+Up", message(N_("The question above, without answering"))),
    ("Ctrl+PgDown", message(N_("Next section"))),
    ("Ctrl+PgUp", message(N_("Previous section"))),
    ("F4", message(N_("Attach a picture"))),
    ("F5", message(N_("Note on an answer; on a picture: not seen"))),
    ("F6", message(N_("Norms of the trades"))),
    ("F7", message(N_("A list as a table, and back"))),
    ("F8", message(N_("Another visit"))),
    ("F9", message(N_("For the customer"))),
    ("F10", message(N_("Signature of the second officer"))),
    ("F11", message(N_("Read the picture at this question"))),
    ("Ctrl+E", message(N_("Enter from paper"))),
    ("Ctrl+G", message(N_("Number on the paper"))),
    ("Ctrl+H", message(N_("Not asked, as the answers stand"))),
    ("Ctrl+M", message(N_("What is missing"))),
    ("Ctrl+B", message(N_("Before you leave"))),
    ("Ctrl+Z", message(N_("Undo"))),
    ("L", message(N_("Large picture: turn it left"))),
    ("R", message(N_("Large picture: turn it right"))),
    ("X", message(N_("Large picture: cut it"))),
    ("B", message(N_("Large picture: blur parts of it"))),
    ("N", message(N_("Large picture: another box to blur"))),
    ("Shift+Right", message(N_("Large picture: size the box at hand, with any arrow"))),
    ("Ctrl+Backspace", message(N_("Large picture: take back all that was laid over it"))),
    ("O", message(N_("Large picture: the original and back"))),
    ("T", message(N_("Large picture: read papers and watermark"))),
    ("C", message(N_("Large picture: compare it with the one it resembles"))),
    ("Ctrl+Return", message(N_("Open the case and begin the visit"))),
    ("Ctrl+D", message(N_("Visit code"))),
    ("Ctrl+U", message(N_("Card or USB camera"))),
    ("Ctrl+Shift+P", message(N_("This laptop's camera"))),
    ("Ctrl+R", message(N_("Take as last time"))),
    ("Ctrl+P", message(N_("Pictures: phone as camera; decision: whole memo"))),
    ("Ctrl+O", message(N_("Add pictures"))),
    ("Ctrl+Shift+O", message(N_("Pictures from a folder"))),
    ("Ctrl+V", message(N_("Paste"))),
    ("C", message(N_("Two pictures side by side"))),
    ("Del", message(N_("A picture back to the tray"))),
    ("Ctrl+M", message(N_("Pictures: where they were taken; decision: the officer's day"))),
    ("Ctrl+R", message(N_("Decision: ask for the drawn picture to be taken again"))),
    ("Ctrl+J", message(N_("The next drawn picture without an answer"))),
    ("Ctrl+1", message(N_("Approve"))),
    ("Ctrl+2", message(N_("With conditions"))),
    ("Ctrl+3", message(N_("Return with questions"))),
    ("Ctrl+4", message(N_("Refuse"))),
    ("Ctrl+5", message(N_("Pass to the next level"))),
    ("Ctrl+Return", message(N_("Sign the decision"))),
    ("Ctrl+Return", message(N_("Exchange now"))),
    ("F2", message(N_("People: role, branch or limit"))),
    ("Del", message(N_("Head office: withdraw a key, give a delivery up, remove a store"))),
    ("Alt+Left", message(N_("First run: a step back"))),
)
_KINDS: Final = {
    "policy": message(N_("Policy")),
    "form": message(N_("Checklist")),
    "norms": message(N_("Norms of the trades")),
    "products": message(N_("Products")),
}


class KeysCard(SettingsCard):
    """Every key with its word."""

    def __init__(self, speech: Speech, shortcuts: Shortcuts) -> None:
        super().__init__(speech, message(N_("Keys")))
        self._shortcuts = shortcuts
        self._list = QWidget(self)
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(HALF)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[str, ...] = ()
        self.body.addWidget(self._list)

    def refresh(self) -> None:
        """Read the list anew."""
        listed = (*self._shortcuts.listed(), *ELSEWHERE)
        keys = tuple(keys for keys, _ in listed)
        if keys == self._shown:
            return
        self._shown = keys
        clear(self._grid)
        for place, (key, words) in enumerate(listed):
            cap = KeyCap(key, self._list)
            text = Text(self.speech, words, parent=self._list)
            self._grid.addWidget(cap, place, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(text, place, 1)
            cap.show()
            text.show()


class VersionsCard(SettingsCard):
    """What a person on the phone asks for first."""

    def __init__(self, work: Workplace) -> None:
        super().__init__(work.speech, message(N_("Versions")))
        self._work = work
        self._lines = Lines(work.speech, self)
        self.body.addWidget(self._lines)

    def refresh(self) -> None:
        """Read them anew."""
        desk = self._work.desk
        self._work.run(lambda _p, _c: packs_in_use(desk), self._show, owner=self)

    def _show(self, packs: tuple[PackRecord, ...]) -> None:
        lines: list[tuple[Sayable, Sayable]] = [
            (message(N_("Program")), Verbatim(__version__)),
            (message(N_("Window")), Verbatim(f"Qt {qVersion()}, Python {platform.python_version()}")),
        ]
        for pack in packs:
            what = message(N_("{name}, version {version}"), name=Verbatim(pack.name), version=str(pack.version))
            lines.append((_KINDS.get(pack.kind, Verbatim(pack.kind)), what))
        self._lines.show_lines(tuple(lines))
