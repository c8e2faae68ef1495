"""Checks that do not apply to a business, because …: a reason that somebody else can weigh, or it is no reason.

A check that was not done costs; one that cannot be done here must not. So the officer may say why, the check is then
left out, and the reason is shown wherever the checks are. Source: DOMAIN e.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import LeftOut
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Missing
from officer_app.credit.namelists import names_key
from officer_app.credit.policy import Policy

UTILITIES: Final = "utilities"
PEERS: Final = "peers"
RENT: Final = "rent"
LEASE: Final = "lease"
# Which checks may be left out for a reason. Older policies know none.
MAY_BE_LEFT_OUT: Final = names_key("may_not_apply", UTILITIES, PEERS, RENT, LEASE)

# What says no more than "no", the longer ones first: taken away before the rest is weighed.
_EMPTY: Final = re.compile(
    "|".join(
        (
            *("不知道", "不清楚", "没时间", "没必要", "没问到", "未核实", "没核实", "不适用", "不需要", "不涉及"),
            *(
                "没有",
                "暂无",
                "不用",
                "没问",
                "没看",
                "没查",
                "忘了",
                "同上",
                "如上",
                "其他",
                "其它",
                "正常",
                "无",
                "没",
                "略",
            ),
        )
    )
)
_EMPTY_WORDS: Final = frozenset(
    {"no", "none", "not", "applicable", "na", "nil", "nothing", "unknown", "yes", "ok", "the", "is", "it", "does"}
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# Whole words: a number with letters in it is none.
_WORD: Final = re.compile(r"\b[^\W\d_]{2,}\b")
# A sentence that names a circumstance: "跟房东合用" has five characters, "shares the landlord's meter" three words.
_LEAST_CHARACTERS: Final = 5
_LEAST_WORDS: Final = 3


def is_reason(text: str) -> bool:
    """Whether a text says more than no. Repeating oneself adds nothing: only different characters and words count."""
    left = _EMPTY.sub("", text)
    characters = frozenset(_HAN.findall(left))
    words = frozenset(_WORD.findall(_HAN.sub(" ", left).lower())) - _EMPTY_WORDS
    return len(characters) >= _LEAST_CHARACTERS or len(words) >= _LEAST_WORDS


def does_not_apply(name: str, facts: CaseFacts, policy: Policy) -> bool:
    """Whether a check is left out for a reason that holds: the policy allows it, and no fact speaks against it."""
    return name in policy.get(MAY_BE_LEFT_OUT, ()) and is_reason(reason_of(name, facts)) and _CAN_BE[name](facts)


def left_out(facts: CaseFacts, policy: Policy) -> tuple[LeftOut, ...]:
    """Every check that is left out, with its reason, in the order of the checks."""
    return tuple(_left_out(facts, policy))


def _left_out(facts: CaseFacts, policy: Policy) -> Iterator[LeftOut]:
    for name, title in TITLES.items():
        if does_not_apply(name, facts, policy):
            yield LeftOut(Message(title), reason_of(name, facts), f"not_applicable.{name}")


def reason_of(name: str, facts: CaseFacts) -> str:
    """What was written down for a check, "" when nothing was."""
    return str(getattr(facts.not_applicable, name)).strip() if facts.not_applicable is not None else ""


def _no_bills(facts: CaseFacts) -> bool:
    return facts.utilities is None


def _no_peers(facts: CaseFacts) -> bool:
    return facts.peers is None


def _no_rent(facts: CaseFacts) -> bool:
    """Who rents or has a stall pays for it."""
    place = facts.premises
    if place is None:
        return True
    told = not (isinstance(place.monthly_rent, Missing) and place.monthly_rent.absent)
    return not told and place.tenure not in ("rented", "stall")


def _no_lease(facts: CaseFacts) -> bool:
    """Who rents has agreed on some day; a stall may be let by the day."""
    place = facts.premises
    return place is None or (place.lease_until is None and place.tenure != "rented")


_CAN_BE: Final[Mapping[str, Callable[[CaseFacts], bool]]] = MappingProxyType(
    {UTILITIES: _no_bills, PEERS: _no_peers, RENT: _no_rent, LEASE: _no_lease}
)
# Called as the checks themselves are, in their order.
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        RENT: N_("Rent against the running costs"),
        LEASE: N_("Lease against the term"),
        UTILITIES: N_("Utility, phone and rent arrears"),
        PEERS: N_("Sales a day inside the range of neighbours and peers"),
    }
)
