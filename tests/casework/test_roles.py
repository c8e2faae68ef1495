"""Use cases × roles: whoever is not named for a use case is refused, and no use case forgets to name its roles."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import officer_app.casework
from officer_app.base.errors import Code, Fault
from officer_app.base.words import Verbatim
from officer_app.casework import cases, correspondence, explanations, photos, readings, visits
from officer_app.casework.desk import Desk, seat, sign_in
from officer_app.casework.findings import Contradiction, Standing
from officer_app.casework.kept_readings import OnPaper
from officer_app.casework.permissions import EVERYONE, use_cases
from officer_app.evidence.reading.watermark import Watermark
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage

MODULES = tuple(
    importlib.import_module(f"officer_app.casework.{found.name}")
    for found in pkgutil.iter_modules(officer_app.casework.__path__)
)

# Functions that take a desk and name no roles, each with its reason. They are steps of use cases, not use cases.
STEPS = {
    "applying.apply": "a step of delivery.sync, inside its transaction; what it applies is signed",
    "stores.opened": "a step of delivery.sync",
    "cases.check_identity": "looks at a number's digits; reads nothing",
    "cases.must_be_own": "is itself a refusal",
    "desk.keep_roster": "a step of delivery.sync, inside its transaction; the roster is signed",
    "desk.refresh": "reads who the signed-in person is, for the roles to be known at all",
    "desk.store_identity": "a step of enrolment.accept, which checked the answer",
    "desk.store_institution": "a step of enrolment.accept, which checked the answer",
    "facts.told": "a step of findings.reassess",
    "findings.judge": "a step of findings.reassess",
    "gate.gaps": "looks at a visit in memory",
    "lasttime.taken": "lines in memory; what keeps them is `keep`",
    "owed.owed": "looks at visits in memory",
    "owed.together": "a checklist in memory from visits it is handed",
    "packs.newest": "policies and checklists are everybody's",
    "packs.pack_by_id": "policies and checklists are everybody's",
    "packs.policy_in_force": "policies and checklists are everybody's",
    "packs.policy_of": "reads a policy out of the bytes it is handed",
    "paper_visits.name_of": "a step of papers.paper_of",
    "paper_visits.visits": "a step of papers.paper_of",
    "papers.paper_of": "a step of papers.preview and of submission.submit",
    "papers.pictures_of": "a step of submission.submit",
    "productterms.frozen_policy": "reads a policy and a list of products out of the bytes it is handed",
    "productterms.terms_of": "a step of findings.judge and of whatif",
    "productterms.told_of_file": "lists of products are everybody's; a step of review.open_dossier",
    "screening.people_in_force": "a step of every assessment; hashes alone",
    "judging.ground_of": "a step of photos.photos_of",
    "judging.thresholds_of": "policies are everybody's",
    "neighbours.label": "names another case as far as `reaches` lets it",
    "neighbours.neighbours_of": "a step of photos.photos_of",
    "neighbours.strangers": "a step of photos.photos_of and of reviewed_days.day_of_review",
    "photos.carried": "a step of takeover.take_over, inside its transaction",
    "photos.read_picture": "decodes bytes in a child process; touches no vault",
    "correspondence.signed_notice": "a step of every notice; signs with the own key alone",
    "receipts.give_receipt": "a step of photos.attach_photo",
    "retention.judge_of": "a step of retention.overview and of deleting.delete_due; reads policy and times alone",
    "retention.mine": "a step of retention.overview and of deleting.delete_due",
    "reuse.library": "fingerprints alone, a step of photos.attach_photo and photos.photos_of",
    "reuse.look_at_likes": "a step of photos.attach_photo",
    "reuse.reused": "a step of photos.photos_of",
    "reuse.lists_changed": "a step of taking in what head office signed",
    "shotpacks.shots_at": "shot lists are everybody's",
    "review.bar": "is itself a refusal",
    "review.read_file": "a step of review.open_dossier and of taking in a decision",
    "submission.ready": "a step of submission.submit; what it writes goes through explanations.record",
    "visitlog.finish": "a step of submitting, and of leaving a case; what it keeps goes through `keep`",
    "visitlog.sit_down": "a sitting in memory alone",
    "visitlog.with_pace": "a step of every assessment",
    "visits.blank_session": "a checklist in memory that nobody has touched",
    "visits.session_of": "a checklist in memory from answers it is handed",
}
# What only the one whose work it is may do; a wider list here is a decision, not a slip.
WRITES_ON_CASES = {
    "answer",
    "attach_photo",
    "file_photo",
    "keep_layers",
    "keep_codes",
    "explain",
    "correct",
    "let_stand",
    "reopen",
    "submit",
    "open_case",
    "save",
}


def _name(module: ModuleType, function: Callable[..., Any]) -> str:
    return f"{module.__name__.rpartition('.')[2]}.{function.__name__}"


def _taking_a_desk() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the package with a desk among what it is handed."""
    for module in MODULES:
        for name, function in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            if any(str(one.annotation) in ("Desk", str(Desk)) for one in _inputs(function)):
                yield _name(module, function), function


def _inputs(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(inspect.unwrap(function)).parameters.values())


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(f"officer_app.casework.{module}"), function)
    return found


class _Nobody:
    """A person of the vault whom no certificate ever gave a role."""

    roles = frozenset[Role]()


REFUSED = sorted((name, role) for name, roles in use_cases().items() for role in EVERYONE - roles)


@pytest.fixture(scope="module")
def desks(
    founded_once: tuple[Path, HandClock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Role, Desk]]:
    folder = tmp_path_factory.mktemp("roles") / "demo"
    shutil.copytree(founded_once[0], folder)
    demo, clock = Demo(folder), HandClock(founded_once[1].time)
    others = (Role.SECOND_OFFICER, Role.REVIEWER, Role.AUDITOR)
    with (
        desk_of(demo, Role.OFFICER, clock) as officer,
        desk_of(demo, Role.MANAGER, clock) as manager,
        desk_of(demo, Role.HEAD_OFFICE, clock) as head_office,
        ExitStack() as laptops,
    ):
        found = {Role.OFFICER: officer, Role.MANAGER: manager, Role.HEAD_OFFICE: head_office}
        for role in others:
            person = NewUser(role.value, role.value, frozenset({role.value}))
            vault = Vault.create(folder / role.value, person, PASSPHRASE, clock, recovery_code=new_recovery_code())
            found[role] = seat(vault, clock)
            laptops.callback(found[role].close)
        yield found


@pytest.mark.parametrize(("name", "role"), REFUSED, ids=lambda value: getattr(value, "value", value))
def test_a_role_that_is_not_named_is_refused(desks: dict[Role, Desk], name: str, role: Role) -> None:
    """Before it is even looked at what was handed over."""
    with pytest.raises(Fault) as refused:
        _function(name)(desks[role])
    assert refused.value.code is Code.NOT_ALLOWED
    assert refused.value.where == name.partition(".")[2]


@pytest.mark.parametrize("name", sorted(use_cases()))
def test_nobody_without_a_role_does_anything(name: str) -> None:
    with pytest.raises(Fault) as refused:
        _function(name)(_Nobody())
    assert refused.value.code is Code.NOT_ALLOWED


def test_people_of_the_demo_have_one_role_each(desks: dict[Role, Desk]) -> None:
    """Or the tests above would prove less than they say."""
    assert {role: desk.roles for role, desk in desks.items()} == {role: frozenset({role}) for role in Role}
    assert len(REFUSED) > 40
    assert frozenset(Role) == EVERYONE


def test_every_use_case_names_its_roles() -> None:
    """A new function that takes a desk is marked with its roles, or listed above with a reason."""
    unmarked = {name for name, _ in _taking_a_desk()} - set(use_cases())
    assert unmarked == set(STEPS)
    assert all(len(reason) > 10 for reason in STEPS.values())


def test_every_use_case_names_a_role_that_exists() -> None:
    assert all(roles and roles <= EVERYONE for roles in use_cases().values())


def test_the_work_on_a_case_is_its_officers() -> None:
    named = {name.partition(".")[2]: roles for name, roles in use_cases().items()}
    assert {name: named[name] for name in WRITES_ON_CASES} == dict.fromkeys(
        WRITES_ON_CASES, frozenset({Role.OFFICER})
    )
    assert named["decide"] == frozenset({Role.MANAGER})
    assert named["queue"] == named["open_dossier"] == frozenset({Role.MANAGER, Role.REVIEWER})


# What an auditor's laptop may write: its own people, keys, stores, backups, and what head office sends it.
AUDITORS_OWN = {
    "enrolment.request",
    "keeping.keep_unfinished",
    "keeping.back_up",
    "stores.keep_store",
    "stores.forget_store",
    "delivery.ask_again",
    "delivery.exchange_through",
    "delivery.note_round",
    "delivery.mark_shown",
    "delivery.send_again",
    "carrying.unload",
    "enrolment.accept",
    "bundles.export_bundle",  # a line in the log that it was taken out
    "quarantine.export_aside",
}


def test_an_auditor_reads_and_keeps_the_own_laptop_in_order() -> None:
    """Nothing that an auditor may do makes a difference to anybody's case."""
    writing = {
        name
        for name, roles in use_cases().items()
        if Role.AUDITOR in roles and _writes(inspect.unwrap(_function(name)))
    }
    assert writing <= AUDITORS_OWN, writing - AUDITORS_OWN
    for name in ("settle", "lapse", "reassess", "look_again", "offer", "take"):
        named = [roles for use_case, roles in use_cases().items() if use_case.endswith(f".{name}")]
        assert named
        assert all(Role.AUDITOR not in roles for roles in named), name


def test_a_step_writes_only_where_its_use_case_was_asked() -> None:
    """Of the unmarked ones, only these few write; each is named here once more."""
    writing = {name for name, function in _taking_a_desk() if name in STEPS and _writes(function)}
    assert writing == {"desk.store_identity", "desk.store_institution"}


def _writes(function: Callable[..., Any]) -> bool:
    tree = ast.parse(inspect.getsource(function))
    return any(isinstance(node, ast.Attribute) and node.attr == "writing" for node in ast.walk(tree))


COLLEAGUE = NewUser("sunli", "孙莉", frozenset({Role.OFFICER.value}))


def test_a_colleague_at_the_same_laptop_changes_nothing(ready_once: Stage, tmp_path: Path) -> None:
    """Another officer may look at a case; every verb that changes it asks whose it is, in the core."""
    stage = ready_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as owner:
        owner.vault.add_user(COLLEAGUE, PASSPHRASE)
    desk = sign_in(stage.demo.data(Role.OFFICER), COLLEAGUE.login, PASSPHRASE, stage.clock)
    try:
        assert _tried(desk, stage) == {}
    finally:
        desk.close()


def _tried(desk: Desk, stage: Stage) -> dict[str, object]:
    """What each verb did instead of refusing."""
    visit = visits.resume_visit(desk, stage.visit)
    picture = photos.photos_of(desk, stage.case, None)[0].record
    found = Contradiction("UTILITIES", Verbatim("欠电费"), True, (), (), Standing.OPEN, found=True)
    data = photos.original(desk, picture)
    reading = photos.read_picture(desk, data, "a.jpg")
    verbs: dict[str, Callable[[], object]] = {
        "begin_visit": lambda: visits.begin_visit(desk, stage.case),
        "answer": lambda: visits.answer(desk, visit, "/data/application/purpose/purpose_declared", "别的"),
        "add_repeat": lambda: visits.add_repeat(desk, visit, "/data/costs/operating_cost"),
        "finish_visit": lambda: visits.finish_visit(desk, visit),
        "attach_photo": lambda: photos.attach_photo(desk, visit.record, data, reading, name="a.jpg"),
        "withdraw_photo": lambda: photos.withdraw_photo(desk, picture.id, "不要"),
        "keep_paper": lambda: readings.keep_paper(desk, picture.id, OnPaper("borrower.name", "别人")),
        "keep_watermark": lambda: readings.keep_watermark(desk, picture.id, Watermark(place="桥头路")),
        "let_go": lambda: readings.let_go(desk, picture.id, "borrower.name"),
        "explain": lambda: explanations.explain(desk, stage.case, found, "去年的数", proof="磅单存根"),
        "let_stand": lambda: explanations.let_stand(desk, stage.case, found, "没事"),
        "correct": lambda: explanations.correct(desk, stage.case, found, "没事"),
        "reopen": lambda: explanations.reopen(desk, stage.case, found),
        "set_note": lambda: cases.set_note(desk, stage.case, "同意"),
        "withdraw_case": lambda: correspondence.withdraw_case(desk, stage.case, "不做了"),
    }
    return {name: done for name, verb in verbs.items() if (done := _refusal(verb)) is not Code.NOT_ALLOWED}


def _refusal(verb: Callable[[], object]) -> object:
    try:
        return verb()
    except Fault as fault:
        return fault.code
