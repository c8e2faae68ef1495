"""What was signed under older formats stays readable and provable; each format leaves its fixture here for good.

`tests/data/dossiers/N` holds what format N wrote, never made anew: a dossier, decisions, receipt, pack and roster of
the small institution of `tests.support.institution`, and a whole evidence bundle of the demo's salon.
"""

from __future__ import annotations

import tarfile
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.credit.conditions import When
from officer_app.dossier.records import PLAIN_TERM, Outcome, PackKind
from officer_app.exchange.bundle import verify_bundle
from officer_app.exchange.contents import (
    DossierContent,
    check_against,
    verify_decision,
    verify_dossier,
    verify_pack,
    verify_receipt,
)
from officer_app.exchange.parcels import Parcel, ParcelKind
from officer_app.trust.roster import open_signed_roster, read_roster

DATA = Path(__file__).resolve().parents[1] / "data" / "dossiers"
FIRST = DATA / "1"


def _parcel(kind: ParcelKind, folder: Path) -> Parcel:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return Parcel(kind, files)


@pytest.fixture(scope="module")
def root() -> bytes:
    return (FIRST / "root.pem").read_bytes()


@pytest.fixture(scope="module")
def dossier(root: bytes) -> DossierContent:
    return verify_dossier(_parcel(ParcelKind.DOSSIER, FIRST / "dossier"), root)


def test_a_dossier_of_the_first_format(dossier: DossierContent) -> None:
    manifest = dossier.manifest
    assert (manifest.case_number, manifest.version, manifest.applicant) == ("2026-0417", 1, "赵六")
    assert manifest.second is None
    assert manifest.policy.name == "default"


@pytest.mark.parametrize("name", ["decision_plain", "decision_terms"])
def test_decisions_of_the_first_formats_still_stand_on_it(name: str, root: bytes, dossier: DossierContent) -> None:
    content = verify_decision(_parcel(ParcelKind.DECISION, FIRST / name), root)
    check_against(content, dossier)
    decision = content.decision
    assert decision.amount == Decimal(80_000)
    if name == "decision_plain":
        assert decision.outcome is Outcome.APPROVE
        assert decision.overrides == ()
    else:
        assert [(line, term.when, term.due_days) for line, term in decision.dated_conditions] == [
            ("补配偶签字", When.AFTER, 30)
        ]
        assert decision.terms != (PLAIN_TERM,)
        assert [one.rule for one in decision.overrides] == ["cap:sales"]


def test_a_dossier_and_its_decision_from_before_there_were_lists_of_products() -> None:
    """Form 2 of the one, form 3 of the other: what every laptop wrote until then."""
    root = (DATA / "2" / "root.pem").read_bytes()
    dossier = verify_dossier(_parcel(ParcelKind.DOSSIER, DATA / "2" / "dossier"), root)
    assert dossier.manifest.schema == "firsthand/dossier/2"
    assert (dossier.manifest.products, dossier.manifest.investigators) == (None, ("孙莉",))
    content = verify_decision(_parcel(ParcelKind.DECISION, DATA / "2" / "decision"), root)
    assert b'"firsthand/decision/3"' in content.record_bytes
    assert (content.decision.judged_by, content.decision.opened) == (None, ("memo",))
    check_against(content, dossier)


def test_receipt_pack_and_roster_of_the_first_format(root: bytes) -> None:
    assert verify_receipt(_parcel(ParcelKind.RECEIPT, FIRST / "receipt"), root).receipt.counter == 7
    pack = verify_pack(_parcel(ParcelKind.PACK, FIRST / "pack"), root)
    assert (pack.note.kind, pack.note.version) == (PackKind.POLICY, 3)
    data, signature = open_signed_roster((FIRST / "roster" / "roster.json").read_bytes())
    roster = read_roster(data, signature, root)
    assert (roster.version, len(roster.certificates), len(roster.revoked)) == (4, 3, 1)


def test_a_whole_bundle_of_the_first_format_verifies(tmp_path: Path) -> None:
    with tarfile.open(FIRST / "bundle.tar.xz", "r:xz") as packed:
        packed.extractall(tmp_path, filter="data")
    verdict = verify_bundle(tmp_path / "bundle", (FIRST / "bundle_root.pem").read_bytes())
    assert verdict.ok, verdict.wrong
    assert verdict.outcomes == (Outcome.APPROVE,)
    assert verdict.amount == Decimal(40_000)
