"""How much hangs on one lead firm or cooperative that buys. Source: DOMAIN, section a, row 127."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, either, unsaid
from officer_app.credit.figures import at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

LIMIT: Final = decimal_key("buyer_firm_share_max_percent", "percent", optional=True)

RULE: Final = Rule(
    "BUYER_FIRM",
    FlagKind("HANGS_ON_BUYER_FIRM", 131, 1, N_("most sales hang on one lead firm without a contract")),
    Message(N_("Share of the lead firm")),
    Message(N_("share sold to the lead firm at most the limit, or its contract seen")),
    Message(N_("Ask how much is sold to a lead firm or cooperative")),
    Message(N_("Ask for the contract with the firm, and what its other suppliers say")),
)


def _examine(ground: Ground) -> Results:
    """Pass when the share ≤ limit or the contract was seen; without a lead firm there is no check."""
    business, limit = ground.facts.business, ground.policy.get(LIMIT, None)
    if limit is None or business is None or (unsaid(business.buyer_firm_share_percent) and not business.buyer_firm):
        return ()
    share, path = business.buyer_firm_share_percent, business.at("buyer_firm_share_percent")
    if unsaid(share):
        return RULE.not_begun(path)
    within = at_most(share, limit)
    sentence = Message(
        N_("{firm} takes {found:percent} of sales; the limit without a contract is {limit:percent}"),
        {"firm": Verbatim(business.buyer_firm or "—"), "found": known(share), "limit": limit},
    )
    passes = either(within, business.buyer_contract_seen)
    paths = (path, business.at("buyer_contract_seen"))
    return RULE.result(passes, sentence, paths, Numbers(found=share, limit=limit, unit=Unit.PERCENT))


CHECK: Final = RULE.check(_examine)
