"""The pages of help keep their word: both languages alike; links, commands and keys that exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from officer_app.base.errors import Code
from officer_app.base.paths import resource_folder
from officer_app.base.words import CHINESE, ENGLISH, message, say
from officer_app.cli import main
from officer_app.desktop.app.places import TABLE, foot
from officer_app.desktop.screens.help.pages import NAMES, find, folder_of, read_pages
from officer_app.desktop.screens.settings.keys import ELSEWHERE
from officer_app.desktop.widgets.capture_line import KEYS

_LANGUAGES = (ENGLISH, CHINESE)
_PAGES = [(language, name) for language in _LANGUAGES for name in NAMES]
# These two are about papers and tables, where bold is only an emphasis.
_OF_THE_WINDOW = [(language, name) for language, name in _PAGES if name not in {"warehouse", "verify_by_hand"}]
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_KEY = re.compile(r"\b(?:(?:Ctrl|Shift|Alt)\+(?:Shift\+)?(?:[A-Z][A-Za-z]*|\d|,)|F\d{1,2}\b|Esc\b|Del\b|Enter\b)")
_COMMAND = re.compile(r"`officer-app ([a-z][^`]*)`")


@cache
def _said() -> tuple[frozenset[str], frozenset[str]]:
    """Every text of the program, in English and in Chinese."""
    folder = resource_folder() / "locale" / "zh_CN"
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.po")))
    english, chinese = (re.findall(rf'^{word} "(.+)"$', whole, re.MULTILINE) for word in ("msgid", "msgstr"))
    return frozenset(english), frozenset(chinese)


@cache
def _text(language: str, name: str) -> str:
    return (resource_folder() / "help" / language / f"{name}.md").read_text(encoding="utf-8")


def _shape(text: str) -> list[int]:
    return [len(found) for found in re.findall(r"^(#+) ", _FENCE.sub("", text), re.MULTILINE)]


@cache
def _listed() -> frozenset[str]:
    places = {entry.item.keys for entry in TABLE if entry.item is not None}
    keys = places | {item.keys for item in foot()} | {keys for keys, _ in ELSEWHERE} | {KEYS}
    return frozenset(key.replace("Return", "Enter") for key in keys if key)


def test_every_page_is_there_in_both_languages_and_none_is_forgotten() -> None:
    for language in _LANGUAGES:
        assert {path.stem for path in Path(folder_of(language)).glob("*.md")} == set(NAMES), language


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_are_built_alike(name: str) -> None:
    english, chinese = _text(ENGLISH, name), _text(CHINESE, name)
    assert _shape(english) == _shape(chinese)
    assert _shape(english)[0] == 1
    assert _shape(english).count(1) == 1
    rows = [len(re.findall(r"^\|", text, re.MULTILINE)) for text in (english, chinese)]
    assert rows[0] == rows[1], "a row of a table is missing in one language"


@pytest.mark.parametrize(("language", "name"), _PAGES)
def test_every_link_leads_to_a_page(language: str, name: str) -> None:
    for target in re.findall(r"\]\(([^)]*)\)", _FENCE.sub("", _text(language, name))):
        assert target.removesuffix(".md") in NAMES, target
        assert target.endswith(".md"), target


@pytest.mark.parametrize(("language", "name"), _PAGES)
def test_every_command_and_option_exists(language: str, name: str) -> None:
    # The commands themselves: the text of --help breaks its lines by the terminal.
    main._register()
    root = typer.main.get_command(main._app)
    for line in _COMMAND.findall(_text(language, name)):
        command = root
        rest = line.split()
        while isinstance(command, TyperGroup) and rest:
            found = command.commands.get(rest[0])
            assert found is not None, line
            command, rest = found, rest[1:]
        options = {option for each in command.params for option in each.opts}
        assert {word for word in rest if word.startswith("--")} <= options | {"--help"}, line


@pytest.mark.parametrize(("language", "name"), _PAGES)
def test_every_key_stands_in_the_list_of_keys(language: str, name: str) -> None:
    named = set(_KEY.findall(_FENCE.sub("", _text(language, name))))
    assert named <= _listed(), named - _listed()


@pytest.mark.parametrize(("language", "name"), _OF_THE_WINDOW)
def test_what_stands_in_bold_is_what_the_window_says(language: str, name: str) -> None:
    """Buttons and places by their own words: a page that names what no longer exists fails."""
    named = set(re.findall(r"\*\*([^*]+)\*\*", _text(language, name)))
    english, chinese = _said()
    assert named <= (chinese if language == CHINESE else english)


def test_the_keys_of_the_visit_are_found_by_this_test() -> None:
    assert {"F1", "F10", "Ctrl+K", "Ctrl+Enter", "Ctrl+PgDown", "Ctrl+,"} <= set(
        _KEY.findall(_text(ENGLISH, "visit"))
    )
    assert {"Ctrl+Shift+O", "Esc", "Del"} <= set(_KEY.findall(_text(CHINESE, "photos")))


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_remedy_that_sends_to_help_names_a_page(language: str) -> None:
    titles = [page.title for page in read_pages(language)]
    sent = [
        say(message(code.value.remedy), language)
        for code in Code
        if "F1" in say(message(code.value.remedy), language)
    ]
    assert len(sent) >= 4
    for remedy in sent:
        (named,) = re.findall("“([^”]+)”", remedy)
        assert any(title.startswith(named) for title in titles), remedy


def test_no_remedy_sends_to_a_help_without_a_name() -> None:
    for code in Code:
        remedy = say(message(code.value.remedy), ENGLISH)
        assert "the help" not in remedy, code.name


def test_a_page_is_found_by_its_text_its_title_and_the_letters_of_it() -> None:
    pages = read_pages(CHINESE)
    assert find(pages, "sftp")[0].page.name == "stores"
    assert find(pages, "sddc")[0].page.name == "visit"
    assert find(pages, "shenpi")[0].page.name == "decision"
    assert "吊销" in find(pages, "吊销")[0].line
    assert [found.page.name for found in find(pages, "")] == list(NAMES)
    assert find(pages, "没有这种词语") == ()
