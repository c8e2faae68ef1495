"""The memo of a case: everything it prints, gathered from the vault, the findings and the checklist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from officer_app import __version__
from officer_app.base.clock import local_date, local_time
from officer_app.base.masking import mask_identity, mask_phone
from officer_app.base.numerals import show
from officer_app.base.words import CHINESE, N_, Bilingual, Sayable, Verbatim, message, say
from officer_app.casework import captures, notes, paper_visits
from officer_app.casework.codes import by_place
from officer_app.casework.days import day_of_visit
from officer_app.casework.desk import Desk, Institution
from officer_app.casework.dossiers import Picture
from officer_app.casework.drawn import drawn, told_in_memo
from officer_app.casework.facts import premises
from officer_app.casework.findings import Contradiction, Findings, Standing
from officer_app.casework.lasttime import standing
from officer_app.casework.owed import titles_of
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.photos import JudgedPhoto, original, view
from officer_app.casework.shots import OWN, excused
from officer_app.casework.upgrades import without_place
from officer_app.casework.visits import Visit, visits_of
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Question, QuestionType, Section
from officer_app.credit.approval import ApprovalPath
from officer_app.credit.figures import known
from officer_app.credit.lanes import LANE_LABELS
from officer_app.credit.photolimits import code_rule
from officer_app.credit.reading import FactNode, FactTree
from officer_app.credit.tiers import TIER_LABELS
from officer_app.evidence.findings import Verdict
from officer_app.evidence.sources import CODE_WORDS, SOURCE_WORDS, source_of
from officer_app.evidence.spots import shipped_spots
from officer_app.memos import inputs as memo
from officer_app.memos.memo import credit_memo
from officer_app.plots.ground import Ground, renumbered
from officer_app.trust.certificates import Person, fingerprint
from officer_app.trust.identities import Identity
from officer_app.vault import audit, cases, photointakes
from officer_app.vault.records import CaseRecord, PhotoRecord, VisitRecord

OFFICER_FIELD: Final = "officer_a"
MANAGER_FIELD: Final = "branch_manager"
HEAD_OFFICE_FIELD: Final = "head_office"
# The question whose picture stands on page one.
FRONT_SHOTS: Final = ("shot_front", "shot_door_plate")

_STANDINGS: Final = {
    Verdict.PASS: memo.Standing.PASSED,
    Verdict.LOOK_CLOSER: memo.Standing.LOOK,
    Verdict.STOP: memo.Standing.STOP,
    Verdict.CANNOT_TELL: memo.Standing.UNKNOWN,
}
_EXITS: Final = {
    Standing.OPEN: memo.Exit.OPEN,
    Standing.EXPLAINED: memo.Exit.EXPLAINED,
    Standing.CORRECTED: memo.Exit.CORRECTED,
    Standing.STANDS: memo.Exit.STANDS,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A memo about to be printed, and how its first signature looks."""

    inputs: memo.MemoInputs
    officer_field: str
    officer_stamp: tuple[str, ...]


@allowed(*EVERYONE)
def preview(desk: Desk, visit: Visit, findings: Findings, language: str) -> bytes:
    """The memo as it would be signed now. Chinese is the one that is signed; others are marked translations.

    Errors: NOT_ENROLLED, GLYPH_MISSING.
    """
    institution, identity = desk.certified(*EVERYONE)
    with desk.vault.reading() as tx:
        case = cases.get(tx, visit.case)
        head = audit.head(tx)[1]
    paper = paper_of(desk, case, visit, findings, institution, identity, head)
    return credit_memo(paper.inputs, language, translation=language != CHINESE)


def paper_of(
    desk: Desk,
    case: CaseRecord,
    visit: Visit,
    findings: Findings,
    institution: Institution,
    identity: Identity,
    log_head: str,
) -> Paper:
    """Gather the memo's inputs. `log_head` is the audit log's head at freezing."""
    now = desk.clock.now()
    visited = visits_of(desk, case.id)
    inputs = memo.MemoInputs(
        institution=institution.name,
        branch=identity.person.branch,
        case_number=case.number,
        version=case.version,
        submitted_at=now,
        applicant=_applicant(case, findings.tree),
        business=_business(case, findings.tree),
        investigators=(
            memo.Investigator(identity.person.name, message(N_("Loan officer")), identity.person.key_id),
            *paper_visits.seconds(visit, findings),
        ),
        visits=tuple(paper_visits.visits(desk, visit, findings)),
        assessment=findings.assessment,
        contradictions=tuple(_contradiction(desk, one, findings) for one in findings.contradictions),
        photos=tuple(_photos(desk, findings, shot_names(visit, findings))),
        shots=_shot_list(visit, findings),
        ground=_ground(desk, visit, findings),
        signers=_signers(identity),
        provenance=_provenance(findings, visit, institution, log_head, now),
        recommendation=_recommendation(case, findings),
        further_answers=tuple(
            group
            for one in (*visit.earlier, visit)
            for group in (*_further(one, visit), *_beside_the_checklist(desk, one))
        ),
        notes=tuple(_noted(desk, visit)),
        conditions=tuple(_conditions(findings, visited)),
        tiers_raised=findings.tiers_raised,
        lane=message(LANE_LABELS[findings.lane.name]) if findings.lane is not None else None,
        level=_level(findings.path),
        pages=findings.lane.memo_pages if findings.lane is not None else None,
        drawn=told_in_memo((*visit.earlier, visit)),
        said=tuple(entry for one in (*visit.earlier, visit) for entry in _said(one)),
        as_last_time=tuple(_as_last_time((*visit.earlier, visit))),
    )
    person = identity.person
    stamp = (person.name, show(local_time(now), "moment", CHINESE), key_line(person))
    return Paper(inputs, OFFICER_FIELD, stamp)


def _as_last_time(visits: Iterable[Visit]) -> Iterator[Sayable]:
    """For each earlier file how many answers stand from it: which ones, the sealed file says at each answer."""
    sources = Counter(source for one in visits for source in standing(one).values())
    for source, count in sources.items():
        words = N_("{count:count} answers stand as last time, confirmed on {on:date}, file {case}.")
        yield message(words, count=count, on=source.on, case=Verbatim(source.case))


def _said(visit: Visit) -> Iterator[memo.Said]:
    """The words of a visit that stand behind its answers, in the order of its checklist."""
    told = {ref: at for at, ref in enumerate(visit.session.told())}
    lines = [one for one in captures.behind_answers(visit) if one.ref in told]
    for line in sorted(lines, key=lambda one: told[one.ref]):
        english, chinese = (visit.session.question(line.ref, language) for language in ("en", CHINESE))
        asked: Sayable = Bilingual(english.label, chinese.label)
        rows = re.findall(r"\[(\d+)\]", line.ref)
        if rows:
            asked = message(N_("{question} (entry {number})"), question=asked, number=rows[-1])
        yield memo.Said(asked, Bilingual(_value(english), _value(chinese)), line.words, captures.reading_of(line))


def _level(path: ApprovalPath) -> Sayable | None:
    """Who decides, with the reasons; nothing under a policy without levels."""
    if path.tier is None:
        return None
    return message(N_("{level}: {why}"), level=message(TIER_LABELS[path.tier.name]), why=path.reasons)


def key_line(person: Person) -> str:
    """Whose key signs, as it stands in a stamp and in the verification."""
    return say(message(N_("key {key}"), key=Verbatim(person.key_id[:16])), CHINESE)


def _signers(identity: Identity) -> tuple[memo.Signer, ...]:
    return (
        memo.Signer(OFFICER_FIELD, message(N_("Loan officer")), identity.person.name),
        memo.Signer(MANAGER_FIELD, message(N_("Branch manager"))),
        memo.Signer(HEAD_OFFICE_FIELD, message(N_("Head office"))),
    )


def _applicant(case: CaseRecord, tree: FactTree) -> memo.Applicant:
    return memo.Applicant(
        name=case.applicant,
        masked_id=mask_identity(case.resident_id),
        masked_phone=mask_phone(case.phone),
        role=_told(tree, "borrower", "role"),
    )


def _business(case: CaseRecord, tree: FactTree) -> memo.Business:
    return memo.Business(
        name=case.business or case.applicant,
        trade=case.trade,
        years=_told(tree, "borrower", "years_in_business"),
        address=case.address,
        licence=_told(tree, "borrower", "business_licence_uscc"),
    )


def _told(tree: FactTree, *path: str) -> str:
    node: FactNode | None = tree
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node if isinstance(node, str) else ""


def _ground(desk: Desk, visit: Visit, findings: Findings) -> Ground | None:
    """The map of the newest visit that has pictures, numbered as the pictures of the memo are."""
    with_some = {photo.record.visit for photo in findings.photos}
    shown = next((one for one in (visit, *reversed(visit.earlier)) if one.record.id in with_some), None)
    if shown is None:
        return None
    day = day_of_visit(desk, shown.record, findings.photos, premises(findings.tree))
    codes = {str(photo.record.id): index for index, photo in enumerate(findings.photos, start=1)}
    return renumbered(day.ground, {spot.number: codes[spot.source] for spot in day.ground.spots})


def _shot_list(visit: Visit, findings: Findings) -> memo.ShotList:
    """Places whose pictures were searched for the visit code, and the reasons for shots that lack."""
    found = by_place(findings.photos, code_rule(findings.assessment.policy))
    places = tuple(memo.PhotoFinding(one.sentence, _STANDINGS[one.verdict]) for one in found)
    searched = any(photo.code is not None for photo in findings.photos)
    lacking = tuple((frame.label, frame.reason) for frame in excused(visit, findings))
    return memo.ShotList(places if searched else (), lacking)


def _contradiction(desk: Desk, one: Contradiction, findings: Findings) -> memo.ContradictionEntry:
    record = one.record
    numbers: dict[str, int] = {photo.record.id: index for index, photo in enumerate(findings.photos, start=1)}
    pictures = tuple(f"P{numbers[photo]}" for photo in (record.photos if record else ()) if photo in numbers)
    proof = (*pictures, record.proof) if record and record.proof else pictures
    return memo.ContradictionEntry(
        code=one.key,
        sentence=one.sentence,
        stop=one.severe,
        exit=_EXITS[one.standing],
        explanation=record.explanation if record else "",
        evidence=proof,
        closed_by=desk.user.full_name if record and record.closed else "",
        closed_at=record.closed if record else None,
        lie=memo.Lie(record.lie_said, record.lie_found) if record and record.exit and record.lie_said else None,
    )


def _noted(desk: Desk, visit: Visit) -> Iterable[memo.Note]:
    """What was noted at the questions of all visits, oldest first."""
    for one in (*visit.earlier, visit):
        author = paper_visits.name_of(desk, one.record)
        for note in notes.standing(one):
            ref = notes.ref_of(note)
            asked = Bilingual(one.session.question(ref, "en").label, one.session.question(ref, "zh_CN").label)
            seen = notes.sentence(note) if note.verdict == notes.NOT_SEEN else ""
            yield memo.Note(asked, note.said, seen, author=author, on=local_date(note.at))


def _conditions(findings: Findings, visited: tuple[VisitRecord, ...]) -> Iterable[memo.Condition]:
    """After a proven lie somebody goes there once more, until a visit was begun since."""
    proven = [
        one.record.closed
        for one in findings.contradictions
        if one.record is not None and one.record.lie_said and one.record.closed is not None
    ]
    if proven and not any(record.started > max(proven) for record in visited):
        words = message(N_("A second visit, since a lie was proven on {on:date}"), on=local_date(max(proven)))
        yield memo.Condition(words, before_payout=True)


def _photos(desk: Desk, findings: Findings, labels: Mapping[str, Bilingual]) -> Iterable[memo.Photo]:
    front = _front(findings.photos)
    for index, judged in enumerate(findings.photos, start=1):
        record = judged.record
        yield memo.Photo(
            code=f"P{index}",
            shot=_shot(judged, labels),
            jpeg=view(desk, record),
            sha256=record.sha256,
            taken_at=record.taken,
            distance_m=judged.metres,
            findings=tuple(
                memo.PhotoFinding(finding.sentence, _STANDINGS[finding.verdict])
                for finding in judged.findings
                if finding.verdict is not Verdict.PASS
            ),
            explanation=_explanation(judged, findings),
            front=record.id == front,
            code_seen=CODE_WORDS.get(judged.code) if judged.code is not None else None,
            came_by=SOURCE_WORDS[source_of(record.source)] if record.source else None,
        )


def _front(photos: tuple[JudgedPhoto, ...]) -> str:
    for name in FRONT_SHOTS:
        for photo in photos:
            if photo.record.ref.rpartition("/")[2].partition("[")[0] == name:
                return str(photo.record.id)
    return str(photos[0].record.id) if photos else ""


def _shot(judged: JudgedPhoto, labels: Mapping[str, Bilingual]) -> Sayable:
    record = judged.record
    return labels.get(_place_of(record)) or _listed_shot(judged) or Verbatim(record.shot or record.file_name)


def _listed_shot(judged: JudgedPhoto) -> Bilingual | None:
    """The label of a shot that no question of the checklist asks for."""
    return judged.shot.label if judged.shot is not None and not judged.record.ref else None


def _place_of(record: PhotoRecord) -> str:
    """The question, or the frame of its own that a picture stands in."""
    return record.ref or f"{OWN}{record.shot}"


def _explanation(judged: JudgedPhoto, findings: Findings) -> str:
    codes = {f"PHOTO_{finding.code.value}" for finding in judged.findings}
    return " ".join(
        one.record.explanation for one in findings.contradictions if one.key in codes and one.record is not None
    )


def _provenance(
    findings: Findings, visit: Visit, institution: Institution, log_head: str, now: datetime
) -> memo.Provenance:
    return memo.Provenance(
        program_version=__version__,
        policy_version=str(findings.policy.version),
        form_versions=tuple(
            dict.fromkeys((one.session.form.title, one.record.form_version) for one in (*visit.earlier, visit))
        ),
        digests=(
            (message(N_("Policy")), findings.policy.digest),
            *(
                ((message(N_("Products {version}"), version=str(one.version)), one.digest),)
                if (one := findings.products) is not None
                else ()
            ),
        ),
        log_head=log_head,
        root_fingerprint=fingerprint(institution.root),
        made_at=now,
    )


def _recommendation(case: CaseRecord, findings: Findings) -> memo.Recommendation | None:
    supported, term = findings.supported, known(findings.facts.application.term_months)
    if supported is None or term is None:
        return None
    return memo.Recommendation(amount=supported, term_months=int(term), words=case.note)


def shots_of(visit: Visit) -> dict[str, Bilingual]:
    """The label of each picture question by its ref, of every visit of the case."""
    return {ref: label for one in (*visit.earlier, visit) for ref, label in shot_labels(one.session).items()}


def shot_names(visit: Visit, findings: Findings) -> dict[str, Bilingual]:
    """The same with what was asked for again, by the frame it stands in."""
    return {**shots_of(visit), **{f"{OWN}{one.shot}": one.label for one in findings.requests}}


def shot_labels(session: FormSession) -> dict[str, Bilingual]:
    """The label of each picture question by its ref."""
    both = zip(session.pictures("en"), session.pictures(CHINESE), strict=True)
    return {english.ref: Bilingual(english.label, chinese.label) for english, chinese in both}


def pictures_of(desk: Desk, findings: Findings, labels: Mapping[str, Bilingual]) -> tuple[Picture, ...]:
    """The pictures that go into a dossier, with their originals and receipts."""
    with desk.vault.reading() as tx:
        receipts = photointakes.of_case(tx, findings.photos[0].record.case) if findings.photos else {}
    return tuple(
        Picture(
            photo,
            _shot_text(photo, labels),
            original(desk, photo.record),
            _english(photo.record, labels),
            receipts.get(photo.record.id),
        )
        for photo in findings.photos
    )


def _shot_text(photo: JudgedPhoto, labels: Mapping[str, Bilingual]) -> str:
    record = photo.record
    label = labels.get(_place_of(record)) or _listed_shot(photo)
    return label.chinese if label else record.shot or record.file_name


def _english(record: PhotoRecord, labels: Mapping[str, Bilingual]) -> str:
    """In English too, where somebody said it in English."""
    drawn = shipped_spots().shot(record.shot) if not record.ref else None
    label = labels.get(_place_of(record)) or (drawn.label if drawn is not None else None)
    return label.english if label else ""


def _further(one: Visit, newest: Visit) -> Iterable[memo.AnswerGroup]:
    """Answered questions of a visit that bear no fact, section by section: kept and printed.

    With several visits each group is told whose it is by the visit's day.
    """
    session = one.session
    titles = titles_of(session)
    rows: dict[str, list[tuple[Sayable, Sayable]]] = {}
    for question, chinese in _paired(session):
        if question.fact is None and question.value and question.relevant and question.type not in _NOT_PRINTED:
            section_ref = _section_of(question.ref, titles)
            rows.setdefault(section_ref, []).append(
                (Bilingual(question.label, chinese.label), Bilingual(_value(question), _value(chinese)))
            )
    for ref, found in rows.items():
        title: Sayable = titles.get(ref, Bilingual("", ""))
        if newest.earlier:
            on = local_date(one.record.started)
            title = message(N_("{section}, visit of {on:date}"), section=title, on=on)
        yield memo.AnswerGroup(title, tuple(found))


def _beside_the_checklist(desk: Desk, visit: Visit) -> Iterable[memo.AnswerGroup]:
    """What was answered and has no question in the visit's checklist: those drawn, and those it no longer asks."""
    put = tuple((one.question.words, Verbatim(one.answer)) for one in drawn(visit) if one.answer and not one.ref)
    if put:
        yield memo.AnswerGroup(message(N_("Drawn for this visit")), put)
    lost = tuple((one.question, one.value) for one in without_place(desk, visit))
    if lost:
        yield memo.AnswerGroup(message(N_("Answers without a place")), lost)


_NOT_PRINTED: Final = frozenset({QuestionType.IMAGE, QuestionType.NOTE, QuestionType.GEOPOINT})


def _section_of(ref: str, titles: Mapping[str, Bilingual]) -> str:
    return next((known_ref for known_ref in titles if ref.startswith(known_ref + "/")), "")


def _value(question: Question) -> str:
    if question.type is QuestionType.ACKNOWLEDGE:
        return "✓"
    names = {choice.name: choice.label for choice in question.choices}
    if question.type is QuestionType.SELECT_MULTIPLE:
        return "、".join(names.get(part, part) for part in question.value.split())
    return names.get(question.value, question.value)


def _paired(session: FormSession) -> Iterable[tuple[Question, Question]]:
    """Each question in English and in Chinese."""
    chinese = {question.ref: question for question in _questions(session.sections(CHINESE))}
    for question in _questions(session.sections("en")):
        yield question, chinese.get(question.ref, question)


def _questions(sections: Iterable[Section]) -> Iterable[Question]:
    pending: list[object] = [item for section in sections for item in section.items]
    while pending:
        item = pending.pop(0)
        pending[:0] = [*getattr(item, "items", ()), *getattr(item, "instances", ())]
        yield from getattr(item, "questions", ())
