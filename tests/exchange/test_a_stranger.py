"""What a stranger can do without our program: the help page's own steps, pdfsig, pyHanko's command, the schema."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.canonical import Json, digest, encode
from officer_app.base.paths import resource_folder
from officer_app.credit.conditions import When
from officer_app.dossier import auditlog
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.records import ConditionTerm, Override
from officer_app.exchange.bundle import write_bundle
from officer_app.exchange.contents import verify_decision, verify_dossier
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.outbox import prepare, send
from officer_app.exchange.parcels import Parcel
from officer_app.trust import chain
from officer_app.trust.certificates import Role, der_of
from officer_app.trust.identities import Identity
from officer_app.trust.signing import sign
from tests.support.institution import AT, a_cosign, a_decision, a_dossier, house

PAGES = ("en", "zh_CN")
TOOLS = ("bash", "sha256sum", "age", "openssl", "jq", "pdfsig")
ENTRY: dict[str, Json] = {
    "number": 1, "at": "2026-10-08T02:40:00.000Z", "elapsed": 7, "user": "a" * 32, "kind": "case_opened",
    "subject": "c" * 32, "detail": {"why": "visit"},
}  # fmt: skip
HEAD = chain.link(chain.GENESIS, ENTRY)
PIECE = auditlog.to_bytes(auditlog.LogPiece(HEAD, 1, chain.GENESIS, (ENTRY,)))


def page(language: str) -> str:
    return (resource_folder() / "help" / language / "verify_by_hand.md").read_text(encoding="utf-8")


def steps(language: str) -> str:
    return "\n".join(re.findall(r"```sh\n(.*?)```", page(language), re.DOTALL))


def of_a_bundle(language: str) -> str:
    """The blocks for somebody who has an unsealed bundle: steps 1, 2, 5 and 6, as the page says."""
    parts = re.split(r"^## \d\. .*$", page(language), flags=re.MULTILINE)
    return "\n".join(
        block for step in (1, 2, 5, 6) for block in re.findall(r"```(?:sh|bash)\n(.*?)```", parts[step], re.DOTALL)
    )


def needs(*tools: str) -> None:
    for tool in tools:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed here")


@cache
def parcels() -> tuple[Parcel, Parcel]:
    dossier = a_dossier(house().officer, {"audit.json": PIECE, "photos/1b.jpg": b"jpeg" * 900_000}, audit_head=HEAD)
    return dossier, a_decision(house().manager, dossier)


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an auditor is handed: a copy of the store, the root, a key to open with."""
    folder = tmp_path_factory.mktemp("handed")
    (folder / "store").mkdir()
    readers = [house().head_office.person.reader]
    for parcel, who in zip(parcels(), (house().officer, house().manager), strict=True):
        send(FolderStore(folder / "store"), prepare(parcel, who, readers=readers, counter=1, at=AT))
    (folder / "reader.key").write_text(house().head_office.reader_secret + "\n")
    (folder / "root.pem").write_bytes(house().root)
    return folder


def by_hand(folder: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The page's blocks in one shell, as it says."""
    deliveries = {
        name: f"store/i/{who.person.device}/000000000001"
        for name, who in (("OFFICERS_DELIVERY", house().officer), ("MANAGERS_DELIVERY", house().manager))
    }
    command = ["bash", "-c", steps(language)]
    return subprocess.run(
        command, cwd=folder, env=os.environ | deliveries, capture_output=True, text=True, check=False
    )


def test_both_pages_have_the_same_steps() -> None:
    assert steps("en") == steps("zh_CN")
    assert of_a_bundle("en") == of_a_bundle("zh_CN")
    assert all(len(re.findall(r"^## [1-7]\. ", page(one), re.MULTILINE)) == 7 for one in PAGES)


def test_a_stranger_verifies_a_dossier_by_hand(handed: Path, tmp_path: Path) -> None:
    needs(*TOOLS)
    shutil.copytree(handed, tmp_path, dirs_exist_ok=True)
    done = by_hand(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Signature is Valid") == 2
    assert '"outcome": "approve"' in done.stdout
    assert (tmp_path / "dossier/parts/photos/1b.jpg").read_bytes() == b"jpeg" * 900_000


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """An evidence bundle with a second officer's signature, and the root beside it, as somebody hands them on."""
    second = house().enrol("孙二", Role.SECOND_OFFICER)
    came = PartyRef(second.person.id, second.person.name)
    dossier = a_dossier(house().officer, a_cosign(second, "f" * 32), second=came)
    decided = verify_decision(a_decision(house().manager, dossier), house().root)
    write_bundle(tmp_path / "dossier", verify_dossier(dossier, house().root), [decided], root_pem=house().root)
    (tmp_path / "root.pem").write_bytes(house().root)
    return tmp_path


def _by_hand_on_a_bundle(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-c", of_a_bundle("en")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_stranger_verifies_a_bundle_by_hand(bundle: Path) -> None:
    needs(*TOOLS)
    done = _by_hand_on_a_bundle(bundle)
    assert done.returncode == 0, done.stderr
    assert "signed by: officer, manager" in done.stdout
    assert digest(der_of(house().root)) in done.stdout


FORGED: dict[str, Callable[[Path], None]] = {
    "signed by somebody else of the institution": lambda folder: _signed_anew(
        folder, "manifest", house().enrol("别人", Role.OFFICER)
    ),
    "decided in another manager's name": lambda folder: _signed_anew(
        folder, "decision", house().enrol("另一位", Role.MANAGER, "900000")
    ),
    "seen by another second officer": lambda folder: _signed_anew(
        folder, f"parts/cosigned/{'f' * 32}", house().enrol("没去", Role.SECOND_OFFICER)
    ),
}


def _signed_anew(folder: Path, name: str, who: Identity) -> None:
    record = (folder / "dossier" / f"{name}.json").read_bytes()
    (folder / "dossier" / f"{name}.sig").write_bytes(sign(record, who, AT))


@pytest.mark.parametrize("forgery", FORGED)
def test_a_good_signature_of_the_wrong_person_stops_the_stranger(bundle: Path, forgery: str) -> None:
    needs(*TOOLS)
    FORGED[forgery](bundle)
    assert _by_hand_on_a_bundle(bundle).returncode != 0


def test_one_byte_anywhere_stops_the_stranger(handed: Path, tmp_path: Path) -> None:
    """Every object of the store, one after another, and the root."""
    needs(*TOOLS)
    objects = [path.relative_to(handed) for path in sorted((handed / "store").rglob("*")) if path.is_file()]
    assert len(objects) > 5
    for number, name in enumerate([*objects, Path("root.pem")]):
        folder = tmp_path / str(number)
        shutil.copytree(handed, folder)
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        assert by_hand(folder).returncode != 0, name
        shutil.rmtree(folder)


def verdict_of_pyhanko(memo: Path, root: Path) -> tuple[int, str]:
    program = Path(sys.executable).with_name("pyhanko")
    if not program.is_file():
        pytest.skip("pyhanko-cli is not installed here")
    words = ["sign", "validate", "--trust", root, "--trust-replace", "--no-revocation-check"]
    command = [program, *words, "--validation-time", "claimed", "--executive-summary", memo]
    done = subprocess.run(command, cwd=memo.parent, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def pdfsig(memo: Path) -> str:
    needs("pdfsig")
    return subprocess.run(["pdfsig", "-nocert", memo], capture_output=True, text=True, check=False).stdout


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    (tmp_path / "root.pem").write_bytes(house().root)
    (tmp_path / "memo.pdf").write_bytes(parcels()[1].files["memo-signed.pdf"])
    return tmp_path / "memo.pdf"


def test_pyhankos_own_command_holds_the_memo_against_the_root(memo: Path, tmp_path: Path) -> None:
    code, said = verdict_of_pyhanko(memo, tmp_path / "root.pem")
    assert (code, said.count(":VALID")) == (0, 2), said
    from tests.support.institution import new_house

    (tmp_path / "other.pem").write_bytes(new_house("别家银行").root)
    assert verdict_of_pyhanko(memo, tmp_path / "other.pem")[0] != 0


def test_pdfsig_reports_the_memo_signed_and_unchanged(memo: Path) -> None:
    said = pdfsig(memo)
    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert said.count("Total document signed") == 1
    assert "李明" in said
    assert "王芳" in said


@pytest.mark.parametrize("share", [0.05, 0.3, 0.55])
def test_one_changed_byte_of_the_memo_is_seen_by_both(memo: Path, tmp_path: Path, share: float) -> None:
    data = bytearray(memo.read_bytes())
    data[int(len(data) * share)] ^= 1
    memo.write_bytes(data)
    code, said = verdict_of_pyhanko(memo, tmp_path / "root.pem")
    assert code != 0
    assert said.count(":VALID") < 2
    assert pdfsig(memo).count("Signature is Valid") < 2


# --- the schema ------------------------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    return dict(json.loads((resource_folder() / "schema" / "dossier.schema.json").read_text(encoding="utf-8")))


def wrong(value: Any, told: dict[str, Any], defs: dict[str, Any], at: str = "") -> list[str]:
    """What a value breaks of the part of JSON Schema that ours uses; every word of it must be known here."""
    known = {"type", "pattern", "maxLength", "anyOf", "minimum", "maximum", "additionalProperties", "required"}
    assert not told.keys() - known - {"properties", "items", "enum", "const", "$ref", "description"}
    if "$ref" in told:
        return wrong(value, defs[told["$ref"].rpartition("/")[2].replace("~1", "/")], defs, at)
    if "anyOf" in told:
        return [] if any(not wrong(value, one, defs, at) for one in told["anyOf"]) else [at]
    kinds = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}
    bad = []
    if "type" in told and type(value) is not kinds[told["type"]]:
        return [f"{at}: {told['type']}"]
    if value != told.get("const", value) or value not in told.get("enum", [value]):
        bad.append(f"{at}: another word")
    if isinstance(value, str) and (
        not re.search(told.get("pattern", ""), value) or len(value) > told.get("maxLength", len(value))
    ):
        bad.append(f"{at}: form")
    if type(value) is int and not told.get("minimum", value) <= value <= told.get("maximum", value):
        bad.append(f"{at}: size")
    if isinstance(value, list):
        return bad + [one for n, each in enumerate(value) for one in wrong(each, told["items"], defs, f"{at}[{n}]")]
    if isinstance(value, dict) and "properties" in told:
        assert set(told["required"]) == set(told["properties"])
        bad += [f"{at}.{name}: not the same fields" for name in value.keys() ^ told["properties"].keys()]
        both = value.keys() & told["properties"].keys()
        bad += [one for name in both for one in wrong(value[name], told["properties"][name], defs, f"{at}.{name}")]
    return bad


def records() -> dict[str, bytes]:
    dossier, _ = parcels()
    decision = a_decision(
        house().manager,
        dossier,
        conditions=("配偶签字",),
        terms=(ConditionTerm(When.AFTER, 30, "spouse"),),
        overrides=(Override("cap:dscr", "Above", "超过", "老客户"),),
        tier="branch",
    )
    signed = (dossier.files["manifest.json"], decision.files["decision.json"])
    return {
        **{json.loads(data)["schema"].removeprefix("firsthand/"): data for data in signed},
        "summary/1": dossier.files["parts/summary.json"],
        "audit": dossier.files["parts/audit.json"],
    }


def test_real_records_are_as_the_schema_says() -> None:
    defs = schema()["$defs"]
    for name, data in records().items():
        assert wrong(json.loads(data), defs[name], defs, name) == []


def test_the_schema_refuses_what_the_program_refuses() -> None:
    """Each field of each record left out, and one field more."""
    defs = schema()["$defs"]
    for name, data in records().items():
        told = json.loads(data)
        for field in told:
            assert wrong({key: value for key, value in told.items() if key != field}, defs[name], defs)
        assert wrong(told | {"more": 1}, defs[name], defs)


def test_the_letter_is_as_the_schema_says(handed: Path) -> None:
    from officer_app.exchange.layout import open_frame
    from officer_app.trust.sealing import unseal

    defs = schema()["$defs"]
    name = f"i/{house().officer.person.device}/000000000001"
    opened = unseal(open_frame((handed / "store" / name).read_bytes(), name), house().head_office.reader_secret)
    letter = json.loads(json.loads(opened)["letter"])
    assert wrong(letter, defs["letter"], defs) == []
    assert encode(letter).decode() == json.loads(opened)["letter"]
