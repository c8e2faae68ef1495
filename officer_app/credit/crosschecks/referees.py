"""Who was asked, and whether the consent names them; how many speak well. Source: DOMAIN e.13, section a, row 21."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.character import Reference
from officer_app.credit.figures import HUNDRED, absent, all_true, at_most
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

GOOD: Final = decimal_key("references_good_min_percent", "percent", optional=True)

NAMED: Final = Rule(
    "REFEREES",
    FlagKind("REFEREES_NOT_NAMED", 66, 1, N_("persons were asked whom the consent does not name")),
    Message(N_("Persons asked are named in the consent")),
    Message(N_("every person asked about the borrower is named in the consent")),
    Message(N_("Ask two persons who know the borrower, named in the consent")),
    Message(N_("Have the consent name these persons, or leave their words out")),
)
WORDS: Final = Rule(
    "REFERENCES",
    FlagKind("REFERENCES_DOUBTFUL", 172, 1, N_("too few of those asked speak well of the borrower")),
    Message(N_("Good words of others")),
    Message(N_("persons who speak well ÷ persons who gave a word, at least the limit")),
    Message(N_("Ask suppliers, buyers, staff or neighbours about the borrower")),
    Message(N_("Ask one more person who does not know the first ones, and what happened")),
)


def _named(ground: Ground) -> Results:
    """Pass when each person is named; the consent's own yes or no holds for everyone not noted apart."""
    people, consents = ground.facts.references, ground.facts.consents
    if ground.policy.get(GOOD, None) is None:
        return ()
    if not people:
        return NAMED.not_begun("references")
    of_all = absent("consents.referees_named") if consents is None else consents.referees_named
    known_ones = tuple(of_all if unsaid(person.named_in_consent) else person.named_in_consent for person in people)
    if unsaid(*known_ones):
        return NAMED.not_begun("consents.referees_named")
    left_out = tuple(_name(person) for person, named in zip(people, known_ones, strict=True) if named is False)
    sentence = (
        Message(N_("Asked, but not named in the consent: {names}"), {"names": left_out})
        if left_out
        else Message(N_("All {count:count} persons asked are named in the consent"), {"count": len(people)})
    )
    return NAMED.result(all_true(known_ones), sentence, ("references", "consents.referees_named"))


def _name(person: Reference) -> Message | Verbatim:
    return Verbatim(person.name) if person.name.strip() else Message(N_("a person without a name"))


def _words(ground: Ground) -> Results:
    """Pass when enough of those who gave a word speak well."""
    limit = ground.policy.get(GOOD, None)
    if limit is None:
        return ()
    spoken = tuple(person for person in ground.facts.references if not unsaid(person.good))
    if not spoken:
        return WORDS.not_begun("references")
    good = sum(person.good is True for person in spoken)
    share = Decimal(good) * HUNDRED / len(spoken)
    sentence = Message(
        N_("{good:count} of {asked:count} persons speak well of the borrower; at least {limit:percent} are wanted"),
        {"good": good, "asked": len(spoken), "limit": limit},
    )
    numbers = Numbers(found=share, limit=limit, unit=Unit.PERCENT)
    return WORDS.result(at_most(limit * len(spoken), Decimal(good) * HUNDRED), sentence, ("references",), numbers)


CHECKS: Final = (NAMED.check(_named), WORDS.check(_words))
