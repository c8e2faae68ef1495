"""A newer version of the shipped checklist, as head office would publish it, put straight into a laptop's vault."""

from __future__ import annotations

from functools import cache

from officer_app.base.paths import forms_folder
from officer_app.casework import packs
from officer_app.casework.desk import Desk
from officer_app.checklists.compile import compile_form
from officer_app.credit.vocabulary import VOCABULARY

VERSION = "2026120101"
PERSONS = "/data/person/family/household_persons"
# The question that the newer version no longer asks, and the one that is new in it.
GONE = "/data/asked_again/account_again/again_owner"
NEW = "/data/person/family/household_guests"
_GUESTS = "| | integer | household_guests | 常来吃饭的几个人 | Guests at the table |\n"


@cache
def _body() -> bytes:
    source = forms_folder() / "business_visit.md"
    lines = source.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if " again_owner |" not in line]
    place = next(number for number, line in enumerate(kept) if " household_persons |" in line)
    kept[place] = kept[place].replace("一起过日子的有几口人（人）", "同灶吃饭的有几口人（人）")
    kept.insert(place + 1, _GUESTS)
    head = next(number for number, line in enumerate(kept) if " business_visit | 20" in line)
    cells = kept[head].split("|")
    cells[4] = f" {VERSION} "
    kept[head] = "|".join(cells)
    return compile_form("".join(kept).encode(), source.name, VOCABULARY).xml


def receive(desk: Desk) -> None:
    """The newer version has come to this laptop."""
    here = packs.newest(desk, packs.FORM, packs.BUSINESS_VISIT)
    with desk.vault.writing() as tx:
        packs.add(tx, packs.FORM, packs.BUSINESS_VISIT, here.version + 1, _body())
