"""Identity numbers say when they cannot be right, and why."""

from __future__ import annotations

from datetime import date

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.identity import REASONS, inspect_identity, reason_sentence

ON = date(2026, 1, 1)


def checked(first17: str) -> str:
    """Seventeen digits with their check digit, by the weights of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True)) % 11
    return first17 + "10X98765432"[rest]


def test_a_right_resident_id_tells_birth_date_and_sex() -> None:
    found = inspect_identity(checked("11010119900307001"), ON)
    assert (found.type, found.valid, found.reason) == ("resident_id", True, None)
    assert found.birth_date == date(1990, 3, 7)
    assert found.sex == "male"
    assert inspect_identity(checked("11010119900307002"), ON).sex == "female"


def test_spaces_wide_digits_and_a_small_x_are_forgiven() -> None:
    number = next(
        found for found in (checked(f"1101011990030700{place}") for place in range(10)) if found.endswith("X")
    )
    written = f" {number[:6]} {number[6:14]}-{number[14:17]}x"
    assert inspect_identity(written, ON).normalised == number
    assert inspect_identity(written, ON).valid
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    assert inspect_identity(wide, ON).normalised == number


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("1101011990030700", "resident_id", "LENGTH"),
        (checked("11010119900307001")[:-1] + "0", "resident_id", "CHECK_DIGIT"),
        (checked("11010119900231001"), "resident_id", "BIRTH_DATE"),
        (checked("11010120300307001"), "resident_id", "BIRTH_DATE_IN_FUTURE"),
        (checked("11010118000307001"), "resident_id", "BIRTH_DATE_TOO_OLD"),
        ("91440100MA5YY90314", "uscc", "CHECK_DIGIT"),
        ("91440100MA5YY9031", "uscc", "LENGTH"),
        ("91440100MA5YI90313", "uscc", "FORMAT"),
        ("", "uscc", "LENGTH"),
    ],
)
def test_a_wrong_number_says_why(text: str, kind: str, reason: str) -> None:
    found = inspect_identity(text, ON)
    assert (found.type, found.valid, found.reason) == (kind, False, reason)


def test_a_right_social_credit_code_is_valid() -> None:
    found = inspect_identity("91440100ma5yy90313", ON)
    assert (found.type, found.valid, found.normalised) == ("uscc", True, "91440100MA5YY90313")
    assert (found.birth_date, found.sex) == (None, None)


def test_a_social_credit_code_of_digits_alone_is_not_taken_for_a_person() -> None:
    """91110000 is the registry of the capital; 91 is no province."""
    found = inspect_identity("911100001000000000", ON)
    assert found.type == "uscc"


@pytest.mark.parametrize("number", [checked(f"4501001968120491{place}") for place in range(1, 9)])
def test_one_mistyped_digit_is_always_seen(number: str) -> None:
    for place in range(17):
        for digit in "0123456789":
            if digit != number[place]:
                assert not inspect_identity(number[:place] + digit + number[place + 1 :], ON).valid


def test_an_unknown_province_is_a_notice_and_no_refusal() -> None:
    found = inspect_identity(checked("99010119900307001"), ON)
    assert (found.type, found.valid, found.reason, found.notice) == ("resident_id", True, None, "REGION")


def test_every_reason_has_its_words() -> None:
    for reason in REASONS:
        assert say(reason_sentence(reason), CHINESE) != say(reason_sentence(reason), ENGLISH)
