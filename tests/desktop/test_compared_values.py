"""What stands at a fact, for who compares two versions: names for codes, figures in groups, a dash for nothing."""

from __future__ import annotations

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.choicelabels import CHOICE_LABELS
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.desktop.kit.case_words import fact_value


def test_every_choice_of_the_vocabulary_has_a_name() -> None:
    codes = {str(code) for spec in VOCABULARY.values() for code in spec.choices}
    assert codes == CHOICE_LABELS.keys()


@pytest.mark.parametrize(
    ("path", "text", "chinese", "english"),
    [
        ("application.repayment_method", "equal_instalment", "等额本息", "Equal instalments"),
        ("household.spouse.presence", "not_met", "没见到", "Not met"),
        ("application.requested_amount", "180000", "180,000", "180,000"),
        ("borrower.name", "seen", "seen", "seen"),
        ("borrower.name", "", "—", "—"),
    ],
)
def test_codes_are_named_where_a_choice_is_kept_and_nowhere_else(
    path: str, text: str, chinese: str, english: str
) -> None:
    assert (say(fact_value(path, text), CHINESE), say(fact_value(path, text), ENGLISH)) == (chinese, english)
