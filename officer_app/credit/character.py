"""The sentences of soft information, straw signs and traits, bad and good, that the shipped checklist asks about.

A fact holds the English sentence, the same in every language of the form, so that head office counts one thing
under one name; people read it through the catalogue. Sentences of an officer's own stay as they were written.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Sayable, Verbatim

SAYINGS: Final = frozenset(
    {
        N_("lives in the area for 3 years or more"),
        N_("married and spouse agrees in person"),
        N_("owns or long-rents the home"),
        N_("keeps a hand-written book"),
        N_("neighbours give a good account"),
        N_("suppliers give a good account"),
        N_("staff turnover low"),
        N_("no gambling or heavy drinking heard of"),
        N_("car and lifestyle fit the business"),
        N_("business is focused, no unrelated ventures"),
        N_("answers stay the same when the question is put differently"),
        N_("clean credit report for 24 months"),
        N_("cannot say what the money is for"),
        N_("somebody else answers for the borrower"),
        N_("does not know prices, stock or staff"),
        N_("licence or lease in the name of another"),
        N_("wants the money paid to a third person"),
        N_("receipts go to the account of another"),
        N_("took over the business a short time ago"),
        N_("shares phone, address or guarantor with another borrower"),
        N_("great talker"),
        N_("boasts of friends in office and banks"),
        N_("seeks fame"),
        N_("keeps up appearances"),
        N_("collects titles"),
        N_("runs unrelated ventures"),
        N_("speaks little and keeps his word"),
        N_("spouse holds the money"),
        N_("lives a regular life"),
        N_("careful with money and with debt"),
        N_("shuns fame"),
        N_("makes or sells one product only"),
    }
)


def saying(text: str) -> Sayable:
    """The sentence of a fact as people read it: translated when it is one of ours, else as it was written."""
    return Message(text) if text in SAYINGS else Verbatim(text)
