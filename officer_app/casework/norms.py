"""The norms of the trades on this laptop, and what choosing one answers in the checklist.

The shipped library lies under head office's own file, the newest that came. A norm that was chosen is written among
the route's answers with range and source, so that a later file changes no case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.paths import norms_folder
from officer_app.casework.desk import Desk
from officer_app.casework.packs import NORMS, OWN_NORMS
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.checklists.view import Item, Question, RepeatBlock, Section
from officer_app.credit.facts.routes import RouteKind
from officer_app.credit.norms import SIZE_LIMIT, Norm, Norms, norm_inputs, norms_with, read_norms
from officer_app.credit.routes import RULES
from officer_app.vault import packs

_ROUTES: Final = "sales.routes[]"
_KIND: Final = f"{_ROUTES}.kind"
_INPUTS: Final = f"{_ROUTES}.inputs."
_KINDS: Final = frozenset(RouteKind)
# What stays closed until it is wanted stands behind a question of this name, and "yes" opens it.
_OPENER: Final = "more_"
_OPEN: Final = "yes"


@cache
def shipped_norms() -> Norms:
    """The library that comes with the program. Errors: NORM_WRONG, NORMS_NOT_TOML, FILE_MISSING."""
    files = sorted(norms_folder().glob("*.toml"))
    return read_norms({file.name: _text(read_limited(file, SIZE_LIMIT)) for file in files})


def laid_over(own: bytes) -> Norms:
    """The shipped library with a file laid over it; tells what differs.

    Errors: NORM_WRONG, NORMS_NOT_TOML, NORMS_TOO_LARGE.
    """
    return norms_with(shipped_norms(), _text(own))


@dataclass(frozen=True, slots=True)
class NormsInForce:
    """The library to choose from; `version` of head office's own file, 0 while none has come."""

    norms: Norms
    version: int = 0


@allowed(*EVERYONE)
def norms_in_force(desk: Desk) -> NormsInForce:
    """The shipped library with head office's newest file over it.

    Errors: NORM_WRONG, when a file that once fitted no longer fits the library of a newer program.
    """
    with desk.vault.reading() as tx:
        pack = packs.begun(tx, NORMS, OWN_NORMS, local_date(desk.clock.now()))
    if pack is None:
        return NormsInForce(shipped_norms())
    if desk.norms is None or desk.norms[0] != pack.digest:
        desk.norms = (pack.digest, laid_over(pack.body))
    return NormsInForce(desk.norms[1], pack.version)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Fault(Code.NORMS_NOT_TOML, where=str(error), detail=str(error)) from error


# --- a route of the checklist --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NormedRoute:
    """One sales route in the checklist whose kind takes a norm for its input `normed`.

    `asked` are its questions by the name of the input; `openers` the questions that let closed ones be asked.
    """

    ref: str
    normed: str
    asked: Mapping[str, Question]
    openers: tuple[Question, ...]

    @property
    def chosen(self) -> str:
        """The norm it names, or nothing."""
        return self.asked["norm"].value


def normed_routes(section: Section) -> Iterator[NormedRoute]:
    """The routes of a section that can take a norm; none where the checklist does not ask for one."""
    for item in section.items:
        if isinstance(item, RepeatBlock) and item.relevant and item.fact == _ROUTES:
            for instance in item.instances:
                route = _route(instance.ref, tuple(_questions(instance.items)))
                if route is not None:
                    yield route


def choosing(route: NormedRoute, norm: Norm, language: str) -> Mapping[str, str]:
    """What to answer, by question, so that a route takes a norm.

    The bounded figure itself is left to be measured: a figure taken from the norm would pass the norm's own check.
    `language` is that of the norm's source, which is frozen into the case as a text.
    """
    answers = {} if route.asked["norm"].relevant else {question.ref: _OPEN for question in route.openers}
    for name, text in norm_inputs(norm, language).items():
        if name in route.asked:
            answers[route.asked[name].ref] = text
    return answers


def _route(ref: str, questions: tuple[Question, ...]) -> NormedRoute | None:
    kind = next((question.value for question in questions if question.fact == _KIND), "")
    normed = RULES[RouteKind(kind)].normed if kind in _KINDS else ""
    asked: dict[str, Question] = {}
    for question in questions:
        if question.fact is not None and question.fact.startswith(_INPUTS):
            name = question.fact.removeprefix(_INPUTS)
            # One input may be asked in several ways, one for each kind of route.
            if name not in asked or question.relevant:
                asked[name] = question
    if not normed or "norm" not in asked:
        return None
    openers = tuple(question for question in questions if question.name.startswith(_OPENER))
    return NormedRoute(ref, normed, asked, openers)


def _questions(items: tuple[Item, ...]) -> Iterator[Question]:
    for item in items:
        if not isinstance(item, RepeatBlock):
            yield from item.questions
