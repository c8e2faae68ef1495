"""Handing over between two laptops on one network, when no store can be reached and no stick is at hand.

The lender's window calls `offer`, then serves the folder until the guest is done, then `take`; the guest exchanges
with the address that the lender shows (`delivery.sync`). What goes this way still waits for the institution's own
store: only that one makes it "sent".
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

from officer_app.base.files import fresh_folder
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.casework import delivery
from officer_app.casework.delivery import Round
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, WORKING, allowed
from officer_app.exchange.folders import FolderStore

_FOLDER: Final = "handover"


@allowed(*WORKING)
def offer(desk: Desk, progress: Progress = silent, cancelled: Cancelled = never) -> Path:
    """A fresh folder with everything of ours that has no receipt yet, sealed as it is.

    Errors: DISK_FULL, FOLDER_READ_ONLY, NOT_ENROLLED, CANCELLED.
    """
    desk.certified(*EVERYONE)
    folder = desk.vault.folder / _FOLDER
    fresh_folder(folder)
    with closing(FolderStore(folder)) as store:
        delivery.offer_to(desk, store, progress, cancelled)
    return folder


@allowed(*WORKING)
def take(desk: Desk, folder: Path, progress: Progress = silent, cancelled: Cancelled = never) -> Round:
    """Take in what the guest left, and remove the folder."""
    with closing(FolderStore(folder)) as store:
        done = delivery.receive_from(desk, store, progress, cancelled)
    shutil.rmtree(folder, ignore_errors=True)
    return done
