"""`officer-app photo inspect`, `photo compare` and `photo read`, as scripts use them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PIL import ImageOps

from officer_app.cli.main import run
from officer_app.dossier.photolist import parse
from officer_app.evidence.fingerprints import decode_fingerprint
from officer_app.evidence.pictures import fingerprint_of
from officer_app.evidence.reading import reader
from officer_app.evidence.search import Library
from tests.support import drawn_papers
from tests.support.drawn import cropped, jpeg, page, png, scene, tags
from tests.support.drawn_papers import Card
from tests.support.heic_boxes import heic


def _json(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_inspect_tells_what_a_photo_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "摊位.jpg"
    exif = tags(taken=datetime(2026, 10, 8, 10, 42, 7), offset="+08:00", place=("23.1801", "113.2602"), make="HUAWEI")  # noqa: DTZ001
    file.write_bytes(jpeg(scene(1), exif=exif))
    assert run(["photo", "inspect", str(file), "--json"]) == 0
    (found,) = _json(capsys)  # type: ignore[misc]
    assert found.pop("sha256")
    assert found == {
        "file": str(file),
        "taken_at": "2026-10-08T10:42:07+08:00",
        "lat": "23.1801",
        "lon": "113.2602",
        "orientation": None,
        "make": "HUAWEI",
        "model": "T1",
        "width": 1024,
        "height": 768,
        "findings": [],
    }


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.jpg").write_bytes(jpeg(scene(1)))
    (tmp_path / "cut.jpg").write_bytes(jpeg(scene(1))[:9_000])
    (tmp_path / "zip.jpg").write_bytes(b"PK\x03\x04")
    (tmp_path / "broken.heic").write_bytes(heic(tags(make="Apple").tobytes().removeprefix(b"Exif\0\0")))
    names = ["good.jpg", "cut.jpg", "zip.jpg", "broken.heic", "absent.jpg"]
    assert run(["photo", "inspect", *(str(tmp_path / name) for name in names), "--json"]) == 1
    good, cut, zipped, broken, absent = _json(capsys)  # type: ignore[misc]
    assert good["findings"] == ["TAGS_MISSING"]
    assert cut["findings"] == ["DAMAGED", "TAGS_MISSING"]
    assert (zipped["findings"], zipped["width"], len(zipped["sha256"])) == (["PHOTO_KIND"], None, 64)
    assert (broken["findings"], broken["make"], broken["width"]) == (["PHOTO_BROKEN"], "Apple", 4032)
    assert (absent["findings"], absent["sha256"]) == (["FILE_MISSING"], None)


def test_inspect_reads_well_without_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(1), exif=tags(make="EVIL\x1b[31m")))
    assert run(["photo", "inspect", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "1024" in shown
    assert "neither time nor place" in shown
    assert "\x1b" not in shown


def test_compare_names_every_pair_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = scene(2)
    for name, data in {
        "b_shop.jpg": jpeg(shop),
        "a_copy.jpg": jpeg(shop),
        "c_small.jpg": jpeg(shop.resize((512, 384)), 60),
        "d_cut_and_mirrored.png": png(ImageOps.mirror(cropped(shop, 0.15))),
        "other.jpg": jpeg(scene(3)),
        "page.jpg": jpeg(page(1)),
        "broken_1.jpg": b"\xff\xd8\xff\xe0",
        "broken_2.jpg": b"\xff\xd8\xff\xe0",
        "notes.txt": b"no photo",
    }.items():
        (tmp_path / name).write_bytes(data)
    assert run(["photo", "compare", str(tmp_path), "--json"]) == 0
    out = capsys.readouterr()
    pairs = json.loads(out.out)["pairs"]
    assert [(pair["a"], pair["b"], pair["verdict"]) for pair in pairs] == [
        ("a_copy.jpg", "b_shop.jpg", "same"),
        ("a_copy.jpg", "c_small.jpg", "same"),
        ("a_copy.jpg", "d_cut_and_mirrored.png", "similar"),
        ("b_shop.jpg", "c_small.jpg", "same"),
        ("b_shop.jpg", "d_cut_and_mirrored.png", "similar"),
        ("broken_1.jpg", "broken_2.jpg", "same"),
        ("c_small.jpg", "d_cut_and_mirrored.png", "similar"),
    ]
    assert pairs[0]["score"] == "1.000"
    assert "PHOTO_KIND" in out.err


def test_compare_of_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["photo", "compare", str(tmp_path / "none"), "--json"]) == 1
    assert _json(capsys)["error"]["code"] == "FILE_MISSING"  # type: ignore[index, call-overload]


def test_wrong_usage_is_exit_2() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "officer_app", "photo", "inspect"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        program.communicate()
    assert program.returncode == 2


def test_the_program_itself_prints_one_document_and_leaves_no_child(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(1)))
    done = subprocess.run(
        [sys.executable, "-m", "officer_app", "photo", "inspect", str(file), "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["width"] == 1024


def test_a_list_for_head_office_holds_prints_and_no_pictures(tmp_path: Path) -> None:
    """What `headoffice publish --photos` sends down: a label, a digest and a fingerprint for each photo."""
    folder, out = tmp_path / "photos", tmp_path / "list.json"
    folder.mkdir()
    for seed in (3, 4):
        (folder / f"{seed}.jpg").write_bytes(jpeg(scene(seed)))
    (folder / "note.txt").write_text("not a photo", encoding="utf-8")
    assert run(["photo", "list", str(folder), "--out", str(out)]) == 0
    listed = parse(out.read_bytes())
    assert [photo.label for photo in listed] == ["3.jpg", "4.jpg"]
    known = Library((photo.label, photo.sha256, decode_fingerprint(photo.fingerprint)) for photo in listed)
    assert [match.photo_id for match in known.search("new", fingerprint_of(scene(4)))] == ["4.jpg"]
    assert out.stat().st_size < 2_000


def test_reading_without_the_extra_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda _name: None)
    assert run(["photo", "read", str(tmp_path / "a.jpg"), "--kind", "id_card", "--json"]) == 1
    assert _json(capsys)["error"]["code"] == "READING_MISSING"  # type: ignore[index,call-overload]


@pytest.mark.skipif(not reader.is_installed(), reason="the extra “reading” is not installed: packaging/setup reading")
def test_read_tells_field_by_field_and_what_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Card(number="990101198604170427")
    (tmp_path / "card.jpg").write_bytes(drawn_papers.as_jpeg(drawn_papers.on_a_table(drawn_papers.card_front(wrong))))
    (tmp_path / "bad.jpg").write_bytes(b"PK\x03\x04")
    assert (
        run(["photo", "read", str(tmp_path / "card.jpg"), str(tmp_path / "bad.jpg"), "--kind", "id_card", "--json"])
        == 1
    )
    card, bad = _json(capsys)  # type: ignore[misc]
    assert (card["found"], card["papers"]) == (True, ["id_front"])
    fields = {one["field"]: one for one in card["fields"]}
    assert fields["name"]["value"] == "陈桂芳"
    assert fields["name"]["problem"] is None
    assert fields["number"]["value"] == wrong.number
    assert "mistyped" in fields["number"]["problem"]
    assert (bad["found"], bad["error"]["code"]) == (False, "PHOTO_KIND")
