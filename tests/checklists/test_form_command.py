"""The headless face: check, run, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from officer_app.cli.main import run
from tests.support.forms import table

SURVEY = """
| type | name | label::中文 (zh) | label::English (en) | relevant | required | bind::fact |
| integer | persons | 几口人 | Persons | | yes | household.persons |
| select_one yn | more | 还有吗 | More? | | | |
| begin_repeat | child | 孩子 | Child | ${more} = 'yes' | | |
| text | name | 姓名 | Name | | | |
| end_repeat | | | | | | |
"""
CHOICES = """
| list_name | name | label::中文 (zh) | label::English (en) |
| yn | yes | 是 | Yes |
| yn | no | 否 | No |
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "visit.md"
    path.write_bytes(table(SURVEY, CHOICES, "| form_id | version |\n| visit | 7 |"))
    return path


def _json(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, object]:
    capsys.readouterr()
    assert run([*words, "--json"]) == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_check_tells_what_a_form_is(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(["form", "check", str(form)], capsys)
    assert (found["form_id"], found["version"]) == ("visit", "7")
    assert found["facts"] == ["household.persons"]
    assert found["languages"] == ["中文 (zh)", "English (en)"]


def test_check_refuses_with_cells_and_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(table("| type | name | label | bind::fact |\n| text | a | A | nothing.like_it |"))
    found = _json(["form", "check", str(path)], capsys, code=1)
    assert found["error"]["code"] == "FORM_REFUSED"  # type: ignore[index]
    (problem,) = [each for each in found["problems"] if each["fatal"]]  # type: ignore[attr-defined]
    assert (problem["code"], problem["sheet"], problem["row"], problem["column"]) == (  # type: ignore[index]
        "FACT_UNKNOWN",
        "survey",
        2,
        "bind::fact",
    )
    assert run(["form", "check", str(path)]) == 1
    assert "survey row 2" in capsys.readouterr().out


def test_run_plays_steps(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = tmp_path / "steps.tsv"
    steps.write_text(
        "# a visit\nset\t/data/persons\t3\nset\t/data/more\tyes\nadd\t/data/child\t2\n"
        "set\t/data/child[3]/name\t小明\n"
        "remove\t/data/child\t1\nlang\tEnglish (en)\nfinalize\n",
        encoding="utf-8",
    )
    found = _json(["form", "run", str(form), "--steps", str(steps)], capsys)
    values = found["values"]
    assert values["/data/child[2]/name"] == {"value": "小明", "relevant": True, "violation": None}  # type: ignore[index]
    assert found["options"] == {"/data/more": ["yes", "no"]}
    assert found["labels"]["/data/persons"] == "Persons"  # type: ignore[index]
    assert "小明" in str(found["xml"])


def test_run_without_steps_shows_what_is_missing(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(["form", "run", str(form)], capsys)
    assert found["values"]["/data/persons"]["violation"] == "required"  # type: ignore[index]
    assert found["values"]["/data/child[1]/name"]["relevant"] is False  # type: ignore[index]
    assert "<child>" not in str(found["xml"])


@pytest.mark.parametrize("line", ["jump\t/data/a", "set", "remove\t/data/child\tx", "remove\t/data/child"])
def test_run_refuses_steps_that_are_none(
    line: str, form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = tmp_path / "steps.tsv"
    steps.write_text(f"\n{line}\n", encoding="utf-8")
    found = _json(["form", "run", str(form), "--steps", str(steps)], capsys, code=1)
    assert found["error"]["code"] == "FORM_STEPS_MALFORMED"  # type: ignore[index]
    assert found["error"]["where"] == "2"  # type: ignore[index]


def test_run_refuses_a_form_that_does_not_compile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(table("| type | name | label |\n| wonder | a | A |"))
    assert _json(["form", "run", str(path)], capsys, code=1)["error"]["code"] == "FORM_REFUSED"  # type: ignore[index]


def test_head_office_hears_every_problem_of_a_checklist_it_would_publish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, secret = tmp_path / "bad.md", tmp_path / "secret"
    bad.write_bytes(table("| type | name | label | relevant |\n| wonder | a | A | |\n| text | b | B | ${c} = 'x' |"))
    secret.write_text("a long enough password\n", encoding="utf-8")
    words = ["headoffice", "found", "--name", "信用社", "--passphrase-file", str(secret), "--form", str(bad)]
    assert run([*words, "--folder", str(tmp_path / "office")]) == 1
    told = capsys.readouterr().err
    assert "survey row 2 type" in told
    assert "survey row 3 relevant" in told
    assert "FORM_REFUSED" in told
    assert not (tmp_path / "office").exists()
