"""Entities: what a filling makes of them, what the instance says, and the lists that later forms read."""

from __future__ import annotations

import random
import re

from lxml import etree

from officer_app.checklists.entities import Entity, EntityChange, list_with, standing
from officer_app.checklists.form import read_form
from officer_app.checklists.session import FormSession
from officer_app.checklists.workbook import Workbook, xform_of
from tests.support.entity_forms import register_form, return_form
from tests.support.forms import StillClock, opened

SURVEY = """| survey |
| | type | name | label | save_to |
| | text | market | Market | |
| | begin_repeat | stall | Stall | |
| | text | stall_name | Name | stall_name |
| | end_repeat | | | |

| entities |
| | list_name | label |
| | stalls | ${stall_name} |
"""


def _registered(*, fixed: str = "yes") -> FormSession:
    session = opened(read_form(register_form()))
    for name, text in (("stall_name", "豆腐摊"), ("lane", "东二"), ("fixed", fixed)):
        session.set(f"/data/{name}", text)
    return session


def test_an_entity_is_made_when_its_condition_holds() -> None:
    (made,) = _registered().entities()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made.name)
    assert (made.list_name, made.label, made.creates, made.updates) == ("stalls", "豆腐摊, 东二", True, False)
    assert made.properties == {"stall_name": "豆腐摊", "lane": "东二"}
    assert _registered(fixed="no").entities() == ()


def test_the_instance_says_what_the_specification_asks_for() -> None:
    session = _registered()
    (entity,) = etree.fromstring(session.finalised()).iter("{*}entity")
    (made,) = session.entities()
    assert dict(entity.attrib) == {"dataset": "stalls", "create": "true", "id": made.name}
    assert entity.findtext("{*}label") == "豆腐摊, 东二"


def test_a_draft_keeps_the_id_of_its_entity() -> None:
    session = _registered()
    again = opened(read_form(register_form()), session.answers())
    assert again.entities() == session.entities()
    assert again.orphans == {}


def test_a_later_form_chooses_reads_and_changes_it() -> None:
    stalls = standing(_registered().entities())
    form = read_form(return_form())
    chance = random.Random(1)  # noqa: S311  the same in every run
    session = FormSession(form, StillClock(), chance, lists={"stalls": list_with(form.lists["stalls"], stalls)})
    (choice,) = session.choices("/data/stall", "default")
    assert (choice.name, choice.label) == (stalls[0].name, "豆腐摊, 东二")
    session.set("/data/stall", choice.name)
    assert session.value("/data/was") == "东二"
    assert session.entities() == ()
    session.set("/data/new_lane", "西一")
    (change,) = session.entities()
    assert (change.name, change.properties, change.updates) == (choice.name, {"lane": "西一"}, True)
    (entity,) = etree.fromstring(session.finalised()).iter("{*}entity")
    assert entity.get("baseVersion") == "1"
    (now,) = standing([*_registered_change(stalls[0]), change])
    assert (now.version, now.label) == (2, "豆腐摊, 东二")
    assert now.properties == {"stall_name": "豆腐摊", "lane": "西一"}


def _registered_change(entity: Entity) -> list[EntityChange]:
    return [EntityChange("stalls", entity.name, entity.label, entity.properties, creates=True, updates=False)]


def test_each_row_makes_its_own() -> None:
    form = read_form(xform_of(Workbook.read(SURVEY.encode(), "market.md"))[0])
    session = opened(form)
    session.add_repeat("/data/stall")
    for number, name in enumerate(("豆腐摊", "鱼摊"), start=1):
        session.set(f"/data/stall[{number}]/stall_name", name)
    made = session.entities()
    assert [each.properties for each in made] == [{"stall_name": "豆腐摊"}, {"stall_name": "鱼摊"}]
    assert len({each.name for each in made}) == 2
    session.remove_repeat("/data/stall", 1)
    assert session.entities() == made[1:]


def test_rows_that_came_with_the_form_stay_beside_those_made_here() -> None:
    base = list_with(None, [Entity("a", "A", 3, {"lane": "1"}), Entity("b", "B", 1, {})])
    merged = list_with(base, [Entity("a", "A2", 2, {"lane": "9"}), Entity("c", "C", 1, {})])
    rows = [{child.key: child.text() for child in item.children} for item in merged.children[0].children]
    assert [row["name"] for row in rows] == ["a", "b", "c"]
    assert (rows[0]["label"], rows[0]["__version"], rows[0]["lane"]) == ("A2", "5", "9")
    assert rows[0]["__trunkVersion"] == "3"
    assert [item for root in base.children for item in root.children if item.named["label"][0].text() == "A2"] == []


def test_what_is_not_chosen_changes_nothing() -> None:
    assert opened(read_form(return_form())).entities() == ()
