"""Names, identity numbers and phones as they are shown: enough to recognise, not enough to misuse."""

from __future__ import annotations


def mask_identity(number: str) -> str:
    """4401********1234: four in front, four behind; short numbers show the last two alone."""
    text = number.strip()
    if len(text) < 12:
        return "*" * max(0, len(text) - 2) + text[-2:]
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"


def mask_phone(number: str) -> str:
    """138****8000: three in front, four behind."""
    text = number.strip()
    if len(text) < 8:
        return "*" * max(0, len(text) - 2) + text[-2:]
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


def mask_name(name: str) -> str:
    """张**: the first character, so that somebody who knows the person recognises them."""
    text = name.strip()
    return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else text
