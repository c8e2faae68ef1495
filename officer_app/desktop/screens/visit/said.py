"""What stands beside the answers of the checklist: numbers as people said them, and notes."""

from __future__ import annotations

from officer_app.base.spoken.converting import target_of
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.captures import said_of, side_of, source_of, unit_of
from officer_app.casework.notes import NOT_SEEN, note_on, sentence, words_of
from officer_app.casework.visits import Visit
from officer_app.desktop.kit import capture_words
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.questions.noting import Noted
from officer_app.desktop.widgets.number_field import Flow, Said


def flow_of(fact: str) -> Flow | None:
    """How a fact's numbers are said: its unit, and the careful end of a range."""
    target = target_of(unit_of(fact), monthly=fact.endswith("_per_month"))
    return Flow(target, side_of(fact)) if target.kind is not None else None


def keep_said(opened: OpenCase, said: Said | None, ref: str, text: str) -> None:
    """Keep the words beside the answer that was made of them."""
    if said is not None:
        opened.said(ref, said.words, text, capture_words.kept(said.read()))


def said_for(work: Workplace, ref: str, value: str) -> Sayable | None:
    """What was said for an answer, as it stands under its field."""
    opened = work.open_case
    found = said_of(opened.visit, ref, value) if opened is not None else None
    if found is None:
        return None
    source = source_of(found)
    if source is not None:
        return message(
            N_("As last time, confirmed on {on:date}, file {case}"), on=source.on, case=Verbatim(source.case)
        )
    read = capture_words.spoken(found.read_as)
    if read is None:
        return message(N_("Said: {words}"), words=Verbatim(found.words))
    return message(N_("Said: {words} ({read})"), words=Verbatim(found.words), read=read)


def noted_at(visit: Visit, ref: str) -> Noted | None:
    """What was noted at a question of a visit."""
    found = note_on(visit, ref)
    return Noted(words_of(found), found.verdict == NOT_SEEN, sentence(found)) if found is not None else None
