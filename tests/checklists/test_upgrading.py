"""Two versions of a checklist: what differs, and where the answers to the older one go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from officer_app.checklists.form import Form
from officer_app.checklists.upgrading import What, carried, differences, homeless
from tests.support.forms import form_of, opened

CHOICES = """
| | list_name | name | label::English (en) | label::中文 (zh) |
| | kind | shop | Shop | 店铺 |
| | kind | stall | Stall | 摊位 |
"""
OLD = """
| | type | name | label::English (en) | label::中文 (zh) | required |
| | begin_group | shop | The shop | 店里 | |
| | integer | sales | Sales a day | 一天卖多少 | |
| | integer | staff | Staff | 几个人 | |
| | text | owner | Owner | 老板 | |
| | text | gone | Who keeps the key | 钥匙谁拿 | |
| | select_one kind | kind | What is it | 是什么 | |
| | end_group | | | | |
| | begin_group | rest | The rest | 其他 | |
| | begin_repeat | debt | Debt | 欠款 | |
| | text | lender | Lender | 欠谁 | |
| | integer | owed | Owed | 欠多少 | |
| | end_repeat | | | | |
| | end_group | | | | |
"""
NEW = """
| | type | name | label::English (en) | label::中文 (zh) | required |
| | begin_group | shop | The shop | 店里 | |
| | integer | sales | Sales on a usual day | 平常一天卖多少 | yes |
| | date | staff | Staff | 几个人 | |
| | select_one kind | kind | What is it | 是什么 | |
| | integer | hours | Hours open | 开几小时 | |
| | end_group | | | | |
| | begin_group | rest | The rest | 其他 | |
| | text | owner | Owner | 老板 | |
| | begin_repeat | debt | Debt | 欠款 | |
| | text | lender | Lender | 欠谁 | |
| | decimal | owed | Owed | 欠多少 | |
| | end_repeat | | | | |
| | end_group | | | | |
"""
ANSWERS = {
    "/data/shop/sales": "900",
    "/data/shop/staff": "3",
    "/data/shop/owner": "王",
    "/data/shop/gone": "他嫂子",
    "/data/shop/kind": "stall",
    "/data/rest/debt": "2",
    "/data/rest/debt[1]/lender": "信用社",
    "/data/rest/debt[1]/owed": "30000",
    "/data/rest/debt[2]/lender": "他哥",
    "/data/rest/debt[2]/owed": "5000",
}


@pytest.fixture
def older() -> Form:
    return replace(form_of(OLD, CHOICES), version="1")


@pytest.fixture
def newer() -> Form:
    return replace(
        form_of(NEW, CHOICES.replace("| | kind | stall | Stall | 摊位 |", "| | kind | home | Home | 家里 |"))
    )


def test_every_kind_of_change_is_told_once_in_the_newer_order(older: Form, newer: Form) -> None:
    told = [(one.path.rpartition("/")[2], one.what) for one in differences(older, newer)]
    assert told == [
        ("sales", What.REWORDED),
        ("sales", What.REQUIRED),
        ("staff", What.RETYPED),
        ("kind", What.CHOICES),
        ("hours", What.NEW),
        ("owner", What.MOVED),
        ("owed", What.RETYPED),
        ("gone", What.GONE),
    ]


def test_a_change_says_what_it_was_in_both_languages(older: Form, newer: Form) -> None:
    found = {one.what: one for one in differences(older, newer)}
    words, choices = found[What.REWORDED], found[What.CHOICES]
    assert words.before is not None
    assert words.now is not None
    assert (words.before.chinese, words.now.english) == ("一天卖多少", "Sales on a usual day")
    assert (words.section.english, words.section.chinese) == ("The shop", "店里")
    assert choices.before is not None
    assert choices.now is not None
    assert (choices.before.chinese, choices.now.chinese) == ("摊位", "家里")


def test_the_same_form_differs_in_nothing(older: Form) -> None:
    assert differences(older, older) == ()
    assert carried(ANSWERS, older, older) == ANSWERS


def test_answers_stay_move_or_wait_and_none_is_lost(older: Form, newer: Form) -> None:
    session = opened(newer, carried(ANSWERS, older, newer))
    assert session.value("/data/shop/sales") == "900"
    assert session.value("/data/rest/owner") == "王", "a question that moved takes its answer along"
    assert session.value("/data/rest/debt[2]/owed") == "5000", "a whole number fits where decimals do"
    assert session.value("/data/shop/staff") == "", "three is no date"
    assert session.value("/data/shop/kind") == "", "a stall can no longer be chosen"
    assert session.orphans == {
        "/data/shop/gone": "他嫂子",
        "/data/shop/staff#1": "3",
        "/data/shop/kind#1": "stall",
    }


def test_answers_without_a_place_speak_the_words_of_the_form_that_asked(older: Form, newer: Form) -> None:
    session = opened(newer, carried(ANSWERS, older, newer))
    told = {one.question.chinese: one.value.chinese for one in homeless(session.orphans, (newer, older))}
    assert told == {"钥匙谁拿": "他嫂子", "几个人": "3", "是什么": "摊位"}


def test_a_second_move_leaves_what_waits_where_it_is(older: Form, newer: Form) -> None:
    once = carried(ANSWERS, older, newer)
    assert carried(once, newer, replace(newer, version="3")) == once
