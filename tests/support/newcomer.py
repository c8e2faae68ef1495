"""Somebody who starts the program for the first time, up to where the vault is made, and head office's answer."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from officer_app.desktop.screens.signin.beginning import Beginning
from officer_app.desktop.screens.signin.joining import Joining
from officer_app.desktop.screens.signin.setup import Welcome
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol, for_screen
from officer_app.headoffice.publishing import send_waiting
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import read_request
from tests.support.demo import HandClock
from tests.support.typing import focused, press, type_text
from tests.support.window import Window

PASSWORD = "purple tractor sings"


def begin(window: Window, role: Role, name: str = "李新") -> Beginning:
    """From the welcome, by the keyboard alone, up to the recovery code."""
    window.sheet(Welcome).setup.click()
    window.settle()
    sheet = window.sheet(Beginning)
    press(focused(), Qt.Key.Key_Return)
    assert sheet.step == "role"
    place = [option.key for option in sheet.role.options()].index(role.value)
    press(focused(), Qt.Key(Qt.Key.Key_1 + place))
    press(focused(), Qt.Key.Key_Return)
    assert sheet.step == "who"
    type_text(focused(), name)
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "lixin")
    press(focused(), Qt.Key.Key_Return)
    assert sheet.step == "password"
    type_text(focused(), PASSWORD)
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), PASSWORD)
    press(focused(), Qt.Key.Key_Return)
    assert sheet.step == "code"
    return sheet


def vault(window: Window, role: Role) -> Joining:
    """Up to the first step in the own vault."""
    sheet = begin(window, role)
    press(focused(), Qt.Key.Key_Space)
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: bool([one for one in window.shell.findChildren(Joining) if one.isVisible()]))
    window.settle()
    sheet = window.sheet(Joining)
    assert sheet.isAncestorOf(focused()), "the keyboard is not below the sheet"
    return sheet


def answered(demo: Demo, asked: bytes, clock: HandClock, *, small: bool = False, store: str = "") -> bytes:
    """The demo's head office answers a request, and publishes; `small` enough for codes on a screen."""
    office = open_desk(demo.head_office, PASSPHRASE)
    role = read_request(asked).role
    told = enrol(office, asked, role=role, branch="城关网点", approval_limit=Decimal(0), clock=clock, store=store)
    send_waiting(office, demo.store, clock=clock)
    return for_screen(office, told, clock) if small else told
