"""What the capture says about a line: where it would go, how it was read, where it went."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officer_app.base.canonical import Json
from officer_app.base.spoken.converting import Converted
from officer_app.base.spoken.reading import Amount
from officer_app.base.spoken.telling import shown, told
from officer_app.base.words import CHINESE, ENGLISH, N_, Bilingual, Sayable, Verbatim, message, say
from officer_app.checklists.capturing.proposing import Proposal


def place_of(one: Proposal) -> Sayable:
    """Section › group › question."""
    steps = (*one.trail, one.label)
    english = " › ".join(step.english or step.chinese for step in steps)
    return Bilingual(english, " › ".join(step.chinese or step.english for step in steps))


def entry_of(one: Proposal) -> Sayable | None:
    """Which entry of a list, and what is replaced."""
    if one.was:
        return message(N_("replaces {was}"), was=one.was)
    if one.entry is None:
        return None
    name = Verbatim(one.name or "—")
    text = N_("new entry {number}: {name}") if one.is_new else N_("entry {number}: {name}")
    return message(text, number=one.entry, name=name)


def value_of(one: Proposal) -> Sayable:
    """The answer to be filed, as people read it."""
    if one.choice is not None:
        return one.choice
    if one.amount is None:
        return Verbatim(one.value)
    return Verbatim(shown(Decimal(one.value)))


def read_as(amount: Amount | None, converted: Converted | None, value: str) -> Sayable | None:
    """How the number was read, and what was made of it."""
    if amount is None:
        return None
    said = told(amount)
    if converted is not None and converted.days is not None:
        text = N_("{said} → {value}, a month of {days} days")
        said = message(text, said=said, value=shown(Decimal(value)), days=converted.days)
    elif converted is not None and converted.moved:
        said = message(N_("{said} → {value}"), said=said, value=shown(Decimal(value)))
    return message(N_("{said} (a way of speaking: ask back)"), said=said) if amount.custom else said


def read_from(one: Proposal, typed: str) -> Sayable | None:
    """How a line was read: its letters as words, its number as an amount."""
    read = read_as(one.amount, one.converted, one.value)
    if one.words in (typed.strip(), typed.strip()[1:].strip()):
        return read
    words = Verbatim(one.words)
    moved = one.converted is not None and (one.converted.moved or one.converted.days is not None)
    return message(N_("{words}: {read}"), words=words, read=read) if read is not None and moved else words


def kept(said: Sayable | None) -> Json:
    """A sentence for the file, in both languages."""
    return None if said is None else {"en": say(said, ENGLISH), "zh_CN": say(said, CHINESE)}


def spoken(read: Json) -> Sayable | None:
    """A sentence from the file."""
    if not isinstance(read, dict):
        return None
    return Bilingual(str(read.get("en", "")), str(read.get("zh_CN", "")))


def filed(one: Proposal) -> Sayable:
    """Where a line went, in one quiet sentence."""
    if one.entry is None:
        return message(N_("Filed under {place}: {value}. Undo: Ctrl+Z"), place=place_of(one), value=value_of(one))
    return message(
        N_("Filed under {place} (entry {number}): {name} {value}. Undo: Ctrl+Z"),
        place=place_of(one),
        number=one.entry,
        name=Verbatim(one.name),
        value=value_of(one),
    )


def filed_all(some: Sequence[Proposal]) -> Sayable:
    """Where the parts of a line went, in one sentence."""
    things = tuple(message(N_("{place}: {value}"), place=some_place(one), value=value_of(one)) for one in some)
    return message(N_("Filed {n:count}: {things}. Undo: Ctrl+Z"), n=len(some), things=things)


def some_place(one: Proposal) -> Sayable:
    """A question by its own words, with the entry that it belongs to."""
    return message(N_("{name}, {label}"), name=Verbatim(one.name), label=one.label) if one.name else one.label
