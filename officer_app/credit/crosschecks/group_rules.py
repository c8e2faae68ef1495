"""Whether a joint-liability group keeps the rules of the policy. Source: DOMAIN, row 39 and b "Guarantee"."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.figures import all_true
from officer_app.credit.ground import Ground
from officer_app.credit.groups import GroupRule, group_rules
from officer_app.credit.rounding import ROUNDING
from officer_app.credit.schedules import instalment_asked

FLAG: Final = FlagKind("GROUP_RULES_BROKEN", 197, 1, N_("the joint-liability group does not keep the rules"))

_TITLE: Final = message(N_("Rules of the joint-liability group"))
_FORMULA: Final = message(N_("size, kin, trades, largest loan and what the others have left, each within its limit"))


def rules_of(ground: Ground) -> tuple[GroupRule, ...]:
    """The rules at the amount asked for; none without a group or under a policy without limits for one."""
    group, facts = ground.facts.joint_group, ground.facts
    if group is None:
        return ()
    loan = facts.application.requested_amount
    instalment = instalment_asked(facts.application, ground.policy[ROUNDING].amounts)
    return group_rules(group, facts.borrower, loan, instalment, ground.policy)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when every rule of the policy is kept."""
    rules, group = rules_of(ground), ground.facts.joint_group
    if not rules or group is None:
        return ()
    if not group.members:
        ask = message(N_("Write down every member: trade, kin, loan, and what is left a month"))
        return (not_done("GROUP_RULES", _TITLE, _FORMULA, ask, group.at("members")),)
    broken = tuple(rule for rule in rules if rule.kept is False)
    return (
        judged(
            Finding(
                "GROUP_RULES",
                _TITLE,
                _FORMULA,
                message("{rules}", rules=tuple(rule.sentence for rule in rules)),
                all_true(rule.kept for rule in rules),
                message(N_("Have the group find other members, or ask for other security")),
                (group.at("members"),),
                causes=tuple(
                    Cause(FLAG, f"{FLAG.code}:{rule.name}", rule.sentence, (rule.path,), told_and_seen=False)
                    for rule in broken
                ),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
