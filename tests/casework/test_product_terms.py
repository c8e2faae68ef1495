"""Head office's list of products: its own pack, kept by drafts, named by files and decisions, judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, Bilingual, say
from officer_app.casework import decisions, delivery, packs, productterms, review, submission, visits, whatif
from officer_app.casework.cases import NewCase, open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings, findings_of
from officer_app.credit.policy import read_policy
from officer_app.credit.productlist import products_text, read_products
from officer_app.credit.products import PRODUCTS, Product, Span
from officer_app.dossier import manifest as manifests
from officer_app.dossier.judgedby import judged_by
from officer_app.dossier.officerecords import PackNote, pack_to_bytes
from officer_app.dossier.records import PackKind, parse_decision
from officer_app.exchange.contents import verify_pack
from officer_app.exchange.parcels import pack_parcel
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.publishing import publish
from officer_app.headoffice.reassessing import reassess_all
from officer_app.headoffice.tables import DOSSIERS, FACTS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.trust.signing import sign
from officer_app.vault import packs as kept
from tests.support.demo import desk_of
from tests.support.files import settle
from tests.support.stages import Stage, approval
from tests.support.worked import SHIPPED_POLICY

SHIPPED = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))[PRODUCTS]
LEAST_RATE = Span(Decimal(1), Decimal(2))
FITS = "PRODUCT_FITS"
ASKED = "流动资金贷款"


@pytest.fixture
def ready(ready_once: Stage, tmp_path: Path) -> Stage:
    return ready_once.copy(tmp_path / "demo")


def changed(asked: str, change: Callable[[Product], Product | None]) -> bytes:
    """The shipped products with another one, or none, in the place of the one asked for."""
    rows = (change(one) if asked in (one.id, one.name.chinese, one.name.english) else one for one in SHIPPED)
    return products_text([one for one in rows if one is not None]).encode()


def wider(asked: str) -> bytes:
    """Nothing that speaks against the case: only the longest term is another."""
    return changed(asked, lambda one: replace(one, term=Span(Decimal(1), Decimal(60))))


def cheaper(asked: str) -> bytes:
    return changed(asked, lambda one: replace(one, rate=LEAST_RATE, prices={}))


def published(stage: Stage, content: bytes, first: date | None = None) -> int:
    return publish(
        open_desk(stage.demo.head_office, PASSPHRASE),
        stage.demo.store,
        kind=PackKind.PRODUCTS,
        name="products",
        content=content,
        clock=stage.clock,
        effective_from=first,
    )


def seen(desk: Desk, stage: Stage) -> Findings:
    visit = visits.resume_visit(desk, stage.visit)
    return findings_of(desk, visit.case, visit)


def fitting(findings: Findings) -> str:
    """What the check of the request against the product says."""
    return next(say(one.sentence, ENGLISH) for one in findings.assessment.checks if one.id == FITS)


@pytest.fixture
def named(ready: Stage) -> Stage:
    """The same case, asking for a product by its name."""
    clock = ready.clock
    with desk_of(ready.demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, ready.visit)
        visits.answer(desk, visit, "/data/application/more_application", "timing")
        visits.answer(desk, visit, "/data/application/timing/loan_product", ASKED)
        settle(desk, visit)
    return replace(ready, time=clock.time)


def received(stage: Stage, content: bytes, role: Role = Role.OFFICER) -> None:
    """Published, and on that person's laptop."""
    published(stage, content)
    with desk_of(stage.demo, role, stage.clock) as desk:
        assert delivery.sync(desk, stage.demo.store).packs == 1


def test_without_a_list_the_policys_own_table_holds(named: Stage) -> None:
    with desk_of(named.demo, Role.OFFICER, named.clock) as desk:
        found = seen(desk, named)
        assert found.products is None
        assert found.assessment.policy[PRODUCTS] == SHIPPED
        assert seen(desk, named).newer is None
        with pytest.raises(Fault) as refused:
            productterms.take_terms(desk, named.case)
        assert refused.value.code is Code.PACK_MISSING


def test_a_list_waits_for_its_first_day_even_the_first_one(named: Stage) -> None:
    """Before it the policy's table holds, and not the list that has come ahead of its day."""
    clock = named.clock
    assert published(named, cheaper(ASKED), date(2026, 10, 9)) == 1
    with desk_of(named.demo, Role.OFFICER, clock) as desk:
        assert delivery.sync(desk, named.demo.store).packs == 1
        early = open_case(desk, NewCase("甲"))
        assert read_case(desk, early.id).products_pack is None
        clock.move(days=1)
        late = open_case(desk, NewCase("乙"))
        assert read_case(desk, late.id).products_pack is not None
        policy = packs.policy_in_force(desk)[1]
        newer = productterms.terms_of(desk, early.id, ASKED, policy).newer
        assert newer is not None
        assert newer.version == 1


def test_a_draft_keeps_its_terms_and_is_told_what_changed(named: Stage) -> None:
    with desk_of(named.demo, Role.OFFICER, named.clock) as desk:
        before = fitting(seen(desk, named))
    received(named, cheaper(ASKED))
    with desk_of(named.demo, Role.OFFICER, named.clock) as desk:
        found = seen(desk, named)
        assert (fitting(found), found.products) == (before, None)
        told = seen(desk, named).newer
        assert told is not None
        assert (told.version, told.changed.withdrawn) == (1, False)
        assert [say(one, ENGLISH) for one in told.changed.changes] == [
            "Rate a year: 8% to 20% → 1% to 2%",
            "Price by grade: A 10.8%, B 13.2%, C 16.8% → none",
        ]
        assert say(told.sentence, ENGLISH) == (
            "The terms of Working capital loan have changed (list of products 1). This case keeps the former ones."
        )
        productterms.take_terms(desk, named.case)
        after = seen(desk, named)
        assert after.products is not None
        assert "the product's lies between 1% and 2%" in fitting(after)
        assert seen(desk, named).newer is None


def test_a_product_withdrawn_while_a_case_is_open_keeps_its_terms_and_is_told(named: Stage) -> None:
    received(named, changed(ASKED, lambda _one: None))
    with desk_of(named.demo, Role.OFFICER, named.clock) as desk:
        told = seen(desk, named).newer
        assert told is not None
        assert told.changed.withdrawn
        assert say(told.sentence, ENGLISH) == (
            "Working capital loan is no longer lent (list of products 1). "
            "This case keeps the terms that it began with."
        )
        assert "fits" in fitting(seen(desk, named)) or "does not fit Working" in fitting(seen(desk, named))
        productterms.take_terms(desk, named.case)
        assert "no product 流动资金贷款 is on the list of what is lent" in fitting(seen(desk, named))


def test_a_product_that_only_the_newer_list_has_is_taken_from_it(named: Stage) -> None:
    name = Bilingual("Night market loan", "夜市贷款")
    row = replace(SHIPPED[0], id="night_market", name=name, rate=LEAST_RATE, prices={})
    received(named, products_text([*SHIPPED, row]).encode())
    with desk_of(named.demo, Role.OFFICER, named.clock) as desk:
        visit = visits.resume_visit(desk, named.visit)
        visits.answer(desk, visit, "/data/application/timing/loan_product", "夜市贷款")
        found = seen(desk, named)
        assert found.products is not None
        assert "the product's lies between 1% and 2%" in fitting(found)
        visits.answer(desk, visit, "/data/application/timing/loan_product", "房贷")
        assert "no product 房贷 is on the list of what is lent" in fitting(seen(desk, named))


def test_only_its_officer_takes_new_terms_and_only_for_a_draft(named: Stage) -> None:
    received(named, cheaper(ASKED))
    with desk_of(named.demo, Role.OFFICER, named.clock) as desk:
        submission.submit(desk, visits.resume_visit(desk, named.visit), PASSPHRASE)
        with pytest.raises(Fault) as refused:
            productterms.take_terms(desk, named.case)
        assert refused.value.code is Code.CASE_NOT_OPEN


# --- a file that was handed over --------------------------------------------------------------------------------


@pytest.fixture
def handed(named: Stage) -> Stage:
    """Judged by list 1, handed over, and on the manager's laptop with that list."""
    clock = named.clock
    published(named, wider(ASKED))
    with desk_of(named.demo, Role.OFFICER, clock) as desk:
        delivery.sync(desk, named.demo.store)
        productterms.take_terms(desk, named.case)
        settle(desk, visits.resume_visit(desk, named.visit))
        record = submission.submit(desk, visits.resume_visit(desk, named.visit), PASSPHRASE)
        delivery.sync(desk, named.demo.store)
    with desk_of(named.demo, Role.MANAGER, clock) as desk:
        assert delivery.sync(desk, named.demo.store).dossiers == 1
    return replace(named, time=clock.time, dossier=record.id)


def test_file_decision_and_warehouse_name_the_list_and_judge_by_it(handed: Stage, tmp_path: Path) -> None:
    """A newer list that comes later changes neither the manager's figures nor head office's."""
    clock = handed.clock
    assert handed.dossier is not None
    published(handed, cheaper(ASKED))
    with desk_of(handed.demo, Role.MANAGER, clock) as desk:
        assert delivery.sync(desk, handed.demo.store).packs == 1
        view = review.open_dossier(desk, handed.dossier)
        assert view.manifest.schema == "firsthand/dossier/3"
        assert view.manifest.products is not None
        assert (view.manifest.products.name, view.manifest.products.version) == ("products", "1")
        assert view.assessment.policy[PRODUCTS] == read_products(wider(ASKED))
        assert view.terms is not None
        assert say(view.terms, ENGLISH).startswith(
            "The file was judged by former terms of Working capital loan. Since list of products 2: "
        )
        record = decisions.decide(desk, view, approval(view), PASSPHRASE)
        delivery.sync(desk, handed.demo.store)
        told = parse_decision(record.record)
        assert b'"firsthand/decision/4"' in record.record
        assert told.judged_by == judged_by(view.manifest)
        same, other = whatif.whatif(desk, handed.case, view.assessment.policy), view.assessment
        assert same.old == same.new
        assert other.policy is not None
    with desk_of(handed.demo, Role.OFFICER, clock) as desk:
        assert delivery.sync(desk, handed.demo.store).decisions == 1
    office, into = open_desk(handed.demo.head_office, PASSPHRASE), f"sqlite:///{tmp_path / 'w.db'}"
    ingest(office, handed.demo.store, into, clock=clock)
    policy = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))
    found = list(reassess_all(office, into, policy, local_date(clock.now())))
    assert [one.old == one.new for one in found] == [True]
    with Warehouse(into) as there, there.transaction() as connection:
        row = connection.execute(select(DOSSIERS.c.products_version, FACTS.c.products).join(FACTS)).one()
    assert tuple(row) == ("1", view.manifest.products.digest)


def test_head_office_leaves_out_what_was_judged_by_a_list_it_never_published(handed: Stage, tmp_path: Path) -> None:
    office, into = open_desk(handed.demo.head_office, PASSPHRASE), f"sqlite:///{tmp_path / 'w.db'}"
    ingest(office, handed.demo.store, into, clock=handed.clock)
    for path in (handed.demo.head_office / "packs" / "products" / "products").glob("*.json"):
        path.unlink()
    policy = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))
    assert list(reassess_all(office, into, policy, local_date(handed.clock.now()))) == []


def test_whoever_decides_is_told_of_a_list_that_lacks_the_product(handed: Stage) -> None:
    assert handed.dossier is not None
    with desk_of(handed.demo, Role.MANAGER, handed.clock) as desk:
        view = review.open_dossier(desk, handed.dossier)
        assert view.terms is None
        with desk.vault.writing() as tx:
            packs.add(tx, packs.PRODUCTS, packs.OWN_PRODUCTS, 2, changed(ASKED, lambda _one: None))
        told = productterms.told_of_file(desk, view.manifest, view.assessment.policy, ASKED)
        assert told is not None
        assert say(told, ENGLISH) == (
            "Working capital loan is no longer lent (list of products 2). "
            "The file was judged by the terms that it began with."
        )


@pytest.mark.parametrize(
    "made_up", ["another list", "no list", "the number of another", "a number of nobody", "another policy"]
)
def test_a_list_that_is_not_what_the_file_says_is_refused(handed: Stage, made_up: str) -> None:
    assert handed.dossier is not None
    with desk_of(handed.demo, Role.MANAGER, handed.clock) as desk:
        manifest = review.open_dossier(desk, handed.dossier).manifest
        policy, body = packs.policy_in_force(desk)[0].body, wider(ASKED)
        with desk.vault.reading() as tx:
            productterms.frozen_policy(desk, tx, manifest, policy, body)
        given: tuple[manifests.Manifest, bytes, bytes | None]
        match made_up:
            case "another list":
                given, code = (manifest, policy, cheaper(ASKED)), Code.PRODUCTS_DIFFER
            case "no list":
                given, code = (manifest, policy, None), Code.PRODUCTS_DIFFER
            case "the number of another":
                own = manifests.PackRef("products", "1", digest(cheaper(ASKED)))
                given, code = (replace(manifest, products=own), policy, cheaper(ASKED)), Code.PRODUCTS_DIFFER
            case "a number of nobody":
                own = manifests.PackRef("products", "9", digest(cheaper(ASKED)))
                given, code = (replace(manifest, products=own), policy, cheaper(ASKED)), Code.PRODUCTS_FOREIGN
            case _:
                given, code = (manifest, policy + b"\n", body), Code.POLICY_DIFFERS
        with pytest.raises(Fault) as refused, desk.vault.reading() as tx:
            productterms.frozen_policy(desk, tx, *given)
        assert refused.value.code is code


# --- the pack ------------------------------------------------------------------------------------------------------


def test_downgrade_another_signature_and_nonsense_are_refused(ready: Stage) -> None:
    office = open_desk(ready.demo.head_office, PASSPHRASE)
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as desk:
        with desk.vault.writing() as tx:
            packs.add(tx, packs.PRODUCTS, packs.OWN_PRODUCTS, 7, cheaper(ASKED))
        for version, code in ((6, Code.PACK_OLDER), (7, Code.RECORD_EXISTS)):
            with pytest.raises(Fault) as refused, desk.vault.writing() as tx:
                packs.add(tx, packs.PRODUCTS, packs.OWN_PRODUCTS, version, wider(ASKED), effective=date(2027, 1, 1))
            assert refused.value.code is code
        assert desk.identity is not None
        note = pack_to_bytes(PackNote(PackKind.PRODUCTS, "products", 9, digest(b"y"), ready.clock.now()))
        with pytest.raises(Fault) as refused:
            verify_pack(pack_parcel(note, sign(note, desk.identity, ready.clock.now()), b"y"), office.root_pem)
        assert refused.value.code is Code.SIGNER_NOT_ENTITLED
        with pytest.raises(Fault) as refused:
            verify_pack(pack_parcel(note, b"", b"y"), office.root_pem)
        assert refused.value.code is Code.SIGNATURE_BROKEN
    published(ready, b"products = 3\n")
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as desk:
        assert delivery.sync(desk, ready.demo.store).packs == 0
        with desk.vault.reading() as tx:
            newest = kept.newest(tx, packs.PRODUCTS, packs.OWN_PRODUCTS)
        assert newest is not None
        assert newest.version == 7
