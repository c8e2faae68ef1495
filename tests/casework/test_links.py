"""Links between cases over the real encrypted store: shared numbers, lists from head office, circles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.casework import packs, screening
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.correspondence import withdraw_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.dossier import people
from officer_app.headoffice.peoplelists import hashed
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import links
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage

ZHANG = "990101196812049175"
LI = "99010119700101001X"
WANG = "990101197505050031"


@pytest.fixture
def desk(founded_once: tuple[Path, HandClock], tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "demo"
    shutil.copytree(founded_once[0], folder)
    with desk_of(Demo(folder), Role.OFFICER, HandClock(founded_once[1].time)) as found:
        yield found


def person(name: str, number: str, **more: str) -> dict[str, str]:
    return {"name": name, "resident_id": number, **more}


def look(desk: Desk, name: str, tree: dict[str, Any]) -> tuple[CaseId, dict[str, Any]]:
    case = open_case(desk, NewCase(name)).id
    return case, again(desk, case, tree)


def again(desk: Desk, case: CaseId, tree: dict[str, Any]) -> dict[str, Any]:
    found = screening.looked_up(desk, case, tree)["screening"]
    assert isinstance(found, dict)
    return found


def test_a_shared_phone_is_found_in_both_cases(desk: Desk) -> None:
    first, nothing = look(desk, "张三", {"borrower": person("张三", ZHANG, phone="19900001234")})
    assert nothing["links"] == ()
    _, found = look(desk, "李四", {"borrower": person("李四", LI, phone="+86 199-0000-1234")})
    (shared,) = found["links"]
    assert shared["kind"] == "phone"
    assert shared["other_person"] == "张*"
    assert (shared["same_person"], shared["same_name"], shared["other_live"]) == ("no", "no", "yes")
    (back,) = again(desk, first, {"borrower": person("张三", ZHANG, phone="19900001234")})["links"]
    assert back["other_person"] == "李*"


def test_one_number_under_two_names_and_a_case_that_ended(desk: Desk) -> None:
    first, _ = look(desk, "张三", {"borrower": person("张三", ZHANG)})
    _, found = look(desk, "王小二", {"borrower": person("王小二", ZHANG)})
    assert [(one["same_person"], one["same_name"], one["other_live"]) for one in found["links"]] == [
        ("yes", "no", "yes")
    ]
    withdraw_case(desk, first, "不借了")
    _, later = look(desk, "张三", {"borrower": person("张三", ZHANG)})
    assert {one["other_case"]: one["other_live"] for one in later["links"]}[_number(desk, first)] == "no"


def test_people_of_one_household_share_an_address_without_a_link(desk: Desk) -> None:
    address = "城东街道建设路41号"
    look(desk, "李四", {"borrower": person("李四", LI, address=address)})
    wife = {"borrower": person("张三", ZHANG, address=address), "household": {"spouse": person("李四", LI)}}
    _, found = look(desk, "张三", wife)
    assert {one["kind"] for one in found["links"]} == {"resident_id"}  # the spouse borrows too: that is a link
    _, stranger = look(desk, "王五", {"borrower": person("王五", WANG, address=address)})
    assert "address" in {one["kind"] for one in stranger["links"]}


def test_a_number_that_was_corrected_is_no_longer_found(desk: Desk) -> None:
    first, _ = look(desk, "张三", {"borrower": person("张三", ZHANG, phone="19900001234")})
    again(desk, first, {"borrower": person("张三", ZHANG, phone="19900005678")})
    _, found = look(desk, "李四", {"borrower": person("李四", LI, phone="19900001234")})
    assert found["links"] == ()


def test_what_has_not_changed_is_not_written_again(desk: Desk) -> None:
    tree = {"borrower": person("张三", ZHANG, phone="19900001234")}
    case, _ = look(desk, "张三", tree)
    with desk.vault.reading() as tx:
        before = links.of_case(tx, case)
    again(desk, case, tree)
    with desk.vault.reading() as tx:
        assert links.of_case(tx, case) == before


def test_a_circle_through_three_cases_is_found(desk: Desk) -> None:
    """张三 is guaranteed by 李四, 李四 by 王五, and 王五 by 张三."""
    look(desk, "李四", {"borrower": person("李四", LI), "guarantors": [person("王五", WANG)]})
    look(desk, "王五", {"borrower": person("王五", WANG), "guarantors": [person("张三", ZHANG)]})
    _, found = look(desk, "张三", {"borrower": person("张三", ZHANG), "guarantors": [person("李四", LI)]})
    (ring,) = found["rings"]
    assert ring["persons"] == ("张*", "李*", "王*", "张*")
    assert len(ring["cases"]) == 2


def test_a_chain_that_does_not_close_is_no_circle(desk: Desk) -> None:
    look(desk, "李四", {"borrower": person("李四", LI), "guarantors": [person("王五", WANG)]})
    _, found = look(desk, "张三", {"borrower": person("张三", ZHANG), "guarantors": [person("李四", LI)]})
    assert found["rings"] == ()


def test_a_large_village_of_guarantors_ends(desk: Desk) -> None:
    """Everybody is guaranteed by the next four: the search stops at its bounds and still answers."""
    numbers = [f"{n:018}" for n in range(20)]
    for n, number in enumerate(numbers):
        around = [person(f"人{m % 20}", numbers[m % 20]) for m in range(n + 1, n + 5)]
        _, found = look(desk, f"人{n}", {"borrower": person(f"人{n}", number), "guarantors": around})
    assert 0 < len(found["rings"]) <= 40


def test_the_number_from_the_opening_counts_until_the_visit_asks(desk: Desk) -> None:
    look(desk, "张三", {"borrower": person("张三", ZHANG)})
    case = open_case(desk, NewCase("张三", resident_id=ZHANG)).id
    assert [one["kind"] for one in again(desk, case, {})["links"]] == ["resident_id"]


def test_a_link_reaches_the_list_of_contradictions(desk: Desk) -> None:
    look(desk, "李四", {"borrower": person("李四", LI, phone="19900001234")})
    case = open_case(desk, NewCase("张三", resident_id=ZHANG, phone="19900001234")).id
    keys = {one.key.partition(":")[0] for one in findings_of(desk, case).contradictions}
    assert "SHARED_CONTACT" in keys


LIST = f"""kind,number,list,reason,since,until
resident_id,{ZHANG},black,拒不还款,2026-01-05,
phone,138 0000 1234,grey,多头借贷,2026-01-05,2026-01-31
resident_id,{LI},good_payer,三笔按时结清,2025-01-01,
"""


def test_head_office_lists_reach_the_case_without_names(desk: Desk) -> None:
    content = hashed(LIST.encode(), key=bytes(32))
    assert ZHANG.encode() not in content
    with desk.vault.writing() as tx:
        packs.add(tx, packs.PEOPLE, packs.PEOPLE_LIST, 1, content)
    _, found = look(desk, "张三", {"borrower": person("张三", ZHANG, phone="13800001234")})
    assert [(one["of"], one["list"], one["reason"]) for one in found["hits"]] == [
        ("borrower.resident_id", "black", "拒不还款")
    ]  # the phone's entry ran out in January
    assert local_date(desk.clock.now()).isoformat() > "2026-01-31"
    with desk.vault.writing() as tx:
        packs.add(tx, packs.PEOPLE, packs.PEOPLE_LIST, 2, hashed(b"kind,number,list,reason,since,until\n"))
    _, later = look(desk, "张三", {"borrower": person("张三", ZHANG)})
    assert later["hits"] == ()


@pytest.mark.parametrize(
    ("line", "table"),
    [
        ("line 1", "number,kind\n1,2\n"),
        ("line 2", "kind,number,list,reason,since,until\nname,张三,black,x,,\n"),
        ("line 2", "kind,number,list,reason,since,until\nphone,12,black,x,,\n"),
        ("line 3", "kind,number,list,reason,since,until\nphone,13800001234,black,x,,\nphone,13800001234,red,x,,\n"),
        ("line 2", "kind,number,list,reason,since,until\nphone,13800001234,black,,,\n"),
        ("line 2", "kind,number,list,reason,since,until\nphone,13800001234,black,x,2026-02-30,\n"),
        ("line 2", "kind,number,list,reason,since,until\nphone,13800001234,black,x,2026-02-02,2026-01-01\n"),
    ],
)
def test_a_wrong_line_of_the_list_is_named(line: str, table: str) -> None:
    with pytest.raises(Fault) as caught:
        hashed(table.encode())
    assert (caught.value.code, caught.value.where) == (Code.PEOPLE_FILE, line)


@pytest.mark.parametrize("place", range(0, 400, 7))
def test_a_changed_byte_of_the_list_is_refused_or_still_a_list(place: int) -> None:
    content = bytearray(hashed(LIST.encode(), key=bytes(32)))
    content[place % len(content)] ^= 0x15
    assert _entries_or_code(bytes(content)) in (3, Code.PACK_BROKEN)


def test_a_dossier_that_arrived_is_remembered_by_the_manager(fetched_once: Stage, tmp_path: Path) -> None:
    fetched = fetched_once.copy(tmp_path / "demo")
    with desk_of(fetched.demo, Role.MANAGER, fetched.clock) as manager, manager.vault.reading() as tx:
        kinds = {link.kind for link in links.of_case(tx, fetched.case)}
    assert "resident_id" in kinds


def _entries_or_code(content: bytes) -> int | Code:
    try:
        return len(people.parse(content).entries)
    except Fault as fault:
        return fault.code


def _number(desk: Desk, case: CaseId) -> str:
    from officer_app.casework.cases import read_case

    return read_case(desk, case).number
