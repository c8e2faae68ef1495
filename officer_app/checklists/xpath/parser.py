"""From tokens to the syntax tree: operators by binding power (Pratt), paths by descent."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Negation,
    Number,
    Path,
    Step,
    Test,
    Text,
)
from officer_app.checklists.xpath.tokens import Token, TokenKind, tokenise

# Python's own stack is what a nesting costs; real forms stay below 20.
MAX_DEPTH: Final = 60
_POWER: Final = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_MINUS_POWER: Final = 7
_AXES: Final = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)
_ANY_NODE: Final = Test("node")
_ALL_BELOW: Final = Step("descendant-or-self", _ANY_NODE)


def parse(expression: str) -> Expression:
    """The syntax tree of an expression. Errors: XPathError with the place."""
    parser = _Parser(tokenise(expression))
    tree = parser.expression(0)
    parser.end()
    return tree


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._token
        if token.kind is not TokenKind.END:
            self._at += 1
        return token

    def _is(self, text: str) -> bool:
        token = self._token
        return token.kind in (TokenKind.SIGN, TokenKind.OPERATOR) and token.text == text

    def _skip(self, text: str) -> bool:
        if self._is(text):
            self._at += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._skip(text):
            raise self._unexpected(text)

    def _unexpected(self, wanted: str = "") -> XPathError:
        token = self._token
        if token.kind is TokenKind.END:
            return XPathError(message(N_("The expression ends too early.")), token.offset)
        if wanted:
            return XPathError(
                message(N_("{wanted} is missing before {found}."), wanted=wanted, found=token.text), token.offset
            )
        return XPathError(message(N_("{found} cannot stand here."), found=token.text), token.offset)

    def end(self) -> None:
        if self._token.kind is not TokenKind.END:
            raise self._unexpected()

    def expression(self, power: int) -> Expression:
        """What binds stronger than `power`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise XPathError(message(N_("The expression is nested too deeply.")), self._token.offset)
        left = self._operand()
        while self._token.kind is TokenKind.OPERATOR and _POWER.get(self._token.text, 0) > power:
            operator = self._next().text
            left = Binary(operator, left, self.expression(_POWER[operator]))
        self._depth -= 1
        return left

    def _operand(self) -> Expression:
        if self._skip("-"):
            return Negation(self.expression(_MINUS_POWER))
        return self._path()

    def _path(self) -> Expression:
        if self._is("/") or self._is("//"):
            return self._absolute()
        start = self._primary()
        if start is None:
            return Path(absolute=False, start=None, steps=(self._step(), *self._more_steps()))
        predicates = self._predicates()
        base = Filter(start, predicates) if predicates else start
        if self._is("/") or self._is("//"):
            return Path(absolute=False, start=base, steps=self._more_steps())
        return base

    def _absolute(self) -> Path:
        if self._is("//"):
            return Path(absolute=True, start=None, steps=self._more_steps())
        self._next()
        if not self._step_starts():
            return Path(absolute=True, start=None, steps=())
        return Path(absolute=True, start=None, steps=(self._step(), *self._more_steps()))

    def _step_starts(self) -> bool:
        token = self._token
        if token.kind in (TokenKind.NAME, TokenKind.NODE_TYPE, TokenKind.AXIS):
            return True
        return token.kind is TokenKind.SIGN and token.text in (".", "..", "@")

    def _more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while True:
            if self._skip("//"):
                steps.append(_ALL_BELOW)
            elif not self._skip("/"):
                return tuple(steps)
            steps.append(self._step())

    def _step(self) -> Step:
        if self._skip("."):
            return Step("self", _ANY_NODE)
        if self._skip(".."):
            return Step("parent", _ANY_NODE)
        axis = "child"
        if self._skip("@"):
            axis = "attribute"
        elif self._token.kind is TokenKind.AXIS:
            axis = self._axis()
        return Step(axis, self._test(), self._predicates())

    def _axis(self) -> str:
        token = self._next()
        if token.text not in _AXES:
            raise XPathError(message(N_("There is no axis {name}."), name=token.text), token.offset)
        self._expect("::")
        return token.text

    def _test(self) -> Test:
        token = self._token
        if token.kind is TokenKind.NAME:
            self._next()
            return Test("name", token.text)
        if token.kind is not TokenKind.NODE_TYPE:
            raise self._unexpected()
        self._next()
        self._expect("(")
        name = ""
        if token.text == "processing-instruction" and self._token.kind is TokenKind.TEXT:
            name = self._next().text
        self._expect(")")
        return Test(token.text, name)

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._skip("["):
            found.append(self.expression(0))
            self._expect("]")
        return tuple(found)

    def _primary(self) -> Expression | None:
        """A number, a text, a call or brackets; None where a step starts."""
        token = self._token
        match token.kind:
            case TokenKind.NUMBER:
                self._next()
                return Number(float(token.text))
            case TokenKind.TEXT:
                self._next()
                return Text(token.text)
            case TokenKind.FUNCTION:
                return self._call()
            case TokenKind.VARIABLE:
                raise XPathError(message(N_("A checklist has no variables: ${name}"), name=token.text), token.offset)
            case _:
                return self._brackets()

    def _brackets(self) -> Expression | None:
        if self._skip("("):
            inner = self.expression(0)
            self._expect(")")
            return inner
        if self._step_starts():
            return None
        raise self._unexpected()

    def _call(self) -> Call:
        token = self._next()
        self._expect("(")
        arguments: list[Expression] = []
        if not self._skip(")"):
            arguments.append(self.expression(0))
            while self._skip(","):
                arguments.append(self.expression(0))
            self._expect(")")
        return Call(token.text, tuple(arguments), token.offset)
