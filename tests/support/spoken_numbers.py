"""Whole numbers as people say them, for a reader to read back."""

from __future__ import annotations


def in_words(value: int) -> str:
    """A whole number as people say it: 35000 三万五千, 20300 两万零三百, 16 十六.

    Errors: ValueError below 0 and from 10^12.
    """
    if not 0 <= value < 10**12:
        raise ValueError(value)
    if value < 10:
        return "零一二三四五六七八九"[value]
    text, rest, gap = "", value, False
    for factor, name in ((100_000_000, "亿"), (10_000, "万"), (1, "")):
        group, rest = divmod(rest, factor)
        if not group:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _group(group, opens=not text) + name
        gap = False
    return text


def _group(group: int, *, opens: bool) -> str:
    """Four digits; the first group of a number says 十六 and 两, later ones 一十六."""
    if group == 2 and opens:
        return "两"
    text, gap = "", False
    for factor, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = group // factor % 10
        if digit == 0:
            gap = bool(text)
            continue
        sign = "两" if digit == 2 and factor == 1000 else "零一二三四五六七八九"[digit]
        if digit == 1 and factor == 10 and opens and not text:
            sign = ""
        text += ("零" if gap else "") + sign + name
        gap = False
    return text
