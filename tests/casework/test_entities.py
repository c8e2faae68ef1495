"""Entities of finished visits: kept in the vault, read by later checklists, made anew when a visit is corrected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import etree

from officer_app.casework import packs, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.entities import entities_of
from officer_app.casework.interchange import instance_of
from officer_app.checklists.bundles import Bundle, bundled
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import audit
from tests.support.demo import HandClock, desk_of
from tests.support.entity_forms import register_form, return_form


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        with desk.vault.writing() as tx:
            packs.add(tx, packs.FORM, "stall_register", 1, register_form())
            packs.add(tx, packs.FORM, "stall_return", 1, return_form())
        yield desk


def _begun(desk: Desk, form: str, **told: str) -> visits.Visit:
    case = open_case(desk, NewCase("测试人"))
    visit = visits.begin_visit(desk, case.id, form_name=form)
    for name, text in told.items():
        visits.answer(desk, visit, f"/data/{name}", text)
    return visit


def _registered(desk: Desk) -> visits.Visit:
    return _begun(desk, "stall_register", stall_name="豆腐摊", lane="东二", fixed="yes")


def _stalls(desk: Desk) -> list[tuple[str, int, str]]:
    with desk.vault.reading() as tx:
        return [(one.label, one.version, one.properties["lane"]) for one in entities_of(tx, "stalls")]


def test_a_finished_visit_makes_it_and_a_draft_does_not(desk: Desk) -> None:
    visit = _registered(desk)
    assert _stalls(desk) == []
    visits.finish_visit(desk, visit)
    assert _stalls(desk) == [("豆腐摊, 东二", 1, "东二")]


def test_a_corrected_visit_makes_it_anew_and_not_twice(desk: Desk) -> None:
    visit = _registered(desk)
    visits.finish_visit(desk, visit)
    visits.finish_visit(desk, visit)
    visits.answer(desk, visit, "/data/lane", "东三")
    visits.finish_visit(desk, visit)
    assert _stalls(desk) == [("豆腐摊, 东三", 1, "东三")]
    visits.answer(desk, visit, "/data/fixed", "no")
    visits.finish_visit(desk, visit)
    assert _stalls(desk) == []
    with desk.vault.reading() as tx:
        assert [event.kind for event in audit.events(tx)].count("entities_made") == 3


def test_a_later_checklist_of_another_case_reads_and_changes_it(desk: Desk) -> None:
    visits.finish_visit(desk, _registered(desk))
    later = _begun(desk, "stall_return")
    (choice,) = later.session.choices("/data/stall", "default")
    assert choice.label == "豆腐摊, 东二"
    visits.answer(desk, later, "/data/stall", choice.name)
    assert later.session.value("/data/was") == "东二"
    visits.answer(desk, later, "/data/new_lane", "西一")
    visits.finish_visit(desk, later)
    assert _stalls(desk) == [("豆腐摊, 东二", 2, "西一")]
    (_name, xml), *_ = instance_of(desk, later.record.id).files
    (entity,) = etree.fromstring(xml).iter("{*}entity")
    assert (entity.get("dataset"), entity.get("id"), entity.get("update")) == ("stalls", choice.name, "true")


def test_a_further_visit_ends_the_one_before_with_what_it_made(desk: Desk) -> None:
    first = _registered(desk)
    visits.begin_visit(desk, first.case, form_name="stall_return")
    assert _stalls(desk) == [("豆腐摊, 东二", 1, "东二")]


def test_a_pack_brings_its_files_and_visits_add_to_them(desk: Desk) -> None:
    table = "name,label,lane,__version\nold,老摊,北一,3\n".encode()
    body = bundled(Bundle(return_form(), {"stalls.csv": table}))
    with desk.vault.writing() as tx:
        packs.add(tx, packs.FORM, "stall_return", 2, body)
    visits.finish_visit(desk, _registered(desk))
    later = _begun(desk, "stall_return", stall="old")
    assert [choice.label for choice in later.session.choices("/data/stall", "default")] == ["老摊", "豆腐摊, 东二"]
    assert later.session.value("/data/was") == "北一"
    visits.answer(desk, later, "/data/new_lane", "北二")
    (_name, xml), *_ = instance_of(desk, later.record.id).files
    (entity,) = etree.fromstring(xml).iter("{*}entity")
    assert (entity.get("baseVersion"), entity.get("id")) == ("3", "old")
    visits.finish_visit(desk, later)
    again = _begun(desk, "stall_return", stall="old")
    assert again.session.value("/data/was") == "北二"
