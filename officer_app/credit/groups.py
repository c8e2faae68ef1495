"""The rules of a joint-liability group: size, kin, trades, loans, and what the others have left.

Source: DOMAIN, b "Guarantee" (groups of 3, or of 5 and more who are not relatives and work in different trades).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.facts.borrower import Borrower
from officer_app.credit.facts.security import GroupMember, JointGroup
from officer_app.credit.figures import (
    HUNDRED,
    Figure,
    Truth,
    absent,
    absorbed,
    at_most,
    greatest,
    known,
    ratio,
    total,
)
from officer_app.credit.keys import Key, decimal_key, whole_key
from officer_app.credit.policy import Policy

SIZE_MIN: Final = whole_key("security.group_size_min", "persons", optional=True)
KIN_MAX: Final = whole_key("security.group_kin_max", "persons", optional=True)
SAME_TRADE_MAX: Final = decimal_key("security.group_same_trade_max_percent", "percent", optional=True)
MEMBER_LOAN_MAX: Final = decimal_key("security.group_member_loan_max", "money", optional=True)
OTHERS_COVER_MIN: Final = decimal_key("security.group_cover_min", "ratio", optional=True)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """One rule: what was found, the policy's limit, whether it is kept; `path` is the fact to ask again."""

    name: str
    label: Message
    found: Figure
    limit: Decimal
    kept: Truth
    sentence: Message
    path: str


def group_rules(
    group: JointGroup, borrower: Borrower, loan: Figure, instalment: Figure, policy: Policy
) -> tuple[GroupRule, ...]:
    """Each rule for which the policy has a limit, with the borrower as one of the group."""
    return tuple(_rules(group, borrower, loan, instalment, policy))


def _rules(
    group: JointGroup, borrower: Borrower, loan: Figure, instalment: Figure, policy: Policy
) -> Iterator[GroupRule]:
    others = others_of(group, borrower)
    here = group.at("members")
    size = Decimal(len(others) + 1)
    for key, name, label, found, text, path in (
        (SIZE_MIN, "size", _SIZE, size, _SIZE_SAYS, here),
        (KIN_MAX, "kin", _KIN, Decimal(len(kin_within(group, borrower))), _KIN_SAYS, here),
        (SAME_TRADE_MAX, "trades", _TRADES, _same_trade(group, here), _TRADES_SAYS, here),
        (MEMBER_LOAN_MAX, "loan", _LOAN, _largest_loan(others, loan), _LOAN_SAYS, here),
        (OTHERS_COVER_MIN, "cover", _COVER, _cover(others, instalment, here), _COVER_SAYS, here),
    ):
        limit = _limit(key, policy)
        if limit is None:
            continue
        kept = at_most(limit, found) if key in (SIZE_MIN, OTHERS_COVER_MIN) else at_most(found, limit)
        sentence = Message(text, {"found": known(found), "limit": limit})
        yield GroupRule(name, message(label), found, limit, kept, sentence, path)


def _limit(key: Key[Decimal], policy: Policy) -> Decimal | None:
    return policy.get(key, None)


def others_of(group: JointGroup, borrower: Borrower) -> tuple[GroupMember, ...]:
    """The members beside the borrower, who may be written among them or not."""
    return tuple(item for item in group.members if not _same(item, borrower))


def _same(member: GroupMember, borrower: Borrower) -> bool:
    if member.resident_id.strip() and borrower.resident_id.strip():
        return _plain(member.resident_id) == _plain(borrower.resident_id)
    return bool(member.name.strip()) and _plain(member.name) == _plain(borrower.name)


def kin_within(group: JointGroup, borrower: Borrower) -> tuple[GroupMember, ...]:
    """Members who are kin of another member or of the borrower."""
    names = {_plain(item.name) for item in group.members} | {_plain(borrower.name)}
    return tuple(item for item in group.members if _plain(item.kin_of) in names - {_plain(item.name), ""})


def _same_trade(group: JointGroup, here: str) -> Figure:
    """Members of the commonest trade / members whose trade should be known, in percent."""
    if not group.members:
        return absent(here)
    silent = [absent(item.at("trade")) for item in group.members if not item.trade.strip()]
    if silent:
        return absorbed(*silent)
    most = max(Counter(_plain(item.trade) for item in group.members).values())
    return Decimal(most) * HUNDRED / Decimal(len(group.members))


def _largest_loan(others: tuple[GroupMember, ...], loan: Figure) -> Figure:
    return greatest((loan, *(item.loan_amount for item in others)), absorbed(loan))


def _cover(others: tuple[GroupMember, ...], instalment: Figure, here: str) -> Figure:
    """What the others have left a month, all together / instalment of the borrower."""
    if not others:
        return absent(here)
    return ratio(total(item.monthly_surplus for item in others), instalment, "application.requested_amount")


def _plain(word: str) -> str:
    return "".join(word.split()).casefold()


_SIZE: Final = N_("Members with the borrower")
_KIN: Final = N_("Kin within the group")
_TRADES: Final = N_("Largest share of one trade")
_LOAN: Final = N_("Largest loan of a member")
_COVER: Final = N_("What the others have left over the instalment")
_SIZE_SAYS: Final = N_("{found:count} members with the borrower; at least {limit:count}")
_KIN_SAYS: Final = N_("{found:count} members are kin of another; at most {limit:count}")
_TRADES_SAYS: Final = N_("{found:percent} work in one trade; at most {limit:percent}")
_LOAN_SAYS: Final = N_("the largest loan of a member is {found:money}; at most {limit:money}")
_COVER_SAYS: Final = N_("the others have {found:ratio} times the instalment left; at least {limit:ratio}")
