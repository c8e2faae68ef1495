"""Taking photos in: honest ones come out upright and bare; broken and hostile ones with a clear word."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from officer_app.base.errors import Code, Fault
from officer_app.base.workers import Worker
from officer_app.evidence.findings import FindingCode
from officer_app.evidence.intake import PhotoReading, read_outline, read_photo
from officer_app.evidence.kinds import MAX_BYTES
from tests.support.drawn import jpeg, png, saved, scene, tags
from tests.support.heic_boxes import heic

CLEAR = {Code.PHOTO_KIND, Code.PHOTO_PIXELS, Code.PHOTO_BROKEN, Code.WORKER_LIMIT, Code.FILE_TOO_LARGE}


def _codes(reading: PhotoReading) -> list[FindingCode]:
    return [finding.code for finding in reading.findings]


def _refusal(data: bytes, reader: Worker, name: str = "shop.jpg") -> Code:
    with pytest.raises(Fault) as told:
        read_photo(data, reader, name)
    assert told.value.parameters.get("file", told.value.parameters.get("what")) == name
    return told.value.code


def test_a_photo_is_read_whole(reader: Worker) -> None:
    data = jpeg(scene(3), exif=tags(make="HUAWEI", orientation=6))
    found = read_photo(data, reader, "shop.jpg")
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert (found.width, found.height, found.view_size) == (1024, 768, (768, 1024))
    assert (found.tags.make, found.findings, found.fingerprint.blank) == ("HUAWEI", (), False)
    with Image.open(io.BytesIO(found.thumbnail)) as thumbnail:
        assert thumbnail.size == (240, 320)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_stands_upright(reader: Worker, orientation: int) -> None:
    """A red corner put where each orientation stores the upper left comes back to the upper left."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = Image.new("RGB", (96, 64), "white")
    upright.paste("red", (0, 0, 24, 16))
    stored = upright if undo is None else upright.transpose(undo)
    found = read_photo(jpeg(stored, 95, tags(orientation=orientation)), reader)
    with Image.open(io.BytesIO(found.view)) as view:
        assert view.size == (96, 64)
        red, green, _ = view.getpixel((4, 4))  # type: ignore[misc]
        assert red > 200
        assert green < 60
        assert min(view.getpixel((90, 60))) > 240  # type: ignore[type-var, arg-type]


def test_sizes_decoded_at_no_cost(reader: Worker) -> None:
    """12 megapixels come out at half scale, 2016 wide, not squeezed to 2048; small ones stay as they are."""
    for stored, view in (((4032, 3024), (2016, 1512)), ((2600, 1950), (2048, 1536)), ((1000, 750), (1000, 750))):
        assert read_photo(jpeg(Image.new("RGB", stored, "grey")), reader).view_size == view


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1"])
def test_every_kind_of_pixel_is_shown(reader: Worker, mode: str) -> None:
    grey = scene(5, (320, 240)).convert("L")
    picture = Image.new("I;16", grey.size) if mode == "I;16" else grey.convert(mode)
    found = read_photo(png(picture), reader)
    assert (found.view_size, found.findings) == ((320, 240), ())


def test_a_white_wall_has_no_fingerprint(reader: Worker) -> None:
    assert read_photo(jpeg(Image.new("RGB", (800, 600), (240, 238, 235))), reader).fingerprint.blank


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (5000, 1), (3, 2)])
def test_odd_shapes_are_read(reader: Worker, size: tuple[int, int]) -> None:
    assert read_photo(png(Image.new("RGB", size, "navy")), reader).width == size[0]


# --- broken and hostile ----------------------------------------------------------------------------


def test_a_cut_off_photo_is_taken_in_and_marked(reader: Worker) -> None:
    for whole in (jpeg(scene(3)), png(scene(3, (320, 240)))):
        found = read_photo(whole[: len(whole) // 2], reader)
        assert _codes(found) == [FindingCode.DAMAGED]
        assert found.width > 0


def test_a_photo_without_its_end_mark_is_marked(reader: Worker) -> None:
    assert _codes(read_photo(jpeg(scene(3))[:-2], reader)) == [FindingCode.DAMAGED]


@pytest.mark.parametrize("tail", [b"PK\x03\x04rest of an archive", b"%PDF-1.7", b"<html><script>", b"MZ\x90\x00"])
def test_what_hides_behind_a_picture_is_marked(reader: Worker, tail: bytes) -> None:
    for whole in (jpeg(scene(3, (320, 240))), png(scene(3, (320, 240)))):
        assert _codes(read_photo(whole + tail, reader)) == [FindingCode.FOREIGN_DATA]


def test_a_cameras_own_appendix_is_no_finding(reader: Worker) -> None:
    """Phones append a preview or a short film behind the picture."""
    for tail in (jpeg(scene(4, (160, 120))), b"\0\0\0\x18ftypmp42" + b"\0" * 400):
        assert _codes(read_photo(jpeg(scene(3, (320, 240))) + tail, reader)) == []


def test_nothing_but_a_header_is_refused(reader: Worker) -> None:
    whole = jpeg(scene(3, (320, 240)))
    assert _refusal(whole[:20], reader) is Code.PHOTO_BROKEN
    assert _refusal(png(scene(3, (320, 240)))[:20], reader) is Code.PHOTO_BROKEN
    assert _refusal(heic(), reader, "shop.heic") is Code.PHOTO_BROKEN


def test_a_renamed_file_is_refused(reader: Worker) -> None:
    assert _refusal(b"PK\x03\x04" + b"\0" * 100, reader) is Code.PHOTO_KIND


def test_a_huge_file_is_refused_before_it_is_read(reader: Worker) -> None:
    assert _refusal(b"\xff\xd8\xff" + bytes(MAX_BYTES), reader) is Code.FILE_TOO_LARGE


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png_bomb(side: int, rows: int) -> bytes:
    """A PNG of one bit a pixel that claims `side` rows and holds `rows`: kilobytes that unpack to megapixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress((b"\0" * (1 + (side + 7) // 8)) * rows, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _jpeg_claiming(wide: int, high: int) -> bytes:
    data = bytearray(jpeg(scene(3, (64, 48))))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", high, wide)
    return bytes(data)


@pytest.mark.parametrize(
    "bomb",
    [_png_bomb(60_000, 1), _png_bomb(2**31 - 1, 0), _jpeg_claiming(65_000, 65_000), heic(size=(40_000, 30_000))],
    ids=["png", "png of four exapixels", "jpeg", "heic"],
)
def test_gigapixel_headers_are_refused_unread(reader: Worker, bomb: bytes) -> None:
    assert _refusal(bomb, reader) is Code.PHOTO_PIXELS


def test_the_largest_picture_allowed_fits_the_limits(reader: Worker) -> None:
    """119 megapixels out of 14 kB: within memory and time, and the reader lives on."""
    before = reader.pid
    assert read_photo(_png_bomb(10_900, 10_900), reader).view_size == (2048, 2048)
    assert reader.pid == before or before is None


def test_text_bombs_in_a_png_are_refused_or_ignored(reader: Worker) -> None:
    whole = png(scene(3, (64, 48)))
    text = _chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(80_000_000), 9))
    assert read_photo(whole[:33] + text + whole[33:], reader).view_size == (64, 48)


def test_memory_beyond_the_limit_is_a_refusal() -> None:
    """A reader kept far too small: the answer is a code, and the program goes on."""
    with Worker(memory_mb=250) as small:
        assert _refusal(_png_bomb(10_900, 10_900), small) in {Code.WORKER_LIMIT, Code.PHOTO_BROKEN}


def test_size_and_tags_of_a_broken_photo_are_still_told(reader: Worker) -> None:
    seen = read_outline(heic(tags(make="Apple").tobytes().removeprefix(b"Exif\0\0")), reader, "shop.heic")
    assert (seen.width, seen.height, seen.tags.make) == (4032, 3024, "Apple")


_WHOLE = {
    "jpeg": jpeg(scene(3, (160, 120)), exif=tags(make="HUAWEI", place=("23.1", "113.2"))),
    "png": png(scene(3, (64, 48))),
    "heic": heic(),
    "avif": saved(scene(3, (96, 64)), "AVIF", exif=tags(make="HUAWEI")),
    "webp": saved(scene(3, (96, 64)), "WEBP", exif=tags(make="HUAWEI")),
}
_fuzzed = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


_HEADS = [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", heic()[:24], _WHOLE["avif"][:32], _WHOLE["webp"][:16]]


def _survives(data: bytes, reader: Worker) -> None:
    code, view = None, b""
    try:
        view = read_photo(data, reader, "x").view
    except Fault as fault:
        code = fault.code
    assert code in CLEAR if code is not None else view.startswith(b"\xff\xd8")


@_fuzzed
@given(st.data(), st.sampled_from(sorted(_WHOLE)))
def test_flipped_and_cut_files_are_survived(reader: Worker, data: st.DataObject, kind: str) -> None:
    broken = bytearray(_WHOLE[kind])
    for at in data.draw(st.lists(st.integers(0, len(broken) - 1), min_size=1, max_size=12)):
        broken[at] ^= data.draw(st.integers(1, 255))
    _survives(bytes(broken[: data.draw(st.integers(8, len(broken)))]), reader)


@_fuzzed
@given(st.binary(max_size=2_000), st.sampled_from(_HEADS))
def test_noise_behind_a_true_beginning_is_survived(reader: Worker, noise: bytes, head: bytes) -> None:
    _survives(head + noise, reader)


def test_damaged_heic_is_survived(reader: Worker, shared: Path) -> None:
    """Fifty cuts and flips of a phone's HEIC: each read, or refused in a word."""
    whole = (shared / "data" / "photos" / "iphone_flower.heic").read_bytes()
    for step in range(50):
        broken = bytearray(whole)
        for at in range(step * 37 + 20, min(len(whole), 6_000), 997):
            broken[at] ^= 1 << step % 8
        _survives(bytes(broken[: len(whole) - step * 9_000]), reader)
