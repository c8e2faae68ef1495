"""Which shot list a visit goes by: head office's own that was in force when it began, else the shipped one.

A list that comes later changes no visit that was begun: whoever went out with one list is not asked for another's.
"""

from __future__ import annotations

from datetime import datetime

from officer_app.base.clock import local_date
from officer_app.casework.desk import Desk
from officer_app.casework.packs import SHOTS
from officer_app.evidence.shotlists import ShotList, read_shots, shipped_shots
from officer_app.vault import packs
from officer_app.vault.transactions import Reading


def shots_at(desk: Desk, tx: Reading, begun: datetime) -> ShotList:
    """The newest list that was here at a moment and whose first day had come.

    Errors: SHOT_LIST_WRONG, when a list that once was understood no longer is.
    """
    day = local_date(begun).isoformat()
    for pack in packs.all_of(tx, SHOTS, SHOTS):
        if pack.received <= begun and pack.effective <= day:
            if pack.digest not in desk.shots:
                desk.shots[pack.digest] = read_shots(pack.body)
            return desk.shots[pack.digest]
    return shipped_shots()
