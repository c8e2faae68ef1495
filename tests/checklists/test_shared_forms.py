"""Real forms of others: they compile, survive whatever is answered, and speak their languages."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from officer_app.checklists.compile import compile_form
from officer_app.checklists.controls import CHOOSING, QuestionType
from officer_app.checklists.definitions import Sort
from officer_app.checklists.form import read_form
from officer_app.checklists.replaying import outcome
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Question
from officer_app.checklists.workbook import Workbook, xform_of
from officer_app.cli.main import run
from tests.support.forms import asked_in, opened

NAMES = (
    "childrens_survey_sw",
    "fav_color",
    "good_eats_multilang",
    "new_cascading_select",
    "odk_aggregate_example_form_v1_1",
    "simple_repeat",
    "testb",
    "tutorial",
)
REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = tuple(sorted(path.name for path in (REPOSITORY / "forms").glob("*.md")))
ANSWERS = {
    QuestionType.INTEGER: ("", "0", "7", "18", "200"),
    QuestionType.DECIMAL: ("", "1.25", "36.6"),
    QuestionType.DATE: ("2020-02-29", "", "2024-01-01"),
    QuestionType.GEOPOINT: ("31.2304 121.4737 4 5", ""),
}


def _text(question: Question, chance: random.Random) -> str:
    if question.type in CHOOSING:
        names = [choice.name for choice in question.choices]
        if question.type is QuestionType.SELECT_ONE:
            return chance.choice(names) if names else ""
        return " ".join(name for name in names if chance.random() < 0.5)
    return chance.choice(ANSWERS.get(question.type, ("", "abc", "张三", "13800138000", "a@b.co")))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [*NAMES, *SHIPPED])
def test_a_real_form_survives_any_answers(name: str, shared: Path, full: bool) -> None:
    """Nothing raises, reopening shows the same, undo leads back to the beginning and redo to the end."""
    xml = _xml(name, shared)
    for seed in range(5) if full else range(1):
        chance = random.Random(f"{name} {seed}")  # noqa: S311  the same in every run
        session = opened(read_form(xml))
        first = session.state(), session.answers()
        for _ in range(200 if full else 60):
            _step(session, chance)
        last = session.state(), session.answers()
        again = opened(read_form(xml), session.answers())
        assert _texts(again.state()) == _texts(last[0])
        outcome(session, session.form.default_language)
        while session.can_undo:
            session.undo()
        assert (session.state(), session.answers()) == first
        while session.can_redo:
            session.redo()
        assert (session.state(), session.answers()) == last


def _xml(name: str, shared: Path) -> bytes:
    if name in SHIPPED:
        return xform_of(Workbook.read((REPOSITORY / "forms" / name).read_bytes(), name))[0]
    source = (shared / "data" / "xlsforms" / f"{name}.xlsx").read_bytes()
    return compile_form(source, f"{name}.xlsx", {}).xml


def _step(session: FormSession, chance: random.Random) -> None:
    """Answer something that is asked, or add to or take from a list."""
    refs = session.state()
    lists = [ref for ref in session.answers() if ref not in refs and _is_open(session, ref)]
    if lists and chance.random() < 0.15:
        ref = chance.choice(lists)
        count = int(session.answers()[ref])
        if count and chance.random() < 0.4:
            session.remove_repeat(ref, chance.randint(1, count))
        elif count < 4:
            session.add_repeat(ref)
        return
    asked = [question for question in asked_in(session) if question.relevant and not question.readonly]
    question = chance.choice(asked)
    session.set(question.ref, _text(question, chance))


def _is_open(session: FormSession, ref: str) -> bool:
    """Whether a list is the officer's to lengthen: the form itself says how often the others repeat."""
    generic = re.sub(r"\[\d+\]", "", ref)
    definition = next((each for each in session.form.root.down() if each.path == generic), None)
    return definition is not None and definition.sort is Sort.REPEAT and definition.count is None


def _texts(state: Mapping[str, tuple[str, bool, str | None]]) -> dict[str, str]:
    return {ref: text for ref, (text, _, _) in state.items()}


def test_a_form_is_run_from_its_workbook(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = tmp_path / "steps.tsv"
    steps.write_text("set\t/data/name\t张三\nlang\tEspañol (es)\nfinalize\n", encoding="utf-8")
    form = shared / "data" / "xlsforms" / "odk_aggregate_example_form_v1_1.xlsx"
    names = list(_run_json(["form", "run", str(form), "--json"], capsys)["values"])
    steps.write_text(f"set\t{names[1]}\t张三\nfinalize\n", encoding="utf-8")
    found = _run_json(["form", "run", str(form), "--steps", str(steps), "--json"], capsys)
    assert found["values"][names[1]]["value"] == "张三"
    assert "张三" in found["xml"]
    assert set(found) == {"values", "options", "labels", "xml"}


def _run_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, dict[str, str]]]:
    capsys.readouterr()
    assert run(words) == 0
    found: dict[str, dict[str, dict[str, str]]] = json.loads(capsys.readouterr().out)
    return found


def test_the_sample_of_expressions_holds(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All sixty cases of the sample, as the command line judges them."""
    sample = shared / "peers" / "xpath_sample.json"
    found = _run_json(["form", "xpath", str(sample), "--json"], capsys)
    wrong = [
        (case["id"], case["expr"], case["expected"], found[case["id"]])
        for case in json.loads(sample.read_text(encoding="utf-8"))["cases"]
        if not _agrees(case, found[case["id"]])
    ]
    assert wrong == []


def _agrees(case: dict[str, object], outcome_: dict[str, object]) -> bool:
    if case["kind"] == "error":
        return "error" in outcome_
    value, expected = outcome_.get("value"), case["expected"]
    if case["kind"] == "number" and "NaN" not in (value, expected):
        return abs(float(str(value)) - float(str(expected))) <= float(str(case.get("tolerance", 1e-9)))
    return value == expected


@pytest.mark.parametrize(
    ("title", "chinese", "english"),
    [
        ("家庭走访 Home visit", "家庭走访", "Home visit"),
        ("生意调查（二） Business visit 2", "生意调查（二）", "Business visit 2"),
        ("Good eats", "Good eats", "Good eats"),
        ("家访", "家访", "家访"),
        ("ODK 表单", "ODK 表单", "ODK 表单"),
    ],
)
def test_a_title_in_two_languages_is_said_in_one(title: str, chinese: str, english: str) -> None:
    head = f"| settings |\n| | form_title | form_id |\n| | {title} | f |\n"
    source = head + "| survey |\n| | type | name | label |\n| | text | one | 一 |\n"
    titles = read_form(compile_form(source.encode(), "f.md", {}).xml).titles
    assert (titles.chinese, titles.english) == (chinese, english)
