"""Who stands beside the loan: spouse, our own staff, gifts, other lenders. Source: DOMAIN, rows 17, 29 and 63."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.character import person_rules
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, either, is_one_of, unsaid
from officer_app.credit.facts.household import Spouse
from officer_app.credit.figures import Missing, Truth, absent, all_true, at_most, denied, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

SIGN_ABOVE: Final = decimal_key("spouse_signature_above", "money", optional=True)

SPOUSE: Final = Rule(
    "SPOUSE",
    FlagKind("SPOUSE_NOT_HEARD", 183, 1, N_("the spouse was not heard or does not agree")),
    Message(N_("Spouse heard and agreed")),
    Message(N_("married: spouse met or phoned, and agrees; above the amount of the policy the spouse has signed")),
    Message(N_("Ask for the marital status; if married, hear the spouse and ask for the signature")),
    Message(N_("Meet the spouse, tell amount, term and instalment, and ask for the signature")),
)
STAFF: Final = Rule(
    "RELATED_STAFF",
    FlagKind("RELATED_TO_STAFF", 173, 1, N_("the borrower is related to our own staff")),
    Message(N_("Relation to our staff")),
    Message(N_("the borrower is not related to anybody who works for the lender")),
    Message(N_("Ask whether the borrower is related to somebody who works here")),
    Message(N_("Hand the file to a colleague who is not related, and tell head office")),
)
GIFT: Final = Rule(
    "GIFT",
    FlagKind("GIFT_WAS_OFFERED", 174, 1, N_("a gift or a meal was offered")),
    Message(N_("Gift or meal")),
    Message(N_("nothing was offered to the officers")),
    Message(N_("Declare whether a gift or a meal was offered")),
    Message(N_("Say what was offered and that it was not taken")),
)
ELSEWHERE: Final = Rule(
    "APPLIED_ELSEWHERE",
    FlagKind("ALSO_APPLIED_ELSEWHERE", 175, 1, N_("money was asked for elsewhere at the same time")),
    Message(N_("Applied elsewhere")),
    Message(N_("no other lender is asked for money at the same time")),
    Message(N_("Ask whether another lender was asked too, and for how much")),
    Message(N_("Ask which of the two loans is wanted, and for what the other one is")),
)


def _spouse(ground: Ground) -> Results:
    """Pass when the spouse was heard and agrees; who is not married has no such check."""
    status, limit = ground.facts.borrower.marital_status, ground.policy.get(SIGN_ABOVE, None)
    if limit is None:
        return ()
    if isinstance(status, Missing):
        return SPOUSE.not_begun("borrower.marital_status")
    if status != "married":
        return ()
    spouse, amount = ground.facts.household.spouse, ground.facts.application.requested_amount
    heard, agreed = _heard(ground, spouse), _agreed(spouse)
    signed = absent("household.spouse.consent") if spouse is None else is_one_of(spouse.consent, "signed")
    if unsaid(heard, agreed):
        return SPOUSE.not_begun("household.spouse.presence", "household.spouse.consent")
    sentence = Message(
        N_(
            "The spouse was {heard} and {agreed}; above {limit:money} a signature is wanted, "
            "the loan asked for is {told:money}"
        ),
        {"heard": _presence(spouse), "agreed": _consent(spouse), "limit": limit, "told": known(amount)},
    )
    passes = all_true((heard, agreed, either(signed, at_most(amount, limit))))
    paths = ("household.spouse.presence", "household.spouse.consent", "application.requested_amount")
    return SPOUSE.result(passes, sentence, paths, Numbers(told=amount, limit=limit))


def _heard(ground: Ground, spouse: Spouse | None) -> Truth:
    visit = ground.facts.site_visit
    if visit is not None and visit.spouse_present is True:
        return True
    return absent("household.spouse.presence") if spouse is None else is_one_of(spouse.presence, "met", "phoned")


def _agreed(spouse: Spouse | None) -> Truth:
    if spouse is None:
        return absent("household.spouse.consent")
    return is_one_of(spouse.consent, "signed", "agreed_orally")


_PRESENCE: Final = {"met": N_("met"), "phoned": N_("phoned"), "not_met": N_("not met")}
_CONSENT: Final = {
    "signed": N_("has signed"),
    "agreed_orally": N_("agreed orally"),
    "not_asked": N_("was not asked"),
    "refused": N_("refused"),
}


def _presence(spouse: Spouse | None) -> Message | None:
    if spouse is None or isinstance(spouse.presence, Missing):
        return None
    return Message(_PRESENCE[spouse.presence])


def _consent(spouse: Spouse | None) -> Message | None:
    return None if spouse is None or isinstance(spouse.consent, Missing) else Message(_CONSENT[spouse.consent])


def _staff(ground: Ground) -> Results:
    """Pass when neither the borrower's word nor the related persons name somebody who works here."""
    if not person_rules(ground):
        return ()
    borrower = ground.facts.borrower
    ours = tuple(person for person in ground.facts.related_persons if person.role == "lender_staff")
    if isinstance(borrower.staff_relation, Missing) and not ours:
        return STAFF.not_begun("borrower.staff_relation")
    related = bool(ours) or borrower.staff_relation
    note = borrower.staff_relation_note.strip() or "、".join(person.name for person in ours if person.name)
    sentence = (
        Message(N_("The borrower is related to our staff: {note}"), {"note": Verbatim(note) if note else None})
        if related is True
        else Message(N_("The borrower is not related to our staff"))
    )
    return STAFF.result(denied(related), sentence, ("borrower.staff_relation", "related_persons"))


def _gift(ground: Ground) -> Results:
    if not person_rules(ground):
        return ()
    offered = ground.facts.borrower.gift_offered
    if isinstance(offered, Missing):
        return GIFT.not_begun("borrower.gift_offered")
    sentence = Message(N_("A gift or a meal was offered") if offered else N_("No gift and no meal was offered"))
    return GIFT.result(not offered, sentence, ("borrower.gift_offered",))


def _elsewhere(ground: Ground) -> Results:
    application = ground.facts.application
    if not person_rules(ground):
        return ()
    if isinstance(application.applied_elsewhere, Missing):
        return ELSEWHERE.not_begun(application.at("applied_elsewhere"))
    where = application.applied_elsewhere_where.strip()
    sentence = (
        Message(N_("Also asked for money: {where}"), {"where": Verbatim(where) if where else None})
        if application.applied_elsewhere
        else Message(N_("No other lender was asked"))
    )
    return ELSEWHERE.result(not application.applied_elsewhere, sentence, (application.at("applied_elsewhere"),))


CHECKS: Final = (SPOUSE.check(_spouse), STAFF.check(_staff), GIFT.check(_gift), ELSEWHERE.check(_elsewhere))
