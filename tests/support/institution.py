"""A small institution for tests: a root, head office, an officer and a manager, and a dossier they work on."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from officer_app.base.canonical import digest, encode
from officer_app.base.ids import UserId
from officer_app.dossier import cosigning, summary
from officer_app.dossier.manifest import FACTS, MEMO, SUMMARY, Manifest, PackRef, PartyRef, part_of, to_bytes
from officer_app.dossier.records import Decision, Outcome, PhotoView, decision_to_bytes
from officer_app.exchange.parcels import Parcel, decision_parcel, dossier_parcel
from officer_app.trust.certificates import Role, new_root
from officer_app.trust.enrolment import grant, read_request, request
from officer_app.trust.identities import Identity, Keys, new_keys
from officer_app.trust.papers import FieldBox, add_fields, sign_field
from officer_app.trust.signing import sign

AT = datetime(2026, 10, 8, 2, 40, tzinfo=UTC)
BANK = "安信村镇银行"
BRANCH = "城东支行"


class FixedClock:
    """Time that moves only when told."""

    def __init__(self, at: datetime = AT) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return (self.at - AT).total_seconds()

    def boot(self) -> str:
        return ""

    def forward(self, **step: float) -> None:
        self.at += timedelta(**step)


@dataclass(frozen=True)
class House:
    """Root keys and everybody enrolled under them."""

    root_keys: Keys
    root: bytes
    officer: Identity
    manager: Identity
    head_office: Identity

    def enrol(self, name: str, role: Role, limit: str = "0", at: datetime = AT, keys: Keys | None = None) -> Identity:
        return _enrol(self.root_keys, self.root, name, role, limit, at, keys)


def _enrol(
    root_keys: Keys, root: bytes, name: str, role: Role, limit: str, at: datetime, keys: Keys | None = None
) -> Identity:
    keys = keys or new_keys()
    wanted = read_request(request(keys, name=name, branch=BRANCH, role=role))
    person_id = UserId(digest(keys.key_id.encode())[:32])
    certificate = grant(
        wanted,
        person_id=person_id,
        role=role,
        branch=BRANCH,
        approval_limit=Decimal(limit),
        root_keys=root_keys,
        root_pem=root,
        at=at,
    )
    return Identity(keys, certificate, root)


def new_house(name: str = BANK) -> House:
    """A fresh institution."""
    root_keys = new_keys()
    root = new_root(root_keys.private(), name, AT)
    return House(
        root_keys,
        root,
        officer=_enrol(root_keys, root, "李明", Role.OFFICER, "0", AT),
        manager=_enrol(root_keys, root, "王芳", Role.MANAGER, "300000", AT),
        head_office=_enrol(root_keys, root, "总部", Role.HEAD_OFFICE, "2000000", AT),
    )


@cache
def house() -> House:
    """One institution for all tests that do not change it."""
    return new_house()


def plain_pdf(text: str = "memo") -> bytes:
    """One page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(100, 700, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def memo_with_fields() -> bytes:
    """A memo with empty fields for an officer and a manager."""
    boxes = [FieldBox("officer_a", 0, 60, 60, 220, 122), FieldBox("branch_manager", 0, 260, 60, 420, 122)]
    return add_fields(plain_pdf(), boxes)


def officers_memo(identity: Identity, at: datetime = AT) -> bytes:
    """The memo as the officer certified it."""
    return sign_field(memo_with_fields(), "officer_a", identity, at, lines=("信贷员 李明",), certify=True)


def a_summary() -> summary.Summary:
    check = summary.CheckRow("sales_month", "Monthly sales", "月销售额", "failed", "60000", "48000", "0.2", "0.15")
    at = "2026-10-08T09:12:00+08:00"
    return summary.Summary(
        checks=(check,),
        figures=(summary.FigureRow("sizing.amount", "80000"), summary.FigureRow("capacity.dscr", "1.73")),
        photos=(summary.PhotoRow("photos/0f3a.jpg", digest(b"jpeg"), "shop_front", at, at, "12.5", ()),),
        flags=(summary.FlagRow("sales_gap", "Sales do not agree", "销售额不符", False),),
    )


def dossier_parts(memo: bytes, more: dict[str, bytes] | None = None) -> dict[str, bytes]:
    return {
        MEMO: memo,
        FACTS: encode({"borrower": {"name": "赵六"}}),
        SUMMARY: summary.to_bytes(a_summary()),
        "photos/0f3a.jpg": b"jpeg",
        **(more or {}),
    }


def a_manifest(identity: Identity, parts: dict[str, bytes], **changes: Any) -> Manifest:
    person = identity.person
    manifest = Manifest(
        dossier_id="d" * 32,
        case_id="c" * 32,
        case_number="2026-0417",
        version=1,
        previous=None,
        institution=person.institution,
        branch=BRANCH,
        officer=PartyRef(person.id, person.name),
        second=None,
        applicant="赵六",
        product="经营贷",
        lane="full",
        requested_amount=Decimal("100000.00"),
        recommended_amount=Decimal(80000),
        term_months=12,
        grade="B",
        policy=PackRef("default", "1", "1" * 64),
        forms=(PackRef("business_visit", "1", "2" * 64),),
        program="0.1.0",
        audit_head="a" * 64,
        frozen_at=AT,
        parts=tuple(part_of(name, "application/octet-stream", data) for name, data in sorted(parts.items())),
    )
    return replace(manifest, **changes)


def a_dossier(identity: Identity, more: dict[str, bytes] | None = None, at: datetime = AT, **changes: Any) -> Parcel:
    """A dossier the officer signed."""
    parts = dossier_parts(officers_memo(identity, at), more)
    data = to_bytes(a_manifest(identity, parts, **{"frozen_at": at, **changes}))
    return dossier_parcel(data, sign(data, identity, at), parts)


def a_cosign(second: Identity, visit: str) -> dict[str, bytes]:
    """The parts of a dossier in which somebody signs an empty visit beside the house's officer."""
    officer, who = house().officer.person, second.person
    said = cosigning.to_bytes(
        cosigning.Cosign(
            visit=visit,
            case_id="c" * 32,
            form="business_visit",
            form_version="1",
            answers=cosigning.answers_digest({}),
            photos=(),
            officer=PartyRef(officer.id, officer.name),
            second=PartyRef(who.id, who.name),
            at=AT,
        )
    )
    return {cosigning.statement_name(visit): said, cosigning.signature_name(visit): sign(said, second, AT)}


def a_decision(identity: Identity, on: Parcel, at: datetime = AT + timedelta(hours=1), **changes: Any) -> Parcel:
    """A decision on it that the manager signed."""
    memo = on.files["parts/memo.pdf"]
    signed = sign_field(memo, "branch_manager", identity, at, lines=("同意 80,000 元", "网点经理 王芳"))
    person = identity.person
    decision = Decision(
        record_id="e" * 32,
        dossier=digest(on.files["manifest.json"]),
        case_id="c" * 32,
        case_number="2026-0417",
        outcome=Outcome.APPROVE,
        amount=Decimal(80000),
        term_months=12,
        annual_rate=Decimal("0.12"),
        conditions=(),
        reason="经营稳定",
        questions=(),
        decided_by=PartyRef(person.id, person.name),
        decided_at=at,
        minutes_open=9,
        photos_viewed=(PhotoView("photos/0f3a.jpg", "门头"),),
        memo_sha256=digest(signed),
    )
    data = decision_to_bytes(replace(decision, **changes))
    return decision_parcel(data, sign(data, identity, at), signed)
