"""The vault: one encrypted data folder, opened by one process for one signed-in user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId, new_id
from officer_app.base.meanings import Kind
from officer_app.trust import boxes, passphrases
from officer_app.trust.passphrases import Argon
from officer_app.vault import audit, casekeys, founding, keyring, migrate, reserve, scrubbing, users
from officer_app.vault.attempts import Attempts
from officer_app.vault.blobfiles import BlobFiles
from officer_app.vault.database import Database
from officer_app.vault.keyring import Keyring, Keys
from officer_app.vault.layout import Layout
from officer_app.vault.locking import FolderLock
from officer_app.vault.privates import PrivateBox
from officer_app.vault.records import BlobId, NewUser, UserRecord
from officer_app.vault.transactions import Reading, Writing

__all__ = ["NewUser", "PrivateBox", "Reading", "Vault", "Writing"]

_NOBODY: Final = UserRecord(UserId(""), "", "", frozenset(), created=datetime(1970, 1, 1, tzinfo=UTC))


@dataclass(slots=True)
class _Open:
    """What an open vault holds; gone when it is closed."""

    lock: FolderLock
    database: Database
    keys: Keys
    in_order: bool = True


class Vault:
    """Use `Vault.create`, `Vault.open` or `Vault.recover`. One thread at a time, except `read_blob`."""

    def __init__(self, layout: Layout, clock: Clock, inside: _Open) -> None:
        """Not for callers: takes what the ways in have prepared."""
        self._layout = layout
        self._inside: _Open | None = inside
        self._attempts = Attempts(layout.attempts, clock)
        blob_key, wrapping = (boxes.derive(inside.keys.vault, use) for use in ("vault blobs", "vault case keys"))
        self._files = BlobFiles(layout, blob_key, wrapping)
        self._search_key = boxes.derive(inside.keys.vault, "vault search")
        self._busy = False
        self.clock = clock
        self.user = _NOBODY
        self.upgraded_from: str | None = None

    # --- ways in -----------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        folder: Path,
        first: NewUser,
        passphrase: str,
        clock: Clock,
        *,
        recovery_code: str,
        settings: Argon | None = None,
    ) -> Vault:
        """A new data folder with its first user, open. Errors: VAULT_EXISTS, PASSPHRASE_SHORT, DISK_FULL and kin."""
        founding.found(Layout(folder), first, passphrase, clock, recovery_code=recovery_code, settings=settings)
        return cls.open(folder, first.login, passphrase, clock)

    @classmethod
    def open(cls, folder: Path, user: str, passphrase: str, clock: Clock, *, scripts: Path | None = None) -> Vault:
        """Sign in. An older database is upgraded first.

        Errors: VAULT_MISSING, VAULT_IN_USE, WRONG_PASSPHRASE (unknown names too), PASSPHRASE_WAIT, USER_DISABLED,
        VAULT_BROKEN, VAULT_NEWER, VAULT_UPGRADE_FAILED.
        """
        layout = Layout(folder)
        layout.finish_restore()
        keyring.read(folder)
        lock = FolderLock(layout.lock)
        try:
            login = keyring.normalise_login(user)
            with Attempts(layout.attempts, clock).guarded(login):
                keys = keyring.read(folder).open_slot(login, passphrase)
            return cls._enter(layout, clock, lock, keys, login, scripts or migrate.scripts_folder())
        except BaseException:
            lock.release(in_order=lock.left_in_order)
            raise

    @classmethod
    def recover(cls, folder: Path, recovery_code: str, user: str, new_passphrase: str, clock: Clock) -> Vault:
        """Sign in with the recovery code and give `user` a new passphrase.

        The user's private secrets cannot be opened any more and are removed: the person enrols again. Errors:
        RECOVERY_WRONG, PASSPHRASE_WAIT, PASSPHRASE_SHORT, WRONG_PASSPHRASE for an unknown name, and those of `open`.
        """
        layout = Layout(folder)
        passphrases.check_new(new_passphrase)
        ring, name = keyring.read(folder), keyring.normalise_login(user)
        if name not in ring.slots:
            raise Fault(Code.WRONG_PASSPHRASE)
        lock = FolderLock(layout.lock)
        try:
            with Attempts(layout.attempts, clock).guarded("recovery code"):
                keys = Keys(ring.open_recovery(recovery_code), boxes.new_key())
            vault = cls._enter(layout, clock, lock, keys, name, migrate.scripts_folder())
            vault._replace_slot(ring.with_slot(name, new_passphrase, keys))  # noqa: SLF001  its own class
        except BaseException:
            lock.release(in_order=lock.left_in_order)
            raise
        return vault

    def _replace_slot(self, ring: Keyring) -> None:
        """The way in that was lost goes, and with it what only it could open."""
        try:
            with self.writing() as tx:
                users.forget_secrets(tx, self.user.id)
                audit.append(tx, "vault.recovered", self.user.id)
                keyring.write(self.folder, ring)
        except BaseException:
            self.database.close()
            raise

    @classmethod
    def _enter(cls, layout: Layout, clock: Clock, lock: FolderLock, keys: Keys, login: str, scripts: Path) -> Vault:
        """Open the database behind a held lock."""
        key = boxes.derive(keys.vault, "vault database")
        database, upgraded_from = migrate.open_newest(layout, key, scripts)
        vault = cls(layout, clock, _Open(lock, database, keys, lock.left_in_order))
        vault.upgraded_from = upgraded_from
        try:
            vault._greet(login)
            vault._tidy()
        except BaseException:
            database.close()
            raise
        return vault

    def _greet(self, login: str) -> None:
        with self.reading() as tx:
            found = users.of_login(tx, login)
            casekeys.hold_all(tx)
        if found is None or found.disabled:
            raise Fault(Code.USER_DISABLED, login=login)
        self.user = found
        try:
            self._note_opening()
        except Fault as fault:
            if fault.code is not Code.DISK_FULL:
                raise
            self._note_opening()  # the reserve has made room

    def _tidy(self) -> None:
        """After a session that did not end in order, files without rows are removed."""
        inside = self._open()
        if not inside.in_order:
            with self.reading() as tx:
                scrubbing.sweep(tx)
            inside.in_order = True
        with self.reading() as tx:
            owed = scrubbing.is_owed(tx)
        if owed:
            self._scrub_if_there_is_room()
        reserve.keep(self._layout)

    def _scrub_if_there_is_room(self) -> None:
        """A full disk keeps nobody out: what is owed stays owed, and the next opening tries again."""
        try:
            self.scrub()
        except Fault as fault:
            if fault.code.value.kind is not Kind.ENVIRONMENT:
                raise

    # --- while open --------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._layout.folder

    @property
    def layout(self) -> Layout:
        """The names in the data folder."""
        return self._layout

    @property
    def private(self) -> PrivateBox:
        """The secrets of the signed-in user."""
        return PrivateBox(self.user.id, self._open().keys.personal)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A consistent view. Not to be nested."""
        with self._alone(), self._open().database.transaction(writing=False) as sql:
            yield Reading(sql, self.user, self.clock, self._files, self._search_key)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Changes that are durable when the block is left, or gone when it raises. Not to be nested.

        Errors, at any moment: DISK_FULL (everything saved before is safe), DISK_ERROR, FOLDER_READ_ONLY.
        """
        with self._alone(), self._files_follow() as follow:
            with self._open().database.transaction(writing=True) as sql:
                tx = Writing(sql, self.user, self.clock, self._files, self._search_key)
                follow.append(tx)
                yield tx
                follow.append(None)  # from here on only the commit itself can fail
            tx.settle_files()

    def scrub(self) -> None:
        """Leave no trace of what was deleted, in files, free pages, the log of the database or copies beside it."""
        with self.writing() as tx:
            scrubbing.sweep(tx)
            scrubbing.forget_words(tx)
        scrubbing.rewrite(self.database, self._layout)
        with self.writing() as tx:
            scrubbing.settle(tx)

    def read_blob(self, blob: BlobId) -> bytes:
        """A stored file, from any thread. Errors: BLOB_MISSING, BLOB_BROKEN."""
        return self._files.read(blob)

    def search_hash(self, text: str) -> str:
        """The keyed hash under which this vault finds a number."""
        return boxes.keyed_hash(self._search_key, text)

    def open_beside(self, path: Path) -> Database:
        """Another database of the same vault, say the one that a restore puts aside. Errors: VAULT_BROKEN."""
        return Database(path, boxes.derive(self._open().keys.vault, "vault database"))

    @property
    def database(self) -> Database:
        """For this package alone."""
        return self._open().database

    @property
    def files(self) -> BlobFiles:
        """For this package alone."""
        return self._files

    # --- people ------------------------------------------------------------------------------------

    def verify_passphrase(self, passphrase: str) -> None:
        """Is it still the same person? Errors: WRONG_PASSPHRASE, PASSPHRASE_WAIT."""
        self.private_of(self.user.login, passphrase)

    def private_of(self, login: str, passphrase: str) -> PrivateBox:
        """The secrets of a local user who gives the passphrase. Errors: WRONG_PASSPHRASE, PASSPHRASE_WAIT."""
        name = keyring.normalise_login(login)
        keys = self._unlock(name, passphrase)
        with self.reading() as tx:
            found = users.of_login(tx, name)
        if found is None or found.disabled:
            raise Fault(Code.USER_DISABLED, login=name)
        return PrivateBox(found.id, keys.personal)

    def change_passphrase(self, old: str, new: str) -> None:
        """One file is replaced: a crash leaves the old or the new, never neither.

        Errors: WRONG_PASSPHRASE, PASSPHRASE_WAIT, PASSPHRASE_SHORT, DISK_FULL.
        """
        passphrases.check_new(new)
        keys = self._unlock(self.user.login, old)
        ring = keyring.read(self.folder).with_slot(self.user.login, new, keys)
        with self.writing() as tx:
            audit.append(tx, "passphrase.changed", self.user.id)
            keyring.write(self.folder, ring)

    def add_user(self, new: NewUser, passphrase: str, *, settings: Argon | None = None) -> UserRecord:
        """One more who can sign in here. Errors: USER_EXISTS, PASSPHRASE_SHORT."""
        login = keyring.normalise_login(new.login)
        user = UserRecord(UserId(new_id()), login, new.full_name, new.roles, self.clock.now())
        keys = replace(self._open().keys, personal=boxes.new_key())
        with self.writing() as tx:
            if users.of_login(tx, login) is not None:
                raise Fault(Code.USER_EXISTS, login=login)
            users.add(tx, user)
            audit.append(tx, "user.added", user.id, {"roles": sorted(new.roles)})
            keyring.write(self.folder, keyring.read(self.folder).with_slot(login, passphrase, keys, settings))
        return user

    def disable_user(self, user: UserId) -> None:
        """Take away somebody's way in; the records stay. Errors: RECORD_MISSING."""
        with self.writing() as tx:
            gone = replace(users.get(tx, user), disabled=True)
            users.save(tx, gone)
            users.forget_secrets(tx, user)
            audit.append(tx, "user.disabled", user)
            keyring.write(self.folder, keyring.read(self.folder).without_slot(gone.login))

    def replace_recovery_code(self, code: str) -> None:
        """Make a new recovery code the only one."""
        ring = keyring.read(self.folder).with_recovery(code, self._open().keys.vault)
        with self.writing() as tx:
            audit.append(tx, "recovery.replaced", self.user.id)
            keyring.write(self.folder, ring)

    # --- the end -----------------------------------------------------------------------------------

    def close(self) -> None:
        """Forget the keys and give the folder free; closing twice is harmless."""
        inside, self._inside = self._inside, None
        if inside is None:
            return
        try:
            inside.database.close()
        finally:
            inside.lock.release(in_order=inside.in_order)

    def __enter__(self) -> Self:
        """The open vault."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    # --- inside ------------------------------------------------------------------------------------

    def _open(self) -> _Open:
        if self._inside is None:
            raise RuntimeError("the vault is closed")
        return self._inside

    def _note_opening(self) -> None:
        with self.writing() as tx:
            audit.opened(tx)

    def _unlock(self, login: str, passphrase: str) -> Keys:
        with self._attempts.guarded(login):
            return keyring.read(self.folder).open_slot(login, passphrase)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._busy:
            raise RuntimeError("a transaction inside a transaction, or from two threads")
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    @contextmanager
    def _files_follow(self) -> Iterator[list[Writing | None]]:
        """Files of a transaction that never came to its commit go at once.

        When the commit itself fails nobody knows whether the next opening will find it done: the files stay, and the
        sweep of that opening decides.
        """
        follow: list[Writing | None] = []
        try:
            yield follow
        except BaseException as error:
            if follow and (tx := follow[-1]) is not None:
                tx.undo_files()
            elif follow:
                self._open().in_order = False
            if isinstance(error, Fault) and error.code is Code.DISK_FULL:
                reserve.release(self._layout)
            raise
