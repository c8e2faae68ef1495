"""AVIF and WebP as phones and chats write them; moving pictures, hostile XMP, and marks of editing."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PIL import Image

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.base.workers import Worker
from officer_app.evidence.editing import edited
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.evidence.intake import PhotoReading, read_photo
from officer_app.evidence.kinds import PhotoKind
from officer_app.evidence.tag_records import tags_from_json, tags_to_json
from officer_app.evidence.tags import EditSign, Tags
from officer_app.evidence.xmp import read_xmp
from tests.support.drawn import jpeg, saved, scene, tags

SHOT = datetime(2026, 10, 8, 10, 42)  # noqa: DTZ001  a camera's wall clock
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><x>&j;</x>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def _xmp(body: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" {body}/></rdf:RDF></x:xmpmeta>'
    )


def _with_xmp(data: bytes, packet: str) -> bytes:
    body = b"http://ns.adobe.com/xap/1.0/\x00" + packet.encode()
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def _raised(reading: PhotoReading) -> list[FindingCode]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(("kind", "name"), [(PhotoKind.AVIF, "AVIF"), (PhotoKind.WEBP, "WEBP")])
@pytest.mark.parametrize("orientation", [None, 6, 8])
def test_newer_formats_are_read_whole_and_stand_upright(
    reader: Worker, kind: PhotoKind, name: str, orientation: int | None
) -> None:
    exif = tags(taken=SHOT, offset="+08:00", place=("23.18", "113.26"), make="HUAWEI", orientation=orientation)
    found = read_photo(saved(scene(3, (320, 240)), name, exif=exif), reader, "shop")
    assert (found.kind, found.width, found.height) == (kind, 320, 240)
    assert found.view_size == ((320, 240) if orientation is None else (240, 320))
    assert (found.tags.taken_text, found.tags.make) == ("2026-10-08T10:42:00+08:00", "HUAWEI")
    assert found.tags.has_place
    assert _raised(found) == []
    assert found.kind.suffix == f".{name.lower()}"


def test_a_copy_in_another_format_has_the_same_print(reader: Worker) -> None:
    prints = {read_photo(saved(scene(3), name), reader).fingerprint.rows[0][:8] for name in ("JPEG", "WEBP", "AVIF")}
    bits = [int.from_bytes(one, "big") for one in prints]
    assert max((a ^ b).bit_count() for a in bits for b in bits) <= 2


@pytest.mark.parametrize("name", ["PNG", "WEBP", "AVIF"])
def test_moving_pictures_show_their_first_and_say_so(reader: Worker, name: str) -> None:
    still, next_one = scene(3, (320, 240)), scene(4, (320, 240))
    moving = saved(still, name, save_all=True, append_images=[next_one])
    found = read_photo(moving, reader)
    assert _raised(found) == [FindingCode.SEVERAL_PICTURES]
    with Image.open(io.BytesIO(found.view)) as view:
        shown = view.convert("RGB").resize((8, 8)).tobytes()
    first, second = (picture.resize((8, 8)).tobytes() for picture in (still, next_one))
    apart = [sum(abs(a - b) for a, b in zip(shown, other, strict=True)) for other in (first, second)]
    assert apart[0] < apart[1] / 3


def test_a_gif_is_refused_in_words(reader: Worker) -> None:
    with pytest.raises(Fault) as told:
        read_photo(saved(scene(3, (64, 48)).convert("P"), "GIF"), reader, "shop.jpg")
    assert told.value.code is Code.PHOTO_KIND
    assert "shop.jpg" in say(told.value.sentence, ENGLISH)
    assert "shop.jpg" in say(told.value.sentence, CHINESE)


@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE, "<!DOCTYPE x><x/>"], ids=["entities", "outside", "document type"])
def test_hostile_xmp_is_not_read_and_said(reader: Worker, bomb: str) -> None:
    found = read_photo(_with_xmp(jpeg(scene(3, (64, 48))), bomb), reader)
    assert _raised(found) == [FindingCode.HOSTILE_TEXT]
    assert (found.tags.programs, found.view_size) == ((), (64, 48))


@pytest.mark.parametrize("packet", [b"", b"<x>", b"<x>" * 50_000, b"\xff\xfe\x00", b"<?xml encoding='none'?><x/>"])
def test_broken_xmp_tells_nothing(packet: bytes) -> None:
    assert read_xmp(packet) == read_xmp(b"")


def test_an_oversized_packet_is_left_alone() -> None:
    assert read_xmp(_xmp('xmp:CreatorTool="A"').encode() + b" " * 10).programs == ("A",)
    assert read_xmp(_xmp(f'xmp:CreatorTool="{"A" * 300_000}"').encode()).programs == ()


def test_programs_in_xmp_are_named(reader: Worker) -> None:
    whole = jpeg(scene(3, (64, 48)), exif=tags(make="Apple", software="18.1"))
    found = read_photo(_with_xmp(whole, _xmp('xmp:CreatorTool="Adobe Photoshop 25.1"')), reader)
    judged = edited(found.tags)
    assert (judged.verdict, "Photoshop" in say(judged.sentence, CHINESE)) == (Verdict.LOOK_CLOSER, True)


# --- marks of editing ------------------------------------------------------------------------------

HONEST = Tags(taken_local=SHOT, make="HUAWEI", software="NOH-AN00 4.0")


def test_one_weak_mark_is_no_flag_and_two_are() -> None:
    assert edited(HONEST).verdict is Verdict.PASS
    assert edited(replace(HONEST, signs=(EditSign.MODIFIED_LATER,))).verdict is Verdict.PASS
    two = edited(replace(HONEST, signs=(EditSign.MODIFIED_LATER, EditSign.THUMBNAIL_DIFFERS)))
    assert two.verdict is Verdict.LOOK_CLOSER
    assert "saved again after the shot" in say(two.sentence, ENGLISH)


def _shot(beside: Image.Image, told: tuple[int, int], changed: datetime, quality: int = 90) -> bytes:
    """A camera's JPEG of 640 × 480 with its small picture, the size it noted and its last change."""
    exif = tags(taken=SHOT, make="HUAWEI", software="NOH-AN00 4.0")
    exif[0x0132] = f"{changed:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8769).update({0xA002: told[0], 0xA003: told[1]})
    small = jpeg(beside.resize((160, 120)))
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    out = io.BytesIO()
    scene(3, (640, 480)).save(out, "JPEG", quality=quality, exif=b"Exif\0\0" + _with_thumbnail(block, small))
    return out.getvalue()


def _with_thumbnail(block: bytes, small: bytes) -> bytes:
    """The TIFF block with a second directory behind everything else."""
    order = "<" if block[:2] == b"II" else ">"
    first = struct.unpack_from(order + "I", block, 4)[0]
    link = first + 2 + 12 * struct.unpack_from(order + "H", block, first)[0]
    at = len(block) + len(block) % 2
    entries = struct.pack(order + "HHIIHHII", 0x0201, 4, 1, at + 30, 0x0202, 4, 1, len(small))
    second = struct.pack(order + "H", 2) + entries + b"\0" * 4
    padded = block + b"\0" * (at - len(block))
    return padded[:link] + struct.pack(order + "I", at) + padded[link + 4 :] + second + small


@pytest.mark.parametrize(
    ("data", "signs"),
    [
        (lambda: _shot(scene(3), (640, 480), SHOT), ()),
        (lambda: _shot(scene(3), (640, 480), SHOT + timedelta(seconds=40)), ()),
        (lambda: _shot(scene(3), (480, 640), SHOT), ()),
        (lambda: _shot(scene(3), (640, 480), SHOT + timedelta(days=1)), (EditSign.MODIFIED_LATER,)),
        (lambda: _shot(scene(3), (4032, 3024), SHOT), (EditSign.SIZE_DIFFERS,)),
        (lambda: _shot(scene(8), (640, 480), SHOT), (EditSign.THUMBNAIL_DIFFERS,)),
        (lambda: _shot(scene(3), (640, 480), SHOT, 60), (EditSign.SAVED_COARSELY,)),
    ],
    ids=["honest", "slow card", "turned", "changed", "another size", "another picture", "coarse"],
)
def test_each_mark_is_seen(reader: Worker, data: object, signs: tuple[EditSign, ...]) -> None:
    found = read_photo(data(), reader).tags  # type: ignore[operator]
    assert found.signs == signs
    assert tags_from_json(tags_to_json(found)) == found
