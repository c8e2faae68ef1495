"""Freezing a case into the parts of a dossier, and reading those parts back.

Everything the decision rests on is a part of its own: facts, answers, assessment, contradictions, pictures, memo,
policy and checklist. Head office and strangers read the same bytes that the manager saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base import canonical
from officer_app.base.canonical import Json
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import VisitId
from officer_app.base.numerals import half_up
from officer_app.base.words import CHINESE, ENGLISH, Sayable, say
from officer_app.casework import captures, notes
from officer_app.casework.cosigning import Signed, standing_of
from officer_app.casework.findings import Contradiction, Findings
from officer_app.casework.photos import JudgedPhoto, finding_to_json
from officer_app.casework.receipts import receipt_to_json
from officer_app.casework.visits import Visit
from officer_app.checklists.bundles import is_bundle
from officer_app.credit.assessment import Assessment, CheckResult
from officer_app.credit.expected import expected_block
from officer_app.credit.reading import FactNode, FactTree
from officer_app.dossier import cosigning, summary
from officer_app.evidence.findings import Verdict
from officer_app.evidence.kinds import PhotoKind
from officer_app.vault.photorecords import PhotoIntake
from officer_app.vault.records import CaseRecord, PackRecord

MEMO: Final = "memo.pdf"
MEMO_TRANSLATION: Final = "memo.en.pdf"
FACTS: Final = "facts.json"
ASSESSMENT: Final = "assessment.json"
CONTRADICTIONS: Final = "contradictions.json"
PHOTOS: Final = "photos.json"
SUMMARY: Final = "summary.json"
APPROVAL: Final = "approval.json"
POLICY: Final = "policy.toml"
# Head office's list of products, where it took the place of the policy's.
PRODUCTS: Final = "products.toml"
# What was known of the customer before the visit; dossiers of before lack it.
KNOWN: Final = "known.json"
MEDIA: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "toml": "application/toml",
    "xml": "application/xml",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "avif": "image/avif",
    "webp": "image/webp",
    "sig": "application/pkcs7-signature",
}
_SUFFIX: Final = {kind.value: kind.suffix.removeprefix(".") for kind in PhotoKind}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes into the dossier: what is known of it, and its original bytes."""

    judged: JudgedPhoto
    shot: str
    original: bytes
    shot_in_english: str = ""
    receipt: PhotoIntake | None = None

    @property
    def part(self) -> str:
        """Its name in the dossier."""
        record = self.judged.record
        return f"photos/{record.sha256[:16]}.{_SUFFIX.get(record.media_type, 'jpg')}"


def media_type(name: str) -> str:
    """The media type of a part by its ending."""
    return MEDIA[name.rpartition(".")[2]]


def frozen_parts(
    findings: Findings,
    visits: Iterable[tuple[Visit, PackRecord]],
    pictures: tuple[Picture, ...],
    logs: Mapping[VisitId, bytes],
) -> dict[str, bytes]:
    """Every part but the memo: name -> bytes. `logs`: what happened on each visit, where somebody sat at it."""
    parts = {
        FACTS: canonical.encode(tree_to_json(findings.tree)),
        ASSESSMENT: canonical.encode(expected_block(findings.assessment, allow_missing=True)),
        CONTRADICTIONS: canonical.encode([_contradiction(one) for one in findings.contradictions]),
        PHOTOS: canonical.encode([_photo(picture) for picture in pictures]),
        SUMMARY: summary.to_bytes(_summary(findings, pictures)),
        APPROVAL: canonical.encode(_approval(findings)),
        POLICY: findings.policy.body,
    }
    if findings.products is not None:
        parts[PRODUCTS] = findings.products.body
    for visit, pack in visits:
        parts[f"answers/{visit.record.id}.json"] = canonical.encode(_answers(visit))
        parts[f"forms/{pack.name}.{'zip' if is_bundle(pack.body) else 'xml'}"] = pack.body
        parts |= cosigned_parts(visit, pictures)
    parts |= {f"logs/{visit}.csv": log for visit, log in logs.items() if log}
    return parts | {picture.part: picture.original for picture in pictures}


def cosigned_parts(visit: Visit, pictures: Iterable[Picture]) -> dict[str, bytes]:
    """The second officer's statement and signature, while they are over the visit as it goes into the dossier."""
    found = standing_of(visit, (picture.judged.record for picture in pictures))
    if found.state is not Signed.SIGNED or found.record is None:
        return {}
    name = str(visit.record.id)
    return {
        cosigning.statement_name(name): found.record.statement,
        cosigning.signature_name(name): found.record.signature,
    }


def known_part(case: CaseRecord) -> bytes:
    """What stands on the case beside the checklists: whom to call, where the business is and what it is called."""
    return canonical.encode(
        {
            "phone": case.phone,
            "business": case.business,
            "trade": case.trade,
            "address": case.address,
            "purpose": case.purpose,
            "officer_note": case.note,
        }
    )


def _approval(findings: Findings) -> Json:
    """Lane and path of approval as they were at submission, the reasons as sentences."""
    lane, path = findings.lane, findings.path
    return {
        "lane": lane.name if lane is not None else "",
        "tier": path.tier.name if path.tier is not None else "",
        "limit_from": str(path.limit_from),
        "reasons": _sentences(path.reasons),
        "second_officer": _sentences(path.second_officer),
        "second_visit": _sentences(path.second_visit),
        "checks": list(path.extra_checks),
        "refusals": _sentences(path.refusals),
    }


def _sentences(some: Iterable[Sayable]) -> Json:
    return [{"en": say(one, ENGLISH), "zh_CN": say(one, CHINESE)} for one in some]


def tree_to_json(node: FactNode) -> Json:
    """A fact tree as JSON: the texts stay texts."""
    if isinstance(node, str):
        return node
    if isinstance(node, Mapping):
        return {key: tree_to_json(below) for key, below in node.items()}
    return [tree_to_json(below) for below in node]


def tree_from_json(data: bytes) -> FactTree:
    """The fact tree of a dossier's part. Errors: DOSSIER_UNTRUSTED when it is none."""
    node = canonical.decode(data)
    if not isinstance(node, dict):
        raise Fault(Code.DOSSIER_UNTRUSTED, where=FACTS)
    return {key: _node(below) for key, below in node.items()}


def _node(value: Json) -> FactNode:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: _node(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_node(below) for below in value]
    raise Fault(Code.DOSSIER_UNTRUSTED, where=FACTS)


def _answers(visit: Visit) -> Json:
    record = visit.record
    said = captures.as_json(visit)
    # A visit without captured lines or notes is written as it was before there were any.
    lines: dict[str, Json] = {"said": said} if said else {}
    noted = notes.as_json(visit)
    lines |= {"notes": noted} if noted else {}
    return lines | {
        "visit": record.id,
        "form": record.form,
        "version": record.form_version,
        "started": to_text(record.started),
        "ended": to_text(record.ended) if record.ended else None,
        "officer": record.officer,
        "second_officer": record.second_officer,
        "purpose": record.purpose,
        "answers": dict(visit.session.answers()),
        "answers_without_place": dict(visit.session.orphans),
    }


def _contradiction(one: Contradiction) -> Json:
    record = one.record
    return {
        "key": one.key,
        "sentence": {"en": say(one.sentence, ENGLISH), "zh_CN": say(one.sentence, "zh_CN")},
        "severe": one.severe,
        "paths": list(one.paths),
        "standing": one.standing.value,
        "found": one.found,
        "explanation": record.explanation if record else "",
        "lie": {"said": record.lie_said, "found": record.lie_found} if record and record.lie_said else None,
        "photos": [str(photo) for photo in (record.photos if record else ())],
        "proof": record.proof if record else "",
        "closed_at": to_text(record.closed) if record and record.closed else None,
    }


def _photo(picture: Picture) -> Json:
    record = picture.judged.record
    return {
        "id": record.id,
        "part": picture.part,
        "sha256": record.sha256,
        "shot": picture.shot,
        "shot_en": picture.shot_in_english,
        "question": record.ref,
        "taken_at": record.taken_text or None,
        "received_at": to_text(record.received),
        "lat": str(record.lat) if record.lat is not None else None,
        "lon": str(record.lon) if record.lon is not None else None,
        "device": record.device,
        **_received(picture.judged),
        **({"receipt": receipt_to_json(picture.receipt)} if picture.receipt is not None else {}),
        "findings": [finding_to_json(finding) for finding in picture.judged.findings],
    }


def _received(judged: JudgedPhoto) -> dict[str, Json]:
    """By which way it came, what its phone says of itself, whether it shows the visit code; older ones say less."""
    told: dict[str, Json] = {"source": judged.record.source} if judged.record.source else {}
    tags = judged.tags
    told |= {"accuracy_m": str(tags.accuracy_m)} if tags.accuracy_m is not None else {}
    told |= {"serial": tags.serial} if tags.serial else {}
    told |= {"layers": judged.record.layers} if judged.record.layers else {}
    return told | ({"visit_code": judged.code.value} if judged.code is not None else {})


def _summary(findings: Findings, pictures: tuple[Picture, ...]) -> summary.Summary:
    assessment = findings.assessment
    return summary.Summary(
        checks=tuple(_check(check) for check in assessment.checks if check.verdict.value != "not_done"),
        figures=tuple(
            summary.FigureRow(name, value)
            for name, value in _flat("", expected_block(assessment, allow_missing=True))
        ),
        photos=tuple(
            summary.PhotoRow(
                part=picture.part,
                sha256=picture.judged.record.sha256,
                shot=picture.shot,
                taken_at=picture.judged.record.taken_text or None,
                taken_in_at=to_text(picture.judged.record.received),
                metres=None if picture.judged.metres is None else str(picture.judged.metres),
                findings=_codes(picture),
                fingerprint=picture.judged.record.fingerprints.hex() or None,
            )
            for picture in pictures
        ),
        flags=_flags(assessment),
        contradictions=tuple(_row(one) for one in findings.contradictions),
    )


def _codes(picture: Picture) -> tuple[str, ...]:
    """What was found about a picture, each kind once: how often stands in the photos' own part."""
    found = picture.judged.findings
    told = (one.code.value for one in found if one.verdict in (Verdict.LOOK_CLOSER, Verdict.STOP))
    return tuple(dict.fromkeys(told))


def _row(one: Contradiction) -> summary.ContradictionRow:
    said = one.record.explanation if one.record else ""
    sentence, in_chinese = say(one.sentence, ENGLISH), say(one.sentence, CHINESE)
    return summary.ContradictionRow(one.key, sentence, in_chinese, one.standing.value, said)


def _flags(assessment: Assessment) -> tuple[summary.FlagRow, ...]:
    return tuple(
        summary.FlagRow(flag.code, say(flag.sentence, ENGLISH), say(flag.sentence, CHINESE), flag.hard)
        for flag in assessment.flags
    )


def _check(check: CheckResult) -> summary.CheckRow:
    return summary.CheckRow(
        id=check.id,
        title=say(check.title, ENGLISH),
        title_zh=say(check.title, CHINESE),
        verdict=check.verdict.value,
        told=_number(check.told),
        found=_number(check.found),
        deviation=_number(check.deviation),
        tolerance=_number(check.tolerance),
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(half_up(value, 4))


def _flat(path: str, node: Json) -> Iterable[tuple[str, str]]:
    """The figures of the block by path; lists are summed up elsewhere (checks, flags) or too long (months)."""
    if isinstance(node, dict):
        for key, below in node.items():
            yield from _flat(f"{path}.{key}" if path else key, below)
    elif isinstance(node, str):
        yield path, node
