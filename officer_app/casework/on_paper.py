"""The checklist against papers: what the officer confirmed on a picture of one, and what is answered there now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from officer_app.base.ids import PhotoId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.photos import JudgedPhoto
from officer_app.credit.fields import FactKind
from officer_app.credit.nodes import FactNode, FactTree
from officer_app.credit.vocabulary import label_of, spec_of
from officer_app.memos.terms import term

ON_PAPER: Final = "ON_PAPER"
# A home is not where one is registered, and a sign is no licence: those papers may say something else.
_FREE: Final = frozenset({"borrower.address", "business.name", "premises.address"})
_DIFFERS: Final = N_("{fact}: {said} in the checklist, {paper} on the paper in {photo}")
_STEP: Final = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")
_PLACE: Final = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class PaperDiffers:
    """One fact, answered otherwise than its paper says."""

    path: str
    sentence: Sayable
    photo: PhotoId

    @property
    def key(self) -> str:
        """The name of the contradiction, for good within its case."""
        return f"{ON_PAPER}:{self.path}"


def on_paper(told: FactTree, judged: Iterable[JudgedPhoto]) -> tuple[PaperDiffers, ...]:
    """Every fact whose answer now is another than a confirmed paper has it, each once."""
    found: dict[str, PaperDiffers] = {}
    for one in _apart(told, judged):
        found.setdefault(one.path, one)
    return tuple(found.values())


def is_same(one: str, other: str) -> bool:
    """Whether two values are one: spaces, the dot in a name and small letters do not count."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"[\s·•]", "", text).upper()


def _apart(told: FactTree, judged: Iterable[JudgedPhoto]) -> Iterator[PaperDiffers]:
    for photo in judged:
        for paper in photo.readings.papers:
            general = _PLACE.sub("[]", paper.fact)
            said = _leaf(told, paper.fact)
            if paper.fact in _FREE or spec_of(general) is None or not said or is_same(said, paper.value):
                continue
            sentence = message(
                _DIFFERS,
                fact=label_of(general),
                said=_shown(general, said),
                paper=_shown(general, paper.value),
                photo=Verbatim(photo.record.file_name),
            )
            yield PaperDiffers(general, sentence, photo.record.id)


def _leaf(tree: FactTree, path: str) -> str:
    """The answer at a path, "" where there is none."""
    node: FactNode = tree
    for key, number in _STEP.findall(path):
        node = node.get(key, "") if isinstance(node, Mapping) else ""
        if number:
            rows = node if isinstance(node, Sequence) and not isinstance(node, str) else ()
            node = rows[int(number)] if int(number) < len(rows) else ""
    return node.strip() if isinstance(node, str) else ""


def _shown(path: str, text: str) -> Sayable:
    spec = spec_of(path)
    if spec is not None and spec.kind is FactKind.CHOICE:
        return term(text)
    if spec is not None and spec.kind is FactKind.DATE:
        return message("{day:date}", day=date.fromisoformat(text))
    return Verbatim(text)
