"""A vault for each test, copied from one that was made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.vault.store import Vault
from tests.support.vaults import StillClock, opened, vault_folder


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return vault_folder(tmp_path)


@pytest.fixture
def vault(folder: Path, clock: StillClock) -> Iterator[Vault]:
    with opened(folder, clock) as found:
        yield found
