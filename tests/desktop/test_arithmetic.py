"""Sums as officers type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.desktop.kit.arithmetic import grouped, is_plain_number, plain, reckon


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12*30+500", "860"),
        ("１２＊３０＋５００", "860"),
        ("12×30＋500＝", "860"),
        ("1,234.50", "1234.50"),
        ("１，２３４", "1234"),
        ("5.5万", "55000.0"),
        ("2万+500", "20500"),
        ("(80+20)*26", "2600"),
        ("100÷8", "12.5"),
        ("-3+5", "2"),
        ("2-−3", "5"),
        ("1.5 * 30 * 82", "3690.0"),
        ("100 - 20 - 30", "50"),
        ("2+3*4", "14"),
        ("12。5", "12.5"),
    ],
)
def test_sums_are_reckoned(typed: str, value: str) -> None:
    assert reckon(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "三百", "12*", "(1", "1)", "1//2", "1/0", "2**9", "__import__('os')", "1e9", "12 30", "*3", "9" * 200],
)
def test_what_is_no_sum_is_refused(typed: str) -> None:
    assert reckon(typed) is None


@given(st.text(max_size=40))
def test_nothing_typed_can_break_it(text: str) -> None:
    value = reckon(text)
    assert value is None or value.is_finite()


@given(st.integers(-(10**9), 10**9), st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_it_reckons_as_everyone_does(a: int, b: int, c: int) -> None:
    assert reckon(f"{a}+({b})*{c}") == a + b * c


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=2))
def test_what_is_stored_can_be_read_again(value: Decimal) -> None:
    assert reckon(plain(value)) == value
    assert reckon(grouped(plain(value))) == value


def test_grouping_leaves_other_texts_alone() -> None:
    assert grouped("1234567.50") == "1,234,567.50"
    assert grouped("-1234") == "-1,234"
    assert grouped("12*30") == "12*30"
    assert is_plain_number("1,234")
    assert not is_plain_number("12*3")
