"""What other answers of the visit say about a straw borrower: whose account, whose money, whose papers, whose shop.

Each rule speaks only when it finds something: that the licence is in the borrower's name is no merit that should
raise the share of checks passed. Source: DOMAIN, section a, row 28 (顶名贷款).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.names_on_papers import is_another, names_of_borrower, names_of_couple
from officer_app.credit.crosschecks.rule import Results, Rule
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

RULES: Final = replace(choice_key("straw_facts", "ticked_alone", "counted"), optional=True)


@dataclass(frozen=True, slots=True)
class Sign:
    """One answer that points at somebody else. `ticked_as` is the line of the shipped list that says the same."""

    sentence: Message
    path: str
    short: Message
    ticked_as: str = ""


PAYEE: Final = Rule(
    "PAYEE",
    FlagKind("PAYEE_IS_ANOTHER", 430, 1, N_("the loan would be paid to somebody else's account")),
    Message(N_("Whose account the loan is paid to")),
    Message(N_("the account for the payout is the borrower's, the firm's or that of a seller named in the purpose")),
    Message(N_("Ask in whose name the account for the payout is")),
    Message(N_("See the card and ask alone why the money does not go to the borrower's own account")),
)
USER: Final = Rule(
    "ACTUAL_USER",
    FlagKind("USER_IS_ANOTHER", 431, 1, N_("somebody else will use the money or runs the business")),
    Message(N_("Who uses the money and who decides")),
    Message(N_("the real user and the real controller are the borrower or the spouse")),
    Message(N_("Ask who will really use the money")),
    Message(N_("Meet the real user, make that person the borrower or a co-borrower, or leave the loan")),
)
NAMES: Final = Rule(
    "NAMES_ON_PAPERS",
    FlagKind("NAME_OF_ANOTHER", 432, 1, N_("licence, lease or shop sign are in another's name")),
    Message(N_("Names on licence, lease and shop sign")),
    Message(
        N_("licence and lease are in the name of the borrower, the spouse or the firm; the sign fits the licence")
    ),
    Message(N_("See the names on licence and lease, and whether the sign fits")),
    Message(N_("Ask who that is and since when the shop is the borrower's; ask a neighbour whose shop it is")),
)
PLACE: Final = Rule(
    "KNOWS_PLACE",
    FlagKind("PLACE_NOT_KNOWN", 433, 1, N_("the borrower does not know the shop")),
    Message(N_("Whether the borrower knows the place")),
    Message(N_("the borrower finds the light, the drawer and the goods without help")),
    Message(N_("Let the borrower switch on the light, open the drawer and find some goods")),
    Message(N_("Come back unannounced, and ask the neighbours who opens and closes the shop")),
)
TOUR: Final = Rule(
    "REHEARSED",
    FlagKind("VISIT_REHEARSED", 434, 1, N_("the visit looked rehearsed")),
    Message(N_("Whether the visit was rehearsed")),
    Message(N_("any corner may be seen, and people answer in their own words")),
    Message(N_("Ask to see a corner of your own choice")),
    Message(N_("Come back unannounced at another hour, and ask each person alone")),
)


def straw_facts(facts: CaseFacts) -> Iterator[tuple[Rule, Sign]]:
    """Every answer that points at somebody else, with the rule that tells it."""
    yield from ((PAYEE, sign) for sign in _payee(facts))
    yield from ((USER, sign) for sign in _user(facts))
    yield from ((NAMES, sign) for sign in _names(facts))
    premises = facts.premises
    if premises is not None and premises.borrower_knows_premises is False:
        yield PLACE, Sign(_STRANGER, premises.at("borrower_knows_premises"), _DOES_NOT_KNOW, _NOT_OWNER)
    if premises is not None and premises.rehearsed is True:
        yield TOUR, Sign(_STAGED, premises.at("rehearsed"), _LOOKED_REHEARSED)


def signs_of(facts: CaseFacts) -> tuple[Sign, ...]:
    """One sign for each rule that finds something: licence and lease of one other person are one sign, not two."""
    return tuple({rule.id: sign for rule, sign in reversed(tuple(straw_facts(facts)))}.values())[::-1]


def counts_facts(ground: Ground) -> bool:
    """Whether the policy reads these answers."""
    return ground.policy.get(RULES, "ticked_alone") == "counted"


def _payee(facts: CaseFacts) -> Iterator[Sign]:
    """A payment to the seller is how a lender keeps the money in the purpose, so it is no sign."""
    items = facts.application.purpose_items
    sellers = tuple(item.seller for item in items if item.seller.strip()) if isinstance(items, tuple) else ()
    business = facts.business
    own = names_of_borrower(facts)
    named = (*own, "" if business is None else business.name, *sellers) if own else ()
    found = [(facts.borrower.bank_account_owner, facts.borrower.at("bank_account_owner"))]
    found += [(person.name, person.at("name")) for person in facts.related_persons if person.role == "payee"]
    for name, path in found:
        if is_another(name, *named):
            yield Sign(
                Message(N_("The account for the payout belongs to {name}"), {"name": Verbatim(name.strip())}),
                path,
                Message(N_("payout to another")),
                _PAID_TO_ANOTHER,
            )


def _user(facts: CaseFacts) -> Iterator[Sign]:
    ours, borrower = names_of_couple(facts), facts.borrower
    users = [(borrower.actual_user, borrower.at("actual_user"))]
    heads = [(borrower.actual_controller, borrower.at("actual_controller"))]
    users += [(person.name, person.at("name")) for person in facts.related_persons if person.role == "actual_user"]
    heads += [
        (person.name, person.at("name")) for person in facts.related_persons if person.role == "actual_controller"
    ]
    for people, text in ((users, N_("The money is for {name}")), (heads, N_("The business is really run by {name}"))):
        for name, path in people:
            if is_another(name, *ours):
                yield Sign(Message(text, {"name": Verbatim(name.strip())}), path, Message(N_("another real user")))


def _names(facts: CaseFacts) -> Iterator[Sign]:
    ours, business, premises = names_of_couple(facts), facts.business, facts.premises
    papers = []
    if business is not None:
        papers.append((business.licence_holder, business.at("licence_holder"), N_("The licence names {name}")))
    if premises is not None:
        papers.append(
            (premises.lease_holder, premises.at("lease_holder"), N_("The lease names {name} as the tenant"))
        )
    for name, path, text in papers:
        firm = "" if business is None else business.name
        if is_another(name, *ours, *((firm,) if ours else ())):
            yield Sign(Message(text, {"name": Verbatim(name.strip())}), path, _PAPERS, _LICENCE_OTHER)
    if premises is not None and premises.sign_matches is False:
        yield Sign(_SHOP_SIGN, premises.at("sign_matches"), _PAPERS, _LICENCE_OTHER)


_STRANGER: Final = Message(N_("The borrower did not find the way about the place"))
_STAGED: Final = Message(N_("The visit looked as if it had been rehearsed"))
_SHOP_SIGN: Final = Message(N_("The name on the shop sign does not fit the licence"))
_PAPERS: Final = Message(N_("papers or sign of another"))
_DOES_NOT_KNOW: Final = Message(N_("does not know the place"))
_LOOKED_REHEARSED: Final = Message(N_("rehearsed visit"))
# Lines of the shipped checklist as they are kept among the facts.
_LICENCE_OTHER: Final = "licence or lease in the name of another"
_NOT_OWNER: Final = "does not know prices, stock or staff"
_PAID_TO_ANOTHER: Final = "wants the money paid to a third person"
TICKED: Final = frozenset({_LICENCE_OTHER, _NOT_OWNER, _PAID_TO_ANOTHER})


def _told(ground: Ground, rule: Rule) -> Results:
    if not counts_facts(ground):
        return ()
    found = [sign for of, sign in straw_facts(ground.facts) if of is rule]
    if not found:
        return ()
    sentence = found[0].sentence if len(found) == 1 else Message("{all}", {"all": tuple(s.sentence for s in found)})
    return rule.result(passes=False, sentence=sentence, paths=tuple(sign.path for sign in found))


CHECKS: Final = (
    PAYEE.check(lambda ground: _told(ground, PAYEE)),
    USER.check(lambda ground: _told(ground, USER)),
    NAMES.check(lambda ground: _told(ground, NAMES)),
    PLACE.check(lambda ground: _told(ground, PLACE)),
    TOUR.check(lambda ground: _told(ground, TOUR)),
)
