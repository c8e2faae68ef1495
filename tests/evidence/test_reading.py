"""Drawn cards and licences, well and badly photographed, read by the real reader in its child process.

A second or so for each picture: a handful stands for the campaign of `bench_reading.py`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PIL import Image

from officer_app.base.errors import Code, Fault, Kind
from officer_app.base.paths import resource_folder
from officer_app.base.words import CHINESE, say
from officer_app.base.workers import Worker
from officer_app.evidence.reading import reader as reading
from officer_app.evidence.reading.lines import Page
from officer_app.evidence.reading.papers import Field, PaperKind, papers_in
from officer_app.evidence.reading.reader import MEMORY_MB, is_installed, read_page
from officer_app.evidence.reading.watermark import watermark_in
from tests.support import drawn_papers as drawn
from tests.support.drawn_papers import Card, Licence, Paper

needs_reader = pytest.mark.skipif(
    not is_installed(), reason="the extra “reading” is not installed: packaging/setup reading"
)


@pytest.fixture(scope="module")
def child() -> Iterator[Worker]:
    with Worker(memory_mb=MEMORY_MB) as worker:
        yield worker


def told(found: Page) -> dict[Field, str]:
    return {entry.field: entry.value for paper in papers_in(found) for entry in paper.entries}


@needs_reader
@pytest.mark.parametrize("quality", ["tilted", "low light", "turned over"])
def test_a_card_is_read_from_a_bad_photo(child: Worker, quality: str) -> None:
    card = Card()
    says = told(read_page(drawn.as_jpeg(drawn.QUALITIES[quality](drawn.card_front(card))), child))
    assert says[Field.NAME] == card.name
    assert says[Field.NUMBER] == card.number
    assert says[Field.ADDRESS] == "".join(card.address)
    assert says[Field.BORN] == "1986-04-17"


@needs_reader
def test_both_sides_in_one_picture(child: Worker) -> None:
    both = Image.new("RGB", (1600, 1400), (120, 90, 60))
    both.paste(drawn.card_front(), (200, 40))
    both.paste(drawn.card_back(), (200, 720))
    papers = papers_in(read_page(drawn.as_jpeg(both), child))
    assert {paper.kind for paper in papers} == {PaperKind.ID_FRONT, PaperKind.ID_BACK}
    back = next(paper for paper in papers if paper.kind is PaperKind.ID_BACK)
    assert back.value(Field.VALID_UNTIL) == "2036-05-20"


@needs_reader
@pytest.mark.parametrize(
    ("quality", "paper"), [("blurred", Licence()), ("noisy", Licence(kind="有限责任公司", company=True))]
)
def test_a_licence_is_read_from_a_bad_photo(child: Worker, quality: str, paper: Licence) -> None:
    says = told(read_page(drawn.as_jpeg(drawn.QUALITIES[quality](drawn.licence(paper))), child))
    assert says[Field.CODE] == paper.code
    assert says[Field.FIRM] == paper.name
    assert says[Field.HOLDER] == paper.holder
    assert says[Field.FORM] == ("company" if paper.company else "individual_business")
    assert says[Field.SINCE] == "2019-03-08"


@needs_reader
def test_a_picture_of_a_shop_is_no_paper_and_its_watermark_is_read(child: Worker) -> None:
    shop: Paper = Image.open(resource_folder() / "demo" / "fruit_front.jpg")
    bare = read_page(drawn.as_jpeg(shop), child)
    assert bare.lines, "the sign is read"
    assert papers_in(bare) == ()
    assert watermark_in(bare) is None
    marked = drawn.watermarked(
        shop, ("时间：2026-10-08 15:32", "地点：样例市桥头路18号", "纬度：23.129112", "经度：113.264385"), size=40
    )
    found = watermark_in(read_page(drawn.as_jpeg(marked), child))
    assert found is not None
    assert (str(found.day), str(found.hour), found.place) == ("2026-10-08", "15:32:00", "样例市桥头路18号")
    assert (str(found.lat), str(found.lon)) == ("23.129112", "113.264385")


@needs_reader
@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"\xff\xd8\xff" + b"x" * 500, b"\x89PNG\r\n\x1a\n" + b"\0" * 90]
)
def test_bad_bytes_end_in_a_sentence(child: Worker, data: bytes) -> None:
    with pytest.raises(Fault) as caught:
        read_page(data, child, "x.jpg")
    assert caught.value.code in {Code.PHOTO_KIND, Code.PHOTO_BROKEN}
    assert say(caught.value.sentence, CHINESE)


@needs_reader
def test_a_picture_that_claims_too_many_pixels_is_not_decoded(child: Worker) -> None:
    huge = bytearray(drawn.as_jpeg(Image.new("RGB", (64, 64))))
    frame = huge.index(b"\xff\xc0")
    huge[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    with pytest.raises(Fault) as caught:
        read_page(bytes(huge), child, "x.jpg")
    assert caught.value.code is Code.PHOTO_PIXELS


@needs_reader
def test_an_empty_picture_gives_nothing(child: Worker) -> None:
    assert read_page(drawn.as_jpeg(Image.new("RGB", (400, 300), "white")), child) == Page(400, 300, ())


def test_without_the_extra_a_sentence_tells_how_to_get_it_and_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda _name: None)
    with Worker() as worker, pytest.raises(Fault) as caught:
        read_page(b"", worker)
    assert worker.pid is None, "nothing is started in vain"
    assert caught.value.code is Code.READING_MISSING
    assert caught.value.code.value.kind is Kind.ENVIRONMENT
    remedy = say(caught.value.remedy, CHINESE)
    assert "packaging/setup reading" in remedy
    assert "55 MB" in remedy


def test_naming_the_reader_loads_neither_models_nor_numbers() -> None:
    story = (
        "import sys\n"
        "import officer_app.evidence.reading.reader, officer_app.casework.readings, officer_app.cli.photo\n"
        "print([name for name in ('numpy', 'cv2', 'onnxruntime', 'rapidocr') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
