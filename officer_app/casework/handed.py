"""What became of a case that was handed over: its sealed version, where it is, what was decided, the papers."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.ids import CaseId
from officer_app.casework import dossiers
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.dossier.records import Decision, parse_decision
from officer_app.vault import cases, decisions, delivery
from officer_app.vault import dossiers as kept
from officer_app.vault.records import CaseRecord, DossierRecord


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The newest sealed version. `memo` carries every signature there is; the translation is as it was submitted.

    `waiting_bytes` is what of it still waits to be sent; `decision` is the latest one on this very version.
    """

    case: CaseRecord
    dossier: DossierRecord
    waiting_bytes: int
    decision: Decision | None
    memo: bytes
    translation: bytes

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.dossier.parts)


@allowed(*EVERYONE)
def handed_over(desk: Desk, case: CaseId) -> HandedOver | None:
    """The newest sealed version of a case, or None while there is none. Errors: BLOB_BROKEN."""
    with desk.vault.reading() as tx:
        record = cases.get(tx, case)
        versions = kept.of_case(tx, case)
        if not versions:
            return None
        newest = versions[-1]
        decided = decisions.of_dossier(tx, newest.digest)
        waiting = [one for one in delivery.unsent(tx) if one.dossier_digest == newest.digest]
    papers = {part.path: part.blob for part in newest.parts}
    stamped = decided[-1].memo if decided else None
    return HandedOver(
        case=record,
        dossier=newest,
        waiting_bytes=sum(part.size for one in waiting for part in one.objects),
        decision=parse_decision(decided[-1].record) if decided else None,
        memo=desk.vault.read_blob(stamped or papers[dossiers.MEMO]),
        translation=desk.vault.read_blob(papers[dossiers.MEMO_TRANSLATION]),
    )
