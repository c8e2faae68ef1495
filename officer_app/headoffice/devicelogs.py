"""The laptops' logs at head office: each dossier brings a piece, and the pieces must make one chain.

What does not fit is found and kept with the dossier that showed it:
not_chained  the piece does not lead to the head that the officer signed: an entry of it was changed;
forked       an entry of the same number was here already, with other words: the folder was rolled back and went on;
shortened    a later delivery of the same laptop tells of a shorter log: its tail was cut off;
replaced     a later delivery of the same laptop brings another log altogether.
Entries that no dossier has brought yet are counted when asked for, since they may still come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select

from officer_app.base.canonical import encode
from officer_app.dossier.auditlog import AUDIT, LogPiece, parse
from officer_app.exchange.contents import DossierContent
from officer_app.headoffice.tables import CASES, DEVICE_LOG, DOSSIERS, LOG_FINDINGS, LOG_HEADS
from officer_app.headoffice.warehouse import Warehouse, lock
from officer_app.trust.chain import GENESIS, link


class Doubt(StrEnum):
    """What does not fit in a log."""

    NOT_CHAINED = "not_chained"
    FORKED = "forked"
    SHORTENED = "shortened"
    REPLACED = "replaced"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LogState:
    """One laptop's log as far as it is here: its length, how many of its entries never came, what does not fit."""

    log: str
    device: str
    officer: str
    branch: str
    length: int
    missing: int
    doubts: tuple[tuple[Doubt, int, str], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    previous: str
    digest: str
    told: dict[str, Any]


def keep_log(connection: Connection, content: DossierContent, device: str, counter: int, now: datetime) -> None:
    """Keep the piece that a dossier brings, and what is wrong with it. Dossiers of earlier programs bring none."""
    if AUDIT not in content.parts:
        return
    piece = parse(content.parts[AUDIT])
    # Two people of one laptop send as two devices, and bring pieces of the same log.
    lock(connection, f"log {piece.log}")
    entries = tuple(_chained(piece))
    head = entries[-1].digest if entries else piece.previous
    number = piece.first + len(entries) - 1
    found = list(_against(connection, piece, entries))
    if head != content.manifest.audit_head:
        found.append((Doubt.NOT_CHAINED, piece.first))
    found += _beside(connection, piece.log, number, device, counter)
    row = {"log": piece.log, "number": number, "digest": head, "device": device, "counter": counter}
    connection.execute(insert(LOG_HEADS), {"dossier": content.digest, "received_at": now, **row})
    for kind, where in dict.fromkeys(found):
        doubt = {"log": piece.log, "number": where, "kind": kind.value, "dossier": content.digest}
        connection.execute(insert(LOG_FINDINGS), {"found_at": now, **doubt})


def logs(warehouse: Warehouse) -> tuple[LogState, ...]:
    """Every log, those with something wrong first."""
    with warehouse.transaction() as connection:
        heads = (
            select(LOG_HEADS.c.log, LOG_HEADS.c.device, CASES.c.officer, CASES.c.branch, func.max(LOG_HEADS.c.number))
            .join(DOSSIERS, DOSSIERS.c.digest == LOG_HEADS.c.dossier)
            .join(CASES, CASES.c.case_id == DOSSIERS.c.case_id)
            .group_by(LOG_HEADS.c.log, LOG_HEADS.c.device, CASES.c.officer, CASES.c.branch)
        )
        states = [_state(connection, *row) for row in connection.execute(heads).all()]
    return tuple(sorted(states, key=lambda one: (not one.doubts, not one.missing, one.branch, one.officer, one.log)))


def _state(connection: Connection, log: str, device: str, officer: str, branch: str, length: int) -> LogState:
    here = select(func.count()).where(DEVICE_LOG.c.log == log, DEVICE_LOG.c.number <= length)
    missing = length - int(connection.execute(here).scalar_one())
    asked = select(LOG_FINDINGS.c.kind, LOG_FINDINGS.c.number, LOG_FINDINGS.c.dossier).where(
        LOG_FINDINGS.c.log == log
    )
    rows = connection.execute(asked.order_by(LOG_FINDINGS.c.number)).all()
    return LogState(
        log, device, officer, branch, length, missing, tuple((Doubt(row[0]), row[1], row[2]) for row in rows)
    )


def _chained(piece: LogPiece) -> Iterator[_Entry]:
    previous = piece.previous
    for number, told in enumerate(piece.entries, start=piece.first):
        digest = link(previous, dict(told))
        yield _Entry(number, previous, digest, dict(told))
        previous = digest


def _against(connection: Connection, piece: LogPiece, entries: tuple[_Entry, ...]) -> Iterator[tuple[Doubt, int]]:
    """Set the piece beside what is here, and keep what is new of it."""
    last = piece.first + len(entries) - 1
    own = DEVICE_LOG.c.log == piece.log
    asked = select(DEVICE_LOG.c.number, DEVICE_LOG.c.digest).where(
        own, DEVICE_LOG.c.number.between(piece.first - 1, last)
    )
    here: dict[int, str] = {row.number: row.digest for row in connection.execute(asked)}
    if piece.first == 1 and (piece.previous != GENESIS or (entries and entries[0].digest != piece.log)):
        yield Doubt.NOT_CHAINED, 1
    before = here.get(piece.first - 1)
    if before is not None and before != piece.previous:
        yield Doubt.FORKED, piece.first - 1
    forked = next((entry for entry in entries if here.get(entry.number, entry.digest) != entry.digest), None)
    if forked is not None:
        yield Doubt.FORKED, forked.number
        return  # what follows a fork belongs to another history
    new = [_row(piece.log, entry) for entry in entries if entry.number not in here]
    if new:
        connection.execute(insert(DEVICE_LOG), new)


def _row(log: str, entry: _Entry) -> dict[str, Any]:
    told = entry.told
    return {
        "log": log,
        "number": entry.number,
        "previous": entry.previous,
        "digest": entry.digest,
        "at": told["at"],
        "person": str(told["user"] or ""),
        "kind": told["kind"],
        "subject": told["subject"],
        "detail": encode(told["detail"]).decode(),
    }


def _beside(connection: Connection, log: str, number: int, device: str, counter: int) -> list[tuple[Doubt, int]]:
    """The same laptop's other deliveries: a log only grows from one to the next, and stays the same log."""
    found: list[tuple[Doubt, int]] = []
    asked = select(LOG_HEADS.c.log, LOG_HEADS.c.number, LOG_HEADS.c.counter).where(LOG_HEADS.c.device == device)
    for other in connection.execute(asked).all():
        if other.log != log:
            found.append((Doubt.REPLACED, number))
        elif (other.counter < counter and other.number > number) or (
            other.counter > counter and other.number < number
        ):
            found.append((Doubt.SHORTENED, min(number, other.number)))
    return found
