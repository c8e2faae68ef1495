"""Every printed sign has a glyph: ours, a fallback's, or the paper is refused by the sign's name."""

from __future__ import annotations

from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase.ttfonts import TTFont

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder
from officer_app.memos.faces import Run, faces_of, loaded, shipped_faces, system_fallbacks
from officer_app.memos.memo import set_memo
from tests.support.memo_cases import memo_inputs

LATIN_ONLY = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
NOTO = resource_folder() / "fonts" / "NotoSansSC-Regular.ttf"


def _none() -> tuple[TTFont, ...]:
    return ()


def test_a_missing_sign_is_refused_by_name_and_place() -> None:
    faces = faces_of(LATIN_ONLY, LATIN_ONLY, _none)
    with pytest.raises(Fault) as refused:
        faces.regular.runs("Zhang 桂 fen")
    assert refused.value.code is Code.GLYPH_MISSING
    assert refused.value.parameters["sign"] == "U+6842"
    assert refused.value.parameters["name"] == "CJK UNIFIED IDEOGRAPH-6842"
    assert refused.value.parameters["context"] == "Zhang ▯ fen"
    assert "Zhang" not in str(refused.value), "the log carries no name"


def test_a_fallback_font_steps_in_for_the_missing_signs_alone() -> None:
    noto = loaded(NOTO)
    faces = faces_of(LATIN_ONLY, LATIN_ONLY, lambda: (noto,))
    assert faces.regular.runs("a桂芬b") == (
        Run("Vera", "a"),
        Run("NotoSansSC-Regular", "桂芬"),
        Run("Vera", "b"),
    )
    whole = faces.regular.width("a桂芬b", 10)
    parts = faces.regular.width("ab", 10) + shipped_faces().regular.width("桂芬", 10)
    assert whole == pytest.approx(parts)


def test_fallbacks_are_not_looked_for_without_need() -> None:
    def never() -> tuple[TTFont, ...]:
        raise AssertionError("asked for")

    faces = faces_of(NOTO, NOTO, never)
    assert faces.regular.runs("张桂芬 ■◐○✓ ≤ 10%") == (Run("NotoSansSC-Regular", "张桂芬 ■◐○✓ ≤ 10%"),)


def test_a_name_that_cannot_be_printed_stops_the_memo() -> None:
    inputs = memo_inputs(shots=0)
    faces = faces_of(NOTO, NOTO, _none)
    applicant = type(inputs.applicant)("张𠮷", "3701**********2046")
    with pytest.raises(Fault) as refused:
        set_memo(memo_inputs(shots=0, applicant=applicant), "zh_CN", faces)
    assert refused.value.parameters["sign"] == "U+20BB7"


def test_fonts_of_this_system_can_be_embedded() -> None:
    """Whatever is found is a TrueType font that ReportLab has taken."""
    assert all(isinstance(font, TTFont) for font in system_fallbacks())
