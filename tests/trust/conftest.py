"""Programs of others that judge our files; a test that needs one skips by its name where it is absent."""

from __future__ import annotations

import shutil

import pytest


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


@pytest.fixture
def openssl() -> str:
    return _program("openssl")


@pytest.fixture
def age() -> str:
    return _program("age")


@pytest.fixture
def pdfsig() -> str:
    return _program("pdfsig")
