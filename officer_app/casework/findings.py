"""What the analysis says of a case now, and which contradictions wait for one of their three exits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from officer_app.base.ids import CaseId, PhotoId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import facts, packs, screening
from officer_app.casework.clockjumps import clock_jumps
from officer_app.casework.codes import by_place, raised
from officer_app.casework.correspondence import thread
from officer_app.casework.desk import Desk
from officer_app.casework.facts import sentence_from_json
from officer_app.casework.on_paper import on_paper
from officer_app.casework.permissions import WORKING, allowed
from officer_app.casework.photos import JudgedPhoto, photos_of
from officer_app.casework.productterms import NewTerms, terms_of
from officer_app.casework.rephotos import Request, requests
from officer_app.casework.same_words import same_words
from officer_app.casework.told_twice import ToldTwice, told_twice
from officer_app.casework.visitlog import with_pace
from officer_app.casework.visits import Visit
from officer_app.credit.approval import ApprovalPath, approval_path
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.contradictions import Cause, Severity, contradictions, tiers_raised
from officer_app.credit.crosschecks.photo_places import REUSED
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Missing, known
from officer_app.credit.lanes import Lane, lane_of
from officer_app.credit.photolimits import code_rule
from officer_app.credit.policy import Policy
from officer_app.credit.proof import proof_needed
from officer_app.credit.reading import FactTree, read_facts
from officer_app.credit.wordsaid import says_something
from officer_app.evidence.findings import Finding, FindingCode, Verdict
from officer_app.vault import answers, explanations
from officer_app.vault.records import ContradictionRecord, Exit, PackRecord

# Distance and reuse reach the analysis as facts and come back as its own contradictions.
_TOLD_BY_CREDIT = frozenset({FindingCode.FAR_FROM_PREMISES, FindingCode.SAME_FILE})
_CODE = "PHOTO_VISIT_CODE"
_REUSE = frozenset({FindingCode.SAME_FILE, FindingCode.SIMILAR_PHOTO})


class Standing(Enum):
    """Where a contradiction stands."""

    OPEN = "open"
    EXPLAINED = "explained"
    CORRECTED = "corrected"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that do not fit, and what became of it.

    `key` names it for good within its case; `found` says whether it is still there: one that was corrected is not.
    `apart` is set, in yuan, where so much money is apart that an explanation needs proof.
    """

    key: str
    sentence: Sayable
    severe: bool
    paths: tuple[str, ...]
    photos: tuple[PhotoId, ...]
    standing: Standing
    found: bool
    record: ContradictionRecord | None = None
    apart: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """One look at a case: facts, assessment, pictures, contradictions, and the policy they were judged by."""

    tree: FactTree
    facts: CaseFacts
    assessment: Assessment
    photos: tuple[JudgedPhoto, ...]
    contradictions: tuple[Contradiction, ...]
    policy: PackRecord
    visits: int = 1
    lane: Lane | None = None
    path: ApprovalPath = ApprovalPath()  # noqa: RUF009  a frozen value
    tiers_raised: int = 0  # by how many levels the approval rises for what stands unexplained
    requests: tuple[Request, ...] = ()  # pictures that whoever decides asked for again
    products: PackRecord | None = None  # head office's list of products, where one takes the place of the policy's
    newer: NewTerms | None = None  # what today's list says of the product that this one says otherwise

    @property
    def standing(self) -> int:
        """How many contradictions stand unexplained."""
        return _standing_in(self.contradictions)

    @property
    def supported(self) -> Decimal | None:
        """The amount the figures support, once they are known."""
        return known(self.assessment.sizing.recommended_max_loan)

    @property
    def open(self) -> tuple[Contradiction, ...]:
        """Those that must still be given an exit."""
        return tuple(found for found in self.contradictions if found.standing is Standing.OPEN)


@allowed(*WORKING)
def findings_of(desk: Desk, case_id: CaseId, visit: Visit | None = None) -> Findings:
    """Everything the analysis says now. Errors: PACK_MISSING; FACT_MALFORMED with the paths."""
    return reassess(desk, case_id, facts.live(visit))


@allowed(*WORKING)
def reassess(desk: Desk, case_id: CaseId, known_facts: facts.Live, before: Findings | None = None) -> Findings:
    """The same from facts taken out of memory beforehand, so that it may run beside the window.

    With `before`, pictures are judged again only when the premises or their address moved; pass None after a picture
    came, went or was read.
    """
    visits = facts.told(desk, case_id, known_facts)
    told = facts.merged(visits)
    place = facts.premises(told), facts.address_of_premises(told)
    if before is not None and place == (facts.premises(before.tree), facts.address_of_premises(before.tree)):
        judged = before.photos
    else:
        judged = photos_of(desk, case_id, *place)
    tree = screening.looked_up(desk, case_id, facts.with_photos(told, judged))
    tree = with_pace(desk, case_id, tree, judged)
    return judge(desk, case_id, tree, judged, told_twice(visits))


def judge(
    desk: Desk,
    case_id: CaseId,
    told: FactTree,
    judged: tuple[JudgedPhoto, ...],
    twice: tuple[ToldTwice, ...] = (),
) -> Findings:
    """Assess a fact tree and join what was found with what was already explained."""
    pack, policy = packs.policy_in_force(desk)
    with desk.vault.reading() as tx:
        on_file = explanations.of_case(tx, case_id)
        repeated = same_words(tx, case_id, on_file, policy)
        visits = len(answers.visits(tx, case_id))
        asked = requests(thread(tx, case_id))
        jumped = clock_jumps(tx, case_id)
    tree = facts.with_lies(told, on_file)
    case_facts = read_facts(tree)
    terms = terms_of(desk, case_id, case_facts.application.product, policy)
    policy = terms.policy
    assessment = assess(case_facts, policy)
    records = {record.code: record for record in on_file}
    found = (
        *_of_credit(assessment, case_facts, judged),
        *_of_photos(judged),
        *_of_codes(judged, case_facts, policy),
        *_of_visits(twice, records),
        *(
            _open(one.key, one.sentence, severe=True, paths=(one.path,), photos=(one.photo,))
            for one in on_paper(told, judged)
        ),
        *(_open(one.key, one.sentence, severe=False, paths=(), photos=()) for one in repeated),
        *(_open(one.key, one.sentence, severe=True, paths=(), photos=()) for one in jumped),
    )
    joined = _join(found, records)
    standing = _standing_in(joined)
    return Findings(
        tree,
        case_facts,
        assessment,
        judged,
        joined,
        pack,
        visits,
        lane_of(case_facts, assessment, policy),
        approval_path(assessment, policy, standing),
        tiers_raised(standing, policy),
        asked,
        terms.products,
        terms.newer,
    )


def _of_credit(
    assessment: Assessment, case_facts: CaseFacts, judged: tuple[JudgedPhoto, ...]
) -> Iterable[Contradiction]:
    for one in contradictions(assessment):
        severe = one.severity is Severity.STOP or one.cause is Cause.TOLD_AND_SEEN
        opened = _open(f"{one.code}:{one.subject}", one.sentence, severe, one.paths, ())
        if one.code == REUSED.code:
            opened = _with_picture(opened, one.subject, case_facts, judged)
        yield replace(opened, apart=proof_needed(assessment, one))


def _with_picture(
    opened: Contradiction, path: str, case_facts: CaseFacts, judged: tuple[JudgedPhoto, ...]
) -> Contradiction:
    """A reused photo by its file and by what it repeats, as far as the role may know it, beside its picture."""
    items = (
        () if case_facts.photos is None or isinstance(case_facts.photos.items, Missing) else case_facts.photos.items
    )
    ids = {item.id for item in items if item.path == path}
    for photo in (one for one in judged if one.record.id in ids):
        told = next(
            (
                finding.sentence
                for finding in photo.findings
                if finding.code in _REUSE and finding.verdict is Verdict.STOP
            ),
            None,
        )
        if told is not None:
            sentence = message(N_("Photo {photo}: {told}"), photo=Verbatim(photo.record.file_name), told=told)
            return replace(opened, sentence=sentence, photos=(photo.record.id,))
    return opened


def _of_visits(twice: Iterable[ToldTwice], records: dict[str, ContradictionRecord]) -> Iterable[Contradiction]:
    """Both answers stay, so a correction with its reason settles it; a value told on a visit after that does not."""
    for one in twice:
        record = records.get(one.key)
        corrected = record is not None and record.exit is Exit.CORRECTED and record.closed is not None
        if record is None or record.closed is None or not corrected or one.later > record.closed:
            yield _open(one.key, one.sentence, severe=True, paths=(one.path,), photos=())


def _of_photos(judged: tuple[JudgedPhoto, ...]) -> Iterable[Contradiction]:
    """One entry for each kind of finding: twenty pictures from one chat are one explanation."""
    by_code: dict[FindingCode, list[tuple[JudgedPhoto, Finding]]] = {}
    for photo in judged:
        for finding in photo.findings:
            if finding.verdict is Verdict.STOP and finding.code not in _TOLD_BY_CREDIT:
                by_code.setdefault(finding.code, []).append((photo, finding))
    for code, hits in by_code.items():
        pictures = tuple(photo.record.id for photo, _ in hits)
        yield _open(f"PHOTO_{code.value}", hits[0][1].sentence, severe=True, paths=(), photos=pictures)


def _of_codes(judged: tuple[JudgedPhoto, ...], case_facts: CaseFacts, policy: Policy) -> Iterable[Contradiction]:
    """Places whose pictures do not show the visit code, where the policy wants that explained."""
    rule = code_rule(policy)
    if rule.asks(known(case_facts.application.requested_amount)):
        for one in raised(by_place(judged, rule)):
            yield _open(f"{_CODE}:{one.visit}:{one.place.value}", one.sentence, severe=False, paths=(), photos=())


def is_proven(photos: Sequence[str], proof: str) -> bool:
    """Whether something stands beside an explanation: a picture, or words that name a paper or a person."""
    return bool(photos) or says_something(proof)


def _standing_in(contradictions: Iterable[Contradiction]) -> int:
    return sum(one.standing is Standing.STANDS for one in contradictions)


def _open(
    key: str, sentence: Sayable, severe: bool, paths: tuple[str, ...], photos: tuple[PhotoId, ...]
) -> Contradiction:
    return Contradiction(key, sentence, severe, paths, photos, Standing.OPEN, found=True)


def _join(found: tuple[Contradiction, ...], records: dict[str, ContradictionRecord]) -> tuple[Contradiction, ...]:
    here = tuple(_with_record(one, records.get(one.key)) for one in found)
    keys = {one.key for one in found}
    gone = tuple(_gone(record) for key, record in records.items() if key not in keys)
    return tuple(sorted(here, key=lambda one: (not one.severe, one.standing is not Standing.OPEN))) + gone


def _with_record(one: Contradiction, record: ContradictionRecord | None) -> Contradiction:
    if record is None:
        return one
    standing = _standing(record, found=True)
    if standing is Standing.EXPLAINED and one.apart is not None and not is_proven(record.photos, record.proof):
        standing = Standing.OPEN  # more came apart since, or nobody asked for proof then
    return replace(one, standing=standing, record=record)


def _gone(record: ContradictionRecord) -> Contradiction:
    return Contradiction(
        record.code,
        sentence_from_json(record.sentence),
        record.severity == "stop",
        (),
        tuple(PhotoId(photo) for photo in record.photos),
        _standing(record, found=False),
        found=False,
        record=record,
    )


def _standing(record: ContradictionRecord, *, found: bool) -> Standing:
    """Corrected counts only when the contradiction is gone; one that vanished without a word is still open."""
    match record.exit:
        case Exit.EXPLAINED:
            return Standing.EXPLAINED
        case Exit.STANDS:
            return Standing.STANDS
        case Exit.CORRECTED:
            return Standing.OPEN if found else Standing.CORRECTED
        case _:
            return Standing.OPEN
