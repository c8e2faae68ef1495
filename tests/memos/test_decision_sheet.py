"""The decision record on one sheet, however much was asked and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from officer_app.base.words import CHINESE, ENGLISH, Bilingual, Verbatim
from officer_app.memos.decision_sheet import DecisionSheet, Question, Sample, Verdict, decision_sheet
from officer_app.memos.inputs import Applicant, Condition
from tests.support.memo_cases import AT

RECORD = DecisionSheet(
    institution="青石县惠农小额贷款公司",
    branch="城关网点",
    case_number="2026-0417",
    version=2,
    applicant=Applicant("张桂芬", "3701**********2046"),
    record_id="r-5b1c",
    dossier_digest="3f9c" * 16,
    verdict=Verdict.APPROVED_WITH_CONDITIONS,
    decided_by="王芳",
    role=Bilingual("Branch manager", "网点经理"),
    decided_at=AT,
    reasons=("生意真实，弟弟借款未见钱。",),
    key_id="cd" * 32,
    amount=Decimal(36000),
    term_months=12,
    requested=Decimal(55000),
    recommended=Decimal(41000),
    own_limit=Decimal(100000),
    conditions=(
        Condition(Bilingual("Spouse co-signs", "配偶共同签字"), before_payout=True),
        Condition(Verbatim("冰柜发票"), before_payout=False, due=date(2026, 11, 10)),
    ),
    questions=(Question("弟弟的六万说好什么时候还？", "明年春节后", "妻子"),),
    samples=(Sample("P01", "门牌写的是几号？", "人民路 27 号"),),
    minutes_open=4,
    opened=(Bilingual("Decision page", "决策页"),),
    expires=date(2026, 11, 23),
)


def _text(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    return "".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_everything_of_the_record_is_on_it(language: str) -> None:
    text = _text(decision_sheet(RECORD, language))
    words = "人民币叁万陆仟元整" if language == CHINESE else "CNY36,000.00"
    wanted = [
        "36,000",
        words,
        "55,000/41,000",
        "100,000",
        "r-5b1c",
        "3f9c" * 16,
        "cd" * 32,
        "明年春节后",
        "人民路27号",
    ]
    assert [part for part in wanted if part not in text] == []


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_word(verdict: Verdict) -> None:
    words = {
        Verdict.APPROVED: "✓同意",
        Verdict.APPROVED_WITH_CONDITIONS: "✓附条件同意",
        Verdict.RETURNED: "◐退回补问",
        Verdict.REFUSED: "■拒绝",
        Verdict.PASSED_ON: "◐附本意见上报",
    }
    assert words[verdict] in _text(decision_sheet(replace(RECORD, verdict=verdict, amount=None), CHINESE))


def test_forty_questions_still_fit_on_one_sheet() -> None:
    long = replace(RECORD, questions=RECORD.questions * 40, reasons=("理由。" * 60,))
    assert _text(decision_sheet(long, CHINESE)).count("明年春节后") == 40


def test_same_record_same_bytes_and_a_translation_says_so() -> None:
    assert decision_sheet(RECORD, ENGLISH) == decision_sheet(RECORD, ENGLISH)
    assert "Translation,notsigned" in _text(decision_sheet(RECORD, ENGLISH, translation=True))
