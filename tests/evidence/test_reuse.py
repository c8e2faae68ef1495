"""The same picture is found whatever was done to it, and another picture is not."""

from __future__ import annotations

import hashlib
import itertools
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageOps

from officer_app.evidence.fingerprints import ROW_BYTES, Fingerprint, decode_fingerprint
from officer_app.evidence.pictures import fingerprint_of
from officer_app.evidence.search import Library, Likeness, Match
from tests.support.drawn import EDITS, cropped, page, scene
from tests.support.sampling import sampled

PLACES = 40
PAGES = 20


def _printed(picture: Image.Image) -> Fingerprint:
    return fingerprint_of(picture.convert("RGB"))


@cache
def _library() -> tuple[Library, dict[str, Image.Image]]:
    pictures = {f"scene {n}": scene(n) for n in range(PLACES)} | {f"page {n}": page(n) for n in range(PAGES)}
    return Library((name, name, _printed(picture)) for name, picture in pictures.items()), pictures


def _found(picture: Image.Image, sha256: str = "new") -> tuple[Match, ...]:
    return _library()[0].search(sha256, _printed(picture))


def test_precision_and_recall_over_all_edits(capsys: pytest.CaptureFixture[str], full: bool) -> None:
    """The bar: precision ≥ 0.99, recall ≥ 0.98 over all edits, each edit ≥ 18 of 20."""
    _, pictures = _library()
    places = sampled(range(PLACES), "places", full=full, one_in=2)
    right = wrong = 0
    hits: dict[str, int] = {}
    for edit, change in EDITS.items():
        for number in places:
            names = [match.photo_id for match in _found(change(pictures[f"scene {number}"]))]
            hit = f"scene {number}" in names
            hits[edit] = hits.get(edit, 0) + hit
            right, wrong = right + hit, wrong + len(names) - hit
    precision, recall = right / (right + wrong), right / (len(places) * len(EDITS))
    with capsys.disabled():
        each = ", ".join(f"{edit} {count}/{len(places)}" for edit, count in hits.items())
        print(f"\nreuse: precision {precision:.3f}, recall {recall:.3f}; {each}")
    assert precision >= 0.99
    assert recall >= 0.98
    assert min(hits.values()) >= 0.9 * len(places)


def test_pages_of_one_book_are_told_apart_and_their_copies_found() -> None:
    _, pictures = _library()
    for number in range(PAGES):
        for edit in ("q30", "crop 15 %", "turn 2°", "mirror", "border"):
            names = [match.photo_id for match in _found(EDITS[edit](pictures[f"page {number}"]))]
            assert names == [f"page {number}"], edit


def test_unrelated_pictures_do_not_match() -> None:
    library, pictures = _library()
    for name, picture in pictures.items():
        assert [match.photo_id for match in library.search("new", _printed(picture))] == [name]
    for seed in range(1_000, 1_120):
        assert _found(scene(seed)) == ()


def test_a_copy_is_found_whichever_came_first() -> None:
    """The cropped one may be in the library and the original new."""
    for edit, change in EDITS.items():
        known = Library([("copy", "copy", _printed(change(scene(7))))])
        assert [match.photo_id for match in known.search("new", _printed(scene(7)))] == ["copy"], edit


def test_what_is_said_of_a_match() -> None:
    library, pictures = _library()
    original = pictures["scene 6"]
    same_bytes = library.search("scene 6", _printed(original))[0]
    assert (same_bytes.identical, same_bytes.likeness, str(same_bytes.score)) == (True, Likeness.SAME, "1.000")
    smaller = _found(EDITS["resize"](original))[0]
    assert (smaller.identical, smaller.likeness, smaller.mirrored, smaller.turned) == (
        False,
        Likeness.SAME,
        False,
        False,
    )
    assert same_bytes.score > smaller.score
    mirrored = _found(ImageOps.mirror(original))[0]
    assert (mirrored.likeness, mirrored.mirrored, mirrored.turned) == (Likeness.SIMILAR, True, False)
    turned = _found(original.transpose(Image.Transpose.ROTATE_90))[0]
    assert (turned.likeness, turned.mirrored, turned.turned) == (Likeness.SIMILAR, False, True)
    assert _found(cropped(original, 0.15))[0].likeness is Likeness.SIMILAR


@pytest.mark.parametrize("way", list(Image.Transpose))
def test_all_eight_symmetries_are_seen_through(way: Image.Transpose) -> None:
    match = _found(scene(9).transpose(way))[0]
    backwards = {
        Image.Transpose.FLIP_LEFT_RIGHT,
        Image.Transpose.FLIP_TOP_BOTTOM,
        Image.Transpose.TRANSPOSE,
        Image.Transpose.TRANSVERSE,
    }
    assert (match.photo_id, match.mirrored) == ("scene 9", way in backwards)


def test_a_blank_picture_is_known_by_its_bytes_alone() -> None:
    wall = _printed(Image.new("RGB", (800, 600), "white"))
    assert wall.blank
    library = Library([("wall", "a", wall), ("other wall", "b", wall)])
    assert library.search("c", wall) == ()
    assert [match.photo_id for match in library.search("b", wall)] == ["other wall"]


def test_fingerprints_are_kept_and_read_back() -> None:
    for picture in (scene(1), EDITS["border"](scene(1)), Image.new("RGB", (90, 90))):
        fingerprint = _printed(picture)
        assert len(fingerprint.encode()) == 1 + ROW_BYTES * len(fingerprint.rows)
        assert decode_fingerprint(fingerprint.encode()) == fingerprint
    assert len(_printed(EDITS["border"](scene(1))).rows) == 2


@pytest.mark.parametrize(
    "data", [b"", b"\x02" + bytes(ROW_BYTES), b"\x01" + bytes(7), b"\x01" + bytes(3 * ROW_BYTES)]
)
def test_foreign_fingerprints_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        decode_fingerprint(data)


def test_a_library_grows_past_its_first_size() -> None:
    chance = np.random.default_rng(3)
    prints = {str(n): Fingerprint((chance.bytes(ROW_BYTES),)) for n in range(2_500)}
    library = Library()
    for name, fingerprint in prints.items():
        library.add(name, hashlib.sha256(name.encode()).hexdigest(), fingerprint)
    assert len(library) == 2_500
    for name in ("0", "1023", "1024", "2499"):
        assert [match.photo_id for match in library.search("new", prints[name])] == [name]


def test_few_wrong_alarms_in_a_large_library(capsys: pytest.CaptureFixture[str]) -> None:
    """At most 1 in 1,000 new photos. Random prints stand in for 20,000 unrelated photos: 300 searches, no match."""
    chance = np.random.default_rng(4)
    library = Library((str(n), str(n), Fingerprint((chance.bytes(ROW_BYTES),))) for n in range(20_000))
    alarms = [library.search("new", _printed(scene(seed))) for seed in range(2_000, 2_060)]
    alarms += [library.search("new", Fingerprint((chance.bytes(ROW_BYTES),))) for _ in range(240)]
    with capsys.disabled():
        print(f"\nreuse: {sum(map(bool, alarms))} wrong alarms in {len(alarms)} searches of {len(library)} photos")
    assert not list(itertools.chain(*alarms))
