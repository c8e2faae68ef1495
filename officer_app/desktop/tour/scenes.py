"""The scenes of the tour: what the officer, the manager and head office do, as they would do it."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt

from officer_app.base.words import N_, Message, message
from officer_app.casework.findings import Standing
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.checks.editor import EXPLAINED
from officer_app.desktop.screens.checks.screen import ChecksScreen
from officer_app.desktop.screens.decide.screen import DecideScreen
from officer_app.desktop.screens.exchange.screen import ExchangeScreen
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.memo.screen import MemoScreen
from officer_app.desktop.screens.new_case.screen import NewCaseScreen
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.desktop.screens.review.sample import Sample
from officer_app.desktop.screens.review.screen import ReviewScreen
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.tour.hands import OutOfReachError
from officer_app.desktop.tour.player import Player
from officer_app.desktop.widgets.photos import ContactSheet
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.dossier.records import Outcome
from officer_app.training.demo_cases import DemoCase
from officer_app.training.institution import PASSPHRASE
from officer_app.training.seeding import SHOTS, UNBOUND, shot_questions
from officer_app.training.visit_steps import AddRepeat, visit_steps
from officer_app.vault.records import CaseState

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
# How the customer's words end each contradiction: beginning of its key -> exit and what is written.
_ANSWERS: Final = (
    ("SALES_", "unexplained", "问到时他改口，说那是中秋前后的数，拿不出单据。"),
    (
        "UNDISCLOSED_DEBT",
        "explained",
        "弟弟在电话里承认借过 6 万，说好这笔贷款还清以后一次还；已按负债计入，月供里没有这一笔。",
    ),
    ("EQUITY_", "unexplained", "说不清这几年的利润去了哪里；加上没说的 6 万，缺口更大。"),
    ("UTILITY_", "explained", "冷库电费当场用手机缴了，看过缴费记录。"),
    ("STRESS_", "explained", "按 7.5 万算，销售再降一成就不够还；按 6 万每期 5,331 元，降一成还够。"),
    ("CASH_FLOW_", "explained", "购置款不够的部分由表哥出，看过表哥的存单和承诺书；到账前不放款。"),
)
_PROOF: Final = "弟弟本人，当着客户的面打的电话"
_OTHERWISE: Final = ("unexplained", "客户答不上来。")


def new_case(player: Player, case: DemoCase) -> None:
    """Ctrl+N, the form, Ctrl+Enter: the case opens on its checklist."""
    player.press(Qt.Key.Key_N, _CONTROL)
    player.quiet()
    form = player.screen(NewCaseScreen)
    known = case.known
    told = {
        "applicant": known.applicant,
        "resident_id": known.resident_id,
        "phone": known.phone,
        "business": known.business,
        "trade": known.trade,
        "address": known.address,
        "product": known.product,
        "amount": str(known.requested_amount),
        "term": str(known.term_months),
        "purpose": known.purpose,
    }
    for key, text in told.items():
        field = form.fields[key]
        if not field.isAncestorOf(player.focused()):
            player.click(field)
        player.enter(field, text)
    player.press(Qt.Key.Key_Return, _CONTROL)
    player.until(lambda: player.work.open_case is not None, "the new case")
    player.quiet()


def fill(player: Player, case: DemoCase) -> None:
    """The whole checklist, question by question."""
    player.screen(VisitScreen)
    steps = visit_steps(case.facts, player.case.session.form, player.clock, {**UNBOUND, **case.said})
    for step in steps:
        if isinstance(step, AddRepeat):
            player.add_instance(step.ref)
        else:
            player.answer(step.ref, step.text)
    player.until(lambda: player.case.is_saved, "everything typed is saved")
    player.quiet()


def photograph(player: Player, case: DemoCase) -> None:
    """Drop the phone's pictures on the sheet, one after the other, each to its frame."""
    player.tab(Place.PHOTOS)
    sheet = player.screen(PhotosScreen).findChild(ContactSheet)
    if sheet is None:
        raise OutOfReachError("the contact sheet", "it is not on the screen")
    asked = {question.name for question in shot_questions(player.case.visit)}
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(name for name in SHOTS if name in asked):
            file = Path(folder) / f"IMG_{number:04d}.jpg"
            taken = player.clock.now() - timedelta(seconds=30)
            file.write_bytes(case.tagged_picture(SHOTS[name], taken, metres_north=8 * (number % 4)))
            player.drop(sheet, file)
            wanted = number + 1
            player.until(lambda: len(player.case.findings.photos) >= wanted, f"picture {wanted}")  # noqa: B023  awaited here
    player.quiet()


def settle(player: Player) -> None:
    """Give every contradiction its exit, the way the customer answered."""
    player.tab(Place.CHECKS)
    while player.case.findings.open:
        one = player.case.findings.open[0]
        way, words = next(((way, words) for key, way, words in _ANSWERS if one.key.startswith(key)), _OTHERWISE)
        card = player.screen(ChecksScreen).disputes.card(one.key)
        if card is None or way not in card.exits:
            raise OutOfReachError(one.key, "it has no such exit on the screen")
        player.click(card.exits[way])
        player.settle()
        player.type_text(words)
        editor = player.screen(ChecksScreen).disputes.editor()
        if way == EXPLAINED and one.apart is not None and editor is not None:
            player.click(editor.proof.line)
            player.type_text(_PROOF)
        player.press(Qt.Key.Key_Return, _CONTROL)
        player.until(lambda: _is_settled(player, one.key), f"{one.key} is settled")  # noqa: B023  awaited here
    player.quiet()


def show_plot(player: Player) -> None:
    """Turn the page of the checks back to its beginning."""
    plot = player.screen(ChecksScreen).findChild(PlotCanvas)
    if plot is not None:
        player.scroll_to(plot)


def _is_settled(player: Player, key: str) -> bool:
    found = next((one for one in player.case.findings.contradictions if one.key == key), None)
    return found is None or found.standing is not Standing.OPEN


def hand_over(player: Player, statement: str) -> None:
    """Read the memo, write the statement, sign."""
    player.tab(Place.MEMO)
    screen = player.screen(MemoScreen)
    player.fill(screen.hand_over.statement.text, statement)
    player.quiet()
    player.fill(screen.hand_over.box.line, PASSPHRASE)
    player.press(Qt.Key.Key_Return)
    player.until(lambda: player.case.case.state is CaseState.SUBMITTED, "the case is handed over")
    player.quiet()


def exchange(player: Player) -> None:
    """Name the folder once, and exchange."""
    player.rail(Place.EXCHANGE)
    screen = player.screen(ExchangeScreen)
    if screen.where.line.text() != player.demo.store:
        player.fill(screen.where.line, player.demo.store)
    player.click(screen.start)
    player.quiet()


def decide(
    player: Player, case: DemoCase, outcome: Outcome, reason: str, conditions: str = "", amount: str = ""
) -> None:
    """Open the first file of the queue, look at the sampled pictures, decide; everything but the last key."""
    player.rail(Place.DECIDE)
    queue = player.screen(DecideScreen)
    player.click(queue.table.viewport(), queue.table.visualRect(queue.table.model().index(0, 1)).center())
    player.press(Qt.Key.Key_Return)
    player.until(lambda: isinstance(player.current(), ReviewScreen), "the file")
    player.quiet()
    player.clock.skip(timedelta(minutes=8))
    panel = player.screen(ReviewScreen).panel
    while panel.sample.missing():
        left = panel.sample.missing()
        player.fill(panel.sample.answer.line, _seen_on(panel.sample, case))
        player.press(Qt.Key.Key_Return)
        player.until(lambda: panel.sample.missing() < left, "the picture counts as seen")  # noqa: B023  awaited here
    player.click(panel.buttons[outcome])
    if amount:
        player.fill(panel.terms.amount.line, amount)
        player.press(Qt.Key.Key_Return)
    if conditions:
        player.fill(panel.conditions.text, conditions)
    player.fill(panel.reason.text, reason)
    player.fill(panel.passphrase.line, PASSPHRASE)
    player.quiet()


def _seen_on(sample: Sample, case: DemoCase) -> str:
    ref = next(photo.question for photo in sample.photos() if photo.part == sample.current())
    return case.seen[ref.rpartition("/")[2].partition("[")[0]]


def sign_decision(player: Player) -> None:
    """The last key of a decision."""
    player.press(Qt.Key.Key_Return)
    player.until(lambda: isinstance(player.current(), DecideScreen), "the decision is signed")
    player.quiet()


def take_in(player: Player, workbook: Path) -> None:
    """Head office opens its folder, takes in what came, and writes its workbook."""
    player.rail(Place.INTAKE)
    screen = player.screen(IntakeScreen)
    if not screen.take.isVisible():
        card = screen.connect_card
        player.fill(card.folder.line, str(player.demo.head_office))
        player.fill(card.passphrase.line, PASSPHRASE)
        player.press(Qt.Key.Key_Return)
        player.until(screen.take.isVisible, "head office is open")
    player.quiet()
    player.fill(screen.where.line, player.demo.store)
    player.click(screen.take)
    player.quiet()
    player.answer_dialog(str(workbook))
    player.click(screen.export)
    player.until(workbook.is_file, "the workbook")
    player.quiet()


CAPTIONS: Final[dict[str, Message]] = {
    "told": message(N_("What was claimed: sales of 620,000 a month. It is written down as told, in his own words.")),
    "seen": message(
        N_("What was seen: pictures from the spot, kept as they came, checked for time, place and copies.")
    ),
    "checks": message(
        N_(
            "What the tool concludes: four things one can see all show about 430,000. Sales are taken at the lowest; "
            "each contradiction needs an exit."
        )
    ),
    "settled": message(N_("What he could not explain stands unexplained, and goes to the top of page one.")),
    "capacity": message(N_("What can be supported: 75,000 instead of 180,000, held by what is left each month.")),
    "memo": message(N_("The memo, signed by the officer: page one can be decided on alone.")),
    "sound": message(
        N_(
            "The other customer is sound: Luo Xiufang of A Fang's hair salon asks for 40,000 for two perm machines "
            "and a new front, and everything told agrees with what was seen."
        )
    ),
    "review": message(
        N_("The branch manager, offline: signature verified, figures computed again, pictures sampled.")
    ),
    "decided": message(
        N_("Both signed decisions leave by the same folder or stick; nobody on the way can read them.")
    ),
    "intake": message(N_("Head office takes the files in; a receipt goes back.")),
    "back": message(N_("The officer sees the decision and head office's receipt.")),
}
