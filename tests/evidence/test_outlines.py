"""The skeleton of a file: sizes as stored, tags, the end of the picture; broken skeletons tell nothing."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from officer_app.base.errors import Code, Fault
from officer_app.evidence.kinds import PhotoKind, recognise
from officer_app.evidence.outlines import outline
from officer_app.evidence.tags import read_tags
from tests.support.drawn import jpeg, png, saved, scene, tags
from tests.support.heic_boxes import heic

EXIF = tags(make="Apple", orientation=6, place=("23.5", "113.25")).tobytes().removeprefix(b"Exif\x00\x00")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(jpeg(scene(1, (64, 48))), PhotoKind.JPEG), (png(scene(1, (64, 48))), PhotoKind.PNG), (heic(), PhotoKind.HEIC)],
    ids=["jpeg", "png", "heic"],
)
def test_kinds_are_known_by_their_bytes(data: bytes, kind: PhotoKind) -> None:
    assert recognise(data) is kind
    assert outline(data, kind).end == len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"GIF89a",
        b"<svg/>",
        b"RIFF\0\0\0\0WAVE",
        b"BM",
        b"II*\x00",
        b"\0\0\0\x18ftypisom",
    ],
)
def test_everything_else_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Fault) as told:
        recognise(data, "shop.jpg")
    assert (told.value.code, told.value.parameters) == (Code.PHOTO_KIND, {"file": "shop.jpg"})


def test_heic_boxes_give_size_before_turning_and_tags() -> None:
    found = outline(heic(EXIF), PhotoKind.HEIC)
    assert (found.width, found.height) == (4032, 3024)
    assert (read_tags(found.exif).make, read_tags(found.exif).orientation) == ("Apple", 6)


def test_jpeg_and_png_give_size_and_tags() -> None:
    picture, exif = scene(1, (64, 48)), tags(make="Apple", orientation=6)
    png_file = io.BytesIO()
    picture.save(png_file, "PNG", exif=exif)
    for data, kind in ((jpeg(picture, exif=exif), PhotoKind.JPEG), (png_file.getvalue(), PhotoKind.PNG)):
        found = outline(data, kind)
        assert (found.width, found.height, read_tags(found.exif).make) == (64, 48, "Apple")


def test_progressive_jpegs_end_where_they_end() -> None:
    """Tables stand between the scans of a progressive picture; none of them is its end."""
    out = io.BytesIO()
    Image.effect_noise((96, 96), 80).convert("RGB").save(out, "JPEG", progressive=True)
    data = out.getvalue()
    assert outline(data + b"PK\x03\x04", PhotoKind.JPEG).end == len(data)


@given(st.data(), st.sampled_from(PhotoKind))
def test_any_damage_is_survived(data: st.DataObject, kind: PhotoKind) -> None:
    whole = {
        PhotoKind.JPEG: jpeg(scene(1, (48, 32)), exif=tags(make="Apple")),
        PhotoKind.PNG: png(scene(1, (16, 12))),
        PhotoKind.HEIC: heic(EXIF),
        PhotoKind.AVIF: saved(scene(1, (48, 32)), "AVIF", exif=tags(make="Apple")),
        PhotoKind.WEBP: saved(scene(1, (48, 32)), "WEBP", exif=tags(make="Apple")),
    }[kind]
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(broken) - 1)), max_size=8)) if broken else ():
        broken[at] ^= data.draw(st.integers(1, 255))
    read_tags(outline(bytes(broken), kind).exif)


@given(st.binary(max_size=600), st.sampled_from(PhotoKind))
def test_any_bytes_are_survived(noise: bytes, kind: PhotoKind) -> None:
    head = {
        PhotoKind.JPEG: b"\xff\xd8\xff",
        PhotoKind.PNG: b"\x89PNG\r\n\x1a\n",
        PhotoKind.HEIC: heic()[:24],
        PhotoKind.AVIF: b"\0\0\0\x18ftypavif",
        PhotoKind.WEBP: b"RIFF\xff\x00\x00\x00WEBPVP8X",
    }[kind]
    outline(head + noise, kind)
