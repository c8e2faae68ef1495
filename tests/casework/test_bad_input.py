"""Bad input of a day's work: told by code, nothing lost or half done; hostile and rare names go through whole."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.base.meanings import Kind
from officer_app.base.words import LANGUAGES, say
from officer_app.casework import bundles, decisions, packs, papers, photos, review, submission, visits
from officer_app.casework.cases import NewCase, open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.exchange.bundle import verify_bundle
from officer_app.memos.faces import shipped_faces
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import blobs
from officer_app.vault import packs as kept_packs
from tests.support import stages
from tests.support.demo import desk_of
from tests.support.dying_officer import picture
from tests.support.small_disk import fill, mounted
from tests.support.stages import Stage, approval

NAME = "/data/person/identity/name"
PURPOSE = "/data/application/purpose/purpose_declared"
COST = "/data/costs/operating_cost[1]/cost_item"


@pytest.fixture
def desk(begun_once: Stage, tmp_path: Path) -> Iterator[tuple[Desk, Stage]]:
    stage = begun_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        yield officer, stage


def _told(fault: Fault) -> None:
    """In both languages: what, and what to do."""
    for language in LANGUAGES:
        assert say(fault.sentence, language)
        assert say(fault.remedy, language)


# --- a full disk ----------------------------------------------------------------------------------------------------


def _answer_until_full(desk: Desk, visit: visits.Visit) -> str:
    """Long words until the disk refuses; gives those it refused."""
    for number in count():
        words = f"{number} " + "很长的话。" * 4000
        try:
            visits.answer(desk, visit, COST, words)
        except Fault as fault:
            _is_full(fault)
            return words
    raise AssertionError


def _is_full(fault: Fault) -> None:
    assert fault.code is Code.DISK_FULL
    assert fault.code.value.kind is Kind.ENVIRONMENT
    assert fault.parameters["needed_mb"]
    _told(fault)


def test_a_full_disk_loses_nothing_that_was_typed(begun_once: Stage, tmp_path: Path) -> None:
    """What was refused stays in the visit, is shown, and goes down with the next answer that gets through."""
    with mounted(tmp_path / "disk", 64) as disk:
        stage = begun_once.copy(disk / "demo")
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            visit = visits.resume_visit(officer, stage.visit)
            fill(disk)
            words = _answer_until_full(officer, visit)
            assert (visit.saved, visit.unsaved) == (False, {COST: words})
            assert visit.session.question(COST, "en").value == words
            visits.answer(officer, visit, PURPOSE, "进货")
            assert visit.saved, "the reserve was given up, and both went down"
            ballast = fill(disk)
            words = _answer_until_full(officer, visit)
            with pytest.raises(Fault) as refused:
                visits.answer(officer, visit, PURPOSE, "进货和修门头" * 3_000)
            _is_full(refused.value)
            assert set(visit.unsaved) == {COST, PURPOSE}
            ballast.unlink()
            visits.answer(officer, visit, PURPOSE, "进货和修门头")
            assert visit.saved
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            again = visits.resume_visit(officer, stage.visit).session
            assert again.question(COST, "en").value == words
            assert again.question(PURPOSE, "en").value == "进货和修门头"


def test_a_picture_on_a_full_disk_is_wholly_out(begun_once: Stage, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 64) as disk:
        stage = begun_once.copy(disk / "demo")
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            visit = visits.resume_visit(officer, stage.visit)
            data = picture(1)
            reading = photos.read_picture(officer, data, "1.jpg")
            ballast = fill(disk)
            with pytest.raises(Fault) as refused:
                photos.attach_photo(officer, visit.record, data, reading, name="1.jpg")
            assert refused.value.code is Code.DISK_FULL
            assert _kept(officer, stage) == (0, 0)
            ballast.unlink()
            photos.attach_photo(officer, visit.record, data, reading, name="1.jpg")
            assert _kept(officer, stage) == (1, 3)


def _kept(desk: Desk, stage: Stage) -> tuple[int, int]:
    """Pictures of the case, and files."""
    with desk.vault.reading() as tx:
        files = len(set(blobs.all_digests(tx)))
    lying = sum(path.is_file() for path in (desk.vault.folder / "blobs").rglob("*"))
    assert lying == files
    return len(photos.photos_of(desk, stage.case, None)), files


# --- files that are not what they say -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.PHOTO_KIND),
        (b"dear sir, find the picture attached", Code.PHOTO_KIND),
        (b"%PDF-1.7\n", Code.PHOTO_KIND),
        (b"\xff\xd8\xff\xe0" + b"x" * 200, Code.PHOTO_BROKEN),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), Code.PHOTO_BROKEN),
    ],
)
def test_a_photo_that_is_no_photo(desk: tuple[Desk, Stage], data: bytes, code: Code) -> None:
    officer, stage = desk
    with pytest.raises(Fault) as refused:
        photos.read_picture(officer, data, "门头.jpg")
    assert refused.value.code is code
    _told(refused.value)
    assert _kept(officer, stage) == (0, 0)
    good = picture(2)
    reading = photos.read_picture(officer, good, "2.jpg")
    visit = visits.resume_visit(officer, stage.visit)
    photos.attach_photo(officer, visit.record, good, reading, name="2.jpg")
    assert _kept(officer, stage) == (1, 3)


@pytest.mark.parametrize("body", [b"", b"rubbish", b"<h:html/>", b"\xff\xfe\x00", b"<a>" * 5000, b"PK\x03\x04"])
def test_a_broken_checklist(desk: tuple[Desk, Stage], body: bytes) -> None:
    """New visits wait for a better one; a visit that was begun goes on with its own."""
    officer, stage = desk
    _add_form(officer, body)
    case = open_case(officer, NewCase("测试丁"))
    with pytest.raises(Fault) as refused:
        visits.begin_visit(officer, case.id)
    assert refused.value.code.name.startswith("FORM_")
    _told(refused.value)
    assert visits.visits_of(officer, case.id) == ()
    old = visits.resume_visit(officer, stage.visit)
    visits.answer(officer, old, PURPOSE, "进货")
    _add_form(officer, packs.pack_by_id(officer, old.record.form_pack or _never()).body)
    assert visits.begin_visit(officer, case.id).session.question(PURPOSE, "en").value == ""


def _add_form(desk: Desk, body: bytes) -> None:
    with desk.vault.writing() as tx:
        newest = kept_packs.newest(tx, packs.FORM, packs.BUSINESS_VISIT)
        assert newest is not None
        packs.add(tx, packs.FORM, packs.BUSINESS_VISIT, newest.version + 1, body)


def _never() -> None:
    raise AssertionError


# --- names ----------------------------------------------------------------------------------------------------------

MARKUP = '<b>陈</b> & "小" <script>alert(1)</script>'
RTL = "张\u202e三\u202c反"
PATHLIKE = "../../etc/passwd"
NUL = "王\x00五"
RARE = "𠮷野㛃𤋮"
FORMULA = "=cmd|'/C calc'!A0"
NAMES = (MARKUP, RTL, PATHLIKE, "C:\\CON", NUL, RARE, FORMULA, "{x:money} %s {}", "阿卜杜拉·买买提", "e\u0301lodie")
LINES = "张三\n已批准\u2028准予放款"


def _printed(name: str) -> str:
    """What paper shows of a name: signs that nobody sees leave a gap and turn nothing round."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in name)


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def named_once(ready_once: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, visits.Visit]]:
    stage = ready_once.copy(tmp_path_factory.mktemp("named") / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        yield officer, visits.resume_visit(officer, stage.visit)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_and_printed_as_it_is(named_once: tuple[Desk, visits.Visit], name: str) -> None:
    """In the store to the last sign; on paper too, or refused by the sign that no font has."""
    officer, visit = named_once
    ref = visits.ref_of_fact(visit.session, "borrower.name") or ""
    visits.answer(officer, visit, ref, name)
    assert read_case(officer, visit.case).applicant == name
    assert visits.resume_visit(officer, visit.record.id).session.question(ref, "en").value == name
    findings = findings_of(officer, visit.case, visit)
    try:
        memo = papers.preview(officer, visit, findings, "zh_CN")
    except Fault as fault:
        _names_the_sign(fault, name)
        return
    assert _printed(name) in _text(memo)


def _names_the_sign(fault: Fault, name: str) -> None:
    assert fault.code is Code.GLYPH_MISSING
    assert fault.parameters["sign"] in {f"U+{ord(sign):04X}" for sign in name}


def test_words_behind_a_line_end_do_not_stand_alone(named_once: tuple[Desk, visits.Visit]) -> None:
    officer, visit = named_once
    ref = visits.ref_of_fact(visit.session, "borrower.name") or ""
    visits.answer(officer, visit, ref, LINES)
    assert read_case(officer, visit.case).applicant == "张三 已批准 准予放款"
    assert open_case(officer, NewCase(LINES, business=LINES, address=LINES)).business == "张三 已批准 准予放款"
    lines = _text(papers.preview(officer, visit, findings_of(officer, visit.case, visit), "zh_CN")).splitlines()
    assert not any(line.strip().startswith(("已批准", "准予放款")) and "张三" not in line for line in lines)


@pytest.mark.timeout(120)
def test_a_hostile_name_goes_all_the_way(ready_once: Stage, tmp_path: Path) -> None:
    """Case, memo, dossier, decision, bundle: whole in the records, harmless on paper, in no file's name."""
    name = f"{MARKUP}{RTL}{PATHLIKE}{NUL}{FORMULA}"
    stage = ready_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        visit = visits.resume_visit(officer, stage.visit)
        visits.answer(officer, visit, visits.ref_of_fact(visit.session, "borrower.name") or "", name)
    handed = stages.fetched(stage)
    assert handed.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, handed.clock) as manager:
        view = review.open_dossier(manager, handed.dossier)
        assert view.manifest.applicant == name
        decisions.decide(manager, view, approval(view), PASSPHRASE)
        bundles.export_bundle(manager, handed.dossier, tmp_path / "bundle")
        assert manager.institution is not None
        verdict = verify_bundle(tmp_path / "bundle", manager.institution.root)
    assert verdict.ok, verdict.wrong
    told = json.loads((tmp_path / "bundle" / "parts" / "facts.json").read_bytes())
    assert told["borrower"]["name"] == name
    shown = _text((tmp_path / "bundle" / "memo-signed.pdf").read_bytes()).replace("\n", "")
    assert _printed(MARKUP).replace(" ", "") in shown.replace(" ", "")
    assert "\u202e" not in shown
    names = [path.name for path in (tmp_path / "bundle").rglob("*")]
    assert all(sign.isascii() for one in names for sign in one)
    assert not (tmp_path / "etc").exists()


# Han of Unicode 15 and 16, and the last sign there can be.
_NEWER = ("\U00031350", "\U0002ebf0", "\U000323b0", "\U0010ffff")


def _can_print(sign: str) -> bool:
    try:
        return bool(shipped_faces().regular.runs(sign))
    except Fault:
        return False


def test_a_submission_refused_by_a_sign_leaves_the_draft(ready_once: Stage, tmp_path: Path) -> None:
    """A sign that no font here has; newer writing will be missing on some laptop for years."""
    sign = next(sign for sign in _NEWER if not _can_print(sign))
    stage = ready_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        visit = visits.resume_visit(officer, stage.visit)
        visits.answer(officer, visit, visits.ref_of_fact(visit.session, "borrower.name") or "", f"王{sign}五")
        with pytest.raises(Fault) as refused:
            submission.submit(officer, visit, PASSPHRASE)
        assert refused.value.code is Code.GLYPH_MISSING
        assert refused.value.parameters["sign"] == f"U+{ord(sign):04X}"
        _told(refused.value)
        assert read_case(officer, stage.case).state.value == "draft"
