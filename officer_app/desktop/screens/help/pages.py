"""The pages of help as they lie in resources, and which of them speak of something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.paths import resource_folder
from officer_app.base.pinyin import spellings
from officer_app.base.words import Language

# The laptop first, then in the order of a case's life, then head office's matters; each is a file in every language.
NAMES: Final = (
    "first_run",
    "visit",
    "photos",
    "stores",
    "decision",
    "retention",
    "head_office",
    "auditing",
    "warehouse",
    "verify_by_hand",
)
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_SIGNS: Final = re.compile(r"[`*#|]+")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: `title` is its first heading, `text` the whole Markdown."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page that speaks of what is sought; `line` is the first that does, empty where only the title fits."""

    page: HelpPage
    line: str = ""


def folder_of(language: Language) -> Path:
    """Where the pages of a language lie; English stands in for a language that has none."""
    folder = resource_folder() / "help" / language
    return folder if folder.is_dir() else resource_folder() / "help" / "en"


def read_pages(language: Language) -> tuple[HelpPage, ...]:
    """All of them, in their order."""
    return tuple(_read(folder_of(language) / f"{name}.md") for name in NAMES)


def find(pages: tuple[HelpPage, ...], sought: str) -> tuple[Found, ...]:
    """Pages whose title fits first, then those whose text holds every word; everything when nothing is sought.

    A title also fits by its pinyin or the initials of it.
    """
    words = sought.casefold().split()
    if not words:
        return tuple(Found(page) for page in pages)
    titled = [page for page in pages if _title_fits(page.title, words)]
    others = [page for page in pages if page not in titled and _text_fits(page.text, words)]
    return tuple(Found(page, _line(page.text, words)) for page in (*titled, *others))


def _read(path: Path) -> HelpPage:
    text = path.read_text(encoding="utf-8")
    return HelpPage(path.stem, text.splitlines()[0].removeprefix("# ").strip(), text)


def _title_fits(title: str, words: list[str]) -> bool:
    full, first = spellings(title)
    plain = title.casefold()
    return all(word in plain or full.startswith(word) or first.startswith(word) for word in words)


def _text_fits(text: str, words: list[str]) -> bool:
    plain = text.casefold()
    return all(word in plain for word in words)


def _line(text: str, words: list[str]) -> str:
    """The line with the most of the words, without the signs of Markdown."""
    lines = text.splitlines()[1:]
    best = max(lines, key=lambda line: sum(word in line.casefold() for word in words), default="")
    if not any(word in best.casefold() for word in words):
        return ""
    return " ".join(_SIGNS.sub(" ", _LINK.sub(r"\1", best)).split())
