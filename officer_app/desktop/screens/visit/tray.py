"""How many captured lines still wait, beside the title of the case."""

from __future__ import annotations

from officer_app.base.words import N_, message
from officer_app.casework.captures import waiting
from officer_app.casework.visits import Visit
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip


def tray_chip(visit: Visit) -> tuple[Chip, ...]:
    """A chip with their number, or none while the tray is empty."""
    left = len(waiting(visit))
    return (Chip(State.LOOK, message(N_("Tray: {count:count}"), count=left)),) if left else ()
