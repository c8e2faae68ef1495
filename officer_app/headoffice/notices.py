"""What people told each other about a case, kept as signed, and what it changes at head office.

Notices come by the laptops of different people, so in any order: a colleague's withdrawal may be here before the
hand-over that made the case theirs, and before its dossier. Each is kept, and a case is looked at again whenever
something about it has come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeAlias

from sqlalchemy import Connection, insert, select, update

from officer_app.base.canonical import digest
from officer_app.dossier.manifest import parse
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.notices import parse as parse_notice
from officer_app.headoffice.tables import CASES, DOSSIERS, NOTICES

WITHDRAWN: Final = "withdrawn"
_REFUSED: Final = "refused"
_Word: TypeAlias = Any
HOLDS: Final = (NoticeKind.HOLD.value, NoticeKind.HOLD_LIFTED.value)


class SignedNotice(Protocol):
    """A notice as it was signed."""

    @property
    def notice(self) -> Notice:
        """What it says."""

    @property
    def record_bytes(self) -> bytes:
        """Its bytes."""

    @property
    def signature(self) -> bytes:
        """Its author's signature over them."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Who keeps a case from being deleted, since when, and why; `office`: head office does."""

    by: str
    at: datetime
    words: str
    office: bool


def keep_notice(connection: Connection, content: SignedNotice, now: datetime, *, office: bool = False) -> bool:
    """Keep a notice that is not here yet; whether it is new. `office`: it is head office's own."""
    notice, key = content.notice, _key_of(connection, content)
    if key is None:
        return False
    connection.execute(
        insert(NOTICES).values(
            record_id=key,
            case_id=notice.case_id,
            dossier=notice.dossier,
            kind=notice.kind.value,
            by_id=notice.by.id,
            to_id=notice.to.id if notice.to is not None else None,
            at=notice.at,
            received_at=now,
            record=content.record_bytes,
            signature=content.signature,
            office=office,
        )
    )
    return True


def _key_of(connection: Connection, content: SignedNotice) -> str | None:
    """Under what a notice is kept: its own id, or, where another bears that, its digest; None when it is here.

    An id is its author's word: whoever has seen a hold can send something else under the same id, and be read first.
    """
    for key in (content.notice.record_id, digest(content.record_bytes)[:32]):
        here = connection.execute(select(NOTICES.c.record).where(NOTICES.c.record_id == key)).scalar_one_or_none()
        if here is None:
            return key
        if bytes(here) == content.record_bytes:
            return None
    return None


def is_handed_to(connection: Connection, case: str, person: str) -> bool:
    """Whether a manager's word is here that a case is this person's now."""
    asked = select(NOTICES.c.record_id).where(
        NOTICES.c.case_id == case, NOTICES.c.kind == NoticeKind.HAND_OVER.value, NOTICES.c.to_id == person
    )
    return connection.execute(asked).first() is not None


def settle_withdrawals(connection: Connection, case: str, decided: Callable[[str], str]) -> bool:
    """Let a withdrawal stand that is the case's officer's word on its newest dossier; whether the case has changed.

    The officer is whoever signed that dossier, or whom the case was handed to since. A word that somebody gave before
    the case was handed on counts as well; one given after it does not, also where it came here first: then the case
    is again where `decided` says for its dossier.
    """
    newest = select(CASES.c.dossier, CASES.c.state, DOSSIERS.c.manifest).join(
        DOSSIERS, DOSSIERS.c.digest == CASES.c.dossier
    )
    found = connection.execute(newest.where(CASES.c.case_id == case)).first()
    if found is None or found.state == _REFUSED:  # what is refused cannot be withdrawn any more
        return False
    stands = _is_withdrawn(_said(connection, case), found.dossier, parse(bytes(found.manifest)).officer.id)
    if stands == (found.state == WITHDRAWN):
        return False
    state = WITHDRAWN if stands else decided(found.dossier)
    connection.execute(update(CASES).where(CASES.c.case_id == case).values(state=state))
    return True


def _is_withdrawn(said: list[_Word], dossier: str, signer: str) -> bool:
    handed = [one for one in said if one.kind == NoticeKind.HAND_OVER]
    for one in said:
        if one.kind == NoticeKind.WITHDRAWAL and one.dossier == dossier:
            before = [word for word in handed if word.at <= one.at]
            if one.by_id in {words[-1].to_id if words else signer for words in (handed, before)}:
                return True
    return False


def standing_holds(connection: Connection) -> Mapping[str, Hold]:
    """The hold that keeps each case: the branches' last word counts, and beside it head office's own last word.

    Where both keep it, it is head office's: nobody else lifts that one.
    """
    stand = _standing(connection)
    # Head office's word is told after the branches', so that it is the one that stays.
    return {case: _hold(stand[case, office], office=office) for case, office in sorted(stand)}


def office_holds(connection: Connection) -> frozenset[str]:
    """Cases that head office itself holds."""
    return frozenset(case for case, office in _standing(connection) if office)


def _standing(connection: Connection) -> dict[tuple[str, bool], _Word]:
    """The last words that are holds, by case and by whether they are head office's.

    No word is from later than when it came.
    """
    asked = (
        select(NOTICES, DOSSIERS.c.manifest)
        .outerjoin(DOSSIERS, (DOSSIERS.c.digest == NOTICES.c.dossier) & (DOSSIERS.c.case_id == NOTICES.c.case_id))
        .where(NOTICES.c.kind.in_(HOLDS))
    )
    words = [row for row in connection.execute(asked).all() if _may_hold(row)]
    words.sort(key=lambda row: (min(row.at, row.received_at), row.at, row.record_id))
    last = {(row.case_id, bool(row.office)): row for row in words}
    return {key: row for key, row in last.items() if row.kind == NoticeKind.HOLD}


def _may_hold(word: _Word) -> bool:
    """Whoever made a file has no say in its holds; before the file is here a hold counts, its lifting does not."""
    if word.office:
        return True
    if word.manifest is None:
        return bool(word.kind == NoticeKind.HOLD)
    return bool(word.by_id != parse(bytes(word.manifest)).officer.id)


def _hold(row: _Word, *, office: bool) -> Hold:
    told = parse_notice(bytes(row.record))
    return Hold(told.by.name, row.at, told.words, office)


def _said(connection: Connection, case: str) -> list[_Word]:
    asked = select(NOTICES.c.kind, NOTICES.c.by_id, NOTICES.c.to_id, NOTICES.c.at, NOTICES.c.dossier)
    return list(
        connection.execute(asked.where(NOTICES.c.case_id == case).order_by(NOTICES.c.at, NOTICES.c.record_id))
    )
