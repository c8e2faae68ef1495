"""Numbers and words as the field's papers write them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base import numerals
from officer_app.base.clock import from_text, local_time, to_text
from officer_app.base.masking import mask_identity, mask_phone
from officer_app.base.pinyin import spellings
from officer_app.base.words import Verbatim, message, say


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "人民币零元整"),
        ("55350", "人民币伍万伍仟叁佰伍拾元整"),
        ("10", "人民币壹拾元整"),
        ("100005", "人民币壹拾万零伍元整"),
        ("1000000", "人民币壹佰万元整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("0.5", "人民币伍角整"),
        ("0.07", "人民币柒分"),
        ("-3480", "人民币负叁仟肆佰捌拾元整"),
    ],
)
def test_amounts_in_words_as_on_a_cheque(amount: str, words: str) -> None:
    assert numerals.amount_in_words(Decimal(amount), "zh_CN") == words


@given(st.integers(min_value=1, max_value=10**12))
def test_whole_yuan_agree_with_another_converter(yuan: int) -> None:
    """The oracle says 壹拾 and 零 as banks do for whole yuan."""
    theirs = cn2an.an2cn(str(yuan), "rmb")
    assert numerals.amount_in_words(Decimal(yuan), "zh_CN") == "人民币" + theirs


def test_money_shows_fen_only_where_there_are_any() -> None:
    assert numerals.money(Decimal("55350.00")) == "55,350"
    assert numerals.money(Decimal("55350.5")) == "55,350.50"
    assert numerals.money(Decimal(-3480)) == "−3,480"


def test_messages_are_said_in_both_languages() -> None:
    told = message("{name}: {x:money} ({share:percent}), {day:date}", name=Verbatim("张桂芬"), x=Decimal(1000),
                   share=Decimal("12.50"), day=datetime(2026, 10, 8, 9, 40, tzinfo=UTC))  # fmt: skip
    assert say(told, "en") == "张桂芬: 1,000 (12.5%), 8 Oct 2026"
    assert say(told, "zh_CN") == "张桂芬: 1,000 (12.5%), 2026年10月8日"
    assert say(told, "xx").startswith("⟦张桂芬: 1,000")


def test_values_of_a_message_are_never_read_as_formats() -> None:
    assert say(message("{who}", who="{secret} {0}"), "en") == "{secret} {0}"


def test_times_go_round() -> None:
    moment = datetime(2026, 10, 8, 1, 40, 7, 123000, tzinfo=UTC)
    assert to_text(moment) == "2026-10-08T01:40:07.123Z"
    assert from_text(to_text(moment)) == moment
    assert local_time(moment).hour == 9


def test_masks_keep_the_ends() -> None:
    assert mask_identity("440106198807121234") == "4401**********1234"
    assert mask_phone("13812348000") == "138****8000"
    assert mask_identity("12") == "12"


def test_pinyin_by_letters() -> None:
    assert spellings("张桂芬A8") == ("zhangguifena8", "zgfa8")
