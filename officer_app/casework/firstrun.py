"""How far somebody's first run has come, kept in the vault, so that it can be left and resumed at each step."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from officer_app.casework.desk import Desk
from officer_app.casework.keeping import keep_unfinished, unfinished
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.trust.certificates import Role

_KEPT = "first-run"


class Stage(StrEnum):
    """What comes next; nothing comes after `DONE`."""

    INSTITUTION = "institution"
    REQUEST = "request"
    ANSWER = "answer"
    FINGERPRINT = "fingerprint"
    STORE = "store"
    READY = "ready"
    DONE = ""


@allowed(*EVERYONE)
def begin(desk: Desk) -> None:
    """A new vault: its person has everything before them."""
    first = Stage.INSTITUTION if Role.HEAD_OFFICE in desk.roles else Stage.REQUEST
    keep_unfinished(desk, _KEPT, {"stage": first.value})


@allowed(*EVERYONE)
def where(desk: Desk) -> tuple[Stage, Mapping[str, str]]:
    """How far, and what was given on the way. A certificate that came by another way makes asking for it needless."""
    kept = unfinished(desk, _KEPT)
    stage = Stage(kept["stage"]) if kept.get("stage") in set(Stage) else Stage.DONE
    asking = {Stage.INSTITUTION, Stage.REQUEST, Stage.ANSWER}
    if stage in asking and desk.identity is not None:
        return Stage.STORE, kept
    return stage, kept


@allowed(*EVERYONE)
def reach(desk: Desk, stage: Stage, given: Mapping[str, str]) -> None:
    """Keep how far one has come; `given` are words, never a password."""
    keep_unfinished(desk, _KEPT, {**given, "stage": stage.value} if stage is not Stage.DONE else {})
