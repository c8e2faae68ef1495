"""One warm reader for all tests of photos."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from officer_app.base.workers import Worker


@pytest.fixture(scope="session")
def reader() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker
