"""What the comments of the shipped policy say, in the reader's language; an institution's own stay as written."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Sayable, Verbatim

_HELP: Final = frozenset(
    {
        N_("of this file's form; the program refuses what it does not know"),
        N_("lowest of the declared sales and every route"),
        N_("principal due inside the new term, spread over it"),
        N_("lowest of the valuation methods used"),
        N_("max(0, value × LTV − prior lien), 0 if not eligible"),
        N_("a route against the declared sales; also sets of books against each other"),
        N_("margin by product against the declared margin"),
        N_("margin by the goods bought against the margin by product"),
        N_("mean of the twelve season factors against 1"),
        N_("net worth against what the history explains"),
        N_("stock days and receivable days against those told"),
        N_("purpose above what the business can use"),
        N_("share of the largest customer"),
        N_("institutions that lend already"),
        N_("photos from the premises"),
        N_("before and after the visit in which a photo counts as taken in it"),
        N_("camera and satellite clock, still a match"),
        N_("watermark and camera clock, still a match"),
        N_("the same, beyond which it must be explained"),
        N_("camera and laptop clock, for pictures that come live"),
        N_("the same, beyond which it must be explained even when constant"),
        N_("from the premises, plus what the phone admits of doubt"),
        N_("from the premises, beyond which it must be explained"),
        N_("between two shots of one officer"),
        N_("shots that may not all claim one coordinate"),
        N_("within which another officer's use of the same camera must be explained"),
        N_("pictures of two borrowers nearer than this are looked at; market stalls are further"),
        N_("after which one and the same coordinate for two borrowers must be explained"),
        N_("from this many signs on a straw borrower is suspected"),
        N_("from this many traits on the watch begins; never a refusal alone"),
        N_("of old receivables that still counts as an asset"),
        N_("a month; set it by county"),
        N_("of other income nobody has seen on paper"),
        N_("of guarantees given for others"),
        N_("what is left before debts over all debt service"),
        N_("of the purpose, from the borrower's own money"),
        N_("on top of what the pledges carry"),
        N_("surpluses of the guarantors over the instalment"),
        N_("nominal a year with all fees; check it against the law in force"),
        N_("of the lender's net assets"),
        N_(
            "Checks, by a flag of theirs, that may not be skipped: not done, each counts as not passed and wants an "
            "explanation."
        ),
        N_(
            "Checks that some businesses cannot have: left out where the officer writes down why; the reason is "
            "printed."
        ),
        N_("The first lane whose limits all hold is the case's; what a row leaves out is no limit."),
        N_('good answers / all soft items; "good_answers_of_answered" leaves gaps out'),
        N_('passed / counted and skipped; "passed_of_counted" leaves the skipped out'),
        N_("The first tier whose amount is enough decides, unless a rule below lifts the case higher."),
        N_(
            "Any one of amount_above, grades, flags, products and standing_from (contradictions unexplained) is "
            "enough."
        ),
        N_("Thresholds above which further checks, by a flag of theirs, must be done."),
        N_('a borrower related to our own staff: "refuse" or "highest_tier"'),
        N_("above it somebody calls the customer and types the answers without seeing the file's"),
        N_("days from the approval in which it may be paid out; after that it is refreshed"),
        N_("from this tier on a rule may be set aside, with a reason in the signed record"),
        N_("Conditions to choose from; days count from approval, or from payout where the money comes first."),
        N_(
            'lowest of the declared sales and every route that shows all sales; "lowest_of_all" takes '
            "floors and ceilings too"
        ),
        N_('or "percent_only": no share of the loan'),
        N_('or "as_told": a debt without a plan costs nothing'),
        N_('way of life, stables, own staff, gifts; or "none"'),
        N_('who pays the rest, own money seen; or "none"'),
        N_('lease and insurance that run out; or "none"'),
        N_('harvests, a business of less than a year, one bank by all its names; or "none"'),
        N_("years in a row of leases or receipts that stand for a lease by the year"),
        N_('or "twelve_months", with the even instalment'),
        N_('after own contribution and fee; or "before_payout"'),
        N_('or "combined": business and home together'),
        N_('the need of firms with accounts; or "cap"'),
        N_("ways to prove the sales of which something was seen"),
        N_("among them: from paper, a count or third persons"),
        N_("among them: showing all sales"),
        N_("share told to a QR route against the last sales counted"),
        N_("fewer counted tell no share"),
        N_("entries re-added against the total as written"),
        N_("beyond the range of the norm that a route names"),
        N_("other running loans that one guarantor may stand for"),
        N_("net worth: and no more than this share of the loan asked for"),
        N_("net margin outside of the trade's range"),
        N_("count against the stock that deliveries and sales should leave"),
        N_("goods counted against goods told; their sum against the balance sheet"),
        N_("cash counted against float + cash sales − payments"),
        N_("savings against what the free funds should have left"),
        N_("wage sheet against the wages among the running costs"),
        N_("one wage as told by a member of staff against the average"),
        N_("rent of the premises against the rent among the running costs"),
        N_("years in business as told above those that papers show"),
        N_("between the last day a bill or the rent is paid for and the visit"),
        N_("less use than a year ago while sales are said to hold or grow"),
        N_("of the claimed profit: the part that nobody can show"),
        N_("amounts told by spouse, staff, neighbour, supplier, landlord"),
        N_("persons"),
        N_("persons in the household"),
        N_("persons who speak well, of those who gave a word"),
        N_("share sold to one lead firm without a contract"),
        N_("room of price and of output above the break-even"),
        N_("a month"),
        N_("answers typed, from which the pace is judged"),
        N_("asking, hearing and typing take longer than this on average"),
        N_("a second, the middle question of all; nobody reads faster"),
        N_("between the middle answer and the nearest picture of the site"),
        N_("a payment due on a day off moves there; interest runs to the day agreed"),
        N_("age of the credit report at the visit"),
        N_("yuan"),
        N_("in 24 months"),
        N_("the longest"),
        N_("by lenders in three months"),
        N_("more in the report than was told"),
        N_("how long a search holds unless noted otherwise"),
        N_("items above this want an offer with a compared price"),
        N_("age of the offer at the visit"),
        N_("the loan runs at least this share of the life of what it pays for"),
        N_("above this an oral word of the spouse is not enough (Civil Code 1064)"),
        N_("Words that a purpose may not name; confirm the list with the rules in force."),
        N_("of 100, once a lie was proven; it is no average"),
        N_("from this many unexplained contradictions on a higher tier decides"),
        N_("cases of one officer with the same explanation"),
        N_("a debt without a plan: the equal instalment of its balance at this rate"),
        N_("over so many months"),
        N_("on top of what the pledges carry; by dossier grade, see below"),
        N_("One row for each limit, with the day from which it holds; check them against the law in force."),
        N_("One-year LPR, per cent a year, from the day of its publication; add a row when it changes."),
        N_("One row for each product: to whom, how much, how long, how it is repaid, at which price."),
        N_("selling prices fall"),
        N_("buying prices rise"),
        N_("every month sells like so many weakest months on average"),
        N_("a year, on other debts that bear interest"),
        N_('a bar of the law overrules the officer; or "officer_alone"'),
        N_("of every owner beside the borrower, and the deed seen"),
        N_('against rank, holder, debts told and the registers; or "as_told"'),
        N_("highest value above the lowest, when two methods or more were used"),
        N_("a valuation is too old then"),
        N_("until the loan ends, for their value"),
        N_("lendable + unsecured allowance, of the amount asked for"),
        N_("value after prior liens, of the amount asked for"),
        N_("of what a guarantor signed for others, off the net worth"),
        N_("net worth of all guarantors, of the amount asked for"),
        N_("after the due date; without words the law gives six"),
        N_("with the borrower"),
        N_("members who are kin of another"),
        N_("what the others have left a month over the instalment"),
        N_('payee, real user, names, a strange or rehearsed place are signs too; or "ticked_alone"'),
        N_("the same where it is above 1, since it lifts the average month"),
        N_("wages, power and home rent named, below what people, meters and lease tell"),
        N_("on site"),
        N_("of things that were only told, in what is found: nobody saw them or a paper"),
        N_('before it carries anything; or "officers_word"'),
        N_('or "waits": a debt that pays nothing and of whose plan nobody asked'),
        N_('of a sales route: never better than its kind; or "as_chosen"'),
        N_('three entries of one QR code are one; or "as_listed"'),
        N_('"none", "-" and "1" are no evidence and no reason; or "any_sign"'),
        N_('settled loans with us, by contract number; or "as_noted"'),
        N_('what is owed to us already; or "among_debts_alone"'),
        N_('nothing for the household in a business loan; or "as_chosen"'),
        N_('grace, deferral and subsidy too; or "amount_term_and_rate"'),
        N_('or "every_loan", also one that ends before'),
        N_('a picture, a paper or a third person\'s word; or "never_asked"'),
        N_("age of the credit report on the day of the approval"),
        N_("however long a search is noted to hold"),
        N_("a report, offer, valuation or search dated later than that after the visit"),
        N_(
            "Where a banned word is honest: inside a phrase, beside another word, or in an item of a kind; never "
            'with "unless".'
        ),
        N_('of each insurance noted for such a pledge; or "not_asked"'),
        N_('who came along, where two are needed; or "not_asked"'),
        N_("from the last change; nothing obliges anybody to keep it"),
        N_("from the withdrawal; files returned and left lying too"),
        N_("from the refusal; long enough to answer a complaint"),
        N_("from the withdrawal of what was approved"),
        N_(
            "from the last instalment; the law of 2025 on money laundering asks ten years of whom it names, "
            "the credit reporting rules five for bad facts; take your province's rule where that is longer"
        ),
        N_("from the borrower's word; a loan and what the law keeps stay nevertheless"),
        N_("copies on a manager's or reviewer's laptop, from the decision or the end"),
        N_("what was sent, sealed, once head office has the file"),
        N_(
            "How long a record stays on a laptop, from the event that ended it. What is due is deleted when "
            "a person says so, with a signed certificate; never before head office's receipt for every "
            "digest, never while it is held."
        ),
    }
)


def help_of(comment: str) -> Sayable | None:
    """What a comment of the file says, in the reader's language where it is the shipped one."""
    if not comment:
        return None
    return Message(comment) if comment in _HELP else Verbatim(comment)
