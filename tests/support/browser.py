"""A real browser without a screen, driven over WebDriver; tests skip by name where none is installed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One window of Chromium."""

    def __init__(self, driver: str, session: str) -> None:
        self._at = f"{driver}/session/{session}"

    def go(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        _ask("POST", f"{self._at}/url", {"url": address})

    def run(self, script: str) -> Any:
        """What a script returns."""
        return _ask("POST", f"{self._at}/execute/sync", {"script": script, "args": []})

    def put(self, css: str, file: Path) -> None:
        """Choose a file in a file field, as the camera hands one over."""
        found = _ask("POST", f"{self._at}/element", {"using": "css selector", "value": css})
        _ask("POST", f"{self._at}/element/{found[_ELEMENT]}/value", {"text": str(file)})

    def click(self, css: str) -> None:
        """Click."""
        found = _ask("POST", f"{self._at}/element", {"using": "css selector", "value": css})
        _ask("POST", f"{self._at}/element/{found[_ELEMENT]}/click", {})

    def until(self, script: str, *, seconds: float = 30.0) -> Any:
        """What a script returns, once it is truthy."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            found = self.run(script)
            if found:
                return found
            time.sleep(0.05)
        pytest.fail(f"never came true in the browser: {script}; body: {self.run('return document.body.innerText')}")

    def picture(self) -> bytes:
        """What is on the screen, as PNG."""
        import base64

        return base64.b64decode(_ask("GET", f"{self._at}/screenshot"))


@contextmanager
def browser(folder: Path, *, phone: bool = True) -> Iterator[Browser]:
    """A fresh browser that takes self-made certificates, as a person does by a tap, with the size of a phone."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no browser here: apt-get install chromium chromium-driver")
    folder.mkdir(exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    with subprocess.Popen(
        [driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=home
    ) as running:
        try:
            at = f"http://127.0.0.1:{port}"
            _wait_for(at)
            session = _ask("POST", f"{at}/session", _wishes(program, folder, phone=phone))["sessionId"]
            try:
                yield Browser(at, session)
            finally:
                _ask("DELETE", f"{at}/session/{session}")
        finally:
            running.terminate()


def _wishes(program: str, folder: Path, *, phone: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "binary": program,
        "prefs": {"intl.accept_languages": "zh-CN,zh"},
        "args": [
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"),
            *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
            f"--user-data-dir={folder / 'profile'}",
        ],
    }
    if phone:
        options["mobileEmulation"] = {"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2.0}}
    return {
        "capabilities": {
            "alwaysMatch": {"browserName": "chrome", "acceptInsecureCerts": True, "goog:chromeOptions": options}
        }
    }


def _wait_for(at: str) -> None:
    for _ in range(200):
        try:
            _ask("GET", f"{at}/status")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the browser's driver did not start")


def _ask(method: str, url: str, told: dict[str, Any] | None = None) -> Any:
    data = None if told is None else json.dumps(told).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310  loopback
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  loopback
        return json.load(answer)["value"]
