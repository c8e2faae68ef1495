"""The norms of the trades: head office's own file over the shipped ones, and a norm among a route's answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import delivery
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.norms import NormedRoute, choosing, laid_over, normed_routes, norms_in_force, shipped_norms
from officer_app.casework.visits import Visit, add_repeat, answer, begin_visit, pending, save, undo
from officer_app.credit.figures import Missing
from officer_app.dossier.records import PackKind
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.publishing import publish
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of

FLOUR = "noodle_shop.flour"
OWN = """
[[norms]]
id = "noodle_shop.flour"
value = 165
low = 140
"""
# The value lies below the lowest: 120 is the shipped lowest, and 100 < 120.
BROKEN = b'[[norms]]\nid = "noodle_shop.flour"\nvalue = 100\n'
ROUTE = "/data/sales/route[1]/route_block"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


def published(demo: Demo, clock: HandClock, content: bytes) -> int:
    office = open_desk(demo.head_office, PASSPHRASE)
    return publish(office, demo.store, kind=PackKind.NORMS, name="norms", content=content, clock=clock)


def test_the_shipped_library_holds_until_head_office_sends_its_own(demo: Demo, clock: HandClock, desk: Desk) -> None:
    shipped = norms_in_force(desk)
    assert (shipped.version, shipped.norms.overridden, shipped.norms.by_id[FLOUR].value) == (0, (), 155)
    assert published(demo, clock, OWN.encode()) == 1
    assert delivery.sync(desk, demo.store).packs == 1
    own = norms_in_force(desk)
    assert (own.version, own.norms.by_id[FLOUR].value, own.norms.by_id[FLOUR].high) == (1, 165, 185)
    assert [(one.field, one.was, one.now) for one in own.norms.overridden] == [
        ("value", "155", "165"),
        ("low", "120", "140"),
    ]
    assert len(own.norms.by_id) == len(shipped_norms().by_id)


def test_the_newest_file_lies_over_the_shipped_library_and_not_over_the_one_before(
    demo: Demo, clock: HandClock, desk: Desk
) -> None:
    published(demo, clock, OWN.encode())
    published(demo, clock, b'[[norms]]\nid = "noodle_shop.flour"\nhigh = 200\n')
    assert delivery.sync(desk, demo.store).packs >= 1
    flour = norms_in_force(desk).norms.by_id[FLOUR]
    assert (norms_in_force(desk).version, flour.low, flour.value, flour.high) == (2, 120, 155, 200)


@pytest.mark.parametrize(
    ("content", "code"),
    [(BROKEN, Code.NORM_WRONG), (b"norms = [", Code.NORMS_NOT_TOML), (b"\xff\xfe", Code.NORMS_NOT_TOML)],
)
def test_a_broken_file_stays_in_quarantine(
    demo: Demo, clock: HandClock, desk: Desk, content: bytes, code: Code
) -> None:
    """The round goes on, the norms here stay as they were, and the reason is kept."""
    published(demo, clock, content)
    done = delivery.sync(desk, demo.store)
    assert ([fault.code for fault in done.quarantined], done.packs) == ([code], 0)
    assert len(delivery.status(desk).quarantined) == 1
    assert norms_in_force(desk).version == 0
    published(demo, clock, OWN.encode())
    assert delivery.sync(desk, demo.store).packs == 1
    assert norms_in_force(desk).version == 2


def test_a_file_that_does_not_fit_is_refused_by_place() -> None:
    with pytest.raises(Fault) as caught:
        laid_over(BROKEN)
    assert (caught.value.code, caught.value.where) == (Code.NORM_WRONG, "norms[0].value")


# --- a norm among the answers --------------------------------------------------------------------------------------


@pytest.fixture
def visit(desk: Desk) -> Visit:
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳")).id)
    add_repeat(desk, visit, "/data/sales/route")
    return visit


def routes(visit: Visit) -> list[NormedRoute]:
    return list(normed_routes(visit.session.section("/data/sales", "zh_CN")))


def chosen(desk: Desk, visit: Visit, norm: str) -> None:
    answers = choosing(routes(visit)[0], shipped_norms().by_id[norm], "zh_CN")
    save(desk, pending(visit, visit.session.set_all(answers)))


def test_a_kind_without_a_norm_takes_none(desk: Desk, visit: Visit) -> None:
    answer(desk, visit, f"{ROUTE}/route_kind", "cashless")
    assert routes(visit) == []
    answer(desk, visit, f"{ROUTE}/route_kind", "output_proxy")
    assert [(route.normed, route.chosen) for route in routes(visit)] == [("output_per_unit", "")]


def test_a_chosen_norm_becomes_facts_of_the_route_and_is_taken_back_whole(desk: Desk, visit: Visit) -> None:
    answer(desk, visit, f"{ROUTE}/route_kind", "output_proxy")
    before = visit.session.answers()
    chosen(desk, visit, FLOUR)
    tree = findings_of(desk, visit.case, visit).assessment.facts.sales.routes
    assert isinstance(tree, tuple)
    inputs = tree[0].inputs
    assert (inputs.norm, inputs.norm_low, inputs.norm_high) == (FLOUR, 120, 185)
    # The figure itself is measured: taken from the norm it would pass the norm's own check.
    assert isinstance(inputs.output_per_unit, Missing)
    assert inputs.norm_source == "本地经验值"
    undo(desk, visit)
    assert visit.session.answers() == before


def test_a_measured_figure_stays_and_the_check_speaks_of_it(desk: Desk, visit: Visit) -> None:
    """250 bowls from a bag for which 120 to 185 are usual: outside of the range with any tolerance of the policy."""
    answer(desk, visit, f"{ROUTE}/route_kind", "output_proxy")
    answer(desk, visit, f"{ROUTE}/route_output_per_unit", "250")
    chosen(desk, visit, FLOUR)
    assessment = findings_of(desk, visit.case, visit).assessment
    checks = [check for check in assessment.checks if check.id.startswith("NORM_")]
    assert [check.verdict.value for check in checks] == ["failed"]
    answer(desk, visit, f"{ROUTE}/route_output_per_unit", "150")
    again = findings_of(desk, visit.case, visit).assessment
    assert [check.verdict.value for check in again.checks if check.id.startswith("NORM_")] == ["passed"]
