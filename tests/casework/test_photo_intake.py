"""A picture between its camera and a decision: receipt, closer look, layers, one cause for a batch."""

from __future__ import annotations

import io
import itertools
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from officer_app.base.canonical import digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import codes, delivery, fieldsheets, packs, photolayers, photos, reuse, review, visits
from officer_app.casework.cases import read_case
from officer_app.casework.desk import Desk
from officer_app.casework.dossiers import frozen_parts
from officer_app.casework.findings import findings_of
from officer_app.casework.papers import _photos as papers_photos
from officer_app.casework.papers import pictures_of
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.review import _photos as review_photos
from officer_app.casework.visits import Visit
from officer_app.dossier.intakes import check_links, read_intake
from officer_app.dossier.photolist import ListedPhoto, to_bytes
from officer_app.dossier.records import PackKind
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.evidence.fingerprints import Fingerprint, decode_fingerprint
from officer_app.evidence.layers import Blur, Box, Cut, Layer, Turn
from officer_app.evidence.visitcode import code_of
from officer_app.exchange.receipts import check_receipts
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.publishing import publish
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust import signing
from officer_app.trust.certificates import Role
from officer_app.vault import photointakes, photolooks
from officer_app.vault.records import PhotoRecord
from officer_app.vault.verify import verify
from tests.support.coded import holding
from tests.support.demo import HandClock, desk_of
from tests.support.drawn import EDITS, jpeg, scene
from tests.support.furnished import Furnished, furnish
from tests.support.layouts import look_alikes

MEETING = (52, 78)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("furnished"))


def _visit(desk: Desk, case: CaseId) -> Visit:
    return visits.resume_visit(desk, visits.visits_of(desk, case)[-1].id)


def _take(desk: Desk, visit: Visit, data: bytes, name: str = "a.jpg") -> PhotoRecord:
    return photos.attach_photo(desk, visit.record, data, photos.read_picture(desk, data, name), name=name)


def _judged(desk: Desk, visit: Visit, record: PhotoRecord) -> JudgedPhoto:
    return next(one for one in findings_of(desk, visit.case, visit).photos if one.record.id == record.id)


def _verdicts(photo: JudgedPhoto, code: FindingCode) -> list[Verdict]:
    return [finding.verdict for finding in photo.findings if finding.code is code]


# --- receipts --------------------------------------------------------------------------------------


def test_every_picture_has_a_signed_receipt_linked_to_the_one_before(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, clock):
        assert desk.identity is not None
        visit = _visit(desk, furnished.cases["fruit"])
        clock.time += timedelta(minutes=1)
        record = _take(desk, visit, jpeg(scene(3)))
        with desk.vault.reading() as tx:
            receipts = photointakes.of_case(tx, visit.case) | photointakes.of_case(tx, furnished.cases["salon"])
            assert photointakes.first_broken(tx) is None
        entries = sorted((one.entry for one in receipts.values()), key=lambda entry: read_intake(entry).counter)
        check_links(tuple(entries))
        assert [read_intake(entry).counter for entry in entries] == list(range(1, len(entries) + 1))
        ours = receipts[record.id]
        told = read_intake(ours.entry)
        assert (told.sha256, told.case, told.user, told.received) == (
            digest(jpeg(scene(3))),
            visit.case,
            desk.user.id,
            record.received,
        )
        assert told.device == desk.identity.person.device
        signer = signing.verify(ours.entry, ours.signature, desk.identity.root)
        assert signer.person.device == told.device


def test_receipts_can_only_be_added_and_a_changed_one_is_seen(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        with pytest.raises(Exception, match="only ever added to"):
            desk.vault.database.run("UPDATE photo_intake SET digest = 'x' WHERE counter = 1")
        desk.vault.database.run("DROP TRIGGER photo_intake_no_update")
        desk.vault.database.run("UPDATE photo_intake SET entry = x'7b7d' WHERE counter = 2")
        assert [one.where for one in verify(desk.vault).problems if one.kind == "PHOTO_RECEIPT_CHANGED"] == ["2"]


@pytest.mark.parametrize("touched", ["counter", "received", "sha256", "previous"])
def test_links_that_do_not_hold_are_refused(furnished: Furnished, tmp_path: Path, touched: str) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock), desk.vault.reading() as tx:
        receipts = photointakes.of_case(tx, furnished.cases["fruit"])
    entries = sorted(one.entry for one in receipts.values())
    assert len(entries) >= 2
    first = min(map(read_intake, entries), key=lambda intake: intake.counter)
    others = tuple(entry for entry in entries if read_intake(entry) != first)
    forged = {
        "counter": replace(first, counter=first.counter + 1),
        "received": replace(first, received=first.received + timedelta(days=1)),
        "sha256": replace(first, sha256="0" * 64),
        "previous": replace(first, previous="1" * 64),
    }[touched]
    if touched == "counter":  # two receipts under one number: one of them hides the other's digest
        others = tuple(entry for entry in others if read_intake(entry).counter != forged.counter)
    with pytest.raises(Fault) as told:
        check_links((*others, forged.to_bytes()))
    assert told.value.code is Code.PHOTO_RECEIPT


def _forged(parts: dict[str, bytes], change: str) -> dict[str, bytes]:
    """The list of photos as an officer could rewrite it before handing in."""
    listed = json.loads(parts["photos.json"])
    one, other = listed[0]["receipt"], listed[1]["receipt"]
    match change:
        case "time":
            one["entry"] = one["entry"].replace('"received":"2026', '"received":"2025')
        case "unsigned":
            one["signature"] = ""
        case "swapped":
            listed[0]["receipt"], listed[1]["receipt"] = other, one
        case "another signature":
            one["signature"] = other["signature"]
        case _:
            one["entry"] = "{}"
    return parts | {"photos.json": json.dumps(listed).encode()}


@pytest.mark.parametrize("change", ["", "time", "unsigned", "swapped", "another signature", "no receipt"])
def test_a_stranger_checks_the_receipts_of_a_dossier(furnished: Furnished, tmp_path: Path, change: str) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        assert desk.identity is not None
        visit = _visit(desk, furnished.cases["fruit"])
        findings = findings_of(desk, visit.case, visit)
        parts = frozen_parts(findings, (), pictures_of(desk, findings, {}), {})
        root = desk.identity.root
    digests = {name: digest(data) for name, data in parts.items()}
    if not change:
        assert check_receipts(parts, digests, root) == len(findings.photos) > 1
        return
    forged = _forged(parts, change)
    with pytest.raises(Fault) as told:
        check_receipts({**forged, "photos.json": encode(json.loads(forged["photos.json"]))}, digests, root)
    assert told.value.code is Code.PHOTO_RECEIPT


# --- reuse -----------------------------------------------------------------------------------------


def test_an_altered_copy_from_another_case_stops_and_shows_where(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        fruit, salon = (_visit(desk, furnished.cases[name]) for name in ("fruit", "salon"))
        first = _take(desk, fruit, jpeg(scene(7)))
        copy = _take(desk, salon, jpeg(EDITS["mirror"](EDITS["crop 15 %"](scene(7)))))
        for visit, record, other in ((salon, copy, first), (fruit, first, copy)):
            found = _judged(desk, visit, record)
            assert _verdicts(found, FindingCode.SIMILAR_PHOTO) == [Verdict.STOP]
            assert [f.other_photo for f in found.findings if f.code is FindingCode.SIMILAR_PHOTO] == [other.id]
        with desk.vault.reading() as tx:
            look = photolooks.of_photo(tx, copy.id)[first.id]
        assert (look.one, look.verdict, look.mirrored, look.alike > 800) == (copy.id, "copy", True, True)
        xs, ys = zip(*look.region, strict=True)  # type: ignore[arg-type]
        assert min(xs) < -50  # the whole reaches beyond its crop on every side
        assert max(ys) > 1050


def test_places_that_only_look_alike_raise_nothing(furnished: Furnished, tmp_path: Path) -> None:
    """Pairs that meet by fingerprint (the campaign finds a few among hundreds); the closer look tells them apart."""
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        fruit, salon = (_visit(desk, furnished.cases[name]) for name in ("fruit", "salon"))
        pairs = [look_alikes(number) for number in MEETING]
        for one, other in pairs:
            first, second = _take(desk, fruit, jpeg(one.drawn())), _take(desk, salon, jpeg(other.drawn()))
            with desk.vault.reading() as tx:
                assert photolooks.of_photo(tx, second.id)[first.id].verdict == "different"
            assert _verdicts(_judged(desk, salon, second), FindingCode.SIMILAR_PHOTO) == []


def test_the_lists_of_head_office_are_searched(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = _visit(desk, furnished.cases["fruit"])
        original, listed = jpeg(scene(7)), photos.read_picture(desk, jpeg(scene(11)), "x")
        known = photos.read_picture(desk, original, "x")
        both = (
            ListedPhoto("2026-0017", known.sha256, known.fingerprint.encode()),
            ListedPhoto("2026-0018", listed.sha256, listed.fingerprint.encode()),
        )
        with desk.vault.writing() as tx:
            packs.add(tx, packs.FINGERPRINTS, "photos", 1, to_bytes(both))
            reuse.lists_changed(desk, tx, "photos")
        same = _judged(desk, visit, _take(desk, visit, original))
        assert _verdicts(same, FindingCode.SAME_FILE) == [Verdict.STOP]
        near = _judged(desk, visit, _take(desk, visit, jpeg(EDITS["q30"](scene(11)))))
        assert _verdicts(near, FindingCode.SIMILAR_PHOTO) == [Verdict.LOOK_CLOSER]
        words = next(f.sentence for f in near.findings if f.code is FindingCode.SIMILAR_PHOTO)
        assert "2026-0018" in say(words, ENGLISH)
        assert "2026-0018" in say(words, CHINESE)
        whole = ListedPhoto("x", "0" * 64, b"\x01")
        for wrong in (
            to_bytes((whole, ListedPhoto("y", "0" * 64, b"\x09junk"))),
            to_bytes((whole, whole)),
            to_bytes((ListedPhoto("", "0" * 64, b"\x01"),)),
            to_bytes((ListedPhoto("x", "0" * 64, b"\x01", "a" * 32), ListedPhoto("x", "1" * 64, b"\x01", "a" * 32))),
            to_bytes((ListedPhoto("x", "0" * 64, b"\x01", "a" * 201),)),
            b'{"format":"firsthand/photos/2","photos":[["x","%s","01"]]}' % (b"0" * 64),
            b'{"format":"firsthand/photos/2","photos":[["x","%s","01",3]]}' % (b"0" * 64),
            b"{}",
            b"no list",
        ):
            with pytest.raises(Fault) as told:
                reuse.check_list(wrong)
            assert told.value.code is Code.PHOTO_LIST


def test_a_published_list_reaches_the_laptops(demo: Demo, clock: HandClock) -> None:
    """Published by head office, fetched by the officer, searched from the next picture on; one unreadable is not."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        listed = photos.read_picture(desk, jpeg(scene(11)), "x")
        content = to_bytes((ListedPhoto("2026-0018", listed.sha256, listed.fingerprint.encode()),))
        office = open_desk(demo.head_office, PASSPHRASE)
        publish(office, demo.store, kind=PackKind.FINGERPRINTS, name="photos", content=content, clock=clock)
        assert len(reuse.library(desk)) == 0
        assert delivery.sync(desk, demo.store).packs == 1
        found = reuse.library(desk).search("new", listed.fingerprint)
        assert [match.photo_id for match in found] == ["list::2026-0018"]
        publish(office, demo.store, kind=PackKind.FINGERPRINTS, name="photos", content=b"{}", clock=clock)
        assert delivery.sync(desk, demo.store).packs == 0
        assert len(reuse.library(desk)) == 1


def test_a_pair_nobody_looked_at_asks_for_the_look(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        fruit, salon = (_visit(desk, furnished.cases[name]) for name in ("fruit", "salon"))
        _take(desk, fruit, jpeg(scene(7)))
        copy = _take(desk, salon, jpeg(EDITS["q30"](scene(7))))
        desk.vault.database.run("DELETE FROM photo_look")
        assert _verdicts(_judged(desk, salon, copy), FindingCode.SIMILAR_PHOTO) == [Verdict.LOOK_CLOSER]
        assert len(reuse.look_again(desk, copy).compared) == 1
        assert reuse.look_again(desk, copy).compared == ()
        assert _verdicts(_judged(desk, salon, copy), FindingCode.SIMILAR_PHOTO) == [Verdict.STOP]


# --- layers ----------------------------------------------------------------------------------------


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size


def _lay(desk: Desk, record: PhotoRecord, *layers: Layer) -> PhotoRecord:
    return photolayers.keep_layers(desk, record.id, layers, photolayers.shown_with(desk, record, layers))


def test_layers_change_what_is_shown_and_never_the_original(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = _visit(desk, furnished.cases["fruit"])
        data = jpeg(scene(7))
        record = _take(desk, visit, data)
        plain = photos.view(desk, record)
        face = Blur(Box(100, 100, 400, 400))
        for layers, size in (
            ((Turn(1),), (768, 1024)),
            ((Turn(1), Cut(Box(0, 0, 500, 500))), (384, 512)),
            ((Turn(1), Cut(Box(0, 0, 500, 500)), face), (384, 512)),
        ):
            record = _lay(desk, record, *layers)
            assert (_size(photos.view(desk, record)), photolayers.layers_of(record)) == (size, layers)
            assert max(_size(photos.thumbnail(desk, record))) == 320
        assert photos.original(desk, record) == data
        assert verify(desk.vault).ok
        while layers:  # taken back one by one
            layers = layers[:-1]
            record = _lay(desk, record, *layers)
        assert (photos.view(desk, record), record.layers) == (plain, None)


def test_what_is_blurred_cannot_be_made_out(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        record = _take(desk, _visit(desk, furnished.cases["fruit"]), jpeg(scene(7)))
        box = Box(200, 200, 500, 500)
        with Image.open(io.BytesIO(photolayers.shown_with(desk, record, (Blur(box),)).view)) as shown:
            part = shown.convert("L").crop(box.of(shown.size))
        with Image.open(io.BytesIO(photos.view(desk, record))) as plain:
            before = plain.convert("L").crop(box.of(plain.size))
        assert _detail(part) < _detail(before) / 5


def _detail(picture: Image.Image) -> int:
    """How much differs between neighbours."""
    pixels = picture.tobytes()
    return sum(abs(a - b) for a, b in itertools.pairwise(pixels))


@pytest.mark.parametrize("box", [Box(0, 0, 0, 500), Box(-1, 0, 500, 500), Box(0, 0, 1001, 500), Box(500, 0, 400, 9)])
def test_layers_of_nothing_are_refused_by_step(furnished: Furnished, tmp_path: Path, box: Box) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        record = _take(desk, _visit(desk, furnished.cases["fruit"]), jpeg(scene(7, (320, 240))))
        with pytest.raises(Fault) as told:
            photolayers.shown_with(desk, record, (Turn(2), Cut(box)))
        assert (told.value.code, told.value.parameters["step"]) == (Code.PHOTO_LAYER, 2)


def test_a_cut_hides_no_copy(furnished: Furnished, tmp_path: Path) -> None:
    """Cutting the first picture down to a corner does not save its copy in another case."""
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        fruit, salon = (_visit(desk, furnished.cases[name]) for name in ("fruit", "salon"))
        first = _take(desk, fruit, jpeg(scene(7)))
        _lay(desk, first, Cut(Box(0, 0, 200, 200)))
        copy = _take(desk, salon, jpeg(EDITS["q30"](scene(7))))
        assert _verdicts(_judged(desk, salon, copy), FindingCode.SIMILAR_PHOTO) == [Verdict.STOP]


def test_a_code_under_a_blur_is_still_found(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = _visit(desk, furnished.cases["fruit"])
        code = code_of(visit.record.id).text
        record = _lay(desk, _take(desk, visit, holding(jpeg(scene(7)), code)), Blur(Box(0, 0, 1000, 1000)))
        assert codes.search_code(desk, record) == (code,)


def test_manager_and_memo_see_the_layers_and_the_dossier_keeps_the_original(
    furnished: Furnished, tmp_path: Path
) -> None:
    data = jpeg(scene(7))
    with furnished.officer(tmp_path) as (desk, demo, clock):
        visit = _visit(desk, furnished.cases["fruit"])
        record = _lay(desk, _take(desk, visit, data), Turn(1), Blur(Box(0, 0, 500, 500)))
        findings = findings_of(desk, visit.case, visit)
        parts = frozen_parts(findings, (), pictures_of(desk, findings, {}), {})
        printed = next(one for one in papers_photos(desk, findings, {}) if one.sha256 == record.sha256)
        assert printed.jpeg == photos.view(desk, record)
    (shown,) = (one for one in review_photos(parts, None) if one.sha256 == record.sha256)
    assert (shown.data, shown.layers) == (data, (Turn(1), Blur(Box(0, 0, 500, 500))))
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert _size(review.picture(manager, shown)) == (768, 1024)


# --- a batch, and flaws that stay -------------------------------------------------------------------


def test_one_cause_is_one_finding_for_a_batch(furnished: Furnished, tmp_path: Path) -> None:
    """24 pictures out of a chat ask for one explanation, not for 24."""
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = _visit(desk, furnished.cases["fruit"])
        taken = {_take(desk, visit, jpeg(scene(seed, (320, 240))), f"{seed}.jpg").id for seed in range(200, 224)}
        found = findings_of(desk, visit.case, visit).contradictions
        chat = [one for one in found if one.key == f"PHOTO_{FindingCode.TAGS_MISSING.value}"]
        assert [set(one.photos) >= taken for one in chat] == [True]
        assert len([one for one in found if set(one.photos) & taken]) <= 2  # that, and no time at all


def test_what_was_wrong_with_a_file_stays_with_its_picture(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = _visit(desk, furnished.cases["fruit"])
        record = _take(desk, visit, jpeg(scene(7)) + b"PK\x03\x04 an archive")
        assert _verdicts(_judged(desk, visit, record), FindingCode.FOREIGN_DATA) == [Verdict.LOOK_CLOSER]


def test_fingerprints_are_those_of_the_reading(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        data = jpeg(scene(7))
        record = _take(desk, _visit(desk, furnished.cases["fruit"]), data)
        kept: Fingerprint = decode_fingerprint(record.fingerprints)
        assert kept == photos.read_picture(desk, data, "x").fingerprint
        assert json.dumps(record.layers) == "null"


def test_the_paper_sheet_carries_the_digits_that_are_photographed(furnished: Furnished, tmp_path: Path) -> None:
    """The same six digits as on the laptop's card, and the file it belongs to beside them."""
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = _visit(desk, furnished.cases["fruit"])
        page = PdfReader(io.BytesIO(fieldsheets.sheet_of(desk, visit.record, "zh_CN"))).pages[0]
        text = "".join(page.extract_text().split())
        assert f"走访码{code_of(visit.record.id).digits}" in text
        assert f"{read_case(desk, visit.case).number}/1" in text
