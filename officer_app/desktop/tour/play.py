"""`officer-app tour`: the whole job through the real windows, and what it leaves behind.

Two customers, one sound, one with contradictions: visit, photos, checks, hand-over, decision, exchange, intake.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from officer_app.base.clock import SystemClock, local_time
from officer_app.base.words import CHINESE, LANGUAGES, N_, Language, message
from officer_app.casework import bundles
from officer_app.casework.cases import CaseQuery, find_cases
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.tour import scenes
from officer_app.desktop.tour.album import Album
from officer_app.desktop.tour.outcome import agrees, beside, memo_of, verified
from officer_app.desktop.tour.player import Player
from officer_app.dossier.records import Outcome
from officer_app.training.demo_cases import FRUIT, SALON, DemoCase, read_demo_case
from officer_app.training.institution import found_demo
from officer_app.training.story import StoryClock
from officer_app.trust.certificates import Role

_TITLE: Final = message(N_("Firsthand: two loans from the first question to the signed decision"))


# A visit that is played in seconds takes an hour and a half of the story.
_LOOK: Final = timedelta(milliseconds=1100)


def main(words: Sequence[str]) -> int:
    """`officer-app tour --out D [--lang zh_CN|en]`; exit 0 when everything it shows came true."""
    parser = argparse.ArgumentParser(
        prog="officer-app tour", description="Plays the whole job through the real windows."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="D", help="where the results go")
    parser.add_argument("--lang", choices=LANGUAGES, default=CHINESE, help="language of the windows")
    asked = parser.parse_args(words)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return play(asked.out, asked.lang)


def play(out: Path, language: Language) -> int:
    """Play the tour into a folder; what an earlier tour left there is replaced."""
    # The hands can type into Qt's own dialogs; a desktop's would wait for a person.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    existing = QApplication.instance()
    qt = existing if isinstance(existing, QApplication) else QApplication(["officer-app"])
    _clear(out)
    with tempfile.TemporaryDirectory() as scratch:
        appearance = Appearance(qt, Preferences(Path(scratch) / "window.json"), bundled_fonts=True)
        appearance.set_mode(Mode.LIGHT)
        appearance.set_language(language)
        clock = StoryClock(_morning(), _LOOK)
        album = Album(out, language, _TITLE)
        _say("founding the institution")
        demo = found_demo(Path(scratch) / "demo", clock)
        player = Player(qt, appearance, demo, clock, album)
        try:
            held = _perform(player, out)
        finally:
            player.leave()
    _say(f"{out / 'index.html'}")
    return 0 if held else 1


def _perform(player: Player, out: Path) -> bool:
    fruit = read_demo_case(FRUIT, player.clock.now())
    _first_case(player, fruit)
    player.clock.skip(timedelta(minutes=50))
    salon = read_demo_case(SALON, player.clock.now())
    _second_case(player, salon)
    _manager(player, fruit, salon)
    _head_office(player, out)
    with _told(player, "officer receives"):
        player.come_in(Role.OFFICER)
        scenes.exchange(player)
    player.picture("back", scenes.CAPTIONS["back"])
    return _leave_behind(player, out, fruit)


def _first_case(player: Player, fruit: DemoCase) -> None:
    """A stall that tells a third more than it sells."""
    captions = scenes.CAPTIONS
    with _told(player, "officer signs in"):
        player.clock.skip(timedelta(hours=20))
        player.come_in(Role.OFFICER)
    with _told(player, "new case: fruit stall"):
        scenes.new_case(player, fruit)
    with _told(player, "visit: fruit stall"):
        scenes.fill(player, fruit)
    _show_sales(player)
    player.picture("told", captions["told"])
    with _told(player, "photos: fruit stall"):
        scenes.photograph(player, fruit)
    player.picture("seen", captions["seen"])
    player.tab(Place.CHECKS)
    scenes.show_plot(player)
    player.picture("checks", captions["checks"])
    with _told(player, "contradictions: fruit stall"):
        scenes.settle(player)
    player.picture("settled", captions["settled"])
    player.tab(Place.CAPACITY)
    player.picture("capacity", captions["capacity"])
    with _told(player, "hand over: fruit stall"):
        scenes.hand_over(player, "实际销售约 43 万，最多支持 7.5 万；差额 10.5 万由表哥出资，已写承诺书。")
    player.picture("memo", captions["memo"])


def _second_case(player: Player, salon: DemoCase) -> None:
    """A sound one, and both files on their way."""
    with _told(player, "new case: hair salon"):
        scenes.new_case(player, salon)
    with _told(player, "visit: hair salon"):
        scenes.fill(player, salon)
    with _told(player, "photos: hair salon"):
        scenes.photograph(player, salon)
    with _told(player, "checks: hair salon"):
        scenes.settle(player)
    player.picture("sound", scenes.CAPTIONS["sound"])
    with _told(player, "hand over: hair salon"):
        scenes.hand_over(player, "四条途径与自述相符，建议按申请金额支持。")
    with _told(player, "officer exchanges"):
        scenes.exchange(player)


def _manager(player: Player, fruit: DemoCase, salon: DemoCase) -> None:
    """Both decisions, without a network."""
    with _told(player, "manager signs in and exchanges"):
        player.come_in(Role.MANAGER)
        scenes.exchange(player)
    with _told(player, "manager decides: fruit stall"):
        scenes.decide(
            player,
            fruit,
            Outcome.APPROVE_WITH_CONDITIONS,
            "销售再降一成每月剩 6,566 元：还得起 6 万的 5,331 元，还不起 7.5 万的 6,664 元。"
            "买车建库后现金有几个月是负的，由表哥的 12 万补足，所以先到账。"
            "欠弟弟的 6 万只是口头说好后还，月供里没有，所以要他书面同意。",
            "表哥出资 12 万先到账，再放款\n弟弟书面同意：本贷款还清前不要求还他的 6 万\n配偶当面签字",
            "60000",
        )
        player.picture("review", scenes.CAPTIONS["review"])
        scenes.sign_decision(player)
    with _told(player, "manager decides: hair salon"):
        scenes.decide(player, salon, Outcome.APPROVE, "自述与所见一致。")
        scenes.sign_decision(player)
    with _told(player, "manager exchanges"):
        scenes.exchange(player)
    player.picture("decided", scenes.CAPTIONS["decided"])


def _head_office(player: Player, out: Path) -> None:
    """Takes both files in and writes its workbook."""
    with _told(player, "head office takes in"):
        player.come_in(Role.HEAD_OFFICE)
        scenes.take_in(player, out / "workbook.xlsx")
    player.picture("intake", scenes.CAPTIONS["intake"])


def _show_sales(player: Player) -> None:
    """Bring what was told of the sales onto the page."""
    player.go_to("/data/sales/told_sales/declared_monthly_sales")


def _leave_behind(player: Player, out: Path, customer: DemoCase) -> bool:
    """Memo, evidence, exchange, root certificate, and the figures of head office beside those of the analysis."""
    desk = player.work.desk
    case = next(item for item in find_cases(desk, CaseQuery()).items if item.applicant == customer.known.applicant)
    dossier, memo, decided = memo_of(desk, case.id)
    (out / "memo.pdf").write_bytes(memo)
    bundles.export_bundle(desk, dossier, out / "dossier")
    if desk.institution is not None:
        (out / "root.pem").write_bytes(desk.institution.root)
    shutil.copytree(player.demo.store, out / "exchange")
    proof, figures = verified(out, decided), beside(player.demo, desk, case)
    album = player.album
    (out / "verification.txt").write_text(proof.text(album.language), encoding="utf-8")
    album.facts.extend(proof.facts(case, customer.purpose))
    album.links.extend(
        (
            ("memo.pdf", message(N_("The signed memo (PDF)"))),
            ("workbook.xlsx", message(N_("Head office's workbook (Excel)"))),
            ("verification.txt", message(N_("Verification of the evidence"))),
            ("dossier/manifest.json", message(N_("The evidence: list of files"))),
            ("root.pem", message(N_("The institution's root certificate"))),
            ("tour.json", message(N_("Steps and durations"))),
        )
    )
    album.close({"strokes": player.events, "head_office": figures, "verified": proof.holds})
    return proof.holds and agrees(figures)


def _told(player: Player, name: str) -> AbstractContextManager[None]:
    _say(name)
    return player.step(name)


def _say(words: str) -> None:
    sys.stderr.write(f"tour: {words}\n")
    sys.stderr.flush()


def _morning() -> datetime:
    """The evening before the story: it begins at twenty to ten of the last working morning."""
    now = local_time(SystemClock().now())
    begin = now.replace(hour=9, minute=40, second=0, microsecond=0)
    return (begin if now.hour >= 15 else begin - timedelta(days=1)) - timedelta(hours=20)


def _clear(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name in ("dossier", "exchange", "pictures"):
        shutil.rmtree(out / name, ignore_errors=True)
    for name in ("memo.pdf", "workbook.xlsx", "root.pem", "verification.txt", "index.html", "tour.json"):
        (out / name).unlink(missing_ok=True)
    (out / "pictures").mkdir()
