"""Answers that bear no fact, and everything by which a stranger can check this paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.memos.blocks import BODY, CELL, SMALL, Pen
from officer_app.memos.inputs import MemoInputs, Said
from officer_app.memos.quantities import NOTHING, moment
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import heading, listed, nothing, subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Cell, Column, pairs

_HOW: Final = (
    N_("1. Ask head office for the root certificate, and compare its fingerprint with the one above by voice."),
    N_(
        "2. Trust that certificate in the PDF reader, then look at the signatures on page one. Without this step "
        "a reader calls them unknown: the institution is its own certificate authority."
    ),
    N_(
        "3. Or let the program check the sealed file: officer-app dossier verify FOLDER --root root.pem. It names "
        "the first thing that is wrong."
    ),
    N_(
        "4. The decision's reasons, conditions, questions and answers are the signed decision record, not this paper."
    ),
)
_TIME: Final = N_(
    "Signing times are the laptop's claim, since it may have had no network; head office adds its own time of "
    "receipt."
)


def further(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Answers that were asked and kept, though no rule reads them."""
    yield heading(pen, Section.FURTHER)
    if not inputs.further_answers:
        yield nothing(pen)
    for group in inputs.further_answers:
        yield pen.block(group.title, replace(BODY, bold=True, before=6, after=2, keep=True))
        yield pairs(pen, [(label, value) for label, value in group.rows], WIDTH, label=0.45)


def annex(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Versions, digests, and how to verify."""
    source = inputs.provenance
    yield heading(pen, Section.ANNEX)
    rows: list[tuple[Sayable, Cell]] = [
        (message(N_("Made at, as the laptop claims")), moment(source.made_at)),
        (message(N_("Program version")), Verbatim(source.program_version)),
        (message(N_("Policy version")), Verbatim(source.policy_version)),
        *((message(N_("Form version")), Verbatim(f"{name} · {version}")) for name, version in source.form_versions),
        (message(N_("Head of the log's chain")), _digest(pen, source.log_head)),
        (message(N_("Fingerprint of the root certificate")), _digest(pen, source.root_fingerprint)),
    ]
    yield pairs(pen, rows, WIDTH)
    yield from _as_said(pen, inputs.said)
    yield subheading(pen, N_("Digests (SHA-256)"))
    columns = (Column(message(N_("What")), 0.28), Column(message(N_("Digest")), 0.72))
    digests = [(name, _digest(pen, digest)) for name, digest in source.digests]
    pictures = [
        (Verbatim(f"{photo.code} · {pen.say(photo.shot)}"), _digest(pen, photo.sha256)) for photo in inputs.photos
    ]
    yield listed(pen, columns, [*digests, *pictures])
    yield subheading(pen, N_("How to verify"))
    for step in _HOW:
        yield pen.block(message(step), BODY)
    yield pen.block(message(_TIME), SMALL)


def _as_said(pen: Pen, said: tuple[Said, ...]) -> Iterator[Flowable]:
    """The words behind the figures: unit and period as a person gives them, and what was made of them."""
    if not said:
        return
    yield subheading(pen, N_("As it was said"))
    columns = (
        Column(message(N_("Question")), 0.36),
        Column(message(N_("Answer")), 0.16),
        Column(message(N_("Where it comes from")), 0.48),
    )
    yield listed(pen, columns, [(one.asked, one.answer, pen.block(_words(one), SMALL)) for one in said])


def _words(one: Said) -> Sayable:
    if one.read is None:
        return message(N_("said: “{words}”"), words=Verbatim(one.words))
    return message(N_("said: “{words}” ({read})"), words=Verbatim(one.words), read=one.read)


def _digest(pen: Pen, digest: str) -> Flowable:
    """Groups of four, so that two people can read it to each other."""
    if not digest:
        return pen.block(NOTHING, CELL)
    grouped = " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
    return pen.block(Verbatim(grouped), replace(CELL, size=7.2))
