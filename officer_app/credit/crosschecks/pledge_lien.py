"""Whether what is told of prior liens fits the debts told and the public registers. Source: DOMAIN, row 15."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import ONE, ZERO, Figure, Missing, at_most, known, total
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

LIENS: Final = replace(choice_key("security.prior_liens", "checked", "as_told"), optional=True)

FLAG: Final = FlagKind("PLEDGE_LIEN_UNCLEAR", 187, 1, N_("what is told of a prior lien does not fit"))

# Types whose liens the register of movables shows; the others stand in the land register.
_MOVABLE: Final = frozenset({"vehicle", "machinery", "stock", "livestock", "receivables", "deposit"})


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when holder, rank, debts to the holder and public registers all fit each lien that was told."""
    facts = ground.facts
    if ground.policy.get(LIENS, "as_told") != "checked" or not facts.collateral:
        return ()
    causes = (*(cause for item in facts.collateral for cause in _of_pledge(item, facts)), *_of_registers(facts))
    liens = total(item.prior_lien for item in facts.collateral)
    paths = tuple(item.at("prior_lien") for item in facts.collateral)
    return (
        judged(
            Finding(
                "PLEDGE_LIEN",
                message(N_("Prior liens and rank")),
                message(N_("holder named, rank fits, debts to the holder not larger, nothing more in the registers")),
                message(
                    N_("Prior liens of {liens:money} were told; {doubts:count} things do not fit"),
                    liens=known(liens),
                    doubts=len(causes),
                ),
                False if causes else _known_liens(liens),
                message(N_("Ask for the loan contract behind the lien, and look into the register oneself")),
                paths,
                found=liens,
                causes=causes,
            )
        ),
    )


def _known_liens(liens: Figure) -> bool | Missing:
    return liens if isinstance(liens, Missing) else True


def _of_pledge(item: Collateral, facts: CaseFacts) -> Iterator[Cause]:
    lien = known(item.prior_lien)
    if lien is None:
        return
    if lien > 0 and not item.lien_holder.strip() and not _holder_evident(lien, facts):
        yield _cause(
            item,
            "lien_holder",
            message(N_("{pledge} already secures {lien:money}; for whom was not told"), pledge=item.id, lien=lien),
        )
    if lien > 0 and item.rank == ONE:
        yield _cause(
            item,
            "rank",
            message(
                N_("{pledge} already secures {lien:money}, yet our lien is said to come first"),
                pledge=item.id,
                lien=lien,
            ),
        )
    if lien == 0 and at_most(item.rank, ONE) is False:
        yield _cause(
            item,
            "rank",
            message(
                N_("No prior lien was told on {pledge}, yet our lien is said to be number {rank:count}"),
                pledge=item.id,
                rank=known(item.rank),
            ),
        )
    owed = _owed_behind(item, facts)
    if at_most(owed, lien) is False:
        yield _cause(
            item,
            "prior_lien",
            message(
                N_("The lien on {pledge} is told as {lien:money}; the debts behind it come to {owed:money}"),
                pledge=item.id,
                lien=lien,
                owed=known(owed),
            ),
        )


def _holder_evident(lien: Decimal, facts: CaseFacts) -> bool:
    """Whether one debt that was told is of just this size: then its creditor holds the lien."""
    return not isinstance(facts.liabilities, Missing) and any(debt.balance == lien for debt in facts.liabilities)


def _owed_behind(item: Collateral, facts: CaseFacts) -> Figure:
    """Debts to the holder of the lien, and debts said to be secured by this very pledge."""
    if isinstance(facts.liabilities, Missing):
        return ZERO
    holder, own = _plain(item.lien_holder), _plain(item.id)
    return total(
        debt.balance
        for debt in facts.liabilities
        if (holder and _plain(debt.creditor) == holder) or (own and _plain(debt.secured_by) == own)
    )


def _of_registers(facts: CaseFacts) -> Iterator[Cause]:
    for record in facts.public_records:
        if record.register not in ("movables", "land") or record.found is not True:
            continue
        movable = record.register == "movables"
        kinds = [item for item in facts.collateral if (item.type in _MOVABLE) is movable]
        if kinds and total(item.prior_lien for item in kinds) == ZERO:
            sentence = message(
                N_("A register shows an entry ({note}); no lien was told on these pledges: {pledges}"),
                note=record.note or None,
                pledges=tuple(message("{pledge}", pledge=item.id) for item in kinds),
            )
            yield Cause(FLAG, record.path, sentence, (record.at("found"), *(i.at("prior_lien") for i in kinds)))


def _cause(item: Collateral, fact: str, sentence: Message) -> Cause:
    return Cause(FLAG, item.at(fact), sentence, (item.at(fact), item.at("prior_lien")))


def _plain(word: str) -> str:
    return "".join(word.split()).casefold()


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
