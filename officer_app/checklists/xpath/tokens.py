"""From an expression's text to tokens (XPath 1.0, section 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.failure import XPathError

MAX_LENGTH: Final = 100_000


class TokenKind(Enum):
    """What a token is once the rules of section 3.7 have told names from operators."""

    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    FUNCTION = "function"
    NODE_TYPE = "node type"
    AXIS = "axis"
    OPERATOR = "operator"
    SIGN = "sign"
    VARIABLE = "variable"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token with the place where it starts."""

    kind: TokenKind
    text: str
    offset: int


_START: Final = r"[^\W\d]"
_NCNAME: Final = rf"{_START}[\w.\-·]*"
_SCANNER: Final = re.compile(
    rf"""(?P<space>\s+)
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<variable>\$\s*{_NCNAME}(?::{_NCNAME})?)
    | (?P<name>{_NCNAME}(?::(?:{_NCNAME}|\*))?)
    | (?P<operator>!=|<=|>=|//|[=<>+|/*\-])
    | (?P<sign>::|\.\.|[().,@\[\]])""",
    re.VERBOSE,
)
_WORDS: Final = frozenset({"and", "or", "mod", "div"})
_NODE_TYPES: Final = frozenset({"comment", "text", "processing-instruction", "node"})
# After these a name is a name and a star is a name test; after anything else they are operators.
_OPENING: Final = frozenset({"@", "::", "(", "[", ","})


def tokenise(expression: str) -> list[Token]:
    """All tokens, with an END behind them. Errors: XPathError for a character that starts none."""
    if len(expression) > MAX_LENGTH:
        raise XPathError(message(N_("The expression is longer than {limit} characters."), limit=MAX_LENGTH))
    tokens: list[Token] = []
    offset = 0
    while offset < len(expression):
        found = _SCANNER.match(expression, offset)
        if found is None:
            raise XPathError(
                message(N_("The expression has a sign that has no meaning: {sign}"), sign=expression[offset]), offset
            )
        offset = _take(tokens, found, expression)
    tokens.append(Token(TokenKind.END, "", len(expression)))
    return tokens


def _take(tokens: list[Token], found: re.Match[str], expression: str) -> int:
    """Add what was found and give the place behind it."""
    kind, text, start = found.lastgroup, found.group(), found.start()
    if kind == "name":
        return _take_name(tokens, text, start, expression)
    if kind == "number":
        tokens.append(Token(TokenKind.NUMBER, text, start))
    elif kind == "text":
        tokens.append(Token(TokenKind.TEXT, text[1:-1], start))
    elif kind == "variable":
        tokens.append(Token(TokenKind.VARIABLE, text[1:].strip(), start))
    elif kind == "sign":
        tokens.append(Token(TokenKind.SIGN, text, start))
    elif kind == "operator":
        star_is_name = text == "*" and not _operand_before(tokens)
        tokens.append(Token(TokenKind.NAME if star_is_name else TokenKind.OPERATOR, text, start))
    return found.end()


def _operand_before(tokens: list[Token]) -> bool:
    if not tokens:
        return False
    last = tokens[-1]
    return last.kind is not TokenKind.OPERATOR and not (last.kind is TokenKind.SIGN and last.text in _OPENING)


def _take_name(tokens: list[Token], text: str, start: int, expression: str) -> int:
    if _operand_before(tokens):
        return _take_operator_name(tokens, text, start)
    if text.endswith(":*") and text.count(":") == 1:
        tokens.append(Token(TokenKind.NAME, text, start))
        return start + len(text)
    after = expression[start + len(text) :].lstrip()
    if after.startswith("::"):
        kind = TokenKind.AXIS
    elif after.startswith("("):
        kind = TokenKind.NODE_TYPE if text in _NODE_TYPES else TokenKind.FUNCTION
    else:
        kind = TokenKind.NAME
    tokens.append(Token(kind, text, start))
    return start + len(text)


def _take_operator_name(tokens: list[Token], text: str, start: int) -> int:
    """`1div1` is three tokens: behind an operand only an operator's name can stand."""
    if text in _WORDS:
        tokens.append(Token(TokenKind.OPERATOR, text, start))
        return start + len(text)
    for word in _WORDS:
        if text.startswith(word) and not text[len(word)].isalpha():
            tokens.append(Token(TokenKind.OPERATOR, word, start))
            return start + len(word)
    raise XPathError(message(N_("An operator is missing before {name}."), name=text), start)
