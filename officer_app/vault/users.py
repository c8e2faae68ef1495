"""Who signs in here, and the secrets that only they can open."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from officer_app.base.ids import UserId
from officer_app.vault import rows
from officer_app.vault.records import UserRecord
from officer_app.vault.tables import USER, USER_SECRET
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, user: UserRecord) -> None:
    """A new user's record; `Vault.add_user` also gives the slot to sign in with."""
    rows.add(tx, USER, user)


def save(tx: Writing, user: UserRecord) -> None:
    """Replace a user's record. Errors: RECORD_MISSING."""
    rows.save(tx, USER, user)


def get(tx: Reading, user: UserId) -> UserRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, USER, UserRecord, user)


def of_login(tx: Reading, login: str) -> UserRecord | None:
    """The user with this sign-in name."""
    return rows.find(tx, USER, UserRecord, USER.c.login == login)


def all(tx: Reading) -> tuple[UserRecord, ...]:  # noqa: A001  reads as users.all(tx)
    """Everybody, by sign-in name."""
    return rows.many(tx, USER, UserRecord, order=(USER.c.login,))


def set_secret(tx: Writing, user: UserId, name: str, envelope: bytes) -> None:
    """Keep a secret that was sealed with the user's own key (`Vault.private.seal`)."""
    put = insert(USER_SECRET).values(user=user, name=name, envelope=envelope)
    rows.write(tx, USER_SECRET, put.on_conflict_do_update(set_={"envelope": envelope}))


def secret(tx: Reading, user: UserId, name: str) -> bytes | None:
    """The sealed secret, or None; `Vault.private.unseal` opens it."""
    found = tx.sql.execute(
        select(USER_SECRET.c.envelope).where(USER_SECRET.c.user == user, USER_SECRET.c.name == name)
    ).scalar()
    return None if found is None else bytes(found)


def forget_secret(tx: Writing, user: UserId, name: str) -> None:
    """Remove one secret; none is nothing to remove."""
    rows.write(tx, USER_SECRET, USER_SECRET.delete().where(USER_SECRET.c.user == user, USER_SECRET.c.name == name))


def forget_secrets(tx: Writing, user: UserId) -> None:
    """Remove secrets that nobody can open any more."""
    rows.write(tx, USER_SECRET, USER_SECRET.delete().where(USER_SECRET.c.user == user))
