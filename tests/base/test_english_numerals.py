"""Amounts read back in English."""

from __future__ import annotations

from decimal import Decimal

import pytest

from officer_app.base.english_numerals import yuan_in_english


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0 yuan"),
        ("999", "999 yuan"),
        ("55350", "55 thousand 350 yuan"),
        ("120000", "120 thousand yuan"),
        ("1000005", "1 million 5 yuan"),
        ("1200000", "1 million 200 thousand yuan"),
        ("3000000000", "3 billion yuan"),
        ("1200.5", "1 thousand 200 yuan 50 fen"),
        ("-300.05", "minus 300 yuan 5 fen"),
        ("-0.001", "0 yuan"),
        ("999.995", "1 thousand yuan"),
        ("1000000000000", ""),
    ],
)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert yuan_in_english(Decimal(amount)) == words
