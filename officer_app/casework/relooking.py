"""Head office's lists of photos have grown: the pictures of one's open cases are held against everything once more.

A pass may be stopped at any picture; it is due until one has come to its end. What it was once told of a picture is
kept, so that a longer list tells only what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import Json, digest
from officer_app.base.clock import local_date
from officer_app.base.ids import CaseId
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.casework.cases import OPEN_STATES
from officer_app.casework.desk import Desk
from officer_app.casework.packs import FINGERPRINTS
from officer_app.casework.permissions import allowed
from officer_app.casework.reuse import look_again
from officer_app.evidence.derived import Looked
from officer_app.trust.certificates import Role
from officer_app.vault import cases, packs, photos, settings
from officer_app.vault.records import CaseQuery, CaseRecord, Origin, PhotoRecord
from officer_app.vault.transactions import Reading

_MOST: Final = 1_000
_LISTS: Final = "lists"
_TOLD: Final = "told"


@dataclass(frozen=True, slots=True)
class SeenElsewhere:
    """A case of which so many pictures were found elsewhere in one pass."""

    case: CaseRecord
    photos: int


@allowed(Role.OFFICER)
def due(desk: Desk) -> tuple[PhotoRecord, ...]:
    """The pictures to look at again: none where no list came since the last pass."""
    with desk.vault.reading() as tx:
        lists = _lists(desk, tx)
        if not lists or _kept(desk, tx).get(_LISTS) == lists:
            return ()
        found = cases.find(tx, CaseQuery(officer=desk.user.id, states=OPEN_STATES, limit=_MOST)).items
        own = [one for one in found if cases.get(tx, one.id).origin is Origin.OWN]
        return tuple(photo for case in own for photo in photos.of_case(tx, case.id))


@allowed(Role.OFFICER)
def look(desk: Desk, record: PhotoRecord, cancelled: Cancelled = never) -> bool:
    """Whether a picture is found elsewhere and it was not known before. Errors: WORKER_LIMIT, CANCELLED."""
    again = look_again(desk, record, cancelled)
    with desk.vault.writing() as tx:
        kept = _kept(desk, tx)
        before = kept.get(_TOLD)
        told = dict(before) if isinstance(before, dict) else {}
        known = told.get(record.id)
        fresh = again.listed - set(known if isinstance(known, list) else ())
        if fresh:
            listed: list[Json] = [*sorted(again.listed)]
            settings.put(tx, _key(desk), {**kept, _TOLD: {**told, record.id: listed}})
    return bool(fresh) or any(one.look.verdict is Looked.COPY for one in again.compared)


@allowed(Role.OFFICER)
def over(desk: Desk, found: Iterable[PhotoRecord]) -> tuple[SeenElsewhere, ...]:
    """A pass has come to its end: the next is due when another list comes. Gives the cases of what was found."""
    counted = Counter[CaseId](photo.case for photo in found)
    with desk.vault.writing() as tx:
        settings.put(tx, _key(desk), {**_kept(desk, tx), _LISTS: _lists(desk, tx)})
        return tuple(SeenElsewhere(cases.get(tx, case), count) for case, count in counted.items())


@allowed(Role.OFFICER)
def look_at_all(desk: Desk, progress: Progress = silent, cancelled: Cancelled = never) -> tuple[SeenElsewhere, ...]:
    """A whole pass, if one is due. Errors: WORKER_LIMIT, CANCELLED."""
    waiting = due(desk)
    found = []
    for done, record in enumerate(waiting):
        check(cancelled)
        progress(done, len(waiting))
        if look(desk, record, cancelled):
            found.append(record)
    return over(desk, found)


def _lists(desk: Desk, tx: Reading) -> str:
    """What stands on the lists that are here; nothing where none came."""
    here = packs.digests(tx, FINGERPRINTS, local_date(desk.clock.now()))
    return digest("".join(here).encode()) if here else ""


def _kept(desk: Desk, tx: Reading) -> dict[str, Json]:
    kept = settings.get(tx, _key(desk))
    return dict(kept) if isinstance(kept, dict) else {}


def _key(desk: Desk) -> str:
    return f"photos-looked-again:{desk.user.id}"
