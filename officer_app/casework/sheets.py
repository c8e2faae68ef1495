"""The one-page sheet of a decision: everything its signed record says, in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.clock import local_date, local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.masking import mask_identity, mask_phone
from officer_app.base.words import CHINESE, N_, Bilingual, Language, Message, Sayable, Verbatim, message
from officer_app.casework import dossiers
from officer_app.casework.callbacks import question_of
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, ROLES, allowed
from officer_app.casework.sightings import SHOTS, question_about
from officer_app.credit.conditions import When
from officer_app.credit.reading import read_facts
from officer_app.dossier import manifest as manifests
from officer_app.dossier.manifest import Manifest
from officer_app.dossier.records import Agreement, Decision, Heard, Outcome, PhotoView, parse_decision
from officer_app.memos.decision_sheet import Call, DecisionSheet, Question, Sample, Verdict, decision_sheet
from officer_app.memos.inputs import Applicant, Condition
from officer_app.trust.certificates import Person, Role, read_person
from officer_app.trust.signing import certificate_of
from officer_app.vault import decisions
from officer_app.vault import dossiers as kept
from officer_app.vault.records import DecisionRecord, DossierRecord

_VERDICTS: Final = {
    Outcome.APPROVE: Verdict.APPROVED,
    Outcome.APPROVE_WITH_CONDITIONS: Verdict.APPROVED_WITH_CONDITIONS,
    Outcome.RETURN: Verdict.RETURNED,
    Outcome.REFUSE: Verdict.REFUSED,
    Outcome.ESCALATE: Verdict.PASSED_ON,
}


@allowed(*EVERYONE)
def sheet_of(desk: Desk, dossier: DossierRecord, language: Language) -> bytes:
    """The sheet of the latest decision on a version, as PDF. Errors: RECORD_MISSING, GLYPH_MISSING, BLOB_BROKEN."""
    with desk.vault.reading() as tx:
        made = decisions.of_dossier(tx, dossier.digest)
        known = kept.get(tx, dossier.id)
    if not made:
        raise Fault(Code.RECORD_MISSING, where="decision", what="decision")
    facts = next(part.blob for part in known.parts if part.path == dossiers.FACTS)
    borrower = read_facts(dossiers.tree_from_json(desk.vault.read_blob(facts))).borrower
    who = Applicant(
        name=manifests.parse(known.manifest).applicant,
        masked_id=mask_identity(borrower.resident_id),
        masked_phone=mask_phone(borrower.phone),
        role=borrower.role,
    )
    sheet = _sheet(made[-1], manifests.parse(known.manifest), who)
    return decision_sheet(sheet, language, translation=language != CHINESE)


def _sheet(made: DecisionRecord, manifest: Manifest, who: Applicant) -> DecisionSheet:
    decision, signer = parse_decision(made.record), read_person(certificate_of(made.signature))
    return DecisionSheet(
        institution=manifest.institution,
        branch=manifest.branch,
        case_number=manifest.case_number,
        version=manifest.version,
        applicant=who,
        record_id=decision.record_id,
        dossier_digest=decision.dossier,
        verdict=_VERDICTS[decision.outcome],
        decided_by=decision.decided_by.name,
        role=message(ROLES[signer.role]),
        decided_at=local_time(decision.decided_at),
        reasons=(decision.reason,),
        key_id=signer.key_id,
        amount=decision.amount if decision.amount is not None else decision.advised_amount,
        term_months=decision.term_months or decision.advised_months,
        requested=manifest.requested_amount,
        recommended=manifest.recommended_amount,
        own_limit=_limit(signer),
        conditions=tuple(_conditions(decision)),
        questions=tuple(_questions(decision, manifest)),
        samples=tuple(_sample(view) for view in decision.photos_viewed),
        minutes_open=decision.minutes_open,
        opened=tuple(_opened(decision)),
        expires=decision.valid_until,
        overrides=tuple((Bilingual(one.sentence, one.sentence_zh), one.reason) for one in decision.overrides),
        call=_call(decision),
        supersedes=decision.supersedes or "",
        clock=_clock(decision),
    )


def _clock(decision: Decision) -> tuple[Sayable, str] | None:
    word = decision.clock
    return (Bilingual(word.sentence, word.sentence_zh), word.reason) if word is not None else None


def _limit(signer: Person) -> Decimal | None:
    return signer.approval_limit if signer.role is Role.MANAGER else None


def _conditions(decision: Decision) -> list[Condition]:
    day = local_date(decision.decided_at)
    return [
        Condition(Verbatim(line), due=_due(day, term.due_days), before_payout=term.when is When.BEFORE)
        for line, term in decision.dated_conditions
    ]


def _due(day: date, days: int | None) -> date | None:
    return day + timedelta(days=days) if days is not None else None


def _questions(decision: Decision, manifest: Manifest) -> list[Question]:
    """Those asked before, with their answers, and those that this decision asks."""
    before = [Question(one.question, one.answer, manifest.officer.name) for one in decision.exchanged]
    return before + [Question(words, "", manifest.officer.name) for words in decision.questions]


def _sample(view: PhotoView) -> Sample:
    shot = message(SHOTS.get(view.question, N_("Picture")))
    return Sample(shot, question_about(view.question), view.answer, _compared(view))


def _call(decision: Decision) -> Call | None:
    call = decision.call_back
    if call is None:
        return None
    answers = tuple((question_of(one.path), one.heard, _compared(one) or Verbatim("")) for one in call.answers)
    return Call(call.by, local_time(call.at), answers)


def _compared(one: PhotoView | Heard) -> Message | None:
    if one.agreement is Agreement.UNTOLD:
        return None
    if one.agreement is Agreement.AGREES:
        return message(N_("agrees: {told}"), told=one.told)
    return message(N_("differs: {told}. {remark}"), told=one.told, remark=one.remark)


def _opened(decision: Decision) -> list[Sayable]:
    """What was looked into, counted by kind: a list of forty checks tells a reader nothing."""
    kinds = [one.partition(":")[0] for one in decision.opened]
    words = {"memo": N_("the whole memo"), "photo": N_("{n:count} pictures"), "check": N_("{n:count} cross-checks")}
    return [message(words[kind], n=kinds.count(kind)) for kind in words if kind in kinds]
