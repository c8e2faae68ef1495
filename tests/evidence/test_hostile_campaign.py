"""Broken and hostile files by the hundred, each format: a picture or a word, within memory and time, every one.

`packaging/test --full` runs all of it, a usual run a sample. What runs out of its bounds takes the child along, never
the program; the child's largest memory is read from the system at the end.
"""

from __future__ import annotations

import random
import re
import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.base.workers import Worker
from officer_app.evidence.intake import READ_SECONDS, read_photo
from tests.support.drawn import jpeg, png, saved, scene, tags
from tests.support.heic_boxes import heic
from tests.support.sampling import sampled

MEMORY_MB = 2048
EACH = 250
EXPECTED = {Code.PHOTO_KIND, Code.PHOTO_PIXELS, Code.PHOTO_BROKEN, Code.WORKER_LIMIT, Code.FILE_TOO_LARGE}
XMP = b"http://ns.adobe.com/xap/1.0/\x00"


def _bomb(levels: int = 9) -> bytes:
    parts = [f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(levels)]
    return f'<!DOCTYPE x [<!ENTITY a "{"a" * 10}">{"".join(parts)}]><x>&{chr(97 + levels)};</x>'.encode()


def _with_xmp(data: bytes, packet: bytes) -> bytes:
    body = XMP + packet
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def _wholes() -> dict[str, bytes]:
    small, exif = scene(3, (160, 120)), tags(make="HUAWEI", place=("23.1", "113.2"), orientation=6)
    told = {
        "jpeg": _with_xmp(jpeg(small, exif=exif), b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
        "png": png(small),
        "webp": saved(small, "WEBP", exif=exif),
        "avif": saved(small, "AVIF", exif=exif),
        "heic boxes": heic(exif.tobytes().removeprefix(b"Exif\0\0")),
    }
    real = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos" / "iphone_flower.heic"
    return told | ({"heic": real.read_bytes()} if real.is_file() else {})


def _damaged() -> Iterator[tuple[str, bytes]]:
    """Bits turned, ends cut, blocks doubled and blanked, heads of one format on the body of another."""
    wholes = _wholes()
    for kind, whole in wholes.items():
        chance = random.Random(kind)  # noqa: S311  the same files in every run
        for number in range(EACH if kind != "heic" else EACH // 5):
            broken = bytearray(whole)
            for _ in range(chance.randint(0, 10)):
                at = chance.randrange(len(broken) if number % 2 else min(len(broken), 800))
                broken[at] ^= 1 << chance.randrange(8)
            match number % 5:
                case 0:
                    broken = broken[: chance.randrange(8, len(broken))]
                case 1:
                    at = chance.randrange(len(broken))
                    broken[at:at] = broken[at : at + chance.randrange(1, 400)]
                case 2:
                    at = chance.randrange(len(broken))
                    broken[at : at + 64] = bytes(len(broken[at : at + 64]))
                case 3:
                    other = wholes[chance.choice(sorted(wholes))]
                    broken = broken[: chance.randrange(8, 64)] + other[:40_000]
                case _:
                    pass
            yield kind, bytes(broken)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _built() -> Iterator[tuple[str, bytes]]:
    """Files built to harm: bombs of pixels and of text, lies about sizes, two formats in one, other files renamed."""
    whole = jpeg(scene(3, (160, 120)))
    for side in (20_000, 60_000, 2**31 - 1):
        head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
        body = zlib.compress(bytes(4_000_000), 9)
        yield "png bomb", b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    yield "heic bomb", heic(size=(60_000, 60_000))
    canvas = (16_383).to_bytes(3, "little") * 2
    riff = b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\x02\0\0\0" + canvas
    yield "webp bomb", b"RIFF" + len(riff).to_bytes(4, "little") + riff
    for levels in (3, 9, 20):
        yield "entities", _with_xmp(whole, _bomb(levels))
    yield (
        "quadratic",
        _with_xmp(whole, b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 30_000 + b'">]><x>' + b"&a;" * 9_000 + b"</x>"),
    )
    yield "outside", _with_xmp(whole, b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x"><x/>')
    yield "deep", _with_xmp(whole, b"<x>" * 15_000)
    for name, data in (
        ("zip", b"PK\x03\x04"),
        ("pdf", b"%PDF-1.7"),
        ("gif", b"GIF89a"),
        ("svg", b"<svg/>"),
        ("elf", b"\x7fELF"),
    ):
        yield f"renamed {name}", data + bytes(200)
        yield f"polyglot {name}", whole + data + bytes(200)
    yield "text bomb", png(scene(3, (64, 48)))[:33] + _chunk(b"zTXt", b"n\0\0" + zlib.compress(bytes(90_000_000), 9))
    yield "empty", b""


def _verdict(data: bytes, worker: Worker, name: str) -> str:
    refused = None
    try:
        found = read_photo(data, worker, name)
    except Fault as fault:
        refused = fault
    if refused is not None:
        assert refused.code in EXPECTED, refused
        for language in (ENGLISH, CHINESE):
            assert say(refused.sentence, language)
            assert say(refused.remedy, language)
        return refused.code.name
    assert found.view.startswith(b"\xff\xd8")
    for finding in found.findings:
        assert say(finding.sentence, CHINESE) != say(finding.sentence, ENGLISH)
    return ", ".join(finding.code.value for finding in found.findings) or "taken in"


def _most_memory_mb(pid: int | None) -> int:
    """The child's largest resident memory so far, 0 where the system does not tell."""
    file = Path(f"/proc/{pid}/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", file.read_text()) if file.is_file() else None
    return int(told[1]) // 1024 if told else 0


@pytest.mark.timeout(3600)
def test_nothing_that_comes_in_breaks_out(capsys: pytest.CaptureFixture[str], *, full: bool) -> None:
    """Every file ends in a picture or a word; memory and time stay within the limits; the program goes on."""
    files = [*_built(), *sampled(_damaged(), "damaged pictures", full=full)]
    ends: Counter[str] = Counter()
    slowest, memory = 0.0, 0
    with Worker(memory_mb=MEMORY_MB) as worker:
        _verdict(jpeg(scene(3, (64, 48))), worker, "first.jpg")
        for number, (kind, data) in enumerate(files):
            begun = time.monotonic()
            ends[_verdict(data, worker, f"{kind} {number}")] += 1
            slowest = max(slowest, time.monotonic() - begun)
            memory = max(memory, _most_memory_mb(worker.pid))
        assert _verdict(jpeg(scene(3, (64, 48))), worker, "last.jpg") == "taken in"
    with capsys.disabled():
        told = ", ".join(f"{end} {count}" for end, count in ends.most_common())
        print(f"\nhostile: {len(files)} files, slowest {slowest:.1f} s, child at most {memory} MB; {told}")
    assert memory <= MEMORY_MB
    assert slowest <= READ_SECONDS + 60  # a child that died is started again within the same call


def test_every_built_file_ends_as_it_should(reader: Worker) -> None:
    """Which end: bombs by their claimed size, entities unread and said, other files by what they are."""
    wanted = {
        "png bomb": "PHOTO_PIXELS",
        "heic bomb": "PHOTO_PIXELS",
        "webp bomb": "PHOTO_PIXELS",
        "entities": "HOSTILE_TEXT",
        "quadratic": "HOSTILE_TEXT",
        "outside": "HOSTILE_TEXT",
        "deep": "taken in",
        "empty": "PHOTO_KIND",
    }
    for kind, data in _built():
        if kind in wanted or kind.startswith("renamed"):
            assert _verdict(data, reader, kind) == wanted.get(kind, "PHOTO_KIND"), kind
        elif kind.startswith("polyglot") and kind != "polyglot gif":
            assert _verdict(data, reader, kind) == "FOREIGN_DATA", kind
