"""What a lane demands keeps a case from being handed over, and every line leads to a question that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import gate, papers, submission, visits
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings, findings_of
from officer_app.casework.gate import Gap, Lacking
from officer_app.casework.lane_checks import Demanded, demanded
from officer_app.casework.openings import Openings
from officer_app.casework.visits import Visit
from officer_app.credit.reading import FactNode
from officer_app.training import seeding
from officer_app.training.demo_cases import read_demo_case
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.training.visit_steps import visit_steps
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.files import settle

# What the salon's plain questions leave out: everything behind a tick, and what may be left blank.
CLOSED = ("consents", "credit_report", "public_records", "site_visit")
# The lines that a full visit of 40,000 with a pledged flat and a QR code then meets, as the checks are ordered.
OWED = [
    "ROUTES_ENOUGH", "CASHLESS_SHARE", "DEBTS_REPORT", "REPORT_OVERDUE", "REPORT_LATE", "REPORT_QUERIES",
    "CONSENT_BEFORE_QUERY", "REPORT_FRESH", "REPORT_KIND", "PUBLIC_RECORDS", "PUBLIC_RECORDS_FOUND", "RENT", "LEASE",
    "RELATED_STAFF", "SPOUSE", "PLEDGE_LAW", "PLEDGE_OWNER", "QUOTATION",
]  # fmt: skip


def plain(told: Mapping[str, FactNode]) -> dict[str, FactNode]:
    """The salon as an officer leaves it who opens no part and fills in no more than he must."""
    kept = {name: node for name, node in told.items() if name not in CLOSED}
    return {
        **kept,
        "borrower": without(kept["borrower"], "marital_status", "staff_relation", "gift_offered"),
        "household": without(kept["household"], "spouse"),
        "premises": {"tenure": "rented"},
        "sales": {
            **without(kept["sales"], "last_sales"),
            "routes": [without(route, "mouth", "evidence") for route in rows(kept["sales"], "routes")],
        },
        "collateral": [
            without(item, "owner_relation", "co_owners_agree", "deed_seen", "law_class", "registrable")
            for item in rows(kept, "collateral")
        ],
        "application": {
            **without(kept["application"]),
            "purpose_items": [
                without(item, "quotation_seen", "seller", "quotation_date", "unit_price_checked")
                for item in rows(kept["application"], "purpose_items")
            ],
        },
    }


def without(node: FactNode, *names: str) -> dict[str, FactNode]:
    assert isinstance(node, Mapping)
    return {name: below for name, below in node.items() if name not in names}


def rows(node: FactNode, name: str) -> list[FactNode]:
    assert isinstance(node, Mapping)
    found = node[name]
    assert isinstance(found, list)
    return found


def visited_plainly(desk: Desk, clock: HandClock, *, photos: bool = True) -> Visit:
    case = read_demo_case("salon", clock.now())
    _, visit = seeding.open_demo_case(desk, case)
    steps = visit_steps(plain(case.facts), visit.session.form, clock, {**seeding.UNBOUND, **case.said})
    seeding.fill(desk, visit, steps)
    clock.move(minutes=60)
    if photos:
        seeding.photograph(desk, visit, case)
    return visit


def look(desk: Desk, visit: Visit) -> Findings:
    return findings_of(desk, visit.case, visit)


def lines(desk: Desk, visit: Visit) -> list[Demanded]:
    return list(demanded(visit.session, look(desk, visit)))


def line(desk: Desk, visit: Visit, check: str) -> Demanded | None:
    own = (check, f"{check}_QR")  # a check of each QR route bears its name
    return next((one for one in lines(desk, visit) if one.check.id in own), None)


def shown(visit: Visit, ref: str) -> bool:
    return visit.session.question(ref, ENGLISH).relevant


def test_a_visit_that_answers_only_the_plain_questions_is_not_handed_over(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock)
        settle(officer, visit)
        found = look(officer, visit)
        assert found.lane is not None
        assert found.lane.name == "standard"
        assert [one.check.id for one in lines(officer, visit)] == OWED
        lacking = gate.gaps(officer, visit, found)
        assert {gap.kind for gap in lacking} == {Lacking.CHECK}
        assert len(lacking) == len(OWED)
        with pytest.raises(Fault) as refused:
            submission.submit(officer, visit, PASSPHRASE)
        assert refused.value.code is Code.CASE_INCOMPLETE
        assert refused.value.parameters["count"] == len(OWED)


def test_every_line_leads_to_a_question_that_is_asked(demo: Demo, clock: HandClock) -> None:
    """And says what to choose there where the answer stands in a closed part."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        found: list[Gap] = [
            gap for gap in gate.gaps(officer, visit, look(officer, visit)) if gap.kind is Lacking.CHECK
        ]
        for gap in found:
            assert shown(visit, gap.ref)
            assert say(gap.words, CHINESE) != say(gap.words, ENGLISH)
            assert say(gap.section, CHINESE)
        said = {say(gap.words, CHINESE): (say(gap.how, CHINESE), gap.ref) for gap in found if gap.how is not None}
        assert said["公开信息查询：本案必须做"] == (
            "先在“手续上做了什么”里选“查了公开登记”",
            "/data/papers/more_papers",
        )
        assert said["租金与经营费用：本案必须做"][0] == "先在“生意上还看了什么”里选“店面细看”"


def follow(officer: Desk, visit: Visit, check: str, choice: str, answers: list[str]) -> None:
    """Open the part that a line names, then answer what it leads to, until the line is gone."""
    one = line(officer, visit, check)
    assert one is not None
    visits.answer(officer, visit, one.ref, choice)
    for text in answers:
        one = line(officer, visit, check)
        assert one is not None
        assert shown(visit, one.ref)
        visits.answer(officer, visit, one.ref, text)
    assert line(officer, visit, check) is None


def test_a_line_is_followed_to_its_end(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        follow(officer, visit, "RELATED_STAFF", "our_staff", ["no"])
        follow(officer, visit, "RENT", "site", ["6200"])
        follow(officer, visit, "REPORT_KIND", "yes", ["full"])
        follow(officer, visit, "LEASE", "2029-01-01", ["yes", "2026-10-08"])
        follow(officer, visit, "PLEDGE_LAW", "ordinary", [])
        follow(officer, visit, "CASHLESS_SHARE", "last_sales", ["20", "17"])
        # The day of the consent, then the day of the query, which the report's part has opened already.
        follow(officer, visit, "CONSENT_BEFORE_QUERY", "consents", ["2026-10-05", "2026-10-06"])


def test_who_is_single_owes_no_spouse(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        follow(officer, visit, "SPOUSE", "single", [])


def test_a_guarantor_leads_to_his_own_row(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        visits.answer(officer, visit, "/data/guarantor_section/has_guarantors", "yes")
        place = "/data/guarantor_section/guarantor"
        while f"{place}[2]/guarantor_block/guarantor_name" not in visit.session.state():
            visits.add_repeat(officer, visit, place)
        told = {"relation": "朋友", "income": "9000", "household": "3000", "debt": "0"}
        for row in (f"{place}[{number}]/guarantor_block/" for number in (1, 2)):
            for name, text in told.items():
                visits.answer(officer, visit, f"{row}guarantor_{name}", text)
        first = line(officer, visit, "GUARANTOR_MEANS")
        assert first is not None
        assert first.ref == f"{place}[1]/guarantor_block/more_of_guarantor"


# --- does not apply, because ------------------------------------------------------------------------------------

HAS_BILLS, NO_BILLS = "/data/signs/has_bills", "/data/signs/no_bills_reason"
TENURE, NO_LEASE, NO_RENT = (
    f"/data/business/premises/{name}" for name in ("premises_tenure", "no_lease_reason", "no_rent_reason")
)
WELL = "和房东合用一个电表，水是自家井水"
BROTHER = "哥哥的老屋白给他用，哥哥当面说的"


def keys(found: Findings) -> set[str]:
    return {one.key for one in found.open}


def test_bills_that_are_not_there_are_left_out_for_a_reason(demo: Demo, clock: HandClock) -> None:
    """Without one it stays a thing to explain; with one it is printed with the checks."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        visits.answer(officer, visit, HAS_BILLS, "no")
        assert "NOT_CHECKED:UTILITIES" in keys(look(officer, visit))
        visits.answer(officer, visit, NO_BILLS, "没有")
        assert "NOT_CHECKED:UTILITIES" in keys(look(officer, visit))
        assert NO_BILLS in {gap.ref for gap in gate.gaps(officer, visit, look(officer, visit))}
        visits.answer(officer, visit, NO_BILLS, WELL)
        found = look(officer, visit)
        assert "NOT_CHECKED:UTILITIES" not in keys(found)
        assert [one.reason for one in found.assessment.left_out] == [WELL]
        memo = papers.preview(officer, visit, found, CHINESE)
        text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(memo)).pages)
        assert f"水电、电话和房租拖欠：{WELL}" in text
        visits.answer(officer, visit, HAS_BILLS, "yes")
        assert look(officer, visit).assessment.left_out == ()


def test_lent_premises_lead_to_the_reason(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        visits.answer(officer, visit, TENURE, "borrowed")
        for check, ref in (("LEASE", NO_LEASE), ("RENT", NO_RENT)):
            one = line(officer, visit, check)
            assert one is not None
            assert one.ref == ref
            visits.answer(officer, visit, ref, "没有没有没有")
            thin = line(officer, visit, check)
            assert thin is not None
            assert thin.how is not None
            assert "不算理由" in say(thin.how, CHINESE)
            visits.answer(officer, visit, ref, BROTHER)
            assert line(officer, visit, check) is None


def test_own_premises_are_asked_for_nothing(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        visits.answer(officer, visit, TENURE, "owned")
        assert not shown(visit, NO_LEASE)
        assert not shown(visit, NO_RENT)
        assert {"RENT", "LEASE"}.isdisjoint(one.check.id for one in lines(officer, visit))


def test_what_is_asked_needs_no_opening(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = visited_plainly(officer, clock, photos=False)
        assert Openings(visit.session, ()).to(TENURE) is None
