"""Every shipped checklist is clean: no problem, no notice, nothing missing in either language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from officer_app.base.paths import forms_folder
from officer_app.checklists.authoring.columns import language_code
from officer_app.checklists.compile import compile_form
from officer_app.cli.main import run
from officer_app.credit.vocabulary import VOCABULARY

FORMS = sorted(path for path in forms_folder().glob("*.md"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_shipped_form_is_clean(path: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["form", "check", str(path), "--json", "--lang", language]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    assert [language_code(name) for name in found["languages"]] == ["zh", "en"]


def test_a_text_taken_out_of_a_shipped_form_is_missed() -> None:
    """The check above would find it."""
    source = (forms_folder() / "starter.md").read_text(encoding="utf-8")
    found = compile_form(source.replace("| 照原话记。", "|").encode(), "starter.md", VOCABULARY)
    assert [problem.code.name for problem in found.warnings] == ["TRANSLATION"]
