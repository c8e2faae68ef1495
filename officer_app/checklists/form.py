"""A form, read once and shared by every session that fills it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from officer_app.base.words import Bilingual
from officer_app.checklists.binding import bound_facts
from officer_app.checklists.controls import Part
from officer_app.checklists.definitions import Action, Definition, Seed
from officer_app.checklists.external import Media, no_media
from officer_app.checklists.loading import Loaded, load
from officer_app.checklists.problems import Complaint, FormRefused, ProblemCode, plain_problem
from officer_app.checklists.wordings import Translations
from officer_app.checklists.xpath.nodes import Node


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to be filled. Nothing in it changes any more."""

    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    facts: tuple[str, ...]
    top: Definition
    root: Definition
    seed: Seed
    attributes: Mapping[str, str]
    namespaces: Mapping[str | None, str]
    lists: Mapping[str, Node]
    translations: Translations
    body: tuple[Part, ...]
    actions: tuple[Action, ...]

    @property
    def titles(self) -> Bilingual:
        """The title by language, where the author wrote both in one cell: "家庭走访 Home visit"."""
        both = _TWO_TITLES.fullmatch(self.title.strip())
        return Bilingual(both["english"], both["chinese"]) if both else Bilingual(self.title, self.title)

    def language_for(self, app_language: str) -> str:
        """The form's own name of a language: "zh_CN" gives "中文 (zh)"; the default when it has no such language."""
        if app_language in self.languages:
            return app_language
        wanted = app_language.partition("_")[0].lower()
        return next((name for name in self.languages if _code(name) == wanted), self.default_language)


# Chinese first, then Latin letters: XLSForm has one title for all languages.
_TWO_TITLES: Final = re.compile(r"(?P<chinese>.*[\u3400-\u9fff）”])\s+(?P<english>[A-Za-z][^\u3400-\u9fff]*)")


@cache
def _code(name: str) -> str:
    """The code that an author wrote behind a language's name, or the name itself."""
    inside = name.rpartition("(")[2].rstrip(") ").lower()
    plain = inside.replace("_", "-").partition("-")[0].strip()
    return {"中文": "zh", "chinese": "zh", "english": "en", "英文": "en"}.get(plain, plain)


# A path to nobody is blank for ever: its author must mend it, but a form in use goes on.
_ONLY_THE_AUTHORS: Final = frozenset({ProblemCode.MISSING_QUESTION})


def read_form(xml: bytes, media: Media = no_media) -> Form:
    """The form of an XForm's XML; `media` gives the files beside it.

    Errors: FORM_DAMAGED, FORM_TOO_LARGE, FORM_REFUSED with its problems.
    """
    form, complaints = inspected(xml, media)
    fatal = tuple(plain_problem(each) for each in complaints if each.fatal and each.code not in _ONLY_THE_AUTHORS)
    if fatal:
        raise FormRefused(form.form_id, fatal)
    return form


def inspected(xml: bytes, media: Media = no_media) -> tuple[Form, list[Complaint]]:
    """The form, and everything that is wrong with it. Errors: FORM_DAMAGED, FORM_TOO_LARGE."""
    loaded = load(xml, media)
    facts, complaints = bound_facts(loaded.root)
    return _form_of(loaded, facts), [*loaded.complaints, *complaints]


def _form_of(loaded: Loaded, facts: tuple[str, ...]) -> Form:
    return Form(
        form_id=loaded.attributes.get("id", ""),
        version=loaded.attributes.get("version", ""),
        title=loaded.title,
        languages=tuple(loaded.translations),
        default_language=loaded.default_language,
        facts=facts,
        top=loaded.top,
        root=loaded.root,
        seed=loaded.seed,
        attributes=loaded.attributes,
        namespaces=loaded.namespaces,
        lists=loaded.lists,
        translations=loaded.translations,
        body=tuple(loaded.body),
        actions=tuple(loaded.actions),
    )
