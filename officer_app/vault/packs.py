"""Forms, policies, rosters and lists that came down: all versions kept, the newest in use, never an older one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId
from officer_app.vault import rows
from officer_app.vault.records import PackRecord
from officer_app.vault.tables import PACK
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, pack: PackRecord) -> None:
    """Take a pack into use. Errors: PACK_OLDER when a newer one is here, RECORD_EXISTS for the same version."""
    here = newest(tx, pack.kind, pack.name)
    if here is not None and here.version > pack.version:
        raise Fault(Code.PACK_OLDER, where=pack.kind, name=pack.name, version=pack.version, here=here.version)
    rows.add(tx, PACK, pack)


def in_force(tx: Reading, kind: str, name: str, day: date) -> PackRecord | None:
    """The version used on a day: the newest whose first day has come; where none has, the oldest."""
    found = begun(tx, kind, name, day)
    if found is not None:
        return found
    known = all_of(tx, kind, name)
    return known[-1] if known else None


def begun(tx: Reading, kind: str, name: str, day: date) -> PackRecord | None:
    """The newest whose first day has come; None before the first one's, where something else holds until then."""
    return next(
        (one for one in all_of(tx, kind, name) if not one.effective or one.effective <= day.isoformat()), None
    )


def in_force_of_kind(tx: Reading, kind: str, day: date) -> tuple[PackRecord, ...]:
    """Of every pack of a kind the newest version whose first day has come, by name."""
    begun = (PACK.c.effective == "") | (PACK.c.effective <= day.isoformat())
    found = rows.many(tx, PACK, PackRecord, PACK.c.kind == kind, begun, order=(PACK.c.name, PACK.c.version))
    return tuple({pack.name: pack for pack in found}.values())


def digests(tx: Reading, kind: str, day: date) -> tuple[str, ...]:
    """The digests of the same, without their content."""
    begun = (PACK.c.effective == "") | (PACK.c.effective <= day.isoformat())
    asked = select(PACK.c.name, PACK.c.digest).where(PACK.c.kind == kind, begun).order_by(PACK.c.name, PACK.c.version)
    return tuple({str(row.name): str(row.digest) for row in tx.sql.execute(asked)}.values())


def empty_before(tx: Writing, pack: PackRecord) -> None:
    """Let go of the content of the versions before this one; that they came, and their digests, stay."""
    older = (PACK.c.kind == pack.kind, PACK.c.name == pack.name, PACK.c.version < pack.version)
    rows.write(tx, PACK, PACK.update().where(*older).values(body=b""))


def get(tx: Reading, pack: RecordId) -> PackRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, PACK, PackRecord, pack)


def newest(tx: Reading, kind: str, name: str) -> PackRecord | None:
    """The version in use."""
    where = (PACK.c.kind == kind, PACK.c.name == name)
    return rows.find(tx, PACK, PackRecord, *where, order=(PACK.c.version.desc(),))


def all_of(tx: Reading, kind: str, name: str) -> tuple[PackRecord, ...]:
    """Every version of a pack that is here, the newest first."""
    where = (PACK.c.kind == kind, PACK.c.name == name)
    return rows.many(tx, PACK, PackRecord, *where, order=(PACK.c.version.desc(),))


def all_newest(tx: Reading, kind: str) -> tuple[PackRecord, ...]:
    """The latest version of every pack of a kind that is here, by name."""
    found = rows.many(tx, PACK, PackRecord, PACK.c.kind == kind, order=(PACK.c.name, PACK.c.version))
    return tuple({pack.name: pack for pack in found}.values())
