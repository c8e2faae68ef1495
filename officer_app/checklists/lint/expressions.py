"""Expressions that cannot be read: signs of a Chinese keyboard, of Excel or of a programmer, unknown functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.checklists.authoring.columns import EXPRESSIONS, Column, column_of
from officer_app.checklists.authoring.draft import Draft, Row, expression_text
from officer_app.checklists.authoring.references import broken_reference, read_expression
from officer_app.checklists.lint.rule import Found, Rule, near
from officer_app.checklists.problems import Mark, ProblemCode
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.registry import function_named, functions
from officer_app.checklists.xpath.syntax import Call, parts

_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”]")
_WIDE: Final[Mapping[str, str]] = {
    "，": ",",
    "、": ",",
    "（": "(",
    "）": ")",
    "＝": "=",
    "＞": ">",
    "＜": "<",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "＋": "+",
    "－": "-",
    "×": "*",
    "＊": "*",
    "÷": "div",
    "。": ".",
    "【": "[",
    "】": "]",
    "；": ",",
    "：": ":",
    "！": "!=",
}
_WIDE_SIGNS: Final = re.compile("[" + "".join(_WIDE) + "\uff10-\uff19]")
_FOREIGN: Final = re.compile(r"==|&&|\|\||<>|!(?!=)|%|\^|&")
_MEANT: Final[Mapping[str, str]] = {
    "==": "=",
    "&&": "and",
    "||": "or",
    "<>": "!=",
    "!": "not(…)",
    "%": "mod",
    "^": "pow(…, …)",
    "&": "concat(…, …)",
}
# Functions of Excel and of other survey tools, and what does the same here.
_SAME: Final[Mapping[str, str]] = {
    "concatenate": "concat",
    "len": "string-length",
    "left": "substr",
    "mid": "substr",
    "right": "substr",
    "iferror": "coalesce",
    "ifs": "if",
    "average": "sum(…) div count",
    "counta": "count-non-empty",
    "countif": "count",
    "sumif": "sum",
    "date-time": "date",
    "choice-label": "jr:choice-name",
    "choice-value": "selected-at",
    "index": "position",
    "rank-value": "selected-at",
    "item-at": "selected-at",
    "number-of-words": "string-length",
    "is-empty": "string-length",
    "isblank": "string-length",
    "length": "string-length",
    "uppercase": "translate",
    "format-number": "round",
    "difference-in-days": "number",
    "relevance": "relevant",
}


def _cells(draft: Draft) -> Iterator[tuple[Row, Column, str]]:
    for row in draft.rows:
        for header, text in row.cells.items():
            column = column_of(header)
            if column.name in EXPRESSIONS:
                yield row, column, expression_text(column, text)


def _bare(text: str) -> str:
    """The expression without what stands between quotation marks and in references."""
    return _QUOTED.sub("''", text)


def _wide(draft: Draft) -> Iterator[Found]:
    for row, column, text in _cells(draft):
        found = _WIDE_SIGNS.search(_bare(text))
        if found is not None:
            plain = _WIDE.get(found[0]) or str(int(found[0]))
            sentence = message(
                N_("{question}: {wide} was typed on a Chinese keyboard. Here it is {plain}."),
                question=row.name,
                wide=found[0],
                plain=plain,
            )
            yield Found(sentence, row.number, column.header)


def _foreign(draft: Draft) -> Iterator[Found]:
    for row, column, text in _cells(draft):
        found = _FOREIGN.search(_bare(text))
        if found is not None:
            sentence = message(
                N_("{question}: {sign} is written {meant} here."),
                question=row.name,
                sign=found[0],
                meant=_MEANT[found[0]],
            )
            yield Found(sentence, row.number, column.header)


def _unreadable(draft: Draft) -> Iterator[Found]:
    for row, column, text in _cells(draft):
        bare = _bare(text)
        if _WIDE_SIGNS.search(bare) or _FOREIGN.search(bare) or broken_reference(text):
            continue
        try:
            read_expression(text)
        except XPathError as error:
            sentence = message(N_("{question}: {why}"), question=row.name, why=error.message)
            yield Found(sentence, row.number, column.header)


def _functions(draft: Draft) -> Iterator[Found]:
    for written in draft.written():
        seen: set[str] = set()
        for part in parts(written.tree):
            if not isinstance(part, Call) or part.name in seen:
                continue
            seen.add(part.name)
            why = _wrong_call(part)
            if why is not None:
                sentence = message(N_("{question}: {why}"), question=written.row.name, why=why)
                yield Found(sentence, written.row.number, written.column.header)


def _wrong_call(call: Call) -> Message | None:
    try:
        function_named(call.name, len(call.arguments), {}, call.offset)
    except XPathError as error:
        meant = _meant(call.name)
        if call.name in functions() or not meant:
            return error.message
        return message(N_("There is no function {name}(). Did you mean {near}()?"), name=call.name, near=meant)
    return None


def _meant(name: str) -> str:
    plain = name.lower().replace("_", "-")
    if plain in _SAME:
        return _SAME[plain]
    if plain in functions():
        return plain
    return next(iter(near(plain, functions(), many=1)), "")


RULES: Final = (
    Rule(
        Mark("FULL_WIDTH", N_("Type the sign again with the keyboard set to English.")),
        _wide,
    ),
    Rule(Mark("OPERATOR", N_("Write the expression as XLSForm does: = != < > and or not() div mod.")), _foreign),
    Rule(ProblemCode.EXPRESSION, _unreadable),
    Rule(ProblemCode.FUNCTION, _functions),
)
