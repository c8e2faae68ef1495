"""How many keys a text, a line of capture and the cells of a workbook cost: one model for both sides.

**Text.** A digit, letter, sign, Enter, Tab, arrow, function key or chord is one key. Chinese goes through a pinyin
input method: the letters of every syllable in full, and one key that selects for each word or short phrase. Words
are cut by a plain rule: a run of Chinese signs is taken in phrases of four signs at most, as phrase input methods
offer them. Nothing is counted for wrong candidates, turned pages of candidates, or switching the method on and off
in the workbook; a line of capture pays two keys for switching it on and off whenever it holds Chinese signs at all.

**The workbook** is a good one, and its officer is too:
- every fixed figure has its labelled cell, totals and cross-checks are linked, so that nothing is typed twice: a
  name or number that stands somewhere already is linked (`=B2`), a value heard again is not typed again;
- what is text in the file is typed as short as in the file made by capture; kinds are codes of one letter; defaults
  (told by himself, a fixed cost, seen) are left blank;
- a figure said by the day, week, term or year is typed as the formula that makes a month of it (`=7300/12`),
  because what was said has to stay readable; bare figures are typed at once, no calculator and no slip is counted;
- names of the entries of a list (a creditor, a cost) are typed once, in a table with a row for each entry.
After each cell comes one key, Enter or Tab. A figure that is told another way later is not overwritten without a
trace, since the file keeps both: the old one goes into a note of its cell (Shift+F2, the figure, Esc). Who said a
thing, and whether it was seen, is counted on neither side.

**Moving.** People do not talk in the order of a form. The way from the cell where one is to the cell that is meant
is the cheapest of these, all by keys but the last:
- arrows inside a block (a group of figures or a list), never more than three to either side of its edge; to another
  block Ctrl+arrow along the labels, which stops at the end of one block and at the beginning of the next;
- to another sheet Ctrl+PgUp or Ctrl+PgDn for each sheet between; each sheet remembers its own cursor;
- Ctrl+F, the first two signs of the label, Enter, Esc, an arrow to the cell beside the label;
- a trip with the mouse to a cell of the same sheet, counted as seven keys: hand to the mouse 0.4 s, pointing 1.1 s,
  pressing 0.2 s, hand back 0.4 s, at 0.28 s a key (Card, Moran and Newell's keystroke-level model, 1980).
Nobody is assumed to know cell addresses by heart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from pypinyin import Style, lazy_pinyin

from officer_app.checklists.capturing.places import FormWords, PlaceWords

_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_PHRASE: Final = 4
_SWITCHING: Final = 2
_MOUSE: Final = 7
_ACROSS: Final = 3  # Ctrl+arrow or Home shorten a longer way inside a block
# Sections of the checklist that a workbook of the usual kind has on one sheet, in its order.
_SHEETS: Final = (
    ("application", "person", "business"),
    ("sales", "products", "costs"),
    ("stock", "debts", "equity"),
)


@cache
def text_keys(text: str, *, initials: bool = False) -> int:
    """The keys of a text; with `initials` each Chinese sign is one letter, for who trusts the method's guesses."""
    keys, at = 0, 0
    for met in _HAN.finditer(text):
        letters = sum(1 if initials else len(each) for each in lazy_pinyin(met.group(), style=Style.NORMAL))
        keys += met.start() - at + letters + -(-len(met.group()) // _PHRASE)
        at = met.end()
    return keys + len(text) - at


def line_keys(line: str) -> int:
    """The keys of a line typed into the capture, with its Enter."""
    return text_keys(line) + (_SWITCHING if _HAN.search(line) else 0) + 1


def cell_keys(cells: Sequence[str], *, initials: bool = False) -> int:
    """The keys of cells beside each other, with the Tab or Enter behind each."""
    return sum(text_keys(cell, initials=initials) + 1 for cell in cells)


@dataclass(slots=True)
class Spot:
    """A cell: sheet, block on it, row and column."""

    sheet: int
    block: int
    row: int
    column: int = 0
    offset: int = 0  # rows from the edge of its block


@dataclass(slots=True)
class Workbook:
    """A workbook with the questions of a checklist as cells, and where its cursors stand."""

    words: FormWords
    at: int = 0
    cursors: dict[int, Spot] = field(default_factory=dict)
    moves: int = 0

    def go(self, place: PlaceWords, entry: int) -> int:
        """The keys to the cell of a question; of a list, to its cell in the row of an entry, counted from one."""
        there = self._spots[place.path]
        spot = Spot(there.sheet, there.block, there.row + (entry if place.lists else 0), there.column, there.offset)
        turned = abs(spot.sheet - self.at)
        here = self.cursors.get(spot.sheet, Spot(spot.sheet, 0, 0))
        keys = min(turned + _steps(here, spot), _found(place), _MOUSE if not turned else _MOUSE + turned)
        self.at, self.cursors[spot.sheet] = spot.sheet, spot
        self.moves += keys
        return keys

    @property
    def _spots(self) -> dict[str, Spot]:
        return _laid_out(self.words)


@cache
def _laid_out(words: FormWords) -> dict[str, Spot]:
    spots: dict[str, Spot] = {}
    rows: dict[int, int] = {}
    blocks: dict[str, tuple[int, int, int]] = {}
    counts: dict[str, int] = {}
    for place in words.places:
        sheet = _sheet(place.path)
        group = place.lists[-1] if place.lists else place.path.rpartition("/")[0]
        if group not in blocks:
            blocks[group] = (sheet, len(blocks), rows.get(sheet, 0) + 1)
            rows[sheet] = rows.get(sheet, 0) + 1
        of, block, first = blocks[group]
        counts[group] = counts.get(group, 0) + 1
        if place.lists:
            spots[place.path] = Spot(of, block, first, counts[group])
        else:
            rows[sheet] = rows.get(sheet, 0) + 1
            spots[place.path] = Spot(of, block, first + counts[group], 1, counts[group] - 1)
    return spots


def _sheet(path: str) -> int:
    section = path.split("/")[2].removesuffix("_section")
    return next((at for at, names in enumerate(_SHEETS) if section in names), len(_SHEETS))


def _steps(here: Spot, there: Spot) -> int:
    """Arrows in a block. To another one: to the labels, Ctrl+arrow to the end of each block and on, and in."""
    if here.block == there.block:
        return abs(there.row - here.row) + min(abs(there.column - here.column), _ACROSS)
    blocks = abs(there.block - here.block)
    return bool(here.column) + 2 * blocks + min(there.offset, _ACROSS) + min(there.column, _ACROSS)


def _found(place: PlaceWords) -> int:
    return 1 + text_keys(place.label.chinese[:2]) + 3
