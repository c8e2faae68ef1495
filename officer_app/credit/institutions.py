"""One institution by any of its names: two loans at one bank, or at two of its branches, are one lender."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ONE, ZERO, Figure, Missing, absorbed, summed

_NOISE: Final = re.compile(r"[\s()\[\]【】《》「」“”\"'·・,，.。、\-—_/:：]+")
_FIRM: Final = re.compile(r"(股份有限公司|有限责任公司|股份公司|有限公司|集团)")
# What stands behind the institution's own name: branch, office, counter, or the product borrowed.
_BEHIND: Final = re.compile(r"(银行|信用社|小额贷款|小贷|消费金融|融资租赁).*$")
_SHORT: Final = (
    ("农村商业银行", "农商银行"),
    ("农商行", "农商银行"),
    ("农村信用合作联社", "信用社"),
    ("农村信用合作社", "信用社"),
    ("农村信用联社", "信用社"),
    ("农村信用社", "信用社"),
    ("农信社", "信用社"),
    ("信用联社", "信用社"),
    ("邮政储蓄银行", "邮储"),
    ("邮储银行", "邮储"),
    ("建设银行", "建行"),
    ("农业银行", "农行"),
    ("工商银行", "工行"),
    ("交通银行", "交行"),
    ("招商银行", "招行"),
)
# One institution in the whole country: what stands behind the name is always a branch of it.
_NATIONAL: Final = ("农行", "工行", "建行", "交行", "招行", "邮储")
_PROVINCE: Final = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    r"|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)(?:省|市|自治区)?"
)
# Words that name no institution: each of them counts by itself.
_NOBODY: Final = frozenset(
    {"", "银行", "信用社", "农商银行", "村镇银行", "小额贷款", "小贷", "消费金融", "网贷", "贷款"}
)


def institution_name(written: str) -> str:
    """The name with what only tells form and branch taken off; "" where it names nobody in particular.

    Blanks, width, brackets, the form of the firm, the province, and behind the name its branch or product. Nothing is
    guessed: two names that stay different count as two lenders, and a bare "bank" counts by itself each time.
    """
    name = _FIRM.sub("", _NOISE.sub("", unicodedata.normalize("NFKC", written))).lower()
    for long, short in _SHORT:
        name = name.replace(long, short)
    if name.startswith(("中行", "中国银行")):
        return "中国银行"
    name = name.removeprefix("中国")
    for bank in _NATIONAL:
        if name.startswith(bank):
            return bank
    name = _BEHIND.sub(lambda found: found[1], name)
    without = _PROVINCE.sub("", name)
    name = name if without in _NOBODY else without
    return "" if name in _NOBODY else name


def lenders_by_name(facts: CaseFacts) -> Figure:
    """Institutions that lend, told or found, each once; what bears no name counts by itself.

    An unexplained payment to an institution counts by itself too: nobody knows to which of them it goes.
    """
    if isinstance(facts.liabilities, Missing):
        return facts.liabilities
    unsure = [debt.kind for debt in facts.liabilities if isinstance(debt.kind, Missing)]
    if unsure:
        return absorbed(*unsure)
    names = tuple(_names(facts))
    named = {name for name in names if name}
    flows = summed(facts.unexplained_regular_outflows, lambda flow: _one(flow.counterparty))
    return flows + len(named) + sum(not name for name in names)


def _names(facts: CaseFacts) -> Iterator[str]:
    debts = () if isinstance(facts.liabilities, Missing) else facts.liabilities
    return (institution_name(debt.creditor) for debt in debts if debt.kind == "institution")


def _one(counterparty: str | Missing) -> Figure:
    if isinstance(counterparty, Missing):
        return counterparty
    return ONE if counterparty == "institution" else ZERO
