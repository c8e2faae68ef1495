"""The manager's side: the queue, and a submitted dossier opened, verified and read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from officer_app.base import canonical
from officer_app.base.canonical import Json
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.geodesy import distance_km
from officer_app.base.ids import CaseId, DossierId
from officer_app.base.progress import Cancelled, never
from officer_app.base.words import Bilingual, Sayable
from officer_app.casework import dossiers, soundness
from officer_app.casework.clockjumps import ClockJump, clock_jumps
from officer_app.casework.correspondence import Opinion, Question, opinions_of, questions_of
from officer_app.casework.correspondence import thread as questions_of_case
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.photos import read_picture
from officer_app.casework.productterms import frozen_policy, told_of_file
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.expected import expected_block
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import known
from officer_app.credit.reading import read_facts
from officer_app.dossier import manifest as manifests
from officer_app.dossier import summary
from officer_app.dossier.manifest import Manifest, PartyRef
from officer_app.dossier.records import Decision, is_in_file, parse_decision, took_part
from officer_app.evidence.layers import Layer, layers_from_json
from officer_app.evidence.shown import show
from officer_app.exchange import parcels
from officer_app.exchange.contents import verify_dossier
from officer_app.trust.certificates import Role
from officer_app.trust.signing import Signer
from officer_app.vault import cases, decisions, delivery
from officer_app.vault import dossiers as kept
from officer_app.vault.deliveryrecords import InboxOutcome
from officer_app.vault.records import (
    CaseItem,
    CaseOrder,
    CaseQuery,
    CaseState,
    DecisionRecord,
    DossierRecord,
)
from officer_app.vault.transactions import Reading

# How many pictures a manager must have looked at before deciding.
SAMPLE_SIZE = 3
Place = tuple[Decimal, Decimal]
# How a contradiction stands in a dossier when nobody could explain it.
UNEXPLAINED = frozenset({"open", "stands"})
# What waits for somebody who decides: an approval that ended waits to be given again.
WAITING = frozenset({CaseState.SUBMITTED, CaseState.REVIEWED, CaseState.ESCALATED, CaseState.EXPIRED})


@dataclass(frozen=True, slots=True)
class ReviewedContradiction:
    """A contradiction as the dossier holds it; `lie_said` and `lie_found` are "" when it was no lie.

    `proof` is what stands beside the explanation and its pictures; files of before have none.
    """

    key: str
    sentence: Bilingual
    severe: bool
    standing: str
    explanation: str
    photos: tuple[str, ...]
    lie_said: str = ""
    lie_found: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedPhoto:
    """A picture as the dossier holds it: its question of the checklist, metres to the premises, the original file."""

    id: str
    part: str
    sha256: str
    shot: Bilingual
    question: str
    taken_at: str | None
    metres: Decimal | None
    findings: tuple[tuple[str, str, Bilingual], ...]
    data: bytes
    layers: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A dossier that verified: who signed it, and everything a decision needs. Read only.

    `today` is the day on which it is read: a paper may be too old by then. `known` is what stood on the case beside
    its checklists: phone, address, business; empty in files of before. `terms` is set where the list of products has
    changed since, or is not here. `clock` is what there is to tell of this laptop's own clock since the file came.
    """

    record: DossierRecord
    manifest: Manifest
    signer: Signer | None
    facts: CaseFacts
    assessment: Assessment
    contradictions: tuple[ReviewedContradiction, ...]
    photos: tuple[ReviewedPhoto, ...]
    memo: bytes
    memo_translation: bytes
    decisions: tuple[DecisionRecord, ...]
    today: date
    known: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    terms: Sayable | None = None
    clock: ClockJump | None = None

    @property
    def latest(self) -> Decision | None:
        """The decision made last on this very version."""
        return parse_decision(self.decisions[-1].record) if self.decisions else None

    @property
    def sample(self) -> tuple[ReviewedPhoto, ...]:
        """The pictures that must be looked at: chosen by the dossier's own digest, so nobody can choose them."""
        ranked = sorted(
            self.photos, key=lambda photo: canonical.digest(f"{self.record.digest}{photo.sha256}".encode())
        )
        return tuple(ranked[:SAMPLE_SIZE])


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the manager's queue: the case, its dossier, and why this person may not decide it (None = may).

    `hard` and `flags` count red flags, `unexplained` contradictions that stand; `since` is when it was handed over.
    `answered` counts questions that the officer has answered since the last decision.
    """

    case: CaseItem
    dossier: DossierId
    requested: Decimal
    submitted_by: str
    barred: Code | None
    since: datetime
    version: int
    hard: int = 0
    flags: int = 0
    unexplained: int = 0
    answered: int = 0
    limit_from: Decimal = Decimal(0)


@allowed(Role.MANAGER, Role.REVIEWER)
def queue(desk: Desk) -> tuple[Waiting, ...]:
    """Cases waiting for a decision, the oldest first: submitted, reviewed, passed on, or with an approval that ended.

    Own files, those that this person passed on, and those that somebody passed on beyond this person's limit are
    there but barred.
    """
    query = CaseQuery(states=WAITING, order=CaseOrder.UPDATED, descending=False, limit=500)
    with desk.vault.reading() as tx:
        found = cases.find(tx, query).items
        newest = [(item, kept.of_case(tx, item.id)) for item in found]
        passed = {item.id: decisions.of_case(tx, item.id) for item in found if item.state is CaseState.ESCALATED}
        torn = {one.case for one in delivery.standing_as(tx, InboxOutcome.CONFLICT)}
        asked = {item.id: questions_of_case(tx, item.id) for item in found}
    waiting = [_waiting(desk, item, records[-1]) for item, records in newest if records]
    waiting = [
        replace(
            one,
            barred=_barred(desk, one, passed.get(one.case.id, ()), torn),
            answered=sum(bool(question.answer) for question in asked[one.case.id]),
        )
        for one in waiting
    ]
    return tuple(sorted(waiting, key=lambda one: one.since))


def _passed_on(desk: Desk, passed: tuple[DecisionRecord, ...], one: Waiting) -> Code | None:
    """Whoever passed a case on has had their say, and it waits for a limit that is high enough."""
    if desk.identity is None or not passed:
        return None
    person = desk.identity.person
    if any(parse_decision(record.record).decided_by.id == person.id for record in passed):
        return Code.FOUR_EYES
    return Code.BELOW_TIER if person.approval_limit < one.limit_from else None


def _barred(
    desk: Desk, one: Waiting, passed: tuple[DecisionRecord, ...], torn: Collection[CaseId | None]
) -> Code | None:
    if one.case.id in torn:
        return Code.CASE_IN_CONFLICT
    return _passed_on(desk, passed, one) or one.barred


def _waiting(desk: Desk, item: CaseItem, record: DossierRecord) -> Waiting:
    manifest = manifests.parse(record.manifest)
    told = {part.path: part.blob for part in record.parts}
    approval = _map(
        canonical.decode(desk.vault.read_blob(told[dossiers.APPROVAL])) if dossiers.APPROVAL in told else {}
    )
    flags = summary.parse(desk.vault.read_blob(told[dossiers.SUMMARY])).flags
    contradictions = _contradictions(desk.vault.read_blob(told[dossiers.CONTRADICTIONS]))
    return Waiting(
        case=item,
        dossier=record.id,
        requested=manifest.requested_amount,
        submitted_by=manifest.officer.name,
        barred=bar(desk, manifest),
        since=manifest.frozen_at,
        version=manifest.version,
        hard=sum(flag.hard for flag in flags),
        flags=len(flags),
        unexplained=sum(one.standing in UNEXPLAINED for one in contradictions),
        limit_from=_amount(approval, "limit_from"),
    )


def _amount(told: Mapping[str, Json], key: str) -> Decimal:
    try:
        return Decimal(_text(told, key) or "0")
    except InvalidOperation as error:
        raise Fault(Code.DOSSIER_UNTRUSTED, where=dossiers.APPROVAL) from error


def bar(desk: Desk, manifest: Manifest) -> Code | None:
    """Why this person may not decide this file: four eyes, or no certificate; None when nothing bars it."""
    if desk.identity is None:
        return Code.NOT_ENROLLED
    person = desk.identity.person
    if took_part(manifest, PartyRef(person.id, person.name)):
        return Code.FOUR_EYES
    return Code.RELATED_TO_CASE if is_in_file(manifest, person.name) else None


@allowed(Role.MANAGER, Role.REVIEWER)
def open_dossier(desk: Desk, dossier: DossierId) -> Review:
    """Read a dossier after its signature and every digest held, and its figures came out the same again.

    Errors: those of `read_file`, LEFT_OUT, NOT_ENROLLED, BLOB_BROKEN; SIGNATURE_* and DOSSIER_PART_* from the
    verification name the first thing wrong.
    """
    institution, _identity = desk.certified(Role.MANAGER, Role.REVIEWER)
    with desk.vault.reading() as tx:
        record = kept.get(tx, dossier)
        decided = decisions.of_dossier(tx, record.digest)
        jumps = clock_jumps(tx, record.case)
    parts = {part.path: desk.vault.read_blob(part.blob) for part in record.parts}
    parcel = parcels.dossier_parcel(record.manifest, record.signature, parts)
    # What came after a key was withdrawn never came this far, and no later word undoes what had come: whoever could
    # date a withdrawal back would void every file and decision before it.
    content = verify_dossier(parcel, institution.root)
    with desk.vault.reading() as tx:
        view = read_file(desk, tx, record, content.manifest, parts, decided)
    soundness.check_told(content, view.facts, view.assessment, {one.key for one in view.contradictions})
    return replace(
        view,
        signer=content.signer,
        terms=told_of_file(desk, content.manifest, view.assessment.policy, view.facts.application.product),
        clock=next(iter(jumps), None),
        questions=questions_of(desk, record.case),
        opinions=opinions_of(desk, record.case),
    )


def read_file(
    desk: Desk,
    tx: Reading,
    record: DossierRecord,
    manifest: Manifest,
    parts: Mapping[str, bytes],
    decided: tuple[DecisionRecord, ...],
) -> Review:
    """What the parts of a kept case file say, its figures worked out again; signatures are the caller's.

    Errors: ASSESSMENT_DIFFERS, POLICY_FOREIGN, PRODUCTS_FOREIGN, PRODUCTS_DIFFER, DOSSIER_UNREADABLE.
    """
    soundness.readable(check_parts, parts)
    facts = read_facts(dossiers.tree_from_json(parts[dossiers.FACTS]))
    return Review(
        record=record,
        manifest=manifest,
        signer=None,
        facts=facts,
        assessment=_assess_again(desk, tx, facts, manifest, parts),
        contradictions=_contradictions(parts[dossiers.CONTRADICTIONS]),
        photos=_photos(parts, _premises(facts)),
        memo=parts[dossiers.MEMO],
        memo_translation=parts.get(dossiers.MEMO_TRANSLATION, b""),
        decisions=decided,
        today=local_date(desk.clock.now()),
        known=_known(parts.get(dossiers.KNOWN)),
    )


def _known(part: bytes | None) -> Mapping[str, str]:
    told = canonical.decode(part) if part is not None else {}
    return {key: value for key, value in _map(told).items() if isinstance(value, str)}


def _assess_again(
    desk: Desk, tx: Reading, facts: CaseFacts, manifest: Manifest, parts: Mapping[str, bytes]
) -> Assessment:
    """The same facts under the frozen policy, which must be head office's own, must give the frozen figures."""
    soundness.check_policy(tx, manifest, parts[dossiers.POLICY])
    policy = frozen_policy(desk, tx, manifest, parts[dossiers.POLICY], parts.get(dossiers.PRODUCTS))
    try:
        assessment = assess(facts, policy)
    except ArithmeticError as error:  # figures that no business has
        raise Fault(Code.ASSESSMENT_DIFFERS, where=manifest.case_number) from error
    if canonical.encode(expected_block(assessment, allow_missing=True)) != parts[dossiers.ASSESSMENT]:
        raise Fault(Code.ASSESSMENT_DIFFERS, where=manifest.case_number)
    return assessment


def check_parts(parts: Mapping[str, bytes]) -> None:
    """Whether everything that a queue, a review and a colleague read in a case file is there and can be read.

    Asked when it comes: one file that cannot be read must not keep anybody from all the others.
    Errors: DOSSIER_UNREADABLE (where: the part).
    """
    told = canonical.decode(parts[dossiers.APPROVAL]) if dossiers.APPROVAL in parts else {}
    if not _amount(_map(told), "limit_from").is_finite():
        raise Fault(Code.DOSSIER_UNREADABLE, where=dossiers.APPROVAL, field="limit_from")
    dossiers.tree_from_json(parts[dossiers.FACTS])
    _contradictions(parts[dossiers.CONTRADICTIONS])
    _photos(parts, None)
    _known(parts.get(dossiers.KNOWN))


def _contradictions(data: bytes) -> tuple[ReviewedContradiction, ...]:
    return tuple(
        ReviewedContradiction(
            key=_text(one, "key"),
            sentence=_bilingual(one.get("sentence")),
            severe=one.get("severe") is True,
            standing=_text(one, "standing"),
            explanation=_text(one, "explanation"),
            photos=tuple(str(photo) for photo in _list(one.get("photos"))),
            lie_said=_text(_map(one.get("lie")), "said"),
            lie_found=_text(_map(one.get("lie")), "found"),
            proof=_text(one, "proof"),
        )
        for one in _maps(canonical.decode(data))
    )


@allowed(Role.MANAGER, Role.REVIEWER)
def picture(desk: Desk, photo: ReviewedPhoto, cancelled: Cancelled = never) -> bytes:
    """A JPEG of a dossier's picture as the officer showed it, made in the child process: nobody here made the file.

    Touches no vault, so it may run in the free lane. Errors: PHOTO_KIND, PHOTO_BROKEN, PHOTO_PIXELS, WORKER_LIMIT,
    CANCELLED.
    """
    reading = read_picture(desk, photo.data, photo.part, cancelled)
    if not photo.layers:
        return reading.view
    return show(photo.data, reading.tags.orientation, photo.layers, desk.worker, photo.part, cancelled).view


def _premises(facts: CaseFacts) -> Place | None:
    if facts.photos is None:
        return None
    lat, lon = known(facts.photos.premises_lat), known(facts.photos.premises_lon)
    return (lat, lon) if lat is not None and lon is not None else None


def _metres(one: Mapping[str, Json], premises: Place | None) -> Decimal | None:
    """How far from the premises the camera says it stood; the dossier keeps degrees as decimal text."""
    lat, lon = _text(one, "lat"), _text(one, "lon")
    if not lat or not lon or premises is None:
        return None
    try:
        return (distance_km(Decimal(lat), Decimal(lon), *premises) * 1000).quantize(Decimal(1))
    except InvalidOperation as error:
        raise Fault(Code.DOSSIER_UNTRUSTED, where=dossiers.PHOTOS) from error


def _photos(parts: Mapping[str, bytes], premises: Place | None) -> tuple[ReviewedPhoto, ...]:
    return tuple(
        ReviewedPhoto(
            id=_text(one, "id"),
            part=_text(one, "part"),
            sha256=_text(one, "sha256"),
            shot=Bilingual(_text(one, "shot_en"), _text(one, "shot")),
            question=_text(one, "question"),
            taken_at=_text(one, "taken_at") or None,
            metres=_metres(one, premises),
            findings=tuple(
                (_text(finding, "code"), _text(finding, "verdict"), _bilingual(finding))
                for finding in _maps(one.get("findings"))
            ),
            data=parts[_text(one, "part")],
            layers=layers_from_json(one.get("layers"), _text(one, "part")),
        )
        for one in _maps(canonical.decode(parts[dossiers.PHOTOS]))
    )


def _maps(value: Json) -> list[Mapping[str, Json]]:
    return [one for one in _list(value) if isinstance(one, Mapping)]


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []


def _text(one: Mapping[str, Json], key: str) -> str:
    value = one.get(key)
    return value if isinstance(value, str) else ""


def _bilingual(value: Json) -> Bilingual:
    texts = value if isinstance(value, Mapping) else {}
    return Bilingual(_text(texts, "en"), _text(texts, "zh_CN"))
