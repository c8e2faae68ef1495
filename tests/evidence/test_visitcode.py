"""The code of a visit: its own, read back from pictures, and what live pictures are asked."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import VisitId
from officer_app.base.paths import resource_folder
from officer_app.base.words import say
from officer_app.base.workers import Worker
from officer_app.evidence.findings import judge
from officer_app.evidence.sources import SOURCE_WORDS, Source, as_received, code_finding, source_of
from officer_app.evidence.tags import Tags
from officer_app.evidence.timing import visit_time
from officer_app.evidence.verdicts import DEFAULTS, FindingCode, Verdict
from officer_app.evidence.visitcode import CodeSeen, code_of, read_codes, seen
from officer_app.evidence.visits import VisitContext
from tests.support.coded import holding
from tests.support.demo import BEGIN

VISIT, OTHER = VisitId("a" * 32), VisitId("b" * 32)
SCENES = sorted((resource_folder() / "demo").glob("*.jpg"))


def test_each_visit_has_six_digits_of_its_own() -> None:
    codes = [code_of(VisitId(f"{number:032x}")) for number in range(500)]
    assert all(len(code.digits) == 6 and code.digits.isdecimal() for code in codes)
    assert len({code.text for code in codes}) == 500
    assert len({code.digits for code in codes}) > 490
    assert code_of(VISIT) == code_of(VISIT)
    assert code_of(VISIT).digits in code_of(VISIT).text
    assert code_of(VISIT).spoken.replace(" ", "") == code_of(VISIT).digits


@pytest.mark.parametrize("share", [0.3, 0.2])
def test_a_card_held_into_the_picture_is_read(reader: Worker, share: float) -> None:
    for scene in SCENES[::7]:
        picture = holding(scene.read_bytes(), code_of(VISIT).text, share=share)
        assert read_codes(picture, reader) == (code_of(VISIT).text,)


def test_pictures_without_it_and_codes_of_others_say_so(reader: Worker) -> None:
    plain = SCENES[0].read_bytes()
    assert read_codes(plain, reader) == ()
    paid = holding(plain, "https://pay.example/shop/4711")
    assert read_codes(paid, reader) == (), "a shop's own code is nobody's business here"
    elsewhere = read_codes(holding(plain, code_of(OTHER).text), reader)
    assert seen(elsewhere, VISIT) is CodeSeen.ANOTHER
    assert seen((code_of(VISIT).text,), VISIT) is CodeSeen.THIS
    assert seen((), VISIT) is CodeSeen.NONE


def test_what_is_no_picture_is_refused(reader: Worker) -> None:
    with pytest.raises(Fault) as caught:
        read_codes(b"no picture", reader, "x.jpg")
    assert caught.value.code is Code.PHOTO_BROKEN


def test_nothing_is_found_in_a_blank_picture(reader: Worker) -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(out, "JPEG")
    assert read_codes(out.getvalue(), reader) == ()


def context() -> VisitContext:
    return VisitContext(received_at=BEGIN, visit_start=BEGIN, visit_end=BEGIN)


def verdicts(source: Source, code: CodeSeen, tags: Tags | None = None) -> dict[FindingCode, Verdict]:
    bare = tags or Tags()
    return {one.code: one.verdict for one in as_received(judge(bare, context()), bare, source, code)}


@pytest.mark.parametrize("source", [Source.PHONE, Source.CAMERA])
def test_a_live_picture_with_the_code_is_not_held_against_the_officer(source: Source) -> None:
    """A browser hands pictures over without time and place; with the code the time matches, the place is open."""
    found = verdicts(source, CodeSeen.THIS)
    assert found[FindingCode.TAGS_MISSING] is Verdict.CANNOT_TELL
    assert found[FindingCode.OUTSIDE_VISIT] is Verdict.PASS
    assert found[FindingCode.FAR_FROM_PREMISES] is Verdict.CANNOT_TELL
    assert not {Verdict.STOP, Verdict.LOOK_CLOSER} & set(found.values())


def test_without_the_code_nothing_is_known_of_its_time() -> None:
    assert verdicts(Source.PHONE, CodeSeen.NONE)[FindingCode.OUTSIDE_VISIT] is Verdict.CANNOT_TELL


@pytest.mark.parametrize("source", [source for source in Source if not source.is_live])
def test_a_file_without_tags_is_judged_as_ever(source: Source) -> None:
    found = verdicts(source, CodeSeen.THIS)
    assert found[FindingCode.TAGS_MISSING] is Verdict.STOP
    assert found[FindingCode.OUTSIDE_VISIT] is Verdict.STOP


def test_what_a_live_picture_claims_is_judged_all_the_same() -> None:
    old = Tags(taken_local=BEGIN.replace(tzinfo=None, year=2024))
    plain = visit_time(old, context(), DEFAULTS)
    assert plain.verdict is Verdict.STOP
    assert verdicts(Source.PHONE, CodeSeen.THIS, old)[FindingCode.OUTSIDE_VISIT] is Verdict.STOP


def test_the_code_speaks_only_where_one_is() -> None:
    assert [one.verdict for one in code_finding(CodeSeen.THIS)] == [Verdict.PASS]
    assert [one.verdict for one in code_finding(CodeSeen.ANOTHER)] == [Verdict.STOP]
    assert code_finding(CodeSeen.NONE) == ()


def test_every_source_has_a_name_and_an_unknown_one_is_not_kept() -> None:
    assert {say(SOURCE_WORDS[source], "zh_CN") for source in Source} == {
        say(words, "zh_CN") for words in SOURCE_WORDS.values()
    }
    assert source_of("satellite") is Source.UNKNOWN
    assert source_of("phone") is Source.PHONE
