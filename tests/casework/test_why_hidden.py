"""Why a question is not asked: the rule in words, one line for neighbours, and the question that opens it."""

from __future__ import annotations

import random

import pytest

from officer_app.base.clock import SystemClock
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework.why_hidden import WhyHidden, why_hidden
from officer_app.checklists.compile import compile_form
from officer_app.checklists.form import read_form
from officer_app.checklists.session import FormSession
from tests.support.visits import business_visit

FORM = """
| survey | | | | | |
| | type | name | label::中文 (zh) | label::English (en) | relevant |
| | begin_group | shop | 店 | Shop | |
| | select_one yes_no | has_debts | 欠钱吗 | Any debts? | |
| | select_multiple more | more | 还有 | What else? | |
| | integer | staff | 几个人 | How many work here? | |
| | text | owed_to | 欠谁的 | Owed to | RULE |
| | decimal | owed | 还欠多少 | Still owed | RULE |
| | text | last | 完了 | Done | |
| | end_group | | | | |
| choices | | | | |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | yes_no | yes | 有 | Yes |
| | yes_no | no | 没有 | No |
| | more | stock | 点货 | Stock count |
| settings | | | |
| | form_title | form_id | default_language |
| | 店 | shop | 中文 (zh) |
"""


def closed(rule: str) -> tuple[WhyHidden, ...]:
    form = read_form(compile_form(FORM.replace("RULE", rule).encode(), "sample.md", {}).xml)
    session = FormSession(form, SystemClock(), random.Random(1))  # noqa: S311  the form's random(), not a secret
    return why_hidden(session, "/data/shop")


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("${has_debts} = 'yes'", "Asked when “Any debts?” is “Yes”.", "当“欠钱吗”答“有”，才会问。"),
        (
            "selected(${more}, 'stock')",
            "Asked when “What else?” includes “Stock count”.",
            "当“还有”选了“点货”，才会问。",
        ),
        ("${staff} > 3", "Asked when “How many work here?” is above 3.", "当“几个人”大于 3，才会问。"),
        ("${has_debts} != ''", "Asked when “Any debts?” is answered.", "当“欠钱吗”已经答了，才会问。"),
        (
            "${has_debts} = 'yes' and ${staff} >= 2",
            "Asked when “Any debts?” is “Yes”, and “How many work here?” is 2 or more.",
            "当“欠钱吗”答“有”，并且“几个人”至少是 2，才会问。",
        ),
        (
            "${has_debts} = 'yes' or ${has_debts} = 'no'",
            "Asked when “Any debts?” is one of: Yes, No.",
            "当“欠钱吗”答的是其中之一：有、没有，才会问。",
        ),
        (
            "string-length(${has_debts}) * ${staff} > 9",
            "Depends on the answer to: Any debts?, How many work here?",
            "要看这些怎么答：欠钱吗、几个人",
        ),
    ],
)
def test_rules_in_words(rule: str, english: str, chinese: str) -> None:
    (found,) = closed(rule)
    assert say(found.when, ENGLISH) == english
    assert say(found.when, CHINESE) == chinese


def test_neighbours_under_one_rule_are_one_line_that_leads_to_the_question() -> None:
    (found,) = closed("${has_debts} = 'yes'")
    assert found.ref == "/data/shop/owed_to"
    assert found.opener == "/data/shop/has_debts"
    assert "Owed to" in say(found.what, ENGLISH)
    assert "Still owed" in say(found.what, ENGLISH)


def test_what_is_asked_is_not_listed() -> None:
    assert closed("true()") == ()


def test_the_shipped_checklist_says_of_every_closed_part_when_it_is_asked() -> None:
    session = FormSession(business_visit(), SystemClock(), random.Random(1))  # noqa: S311  as above
    found = [one for section in session.sections("en") for one in why_hidden(session, section.ref)]
    assert len(found) > 40
    unsaid = [one.ref for one in found if not say(one.when, ENGLISH).startswith("Asked when")]
    assert len(unsaid) < len(found) / 10, unsaid
    assert all(one.opener or "Asked when" in say(one.when, ENGLISH) for one in found)
