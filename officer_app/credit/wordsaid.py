"""Whether words say something: evidence, a reason, an explanation. "无", "-" and "1" are filled in, not said.

One place for all of them, so that what counts as nothing in one field counts as nothing in the next.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import product
from typing import Final

from officer_app.credit.keys import choice_key
from officer_app.credit.policy import Policy

# Whether evidence and reasons must say something; under an older policy any sign is enough.
WORDS: Final = replace(choice_key("words_of_proof", "any_sign", "must_say_something"), optional=True)

_LACKING: Final = ("无", "没有", "没", "暂无", "未提供", "没提供", "无法提供", "缺", "缺少", "未见", "没见")
_PROOFS: Final = (
    *("", "凭据", "证据", "单据", "凭证", "票据", "资料", "材料", "照片", "依据", "原因", "理由", "说明", "东西"),
)
_WITHOUT: Final = ("no", "not", "without", "none", "missing")
_PAPERS: Final = ("", "evidence", "proof", "paper", "papers", "document", "documents", "receipt", "receipts")
_FILLED_IN: Final = (
    *(
        "不详",
        "不知道",
        "不清楚",
        "不明",
        "未知",
        "待补",
        "后补",
        "以后补",
        "待定",
        "略",
        "同上",
        "同前",
        "如上",
        "其他",
    ),
    *(
        "其它",
        "有",
        "是",
        "是的",
        "对",
        "好",
        "好的",
        "行",
        "可以",
        "正常",
        "属实",
        "真实",
        "核实",
        "已核实",
        "核实过",
    ),
    *(
        "没问题",
        "没事",
        "看过",
        "看了",
        "已看",
        "看到",
        "见过",
        "测试",
        "试试",
        "原因",
        "理由",
        "说明",
        "凭据",
        "证据",
    ),
    *("na", "nil", "null", "nothing", "unknown", "yes", "ok", "okay", "true", "seen", "checked", "verified", "fine"),
    *("normal", "other", "test", "tbd", "todo", "later", "pending", "same", "asabove", "evidence", "proof", "reason"),
)
_SAY_NOTHING: Final = frozenset(
    (
        *("".join(parts) for parts in product(_LACKING, _PROOFS)),
        *("".join(parts) for parts in product(_WITHOUT, ("", "any"), (*_PAPERS, "reason"))),
        *_FILLED_IN,
    )
)


def plain(text: str) -> str:
    """Text to compare by: full-width signs made narrow, small letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def says_something(text: str) -> bool:
    """Whether there are words in it: no signs and digits alone, no letter over and over, no way to say nothing."""
    letters = "".join(sign for sign in plain(text) if unicodedata.category(sign).startswith("L"))
    return len(set(letters)) > 1 and letters not in _SAY_NOTHING


def counts(text: str, policy: Policy) -> bool:
    """Whether words count as evidence or as a reason under this policy."""
    if policy.get(WORDS, "any_sign") == "any_sign":
        return bool(text.strip())
    return says_something(text)
