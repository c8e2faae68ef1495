"""A round over a slow line in three steps, so that the vault is never held up by a network.

`load` (the vault's lane) lays what waits into a folder of sealed objects; `carry` (any lane) takes them to the store
and brings what is new back into the folder; `unload` (the vault's lane) verifies and applies that. Whatever ends
`carry` early, `unload` keeps what had been done by then.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import fresh_folder
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.casework import delivery, stores
from officer_app.casework.delivery import Round
from officer_app.casework.desk import Desk
from officer_app.casework.newcomers import reach_newcomers
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.exchange.addresses import Address, Credentials, StoreKind, read_address
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import Cursor, gather
from officer_app.exchange.opening import open_store
from officer_app.exchange.outbox import Sealed, send
from officer_app.trust.certificates import Role

_FOLDER: Final = "carried"


@dataclass(slots=True)
class Load:
    """One round on its way: everything `carry` needs, so that it need not ask the vault."""

    place: Address
    folder: Path
    names: tuple[str, ...]
    credentials: Credentials | None
    secret: str = field(repr=False)
    root: bytes
    device: str
    revoked: Mapping[str, datetime]
    cursors: Mapping[str, Cursor]
    thorough: bool
    shown: set[str] = field(default_factory=set)
    objects: int = 0
    fault: Fault | None = None

    @property
    def counts(self) -> bool:
        """Whether what is put there counts as sent: not with another laptop."""
        return self.place.kind is not StoreKind.LAN


@allowed(*EVERYONE)
def load(desk: Desk, url: str, progress: Progress = silent, cancelled: Cancelled = never) -> Load:
    """Lay out what waits. Errors: those of `read_address`, NOT_ENROLLED, DISK_FULL, CANCELLED."""
    institution, identity = desk.certified(*EVERYONE)
    place = read_address(url)
    folder = desk.vault.folder / _FOLDER
    fresh_folder(folder)
    if Role.OFFICER in desk.roles:
        reach_newcomers(desk)
    with closing(FolderStore(folder)) as local:
        names = delivery.lay_out(desk, local, progress, cancelled, everything=place.kind is StoreKind.LAN)
    return Load(
        place,
        folder,
        names,
        stores.credentials(desk, place),
        identity.reader_secret,
        institution.root,
        identity.person.device,
        institution.roster.withdrawn(desk.clock.now()),
        delivery.cursors_of(desk),
        place.kind is StoreKind.LAN or delivery.search_is_due(desk, url),
    )


def carry(load: Load, progress: Progress = silent, cancelled: Cancelled = never) -> Load:
    """Put all of it and bring back what is new; what ended it early stands in the load."""
    try:
        with (
            closing(FolderStore(load.folder)) as local,
            closing(open_store(load.place, load.credentials, cancelled=cancelled)) as store,
        ):
            objects = (Sealed(name, local.get(name) or b"") for name in load.names)
            try:
                load.objects = send(
                    store, objects, progress, cancelled, total=len(load.names), finished=load.shown.add
                )
            except Fault as fault:
                if fault.code is not Code.STORE_CONFLICT:
                    raise
                load.fault = fault  # what others sent is brought back all the same
            gather(
                store,
                local,
                load.secret,
                load.root,
                cursors=load.cursors,
                own_device=load.device,
                revoked=load.revoked,
                thorough=load.thorough,
                progress=progress,
                cancelled=cancelled,
            )
    except Fault as fault:
        load.fault = fault
    return load


@allowed(*EVERYONE)
def unload(desk: Desk, load: Load, progress: Progress = silent, cancelled: Cancelled = never) -> Round:
    """Mark what the store shows, take in what came, remove the folder. Errors: the one that ended `carry`."""
    with closing(FolderStore(load.folder)) as local:
        done = delivery.receive_from(desk, local, progress, cancelled)
    done.objects = load.objects
    if load.counts:
        done.sent = delivery.mark_shown(desk, load.shown)
    shutil.rmtree(load.folder, ignore_errors=True)
    if load.fault is not None:
        raise load.fault
    if load.counts:
        delivery.note_round(desk, load.place.text, searched=load.thorough)
    return done
