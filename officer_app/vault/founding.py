"""How a data folder begins."""

from __future__ import annotations

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import sync_folder, told_apart
from officer_app.base.ids import UserId, new_id
from officer_app.trust import boxes, passphrases
from officer_app.trust.passphrases import Argon
from officer_app.vault import audit, keyring, migrate, settings, users
from officer_app.vault.blobfiles import BlobFiles
from officer_app.vault.database import Database
from officer_app.vault.keyring import Keyring, Keys
from officer_app.vault.layout import Layout
from officer_app.vault.locking import FolderLock
from officer_app.vault.records import NewUser, UserRecord
from officer_app.vault.transactions import Writing


def found(
    layout: Layout, first: NewUser, passphrase: str, clock: Clock, *, recovery_code: str, settings: Argon | None
) -> None:
    """Make a data folder. Cut short at any point, it can be made again: the database gets its name last."""
    passphrases.check_new(passphrase)
    with told_apart(layout.folder):
        layout.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FolderLock(layout.lock)
    try:
        _refuse_taken(layout)
        keys = Keys(boxes.new_key(), boxes.new_key())
        user = UserRecord(
            UserId(new_id()), keyring.normalise_login(first.login), first.full_name, first.roles, clock.now()
        )
        ring = Keyring(new_id(), {}, b"").with_slot(user.login, passphrase, keys, settings)
        ring = ring.with_recovery(recovery_code, keys.vault, settings)
        _build(layout, keys, user, clock, ring.vault)
        keyring.write(layout.folder, ring)
        layout.unborn.replace(layout.database)
        sync_folder(layout.folder)
    finally:
        lock.release()


def _refuse_taken(layout: Layout) -> None:
    half_made = layout.unborn.exists()
    if layout.database.exists() or (layout.keyring.exists() and not half_made):
        raise Fault(Code.VAULT_EXISTS, folder=str(layout.folder))
    for left in layout.folder.glob(layout.unborn.name + "*"):
        left.unlink()


def _build(layout: Layout, keys: Keys, user: UserRecord, clock: Clock, vault: str) -> None:
    key = boxes.derive(keys.vault, "vault database")
    migrate.build(layout.unborn, key)
    blob_key, wrapping = (boxes.derive(keys.vault, use) for use in ("vault blobs", "vault case keys"))
    files = BlobFiles(layout, blob_key, wrapping)
    database = Database(layout.unborn, key)
    try:
        with database.transaction(writing=True) as sql:
            tx = Writing(sql, user, clock, files, boxes.derive(keys.vault, "vault search"))
            users.add(tx, user)
            settings.put(tx, "vault.id", vault)
            audit.append(tx, "vault.created", vault, {"roles": sorted(user.roles)})
    finally:
        database.close()
