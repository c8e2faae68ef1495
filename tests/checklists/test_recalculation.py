"""The fifteen rules of recalculation, each on a form small enough to read."""

from __future__ import annotations

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.checklists.problems import FormRefused, ProblemCode
from tests.support.forms import form_of, session_of, shown, value, wrong

YES_NO = """
| list_name | name | label |
| yn | yes | Yes |
| yn | no | No |
"""


def test_rule_1_a_path_in_a_predicate_is_read() -> None:
    """Edges come from every path, also from those inside predicates; the constraint may name itself."""
    session = session_of("""
    | type | name | label | calculation | constraint |
    | integer | wanted | W | | . > 0 |
    | begin_repeat | row | R | | |
    | integer | nr | N | | |
    | integer | price | P | | |
    | end_repeat | | | | |
    | calculate | found | | sum(${price}[../nr = ${wanted}]) | |
    """)
    session.set("/data/row/nr", "4")
    session.set("/data/row/price", "70")
    session.set("/data/wanted", "4")
    assert value(session, "/data/found") == "70"
    session.set("/data/row/nr", "5")
    assert value(session, "/data/found") == "0"


def test_rule_2_a_cycle_is_refused_with_its_names() -> None:
    with pytest.raises(FormRefused) as refused:
        form_of("""
        | type | name | label | calculation |
        | calculate | a | | ${c} + 1 |
        | calculate | b | | ${a} + 1 |
        | calculate | c | | ${b} + 1 |
        """)
    (problem,) = refused.value.problems
    assert problem.code is ProblemCode.CYCLE
    names = str(problem.sentence.values["names"])
    assert set(names.split(" → ")) == {"a", "b", "c"}
    assert names.split(" → ", maxsplit=1)[0] == names.rsplit(" → ", maxsplit=1)[-1]


@pytest.mark.parametrize("column", ["calculation", "relevant", "required", "read_only"])
def test_rule_2_reading_oneself_is_refused(column: str) -> None:
    with pytest.raises(FormRefused) as refused:
        form_of(f"""
        | type | name | label | {column} |
        | integer | a | A | ${{a}} = 1 |
        """)
    assert [problem.code for problem in refused.value.problems] == [ProblemCode.CYCLE]


def test_rule_2_a_group_must_not_hang_on_what_is_in_it() -> None:
    with pytest.raises(FormRefused) as refused:
        form_of("""
        | type | name | label | relevant |
        | begin_group | g | G | ${a} = 1 |
        | integer | a | A | |
        | end_group | | | |
        """)
    assert refused.value.problems[0].code is ProblemCode.CYCLE


def test_rule_2_a_group_and_a_count_stand_in_the_order_too() -> None:
    """What hides a group or sets how often it repeats runs before what reads inside, wherever the form puts it."""
    session = session_of("""
    | type | name | label | relevant | calculation | repeat_count |
    | calculate | total | | | sum(${x}[. != '']) | |
    | begin_group | g | G | ${shown} = 'yes' | | |
    | begin_repeat | r | R | | | ${n} |
    | integer | x | X | | | |
    | end_repeat | | | | | |
    | end_group | | | | | |
    | calculate | n | | | ${a} * 2 | |
    | calculate | shown | | | if(${a} > 1, 'yes', 'no') | |
    | integer | a | A | | | |
    """)
    session.set("/data/a", "2")
    session.set("/data/g/r[4]/x", "7")
    assert value(session, "/data/total") == "7"
    session.set("/data/a", "1")
    assert value(session, "/data/total") == "0"


def test_rule_3_each_dependant_once_and_a_branch_ends_where_nothing_changes() -> None:
    session = session_of("""
    | type | name | label | calculation |
    | integer | a | A | |
    | calculate | big | | ${a} > 10 |
    | calculate | drawn | | concat(${big}, random()) |
    """)
    session.set("/data/a", "11")
    first = value(session, "/data/drawn")
    changes = session.set("/data/a", "12")
    assert value(session, "/data/drawn") == first, "big is still true, so nothing behind it runs"
    assert changes.values == {"/data/a"}
    assert session.set("/data/a", "1").values == {"/data/a", "/data/big", "/data/drawn"}


ASSETS = """
| type | name | label | calculation |
| begin_repeat | asset | A | |
| integer | qty | Q | |
| decimal | price | P | |
| calculate | subtotal | | ${qty} * ${price} |
| calculate | seed | | concat(${qty}, random()) |
| calculate | share | | round(${subtotal} div ${total} * 100, 2) |
| calculate | pos | | position(..) |
| end_repeat | | | |
| calculate | total | | sum(${subtotal}) |
| calculate | n | | count(${asset}) |
"""


def test_rule_4_a_change_in_one_instance_stays_there() -> None:
    session = session_of(ASSETS)
    session.add_repeat("/data/asset")
    session.set("/data/asset[1]/qty", "1")
    other = value(session, "/data/asset[1]/seed")
    changes = session.set("/data/asset[2]/qty", "2")
    assert value(session, "/data/asset[1]/seed") == other
    assert changes.values == {"/data/asset[2]/qty", "/data/asset[2]/seed"}


def test_rule_4_a_total_outside_reaches_all_instances() -> None:
    session = session_of(ASSETS)
    session.add_repeat("/data/asset")
    for number, price in ((1, "30"), (2, "10")):
        session.set(f"/data/asset[{number}]/qty", "1")
        session.set(f"/data/asset[{number}]/price", price)
    assert [value(session, f"/data/asset[{n}]/share") for n in (1, 2)] == ["75", "25"]
    session.set("/data/asset[2]/price", "30")
    assert [value(session, f"/data/asset[{n}]/share") for n in (1, 2)] == ["50", "50"]


def test_rule_5_add_and_delete_renumber_and_recount() -> None:
    session = session_of(ASSETS)
    added = session.add_repeat("/data/asset", 2)
    assert added.repeats == {"/data/asset": (1, 3)}
    assert [value(session, f"/data/asset[{n}]/pos") for n in (1, 2, 3)] == ["1", "2", "3"]
    session.set("/data/asset[3]/qty", "9")
    removed = session.remove_repeat("/data/asset", 2)
    assert removed.repeats == {"/data/asset": (3, 2)}
    assert value(session, "/data/asset[2]/qty") == "9"
    assert value(session, "/data/asset[2]/pos") == "2"
    assert value(session, "/data/n") == "2"


def test_rule_5_a_removed_instance_leaves_every_total() -> None:
    session = session_of(ASSETS)
    session.add_repeat("/data/asset", 2)
    for number in (1, 2, 3):
        session.set(f"/data/asset[{number}]/qty", "1")
        session.set(f"/data/asset[{number}]/price", str(number * 10))
    assert value(session, "/data/total") == "60"
    changes = session.remove_repeat("/data/asset", 1)
    assert value(session, "/data/total") == "50"
    assert [value(session, f"/data/asset[{n}]/share") for n in (1, 2)] == ["40", "60"]
    assert changes.stored["/data/asset[3]/qty"] is None
    session.undo()
    assert [value(session, f"/data/asset[{n}]/share") for n in (1, 2, 3)] == ["16.67", "33.33", "50"]


def test_rule_5_a_new_instance_gets_its_dynamic_default() -> None:
    session = session_of("""
    | type | name | label | default |
    | integer | k | K | 3 |
    | begin_repeat | r | R | |
    | integer | x | X | ${k} + 1 |
    | end_repeat | | | |
    """)
    assert value(session, "/data/r[1]/x") == "4"
    session.set("/data/k", "10")
    session.add_repeat("/data/r")
    assert [value(session, f"/data/r[{n}]/x") for n in (1, 2)] == ["4", "11"]


COUNTED = """
| type | name | label | repeat_count |
| integer | n | N | |
| begin_repeat | r | R | ${n} |
| text | x | X | |
| end_repeat | | | |
"""


def test_rule_6_a_count_grows_shrinks_and_undo_brings_back_what_was_dropped() -> None:
    session = session_of(COUNTED)
    session.set("/data/n", "3")
    session.set("/data/r[3]/x", "kept")
    assert session.set("/data/n", "1").repeats == {"/data/r": (3, 1)}
    assert "/data/r[2]/x" not in session.state()
    session.undo()
    assert value(session, "/data/r[3]/x") == "kept"
    session.set("/data/n", "")
    assert "/data/r[3]/x" in session.state(), "a blank count leaves the instances alone"
    session.set("/data/n", "-4")
    assert "/data/r[1]/x" not in session.state()


def test_rule_6_a_count_that_is_no_number_leaves_the_instances_alone() -> None:
    session = session_of("""
    | type | name | label | repeat_count |
    | text | n | N | |
    | begin_repeat | r | R | ${n} |
    | text | x | X | |
    | end_repeat | | | |
    """)
    session.set("/data/n", "2.9")
    assert session.answers()["/data/r"] == "2", "the whole part counts"
    session.set("/data/n", "many")
    assert session.answers()["/data/r"] == "2"


def test_rule_6_a_counted_repeat_is_not_the_officers_to_change() -> None:
    session = session_of(COUNTED)
    with pytest.raises(Fault) as fault:
        session.add_repeat("/data/r")
    assert fault.value.code is Code.FORM_REPEAT_FIXED


RELEVANT = """
| type | name | label | relevant | required | calculation |
| select_one yn | has | Has | | | |
| begin_group | g | G | ${has} = 'yes' | | |
| integer | a | A | | yes | |
| begin_group | inner | I | | | |
| integer | b | B | ${a} > 1 | | |
| end_group | | | | | |
| end_group | | | | | |
| calculate | seen | | | | coalesce(${b}, 'blank') |
"""


def test_rule_7_relevance_is_inherited() -> None:
    session = session_of(RELEVANT, YES_NO)
    assert not shown(session, "/data/g/a")
    assert not shown(session, "/data/g/inner")
    changes = session.set("/data/has", "yes")
    assert shown(session, "/data/g/inner")
    assert not shown(session, "/data/g/inner/b")
    assert "/data/g/a" in changes.relevance


def test_rule_8_what_is_not_relevant_is_blank_kept_unchecked_and_left_out() -> None:
    session = session_of(RELEVANT, YES_NO)
    session.set("/data/has", "yes")
    assert wrong(session, "/data/g/a") == "required"
    session.set("/data/g/a", "2")
    session.set("/data/g/inner/b", "7")
    assert value(session, "/data/seen") == "7"
    session.set("/data/has", "no")
    assert value(session, "/data/seen") == "blank"
    assert wrong(session, "/data/g/a") is None
    assert b"<a>" not in session.finalised()
    assert session.answers()["/data/g/inner/b"] == "7", "the draft keeps it"
    session.set("/data/has", "yes")
    assert value(session, "/data/seen") == "7"
    assert value(session, "/data/g/inner/b") == "7"


def test_rule_9_a_calculation_overwrites_and_is_read_only() -> None:
    session = session_of("""
    | type | name | label | calculation |
    | integer | a | A | |
    | integer | b | B | ${a} * 2.6 |
    """)
    session.set("/data/a", "2")
    assert value(session, "/data/b") == "5", "a whole-number question takes the whole part"
    with pytest.raises(Fault) as fault:
        session.set("/data/b", "9")
    assert fault.value.code is Code.FORM_READ_ONLY


def test_rule_9_a_calculation_runs_behind_the_scenes_and_shows_when_it_is_relevant() -> None:
    session = session_of("""
    | type | name | label | relevant | calculation |
    | integer | a | A | | |
    | calculate | b | | ${a} > 5 | ${a} * 2 |
    | calculate | c | | | coalesce(${b}, 'none') |
    """)
    session.set("/data/a", "3")
    assert value(session, "/data/c") == "none"
    session.set("/data/a", "7")
    assert value(session, "/data/c") == "14"


def test_rule_10_once_keeps_its_first_value() -> None:
    session = session_of("""
    | type | name | label | calculation |
    | integer | a | A | |
    | calculate | first | | once(${a}) |
    | calculate | drawn | | once(random()) |
    """)
    drawn = value(session, "/data/drawn")
    session.set("/data/a", "4")
    session.set("/data/a", "9")
    assert value(session, "/data/first") == "4"
    assert value(session, "/data/drawn") == drawn != ""


def test_rule_10_defaults_run_once_and_never_on_reopening() -> None:
    survey = """
    | type | name | label | default | calculation |
    | text | fixed | F | here | |
    | text | drawn | D | random() | |
    | calculate | id | | | once(uuid()) |
    """
    session = session_of(survey)
    session.set("/data/fixed", "")
    kept = session.answers()
    again = session_of(survey, answers=kept)
    assert again.answers() == kept
    assert value(again, "/data/fixed") == ""
    session.set("/data/drawn", "")
    assert value(session_of(survey, answers=session.answers()), "/data/drawn") == ""


def test_rule_10_a_trigger_writes_on_a_real_change_only() -> None:
    session = session_of("""
    | type | name | label | calculation | trigger |
    | integer | a | A | | |
    | text | b | B | concat('from ', ${a}) | ${a} |
    """)
    assert value(session, "/data/b") == ""
    session.set("/data/a", "1")
    assert value(session, "/data/b") == "from 1"
    session.set("/data/b", "mine")
    session.set("/data/a", "1")
    assert value(session, "/data/b") == "mine"
    session.set("/data/a", "2")
    assert value(session, "/data/b") == "from 2"


def test_rule_10_a_trigger_in_a_repeat_writes_in_its_own_instance() -> None:
    session = session_of("""
    | type | name | label | calculation | trigger |
    | begin_repeat | r | R | | |
    | integer | a | A | | |
    | text | b | B | if(. = '', concat('route_', position(..)), .) | ${a} |
    | end_repeat | | | | |
    """)
    session.add_repeat("/data/r")
    session.set("/data/r[2]/a", "5")
    assert [value(session, f"/data/r[{n}]/b") for n in (1, 2)] == ["", "route_2"]


def test_rule_11_read_only_is_inherited_and_required_can_change() -> None:
    session = session_of("""
    | type | name | label | read_only | required |
    | integer | lock | L | | |
    | begin_group | g | G | ${lock} = 1 | |
    | integer | a | A | | ${lock} = 2 |
    | end_group | | | | |
    """)
    assert "/data/g/a" in session.set("/data/lock", "1").readonly
    with pytest.raises(Fault):
        session.set("/data/g/a", "1")
    changes = session.set("/data/lock", "2")
    assert "/data/g/a" in changes.required
    assert "/data/g/a" in changes.violations
    assert wrong(session, "/data/g/a") == "required"


def test_rule_11_read_only_stops_the_person_and_nothing_else() -> None:
    session = session_of("""
    | type | name | label | read_only | calculation | trigger | default |
    | integer | a | A | | | | |
    | integer | sum | S | yes | ${a} + 1 | | |
    | text | told | T | yes | concat('a is ', ${a}) | ${a} | |
    | text | drawn | D | yes | | | uuid() |
    """)
    session.set("/data/a", "1")
    assert (value(session, "/data/sum"), value(session, "/data/told")) == ("2", "a is 1")
    assert len(value(session, "/data/drawn")) == 36
    for ref in ("/data/sum", "/data/told", "/data/drawn"):
        with pytest.raises(Fault) as fault:
            session.set(ref, "x")
        assert fault.value.code is Code.FORM_READ_ONLY


def test_rule_12_the_full_check_goes_in_document_order_and_skips_what_is_hidden() -> None:
    session = session_of("""
    | type | name | label | required | relevant | constraint |
    | integer | a | A | yes | | . > 5 |
    | begin_repeat | r | R | | | |
    | integer | x | X | yes | ${a} > 1 | . < 3 |
    | end_repeat | | | | | |
    | text | z | Z | yes | | |
    """)
    session.add_repeat("/data/r")
    assert [problem.ref for problem in session.problems("en")] == ["/data/a", "/data/z"]
    session.set("/data/a", "2")
    session.set("/data/r[2]/x", "9")
    found = [(problem.ref, problem.violation.kind.value) for problem in session.problems("en")]
    assert found == [
        ("/data/a", "constraint"),
        ("/data/r[1]/x", "required"),
        ("/data/r[2]/x", "constraint"),
        ("/data/z", "required"),
    ]
    assert value(session, "/data/r[2]/x") == "9", "an answer that is not accepted is kept"


def test_rule_12_a_constraint_looks_at_the_answer_only_when_there_is_one() -> None:
    session = session_of("""
    | type | name | label | constraint | constraint_message |
    | integer | low | L | | |
    | decimal | d | D | . >= ${low} and . <= 100 | between ${low} and 100 |
    """)
    assert wrong(session, "/data/d") is None
    session.set("/data/low", "0")
    session.set("/data/d", "120")
    assert wrong(session, "/data/d") == "constraint"
    (problem,) = session.problems("en")
    assert (problem.ref, problem.violation.text) == ("/data/d", "between 0 and 100")
    assert session.set("/data/d", "12.50").violations == {"/data/d"}
    assert value(session, "/data/d") == "12.50", "stored as typed"
    assert session.set("/data/low", "20").violations == {"/data/d"}


CASCADE = (
    """
    | type | name | label | choice_filter |
    | select_one province | province | P | |
    | select_one county | county | C | prov = ${province} |
    | select_multiple village | village | V | cnty = ${county} |
    """,
    """
    | list_name | name | label | prov | cnty |
    | province | p1 | P1 | | |
    | province | p2 | P2 | | |
    | county | c1 | C1 | p1 | |
    | county | c2 | C2 | p2 | |
    | village | v1 | V1 | | c1 |
    | village | v2 | V2 | | c1 |
    | village | v3 | V3 | | c2 |
    """,
)


def test_rule_13_a_value_no_longer_offered_is_dropped_and_can_be_brought_back() -> None:
    session = session_of(*CASCADE)
    session.set("/data/province", "p1")
    session.set("/data/county", "c1")
    session.set("/data/village", "v1 v2")
    assert [choice.name for choice in session.question("/data/village", "en").choices] == ["v1", "v2"]
    changes = session.set("/data/province", "p2")
    assert value(session, "/data/county") == ""
    assert value(session, "/data/village") == ""
    assert {(each.ref, each.text) for each in changes.dropped} == {
        ("/data/county", "c1"),
        ("/data/village", "v1 v2"),
    }
    assert changes.choices >= {"/data/county", "/data/village"}
    session.undo()
    assert value(session, "/data/village") == "v1 v2"


def test_rule_13_what_is_offered_again_comes_back_unless_something_else_was_chosen() -> None:
    session = session_of(*CASCADE)
    session.set("/data/province", "p1")
    session.set("/data/county", "c1")
    session.set("/data/village", "v1 v2")
    session.set("/data/province", "p2")
    session.set("/data/province", "p1")
    assert value(session, "/data/village") == "v1 v2"
    session.set("/data/county", "")
    session.set("/data/village", "")
    session.set("/data/county", "c1")
    assert value(session, "/data/village") == ""


def test_rule_13_a_shuffled_list_keeps_its_order_by_its_seed() -> None:
    session = session_of(
        """
        | type | name | label | parameters |
        | integer | seed | S | |
        | select_one fruit | one | O | randomize=true, seed=${seed} |
        | select_one fruit | two | T | randomize=true, seed=42 |
        """,
        """
        | list_name | name | label |
        | fruit | A | A |
        | fruit | B | B |
        | fruit | C | C |
        | fruit | D | D |
        | fruit | E | E |
        | fruit | F | F |
        """,
    )
    assert "/data/one" in session.set("/data/seed", "42").choices
    for name in ("one", "two"):
        assert "".join(choice.name for choice in session.choices(f"/data/{name}", "en")) == "AFCBDE"
    session.set("/data/one", "F")
    session.set("/data/seed", "1")
    assert value(session, "/data/one") == "F", "another order takes nothing away"


def test_rule_14_chance_is_drawn_at_load_and_again_only_when_something_it_reads_changes() -> None:
    session = session_of("""
    | type | name | label | calculation |
    | integer | a | A | |
    | integer | b | B | |
    | calculate | alone | | random() |
    | calculate | beside | | concat(${a}, ' ', random()) |
    """)
    alone, beside = value(session, "/data/alone"), value(session, "/data/beside")
    session.set("/data/b", "1")
    assert (value(session, "/data/alone"), value(session, "/data/beside")) == (alone, beside)
    session.set("/data/a", "1")
    assert value(session, "/data/alone") == alone
    assert value(session, "/data/beside") != beside


def test_rule_14_now_runs_at_load_and_when_something_else_changes() -> None:
    session = session_of("""
    | type | name | label | calculation |
    | integer | a | A | |
    | calculate | t | | concat(today(), ' ', ${a}) |
    """)
    assert value(session, "/data/t") == "2026-10-08 "
    session.set("/data/a", "1")
    assert value(session, "/data/t") == "2026-10-08 1"


def test_rule_15_labels_say_their_answers_in_each_language() -> None:
    session = session_of(
        """
        | type | name | label::中文 (zh) | label::English (en) |
        | text | who | 谁 | Who |
        | note | hello | 你好，${who} | Hello ${who} |
        """
    )
    assert session.set("/data/who", "张三").labels == {"/data/hello"}
    assert session.question("/data/hello", "zh_CN").label == "你好，张三"
    assert session.question("/data/hello", "en").label == "Hello 张三"


def test_rule_15_words_taken_from_choices_follow_the_language() -> None:
    session = session_of(
        """
        | type | name | label::中文 (zh) | label::English (en) | calculation |
        | select_one yn | has | 有吗 | Has it | |
        | calculate | said | | | jr:choice-name(${has}, '${has}') |
        | note | told | 答：${said} | Answer: ${said} | |
        """,
        """
        | list_name | name | label::中文 (zh) | label::English (en) |
        | yn | yes | 有 | Yes |
        """,
    )
    session.set("/data/has", "yes")
    assert value(session, "/data/said") == "有"
    changes = session.speak("en")
    assert value(session, "/data/said") == "Yes"
    assert "/data/told" in changes.labels
    assert session.question("/data/told", "en").label == "Answer: Yes"


def test_a_total_is_blank_until_every_row_is_filled() -> None:
    """NaN is stored as blank; nothing sums to 0."""
    session = session_of("""
    | type | name | label | calculation |
    | begin_repeat | r | R | |
    | integer | x | X | |
    | end_repeat | | | |
    | calculate | all | | sum(${x}) |
    | calculate | filled | | sum(${x}[. != '']) |
    """)
    session.add_repeat("/data/r")
    session.set("/data/r[1]/x", "5")
    assert (value(session, "/data/all"), value(session, "/data/filled")) == ("", "5")
    session.set("/data/r[2]/x", "6")
    assert (value(session, "/data/all"), value(session, "/data/filled")) == ("11", "11")


def test_no_duplicates_across_instances_with_current() -> None:
    """`current()/.` in a filter or constraint is this instance, also inside predicates."""
    session = session_of("""
    | type | name | label | constraint |
    | begin_repeat | r | R | |
    | text | code | C | count(../../r[code = current()/.]) = 1 |
    | end_repeat | | | |
    """)
    session.add_repeat("/data/r")
    session.set("/data/r[1]/code", "a")
    assert wrong(session, "/data/r[1]/code") is None
    session.set("/data/r[2]/code", "a")
    assert wrong(session, "/data/r[2]/code") == "constraint"
    session.set("/data/r[2]/code", "b")
    assert wrong(session, "/data/r[2]/code") is None


def test_a_repeat_label_reads_its_own_instance() -> None:
    session = session_of("""
    | type | name | label | calculation | repeat_count |
    | begin_repeat | row | ${ask} | | 2 |
    | calculate | ask | | concat('question ', position(..)) | |
    | text | x | X | | |
    | end_repeat | | | | |
    """)
    (section,) = session.sections("en")
    (repeat,) = section.items
    assert [instance.label for instance in repeat.instances] == ["question 1", "question 2"]  # type: ignore[union-attr]


def test_looked_up_columns_of_a_choice_list() -> None:
    session = session_of(
        """
        | type | name | label | calculation |
        | select_one item | it | I | |
        | calculate | ask | | instance('item')/root/item[name = ${it}]/ask_zh |
        | calculate | label | | jr:choice-name(${it}, '${it}') |
        """,
        """
        | list_name | name | label | ask_zh |
        | item | a | Alpha | 问甲 |
        | item | b | Beta | 问乙 |
        """,
    )
    session.set("/data/it", "b")
    assert value(session, "/data/ask") == "问乙"
    assert value(session, "/data/label") == "Beta"


def test_a_rule_that_fails_hides_nothing() -> None:
    """A slip of the author must not cost an officer a question, nor the program its life."""
    session = session_of("""
    | type | name | label | relevant | calculation | constraint |
    | text | when | W | | | |
    | text | a | A | date(${when}) > today() | | |
    | calculate | b | | | format-date(${when}, '%Y') | |
    """)
    session.set("/data/when", "not a day")
    assert shown(session, "/data/a")
    assert value(session, "/data/b") == ""


def test_metadata_is_filled_on_the_first_opening_alone() -> None:
    survey = """
    | type | name | label |
    | start | start | |
    | today | today | |
    | username | username | |
    | text | x | X |
    """
    session = session_of(survey, properties={"username": "chen"})
    assert value(session, "/data/today") == "2026-10-08"
    assert value(session, "/data/start") == "2026-10-08T12:00:00.000+08:00"
    assert value(session, "/data/username") == "chen"
    again = session_of(survey, answers=session.answers(), properties={"username": "li"})
    assert value(again, "/data/username") == "chen"


def test_a_repeat_inside_a_new_instance_starts_empty() -> None:
    """The form's first instance has one of each, a new one none: so do both engines of ODK."""
    session = session_of("""
    | type | name | label | calculation |
    | begin_repeat | outer | O | |
    | begin_repeat | inner | I | |
    | integer | x | X | |
    | end_repeat | | | |
    | calculate | sum | | sum(${x}) |
    | end_repeat | | | |
    """)
    assert session.answers()["/data/outer[1]/inner"] == "1"
    session.add_repeat("/data/outer")
    assert session.answers()["/data/outer[2]/inner"] == "0"
    session.add_repeat("/data/outer[2]/inner", 2)
    session.set("/data/outer[2]/inner[1]/x", "3")
    session.set("/data/outer[2]/inner[2]/x", "4")
    assert value(session, "/data/outer[2]/sum") == "7"
    assert value(session, "/data/outer[1]/sum") == ""
