"""The credit memo: one page to decide on, then everything it rests on, in the order that banks' forms use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, Protocol

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak

from officer_app.base.words import CHINESE, N_, Language, Sayable, message
from officer_app.memos.blocks import SMALL, Pen
from officer_app.memos.faces import Faces, shipped_faces
from officer_app.memos.inputs import MemoInputs
from officer_app.memos.page_one import page_one
from officer_app.memos.sections import Section
from officer_app.memos.sections.annex import annex, further
from officer_app.memos.sections.business import balance_sheet, business, income
from officer_app.memos.sections.checks import checks
from officer_app.memos.sections.judgement import conditions, contradictions, risk, statement
from officer_app.memos.sections.money import cash, debts
from officer_app.memos.sections.people import people
from officer_app.memos.sections.photos import photos
from officer_app.memos.sections.request import request, visits
from officer_app.memos.sections.security import security
from officer_app.memos.sheet import Headings, typeset
from officer_app.memos.signatures import SignatureBox, boxes_of, draw_boxes, draw_pointer

_SECTIONS: Final[tuple[Callable[[Pen, MemoInputs], Iterator[Flowable]], ...]] = (
    request,
    visits,
    people,
    business,
    income,
    balance_sheet,
    checks,
    cash,
    debts,
    security,
    photos,
    contradictions,
    risk,
    conditions,
    statement,
    further,
    annex,
)
# In a short memo these give way together, the first step first: the whole of them stands in the sealed file.
_GIVING_WAY: Final = (
    (Section.FURTHER, Section.PEOPLE, Section.BUSINESS, Section.INCOME, Section.BALANCE, Section.PHOTOS),
    (Section.DEBTS, Section.SECURITY, Section.CASH_FLOW),
    (Section.VISITS, Section.REQUEST),
    (Section.ANNEX,),
)
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


def credit_memo(inputs: MemoInputs, language: Language, *, translation: bool = False) -> bytes:
    """The memo as PDF: the same inputs give the same bytes.

    A translation has no place for signatures and says on every page that it is not signed. Errors: GLYPH_MISSING
    for a character that no font here has, MEMO_PICTURE for a photo that is no JPEG.
    """
    return set_memo(inputs, language, shipped_faces(), translation=translation)


def set_memo(inputs: MemoInputs, language: Language, faces: Faces, *, translation: bool = False) -> bytes:
    """The memo set in given fonts."""
    pen = Pen(language, faces)
    headings = Headings(
        message(N_("Credit memo")),
        pen.say(inputs.institution),
        message(N_("case {case} · version {version:count}"), case=inputs.case_number, version=inputs.version),
        "zh-CN" if language == CHINESE else "en",
        translation,
        _made_with(inputs),
    )

    def first_page(canvas: Canvas) -> None:
        if translation:
            draw_pointer(canvas, pen)
        else:
            draw_boxes(canvas, inputs.signers, pen)

    def printed(leave_out: frozenset[Section], *, brief: bool = False) -> bytes:
        rest = _rest(pen, replace(inputs, brief=brief), leave_out)
        story = [*page_one(pen, inputs), PageBreak(), *rest]
        return typeset(story, headings, pen, first_page)

    return _short_enough(printed, inputs.pages)


class _Printed(Protocol):
    def __call__(self, leave_out: frozenset[Section], *, brief: bool = False) -> bytes: ...


def _short_enough(printed: _Printed, pages: int | None) -> bytes:
    """The memo within its lane's pages: parts whose details stand in the sealed file give way, one after the other.

    At last the words to each check that agrees give way, while its line stays. What does not fit, contradictions,
    risk, conditions and the officer's word always stay.
    """
    paper = printed(frozenset())
    if pages is None:
        return paper
    for count in range(1, len(_GIVING_WAY) + 1):
        if len(_PAGE.findall(paper)) <= pages:
            break
        paper = printed(frozenset(section for step in _GIVING_WAY[:count] for section in step))
    if len(_PAGE.findall(paper)) <= pages:
        return paper
    return printed(frozenset(section for step in _GIVING_WAY for section in step), brief=True)


def _made_with(inputs: MemoInputs) -> Sayable:
    source = inputs.provenance
    forms = " · ".join(f"{name} {version}" for name, version in source.form_versions)
    return message(
        N_("policy {policy} · form {forms} · program {program}"),
        policy=source.policy_version,
        forms=forms,
        program=source.program_version,
    )


def _rest(pen: Pen, inputs: MemoInputs, leave_out: frozenset[Section]) -> Iterator[Flowable]:
    for name, section in zip(Section, _SECTIONS, strict=True):
        if name not in leave_out:
            yield from section(pen, inputs)
    if leave_out:
        left = tuple(name.title for name in Section if name in leave_out)
        yield pen.block(message(N_("Short memo. In the sealed file alone: {sections}."), sections=left), SMALL)


def signature_boxes(inputs: MemoInputs) -> tuple[SignatureBox, ...]:
    """Where the empty signature fields of this memo go: all of them are made before the first signature."""
    return boxes_of(inputs.signers)
