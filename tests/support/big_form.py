"""A large form: sections chained by sums, a repeat whose shares hang on the form's total, a cascade of villages."""

from __future__ import annotations

from officer_app.checklists.workbook import Workbook, xform_of

_HEAD = (
    "| type | name | label::中文 (zh) | label::English (en) | relevant | constraint | calculation | choice_filter "
    "| required |"
)


def big_form(sections: int, villages: int) -> bytes:
    """The compiled XForm: ten questions a section, a repeat `asset`, 20 provinces, 200 counties."""
    survey = [
        _HEAD,
        *_cascade(),
        *(row for number in range(sections) for row in _section(number)),
        *_assets(sections),
    ]
    choices = ["| list_name | name | label::中文 (zh) | label::English (en) | prov | cnty |", *_choices(villages)]
    text = "".join(f"| {line}\n" for line in ("survey |", *survey))
    text += "".join(f"| {line}\n" for line in ("choices |", *choices))
    return xform_of(Workbook.read(text.encode(), "big.md"))[0]


def _row(kind: str, name: str, **cells: str) -> str:
    columns = ("relevant", "constraint", "calculation", "choice_filter", "required")
    label = "" if kind in ("calculate", "end_group", "end_repeat") else f"题 {name}"
    rest = " | ".join(cells.get(column, "") for column in columns)
    return f"| {kind} | {name} | {label} | {label and f'Question {name}'} | {rest} |"


def _cascade() -> list[str]:
    return [
        _row("select_one province", "province"),
        _row("select_one county", "county", choice_filter="prov=${province}"),
        _row("select_one village", "village", choice_filter="cnty=${county}"),
        _row("calculate", "village_label", calculation="jr:choice-name(${village}, '${village}')"),
    ]


def _section(i: int) -> list[str]:
    chained = f"${{c{i}}}" if i == 0 else f"${{t{i - 1}}} + ${{c{i}}}"
    return [
        _row("begin_group", f"s{i}"),
        _row("integer", f"a{i}"),
        _row("integer", f"b{i}", required="yes"),
        _row("calculate", f"c{i}", calculation=f"coalesce(${{a{i}}},0) + coalesce(${{b{i}}},0)"),
        _row("calculate", f"t{i}", calculation=chained),
        _row("select_one yn", f"y{i}"),
        _row("text", f"n{i}", relevant=f"${{y{i}}} = 'yes'"),
        _row("decimal", f"d{i}", constraint=". >= 0 and . <= 100"),
        _row("calculate", f"r{i}", calculation=f"if(${{c{i}}} > 0, round(${{d{i}}} * ${{c{i}}} div 100, 2), 0)"),
        _row("date", f"dt{i}"),
        _row("calculate", f"e{i}", calculation=f"if(${{dt{i}}} != '', decimal-date-time(${{dt{i}}}), '')"),
        _row("end_group", ""),
    ]


def _assets(sections: int) -> list[str]:
    return [
        _row("begin_repeat", "asset"),
        _row("integer", "qty"),
        _row("decimal", "price"),
        _row("calculate", "subtotal", calculation="${qty} * ${price}"),
        _row("calculate", "share", calculation="round(${subtotal} div ${asset_total} * 100, 2)"),
        _row("calculate", "pos", calculation="position(..)"),
        _row("end_repeat", ""),
        _row("calculate", "asset_total", calculation="sum(${subtotal})"),
        _row("calculate", "asset_n", calculation="count(${asset})"),
        _row("calculate", "asset_max", calculation="max(${price})"),
        _row("calculate", "grand", calculation=f"${{asset_total}} + ${{t{sections - 1}}}"),
    ]


def _choices(villages: int) -> list[str]:
    return [
        "| yn | yes | 是 | Yes | | |",
        "| yn | no | 否 | No | | |",
        *(f"| province | p{p} | 省{p} | Province {p} | | |" for p in range(20)),
        *(f"| county | c{c} | 县{c} | County {c} | p{c % 20} | |" for c in range(200)),
        *(f"| village | v{v} | 村{v} | Village {v} | | c{v % 200} |" for v in range(villages)),
    ]
