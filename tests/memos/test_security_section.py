"""Part 11 of the memo: what the law says of each pledge, what may hinder a sale, what each guarantor is good for."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from officer_app.base.words import CHINESE, ENGLISH
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.reading import read_facts
from officer_app.memos.memo import credit_memo
from tests.support.memo_cases import BARBECUE, memo_inputs
from tests.support.secured import SECURITY
from tests.support.worked import shipped_policy


def secured(**more: object) -> Assessment:
    return assess(read_facts({**BARBECUE, **SECURITY, **more}), shipped_policy())  # type: ignore[arg-type]  # a tree


@cache
def printed(language: str) -> str:
    pages = PdfReader(BytesIO(credit_memo(memo_inputs(secured(), shots=1), language))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            CHINESE,
            (
                "■不得抵押：宅基地使用权不得抵押（民法典第399条）",
                "◐唯一住房：须给被执行人留住处或五至八年租金才能腾退",
                "65,600",  # truck: 82 000 less 20 %
                "县农商行；我方第2顺位",
                "◐2027年3月31日",
                "◐2024年5月6日",
                "连带责任保证",
                "✓单独代偿得起",
                "未约定，按一般保证",
                "到期后6个月",
                "■配偶未签字",
                "担保成圈：张桂芳→李四海→赵六→张桂芳",
                "同一行业最高占比",
            ),
        ),
        (
            ENGLISH,
            (
                "■maynotbepledged:therighttohomesteadlandmaynotbepledged(CivilCode399)",
                "65,600",
                "wecomenumber2",
                "✓carriesitalone",
                "◐carriesapart",
                "■carriesnothing",
                "ordinary,bylaw",
                "■Guaranteesruninacircle",
            ),
        ),
    ],
)
def test_law_sale_and_guarantees_stand_in_the_memo(language: str, parts: tuple[str, ...]) -> None:
    text = printed(language)
    assert "□" not in text
    for part in parts:
        assert part in text, part


def test_without_security_the_section_says_so() -> None:
    bare = secured(collateral="", guarantors="", joint_group="")
    pages = PdfReader(BytesIO(credit_memo(memo_inputs(bare, shots=1), ENGLISH))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "Sale in haste" not in text
    assert "Rule of the group" not in text
