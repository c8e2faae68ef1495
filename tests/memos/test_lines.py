"""Lines break as printers break them, in Chinese and Latin, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.memos.faces import shipped_faces
from officer_app.memos.lines import Span, clean, cut_lines, latin, set_lines

FACES = shipped_faces()
SIZE = 10.0
CHINESE = "自述月销售额，木炭。途径《显示》“那是去年”（谎报）、偏差！"
LATIN = "Told a month shows deviation 82,000 55,350 (−32.5%) charcoal/skewers"


def _texts(text: str, width: float) -> list[str]:
    lines = set_lines([Span(text)], FACES, SIZE, width)
    return ["".join(span.text for span in line.spans) for line in lines]


_MIXED = st.text(alphabet=sorted(set(CHINESE + LATIN)), max_size=120)


@given(_MIXED, st.integers(40, 300))
def test_no_line_is_wider_than_its_column_and_no_sign_is_lost(text: str, width: int) -> None:
    text = clean(text)
    lines = set_lines([Span(text)], FACES, SIZE, width)
    assert all(line.width <= width + 0.02 for line in lines)
    drawn = "".join(span.text for line in lines for span in line.spans)
    assert drawn.replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet=sorted(set(CHINESE)), min_size=1, max_size=80))
def test_closing_signs_never_begin_a_line(text: str) -> None:
    """Unless nothing else stands before them."""
    lines = _texts(text, 100.0)
    for before, line in pairwise(lines):
        if line[:1] in set("，。、！》”）"):
            assert set(before) <= set("，。、！》”）《“（") or len(before) >= 9


def test_opening_signs_never_end_a_line() -> None:
    assert _texts("月销售额多少（木炭）", 72.0)[0] == "月销售额多少"


def test_latin_words_stay_whole() -> None:
    lines = _texts("told a month charcoal shows", 60.0)
    assert [word for line in lines for word in line.split()] == ["told", "a", "month", "charcoal", "shows"]


def test_a_digest_longer_than_the_line_is_cut() -> None:
    lines = _texts("3f9c" * 16, 90.0)
    assert len(lines) > 3
    assert "".join(lines) == "3f9c" * 16


def test_no_character_stands_alone_on_the_last_line() -> None:
    lines = _texts("一二三四五六七八九十一", 100.0)
    assert len(lines) == 2
    assert len(lines[1]) >= 2


def test_line_feeds_are_kept_and_unseen_signs_are_not() -> None:
    assert _texts("甲\n\n乙", 100.0) == ["甲", "", "乙"]
    assert clean("a\u200bb\ufeff\x07c\u2028d") == "ab c d"


def test_what_is_cut_says_so() -> None:
    lines = set_lines([Span("一二三四五六七八九十" * 6)], FACES, SIZE, 100.0)
    cut = cut_lines(lines, 2, FACES, SIZE, 100.0)
    assert len(cut) == 2
    assert cut[1].spans[-1].text.endswith("…")
    assert cut[1].width <= 100.0
    assert cut_lines(lines[:2], 2, FACES, SIZE, 100.0) == lines[:2]


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("cap is “Amount asked” now", 'cap is "Amount asked" now'),
        ("says “那是去年” here", "says “那是去年” here"),
        ("the borrower’s", "the borrower's"),
        ("6ef3…", "6ef3..."),
        ("甲…", "甲…"),
    ],
)
def test_quotes_beside_latin_letters_are_narrow(text: str, narrow: str) -> None:
    assert latin(text) == narrow
