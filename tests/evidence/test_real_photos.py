"""Real camera files are read as a trusted tool reads them."""

from __future__ import annotations

import io
import itertools
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from officer_app.base.workers import Worker
from officer_app.evidence.findings import Verdict, VisitContext, judge
from officer_app.evidence.intake import PhotoReading, read_photo
from officer_app.evidence.pictures import fingerprint_of
from officer_app.evidence.search import Library
from officer_app.evidence.visits import Shot
from tests.support.drawn import EDITS


def _folder(shared: Path) -> Path:
    return shared / "data" / "photos"


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict[str, object]]:
    found = json.loads((_folder(shared) / "expected.json").read_text(encoding="utf-8"))["files"]
    assert len(found) == 12
    return found


@pytest.fixture(scope="module")
def readings(shared: Path, expected: dict[str, object], reader: Worker) -> dict[str, PhotoReading]:
    return {name: read_photo((_folder(shared) / name).read_bytes(), reader, name) for name in expected}


def _iso(tags: dict[str, object]) -> str | None:
    taken = tags.get("DateTimeOriginal") or tags.get("CreateDate")
    if taken is None:
        return None
    day, clock = str(taken).split(" ")
    return f"{day.replace(':', '-')}T{clock}{tags.get('OffsetTimeOriginal') or ''}"


def _near(found: Decimal | None, wanted: object) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - Decimal(str(wanted))) < Decimal("1e-9")


def test_every_field_agrees(readings: dict[str, PhotoReading], expected: dict[str, dict[str, object]]) -> None:
    for name, wanted in expected.items():
        found, tags = readings[name], readings[name].tags
        assert found.sha256 == wanted["sha256"], name
        assert found.size == wanted["bytes"], name
        assert found.kind.value == wanted["MIMEType"], name
        assert (found.width, found.height) == (wanted["ImageWidth"], wanted["ImageHeight"]), name
        assert tags.taken_text == _iso(wanted), name
        assert tags.orientation == wanted.get("Orientation"), name
        assert (tags.make, tags.model) == (wanted.get("Make"), wanted.get("Model")), name
        assert tags.software == wanted.get("Software"), name
        assert _near(tags.lat, wanted.get("GPSLatitude")), name
        assert _near(tags.lon, wanted.get("GPSLongitude")), name


def test_satellite_times_agree(readings: dict[str, PhotoReading], expected: dict[str, dict[str, object]]) -> None:
    for name, wanted in expected.items():
        satellite = readings[name].tags.satellite_at
        text = None if satellite is None else f"{satellite:%Y:%m:%d %H:%M:%S}"
        claimed = (
            str(wanted["GPSDateStamp"]) + " " + str(wanted["GPSTimeStamp"]) if "GPSDateStamp" in wanted else None
        )
        assert text == (None if claimed is None else claimed.split(".", maxsplit=1)[0]), name


def test_views_stand_upright(readings: dict[str, PhotoReading]) -> None:
    """Portrait photos that are stored lying come out standing, whoever turns them: tag or container."""
    kitchen = readings["iphone13promax_kitchen.heic"]
    assert kitchen.view_size == (1536, 2048)
    assert readings["orientation_portrait_8.jpg"].view_size == (1200, 1800)
    assert readings["orientation_landscape_6.jpg"].view_size == (600, 450)
    assert readings["jolla_leaf.jpg"].view_size == (1632, 1224)  # half scale, decoded at no cost


def test_derived_pictures_carry_no_tags(readings: dict[str, PhotoReading]) -> None:
    for name, reading in readings.items():
        for data, side in ((reading.view, 2048), (reading.thumbnail, 320)):
            with Image.open(io.BytesIO(data)) as picture:
                assert max(picture.size) <= side, name
                assert not picture.getexif(), name
                assert not {"exif", "xmp", "comment", "icc_profile"} & picture.info.keys(), name


def test_honest_files_have_no_findings_of_their_own(readings: dict[str, PhotoReading]) -> None:
    assert {name: reading.findings for name, reading in readings.items() if reading.findings} == {}


def test_different_photos_are_no_copies(readings: dict[str, PhotoReading]) -> None:
    """Four shots of one walk among them: the same town is not the same picture."""
    library = Library((name, reading.sha256, reading.fingerprint) for name, reading in readings.items())
    for name, reading in readings.items():
        assert [match.photo_id for match in library.search(reading.sha256, reading.fingerprint)] == [name]


def test_copies_of_real_photos_are_found(
    readings: dict[str, PhotoReading], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every edit of the table on every real photo: found, and nothing else with it."""
    library = Library((name, reading.sha256, reading.fingerprint) for name, reading in readings.items())
    wrong, missed = [], []
    for name, reading in readings.items():
        with Image.open(io.BytesIO(reading.view)) as view:
            view.thumbnail((1024, 1024))
            original = view.convert("RGB")
        for edit, change in EDITS.items():
            found = [match.photo_id for match in library.search("new", fingerprint_of(change(original)))]
            wrong += [(edit, name, other) for other in found if other != name]
            missed += [(edit, name)] if name not in found else []
    with capsys.disabled():
        print(f"\nreal photos: {len(wrong)} wrong, {len(missed)} missed of {len(readings) * len(EDITS)}: {missed}")
    assert not wrong
    assert len(missed) <= len(readings) * len(EDITS) * 0.02


def test_one_walk_is_plausible_in_time_and_place(readings: dict[str, PhotoReading]) -> None:
    walk = [
        (name, reading.tags) for name, reading in readings.items() if name.startswith("arezzo") and reading.tags.lat
    ]
    assert len(walk) == 4
    for (_, tags), (other, others) in itertools.permutations(walk, 2):
        found = judge(tags, VisitContext(received_at=datetime(2026, 10, 8, tzinfo=UTC), shots=(Shot(other, others),)))
        assert {finding.code.value: finding.verdict for finding in found}["IMPOSSIBLE_SPEED"] is Verdict.PASS
