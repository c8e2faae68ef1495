"""The three exits of a contradiction: explained with evidence, corrected, or it stands unexplained.

What was found stays on file with its first sentence, whatever exit it takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, PhotoId, RecordId, new_id
from officer_app.casework import packs
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.facts import sentence_to_json
from officer_app.casework.findings import Contradiction, Findings, is_proven
from officer_app.casework.permissions import allowed
from officer_app.credit.policy import Policy
from officer_app.credit.wordsaid import counts
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases, explanations
from officer_app.vault.records import ContradictionRecord, Exit, LieTold
from officer_app.vault.transactions import Writing


@allowed(Role.OFFICER)
def explain(
    desk: Desk,
    case_id: CaseId,
    found: Contradiction,
    explanation: str,
    photos: tuple[PhotoId, ...] = (),
    proof: str = "",
) -> None:
    """Both sides are true, and this is why; pictures prove it, or `proof`: a paper seen, or who else says so.

    Errors: REASON_NEEDED (words that say nothing, where the policy judges them), PROOF_NEEDED (money is apart, and
    nothing proves the explanation), CASE_NOT_OPEN.
    """
    _close(desk, case_id, found, _Way(Exit.EXPLAINED, explanation, photos, proof=proof.strip()))


@allowed(Role.OFFICER)
def correct(desk: Desk, case_id: CaseId, found: Contradiction, reason: str, lie: LieTold | None = None) -> None:
    """One side was wrong and is being put right in the checklist; closed once it is found no more.

    `lie` when it was said knowingly wrong: it caps the willingness from now on. Errors: REASON_NEEDED (a lie needs
    both its sentences), CASE_NOT_OPEN.
    """
    _close(desk, case_id, found, _Way(Exit.CORRECTED, reason, lie=lie))


@allowed(Role.OFFICER)
def let_stand(desk: Desk, case_id: CaseId, found: Contradiction, reason: str, lie: LieTold | None = None) -> None:
    """There is no explanation: it goes to the top of page one. `lie` and errors: as `correct`."""
    _close(desk, case_id, found, _Way(Exit.STANDS, reason, lie=lie))


@allowed(Role.OFFICER)
def reopen(desk: Desk, case_id: CaseId, found: Contradiction) -> None:
    """Take an exit back; the audit log keeps it."""
    with desk.vault.writing() as tx:
        _own(desk, tx, case_id)
        if found.record is not None:
            explanations.reopen(tx, found.record.id)
            audit.append(tx, "contradiction_reopened", case_id, {"key": found.key})


@allowed(Role.OFFICER)
def record(desk: Desk, case_id: CaseId, findings: Findings) -> None:
    """Put every contradiction on file that is there now, so that none can vanish without a word.

    Called when the officer looks at the list and before submission; not while values are still being typed.
    """
    new = tuple(one for one in findings.contradictions if one.record is None)
    if not new:
        return
    with desk.vault.writing() as tx:
        _own(desk, tx, case_id)
        for one in new:
            explanations.put(tx, _fresh(desk, case_id, one))
        audit.append(tx, "contradictions_found", case_id, {"keys": [one.key for one in new]})


@dataclass(frozen=True, slots=True)
class _Way:
    """The exit that is taken, with all that belongs to it."""

    exit: Exit
    words: str
    photos: tuple[PhotoId, ...] = ()
    lie: LieTold | None = None
    proof: str = ""


def _close(desk: Desk, case_id: CaseId, found: Contradiction, way: _Way) -> None:
    lie = None if way.lie is None else LieTold(way.lie.said.strip(), way.lie.found.strip())
    if not way.words.strip() or (lie is not None and not (lie.said and lie.found)):
        raise Fault(Code.REASON_NEEDED)
    _, policy = packs.policy_in_force(desk)
    with desk.vault.writing() as tx:
        _own(desk, tx, case_id)
        if way.exit is Exit.EXPLAINED:
            _must_convince(found, way, policy)
        entry = found.record or _fresh(desk, case_id, found)
        if found.record is None:
            explanations.put(tx, entry)
        explanations.close(tx, entry.id, way.exit, way.words.strip(), way.photos, lie, way.proof)
        audit.append(
            tx,
            "contradiction_closed",
            case_id,
            {"key": found.key, "exit": way.exit.value, "lie": lie is not None},
        )


def _must_convince(found: Contradiction, way: _Way, policy: Policy) -> None:
    if not counts(way.words, policy):
        raise Fault(Code.REASON_NEEDED)
    if found.apart is not None and not is_proven(way.photos, way.proof):
        raise Fault(Code.PROOF_NEEDED, amount=found.apart)


def _fresh(desk: Desk, case_id: CaseId, found: Contradiction) -> ContradictionRecord:
    return ContradictionRecord(
        id=RecordId(new_id()),
        case=case_id,
        code=found.key,
        opened=desk.clock.now(),
        severity="stop" if found.severe else "look",
        sentence=sentence_to_json(found.sentence),
        photos=found.photos,
    )


def _own(desk: Desk, tx: Writing, case_id: CaseId) -> None:
    case = cases.get(tx, case_id)
    must_be_own(desk, case)
    must_be_open(case)
