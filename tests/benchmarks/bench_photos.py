"""What a photo costs: intake beside the bare steps, search beside the bare passes. Ratios, median of three.

Run: python tests/benchmarks/bench_photos.py [--smoke]. With --smoke everything is small and only the bars with
slack are held, to show that the benchmark runs.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PIL import Image

from officer_app.base.workers import Worker
from officer_app.casework.reuse import MOST_LOOKS
from officer_app.evidence.derived import Looked
from officer_app.evidence.fingerprints import CROPS, ROW_BYTES, Fingerprint
from officer_app.evidence.index import _PAIRS
from officer_app.evidence.intake import read_photo
from officer_app.evidence.looks import look_closer
from officer_app.evidence.search import Library
from officer_app.evidence.views import all_symmetries

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

INTAKE_BAR, SEARCH_BAR, SECOND_LOOK_BAR = 1.6, 2.0, 0.150


def _photo(size: tuple[int, int]) -> bytes:
    """A drawn place at a phone's size, with a phone's grain: some 4 MB at 12 megapixels."""
    from tests.support.drawn import jpeg, scene

    large = np.asarray(scene(1).resize(size, Image.Resampling.BICUBIC), dtype=np.int16)
    grain = np.random.default_rng(1).integers(-9, 10, (*large.shape[:2], 1), dtype=np.int16)
    return jpeg(Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8)), 90)


def _keep(data: bytes, folder: Path) -> None:
    sealed = AESGCM(b"k" * 32).encrypt(b"n" * 12, data, None)
    with (folder / "photo").open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def _bare_intake(data: bytes, folder: Path) -> None:
    """Half-scale decode, encode, SHA-256, encrypt, fsync: what no intake can do without."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("RGB", (picture.width // 2, picture.height // 2))
        picture.load()
        picture.save(io.BytesIO(), "JPEG", quality=80)
    hashlib.sha256(data).hexdigest()
    _keep(data, folder)


def _seconds(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def _medians(ours: Callable[[], object], bare: Callable[[], object], times: int) -> tuple[float, float, float]:
    """Median of three of each side and of their ratio, taken in turns so that noise meets both."""
    ours(), bare()  # warm
    rounds = [(_seconds(ours, times), _seconds(bare, times)) for _ in range(3)]
    middle = [statistics.median(side) for side in zip(*rounds, strict=True)]
    return middle[0], middle[1], statistics.median(a / b for a, b in rounds)


def intake(size: tuple[int, int], times: int) -> bool:
    data = _photo(size)
    with tempfile.TemporaryDirectory(dir=ROOT) as name, Worker() as worker:
        folder = Path(name)

        def take_in() -> None:
            read_photo(data, worker, "shop.jpg")
            _keep(data, folder)

        ours, bare, ratio = _medians(take_in, lambda: _bare_intake(data, folder), times)
    print(
        f"intake {size[0] * size[1] / 1e6:.0f} MP, {len(data) / 1e6:.1f} MB: {ours * 1e3:.0f} ms, "
        f"bare {bare * 1e3:.0f} ms, ratio {ratio:.2f} (bar {INTAKE_BAR})"
    )
    return ratio <= INTAKE_BAR


def search(photos: int, times: int) -> bool:
    chance = np.random.default_rng(2)
    rows = chance.bytes(ROW_BYTES * photos)
    library = Library(
        (str(n), str(n), Fingerprint((rows[n * ROW_BYTES : (n + 1) * ROW_BYTES],))) for n in range(photos)
    )
    assert library._index is not None
    stored = np.ascontiguousarray(library._index._coarse[:, :photos])
    query = Fingerprint((chance.bytes(ROW_BYTES),))
    views = all_symmetries(query.rows[0])

    def bare() -> None:
        for view in views:
            for ours, theirs in _PAIRS:
                np.bitwise_count(stored[theirs] ^ view.coarse[ours])

    assert library.search("7", query)[0].photo_id == "7"
    ours, floor, ratio = _medians(lambda: library.search("new", query), bare, times)
    hashes = photos * len(CROPS)
    print(
        f"search {photos:,} photos ({hashes:,} hashes, second look in): {ours * 1e3:.1f} ms, "
        f"bare {floor * 1e3:.1f} ms, ratio {ratio:.2f} (bar {SEARCH_BAR})"
    )
    return ratio <= SEARCH_BAR and (photos > 20_000 or ours <= SECOND_LOOK_BAR)


def _processor(worker: Worker) -> float:
    """Processor seconds of this process and of the child, all threads: a busy machine does not stretch them."""
    tasks = Path(f"/proc/{worker.pid}/task")
    spent = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir())
    return time.process_time() + spent / 1e9


def alarm(photos: int, times: int, copies: int) -> bool:
    """A new photo that repeats some of so many: fingerprints first, the closer look in the child behind them."""
    from tests.support.drawn import EDITS, jpeg, scene

    chance = np.random.default_rng(3)
    library = Library((str(n), str(n), Fingerprint((chance.bytes(ROW_BYTES),))) for n in range(photos))
    with Worker() as worker:
        place = scene(1, (2016, 1512))
        new = read_photo(jpeg(place, 40), worker, "new")
        names = list(EDITS)[:copies]
        known = {name: read_photo(jpeg(EDITS[name](place)), worker, name) for name in names}
        for name, one in known.items():
            library.add(name, one.sha256, one.fingerprint)

        def search_and_look() -> None:
            met = library.search(new.sha256, new.fingerprint)
            assert {match.photo_id for match in met} == set(known)
            looks = look_closer(new.view, [known[match.photo_id].view for match in met], worker)
            assert {look.verdict for look in looks} == {Looked.COPY}

        search_and_look()
        before = _processor(worker)
        taken = statistics.median(_seconds(search_and_look, times) for _ in range(3))
        processor = (_processor(worker) - before) / (3 * times)
    print(
        f"alarm against {photos:,} photos, closer look at {copies} in: {taken * 1e3:.0f} ms, "
        f"{processor * 1e3:.0f} ms of processor (bar {SECOND_LOOK_BAR * 1e3:.0f} ms of processor)"
    )
    return processor <= SECOND_LOOK_BAR


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--smoke", action="store_true")
    if options.parse_args().smoke:
        intake((1008, 756), 2)
        search(2_000, 3)
        alarm(2_000, 2, 1)
        return 0
    held = [
        intake((4032, 3024), 9),
        search(20_000, 15),
        alarm(20_000, 5, 1),
        alarm(20_000, 5, MOST_LOOKS),
        search(1_000_000, 5),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
