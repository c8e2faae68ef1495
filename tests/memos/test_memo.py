"""The memo as a reader gets it: complete, in one language, in our fonts, the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, PSEUDO, Bilingual, Message, Sayable, Verbatim, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.reading import read_facts
from officer_app.memos.blocks import Pen
from officer_app.memos.inputs import Exit, Lie, Note, Signer
from officer_app.memos.memo import credit_memo, signature_boxes
from officer_app.memos.sections import Section
from officer_app.training.worked_cases import read_worked_case
from tests.support.memo_cases import assessed, entries, memo_inputs, photo, picture, policy

CASES = ("hairdresser", "fruit_wholesale")
LANGUAGES = (CHINESE, ENGLISH)


def _worked(shared: Path, name: str) -> Assessment:
    case = read_worked_case((shared / "data" / "cases" / f"{name}.yaml").read_bytes(), name)
    return assess(read_facts(case.facts), case.policy)


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def _texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in _read(pdf).pages]


def _squeezed(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(_texts(pdf)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_inputs_give_the_same_bytes(language: str) -> None:
    assert credit_memo(memo_inputs(), language) == credit_memo(memo_inputs(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_our_fonts_are_in_it_and_embedded(language: str) -> None:
    for page in _read(credit_memo(memo_inputs(), language)).pages:
        for name, font in page["/Resources"]["/Font"].items():
            whole = font.get_object()
            assert "NotoSansSC" in whole["/BaseFont"], name
            assert "/FontFile2" in whole["/FontDescriptor"].get_object(), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_worked_cases_print_whole(shared: Path, name: str, language: str) -> None:
    """Every section, every check's sentence and every amount of the cash flow stand in the memo."""
    assessment = _worked(shared, name)
    text = _squeezed(credit_memo(memo_inputs(assessment, shots=2), language))
    assert "□" not in text
    assert "▯" not in text
    wanted: list[Sayable] = [section.title for section in Section]
    wanted += [check.sentence for check in assessment.checks if check.counted]
    wanted += [part.sentence for part in assessment.risk_index.parts]
    pen = Pen(language, None)  # type: ignore[arg-type]  # only says words
    for words in wanted:
        assert re.sub(r"\s", "", pen.say(words)) in text


def test_worked_figures_are_the_assessments_own(shared: Path) -> None:
    text = _squeezed(credit_memo(memo_inputs(_worked(shared, "hairdresser"), recommendation=None), ENGLISH))
    for figure in ("7,045.13", "3,077.05", "43.68%", "80,135", "448,900", "95.33", "73,688", "508,400", "169,880"):
        assert figure in text, figure


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_can_be_decided_on_alone(language: str) -> None:
    first = re.sub(r"\s", "", _texts(credit_memo(memo_inputs(), language))[0])
    for part in ("周记烧烤", "3701**********2046", "55,000", "41,000", "60,000", "−32.5%", "−3,810", "13.2%"):
        assert part in first, part
    words = "人民币肆万壹仟元整" if language == CHINESE else "CNY41,000.00"
    assert words in first
    standing = next(entry for entry in memo_inputs().contradictions if entry.exit is Exit.STANDS)
    assert re.sub(r"\s", "", say(standing.sentence, language)) in first


def test_what_fails_stands_before_what_passes() -> None:
    first = _texts(credit_memo(memo_inputs(), ENGLISH))[0]
    marks = re.findall(r"(■ does not agree|✓ agrees)", first)
    assert marks == sorted(marks, key=lambda mark: mark.startswith("✓"))
    assert marks.count("■ does not agree") == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_counted_and_named(language: str) -> None:
    texts = _texts(credit_memo(memo_inputs(), language))
    for number, text in enumerate(texts, start=1):
        wanted = f"第{number}页/共{len(texts)}页" if language == CHINESE else f"Page{number}of{len(texts)}"
        assert wanted in re.sub(r"\s", "", text)
        assert "2026-0417" in text


def test_a_chinese_memo_has_no_english_sentence() -> None:
    """Two English words side by side are ours only in the command that verifies."""
    text = (
        "\n".join(_texts(credit_memo(memo_inputs(), CHINESE)))
        .replace("officer-app dossier verify", "")
        .replace("root root.pem", "")
    )
    assert re.findall(r"[A-Za-z]{3,} [a-z]{3,}", text) == []


def test_an_english_memo_has_chinese_only_where_people_wrote_it() -> None:
    inputs = memo_inputs()
    typed = "".join(_typed(inputs))
    text = "".join(_texts(credit_memo(inputs, ENGLISH)))
    ours = set(re.findall(r"[\u4e00-\u9fff]", text)) - set(typed)
    assert ours == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_so_on_every_page_and_cannot_be_signed(language: str) -> None:
    pdf = credit_memo(memo_inputs(), language, translation=True)
    mark = "译文，未签署" if language == CHINESE else "Translation, not signed"
    for text in _texts(pdf):
        assert text.count(mark) == 2
    assert memo_inputs().signers[2].role.english not in _texts(pdf)[0]  # type: ignore[union-attr]
    assert mark not in "".join(_texts(credit_memo(memo_inputs(), language)))


@pytest.mark.parametrize("signers", [0, 1, 3, 4, 6, 8])
def test_signature_boxes_are_apart_on_page_one_and_empty(signers: int, tmp_path: Path) -> None:
    people = tuple(Signer(f"s{number}", Bilingual("Approver", "审批人"), "某某") for number in range(signers))
    inputs = memo_inputs(
        signers=people, contradictions=tuple(replace(e, exit=Exit.STANDS) for e in entries(assessed()))
    )
    boxes = signature_boxes(inputs)
    assert [box.name for box in boxes] == [person.field for person in people]
    for box in boxes:
        assert box.page == 0
        assert 0 < box.left < box.right < 595
        assert box.right - box.left >= 110
        assert box.top - box.bottom >= 50
    for one, other in ((a, b) for a in boxes for b in boxes if a.name < b.name):
        assert (
            one.right <= other.left or other.right <= one.left or one.bottom >= other.top or other.bottom >= one.top
        )
    for left, bottom, right, top in _words(credit_memo(inputs, CHINESE), tmp_path, page=1):
        for box in boxes:
            outside = right <= box.left or left >= box.right or top <= box.bottom or bottom >= box.top
            assert outside, box.name


def _words(pdf: bytes, folder: Path, page: int) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of all words of a page, from the lower left corner. Skips by name where poppler is absent."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    source = folder / "memo.pdf"
    source.write_bytes(pdf)
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(source), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', found):
        left, top, right, bottom = (float(part) for part in word)
        middle = (top + bottom) / 2  # a word's box is as high as the font, its ink is not
        yield left, 841.9 - middle - 2, right, 841.9 - middle + 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_by_the_page(language: str, tmp_path: Path) -> None:
    pdf = credit_memo(memo_inputs(), language)
    for page in range(1, len(_read(pdf).pages) + 1):
        for left, bottom, right, top in _words(pdf, tmp_path, page):
            assert left >= 41
            assert right <= 595.3 - 41
            assert bottom >= 20
            assert top <= 841.9 - 12


@pytest.mark.parametrize(
    "changes",
    [
        {"contradictions": tuple(replace(e, exit=Exit.OPEN) for e in entries(assessed()) * 9)},
        {"business": replace(memo_inputs().business, name="店" * 90, description="很长的说明。" * 80)},
        {"photos": ()},
        {"signers": tuple(Signer(f"s{n}", Verbatim("某某某某某某某某某某某某")) for n in range(8))},
        {"visits": (), "recommendation": None, "submitted_at": None},
        {"recommendation": replace(memo_inputs().recommendation or pytest.fail("none"), gap="差额。" * 300)},
    ],
    ids=["alarms", "names", "no photos", "signers", "draft", "gap"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_is_one_page_whatever_the_case_holds(changes: dict[str, object], language: str) -> None:
    second = _texts(credit_memo(memo_inputs(**changes), language))[1]
    assert say(Section.REQUEST.title, language).split()[-1][:4] in second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("left_out", [("products",), ("liabilities", "household"), ("application",), ("sales",)])
def test_a_partial_case_names_what_is_not_known(left_out: tuple[str, ...], language: str) -> None:
    text = _squeezed(credit_memo(memo_inputs(assessed(*left_out), shots=1), language))
    assert ("尚不清楚：" if language == CHINESE else "notknownyet:") in text


def test_a_case_without_any_fact_still_prints() -> None:
    empty = memo_inputs(assess(read_facts({}), policy()), shots=0, contradictions=())
    text = _squeezed(credit_memo(empty, ENGLISH))
    assert "Theassessmentisnotcomplete" in text
    assert "does not agree" not in text


def test_an_endless_note_flows_over_pages_and_is_whole() -> None:
    said = "".join(f"第{number}句话。" for number in range(900))
    text = _squeezed(credit_memo(memo_inputs(notes=(Note("店主", said),), shots=0), CHINESE))
    assert all(f"第{number}句话。" in text for number in range(0, 900, 50))


def test_photos_go_in_as_they_are() -> None:
    """JPEG bytes are embedded unchanged, once each, and never grow."""
    inputs = memo_inputs(shots=4)
    pdf = credit_memo(inputs, CHINESE)
    for shot in inputs.photos:
        assert shot.jpeg in pdf
    assert len(pdf) < len(credit_memo(memo_inputs(shots=0), CHINESE)) + sum(len(p.jpeg) for p in inputs.photos) + 9000


@pytest.mark.parametrize("jpeg", [b"", b"no picture", b"\x89PNG\r\n", picture("x")[: len(picture("x")) // 2]])
def test_a_broken_picture_is_refused_by_its_code(jpeg: bytes) -> None:
    with pytest.raises(Fault) as refused:
        credit_memo(replace(memo_inputs(shots=0), photos=(photo(7, jpeg=jpeg),)), ENGLISH)
    assert refused.value.code is Code.MEMO_PICTURE
    assert refused.value.parameters["photo"] == "P07"


def test_the_three_exits_are_told_apart() -> None:
    text = "".join(_texts(credit_memo(memo_inputs(), ENGLISH)))
    for mark in ("■ stands unexplained", "◐ explained", "✓ corrected"):
        assert mark in text


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_proven_lie_stands_on_page_one_and_in_the_risk_part_in_its_own_words(language: str) -> None:
    """First in the alarm; then the tier that decides, then what stands unexplained."""
    assessment = assessed()
    first, *others = entries(assessment)
    told = replace(first, lie=Lie("外头一分钱不欠", "欠彪子十五万，月息两分五"))
    pages = _texts(credit_memo(memo_inputs(assessment, contradictions=(told, *others), tiers_raised=1), language))
    one = re.sub(r"\s", "", pages[0])
    for words in ("外头一分钱不欠", "欠彪子十五万"):
        assert words in one
        assert sum(words in re.sub(r"\s", "", page) for page in pages[1:]) >= 1
    heads = {
        CHINESE: ("查实说谎", "提高一级审批", "矛盾未解释"),
        ENGLISH: ("Provenlie", "oneapprovallevelhigherdecides", "Contradictionunexplained"),
    }[language]
    places = [one.index(head) for head in heads if head in one]
    assert len(places) >= 2
    assert places == sorted(places)


def test_section_titles_are_in_the_outline() -> None:
    titles = [entry["/Title"] for entry in _read(credit_memo(memo_inputs(), ENGLISH)).outline]
    assert titles == [say(section.title, ENGLISH) for section in Section]


def test_every_word_of_ours_comes_from_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the pseudo-language what is not in brackets is figures or what people typed."""
    inputs = memo_inputs()
    said: list[str] = []
    plain = Pen.say

    def recorded(pen: Pen, words: Sayable | str) -> str:
        text = plain(pen, words)
        said.append(text)
        return text.replace("⟦", "【").replace("⟧", "】")

    monkeypatch.setattr(Pen, "say", recorded)
    credit_memo(inputs, PSEUDO)
    typed = sorted(_typed(inputs), key=len, reverse=True)
    left = {text: _unbracketed(text, typed) for text in said}
    stray = {text: rest for text, rest in left.items() if re.search(r"[A-Za-z\u4e00-\u9fff]{2,}", rest)}
    assert stray == {}
    assert len(said) > 500


def _unbracketed(text: str, typed: list[str]) -> str:
    text = re.sub(r"SHA-256 [0-9a-f]{16}…?(\.\.\.)?|[0-9a-f]{4}( [0-9a-f]{4})+|CNY [\d,.]+", "", text)
    while (shorter := re.sub(r"[⟦【][^⟦⟧【】]*[⟧】]", "", text)) != text:
        text = shorter
    for words in typed:
        text = text.replace(words, "")
    return text


def _typed(thing: object) -> Iterator[str]:
    """Every text in the inputs that a person or a digest put there."""
    match thing:
        case str():
            yield from (thing, *thing.split("\n"))
        case Bilingual(english, chinese):
            yield from (english, chinese)
        case dict():
            yield from _typed(tuple(thing.values()))
        case tuple() | list():
            for part in thing:
                yield from _typed(part)
        case Assessment():
            yield from _typed(thing.facts)
        case _ if is_dataclass(thing) and not isinstance(thing, Message):
            yield from _typed(tuple(getattr(thing, field.name) for field in fields(thing)))
        case _:
            return


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_lane_has_a_short_memo_that_names_what_it_leaves_out(language: str) -> None:
    """What does not fit, the risk and the officer's word stay; the signatures do too."""
    whole = credit_memo(memo_inputs(), language)
    lane = Bilingual("Repeat client", "老客户")
    short = credit_memo(memo_inputs(lane=lane, pages=4), language)
    assert len(_read(short).pages) <= 4 < len(_read(whole).pages)
    text, said = _squeezed(short), "".join(say(lane, language).split())
    assert said in text
    for kept in (Section.CHECKS, Section.CONTRADICTIONS, Section.RISK, Section.STATEMENT):
        assert "".join(say(kept.title, language).split()) in text
    assert ("简易报告" if language == CHINESE else "Shortmemo") in text


def test_without_a_limit_nothing_gives_way() -> None:
    assert credit_memo(memo_inputs(pages=99), CHINESE) == credit_memo(memo_inputs(), CHINESE)
