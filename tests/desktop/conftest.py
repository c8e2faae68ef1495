"""Windows under test: one theme with the bundled font, no leaked window, no word from Qt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from officer_app.base.words import CHINESE
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from tests.support.furnished import Furnished, furnish
from tests.support.wrappers import address, stray_items, watch_items

if TYPE_CHECKING:
    from tests.support.demo import HandClock

# What the offscreen platform says of itself (size hints, raising, grabbing); it is not about us.
_PLATFORM_NOISE = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore(_PLATFORM_NOISE, extend=True))


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> QApplication:
    watch_items()
    theme.apply(qapp, Mode.LIGHT, bundled_fonts=True)
    return qapp


@pytest.fixture(autouse=True)
def _no_leaked_windows(_dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    before, known = {address(widget) for widget in _dressed.topLevelWidgets()}, stray_items()
    request.getfixturevalue("qtbot")
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in _dressed.topLevelWidgets()
        if widget.isVisible() and address(widget) not in before
    ]
    assert not left, f"windows survive the test: {left}"
    strays = stray_items() - known
    assert not strays, f"wrappers of what Qt deletes unseen: {sorted(strays)[:5]}"


@pytest.fixture
def speech() -> Iterator[Speech]:
    spoken = Speech(CHINESE)
    yield spoken
    spoken.deleteLater()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("furnished"))


@pytest.fixture(scope="session")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock]:
    """A demo whose two customers were handed over and fetched by the manager, made once: it takes seconds."""
    from tests.support.files import handed_over as made

    demo, clock = made(tmp_path_factory.mktemp("handed_over"), "fruit", "salon")
    return demo.folder, clock
