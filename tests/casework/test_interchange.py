"""A visit out of the vault: as an instance that ODK's engine takes in whole, and its log as ODK writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from officer_app.casework import packs, visitlog, visits
from officer_app.casework.interchange import instance_of
from officer_app.checklists.visitlog import Event
from officer_app.cli.main import run
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import audit
from tests.support.demo import desk_of
from tests.support.javarosa import lacking, taken_in
from tests.support.stages import Stage

PERSONS = "/data/person/family/household_persons"


@pytest.fixture
def ready(ready_once: Stage, tmp_path: Path) -> Stage:
    return ready_once.copy(tmp_path / "demo")


def _leaves(xml: bytes) -> list[tuple[str, str]]:
    found = []

    def walk(element: etree._Element, above: str) -> None:
        path = f"{above}/{etree.QName(element).localname}"
        if len(element) == 0 and element.text:
            found.append((path, element.text.replace("\n", "\\n")))
        for child in element:
            walk(child, path)

    walk(etree.fromstring(xml), "")
    return found


@pytest.mark.timeout(300)
def test_odks_engine_takes_every_answer_in(ready: Stage, tmp_path: Path) -> None:
    if missing := lacking():
        pytest.skip(missing)
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as desk:
        record = visits.resume_visit(desk, ready.visit).record
        assert record.form_pack is not None
        form = packs.pack_by_id(desk, record.form_pack).body
        instance = instance_of(desk, ready.visit)
    xml = next(data for name, data in instance.files if name.endswith(".xml"))
    told = _leaves(xml)
    assert len(told) > 100
    there = taken_in(form, xml, tmp_path)
    lost = [path for path, _value in told if path not in {other for other, _ in there}]
    assert lost == []
    assert [value for path, value in there if path == "/data/person/family/household_persons"] == [
        value for path, value in told if path == "/data/person/family/household_persons"
    ]


def test_the_command_writes_a_folder_for_each_visit(
    ready: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as desk:
        visit = visits.resume_visit(desk, ready.visit)
        visitlog.sit_down(desk, visit, fresh=False)
        assert visit.log is not None
        visit.log.answered(PERSONS, visit.session.value(PERSONS), "5")
        visits.answer(desk, visit, PERSONS, "5")
        visitlog.finish(desk, visit, Event.EXIT)
        login = desk.user.login
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    access = ["--data", str(ready.demo.data(Role.OFFICER)), "--user", login]
    access += ["--passphrase-file", str(tmp_path / "passphrase"), "--json"]
    out = tmp_path / "out"
    assert run(["visit", "export", "--case", "2026-0001", "--out", str(out), *access]) == 0
    told = [Path(file) for file in json.loads(capsys.readouterr().out)["files"]]
    assert [file.relative_to(out).as_posix() for file in told] == [
        "2026-0001-business_visit-1/2026-0001-business_visit-1.xml",
        "2026-0001-business_visit-1/audit.csv",
    ]
    assert ("/data/person/family/household_persons", "5") in _leaves(told[0].read_bytes())
    lines = told[1].read_text(encoding="utf-8").splitlines()
    assert lines[0] == "event,node,start,end,old-value,new-value,user"
    assert any(PERSONS in line for line in lines)
    assert run(["visit", "export", "--case", "2026-0001", "--visit", "2", "--out", str(out), *access]) == 2
    assert run(["visit", "export", "--case", "1999-0001", "--out", str(out), *access]) == 2
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as desk, desk.vault.reading() as tx:
        assert [event.kind for event in audit.events(tx, ready.visit)].count("visit_exported") == 1
