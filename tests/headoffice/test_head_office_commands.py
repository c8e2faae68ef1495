"""Head office and evidence bundles from the command line, as scripts use them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from officer_app.base.canonical import digest
from officer_app.base.clock import SystemClock
from officer_app.base.paths import forms_folder
from officer_app.casework.packs import SHIPPED_FORMS
from officer_app.checklists.bundles import opened
from officer_app.dossier import photolist
from officer_app.dossier.records import Outcome, PackKind
from officer_app.exchange.bundle import write_bundle
from officer_app.exchange.inbox import verify_decision, verify_dossier
from officer_app.exchange.opening import open_store
from officer_app.exchange.outbox import prepare, send
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.publishing import kept_packs
from officer_app.headoffice.tables import CASES
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Enrolment, accept, request
from officer_app.trust.identities import new_keys
from officer_app.workbooks.reading import read_workbook
from tests.support.institution import BRANCH, a_decision, a_dossier, house

NOW = SystemClock().now().replace(microsecond=0)


def program(*words: object) -> tuple[int, Any, str]:
    """Exit code, the JSON document on stdout, and stderr."""
    command = [sys.executable, "-m", "officer_app", *map(str, words), "--json"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.returncode, json.loads(found.stdout) if found.stdout else None, found.stderr


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "exchange").mkdir()
    (tmp_path / "passphrase").write_text("correct horse battery\n")
    folder = tmp_path / "office"
    code, told, _ = program(
        "headoffice",
        "found",
        "--folder",
        folder,
        "--name",
        "安信村镇银行",
        "--passphrase-file",
        tmp_path / "passphrase",
    )
    assert code == 0
    assert len(told["root_fingerprint"]) == 64
    return folder


def enrolled(office: Path, name: str, role: Role, limit: str) -> Enrolment:
    keys, folder = new_keys(), office.parent
    (folder / "request").write_bytes(request(keys, name=name, branch=BRANCH, role=role))
    code, told, _ = program(
        *("headoffice", "enrol", folder / "request", "--folder", office, "--role", role.value, "--branch", BRANCH),
        *("--limit", limit, "--out", folder / "answer", "--passphrase-file", folder / "passphrase"),
        *("--store", "davs://dav.example.org/exchange/"),
    )
    assert code == 0, told
    taken = accept((folder / "answer").read_bytes(), keys, NOW)
    assert taken.store == "davs://dav.example.org/exchange", "in its one spelling"
    return taken


def test_from_founding_to_the_workbook(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase")
    store, into = ("--store", folder / "exchange"), ("--into", f"sqlite:///{folder / 'warehouse.db'}")
    officer = enrolled(office, "李明", Role.OFFICER, "0")
    manager = enrolled(office, "王芳", Role.MANAGER, "300000")
    first = {"versions": {}, "deliveries": 2 + len(SHIPPED_FORMS)}  # the policy, the people, the checklists
    assert program("headoffice", "publish", *secret, *store)[1] == first

    parts = ["--root", office / "root.pem"]
    dossier = a_dossier(officer.identity, at=NOW)
    decision = a_decision(manager.identity, dossier, NOW)
    people = [manager.roster.head_office(manager.identity.root, NOW)[0].reader, officer.identity.person.reader]
    for parcel, who in ((dossier, officer), (decision, manager)):
        send(open_store(str(folder / "exchange")), prepare(parcel, who.identity, readers=people, counter=1, at=NOW))
    code, told, _ = program("headoffice", "ingest", *secret, *store, *into)
    assert (code, told["dossiers"], told["decisions"], told["receipts"]) == (0, 1, 1, 2)
    code, told, _ = program("headoffice", "ingest", *secret, *store, *into)
    assert (code, set(told.values())) == (0, {0})

    code, told, _ = program("headoffice", "export", *secret, *into, "--out", folder / "month.xlsx", "--lang", "en")
    assert (code, told["totals_agree"]) == (0, True)
    loans = read_workbook((folder / "month.xlsx").read_bytes())["Loans"]
    assert len(loans.rows) == 1

    root = officer.identity.root
    write_bundle(folder / "bundle", verify_dossier(dossier, root), [verify_decision(decision, root)], root_pem=root)
    code, told, _ = program("dossier", "verify", folder / "bundle", *parts)
    assert (code, told["ok"], told["outcomes"]) == (0, True, ["approve"])


def test_who_was_withdrawn_and_why_stands_in_the_journal(office: Path) -> None:
    officer = enrolled(office, "李明", Role.OFFICER, "0")
    key = officer.identity.person.key_id[:8]
    secret = ("--folder", office, "--passphrase-file", office.parent / "passphrase")
    code, _, _ = program("headoffice", "revoke", key, *secret, "--from", "2099-12-31", "--why", "离职")
    assert code == 0
    code, told, _ = program("headoffice", "journal", *secret)
    assert code == 0
    newest, before = told["journal"][:2]
    assert (newest["act"], newest["about"], newest["why"]) == ("revoked", "李明", "离职")
    assert before["act"] == "enrolled"
    (office / "journal.jsonl").write_bytes((office / "journal.jsonl").read_bytes().replace("离职".encode(), b"x"))
    code, told, _ = program("headoffice", "journal", *secret)
    assert (code, told["error"]["code"]) == (1, "DESK_BROKEN")


def test_a_checklist_is_published_with_the_files_it_names(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase", "--store", folder / "exchange")
    form, media = folder / "stalls.md", folder / "stalls-media"
    form.write_text(
        "| survey |\n| | type | name | label |\n| | select_one_from_file lanes.csv | lane | Lane |\n"
        "| | select_one_from_file wells.csv | well | Well |\n"
        "| settings |\n| | form_id | version |\n| | stalls | 1 |\n"
    )
    media.mkdir()
    (media / "lanes.csv").write_text("name,label\neast,东巷\n", "utf-8")
    (media / "unnamed.csv").write_text("a\n")
    code, told, said = program("headoffice", "publish", *secret, "--form", form)
    assert (code, told["versions"]) == (0, {"stalls": 1})
    assert re.search(r"stalls\.md: lanes\.csv  \d+  [0-9a-f]{64}", said)
    assert "wells.csv is not in stalls-media" in said
    (pack,) = kept_packs(open_desk(office, "correct horse battery", issuing=False), PackKind.FORM, "stalls")
    assert list(opened(pack.content).files) == ["lanes.csv"]


def test_norms_are_published_when_they_fit_over_the_shipped_ones(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase", "--store", folder / "exchange")
    enrolled(office, "李明", Role.OFFICER, "0")
    program("headoffice", "publish", *secret)
    norms = folder / "norms.toml"
    norms.write_text('[[norms]]\nid = "noodle_shop.flour"\nlow = 900\n')  # above its own value
    code, told, _ = program("headoffice", "publish", *secret, "--norms", norms)
    assert (code, told["error"]["code"]) == (1, "NORM_WRONG")
    norms.write_text('[[norms]]\nid = "noodle_shop.flour"\nlow = 140\n')
    for deliveries in (1, 0):
        told = program("headoffice", "publish", *secret, "--norms", norms)[1]
        assert told == {"versions": {"norms": 1}, "deliveries": deliveries}


def test_a_shot_list_and_the_photos_of_a_warehouse_are_published(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase", "--store", folder / "exchange")
    officer = enrolled(office, "李明", Role.OFFICER, "0")
    program("headoffice", "publish", *secret)
    shots = folder / "shots.toml"
    shots.write_text("schema = 1\n")
    code, told, _ = program("headoffice", "publish", *secret, "--shots", shots)
    assert (code, told["error"]["code"]) == (1, "SHOT_LIST_WRONG")
    shots.write_bytes((forms_folder() / "shots.toml").read_bytes())
    told = program("headoffice", "publish", *secret, "--shots", shots, "--from", "2030-01-01")[1]
    assert told == {"versions": {"shots": 1}, "deliveries": 1}

    dossier = a_dossier(officer.identity, at=NOW)
    people = [officer.roster.head_office(officer.identity.root, NOW)[0].reader]
    parcels = prepare(dossier, officer.identity, readers=people, counter=1, at=NOW)
    send(open_store(str(folder / "exchange")), parcels)
    into = f"sqlite:///{folder / 'warehouse.db'}"
    assert program("headoffice", "ingest", *secret, "--into", into)[1]["dossiers"] == 1
    for deliveries in (1, 0):
        told = program("headoffice", "publish", *secret, "--photos-from", into)[1]
        assert told == {"versions": {"warehouse_0001": 1}, "deliveries": deliveries}
    (pack,) = kept_packs(
        open_desk(office, "correct horse battery", issuing=False), PackKind.FINGERPRINTS, "warehouse_0001"
    )
    (listed,) = photolist.parse(pack.content)
    assert (listed.sha256, listed.fingerprint) == (digest(b"jpeg"), b"\x01"), "an older dossier is known by its bytes"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    dossier = a_dossier(house().officer)
    decision = a_decision(house().manager, dossier)
    root = house().root
    (tmp_path / "root.pem").write_bytes(root)
    write_bundle(tmp_path / "bundle", verify_dossier(dossier, root), [verify_decision(decision, root)], root_pem=root)
    return tmp_path / "bundle"


def test_a_changed_bundle_is_refused_by_name(bundle: Path) -> None:
    root = ("--root", bundle.parent / "root.pem")
    part = bundle / "parts" / "facts.json"
    part.write_bytes(part.read_bytes() + b" ")
    code, told, _ = program("dossier", "verify", bundle, *root)
    assert (code, told["ok"]) == (1, False)
    assert (told["error"]["code"], told["error"]["where"]) == ("BUNDLE_FILE_CHANGED", "parts/facts.json")
    assert (told["expected"], told["found"]) == ("30 bytes", "31 bytes")
    plain = subprocess.run(
        [sys.executable, "-m", "officer_app", "dossier", "verify", bundle, *root],
        capture_output=True,
        text=True,
        check=False,
    )
    assert plain.returncode == 1
    assert "WRONG parts/facts.json" in plain.stdout


def test_a_sound_bundle_is_told_in_the_readers_language(bundle: Path) -> None:
    words = ("dossier", "verify", bundle, "--root", bundle.parent / "root.pem")

    def said(*more: str) -> list[str]:
        command = [sys.executable, "-m", "officer_app", *map(str, words), *more]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    english, chinese = said(), said("--lang", "zh_CN")
    assert english[0].startswith("Holds: case ")
    assert any("signed by" in line and "(Branch manager)" in line for line in english)
    assert chinese[0].startswith("成立：案卷 ")
    assert any("（网点经理）" in line for line in chinese)
    assert len(english) == len(chinese)


def test_without_a_root_nothing_is_believed(bundle: Path) -> None:
    code, told, _ = program("dossier", "verify", bundle)
    assert (code, told["error"]["code"]) == (1, "ROOT_NEEDED")
    code, told, _ = program("dossier", "verify", bundle, "--root", bundle / "manifest.json")
    assert (code, told["error"]["code"]) == (1, "CERTIFICATE_UNREADABLE")
    code, told, _ = program("dossier", "verify", bundle / "nowhere", "--root", bundle.parent / "root.pem")
    assert (code, told["error"]["code"]) == (1, "BUNDLE_MISSING")
    assert program("dossier", "verify")[0] == 2


def test_products_go_out_as_a_workbook_and_come_back_as_the_next_number(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase")
    file, store = folder / "products.xlsx", ("--store", folder / "exchange")
    code, told, _ = program("headoffice", "products", *secret, "--out", file, "--lang", "en")
    assert (code, told["products"]) == (0, 6)
    code, told, _ = program("headoffice", "publish", *secret, *store, "--products", file, "--from", "2027-01-01")
    assert (code, told["versions"]) == (0, {"products": 1})
    code, told, _ = program("headoffice", "publish", *secret, *store, "--products", file, "--from", "2027-01-01")
    assert (code, told["versions"]) == (0, {"products": 1}), "the same again is the same version"
    book = load_workbook(file)
    book.worksheets[0].delete_rows(2)
    book.save(file)
    code, told, _ = program("headoffice", "publish", *secret, *store, "--products", file)
    assert (code, told["versions"]) == (0, {"products": 2})
    code, told, _ = program("headoffice", "products", *secret, "--out", file)
    assert (code, told["products"]) == (0, 5), "the list in force is the one to go on with"


def test_an_older_policy_is_not_published_again(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase")
    publish = ("headoffice", "publish", *secret, "--store", folder / "exchange", "--policy")
    text = (forms_folder() / "policy.toml").read_text(encoding="utf-8")
    older = folder / "older.toml"
    older.write_text(text.replace('version = "', 'version = "0.', 1), encoding="utf-8")
    code, told, _ = program(*publish, older)
    assert (code, told["error"]["code"]) == (1, "POLICY_NOT_LATER")
    assert program(*publish, forms_folder() / "policy.toml")[0] == 0, "the newest again is the same version"


def test_refusals_are_exit_1_with_a_code(office: Path) -> None:
    folder = office.parent
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase")
    (folder / "wrong").write_text("not the one\n")
    into, store = ("--into", f"sqlite:///{folder / 'w.db'}"), ("--store", folder / "exchange")
    for words, expected in (
        (("found", *secret, "--name", "又一家"), "DESK_EXISTS"),
        (("ingest", "--folder", office, "--passphrase-file", folder / "wrong", *store, *into), "WRONG_PASSPHRASE"),
        (("ingest", *secret, "--store", folder / "pulled", *into), "STORE_GONE"),
        (("ingest", *secret, *store, "--into", "mysql://x"), "WAREHOUSE_ADDRESS"),
        (("publish", *secret, *store, "--policy", folder / "passphrase"), "POLICY_NOT_TOML"),
        (("publish", *secret, *store, "--norms", folder / "passphrase"), "NORMS_NOT_TOML"),
        (("publish", *secret, *store, "--products", folder / "passphrase"), "PRODUCTS_NOT_TOML"),
    ):
        code, told, _ = program("headoffice", *words)
        assert (code, told["error"]["code"]) == (1, expected)
    king = ("--role", "king", "--branch", BRANCH, "--out", folder / "answer")
    assert program("headoffice", "enrol", folder / "wrong", *secret, *king)[0] == 2


def test_due_held_deleted_and_checked_by_a_stranger(office: Path) -> None:
    folder, ended = office.parent, NOW - timedelta(days=800)
    secret = ("--folder", office, "--passphrase-file", folder / "passphrase")
    store, into = ("--store", folder / "exchange"), ("--into", f"sqlite:///{folder / 'warehouse.db'}")
    officer = enrolled(office, "李明", Role.OFFICER, "0")
    manager = enrolled(office, "王芳", Role.MANAGER, "300000")
    dossier = a_dossier(officer.identity, at=NOW, applicant="欧阳秀兰测试")
    terms = {"amount": None, "term_months": None, "annual_rate": None}
    refusal = a_decision(manager.identity, dossier, NOW, outcome=Outcome.REFUSE, **terms)
    newer = {"case_id": "b" * 32, "case_number": "2026-0001", "dossier_id": "8" * 32, "frozen_at": NOW}
    second = a_dossier(officer.identity, at=NOW, **newer)
    yes = a_decision(manager.identity, second, NOW, case_id="b" * 32, case_number="2026-0001", record_id="7" * 32)
    office_reader = manager.roster.head_office(manager.identity.root, NOW)[0].reader
    for parcel, who, counter in (
        (dossier, officer, 1),
        (refusal, manager, 1),
        (second, officer, 2),
        (yes, manager, 2),
    ):
        sealed = prepare(parcel, who.identity, readers=[office_reader], counter=counter, at=NOW)
        send(open_store(str(folder / "exchange")), sealed)
    assert program("headoffice", "ingest", *secret, *store, *into)[1]["dossiers"] == 2
    # Nobody signs in the past: two years go by in the warehouse alone.
    with Warehouse(into[1]) as warehouse, warehouse.transaction() as connection:
        connection.execute(update(CASES).where(CASES.c.state == "refused").values(decided_at=ended))

    words = ("headoffice", "retention", *secret, *into)
    number = "2026-0417"
    before = {one["number"]: one for one in program(*words)[1]["cases"]}
    assert (before[number]["is_due"], before["2026-0001"]["is_due"]) == (True, False)
    assert program(*words, "--purge", *store)[1]["error"]["code"] == "WHY_MISSING"
    assert program(*words, "--hold", "1999-1", "--why", "法院")[0] == 2
    held = program(*words, "--hold", number, "--why", "法院")[1]["cases"]
    assert [one["hold"]["reason"] for one in held if one["held"]] == ["法院"]
    why = ("--why", "季度清理", "--by", "周敏")
    assert program(*words, "--purge", "--case", number, *store, *why)[1]["error"]["code"] == "CASE_NOT_DUE"
    assert program(*words, "--release", number, *why)[0] == 0
    code, told, _ = program(*words, "--purge", *store, *why, "--certificates", folder / "proofs")
    assert (code, len(told["purged"]["certificates"]), told["purged"]["away"], told["written"]) == (0, 1, [], 1)
    assert told["purged"]["pieces"] >= 2
    assert [one["number"] for one in told["cases"]] == ["2026-0001"]
    assert (told["deletions"][0]["case_number"], told["deletions"][0]["ordered_by"]) == (number, "周敏")
    (proof,) = (folder / "proofs").glob("*.json")
    root = ("--root", office / "root.pem")
    (checked,) = program("vault", "retention", "verify", proof, *root)[1]["certificates"]
    assert (checked["case_number"], checked["ordered_by"]) == (number, "周敏")
    assert program(*words, "--purge", *store, *why)[1]["purged"]["certificates"] == []
    assert program("headoffice", "retention", *secret, *into, "--case", number)[0] == 2
