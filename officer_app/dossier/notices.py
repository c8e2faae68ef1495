"""Notices: what people tell each other about a dossier between handing over and payout, each a signed record.

A question asks the officer without returning the file; an answer names the question it answers; an opinion is a
reviewer's, who decides nothing; a withdrawal says that the customer no longer wants the loan; a hand-over names the
colleague who goes on with the case of somebody who left. A hold keeps a file from being deleted until it is lifted;
that the borrower's consent has ended is told by the officer who heard it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from officer_app.base.canonical import encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.dossier.fields import open_record
from officer_app.dossier.manifest import Manifest, PartyRef, party_told, read_party

_SCHEMA: Final = "firsthand/notice/1"
_LARGEST: Final = 100_000
LONGEST: Final = 4_000


class NoticeKind(StrEnum):
    """What a notice tells."""

    QUESTION = "question"
    ANSWER = "answer"
    OPINION = "opinion"
    WITHDRAWAL = "withdrawal"
    HAND_OVER = "hand_over"
    HOLD = "hold"
    HOLD_LIFTED = "hold_lifted"
    CONSENT_ENDED = "consent_ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice on one dossier, named by its digest.

    `about` is the id of what an answer answers: a notice with a question, or a decision that returned the file;
    `item` counts the questions of that decision from nought.
    """

    record_id: str
    kind: NoticeKind
    dossier: str
    case_id: str
    case_number: str
    by: PartyRef
    at: datetime
    words: str
    about: str | None = None
    item: int = 0
    to: PartyRef | None = None


def to_bytes(notice: Notice) -> bytes:
    """The canonical bytes that the author signs. Errors: RECORD_UNREADABLE when they could not be read back."""
    data = encode(
        {
            "schema": _SCHEMA,
            "record_id": notice.record_id,
            "kind": notice.kind.value,
            "dossier": notice.dossier,
            "case_id": notice.case_id,
            "case_number": notice.case_number,
            "by": party_told(notice.by),
            "at": to_text(notice.at),
            "words": notice.words,
            "about": notice.about,
            "item": notice.item,
            "to": party_told(notice.to) if notice.to is not None else None,
        }
    )
    if parse(data) != notice:
        raise Fault(Code.RECORD_UNREADABLE, where="round trip", field="round trip")
    return data


def parse(data: bytes) -> Notice:
    """The notice in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    fields = open_record(data, _SCHEMA, _LARGEST, Code.RECORD_UNREADABLE)
    notice = Notice(
        record_id=fields.id("record_id"),
        kind=fields.one_of("kind", NoticeKind),
        dossier=fields.digest("dossier"),
        case_id=fields.id("case_id"),
        case_number=fields.text("case_number", 60),
        by=read_party(fields.inner("by")),
        at=fields.moment("at"),
        words=fields.text("words", LONGEST),
        about=fields.maybe("about", fields.id),
        item=fields.integer("item", 0, 1_000),
        to=fields.maybe("to", lambda name: read_party(fields.inner(name))),
    )
    fields.done()
    if not notice.words.strip() or (notice.about is None) is (notice.kind is NoticeKind.ANSWER):
        raise fields.refused("words")
    if (notice.to is None) is (notice.kind is NoticeKind.HAND_OVER):
        raise fields.refused("to")
    return notice


def check_notice(notice: Notice, manifest: Manifest, dossier_digest: str, officer: str = "") -> None:
    """Whether this notice stands on that dossier: what the customer said is its officer's to tell, the rest others'.

    `officer` is the id of whoever the case was handed to since; without one it is the manifest's officer.
    Errors: DECISION_OTHER_DOSSIER, SIGNER_NOT_ENTITLED.
    """
    if notice.dossier != dossier_digest or notice.case_id != manifest.case_id:
        raise Fault(Code.DECISION_OTHER_DOSSIER, case=notice.case_number)
    own = notice.kind in {NoticeKind.ANSWER, NoticeKind.WITHDRAWAL, NoticeKind.CONSENT_ENDED}
    if (notice.by.id == (officer or manifest.officer.id)) is not own:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=notice.by.name)
