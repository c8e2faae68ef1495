"""Resident ID numbers and unified social credit codes: check digits, birth date, sex, and why one cannot be right.

Source: GB 11643 (resident ID), GB 32100 (unified social credit code), as python-stdnum computes them. Format,
date and check digit decide. An unknown province is a notice, and whether the county code existed at birth is not
judged: lists of regions are never complete, and a wrong refusal is worse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from stdnum.cn import ric, uscc

from officer_app.base.words import N_, Message

RESIDENT_ID: Final = "resident_id"
USCC: Final = "uscc"

_LENGTH: Final = 18
_OLDEST: Final = 130
_KINDS_OF_BODY: Final = "1239"
_RESIDENT_SHAPE: Final = re.compile(r"[0-9]{17}[0-9X]")
_USCC_SHAPE: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_PROVINCES: Final = frozenset(
    str(code)
    for codes in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(codes[0], codes[1] + 1)
)

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "LENGTH": N_("the number must have 18 characters"),
        "FORMAT": N_("the number holds characters that do not belong there"),
        "CHECK_DIGIT": N_("the last character does not fit the others: one of them is mistyped"),
        "REGION": N_("no province has this code"),
        "BIRTH_DATE": N_("the digits for the birth date are not a day"),
        "BIRTH_DATE_IN_FUTURE": N_("the birth date lies in the future"),
        "BIRTH_DATE_TOO_OLD": N_("nobody is that old"),
    }
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a number says about itself.

    `reason` is a key of REASONS when it is not valid; `notice` one of a valid number that is odd all the same.
    """

    input: str
    type: str
    valid: bool
    normalised: str
    birth_date: date | None
    sex: str | None
    reason: str | None
    notice: str | None = None


def reason_sentence(reason: str) -> Message:
    """Why a number cannot be right, for people."""
    return Message(REASONS[reason])


def inspect_identity(text: str, on: date) -> Identity:
    """A resident ID number or a unified social credit code, judged as of a day.

    Spaces, hyphens, full-width digits and a small x are forgiven. Eighteen digits alone are a resident ID, unless
    they can only be a code: see `_reads_as_uscc`.
    """
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _is_resident(code):
        return _resident(text, code, on)
    reason = _uscc_reason(code)
    return Identity(text, USCC, reason is None, code, None, None, reason)


def _is_resident(code: str) -> bool:
    if not _RESIDENT_SHAPE.fullmatch(code):
        return code.rstrip("X").isdigit()
    if ric.calc_check_digit(code) == code[-1]:
        return True
    return not _reads_as_uscc(code)


def _reads_as_uscc(code: str) -> bool:
    """Whether digits with a wrong check digit for a person are a code: a mistyped person must not become a company.

    A code starts with its authority (9 is the business registry), the kind of body and a region.
    """
    if code[1] not in _KINDS_OF_BODY or code[2:4] not in _PROVINCES:
        return False
    return code[0] == "9" or (_born(code) is None and _uscc_reason(code) is None)


def _resident(text: str, code: str, on: date) -> Identity:
    born = _born(code)
    sex = None if born is None else ("male" if int(code[16]) % 2 else "female")
    reason = _resident_reason(code, born, on)
    notice = "REGION" if reason is None and code[:2] not in _PROVINCES else None
    return Identity(text, RESIDENT_ID, reason is None, code, born, sex, reason, notice)


def _born(code: str) -> date | None:
    try:
        return date(int(code[6:10]), int(code[10:12]), int(code[12:14])) if len(code) == _LENGTH else None
    except ValueError:
        return None


def _resident_reason(code: str, born: date | None, on: date) -> str | None:
    if len(code) != _LENGTH:
        return "LENGTH"
    if not _RESIDENT_SHAPE.fullmatch(code):
        return "FORMAT"
    if born is None:
        return "BIRTH_DATE"
    if born > on:
        return "BIRTH_DATE_IN_FUTURE"
    if on.year - born.year > _OLDEST:
        return "BIRTH_DATE_TOO_OLD"
    return None if ric.calc_check_digit(code) == code[-1] else "CHECK_DIGIT"


def _uscc_reason(code: str) -> str | None:
    if len(code) != _LENGTH:
        return "LENGTH"
    if not _USCC_SHAPE.fullmatch(code):
        return "FORMAT"
    return None if uscc.calc_check_digit(code[:-1]) == code[-1] else "CHECK_DIGIT"
