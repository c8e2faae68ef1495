"""A policy as people see it: labels for every key, edits that leave comments alone, the diff of two versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, Message, Verbatim, say
from officer_app.credit.policy import read_policy, schema
from officer_app.credit.policydiff import Difference, differences, values
from officer_app.credit.policyhelp import help_of
from officer_app.credit.policylabels import CHOICES, GROUPS, group_of, is_labelled, label_of_key
from officer_app.credit.policytext import entries, literal_of, removed, replaced
from tests.support.worked import SHIPPED_POLICY

TOML = SHIPPED_POLICY.read_text(encoding="utf-8")


def test_every_key_has_a_label_and_no_label_is_left_over() -> None:
    declared = {key.path for key in schema()}
    labelled = {path for group in GROUPS for path in group.labels}
    assert not sorted(declared - labelled)
    assert not sorted(labelled - declared)


def test_every_choice_has_words() -> None:
    names = {name for key in schema() if key.type == "choice" for name in key.unit.split("|")}
    assert not sorted(names - set(CHOICES))


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_every_entry_of_the_file_is_called_by_a_name(language: str) -> None:
    names = [say(label_of_key(entry.path), language) for entry in entries(TOML)]
    assert not [name for name in names if "_" in name]
    assert len(set(names)) == len(names)


def test_a_name_inside_a_table_is_called_with_its_table() -> None:
    assert say(label_of_key("collateral_ltv_percent.vehicle"), CHINESE) == "抵押率：车辆"
    assert group_of("risk_index.weights.capacity") == "risk"
    assert not is_labelled("surprise")


def test_the_scanner_finds_what_the_reader_finds() -> None:
    assert {entry.path for entry in entries(TOML)} == set(values(TOML))


def test_comments_are_read_with_their_key() -> None:
    found = {entry.path: entry.comment for entry in entries(TOML)}
    assert found["photo_radius_km"] == "photos from the premises"
    assert found["risk_index.weights.capacity"] == "" or "100" in found["risk_index.weights.capacity"]
    assert "certificate" not in found["approval.related_party"]


def test_every_comment_of_the_shipped_file_is_said_in_both_languages() -> None:
    comments = {entry.comment for entry in entries(TOML)} - {""}
    assert not sorted(comment for comment in comments if not isinstance(help_of(comment), Message))
    assert help_of("what an institution wrote itself") == Verbatim("what an institution wrote itself")


def test_one_value_is_changed_and_every_other_byte_stays() -> None:
    new = replaced(TOML, "equity_tolerance_percent", "12")
    assert new.replace("equity_tolerance_percent = 12 ", "equity_tolerance_percent = 10 ") == TOML
    assert read_policy(new).values["equity_tolerance_percent"] == 12
    assert literal_of(new, "equity_tolerance_percent") == "12"


def test_a_list_over_many_lines_is_changed_as_a_whole() -> None:
    new = replaced(TOML, "hard_flags", '["BLACKLISTED"]')
    assert read_policy(new).values["hard_flags"] == ("BLACKLISTED",)
    assert len(values(new)) == len(values(TOML))


def test_a_key_that_was_not_there_is_added_where_it_belongs() -> None:
    bare = removed(removed(TOML, "purchase_margin_tolerance_points"), "approval.override_tier")
    assert "purchase_margin_tolerance_points" not in read_policy(bare).values
    again = replaced(replaced(bare, "purchase_margin_tolerance_points", "5"), "approval.override_tier", '"reviewer"')
    assert read_policy(again) == read_policy(TOML)


@pytest.mark.parametrize("literal", ["ten", "1\nname = 2", "", "[1, 2", '"open'])
def test_what_is_no_value_is_refused(literal: str) -> None:
    with pytest.raises(Fault) as caught:
        replaced(TOML, "equity_tolerance_percent", literal)
    assert caught.value.code is Code.POLICY_NOT_TOML


SIMPLE = st.sampled_from([entry.path for entry in entries(TOML) if not literal_of(TOML, entry.path).startswith("[")])
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C",)), max_size=30)


@given(SIMPLE, TEXTS)
def test_any_text_put_in_is_found_again_and_nothing_else_moves(path: str, text: str) -> None:
    """Quotes, hashes and brackets inside a text end nothing."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    before, after = dict(values(TOML)), dict(values(replaced(TOML, path, quoted)))
    assert after.pop(path) == text
    before.pop(path)
    assert after == before


def test_two_versions_differ_where_they_differ() -> None:
    new = replaced(replaced(TOML, "version", '"2026.2"'), "dscr_min", "1.30")
    new = replaced(new, "collateral_ltv_percent.vehicle", "45")
    new = removed(new, "approval.override_tier")
    assert differences(TOML, new) == (
        Difference("version", "2026.1", "2026.2"),
        Difference("dscr_min", "1.25", "1.30"),
        Difference("collateral_ltv_percent.vehicle", "50", "45"),
        Difference("approval.override_tier", "reviewer", None),
    )


def test_the_same_number_written_otherwise_is_no_difference() -> None:
    assert differences(TOML, replaced(TOML, "dscr_min", "1.250")) == ()
    assert differences(TOML, TOML) == ()


def test_rows_are_compared_as_a_whole_and_told_on_one_line() -> None:
    new = replaced(TOML, "approval.tiers", '[{ name = "committee", limit_from = 5 }]')
    (found,) = differences(TOML, new)
    assert found.path == "approval.tiers"
    assert found.new == "{name = committee, limit_from = 5}"
