"""The schema document that a third party reads says what the program writes: field for field, form for form."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.paths import resource_folder
from officer_app.credit.conditions import When
from officer_app.credit.retention import RecordClass
from officer_app.dossier import deletion as deletions
from officer_app.dossier import manifest as manifests
from officer_app.dossier import notices, officerecords, records
from officer_app.dossier import summary as summaries
from officer_app.dossier.clockwords import ClockWord
from officer_app.dossier.deletion import Counts, Deletion
from officer_app.dossier.judgedby import judged_by
from officer_app.dossier.manifest import PackRef, PartyRef
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.officerecords import PackNote, Receipt
from officer_app.dossier.records import (
    Agreement,
    CallBack,
    ConditionTerm,
    Exchanged,
    Heard,
    Override,
    PackKind,
    PhotoView,
    RecordKind,
)
from tests.support.institution import AT, a_decision, a_dossier, a_summary, house

PAGE = resource_folder() / "schema" / "dossier.schema.json"
DOCUMENT: dict[str, Any] = json.loads(PAGE.read_text(encoding="utf-8"))
DEFS: dict[str, Any] = DOCUMENT["$defs"]
KINDS: dict[str, type] = {
    "boolean": bool,
    "string": str,
    "integer": int,
    "array": list,
    "object": dict,
    "null": type(None),
}


def fits(value: Any, schema: dict[str, Any]) -> bool:  # noqa: PLR0911  one return a keyword
    """The part of JSON Schema that the document uses, no more."""
    if "$ref" in schema:
        return fits(value, DEFS[schema["$ref"].removeprefix("#/$defs/").replace("~1", "/")])
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    if not isinstance(value, KINDS[schema["type"]]) or isinstance(value, bool) is not (schema["type"] == "boolean"):
        return False
    if "pattern" in schema:
        return re.search(schema["pattern"], value) is not None
    if schema["type"] == "array":
        return all(fits(one, schema["items"]) for one in value)
    if schema["type"] == "object":
        fields = schema["properties"]
        return set(value) == set(schema["required"]) == set(fields) and all(
            fits(value[name], fields[name]) for name in fields
        )
    return True


def written() -> dict[str, bytes]:
    """One record of every kind and form, with everything in it that it can hold."""
    dossier = a_dossier(house().officer)
    manifest = manifests.parse(dossier.files["manifest.json"])
    norms = PackRef("norms", "2", "3" * 64)
    decision = records.parse_decision(a_decision(house().manager, dossier).files["decision.json"])
    dated = replace(
        decision,
        conditions=("补签字",),
        terms=(ConditionTerm(When.AFTER, 30, "use_receipts"),),
        overrides=(Override("cap:sales", "Above", "超过", "老客户"),),
        tier="reviewer",
    )
    full = replace(
        dated,
        photos_viewed=(PhotoView("photos/0f3a.jpg", "18 号", "door_plate", "5 号", Agreement.DIFFERS, "新门牌"),),
        valid_until=date(2026, 11, 22),
        opened=("memo",),
        call_back=CallBack("孙会计", "199****1234", AT, (Heard("staff.declared", "4", "4", Agreement.AGREES),)),
        exchanged=(Exchanged("续租吗？", "王芳", AT, "续", AT),),
        advised_amount=Decimal(80_000),
        advised_months=12,
        supersedes="a" * 32,
    )
    told = a_summary()
    listed = manifests.part_of(manifests.PRODUCTS, "application/toml", b"products")
    by_list = replace(
        manifest,
        schema=manifests.WITH_PRODUCTS,
        products=PackRef("products", "4", listed.sha256),
        parts=tuple(sorted((*manifest.parts, listed), key=lambda part: part.name)),
    )
    notice = Notice("b" * 32, NoticeKind.HAND_OVER, "c" * 64, "d" * 32, "1", manifest.officer, AT, "离职", None, 0)
    gone = Deletion(
        record_id="a" * 32,
        case_id="b" * 32,
        case_number="2026-0001",
        record_class=RecordClass.REFUSED,
        counted_from=date(2026, 10, 8),
        due_on=date(2028, 10, 8),
        policy=PackRef("default", "3", "c" * 64),
        dossiers=("d" * 64,),
        decisions=("e" * 64,),
        keys=("f" * 32,),
        counts=Counts(12, 1, 200, 90, 50_000_000),
        by=manifest.officer,
        device="0123456789abcdef",
        at=AT,
        confirmed_at=AT,
        elapsed=1_000,
        log_number=400,
        log_head="1" * 64,
    )
    return {
        "deletion/1": deletions.to_bytes(gone),
        "deletion/2": deletions.to_bytes(replace(gone, ordered_by="周敏")),
        "dossier/1": manifests.to_bytes(replace(manifest, schema="firsthand/dossier/1")),
        "dossier/2": manifests.to_bytes(replace(manifest, norms=norms, investigators=("孙莉",), persons=("赵六嫂",))),
        "dossier/3": manifests.to_bytes(by_list),
        "decision/1": records.decision_to_bytes(decision),
        "decision/2": records.decision_to_bytes(dated),
        "decision/3": records.decision_to_bytes(full),
        "decision/4": records.decision_to_bytes(
            replace(full, judged_by=judged_by(by_list), clock=ClockWord(AT, AT, "moved", "跳过", "换了电池"))
        ),
        "notice/1": notices.to_bytes(replace(notice, to=PartyRef("e" * 32, "孙莉"))),
        "receipt/1": officerecords.receipt_to_bytes(
            Receipt("a" * 32, RecordKind.DOSSIER, "b" * 64, "c" * 32, AT, "0123456789abcdef", 7)
        ),
        "summary/1": summaries.to_bytes(told),
        "summary/2": summaries.to_bytes(replace(told, photos=(replace(told.photos[0], fingerprint="01ff"),))),
        "pack/1": officerecords.pack_to_bytes(PackNote(PackKind.POLICY, "default", 3, "a" * 64, AT)),
        "pack/2": officerecords.pack_to_bytes(
            PackNote(PackKind.POLICY, "default", 3, "a" * 64, AT, date(2027, 1, 1))
        ),
    }


@pytest.mark.parametrize("name", sorted(one for one in DEFS if "/" in one and not one.startswith("view")))
def test_each_form_is_written_as_the_document_says(name: str) -> None:
    data = written()[name]
    told = json.loads(data)
    assert told["schema"] == f"firsthand/{name}"
    assert fits(told, DEFS[name])
    for field in told:
        assert not fits({key: value for key, value in told.items() if key != field}, DEFS[name]), field
    assert not fits({**told, "more": ""}, DEFS[name])


@pytest.mark.parametrize("missing", ["judged_by", "clock"])
def test_a_decision_of_form_4_says_one_thing_or_the_other(missing: str) -> None:
    told = json.loads(written()["decision/4"])
    assert fits(told | {missing: None}, DEFS["decision/4"])


def test_the_document_names_every_form_there_is() -> None:
    named = {one["$ref"].removeprefix("#/$defs/").replace("~1", "/") for one in DOCUMENT["oneOf"]}
    assert named - {"letter", "audit"} == set(written())


def test_what_lies_in_the_fixtures_fits_too() -> None:
    folder = Path(__file__).resolve().parents[1] / "data" / "dossiers" / "1"
    for path, name in (
        ("dossier/manifest.json", "dossier/1"),
        ("decision_plain/decision.json", "decision/1"),
        ("decision_terms/decision.json", "decision/2"),
        ("receipt/receipt.json", "receipt/1"),
        ("pack/pack.json", "pack/1"),
    ):
        assert fits(json.loads((folder / path).read_bytes()), DEFS[name]), path
