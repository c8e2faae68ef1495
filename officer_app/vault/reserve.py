"""A few megabytes kept back: given up when the disk is full, so that what is typed can still be saved."""

from __future__ import annotations

import os
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.vault.layout import Layout

_BYTES: Final = 4_000_000


def keep(layout: Layout) -> None:
    """Make sure that the reserve is there, if there is room for it."""
    if layout.reserve.is_file():
        return
    try:
        # Random, since some disks keep no room for zeros.
        write_whole(layout.reserve, os.urandom(_BYTES))
    except Fault as fault:
        if fault.code is not Code.DISK_FULL:
            raise
        release(layout)


def release(layout: Layout) -> None:
    """Give its room to whoever needs it now."""
    layout.reserve.unlink(missing_ok=True)
    layout.reserve.with_name(layout.reserve.name + ".part").unlink(missing_ok=True)
