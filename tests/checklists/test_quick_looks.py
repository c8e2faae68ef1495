"""What is asked of a checklist without all its words agrees with its sections, in every shipped form."""

from __future__ import annotations

import pytest

from officer_app.base.paths import forms_folder
from officer_app.casework.packs import SHIPPED_FORMS
from officer_app.checklists.compile import compile_form
from officer_app.checklists.controls import QuestionType
from officer_app.checklists.form import read_form
from officer_app.checklists.session import FormSession
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.forms import asked_in, opened


@pytest.fixture(scope="module", params=SHIPPED_FORMS)
def session(request: pytest.FixtureRequest) -> FormSession:
    """With a second row in every list that takes one."""
    source = forms_folder() / f"{request.param}.md"
    form = read_form(compile_form(source.read_bytes(), source.name, VOCABULARY).xml)
    session = opened(form)
    for ref in [ref for ref in session.answers() if session.peek(ref) is None and not session.is_fixed(ref)]:
        session.add_repeat(ref, 2 - session.count(ref))
    return session


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_titles_are_those_of_the_sections(session: FormSession, language: str) -> None:
    titles = session.titles(language)
    assert titles == {section.ref: section.label for section in session.sections(language)}
    assert any(titles.values())


def test_the_questions_are_those_of_the_sections(session: FormSession) -> None:
    quick = session.questions()
    shown = {one.ref: (one.name, one.fact, one.value, one.relevant) for one in asked_in(session)}
    assert {one.ref: (one.name, one.fact, one.value, one.relevant) for one in quick} == shown
    assert len(quick) == len(shown) > 0


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_pictures_are_those_of_the_sections(session: FormSession, language: str) -> None:
    shown = {one.ref: one for one in asked_in(session, language) if one.type is QuestionType.IMAGE}
    assert {one.ref: one for one in session.pictures(language)} == shown
    assert {one.ref for one in session.open_pictures(language)} == {
        ref for ref, one in shown.items() if one.relevant and not one.value
    }
