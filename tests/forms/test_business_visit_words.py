"""The shipped checklist as a shopkeeper and an officer read it: complete in both languages, in plain words."""

from __future__ import annotations

import re

import pytest

from officer_app.base.paths import forms_folder
from officer_app.base.words import CHINESE as IN_CHINESE
from officer_app.base.words import say
from officer_app.checklists.compile import compile_form
from officer_app.credit.character import SAYINGS, saying
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.marked_tables import sheets

FORM = forms_folder() / "business_visit.md"
SHEETS = sheets(FORM)
CHINESE, ENGLISH = "中文 (zh)", "English (en)"
TEXTS = ("label", "hint", "constraint_message")
PLACED = re.compile(r"\$\{[a-z_]+\}")


def _rows() -> list[dict[str, str]]:
    return [*SHEETS["survey"], *SHEETS["choices"]]


def _shown() -> list[tuple[str, str]]:
    """Every text that a person reads, with the name of its row; what other answers fill in is taken out."""
    columns = [f"{kind}::{language}" for kind in TEXTS for language in (CHINESE, ENGLISH)]
    columns += ["ask_zh", "ask_en", "look_zh", "look_en"]
    return [
        (row.get("name", ""), PLACED.sub("", row[column])) for row in _rows() for column in columns if column in row
    ]


def test_it_compiles_without_a_warning() -> None:
    form = compile_form(FORM.read_bytes(), FORM.name, VOCABULARY)
    assert form.warnings == ()
    assert form.form_id == "business_visit"
    assert form.languages == (CHINESE, ENGLISH)


def test_it_is_complete_in_both_languages() -> None:
    lone = [
        (row.get("name"), kind)
        for row in _rows()
        for kind in TEXTS
        if (f"{kind}::{CHINESE}" in row) != (f"{kind}::{ENGLISH}" in row)
    ]
    assert not lone
    asked = [row for row in SHEETS["choices"] if {"ask_zh", "ask_en", "look_zh", "look_en"} & row.keys()]
    assert len(asked) == 32
    assert all({"ask_zh", "ask_en", "look_zh", "look_en", "saying", "nr"} <= row.keys() for row in asked)


def test_everything_that_is_shown_has_a_label() -> None:
    silent = {"calculate", "end_group", "end_repeat"}
    bare = [
        row.get("name") for row in SHEETS["survey"] if row["type"] not in silent and f"label::{CHINESE}" not in row
    ]
    assert not bare


def test_english_columns_hold_no_chinese_and_chinese_ones_some() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for row in _rows():
        for column, text in row.items():
            plain = PLACED.sub("", text)
            if column.endswith(ENGLISH) or column in {"ask_en", "look_en", "saying"}:
                assert not chinese.search(plain), (row.get("name"), plain)
            if (column.endswith(CHINESE) or column in {"ask_zh", "look_zh"}) and plain:
                assert chinese.search(plain), (row.get("name"), plain)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("an identifier", re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]")),
        ("a dotted path", re.compile(r"[a-z]\.[a-z]")),
        ("brackets of a path or formula", re.compile(r"[\[\]{}<>]|//|\bnull\b|\bNaN\b")),
        ("a formula", re.compile(r"[=*^]|\b(div|mod|sum|if)\(")),
    ],
)
def test_no_text_names_a_fact_a_code_or_a_formula(what: str, pattern: re.Pattern[str]) -> None:
    found = [(name, text) for name, text in _shown() if pattern.search(text)]
    assert not found, what


def test_names_last() -> None:
    """They become the ids under which answers are kept for years."""
    names = [row["name"] for row in SHEETS["survey"] if "name" in row]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{2,}", name) for name in names)
    assert len(names) == len(set(names))


def test_every_constraint_says_what_is_wrong() -> None:
    mute = [
        row["name"] for row in SHEETS["survey"] if "constraint" in row and f"constraint_message::{CHINESE}" not in row
    ]
    assert not mute


def test_labels_are_short_enough_for_a_row_of_a_table() -> None:
    long = [
        row[f"label::{CHINESE}"]
        for row in SHEETS["survey"]
        if row["type"] == "begin_repeat" and len(row[f"label::{CHINESE}"]) > 10
    ]
    assert not long


def test_the_sentences_of_fixed_rows_are_known_to_the_memo() -> None:
    """They are facts in English; whoever reads Chinese must not meet them so."""
    assert {row["saying"] for row in SHEETS["choices"] if "saying" in row} == SAYINGS
    assert all(say(saying(text), IN_CHINESE) != text for text in SAYINGS)
    assert say(saying("是否常去外地"), IN_CHINESE) == "是否常去外地"
