"""The two visits stay usable: numbered turns, a running clock, and notes that point at what was really said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from officer_app.credit.fields import FactKind
from officer_app.credit.vocabulary import VOCABULARY, spec_of

HERE: Final = Path(__file__).resolve().parent
VISITS: Final = ("noodle_shop", "transport")
BORROWER: Final = {"noodle_shop": "周德旺", "transport": "韩大勇"}
OFFICERS: Final = frozenset({"李慧", "小许"})

SPEECH: Final = re.compile(
    r"(?P<nr>\d{3}) (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d) (?P<who>[^：（）\s]{2,6})：(?P<text>\S.*)"
)
SIGHT: Final = re.compile(r"(?P<nr>\d{3}) (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d) （看到）(?P<text>\S.*)")
NUMERAL: Final = "[一二两三四五六七八九十百]"

# As people say it, not as a form asks for it.
COLLOQUIAL: Final = {
    "斤": rf"{NUMERAL}斤",
    "两 of food": rf"{NUMERAL}两(?=牛肉|面|湿面|，|。|半)",
    "块": rf"{NUMERAL}块",
    "毛": rf"{NUMERAL}毛",
    "刀": rf"{NUMERAL}刀",
    "个数": rf"{NUMERAL}个数",
    "碗": r"来碗",
    "来块": r"[百千]来块",
    "来万": r"十来万",
    "出头": r"出头",
    "大几千": r"大几[百千万]",
    "千把": r"[百千万]把块",
    "千五六": r"[千万][一二三四五六七八九]{2}(?![百千万])",
    "月息几分": rf"月息{NUMERAL}分|{NUMERAL}分五",
    "厘": rf"{NUMERAL}厘",
    "袋": rf"{NUMERAL}袋",
    "瓶": rf"{NUMERAL}瓶",
    "一度": r"毛.一度",
    "趟": rf"{NUMERAL}趟",
    "个油": rf"{NUMERAL}个油",
    "成": rf"{NUMERAL}成",
    "上下": r"[百千万]上下|[百千万].上下",
    "打底": r"打底",
}
WORDS: Final = frozenset({"text", "choice", "yes/no", "date", "month"})
MONEY: Final = frozenset({"yuan", "yuan/month", "yuan/day", "yuan/kg", "yuan/litre", "yuan/tkm", "yuan/kwh"})
COUNTS: Final = frozenset(
    {
        "months",
        "days",
        "hours",
        "persons",
        "number",
        "units",
        "kg",
        "tonnes",
        "km",
        "litre",
        "kwh",
        "bags",
        "bottles",
        "bowls",
        "bowls/day",
        "trips",
    }
)
NUMBERS: Final = MONEY | COUNTS | {"percent", "percent/month", "percent/year"}
WHICH: Final = frozenset({"told_vs_seen", "spouse", "same_question_twice", "paper"})
INTERRUPTERS: Final = {
    "customer": r"客人.：",
    "phone": r"手机|喂，|喂？",
    "child": r"小宝：|韩浩：|男孩",
    "delivery": r"送货的小马：",
    "neighbour": r"老郑：|老魏：",
    "driver": r"小石：",
    "spouse": r"孙丽：",
}
# The first two digits that a resident ID can have; 99 is no province.
PROVINCES: Final = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
) | {"71", "81", "82", "83", "91"}


@dataclass(frozen=True)
class Turn:
    number: int
    minute: int
    who: str
    text: str
    line: str

    @property
    def seen(self) -> bool:
        return not self.who


@dataclass(frozen=True)
class Visit:
    name: str
    lines: tuple[str, ...]
    turns: dict[int, Turn]
    notes: dict[str, Any]

    @property
    def captures(self) -> list[dict[str, Any]]:
        return list(self.notes["captures"])

    def values(self, turn: int, fact: str) -> set[str]:
        return {str(one["value"]) for one in self.captures if one["turn"] == turn and one["fact"] == fact}


def _turn(line: str) -> Turn:
    met = SPEECH.fullmatch(line) or SIGHT.fullmatch(line)
    assert met is not None, line
    parts = met.groupdict()
    return Turn(
        int(parts["nr"]), int(parts["hour"]) * 60 + int(parts["minute"]), parts.get("who") or "", parts["text"], line
    )


def _read(name: str) -> Visit:
    whole = (HERE / f"{name}.md").read_text("utf-8").splitlines()
    lines = tuple(line for line in whole if line.strip() and not line.startswith("#"))
    turns = [_turn(line) for line in lines]
    notes = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return Visit(name, lines, {turn.number: turn for turn in turns}, notes)


@pytest.fixture(params=VISITS)
def visit(request: pytest.FixtureRequest) -> Visit:
    return _read(request.param)


def test_every_line_is_one_numbered_turn(visit: Visit) -> None:
    assert 110 <= len(visit.lines) <= 175
    assert list(visit.turns) == list(range(1, len(visit.lines) + 1))
    speakers = {turn.who for turn in visit.turns.values()}
    assert {"李慧", "小许", BORROWER[visit.name]} <= speakers
    assert sum(turn.seen for turn in visit.turns.values()) >= 12


@pytest.mark.parametrize(
    "line", ["1 09:42 李慧：好", "001 9:42 李慧：好", "001 09:42 李慧:好", "001 24:00 李慧：好", "001 09:42 李慧："]
)
def test_a_line_of_another_form_is_noticed(line: str) -> None:
    assert SPEECH.fullmatch(line) is None
    assert SIGHT.fullmatch(line) is None


def test_the_clock_never_runs_back_and_the_visit_lasts_its_time(visit: Visit) -> None:
    minutes = [turn.minute for turn in visit.turns.values()]
    assert minutes == sorted(minutes)
    assert 40 <= minutes[-1] - minutes[0] <= 60


def test_every_quote_stands_in_its_turn(visit: Visit) -> None:
    assert len(visit.captures) >= 45
    for one in visit.captures:
        assert len(one["quote"]) >= 2, one
        assert one["quote"] in visit.turns[one["turn"]].text, one


def test_a_capture_names_how_it_came_and_from_whom(visit: Visit) -> None:
    for one in visit.captures:
        turn = visit.turns[one["turn"]]
        if turn.seen:
            assert one["source"] in {"seen", "paper"}, one
            assert one["by"] in OFFICERS, one
        else:
            assert one["by"] == turn.who, one
            assert one["source"] == "told" or turn.who in OFFICERS, one
    sources = [one["source"] for one in visit.captures]
    assert min(sources.count(source) for source in ("told", "seen", "paper")) >= 4


def test_values_are_numbers_where_the_unit_counts(visit: Visit) -> None:
    counted = 0
    for one in visit.captures:
        assert isinstance(one["value"], str), one
        assert one["unit"] in WORDS | NUMBERS, one
        if one["unit"] in NUMBERS:
            assert Decimal(one["value"]).is_finite(), one
            counted += 1
        else:
            assert one["value"].strip(), one
    assert counted >= 45


def test_facts_are_those_of_the_vocabulary_unless_they_are_new(visit: Visit) -> None:
    blocks = {path.split(".")[0].removesuffix("[]") for path in VOCABULARY}
    known = [one for one in visit.captures if not one.get("new")]
    assert len(known) >= 45
    for one in known:
        assert re.split(r"[.\[]", one["fact"])[0] in blocks, one
        assert spec_of(one["fact"]) is not None, one
    for one in visit.captures:
        if one.get("new"):
            assert spec_of(one["fact"]) is None, one


def test_units_are_those_of_the_fact(visit: Visit) -> None:
    words = {
        FactKind.CHOICE: "choice",
        FactKind.MONTH: "month",
        FactKind.DATE: "date",
        FactKind.YES_NO: "yes/no",
        FactKind.LABEL: "text",
    }
    checked = 0
    for one in visit.captures:
        spec = spec_of(one["fact"])
        if spec is None:
            continue
        checked += 1
        if spec.unit and spec.unit != "number":
            assert one["unit"] == spec.unit.replace("money", "yuan"), one
        elif spec.unit == "number":
            assert one["unit"] in NUMBERS, one
        else:
            assert one["unit"] == words.get(spec.kind, "text"), one
        if spec.choices:
            assert one["value"] in {str(choice) for choice in spec.choices}, one
    assert checked >= 45


def test_people_speak_in_their_own_units(visit: Visit) -> None:
    said = "\n".join(turn.text for turn in visit.turns.values() if not turn.seen)
    found = {unit for unit, pattern in COLLOQUIAL.items() if re.search(pattern, said)}
    assert len(found) >= 10, sorted(found)


def test_the_visit_is_interrupted(visit: Visit) -> None:
    breaks = visit.notes["interruptions"]
    assert len(breaks) >= 6
    assert len({one["kind"] for one in breaks}) >= 4
    for one in breaks:
        assert re.search(INTERRUPTERS[one["kind"]], visit.turns[one["turn"]].line), one
    outsiders = {turn.who for turn in visit.turns.values() if turn.who} - OFFICERS - {BORROWER[visit.name]}
    assert len(outsiders) >= 4


def test_a_correction_gives_another_value_for_the_same_fact(visit: Visit) -> None:
    assert len(visit.notes["corrections"]) >= 3
    for one in visit.notes["corrections"]:
        assert one["first"] in visit.turns, one
        assert one["first"] < one["then"], one
        assert one["then"] in visit.turns, one
        before, after = visit.values(one["first"], one["fact"]), visit.values(one["then"], one["fact"])
        assert before, one
        assert after, one
        assert before.isdisjoint(after), one
        assert one["why"].strip(), one


def test_a_contradiction_stands_between_two_turns(visit: Visit) -> None:
    for one in visit.notes["contradictions"]:
        left, right = one["between"]
        assert left != right, one
        assert {left, right} <= set(visit.turns), one
        assert one["which"] in WHICH, one
        assert len(one["about"]) >= 8, one
        turns = (visit.turns[left], visit.turns[right])
        if one["which"] == "told_vs_seen":
            assert {turn.seen for turn in turns} == {True, False}, one
        if one["which"] == "same_question_twice":
            assert turns[0].who == turns[1].who != "", one
        if one["which"] == "spouse":
            assert len({turn.who for turn in turns} - {""}) == 2, one


def test_the_couple_slips_and_the_truck_owner_lies() -> None:
    shop, transport = _read("noodle_shop").notes, _read("transport")
    slips = [one["kind"] for one in shop["contradictions"]]
    assert 2 <= len(slips) <= 4
    assert set(slips) == {"slip"}
    assert shop["straw_signs"] == []
    lies = [one for one in transport.notes["contradictions"] if one["kind"] == "lie"]
    assert len(lies) >= 8
    assert {one["which"] for one in lies} == WHICH
    for one in lies:
        assert "韩大勇" in {transport.turns[turn].who for turn in one["between"]}, one
    signs = transport.notes["straw_signs"]
    assert len(signs) >= 3
    assert all(sign["turn"] in transport.turns and sign["sign"].strip() for sign in signs)


def test_three_questions_come_next(visit: Visit) -> None:
    questions = visit.notes["ask_next"]
    assert len(questions) == 3
    for one in questions:
        assert one["question"].endswith("？"), one
        assert len(one["because"]) >= 10, one


def test_no_number_could_belong_to_anybody(visit: Visit) -> None:
    whole = "\n".join(visit.lines)
    ids = re.findall(r"(?<![0-9A-Z])\d{17}[0-9X](?![0-9A-Z])", whole)
    assert ids
    assert all(number.startswith("9901") and number[:2] not in PROVINCES for number in ids)
    codes = re.findall(r"(?<![0-9A-Z])(?=\d*[A-Z])[0-9A-Z]{18}(?![0-9A-Z])", whole)
    assert all(code[2:6] == "9901" for code in codes)
    phones = re.findall(r"(?<!\d)1\d{10}(?!\d)", whole)
    assert phones
    assert all(re.fullmatch(r"1990000\d{4}", phone) for phone in phones)
