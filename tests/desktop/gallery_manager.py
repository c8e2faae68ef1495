"""Pictures of what manager and head office see, real files: `python tests/desktop/gallery_manager.py DIR [word…]`.

The fruit dealer, whose figures contradict each other and who cannot explain it, and the salon, whose figures hold.
Words narrow it down: a screen (decide, review, exchange, intake, policy), a customer, a language, light or dark.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by itself, it finds tests.support too

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from officer_app.base.words import LANGUAGES, Language
from officer_app.casework import review
from officer_app.casework.desk import Desk
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.exchange.screen import ExchangeScreen
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.policy.screen import PolicyScreen
from officer_app.dossier.records import Outcome
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Request
from officer_app.trust.identities import new_keys
from tests.support.demo import HandClock, desk_of, founded
from tests.support.files import hand_over
from tests.support.manager_window import ManagerWindow, office_of

SIZES = {"": QSize(1366, 768), "_small": QSize(1093, 614)}
_TALL = QSize(1366, 1900)
CUSTOMERS = ("fruit", "salon")


def wanted(only: tuple[str, ...], *words: str) -> bool:
    """Whether none of the words that narrow it down speaks against this picture."""
    kinds = (CUSTOMERS, tuple(Place), LANGUAGES, tuple(mode.value for mode in Mode))
    for kind in kinds:
        asked = {word for word in only if word in kind}
        named = {word for word in words if word in kind}
        if asked and named and not asked & named:
            return False
    return True


def scenes(
    window: ManagerWindow, desk: Desk, only: tuple[str, ...], words: tuple[str, str]
) -> Iterator[tuple[str, bool]]:
    """Bring up one scene after the other; gives its name and whether it is longer than the window."""
    if wanted(only, "decide", *words):
        window.open("decide")
        yield "decide", False
    for name, waiting in zip(CUSTOMERS, review.queue(desk), strict=True):
        if not wanted(only, "review", name, *words):
            continue
        screen = window.open("review", waiting.dossier)
        yield f"review_{name}", True
        window.review().panel.choose(Outcome.APPROVE_WITH_CONDITIONS)
        yield f"review_{name}_decided", False
        _set_aside(window)
        yield f"review_{name}_exceptions", False
        if name == "fruit":
            window.review().enlarge(window.review().panel.sample.current())
            yield f"review_{name}_large", False
        screen.finish()
    if wanted(only, "exchange", *words):
        window.open("exchange")
        yield "exchange", False
        screen = window.current()
        assert isinstance(screen, ExchangeScreen)
        screen.server.click()
        screen.set_up.address.turn_to("s3://oss-cn-hangzhou.aliyuncs.com/huinong?style=virtual")
        yield "exchange_server", False


def _set_aside(window: ManagerWindow) -> None:
    """An amount beyond the caps, and standard conditions."""
    panel = window.review().panel
    panel.terms.amount.turn_to("190000")
    panel.terms.amount.edited.emit()
    panel.listed.add("spouse_consent")
    panel.listed.add("use_receipts")
    line = panel.exceptions.missing()
    if line is not None:
        line.setFocus()


def paint(window: ManagerWindow, folder: Path, name: str, *, tall: bool) -> int:
    """One scene at every size."""
    shapes = {**SIZES, "_whole": _TALL} if tall else SIZES
    for suffix, size in shapes.items():
        window.resize(size)
        window.show()
        for _round in range(4):
            QApplication.processEvents()
        grab(window, folder / f"{name}{suffix}.png")
    return len(shapes)


def prepared(scratch: Path, clock: HandClock) -> Demo:
    """A demo with both customers handed over."""
    demo = founded(scratch, clock)
    hand_over(demo, clock, *CUSTOMERS)
    return demo


def paint_all(folder: Path, only: tuple[str, ...] = ()) -> int:
    """Write every scene in both languages, light and dark, large and small."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    clock, count = HandClock(), 0
    with tempfile.TemporaryDirectory() as scratch:
        demo = prepared(Path(scratch), clock)
        for role in (Role.MANAGER, Role.HEAD_OFFICE):
            with desk_of(demo, role, clock) as desk:
                for mode in Mode:
                    theme.apply(app, mode, bundled_fonts=True)
                    for language in LANGUAGES:
                        count += _paint_role(demo, desk, folder, only, (language, mode.value))
    return count


def _paint_role(demo: Demo, desk: Desk, folder: Path, only: tuple[str, ...], words: tuple[Language, str]) -> int:
    if not wanted(only, *words):
        return 0
    window = ManagerWindow(desk, Speech(words[0]), store=demo.store, office=office_of(demo))
    count = 0
    if Role.MANAGER in desk.roles:
        for name, tall in scenes(window, desk, only, words):
            count += paint(window, folder, "_".join((name, *words)), tall=tall)
    else:
        for place, made in (("intake", office_scenes), ("policy", policy_scenes)):
            for name in made(window) if wanted(only, place, *words) else ():
                count += paint(window, folder, "_".join((name, *words)), tall=False)
    window.close()
    return count


def policy_scenes(window: ManagerWindow) -> Iterator[str]:
    """Head office writing the next policy: values, red flags, rows, something wrong, differences, what it changes."""
    intake = window.open("intake")
    assert isinstance(intake, IntakeScreen)
    intake.take_in()
    screen = window.open("policy")
    assert isinstance(screen, PolicyScreen)
    screen.show_group("tolerances")
    yield "policy_tolerances"
    screen.show_group("flags")
    yield "policy_flags"
    screen.show_group("approval")
    raises = screen.form.rows["approval.raises"].field
    raises.commit('[{ tier = "boss", grades = ["D"] }]')
    screen.form.go_to("approval.raises")
    yield "policy_wrong"
    raises.commit('[{ tier = "committee", grades = ["C", "D"] }]')
    assert screen.draft is not None
    screen.draft.put("instalment_to_disposable_max_percent", "30")
    screen.draft.put("collateral_ltv_percent.vehicle", "45")
    screen.show_group("limits")
    yield "policy_limits"
    screen.show_tab("differences")
    yield "policy_differences"
    screen.show_tab("changes")
    screen.try_it()
    yield "policy_changes"
    screen.show_tab("versions")
    yield "policy_versions"


def office_scenes(window: ManagerWindow) -> Iterator[str]:
    """Head office before its folder is open, before and after taking in, its people, and somebody new."""
    office, window.work.office = window.work.office, None
    screen = window.open("intake")
    assert isinstance(screen, IntakeScreen)
    yield "intake_connect"
    window.work.office = office
    window.open("intake")
    yield "intake_before"
    screen.take_in()
    yield "intake_loans"
    screen.show_tab("people")
    screen.people.show_request(Request("孙丽娜", "城关网点", Role.MANAGER, "", new_keys().private().public_key()))
    yield "intake_people"
    screen.people.show_request(None)
    screen.show_tab("packs")
    yield "intake_packs"
    screen.packs.begin()
    yield "intake_sign"
    screen.packs.form.kind.turn_to("products")
    screen.packs.form.kind.committed.emit("products")
    yield "intake_sign_products"
    screen.show_tab("trouble")
    yield "intake_trouble"
    screen.show_tab("keeping")
    yield "intake_keeping"


if __name__ == "__main__":
    print(paint_all(Path(sys.argv[1]), tuple(sys.argv[2:])))
